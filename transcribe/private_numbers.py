"""Kinds of private numbers: how each is told by itself, and by which words it is asked for."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

Place = tuple[int, int]
Finder = Callable[[str, Sequence[int]], list[Place]]


class NumberKind(NamedTuple):
    """A kind of number to mask.

    find: places in a run of digits, by the digits alone; gets each digit's group.
    labels: the words by which it is asked for or named.
    lengths: how many digits a run that was asked for may have.
    """

    find: Finder
    labels: re.Pattern[str]
    lengths: range
    plausible: Callable[[str], bool]


def luhn(digits: str) -> bool:
    """True when the last digit is the check digit of ISO/IEC 7812."""
    total = 0
    for at, char in enumerate(reversed(digits)):
        value = int(char) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def id_card(number: str) -> bool:
    """True for 18 characters with a birth date and the check digit of GB 11643."""
    if len(number) != 18 or not number[:17].isdecimal() or number[0] == "0":
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(char) * pow(2, 17 - at, 11) for at, char in enumerate(number[:17]))
    return 1900 <= born.year < 2100 and "10X98765432"[total % 11] == number[17]


# First digits of cards in use (ISO/IEC 7812 registry): Visa, Mastercard, Amex, Diners, JCB,
# UnionPay, Discover and Maestro, and ICBC's old 9558.
_CARD_PREFIX = re.compile(r"4|5[0-8]|6[0-9]|2[2-7]|3[0-9]|9558")
_CARD_LENGTHS = (16, 19, 15, 18, 17, 14, 13)
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")  # China's numbering plan (MIIT, 2017)
_LANDLINE = re.compile(r"0[1-9]\d{1,2}[2-8]\d{6,7}")  # area code, then seven or eight digits
_NANP = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")  # North American numbering plan


def _find_cards(digits: str, groups: Sequence[int]) -> list[Place]:
    """Places of card numbers: the whole run, else parts of it that begin and end with a group."""
    if 13 <= len(digits) <= 19 and digits.isdecimal() and luhn(digits) and len(set(digits)) > 1:
        return [(0, len(digits))]
    found: list[Place] = []
    at = 0
    while at < len(digits):
        for length in _CARD_LENGTHS:
            end = at + length
            part = digits[at:end]
            if len(part) < length or not part.isdecimal() or not _CARD_PREFIX.match(part):
                continue
            if _is_edge(groups, at) and _is_edge(groups, end) and luhn(part):
                found.append((at, end))
                at = end - 1
                break
        at += 1
    return found


def _is_edge(groups: Sequence[int], at: int) -> bool:
    return at in (0, len(groups)) or groups[at - 1] != groups[at]


def _find_id_cards(digits: str, groups: Sequence[int]) -> list[Place]:
    """Places of mainland ID numbers; their date and check digit leave no doubt."""
    del groups
    return [(at, at + 18) for at in range(len(digits) - 17) if id_card(digits[at : at + 18])]


def _find_phones(digits: str, groups: Sequence[int]) -> list[Place]:
    """Places of telephone numbers that begin and end with a group."""
    found = []
    for pattern, alone in ((_MOBILE, False), (_LANDLINE, True), (_NANP, True)):
        for match in pattern.finditer(digits):
            start, end = match.span()
            whole = (start, end) == (0, len(digits))
            if whole or (not alone and _is_edge(groups, start) and _is_edge(groups, end)):
                found.append((start, end))
    return found[:1]


def _find_none(digits: str, groups: Sequence[int]) -> list[Place]:
    """Nothing: three digits are told by the question alone."""
    del digits, groups
    return []


def _not_mobile(digits: str) -> bool:
    return not re.fullmatch(r"1[3-9]\d{9}", digits)


def _always(digits: str) -> bool:
    del digits
    return True


# In order of preference: where two kinds find the same digits, the first has them.
NUMBER_KINDS: dict[str, NumberKind] = {
    "pii_id_card": NumberKind(
        _find_id_cards,
        re.compile(
            r"身份证|证件号|护照|驾驶证|社保号|\bid (?:card )?number|\bidentity (?:card|number)"
            r"|\bid card|\bsocial(?: security|'s| is| number| no\b)|\bssn\b|\bpassport"
            r"|\bdriver'?s? licen[cs]e"
        ),
        range(8, 21),
        _not_mobile,
    ),
    "pii_bank_card": NumberKind(
        _find_cards,
        re.compile(
            r"卡号|银行卡|信用卡|储蓄卡|借记卡|\bcard(?:'s)? (?:number|no\b|digits)|\bcard num"
            r"|\b(?:credit|debit|bank) card|\blong number|\bon (?:the|your|my) card|\bcard is\b"
        ),
        range(8, 22),
        _not_mobile,
    ),
    "pii_cvv": NumberKind(
        _find_none,
        re.compile(
            r"c\s?[vbp]\s?[vbc]\s?2?(?![a-z])|安全码|校验码|背面|反面|后面的?[三四34]位|末三位"
            r"|后三位|\b(?:three|3|four|4)[- ]digits?\b|\bsecurity (?:code|number|digits)"
            r"|\bverification (?:value|number)|\bback of (?:the|your|my) card|\bon the back"
        ),
        range(2, 5),  # "thirty three" may be 303
        _always,
    ),
    "pii_phone": NumberKind(
        _find_phones,
        re.compile(
            r"手机|电话|联系方式|联系号码|座机|来电|\bphone|\bmobile|\bcell\b|\bcell ?phone"
            r"|\bcontact (?:number|no\b|num\b)|\bcall ?back|\b(?:reach|call|ring|text) (?:you|me)\b"
            r"|\btelephone"
        ),
        range(7, 15),
        _always,
    ),
}
# Words that ask for another number: the nearest before the digits decides.
OTHER_LABELS = re.compile(
    r"订单|单号|工号|编号|案件|会员|验证码|后四位|末四位|尾号|金额|日期|邮编|户号|有效期"
    r"|\border|\breference|\btracking|\bconfirmation|\bticket|\bcase\b|\bending|\blast four"
    r"|\bmember|\bpostcode|\bzip\b|\bserial|\bimei|\binvoice|\bdate of birth|\bbooking"
    r"|\bexpir"
)
# A run of so many digits with a card's first digits and no other name is one misheard (guess:
# of 16 digits read out over the telephone one is often wrong).
UNCHECKED_CARD = range(13, 20)


def looks_like_card(digits: str) -> bool:
    """True for digits that are a card number but for the check digit."""
    return (
        len(digits) in UNCHECKED_CARD
        and digits.isdecimal()
        and len(set(digits)) > 2
        and bool(_CARD_PREFIX.match(digits))
    )
