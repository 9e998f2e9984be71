"""Card and ID numbers, written or spoken, are replaced before a transcript leaves this room."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from transcribe.spoken_digits import Run, SpokenDigits, digit_tokens, runs
from transcribe.transcript import Mask, Turn, Word

_ASKED_MIN_DIGITS = 8  # digits heard after being asked for a card or ID number (guess: half of it)
_ASKED_BACK_TURNS = 4  # so far back a question is looked for (guess)


Finder = Callable[[str, Sequence[int]], list[tuple[int, int]]]


class NumberKind(NamedTuple):
    """A kind of number to mask: how it is told by itself, and by which words it is asked for."""

    find: Finder
    labels: re.Pattern[str]
    plausible: Callable[[str], bool]


def mask(turns: Sequence[Turn], kinds: Sequence[str]) -> tuple[tuple[Turn, ...], tuple[Mask, ...]]:
    """The turns with each digit of such numbers as "*", and where that was done.

    kinds: names in `KINDS`, in order of preference; offsets are of the new text.
    """
    chosen = {name: KINDS[name] for name in kinds}
    if not chosen:
        return tuple(turns), ()
    hidden: dict[int, dict[tuple[int, int], tuple[str, str]]] = {}
    for run in runs(turns):
        for kind, part in _to_mask(run, turns, chosen):
            for place in part:
                stars = "*" * len(place.digits)
                hidden.setdefault(place.turn, {})[place.start, place.end] = (stars, kind)
    masked = list(turns)
    masks: list[Mask] = []
    for index in sorted(hidden):
        edits = sorted((start, end, *what) for (start, end), what in hidden[index].items())
        masked[index] = _edited(turns[index], edits)
        masks += _masks(index, turns[index], edits)
    return tuple(masked), tuple(masks)


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


def _find_cards(digits: str, groups: Sequence[int]) -> list[tuple[int, int]]:
    """Places of card numbers: the whole run, else parts of it that begin and end with a group."""
    if 13 <= len(digits) <= 19 and digits.isdecimal() and luhn(digits) and len(set(digits)) > 1:
        return [(0, len(digits))]
    found: list[tuple[int, int]] = []
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


def _find_id_cards(digits: str, groups: Sequence[int]) -> list[tuple[int, int]]:
    """Places of mainland ID numbers; their date and check digit leave no doubt."""
    del groups
    return [(at, at + 18) for at in range(len(digits) - 17) if id_card(digits[at : at + 18])]


def _not_mobile(digits: str) -> bool:
    return not (len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789")


KINDS: dict[str, NumberKind] = {
    "pii_id_card": NumberKind(
        _find_id_cards,
        re.compile(r"身份证|证件号|\bid (?:card )?number|\bidentity (?:card|number)|\bid card"),
        lambda digits: len(digits) <= 20 and _not_mobile(digits),
    ),
    "pii_bank_card": NumberKind(
        _find_cards,
        re.compile(
            r"卡号|银行卡|信用卡|储蓄卡|借记卡|\bcard(?:'s)? (?:number|no\b|digits)|\bcard num"
            r"|\b(?:credit|debit|bank) card|\blong number"
        ),
        lambda digits: len(digits) <= 21 and _not_mobile(digits),
    ),
}
# Words that ask for another number: the nearest before the digits decides.
_OTHER_LABELS = re.compile(
    r"手机|电话|订单|单号|工号|编号|案件|会员|验证码|后四位|末四位|尾号|金额|日期|邮编|户号|\bphone"
    r"|\bmobile|\bcell\b|\border|\breference|\btracking|\bconfirmation|\bticket|\bcase\b|\bending"
    r"|\blast four|\bmember|\bpostcode|\bzip\b|\bserial|\bimei|\binvoice|\bdate of birth|\bbooking"
)


def _to_mask(
    run: Run, turns: Sequence[Turn], chosen: dict[str, NumberKind]
) -> Iterator[tuple[str, Run]]:
    """The parts of a run that are numbers of the chosen kinds."""
    digits = "".join(place.digits for place in run)
    owner = [at for at, place in enumerate(run) for _ in place.digits]
    groups = [run[at].group for at in owner]
    taken = [False] * len(digits)
    for kind in sorted(chosen, key=lambda name: name != "pii_id_card"):  # surest first
        for start, end in chosen[kind].find(digits, groups):
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                yield kind, run[owner[start] : owner[end - 1] + 1]
    if any(taken) or len(digits) < _ASKED_MIN_DIGITS:
        return
    asked = _asked_for(run[0], turns, chosen)
    if asked is not None and chosen[asked].plausible(digits):
        yield asked, run


def _asked_for(
    first: SpokenDigits, turns: Sequence[Turn], chosen: dict[str, NumberKind]
) -> str | None:
    """The kind whose name stands nearest before the digits; None when another number's does."""
    texts = [turns[first.turn].text[: first.start]]
    texts += [turns[at].text for at in range(first.turn - 1, -1, -1)][:_ASKED_BACK_TURNS]
    for text in (t.casefold() for t in texts):
        last: dict[str | None, int] = {}
        for name, pattern in [
            *((name, kind.labels) for name, kind in chosen.items()),
            (None, _OTHER_LABELS),
        ]:
            if found := list(pattern.finditer(text)):
                last[name] = found[-1].end()
        if last:
            return max(last, key=lambda name: (last[name], name is None))
    return None


