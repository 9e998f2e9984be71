"""Digits as they are written and as they are said, in both languages, with their places.

A run of digits is what one speaker says on end, over as many of their turns as it takes, with
nothing but punctuation, hesitation and assent between.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transcribe.transcript import Turn

_ZH_DIGITS = {
    **dict(zip("零一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", "0123456789", strict=True)),
    "幺": "1",
}
_EN_UNITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "one": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_EN_TEENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
    "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_EN_TENS = {
    "twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6",
    "seventy": "7", "eighty": "8", "ninety": "9",
}  # fmt: skip
_EN_TIMES = {"double": 2, "triple": 3, "treble": 3}

# What may stand inside a number that is read out: it neither ends the run nor is masked.
_FILLERS = frozenset(
    {"um", "uh", "er", "erm", "hmm", "mm", "and", "then", "yes", "yeah", "yep", "ok", "okay"}
    | {"right", "so", "dash", "hyphen", "space", "it's", "its"}
)
_ZH_FILLERS = frozenset("嗯呃额啊哦喔对是的好然后杠横那个这个噢诶哎吧呢呀")
_TOKEN = re.compile(
    r"(?P<digit>[0-9０-９])|(?P<en>[a-z]+(?:'[a-z]+)?)|(?P<zh>[\u3400-\u9fff〇])"
    r"|(?P<gap>[\s,，.。、\-–—·;；:：!！?？…\"'“”()（）]+)|(?P<other>.)",
    re.DOTALL,
)
_MOST_TURN_GAP_S = 20.0  # a later turn of the same side no longer goes on with the number (guess)


class SpokenDigits(NamedTuple):
    """One place in a turn's text and the digits it stands for (several for "eleven")."""

    turn: int
    start: int
    end: int
    digits: str
    group: int  # equal for digits said without a break


Run = list[SpokenDigits]


def runs(turns: Sequence[Turn]) -> Iterator[Run]:
    """All runs of digits, speaker by speaker."""
    sides = dict.fromkeys((turn.channel, turn.speaker) for turn in turns)
    for side in sides:
        run: Run = []
        group = 0
        latest_s: float | None = None
        for index, turn in enumerate(turns):
            if (turn.channel, turn.speaker) != side:
                continue
            if latest_s is not None and turn.start_s - latest_s > _MOST_TURN_GAP_S and run:
                yield run
                run = []
            latest_s = turn.end_s
            group += 1
            for token in digit_tokens(turn.text):
                match token:
                    case (start, end, str(digits)) if digits:
                        run.append(SpokenDigits(index, start, end, digits, group))
                    case (_, _, str()):
                        group += 1
                    case _:
                        if run:
                            yield run
                        run = []
        if run:
            yield run


def digit_tokens(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Places with their digits; "" for what may stand between digits, None for what may not."""
    found = list(_TOKEN.finditer(text.lower())) if len(text.lower()) == len(text) else []
    at = 0
    while at < len(found):
        token = found[at]
        word = token.group()
        start, end = token.span()
        at += 1
        if token.lastgroup == "digit":
            yield start, end, str(int(word))
        elif token.lastgroup == "zh":
            yield start, end, _ZH_DIGITS.get(word, "" if word in _ZH_FILLERS else None)
        elif token.lastgroup == "gap":
            yield start, end, ""
        elif token.lastgroup == "en":
            times = _EN_TIMES.get(word)
            unit = _EN_UNITS.get(found[at + 1].group()) if times and at + 1 < len(found) else None
            if times and unit:
                following = found[at + 1]
                yield start, end, unit * (times - 1)
                yield *following.span(), unit
                at += 2
            else:
                yield start, end, _english(word, found, at)
        else:
            yield start, end, None


def _english(word: str, found: Sequence[re.Match[str]], at: int) -> str | None:
    """The digits of an English word; a ten before a unit ("forty one") gives one digit."""
    if word in _EN_UNITS:
        return _EN_UNITS[word]
    if word in _EN_TEENS:
        return _EN_TEENS[word]
    if word in _EN_TENS:
        following = found[at + 1].group() if at + 1 < len(found) else ""
        joined = at < len(found) and found[at].group() in (" ", "-")
        unit = _EN_UNITS.get(following, "0") if joined else "0"
        return _EN_TENS[word] + ("" if unit != "0" else "0")
    if word == "x":
        return "X"
    if word == "hundred":
        return "00"
    return "" if word in _FILLERS else None
