"""录音 -> 样本: a file in, float32 [channels, samples] at 16 000 Hz out; decoded in a child."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from transcribe.broken_off import ends_of
from transcribe.decoding import RATE_HZ, run_decoder
from transcribe.errors import CodedError
from transcribe.noun import Noun
from transcribe.riff import data_length
from transcribe.settings import TranscribeSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Demuxers of containers with exact lengths (contract 9).
_EXACT = frozenset({"wav", "w64", "flac", "aiff", "au", "nistsphere"})
# Containers that tell a length which damage contradicts; MP3 and AAC only estimate theirs.
_TRUSTED = frozenset({"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "ogg", "caf"})
_SUFFIXES: dict[str, frozenset[str]] = {
    "wav": frozenset({".wav", ".wave", ".rf64", ".vox"}),
    "w64": frozenset({".w64"}),
    "flac": frozenset({".flac"}),
    "mp3": frozenset({".mp3"}),
    "ogg": frozenset({".ogg", ".oga", ".opus", ".spx"}),
    "aac": frozenset({".aac"}),
    "amr": frozenset({".amr", ".awb"}),
    "aiff": frozenset({".aif", ".aiff", ".aifc"}),
    "au": frozenset({".au", ".snd"}),
    "caf": frozenset({".caf"}),
    "asf": frozenset({".wma", ".asf", ".wmv"}),
    "matroska,webm": frozenset({".mka", ".mkv", ".webm"}),
    "mov,mp4,m4a,3gp,3g2,mj2": frozenset({".mp4", ".m4a", ".mov", ".3gp", ".3g2", ".m4b"}),
    "avi": frozenset({".avi"}),
    "flv": frozenset({".flv"}),
    "mpegts": frozenset({".ts", ".mts", ".m2ts"}),
    "mpeg": frozenset({".mpg", ".mpeg", ".vob"}),
    "voc": frozenset({".voc"}),
    "nistsphere": frozenset({".sph", ".nist", ".wav"}),
}
_CLIPPED_LEVEL = 0.999  # of full scale; 16-bit samples stuck at either end
_CLIPPED_SHARE = 0.001  # of all samples (guess: speech driven too hard has over 1 %)
_ONE_SHARE = (
    0.98  # correlation of two channels that carry one sound (guess: coders leave over 0.99)
)
_FLAC_SAMPLES = 4096  # of one frame (FFmpeg's own choice at 16 000 Hz)
_BLOCK_SAMPLES = 1 << 20  # work is done in blocks so that four hours fit in memory


class Probe(Noun):
    """What a file says of itself, without decoding it."""

    format: str
    codec: str
    channels: int = Field(ge=1, le=2)
    source_rate_hz: int = Field(gt=0)
    duration_s: float | None = Field(
        default=None, ge=0, description="by the header; None where it says nothing"
    )


class Audio:
    """Decoded sound.

    samples: float32 [channels, samples] in [-1, 1] at 16 000 Hz.
    faults: codes of what is wrong with the recording and did not stop us, sorted.
    source_channels: how many channels the file had; two equal ones come out as one.
    """

    def __init__(
        self, samples: "NDArray[np.float32]", faults: tuple[str, ...], source_channels: int
    ) -> None:
        self.samples = samples
        self.faults = faults
        self.source_channels = source_channels

    @property
    def duration_s(self) -> float:
        return float(self.samples.shape[1]) / RATE_HZ


def probe(path: Path | str, settings: TranscribeSettings | None = None) -> Probe:
    """Format, channels, rate and length by the file's header, in a moment.

    Raises QA701-QA705, QA707-QA712.
    """
    settings = settings or TranscribeSettings()
    path = _existing(Path(path))
    seen, _ = run_decoder(path, settings, only_look=True)
    return Probe(duration_s=seen.pop("header_s"), **seen)


def load(path: Path | str, settings: TranscribeSettings | None = None) -> Audio:
    """The samples of a recording, checked.

    Raises QA701-QA713: missing, unreadable, empty, not audio, no audio stream, length that
    contradicts the header, too long, too many channels, bad rate, decoder crashed, out of
    memory or out of time, silent throughout.
    """
    settings = settings or TranscribeSettings()
    path = _existing(Path(path))
    seen, pcm = run_decoder(path, settings, only_look=False)
    faults = _file_faults(path, seen, settings)
    samples = _as_float(pcm, seen["channels"])
    samples = _judge_channels(samples, settings, faults, place=str(path))
    return Audio(samples, tuple(sorted(faults)), seen["channels"])


def load_pair(
    first: Path | str, second: Path | str, settings: TranscribeSettings | None = None
) -> Audio:
    """Two mono files as the two channels of one call; the shorter is filled with silence.

    Raises QA718 for a file that is not mono, and what `load` raises of either; a file that is
    silent throughout is a dead channel (QA751), both are QA713. Lengths that differ by over
    `pair_apart_s` are a fault (QA758): the sides may not have begun together.
    """
    import numpy as np

    settings = settings or TranscribeSettings()
    places = [_existing(Path(path)) for path in (first, second)]
    faults: set[str] = set()
    sides = []
    for place in places:
        seen, pcm = run_decoder(place, settings, only_look=False)
        if seen["channels"] != 1:
            raise CodedError("QA718", place=str(place), seen=seen["channels"])
        faults |= _file_faults(place, seen, settings)
        sides.append(_as_float(pcm, 1)[0])
    if abs(sides[0].size - sides[1].size) > settings.pair_apart_s * RATE_HZ:
        faults.add("QA758")
    samples = np.zeros((2, max(side.size for side in sides)), dtype=np.float32)
    for channel, side in enumerate(sides):
        samples[channel, : side.size] = side
    samples = _judge_channels(samples, settings, faults, place=str(places[0]))
    return Audio(samples, tuple(sorted(faults)), 2)


def _existing(path: Path) -> Path:
    """The path of a readable, non-empty, regular file."""
    try:
        if not path.exists():
            raise CodedError("QA701", place=str(path))
        if not path.is_file():
            raise CodedError("QA702", place=str(path))
        with path.open("rb") as file:
            if not file.read(1):
                raise CodedError("QA703", place=str(path))
    except OSError as error:
        raise CodedError("QA702", place=str(path)) from error
    return path


def _file_faults(path: Path, seen: dict[str, Any], settings: TranscribeSettings) -> set[str]:
    """Faults of one file: its length, its damage, its name. Raises QA704, QA706."""
    faults = _length_faults(path, seen, settings)
    if seen["damaged"]:
        faults.add("QA756")
    if path.suffix.lower() not in _SUFFIXES.get(seen["format"], frozenset({path.suffix.lower()})):
        faults.add("QA754")
    return faults


def _length_faults(path: Path, seen: dict[str, Any], settings: TranscribeSettings) -> set[str]:
    """Faults of the length; QA706 where an exact container contradicts itself."""
    decoded_s = seen["samples"] / RATE_HZ
    if not seen["samples"]:
        raise CodedError("QA704", place=str(path))
    header_s = seen["header_s"]
    told = data_length(path) if seen["format"] == "wav" else ends_of(path, seen["format"])
    if told is not None and not told.agrees(settings.header_tolerance_share):
        raise CodedError(
            "QA706",
            place=str(path),
            header_s=f"{told.told} bytes",
            decoded_s=f"{told.present} bytes",
        )
    if told is not None and told.told is None:
        return {"QA755"}
    if header_s is None:
        return {"QA755"} if seen["format"] in _EXACT else set()
    apart_s = abs(header_s - decoded_s)
    if apart_s <= settings.header_tolerance_share * max(header_s, decoded_s) or apart_s < 0.05:
        return set()
    if seen["format"] in _EXACT:
        raise CodedError(
            "QA706",
            place=str(path),
            header_s=f"{header_s:.2f} s",
            decoded_s=f"{decoded_s:.2f} s",
        )
    return {"QA755"} if seen["format"] in _TRUSTED and apart_s > 1 else set()


def _as_float(pcm: bytearray, channels: int) -> "NDArray[np.float32]":
    """float32 [channels, samples] of interleaved 16-bit samples."""
    import numpy as np

    whole = len(pcm) // (2 * channels)
    ints = np.frombuffer(pcm, dtype="<i2", count=whole * channels).reshape(whole, channels)
    samples = np.empty((channels, whole), dtype=np.float32)
    for channel in range(channels):
        np.divide(ints[:, channel], 32768, out=samples[channel], dtype=np.float32)
    return samples


def _judge_channels(
    samples: "NDArray[np.float32]", settings: TranscribeSettings, faults: set[str], *, place: str
) -> "NDArray[np.float32]":
    """The channels worth hearing, two equal ones as one; adds faults; QA713 when all are silent."""
    import numpy as np

    loudest = [loudest_dbfs(channel) for channel in samples]
    if max(loudest) < settings.silent_dbfs:
        raise CodedError(
            "QA713",
            place=place,
            duration_s=round(samples.shape[1] / RATE_HZ),
            loudest_dbfs=round(max(loudest)),
        )
    for channel in samples:
        stuck = sum(
            int(np.count_nonzero(np.abs(channel[at : at + _BLOCK_SAMPLES]) >= _CLIPPED_LEVEL))
            for at in range(0, channel.size, _BLOCK_SAMPLES)
        )
        if stuck > _CLIPPED_SHARE * channel.size:
            faults.add("QA753")
    if len(samples) == 2:
        if min(loudest) < settings.silent_dbfs:
            faults.add("QA751")
        elif _are_one(samples[0], samples[1]):
            faults.add("QA752")
            return samples[:1]
    return samples


def _are_one(left: "NDArray[np.float32]", right: "NDArray[np.float32]") -> bool:
    """True for the same sound on both channels, be one softer or coded a little otherwise."""
    import numpy as np

    both = left_power = right_power = 0.0
    for at in range(0, left.size, _BLOCK_SAMPLES):
        here = slice(at, at + _BLOCK_SAMPLES)
        both += float(np.dot(left[here], right[here]))
        left_power += float(np.dot(left[here], left[here]))
        right_power += float(np.dot(right[here], right[here]))
    return bool(both > _ONE_SHARE * (left_power * right_power) ** 0.5)


def loudest_dbfs(channel: "NDArray[np.float32]") -> float:
    """RMS level in dBFS of the loudest 10 ms of a channel; -120 for digital silence."""
    import numpy as np

    hop = RATE_HZ // 100
    best = 0.0
    for at in range(0, channel.size, hop * 8192):
        block = channel[at : at + hop * 8192]
        whole = block[: block.size // hop * hop].reshape(-1, hop)
        if whole.size:
            best = max(best, float(np.max(np.einsum("ij,ij->i", whole, whole))) / hop)
    return 10 * float(np.log10(best + 1e-12))


def write_flac(path: Path, samples: "NDArray[np.float32]") -> None:
    """Writes float32 [channels, samples] at 16 000 Hz as 16-bit FLAC. Raises OSError."""
    import av
    import numpy as np

    layout = "mono" if len(samples) == 1 else "stereo"
    with path.open("wb") as file, av.open(file, "w", format="flac") as out:
        stream: Any = out.add_stream("flac", rate=RATE_HZ, layout=layout)
        stream.codec_context.format = "s16"
        for at in range(0, samples.shape[1], _FLAC_SAMPLES):
            block = samples[:, at : at + _FLAC_SAMPLES]
            ints = np.clip(block * 32768, -32768, 32767).astype("<i2").T.reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(ints), format="s16", layout=layout
            )
            frame.sample_rate = RATE_HZ
            for packet in stream.encode(frame):
                out.mux(packet)
        for packet in stream.encode(None):
            out.mux(packet)
