"""Private numbers and words, written or spoken, go before a transcript leaves this room."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from transcribe.private_numbers import (
    NUMBER_KINDS,
    OTHER_LABELS,
    NumberKind,
    looks_like_card,
)
from transcribe.private_text import TEXT_KINDS, find_private
from transcribe.spoken_digits import Run, SpokenDigits, digit_tokens, runs
from transcribe.transcript import Mask, Turn, Word

KINDS = (*NUMBER_KINDS, *TEXT_KINDS)
_ASKED_BACK_TURNS = 4  # so far back a question is looked for (guess)
_ASKED_BACK_CHARACTERS = 400  # and no further within a turn (guess: some sentences)
_FEWEST_DIGITS = 2  # of any kind, as spoken
_LONGEST_CARD = 19  # ISO/IEC 7812
_KEEPS_DIGITS = frozenset({"pii_bank_card", "pii_id_card", "pii_phone"})


def mask(
    turns: Sequence[Turn], kinds: Sequence[str], *, keep_last_digits: int = 0
) -> tuple[tuple[Turn, ...], tuple[Mask, ...]]:
    """The turns with such numbers and words as "*", and where that was done.

    kinds: names in `KINDS`; offsets are of the new text.
    keep_last_digits: so many digits of card, ID and telephone numbers stay.
    """
    if not kinds:
        return tuple(turns), ()
    hidden: dict[int, dict[tuple[int, int], tuple[str, str]]] = {}
    for found in find_private(turns, [kind for kind in TEXT_KINDS if kind in kinds]):
        place = hidden.setdefault(found.turn, {})
        for at in range(found.start, found.end):
            if not turns[found.turn].text[at].isspace():
                place.setdefault((at, at + 1), ("*", found.kind))
    gone = {(turn, start) for turn, places in hidden.items() for start, _ in places}
    for kind, part in private_numbers(turns, kinds):
        kept = keep_last_digits if kind in _KEEPS_DIGITS else 0
        for one in _without_last(part, kept):
            if not any((one.turn, at) in gone for at in range(one.start, one.end)):
                stars = "*" * len(one.digits)
                hidden.setdefault(one.turn, {})[one.start, one.end] = (stars, kind)
    masked = list(turns)
    masks: list[Mask] = []
    for index in sorted(hidden):
        edits = sorted((start, end, *what) for (start, end), what in hidden[index].items())
        masked[index] = _edited(turns[index], edits)
        masks += _masks(index, turns[index], edits)
    return tuple(masked), tuple(masks)


def private_numbers(turns: Sequence[Turn], kinds: Sequence[str]) -> Iterator[tuple[str, Run]]:
    """Each private number of the kinds that are in `NUMBER_KINDS`: its kind and its digits."""
    chosen = {name: kind for name, kind in NUMBER_KINDS.items() if name in kinds}
    for run in runs(turns) if chosen else ():
        yield from _to_mask(run, turns, chosen)


def _without_last(part: Run, digits: int) -> Run:
    """The run without its last digits; a place that holds several stays hidden whole."""
    kept = 0
    end = len(part)
    while end and kept + len(part[end - 1].digits) <= digits:
        end -= 1
        kept += len(part[end].digits)
    return part[:end]


def _to_mask(
    run: Run, turns: Sequence[Turn], chosen: dict[str, NumberKind]
) -> Iterator[tuple[str, Run]]:
    """The parts of a run that are numbers of the chosen kinds."""
    digits = "".join(place.digits for place in run)
    if len(digits) < _FEWEST_DIGITS:
        return
    owner = [at for at, place in enumerate(run) for _ in place.digits]
    groups = [run[at].group for at in owner]
    taken = [False] * len(digits)
    for kind in chosen:  # surest first
        for start, end in chosen[kind].find(digits, groups):
            if any(taken[start:end]):
                continue
            if kind == "pii_phone" and (
                looks_like_card(digits) or _other_named(run, turns, chosen)
            ):
                continue
            if kind == "pii_bank_card" and len(digits) <= _LONGEST_CARD:
                start, end = 0, len(digits)  # a check digit that fits a part by chance
            taken[start:end] = [True] * (end - start)
            yield kind, run[owner[start] : owner[end - 1] + 1]
            if kind == "pii_bank_card" and "pii_cvv" in chosen:
                yield from _cvv_after(run, owner, groups, end)
    if any(taken):
        return
    asked = _asked_for(run[0], turns, chosen)
    if asked in chosen:
        kind_asked = chosen[asked]
        if len(digits) in kind_asked.lengths and kind_asked.plausible(digits):
            yield asked, run
            return
    if asked in ("pii_bank_card", "pii_cvv", None) and "pii_bank_card" in chosen:
        if looks_like_card(digits):
            yield "pii_bank_card", run
            return
        for _, group in groupby(run, key=lambda place: place.group):
            part = list(group)
            if looks_like_card("".join(place.digits for place in part)):
                yield "pii_bank_card", part


def _other_named(run: Run, turns: Sequence[Turn], chosen: dict[str, NumberKind]) -> bool:
    """True when the words before name another number."""
    return _asked_for(run[0], turns, chosen) not in ("pii_phone", None)


def _cvv_after(
    run: Run, owner: Sequence[int], groups: Sequence[int], end: int
) -> Iterator[tuple[str, Run]]:
    """The last group of three or four digits said on end after a card number, past its date."""
    rest = len(owner) - end
    starts = [at for at in range(end, len(owner)) if at == end or groups[at] != groups[at - 1]]
    if starts and len(owner) - starts[-1] in (3, 4) and rest in (3, 7, 8):
        yield "pii_cvv", run[owner[starts[-1]] :]


_OTHER = "other"


def _asked_for(
    first: SpokenDigits, turns: Sequence[Turn], chosen: dict[str, NumberKind]
) -> str | None:
    """The kind whose name stands nearest before the digits, "other" for another number's.

    None when no number is named. A kind that is not chosen is another number.
    """
    texts = [turns[first.turn].text[: first.start]]
    texts += [turns[at].text for at in range(first.turn - 1, -1, -1)][:_ASKED_BACK_TURNS]
    for text in (t[-_ASKED_BACK_CHARACTERS:].casefold() for t in texts):
        last: dict[str, int] = {}
        for name, kind in NUMBER_KINDS.items():
            if found := list(kind.labels.finditer(text)):
                key = name if name in chosen else _OTHER
                last[key] = max(found[-1].end(), last.get(key, 0))
        if found := list(OTHER_LABELS.finditer(text)):
            last[_OTHER] = max(found[-1].end(), last.get(_OTHER, 0))
        if last:
            return max(last, key=lambda name: (last[name], name == _OTHER))
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
