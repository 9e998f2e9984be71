"""Two columns of evaluations of the same calls, compared: what changes, for whom, how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from pydantic import Field

from qa.domain.evaluations import Evaluation
from qa.scoring.column_nouns import NO_FIGURE, NONE, VERDICTS, Codes, Flags, Scored, Whole
from transcribe.noun import Noun

FATALS = ("none", "pending", "confirmed")
_PASSES = ("open", "fail", "pass")  # NONE, 0, 1


@dataclass(frozen=True)
class ItemFigures:
    """One item on every call: verdict code (NONE: not on the form), points, code in FATALS."""

    verdict: Codes
    points_h: Whole
    fatal: Codes


@dataclass(frozen=True)
class Figures:
    """What is compared of a column of evaluations. band: index in `bands`, NONE without."""

    score_h: Whole
    passed: Codes
    band: Codes
    bands: tuple[str, ...]
    items: Mapping[str, ItemFigures]


class ItemShift(Noun):
    """An item whose outcome changes: on how many calls, how, and the points given in all."""

    ref_id: str
    calls: int = Field(ge=0)
    verdicts: dict[str, int] = Field(description="`met -> not_met`: calls")
    points_before: float
    points_after: float


class GroupShift(Noun):
    """A CSR or a team: calls in all, changed ones, mean score of those with a score."""

    name: str
    calls: int = Field(ge=0)
    changed: int = Field(ge=0)
    score_before: float | None
    score_after: float | None


class Compared(Noun):
    """What changes between two judgements of the same calls; transitions: `from -> to`: calls."""

    calls: int = Field(ge=0)
    changed: int = Field(ge=0)
    items: tuple[ItemShift, ...]
    bands: dict[str, int]
    passes: dict[str, int]
    fatals: dict[str, dict[str, int]] = Field(description="item -> transitions")
    groups: dict[str, tuple[GroupShift, ...]]


def figures_of(scored: Scored) -> Figures:
    """The figures of columns just scored."""
    card = scored.scorecard
    names = [band.id for band in sorted(card.bands, key=lambda band: band.from_score)]
    items = {
        item.ref_id: ItemFigures(
            one.verdict,
            one.points_h,
            np.where(one.fatal, np.where(one.answered, 2, 1), 0).astype(np.int8),
        )
        for item, one in zip(card.items, scored.items, strict=True)
    }
    return Figures(scored.score_h, scored.passed, scored.band, tuple(names), items)


def figures_of_stored(evaluations: Sequence[Evaluation], bands: Sequence[str]) -> Figures:
    """The figures of evaluations; bands: names that come first in the band codes."""
    rows = len(evaluations)
    names = list(dict.fromkeys([*bands, *(e.band for e in evaluations if e.band)]))
    items: dict[str, ItemFigures] = {}
    for number, evaluation in enumerate(evaluations):
        fatal = {one.ref_id: 1 for one in evaluation.fatal_pending}
        fatal |= {one.ref_id: 2 for one in evaluation.fatal}
        for item in evaluation.items:
            if item.ref_id not in items:
                items[item.ref_id] = ItemFigures(
                    np.full(rows, NONE, np.int8),
                    np.full(rows, NO_FIGURE, np.int64),
                    np.zeros(rows, np.int8),
                )
            one = items[item.ref_id]
            one.verdict[number] = VERDICTS.index(item.verdict)
            one.points_h[number] = _hundredths(item.points)
            one.fatal[number] = fatal.get(item.ref_id, 0)
    passed = [NONE if e.passed is None else int(e.passed) for e in evaluations]
    band = [NONE if e.band is None else names.index(e.band) for e in evaluations]
    return Figures(
        np.array([_hundredths(e.score) for e in evaluations], np.int64),
        np.array(passed, np.int8),
        np.array(band, np.int8),
        tuple(names),
        items,
    )


def _hundredths(value: Decimal | None) -> int:
    return NO_FIGURE if value is None else int(value.scaleb(2))


def changed_rows(before: Figures, after: Figures) -> Flags:
    """Calls of which anything that is compared differs."""
    changed: Flags = before.score_h != after.score_h
    changed |= before.passed != after.passed
    changed |= _renamed(before, after) != after.band
    for name in before.items.keys() | after.items.keys():
        one, other = before.items.get(name), after.items.get(name)
        if one is None or other is None:
            known = one or other
            assert known is not None
            changed |= known.verdict != NONE
            continue
        changed |= one.verdict != other.verdict
        changed |= one.points_h != other.points_h
        changed |= one.fatal != other.fatal
    return changed


def compare(
    before: Figures, after: Figures, groups: Mapping[str, tuple[Whole, Sequence[str]]]
) -> Compared:
    """What changes; groups: kind -> (a group's number for each call, the groups' names)."""
    changed = changed_rows(before, after)
    names = ("-", *after.bands)
    bands = _transitions(_renamed(before, after) + 1, after.band + 1, names)
    items = [
        shift
        for name in dict.fromkeys([*before.items, *after.items])
        if (shift := _item(name, before.items.get(name), after.items.get(name))) is not None
    ]
    fatals = {
        name: moved
        for name in before.items
        if name in after.items
        and (moved := _transitions(before.items[name].fatal, after.items[name].fatal, FATALS))
    }
    return Compared(
        calls=len(changed),
        changed=int(changed.sum()),
        items=tuple(items),
        bands=bands,
        passes=_transitions(before.passed + 1, after.passed + 1, _PASSES),
        fatals=fatals,
        groups={
            kind: _groups(before, after, changed, codes, labels)
            for kind, (codes, labels) in groups.items()
        },
    )


def _renamed(before: Figures, after: Figures) -> Codes:
    """The bands before, as indexes among the bands after; a band that is no more is NONE."""
    if before.bands == after.bands:
        return before.band
    places = [after.bands.index(b) if b in after.bands else NONE for b in before.bands]
    table = np.array([*places, NONE], np.int8)  # index NONE, -1, is the last
    renamed: Codes = table[before.band]
    return renamed


def _transitions(before: Codes, after: Codes, names: Sequence[str]) -> dict[str, int]:
    """Counts of the moves from one code to another."""
    wide = len(names)
    counts = np.bincount(before.astype(np.int16) * wide + after, minlength=wide * wide)
    return {
        f"{names[n // wide]} -> {names[n % wide]}": int(count)
        for n, count in enumerate(counts)
        if count and n // wide != n % wide
    }


def _item(name: str, before: ItemFigures | None, after: ItemFigures | None) -> ItemShift | None:
    known = before or after
    assert known is not None
    gone = ItemFigures(
        np.full_like(known.verdict, NONE),
        np.full_like(known.points_h, NO_FIGURE),
        np.zeros_like(known.fatal),
    )
    one, other = before or gone, after or gone
    moved = (one.verdict != other.verdict) | (one.points_h != other.points_h)
    if not moved.any():
        return None
    return ItemShift(
        ref_id=name,
        calls=int(moved.sum()),
        verdicts=_transitions(one.verdict + 1, other.verdict + 1, ("absent", *VERDICTS)),
        points_before=_points(one),
        points_after=_points(other),
    )


def _points(one: ItemFigures) -> float:
    given = np.where(one.points_h == NO_FIGURE, 0, one.points_h)
    return int(given.sum()) / 100


def _groups(
    before: Figures, after: Figures, changed: Flags, codes: Whole, names: Sequence[str]
) -> tuple[GroupShift, ...]:
    calls = np.bincount(codes, minlength=len(names))
    moved = np.bincount(codes[changed], minlength=len(names))
    old, new = (_means(one.score_h, codes, len(names)) for one in (before, after))
    return tuple(
        GroupShift(
            name=name,
            calls=int(calls[n]),
            changed=int(moved[n]),
            score_before=old[n],
            score_after=new[n],
        )
        for n, name in enumerate(names)
        if moved[n]
    )


def _means(score_h: Whole, codes: Whole, count: int) -> list[float | None]:
    """Mean score a group, over the calls that have one; to 0.01."""
    known = score_h != NO_FIGURE
    totals = np.zeros(count, np.int64)
    np.add.at(totals, codes[known], score_h[known])
    counts = np.bincount(codes[known], minlength=count)
    return [
        round(int(total) / int(n) / 100, 2) if n else None
        for total, n in zip(totals, counts, strict=True)
    ]
