"""A copy of a recording in which private words cannot be heard."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from transcribe.audio import load, load_pair, write_flac
from transcribe.decoding import RATE_HZ
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Span, Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

How = Literal["beep", "mute"]
_PAD_S = 0.3  # word times of the base model drift by up to 0.6 s, mostly less than half of it
_JOIN_S = 1.0  # pauses within a number are shorter; what is between goes too
_BEEP_HZ = 1000.0  # the broadcasters' tone
_BEEP_PEAK = 0.05  # -26 dBFS: heard and not startling


def private_spans(transcript: Transcript) -> tuple[Span, ...]:
    """The stretches of time to hide, padded, joined, sorted.

    A mask at the beginning or end of its turn reaches to the turn's edge: the first and last
    words' times are the least sure.
    """
    found: list[tuple[float, float]] = []
    for mask in transcript.masks:
        turn = transcript.turns[mask.turn]
        start_s, end_s = mask.start_s, mask.end_s
        if not any(c.isalnum() for c in turn.text[: mask.start]):
            start_s = min(start_s, turn.start_s)
        if not any(c.isalnum() for c in turn.text[mask.end :]):
            end_s = max(end_s, turn.end_s)
        found.append((max(0.0, start_s - _PAD_S), min(transcript.duration_s, end_s + _PAD_S)))
    joined: list[tuple[float, float]] = []
    for start_s, end_s in sorted(found):
        if joined and start_s - joined[-1][1] < _JOIN_S:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end_s))
        else:
            joined.append((start_s, end_s))
    return tuple(Span(start_s=start_s, end_s=end_s) for start_s, end_s in joined)


def bleeped(
    samples: "NDArray[np.float32]", spans: Sequence[Span], how: How
) -> "NDArray[np.float32]":
    """A copy of the samples with the spans beeped or silent on every channel.

    On every one, since the other channel's line carries an echo of what was said.
    """
    import numpy as np

    made = samples.copy()
    for span in spans:
        start, end = round(span.start_s * RATE_HZ), round(span.end_s * RATE_HZ)
        size = made[:, start:end].shape[1]
        tone = np.zeros(size, dtype=np.float32)
        if how == "beep":
            at = np.arange(size, dtype=np.float32) / RATE_HZ
            tone = (_BEEP_PEAK * np.sin(2 * np.pi * _BEEP_HZ * at)).astype(np.float32)
        made[:, start:end] = tone
    return made


def write_bleeped(
    path: Path | str,
    transcript: Transcript,
    target: Path,
    *,
    how: How,
    settings: TranscribeSettings,
    other_side: Path | str | None = None,
) -> None:
    """Writes the copy of a recording as FLAC, 16 000 Hz; whole or not at all.

    Raises QA719 when it cannot be written, and what decoding the recording raises.
    """
    sound = load(path, settings) if other_side is None else load_pair(path, other_side, settings)
    made = bleeped(sound.samples, private_spans(transcript), how)
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_flac(part, made)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise CodedError("QA719", place=str(target), seen=error.strerror or str(error)) from error
