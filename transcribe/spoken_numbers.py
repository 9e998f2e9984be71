"""Numbers as they are said, in both languages, with the digits they are written with.

What is hardly ever a number stays as it is: a single small digit (一下, "one of them") unless
money, a share or a place in a date follows, and pairs that mean "some" (三五天).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from transcribe.transcript import Language


class Number(NamedTuple):
    """Code points [start, end) of a text and how they are written with digits."""

    start: int
    end: int
    written: str


_ZH_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "幺": 1}
_ZH_UNIT = {"十": 10, "百": 100, "千": 1000}
_ZH_GROUP = {"万": 10_000, "亿": 100_000_000}
_ZH = re.compile(r"百分之([零一二三四五六七八九十百两点]+)|[零〇一二三四五六七八九两幺十百千万亿]+")
_ZH_POINT = re.compile(r"点([零一二三四五六七八九]+)(?![钟十分百])")
_ZH_MEASURED = re.compile(r"[元块折倍米级%]|公里|公斤|百分点")  # 三点五元 is no time of day
# After a single numeral these make it a number; 一点, 一月 and the like need the first kind.
_ZH_AFTER = re.compile(
    r"(?:元|块钱|块(?=[零一二三四五六七八九两]|$|[，。？！,.?!])|角|毛钱|分钱|月|号(?!线))"
)
_ZH_SOME = re.compile(
    r"[一二三四五六七八九两]{2}(?=[天个年月次句块位])|[千万]万|三三两两|七七八八|一一"
)

_EN_SMALL = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {"oh": 0}
_EN_TENS = {
    word: 10 * n
    for n, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_EN_GROUP = {"thousand": 1000, "million": 1_000_000}
_EN_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_EN_AFTER = re.compile(
    r"[ -](?:dollars?|pounds?|euros?|cents?|per ?cent|percent|degrees|a\.m|p\.m)\b", re.I
)


def numbers(text: str, language: Language) -> Iterator[Number]:
    """The spoken numbers of a text, in order, apart from each other."""
    return _chinese(text) if language == "zh" else _english(text)


def _chinese(text: str) -> Iterator[Number]:
    at = 0
    while found := _ZH.search(text, at):
        start, end = found.span()
        at = end
        said = found.group()
        if share := found.group(1):
            if (value := _zh_value(share)) is not None:
                yield Number(start, end, f"{value}%")
            continue
        vague = _ZH_SOME.match(text, start)
        if vague and vague.end() >= end:
            continue
        money = _zh_money(text, end)
        point = _ZH_POINT.match(text, end)
        if point and len(said) == 1 and not _ZH_MEASURED.match(text, point.end()):
            point = None
        if (
            len(said) == 1
            and not point
            and (said in "十百千万亿零幺〇" or not _ZH_AFTER.match(text, end))
        ):
            continue
        value = _zh_value(said)
        if value is None:
            continue
        if point:
            digits = "".join(str(_ZH_DIGIT[c]) for c in point.group(1))
            at = point.end()
            yield Number(start, at, f"{value}.{digits}")
        elif money:
            at = money.end
            yield Number(start, money.end, f"{value}{money.written}")
        else:
            yield Number(start, end, value)


class _Money(NamedTuple):
    end: int
    written: str


_ZH_MONEY = re.compile(
    r"(?:元|块)(?:([一二三四五六七八九])(?:角|毛)?(?:([一二三四五六七八九])分)?"
    r"(?![一二三四五六七八九十百千个]))?钱?"
)


def _zh_money(text: str, at: int) -> _Money | None:
    """What follows an amount: 块五 is .5元, 块钱 is 元."""
    found = _ZH_MONEY.match(text, at)
    if found is None:
        return None
    tenths, hundredths = found.groups()
    part = f".{_ZH_DIGIT[tenths]}" if tenths else ""
    part += str(_ZH_DIGIT[hundredths]) if hundredths else ""
    return _Money(found.end(), f"{part}元")


def _zh_value(said: str) -> str | None:
    """The digits of a Chinese number; None where it is none, such as 万一."""
    if "点" in said:
        whole, _, part = said.partition("点")
        value = _zh_value(whole)
        if value is None or not part or any(c not in _ZH_DIGIT for c in part):
            return None
        return f"{value}.{''.join(str(_ZH_DIGIT[c]) for c in part)}"
    if all(c in _ZH_DIGIT for c in said):
        return "".join(str(_ZH_DIGIT[c]) for c in said)
    if "幺" in said or said[0] in "万亿百千零":
        return None
    total = group = 0
    digit: int | None = None
    last = 10
    for c in said:
        if c in _ZH_DIGIT:
            if digit not in (None, 0):
                return None
            digit = _ZH_DIGIT[c]
            if digit == 0:
                last = 10
        elif c in _ZH_UNIT:
            group += (1 if digit is None else digit) * _ZH_UNIT[c]
            last, digit = _ZH_UNIT[c], None
        else:
            below = group + (digit or 0)
            total = (total + below) * _ZH_GROUP[c] if c == "亿" else total + below * _ZH_GROUP[c]
            group, digit, last = 0, None, _ZH_GROUP[c]
    if digit:
        group += digit * (last // 10 if last > 10 else 1)  # 三百二 is 320
    return str(total + group)


def _english(text: str) -> Iterator[Number]:
    words = [m for m in _EN_WORD.finditer(text)]
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and _is_number_word(words, end, at, text):
            end += 1
        while end > at and words[end - 1].group().lower() in ("and", "oh"):
            end -= 1
        if end == at:
            at += 1
            continue
        yield from _english_run([w.group().lower() for w in words[at:end]], words, at, text)
        at = end


def _is_number_word(words: list[re.Match[str]], at: int, first: int, text: str) -> bool:
    word = words[at].group().lower()
    if word == "a" and at == first and at + 1 < len(words):
        following = words[at + 1].group().lower()
        return following in ("hundred", *_EN_GROUP) and text[words[at].end()] == " "
    if at > first and text[words[at - 1].end() : words[at].start()] not in (" ", "-"):
        return False
    if word in ("hundred", "and", "oh", *_EN_GROUP):
        if at == first:
            return False
        return word != "and" or words[at - 1].group().lower() in ("hundred", *_EN_GROUP)
    return word in _EN_SMALL or word in _EN_TENS


def _english_run(
    said: list[str], words: list[re.Match[str]], at: int, text: str
) -> Iterator[Number]:
    """One number, or none for a single small one that stands alone."""
    start, end = words[at].start(), words[at + len(said) - 1].end()
    after = _EN_AFTER.match(text, end)
    if len(said) == 1 and _EN_SMALL.get(said[0], 10) < 10 and not after:
        return
    written = _en_value(said)
    unit = after.group()[1:].lower() if after else ""
    if after and unit.startswith("dollar"):
        yield Number(start, after.end(), f"${written}")
    elif after and unit.startswith("per"):
        yield Number(start, after.end(), f"{written}%")
    else:
        yield Number(start, end, written)


def _en_value(said: list[str]) -> str:
    """The digits of English number words: sums where they add up, else written on end."""
    parts: list[str] = []
    total = group = 0
    room = 0  # how much may still be added to the group: 10 after a ten, 100 after a hundred
    is_open = False
    for word in said:
        if word in ("and", "a"):
            continue
        if word == "hundred":
            group, room = (group or 1) * 100, 100
        elif word in _EN_GROUP:
            total, group, room = total + (group or 1) * _EN_GROUP[word], 0, 1000
        else:
            value = _EN_SMALL.get(word, _EN_TENS.get(word, 0))
            if is_open and not 0 < value < room:
                parts.append(str(total + group))
                total = group = 0
            group += value
            room = 10 if word in _EN_TENS else 0
        is_open = True
    return "".join([*parts, str(total + group)])
