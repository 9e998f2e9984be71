"""Simplified characters and plain width for what is written; a normalised copy for matching."""

import functools
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# Chinese punctuation that NFKC would turn into its ASCII twin; Chinese text keeps it.
_KEPT = frozenset("，！？：；（）～")
_CHINESE = {",": "，", ".": "。", "?": "？", "!": "！", ":": "：", ";": "；"}


@functools.cache
def _converter() -> "OpenCC":
    """Traditional to simplified; tw2s is t2s plus 著 -> 着 where it is the particle."""
    from opencc import OpenCC

    return OpenCC("tw2s")


def simplified(text: str) -> str:
    """The text in simplified characters, every code point at the place it had."""
    if text.isascii():
        return text
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    each = (_converter().convert(char) for char in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, each, strict=True))


def written(text: str) -> str:
    """The text as it is stored: simplified, NFKC width, Chinese punctuation kept."""
    if text.isascii():
        return text
    return simplified(
        "".join(c if c in _KEPT else unicodedata.normalize("NFKC", c) for c in _composed(text))
    )


def chinese_punctuation(text: str) -> str:
    """The text with ASCII punctuation after a Han character in its Chinese form, same length."""
    return "".join(
        _CHINESE.get(char, char) if before and is_cjk(before) else char
        for before, char in zip(["", *text], text, strict=False)
    )


def normalise(text: str) -> tuple[str, tuple[int, ...]]:
    """A copy for matching, and for each of its code points the offset it has in `text`.

    NFKC, case-folded, simplified. `offsets[i]` is where normalised code point i came from;
    a match [a, b) of the copy is `text[offsets[a] : offsets[b - 1] + 1]`, plus combining marks
    that follow.
    """
    if text.isascii():
        return text.casefold(), tuple(range(len(text)))
    pieces: list[str] = []
    offsets: list[int] = []
    for start, cluster in _clusters(text):
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
        pieces.append(folded)
        offsets.extend([start] * len(folded))
    return simplified("".join(pieces)), tuple(offsets)


def _clusters(text: str) -> list[tuple[int, str]]:
    """Each code point with the combining marks that follow it, and where it starts."""
    found: list[tuple[int, str]] = []
    for at, char in enumerate(text):
        if found and unicodedata.combining(char):
            start, before = found[-1]
            found[-1] = (start, before + char)
        else:
            found.append((at, char))
    return found


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def is_cjk(char: str) -> bool:
    """True for Han characters and the punctuation written between them."""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x3FFFF
        or 0xF900 <= code <= 0xFAFF
        or 0x3000 <= code <= 0x303F
        or char in _KEPT
    )
