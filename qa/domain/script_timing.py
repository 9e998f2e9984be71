"""When the lines of a `.call` script happen: guessed ends, holds without a time, activity."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, zip_longest

from qa.domain.script_lines import Line
from transcribe.transcript import Activity, Turn

# Telephone speech, unhurried: 270 characters or 150 words a minute (guess; used only to
# place the end of a turn whose end nobody wrote, which no timing may rest on).
ZH_CHARACTERS_PER_S = 4.5
EN_WORDS_PER_S = 2.5
SHORTEST_TURN_S = 0.6  # guess: “嗯”

_DIGIT = re.compile(r"\d")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile(r"[^\W\d\u3400-\u9fff]+")


def speaking_time_s(text: str) -> float:
    """A plausible time to say the text, seconds; digits are said one by one."""
    characters = len(HAN.findall(text)) + len(_DIGIT.findall(text))
    words = len(_LATIN_WORD.findall(text))
    spoken_s = characters / ZH_CHARACTERS_PER_S + words / EN_WORDS_PER_S
    return round(max(SHORTEST_TURN_S, spoken_s), 3)


def place_lines(
    lines: list[Line], end_mark_s: float | None, error: Callable[..., None]
) -> list[Line]:
    """The lines with start and end filled in, turns in order; see `read_script`."""
    turns = [line for line in lines if line.role]
    marks = sorted(
        {*_starts(turns), *_starts(_holds(lines)), *([end_mark_s] if end_mark_s else [])}
    )
    for before, after in pairwise(turns):
        if (after.start_s or 0) < (before.start_s or 0):
            error("QA358", after.number, start_s=after.start_s, previous_s=before.start_s)
    placed: list[Line] = []
    cursor_s = 0.0  # where a line without a time starts
    for index, line in enumerate(lines):
        start_s = cursor_s if line.start_s is None else line.start_s
        at = bisect_right(marks, start_s)
        next_s = marks[at] if at < len(marks) else None
        end_s = line.end_s
        if line.role and end_s is None:
            end_s = _guessed_end_s(line, start_s, next_s, _unplaced_hold_s(lines, index))
        elif line.length_s is not None:
            end_s = round(start_s + line.length_s, 3)
        if line.event == "hold" and line.start_s is None:
            too_long = next_s is not None and (end_s or 0.0) > next_s
            if too_long or (placed and start_s == placed[-1].start_s and line.length_s):
                hold_s = line.length_s
                error("QA362", line.number, hold_s=hold_s, start_s=start_s, next_s=next_s)
        if line.event in ("", "hold") and end_mark_s is not None and (end_s or 0) > end_mark_s:
            error("QA366", line.number, line.column, end_s=end_s, duration_s=end_mark_s)
        if line.event in ("hold", "acw") and end_s is None and line.text != "?":
            wanted = f"-- {line.event} 75s | -- {line.event} ?"
            error("QA361", line.number, line.column, event=line.event, value="", wanted=wanted)
        placed.append(line._replace(start_s=start_s, end_s=end_s))
        cursor_s = start_s if end_s is None else end_s
    hold_starts = sorted(_starts(_holds(placed)))
    return [_cut(line, hold_starts) for line in placed]


def _starts(lines: Iterable[Line]) -> set[float]:
    return {line.start_s for line in lines if line.start_s is not None}


def _holds(lines: Iterable[Line]) -> Iterable[Line]:
    return (line for line in lines if line.event == "hold")


def _cut(line: Line, hold_starts: list[float]) -> Line:
    """The line; a turn's guessed end stops where the next hold starts."""
    at = bisect_right(hold_starts, line.start_s or 0.0)
    if not line.role or line.end_known or at == len(hold_starts):
        return line
    return line._replace(end_s=min(line.end_s or 0.0, hold_starts[at]))


def _unplaced_hold_s(lines: list[Line], index: int) -> float:
    """Seconds of the holds that follow the turn directly without a time of their own."""
    hold_s = 0.0
    for following in range(index + 1, len(lines)):
        line = lines[following]
        if line.role or line.start_s is not None:
            break
        hold_s += line.length_s or 0.0 if line.event == "hold" else 0.0
    return hold_s


def _guessed_end_s(line: Line, start_s: float, next_s: float | None, waiting_s: float) -> float:
    said_s = round(start_s + speaking_time_s(line.text), 3)
    if next_s is None:
        return said_s
    return max(start_s, min(said_s, round(next_s - waiting_s, 3)))


def activity_of(
    turns: tuple[Turn, ...], levels_dbfs: Sequence[float | None] = ()
) -> tuple[Activity, ...]:
    """Voiced spans read off the turns; none when an end or a channel is not known.

    levels_dbfs: of each turn, where the script says; turns of different levels stay apart.
    """
    if any(not turn.end_known or turn.channel is None for turn in turns):
        return ()
    spans: list[Activity] = []
    last: dict[int, int] = {}
    for turn, level in zip_longest(turns, levels_dbfs):
        channel = turn.channel or 0
        start_s, before = turn.start_s, last.get(channel)
        if before is not None and start_s <= spans[before].end_s:
            if spans[before].level_dbfs == level:
                end_s = max(turn.end_s, spans[before].end_s)
                spans[before] = spans[before].model_copy(update={"end_s": end_s})
                continue
            start_s = spans[before].end_s
            if turn.end_s <= start_s:
                continue
        last[channel] = len(spans)
        spans.append(Activity(start_s=start_s, end_s=turn.end_s, channel=channel, level_dbfs=level))
    return tuple(sorted(spans, key=lambda span: (span.start_s, span.channel)))
