"""Recall of masking on generated spoken numbers, and a table per kind on MultiDoGO's slots.

Run: python -m bench.privacy [MULTIDOGO.jsonl]
Cards and their codes are read out in many ways in both languages; a number counts as found when
none of its digits is left. On MultiDoGO (customers' typed turns, lower case, no punctuation) a
slot counts as found when every letter and digit of it is masked; precision is the share of masked
stretches that touch a slot of any private kind. "whole" counts only slots of numbers with as many
digits as the kind has: most of the others are the last four, which stay on purpose when nobody
asks for more (PCI DSS 3.4.1), and the CSR's questions, which tell the kind, are not in the data.
"""

import json
import random
import sys
from collections import Counter
from pathlib import Path

from transcribe.masking import KINDS, mask
from transcribe.private_numbers import NUMBER_KINDS, luhn
from transcribe.transcript import Speaker, Turn

_ZH = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_PREFIXES = (
    ("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("34", 15), ("37", 15), ("62", 16), ("62", 19),
    ("6011", 16), ("35", 16), ("36", 14), ("9558", 19),
)  # fmt: skip
_SLOTS = {
    "email_address": "pii_email", "address": "pii_address", "phone_number": "pii_phone",
    "phonenumber": "pii_phone",
    "credit_card_number": "pii_bank_card", "cc_number": "pii_bank_card", "ssn": "pii_id_card",
    "password": "pii_password", "card_number": "pii_bank_card",
}  # fmt: skip


def card(chance: random.Random) -> str:
    """A card number with a right check digit."""
    prefix, length = chance.choice(_PREFIXES)
    body = prefix + "".join(chance.choice("0123456789") for _ in range(length - 1 - len(prefix)))
    return next(body + last for last in "0123456789" if luhn(body + last))


def groups(digits: str, chance: random.Random) -> list[str]:
    """The digits as people group them."""
    size = chance.choice((4, 4, 4, 3, 2, 5, 6, len(digits)))
    return [digits[at : at + size] for at in range(0, len(digits), size)]


def spoken(digits: str, language: str, chance: random.Random) -> str:
    """One group, as digits or as words."""
    if chance.random() < 0.35:
        return digits
    if language == "zh":
        one = chance.choice("一幺")
        zero = chance.choice("零零〇")
        return "".join({"1": one, "0": zero}.get(d, _ZH[d]) for d in digits)
    words: list[str] = []
    at = 0
    while at < len(digits):
        pair = digits[at : at + 2]
        way = chance.random()
        if way < 0.15 and len(pair) == 2 and pair[0] == pair[1]:
            words.append("double " + _EN[int(pair[0])])
            at += 2
        elif way < 0.3 and len(pair) == 2 and pair[0] != "0":
            tens, unit = int(pair[0]), int(pair[1])
            word = _TEENS[unit] if tens == 1 else _TENS[tens]
            words.append(word + (f"-{_EN[unit]}" if tens > 1 and unit else ""))
            at += 2
        else:
            zero = chance.choice(("zero", "oh", "o"))
            words.append(zero if digits[at] == "0" else _EN[int(digits[at])])
            at += 1
    return " ".join(words)


def number_call(digits: str, kind: str, language: str, chance: random.Random) -> list[Turn]:
    """A question and its answer, over one or several turns."""
    fillers = {
        "zh": ("，", "，", " ", "，嗯，", "。", "，然后，"),
        "en": (" ", ", ", ", um, ", ". ", ", then ", ", uh "),
    }[language]
    asks = {
        ("zh", "card"): ("请报一下您的银行卡号。", "卡号是多少？", "好的，请说。", "请提供卡号"),
        ("en", "card"): ("Can I have the card number?", "Go ahead.", "What's the card's number?"),
        ("zh", "cvv"): ("背面的安全码是多少？", "请报一下卡背面后三位数字。", "CVV码呢？"),
        ("en", "cvv"): ("And the security code?", "The three digits on the back, please.", "CVV?"),
    }  # fmt: skip
    leads = {
        "zh": ("", "是", "卡号是", "您记好，") if kind == "card" else ("", "是", "嗯，"),
        "en": ("", "It's ", "Yes, it's ", "Sure. ") if kind == "card" else ("", "It's ", "Um, "),
    }[language]
    turns = [("csr", chance.choice(asks[language, kind]))]
    current = chance.choice(leads)
    parts = groups(digits, chance) if kind == "card" else [digits]
    for at, part in enumerate(parts):
        current += (chance.choice(fillers) if at else "") + spoken(part, language, chance)
        if at + 1 < len(parts) and chance.random() < 0.2:
            turns += [("customer", current), ("csr", {"zh": "嗯", "en": "Okay."}[language])]
            current = ""
    turns.append(("customer", current + {"zh": "。", "en": "."}[language]))
    return [
        Turn(start_s=3.0 * at, end_s=3.0 * at + 2.5, speaker=speaker(role), text=text,
             channel=int(role == "customer"))
        for at, (role, text) in enumerate(turns)
    ]  # fmt: skip


def speaker(role: str) -> Speaker:
    return "csr" if role == "csr" else "customer"


def left_over(turns: list[Turn], language: str) -> bool:
    """True when a customer's digit is still there."""
    masked, _ = mask(turns, KINDS)
    names = "零一二三四五六七八九〇幺" if language == "zh" else ""
    for turn in masked:
        if turn.speaker != "customer":
            continue
        words = set(turn.text.lower().replace("-", " ").replace(".", " ").replace(",", " ").split())
        if any(c.isdecimal() or c in names for c in turn.text) or words & {
            *_EN,
            *_TEENS,
            *_TENS[2:],
        }:
            return True
    return False


def recall(count: int = 4000, seed: int = 1) -> dict[tuple[str, str], tuple[int, int]]:
    """(kind, language) -> found, of how many."""
    chance = random.Random(seed)
    made: dict[tuple[str, str], tuple[int, int]] = {}
    for language in ("zh", "en"):
        for kind in ("card", "cvv"):
            found = 0
            for _ in range(count):
                digits = card(chance) if kind == "card" else str(chance.randrange(1000)).zfill(3)
                turns = number_call(digits, kind, language, chance)
                missed = left_over(turns, language)
                found += not missed
            made[kind, language] = (found, count)
    return made


def slots(path: Path) -> None:
    """Prints recall and precision per kind on MultiDoGO."""
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    masked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    whole_found: Counter[str] = Counter()
    talks: dict[str, list[tuple[str, list[str]]]] = {}
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        words, marks = str(row["text"] or "").split(), str(row["slots"] or "").split()
        if len(words) == len(marks) and words:
            talks.setdefault(row["conv"], []).append((" ".join(words), marks))
    for talk in talks.values():
        turns = [
            Turn(start_s=30.0 * at, end_s=30.0 * at + 2, speaker="customer", text=text, channel=1)
            for at, (text, _) in enumerate(talk)
        ]
        hidden, masks = mask(turns, KINDS)
        for at, (text, marks) in enumerate(talk):
            offset, places = 0, []
            for word, mark in zip(text.split(), marks, strict=True):
                places.append((offset, offset + len(word), mark))
                offset += len(word) + 1
            for kind in {_SLOTS[m] for m in marks if m in _SLOTS}:
                own = [(a, b) for a, b, m in places if _SLOTS.get(m) == kind]
                wanted[kind] += 1
                same = len(hidden[at].text) == len(text)
                gone = same and all(
                    not any(c.isalnum() for c in hidden[at].text[a:b]) for a, b in own
                )
                gone = gone or (not same and "*" in hidden[at].text)
                found[kind] += gone
                digits = sum(c.isdecimal() for a, b in own for c in text[a:b])
                if kind not in NUMBER_KINDS or digits >= NUMBER_KINDS[kind].lengths.start:
                    whole[kind] += 1
                    whole_found[kind] += gone
            for one in masks:
                if one.turn == at:
                    masked[one.kind] += 1
                    right[one.kind] += any(m in _SLOTS for m in marks)
    print(f"{'kind':14} {'slots':>6} {'recall':>7} {'whole':>6} {'recall':>7} {'masked':>7} "
          f"{'precision':>10}")  # fmt: skip
    for kind in sorted({*wanted, *masked}):
        got = found[kind] / wanted[kind] if wanted[kind] else float("nan")
        good = right[kind] / masked[kind] if masked[kind] else float("nan")
        of_whole = whole_found[kind] / whole[kind] if whole[kind] else float("nan")
        print(f"{kind:14} {wanted[kind]:6} {got:7.3f} {whole[kind]:6} {of_whole:7.3f} "
              f"{masked[kind]:7} {good:10.3f}")  # fmt: skip


def main() -> None:
    for (kind, language), (found, count) in recall().items():
        print(f"{kind} {language}: recall {found / count:.4f} ({found} of {count})")
    root = Path(__file__).resolve().parents[1]
    path = Path(sys.argv[1]) if sys.argv[1:] else root.parent / "shared/data/multidogo/dev.jsonl"
    if path.is_file():
        slots(path)


if __name__ == "__main__":
    main()
