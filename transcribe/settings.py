"""Every knob of transcription, with its unit in the name and its source in the description."""

import hashlib
import json
from typing import Literal, get_args

from pydantic import Field

from transcribe import calibration
from transcribe.noun import Noun

BASE_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"

MaskKind = Literal[
    "pii_id_card",
    "pii_bank_card",
    "pii_cvv",
    "pii_phone",
    "pii_email",
    "pii_password",
    "pii_address",
]

# Raised when transcribe/voices.py parts voices otherwise: stored transcripts are made again.
VOICES_VERSION = 2
# Raised when transcribe/activity.py finds speech otherwise: the same.
ACTIVITY_VERSION = 2
# Limits and resources: they decide whether and how fast a transcript comes, not what it says.
_NO_PART_OF_THE_DIGEST = frozenset(
    {
        "threads",
        "model",
        "model_sha256_pins",
        "max_duration_s",
        "decode_memory_bytes",
        "decode_cpu_s",
        "decode_wall_s",
        "header_tolerance_share",
    }
)


class TranscribeSettings(Noun):
    """What a transcript depends on beside the recording and the model's weights."""

    recogniser: str = Field(
        default="whisper",
        min_length=1,
        description="whisper: ours; sidecar: transcripts that lie beside the recordings; or the "
        "name of an installed plugin (docs/recognisers.md)",
    )
    model: str = Field(
        default="base",
        min_length=1,
        description="a folder, or the name of a model (tiny, base, small, medium, large-v3 ...); "
        "base is what the weights extra brings",
    )
    model_sha256_pins: dict[str, str] = Field(
        default={"base": BASE_SHA256},
        description="model name -> sha256 of its model.bin; another hash is refused "
        "(source: Systran/faster-whisper-base, the official conversion)",
    )
    language: Literal["zh", "en", "auto"] = Field(
        default="auto", description="auto: detected once a call over all speech of both channels"
    )
    min_language_share: float = Field(
        default=0.3,
        ge=0,
        le=1,
        description="zh and en together must be at least so likely among all languages, else the "
        "call is in another one (guess: real calls at hand gave over 0.95)",
    )
    compute_type: str = Field(
        default="int8",
        description="CTranslate2's number type; int8 is the fastest on processors "
        "(CTranslate2 manual, quantization)",
    )
    threads: int = Field(
        default=1, ge=1, description="one single-threaded worker a core beats threads (measured)"
    )
    beam_size: int = Field(
        default=3,
        ge=1,
        description="5 is Whisper's own; 3 costs an eighth less and 0.04 points of CER, 0.17 of "
        "WER on 16 calls with known text (bench/asr.py)",
    )
    window_s: float = Field(
        default=20.0,
        gt=1,
        le=29,
        description="voiced stretches are packed into windows up to it; Whisper hears 30 s at "
        "once (bench/asr.py: 20 s as good as 28 s and a sixth cheaper)",
    )
    window_gap_s: float = Field(
        default=0.0,
        ge=0,
        description="digital silence put between packed stretches (bench/asr.py: 0.3 s makes the "
        "base model hear a syllable too many where it ends)",
    )
    window_tail_s: float = Field(
        default=2.0,
        ge=0,
        le=30,
        description="silence after a window's sound; 30 makes every window 30 s long, as Whisper "
        "was taught, and slower. 2 s are as good as 4 s and a sixth cheaper, 1 s is worse "
        "(bench/asr.py, chosen on the calls of calls_synth and demo)",
    )
    min_log_probability: float = Field(
        default=-1.0, description="a window below it is decoded again (Whisper paper, 4.5)"
    )
    max_compression_ratio: float = Field(
        default=2.4, gt=0, description="a window above it repeats itself (Whisper paper, 4.5)"
    )
    max_no_speech_probability: float = Field(
        default=0.6,
        ge=0,
        le=1,
        description="above it, with a low log probability, a window is no speech (Whisper, 4.5)",
    )
    fallback_temperatures: tuple[float, ...] = Field(
        default=(0.2, 0.4, 0.6, 0.8, 1.0),
        description="tried in order when a window fails its guards (Whisper paper, 4.5)",
    )
    hot_words: tuple[str, ...] = Field(
        default=(),
        max_length=200,
        description="names and phrases told to the recogniser before each window, as many as fit "
        "in 200 of its tokens; those of the call's script only (bench/hot_words.py: what they "
        "gain and cost)",
    )
    calibrate: bool = Field(
        default=True,
        description="confidences say how likely a word was said (bench/reliability.py); false "
        "leaves the recogniser's own probabilities",
    )
    random_seed: int = Field(
        default=20240501, ge=0, description="makes the fallback repeatable; any number will do"
    )
    vad_threshold: float = Field(
        default=0.35,
        gt=0,
        lt=1,
        description="Silero's own default is 0.5, at which a third of the speech of some telephone "
        "voices was lost (WER of two calls 17.9 %, at 0.35 1.6 %; on 16 other calls 0.899 and "
        "0.912 of the speech covered, with 1 s of 1,178 too much); of 700 clips without speech 1 "
        "gave a word (bench/nonspeech.py)",
    )
    vad_min_silence_ms: int = Field(
        default=200,
        ge=0,
        description="shorter silences do not end a voiced span (read off the synthetic calls: "
        "pauses inside a sentence are under it)",
    )
    vad_min_speech_ms: int = Field(
        default=100, ge=0, description="shorter sounds are no speech (guess: half a syllable)"
    )
    vad_pad_ms: int = Field(
        default=300, ge=0, description="kept around a span for the recogniser (bench/asr.py)"
    )
    edge_below_peak_db: float = Field(
        default=30.0,
        gt=0,
        description="a voiced span ends where its level falls so far below its loud part "
        "(read off the synthetic calls: edges within 0.2 s of truth)",
    )
    crosstalk_margin_db: float = Field(
        default=20.0,
        gt=0,
        description="speech so much weaker than the other channel's at the same time is its leak "
        "(guess; telephone hybrids leak 25-40 dB down, ITU-T G.131); louder leaks are told by "
        "their shape (transcribe/echoes.py)",
    )
    sound_min_s: float = Field(
        default=2.0, gt=0, description="shorter sounds that are not speech are not kept (guess)"
    )
    sound_above_floor_db: float = Field(
        default=10.0, gt=0, description="a lasting sound rises so far over the noise floor (guess)"
    )
    silent_dbfs: float = Field(
        default=-60.0,
        le=0,
        description="a recording whose loudest 10 ms stays below it holds nothing (guess: "
        "line noise of real calls lies at -70 to -45, speech over -40)",
    )
    turn_pause_s: float = Field(
        default=0.9, gt=0, description="a longer pause of one side starts a new turn (guess)"
    )
    mono_turn_pause_s: float = Field(
        default=0.45,
        gt=0,
        description="the same where both sides share a channel: most changes of speaker lie at "
        "such a pause (guess; read off the mono calls at hand)",
    )
    voices: bool = Field(
        default=True,
        description="tell two voices of a mono recording apart, where resemblyzer is "
        "installed with pip --no-deps (bench/voices.py)",
    )
    mask_kinds: tuple[MaskKind, ...] = Field(
        default=get_args(MaskKind),
        description="kinds of private numbers and words replaced before the transcript is first "
        "written; all that are known (bench/privacy.py: how many are found)",
    )
    mask_keep_last_digits: int = Field(
        default=0,
        ge=0,
        le=4,
        description="so many digits at the end of card, ID and telephone numbers stay (PCI DSS "
        "3.4.1 allows four of a card's)",
    )
    max_duration_s: float = Field(
        default=4 * 3600.0, gt=0, description="a longer recording is refused (guess: 4 h)"
    )
    header_tolerance_share: float = Field(
        default=0.01,
        ge=0,
        le=1,
        description="header and decoded length may differ by so much in containers with exact "
        "lengths (contract 9)",
    )
    pair_apart_s: float = Field(
        default=2.0,
        ge=0,
        description="two mono files of one call may differ in length by so much (guess: one side "
        "hangs up a moment later)",
    )
    decode_memory_bytes: int = Field(
        default=1 << 30,
        ge=1 << 25,
        description="address space of the decoder (guess: it needs about 0.3 GiB)",
    )
    decode_cpu_s: int = Field(
        default=600, ge=1, description="processor time of the decoder (guess: 4 h take 60 s)"
    )
    decode_wall_s: float = Field(
        default=1200.0, gt=0, description="wall-clock time of the decoder (guess: slow disks)"
    )

    def digest(self) -> str:
        """sha256 (hex) over what changes a transcript; limits and threads do not.

        The model is not part of it: a transcript names its weights by their own hash.
        """
        kept = self.model_dump(mode="json", exclude=set(_NO_PART_OF_THE_DIGEST))
        kept["calibrate"] = calibration.VERSION if self.calibrate else None
        kept["activity"] = ACTIVITY_VERSION
        kept["voices"] = VOICES_VERSION if self.voices else None
        written = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()