Edit = tuple[int, int, str, str]


def _edited(turn: Turn, edits: Sequence[Edit]) -> Turn:
    """The turn with its text and words changed alike."""
    words: list[Word] = []
    at = 0
    for word in turn.words:
        start = turn.text.find(word.text, at)
        if start < 0:
            words.append(word)
            continue
        at = start + len(word.text)
        words.append(
            Word(
                start_s=word.start_s,
                end_s=word.end_s,
                text=_replaced(turn.text, start, at, edits),
                probability=word.probability,
            )
        )
    text = _replaced(turn.text, 0, len(turn.text), edits)
    return turn.model_copy(update={"text": text, "words": tuple(words)})


def _replaced(text: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    """The stretch of a text with its edits made."""
    pieces: list[str] = []
    at = start
    for edit_start, edit_end, stars, _ in edits:
        if edit_end <= start or edit_start >= end:
            continue
        pieces += [text[at:edit_start], stars]
        at = edit_end
    return "".join([*pieces, text[at:end]])


def _masks(index: int, turn: Turn, edits: Sequence[Edit]) -> Iterator[Mask]:
    """One mask for each stretch of edits of one kind with no words but fillers between."""
    shift = 0
    current: list[tuple[int, int, int, int, str]] = []  # old start, old end, new start, new end
    for start, end, stars, kind in edits:
        new_start = start + shift
        shift += len(stars) - (end - start)
        place = (start, end, new_start, new_start + len(stars), kind)
        if current and (current[-1][4] != kind or _breaks(turn.text[current[-1][1] : start])):
            yield _mask(index, turn, current)
            current = []
        current.append(place)
    if current:
        yield _mask(index, turn, current)


def _breaks(between: str) -> bool:
    return any(digits is None for _, _, digits in digit_tokens(between))


def _mask(index: int, turn: Turn, places: Sequence[tuple[int, int, int, int, str]]) -> Mask:
    start, end = places[0][0], places[-1][1]
    times: list[tuple[float, float]] = []
    at = 0
    for word in turn.words:
        found = turn.text.find(word.text, at)
        if found < 0:
            continue
        at = found + len(word.text)
        if found < end and at > start:
            times.append((word.start_s, word.end_s))
    return Mask(
        turn=index,
        kind=places[0][4],
        start=places[0][2],
        end=places[-1][3],
        start_s=times[0][0] if times else turn.start_s,
        end_s=times[-1][1] if times else turn.end_s,
    )
