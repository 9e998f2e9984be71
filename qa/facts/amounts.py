"""What an amount of money comes to, said or written, in both languages."""

import re
from decimal import Decimal, InvalidOperation

from transcribe.transcript import Language

_MOST_CHARACTERS = 80  # guess: no sum of money takes longer to say
_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_ZH = re.compile(
    r"(?P<main>(?:[0-9][0-9,]*(?:\.[0-9]+)?)?[零〇一二两三四五六七八九十百千万亿点半]*)"
    r"(?:多|来|几)?(?P<unit>块钱?|元钱?|圆|美元|美金|港币|欧元|英镑|日元|人民币|角|毛钱?|分钱)?"
    r"零?(?:(?P<tenths>[0-9一二两三四五六七八九])(?:毛|角|$))?"
    r"(?:(?P<hundredths>[0-9一二两三四五六七八九])分)?"
)
_SMALL = {
    "角": Decimal("0.1"),
    "毛": Decimal("0.1"),
    "毛钱": Decimal("0.1"),
    "分钱": Decimal("0.01"),
}
_ZH_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_EN = re.compile(
    r"(?P<main>[0-9a-z,. ]+?) ?(?P<unit>dollars?|bucks?|euros?|pounds?|quid|yuan|rmb|usd|gbp|cents?"
    r"|pence|$)(?:(?: and)? (?P<rest>[0-9a-z ]+?) (?:cents?|pence)$)?"
)
_SCALES = {"hundred": 100, "thousand": 1000, "k": 1000, "grand": 1000, "million": 1_000_000}


def amount_of(text: str, language: Language) -> float | None:
    """The sum in units of its currency, None when it cannot be told; text: as in searched copies.

    "三百五十块五" and "$350.50" both give 350.5.
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    plain = re.sub(r"[¥￥$£€]|rmb *|人民币", "", text).strip()
    try:
        value = _zh(plain) if language == "zh" else _en(plain)
    except (ValueError, InvalidOperation, KeyError):
        return None
    return None if value is None or not value.is_finite() else float(value)


def _zh(text: str) -> Decimal | None:
    match = _ZH.match(text)
    if match is None or not match["main"]:
        return None
    value = _zh_number(match["main"]) * _SMALL.get(match["unit"] or "", Decimal(1))
    for name, unit in (("tenths", "0.1"), ("hundredths", "0.01")):
        if match[name]:
            value += _zh_number(match[name]) * Decimal(unit)
    return value


def _zh_number(text: str) -> Decimal:
    """Raises ValueError for what is no number."""
    from cn2an import cn2an

    if text == "半":
        return Decimal("0.5")
    half = Decimal("0.5") if text.endswith("半") and text[:-1] else Decimal(0)
    plain = text.removesuffix("半").replace(",", "").replace("两", "二").replace("〇", "零")
    if _DIGITS.fullmatch(plain):
        return Decimal(plain) + half
    if plain[-1:] in _ZH_SCALES and "点" in plain:
        return _zh_number(plain[:-1]) * _ZH_SCALES[plain[-1]]
    return Decimal(str(cn2an(plain, "smart"))) + half


def _en(text: str) -> Decimal | None:
    match = _EN.match(text)
    if match is None:
        return None
    value = _en_number(match["main"].strip())
    if match["unit"].startswith(("cent", "pence")):
        return value / 100
    return value + _en_number(match["rest"]) / 100 if match["rest"] else value


def _en_number(text: str) -> Decimal:
    """Raises ValueError for what is no number."""
    from text_to_num import text2num

    value = Decimal(1)
    words = text.replace(",", "").split()
    while words and words[-1] in _SCALES and _DIGITS.fullmatch(words[0]):
        value *= _SCALES[words.pop()]
    if len(words) == 1 and _DIGITS.fullmatch(words[0]):
        return value * Decimal(words[0])
    if words and words[0] == "a":
        words[0] = "one"
    return value * Decimal(text2num(" ".join(words), "en"))
