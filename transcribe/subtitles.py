"""SRT and WebVTT files as cues with their times, in the order of their start."""

import re
from typing import NamedTuple

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}")
_VOICE = re.compile(r"^\s*<v(?:\.[\w.]+)?\s+([^>]*)>")
_SIDE = re.compile(r"^\s*(?:channel\s*)?([01])\s*[:：]\s*", re.IGNORECASE)
_TAG = re.compile(r"</?[^>]{0,80}>|\{\\[^}]{0,80}\}")


class Cue(NamedTuple):
    """What is shown from start_s to end_s. channel: None where the cue names none."""

    start_s: float
    end_s: float
    channel: int | None
    text: str


def read_cues(text: str) -> list[Cue]:
    """The cues of an SRT or WebVTT file.

    A text that begins "0:" or "1:", or a WebVTT voice <v 0>, names the channel that speaks.
    Raises ValueError with the line of a cue whose end lies before its start.
    """
    cues: list[Cue] = []
    times: tuple[float, float] | None = None
    said: list[str] = []

    def close() -> None:
        if times is not None and (cue := _cue(times, said)) is not None:
            cues.append(cue)

    lines = text.removeprefix("\ufeff").splitlines()
    for number, line in enumerate(lines, start=1):
        found = _TIMES.match(line)
        if found:
            if said and said[-1].strip().isdigit():
                said.pop()  # the number of the cue that begins
            close()
            times, said = (_seconds(found.groups()[:4]), _seconds(found.groups()[4:])), []
            if times[1] < times[0]:
                raise ValueError(f"line {number}: the end lies before the start")
        elif not line.strip():
            close()
            times, said = None, []
        else:
            said.append(line)
    close()
    return sorted(cues)


def _cue(times: tuple[float, float], said: list[str]) -> Cue | None:
    """The cue without tags; None for an empty one."""
    text = " ".join(line.strip() for line in said)
    channel = None
    if (voice := _VOICE.match(text)) and (side := _SIDE.match(voice.group(1).strip() + ":")):
        channel = int(side.group(1))
    text = _TAG.sub("", text).strip()
    if side := _SIDE.match(text):
        channel, text = int(side.group(1)), text[side.end() :]
    return Cue(*times, channel, text) if text else None


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds = (int(p or 0) for p in parts[:3])
    return hours * 3600.0 + minutes * 60 + seconds + float(f"0.{parts[3] or 0}")
