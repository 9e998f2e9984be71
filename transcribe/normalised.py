"""A turn's text as it would be written: simplified, plain width, digits, amounts, punctuation.

It stands beside what was said and never instead of it. For each of its code points `starts` and
`ends` say which code points of the original it stands for: the copy's [a, b) is the original's
[starts[a], ends[b - 1]). A number's code points all stand for the whole number as it was said.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from transcribe.spoken_numbers import numbers
from transcribe.text import chinese_punctuation, simplified, written
from transcribe.transcript import Language

VERSION = "1"
_HAN = "\u3000-\u303f\u3400-\u9fff，。？！：；、（）～"
_ZH_DROPPED = re.compile(
    rf"(?<=[{_HAN}])[ \t\u3000]+(?=[{_HAN}])|[ \t]+(?=[，。？！：；、])|[\x00-\x1f]+"
)
_EN_SPACES = re.compile(r"[ \t\u00a0\u3000\x00-\x1f]+")


class Normalised(NamedTuple):
    """The normalised copy and the way back; starts and ends never fall."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original's code points behind text[start:end]; start < end."""
        return self.starts[start], self.ends[end - 1]


def normalised(text: str, language: Language) -> Normalised:
    """The copy of a text said in a language.

    Masked digits (`*`) stay as they are. Dropped code points (spaces between Han characters,
    control characters) belong to no code point of the copy.
    """
    plain = "".join(_one(char) for char in text)  # one for one, so that offsets hold
    plain = chinese_punctuation(simplified(plain)) if language == "zh" else simplified(plain)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(piece: str, start: int, end: int) -> None:
        pieces.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))

    at = 0
    for number in numbers(plain, language):
        _copy(plain, text, at, number.start, language, put)
        put(number.written, number.start, number.end)
        at = number.end
    _copy(plain, text, at, len(plain), language, put)
    return Normalised("".join(pieces), tuple(starts), tuple(ends))


def _one(char: str) -> str:
    """The character in plain width where that is one character, as stored texts have it."""
    made = written(char)
    return made if len(made) == 1 else char


def _copy(
    plain: str,
    text: str,
    start: int,
    end: int,
    language: Language,
    put: Callable[[str, int, int], None],
) -> None:
    """Puts plain[start:end], spaces put right; characters that grow (㎏, …) grow here."""
    spaces = _ZH_DROPPED if language == "zh" else _EN_SPACES
    at = start
    while at < end:
        found = spaces.match(plain, at)
        if found:
            if language == "en":
                put(" ", at, min(found.end(), end))
            at = min(found.end(), end)
            continue
        grown = written(text[at])
        put(grown if len(grown) > 1 else plain[at], at, at + 1)
        at += 1
