"""Many forms at once: the arithmetic of contract 2 on integer columns, one row a call.

Equal to `score` to the last byte (tested, and by bench/whatif.py): all points are whole numbers
of 1 / (10^k x L), k the decimals of the form's points and L the common multiple of the counts of
rules in its share items, so nothing is ever rounded but once, at the end.
"""

import math
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from qa.domain.scorecards import Item, ItemClass, Scorecard
from qa.scoring.column_nouns import (
    CLASSES,
    MET,
    NO_FIGURE,
    NONE,
    NOT_APPLICABLE,
    NOT_MET,
    UNDECIDED,
    Codes,
    Flags,
    ItemColumns,
    Judged,
    Scored,
    Whole,
    block_of,
    joined,
)

MOST_POINTS = 20_000_000  # an item's points are kept as 32-bit hundredths
BLOCK_ROWS = 16_384  # guess: what a core's cache holds of a form's columns


@dataclass
class _Line:
    """One item's exact points in whole units."""

    item: Item
    section: int
    columns: ItemColumns
    low: Whole
    high: Whole
    sure: Whole
    weight: Whole
    decided: Whole
    confirmed: Flags
    pending: Flags


def score_columns(card: Scorecard, judged: Judged, *, threads: int = 1) -> Scored:
    """The evaluations of all rows on one form, block by block. Raises OverflowError for a form
    whose points have so many decimals that 64 bits cannot hold a percentage of them."""
    most = _multiple(card)
    decimals = max(0, *(-_exponent(item.points) for item in card.items))
    unit = 10**decimals * most
    reach = sum(abs(item.points) for item in card.items) * unit * 20_000
    if reach >= 2**62 or max(abs(item.points) for item in card.items) > MOST_POINTS:
        raise OverflowError(f"points of {card.id} need more than 64 bits")
    starts = range(0, max(judged.rows, 1), BLOCK_ROWS)
    blocks = [block_of(judged, start, min(start + BLOCK_ROWS, judged.rows)) for start in starts]

    def one(block: Judged) -> Scored:
        lines = [
            _line(item, number, block, decimals, most)
            for number, section in enumerate(card.sections)
            for item in section.items
        ]
        return _totals(card, lines, unit, block.rows)

    with ThreadPoolExecutor(threads) as pool:  # numpy works outside Python's lock
        return joined(list(pool.map(one, blocks)))


def _exponent(points: Decimal) -> int:
    exponent = points.as_tuple().exponent
    assert isinstance(exponent, int)  # a Noun holds no NaN
    return exponent


def _multiple(card: Scorecard) -> int:
    """A number that every count of applicable rules of a share item divides."""
    widest = max((len(set(i.rules)) for i in card.items if i.combine == "share"), default=1)
    return math.lcm(*range(1, widest + 1))


def _line(item: Item, section: int, judged: Judged, decimals: int, most: int) -> _Line:
    verdict, low_share, high_share = _outcome(item, judged, most)
    answers = judged.answers.get(item.ref_id)
    answered = np.zeros(judged.rows, bool) if answers is None else answers != NONE
    if answers is not None:
        verdict = np.where(answered, answers, verdict)
        full = np.where(answers == MET, most, 0)
        low_share = np.where(answered, full, low_share)
        high_share = np.where(answered, full, high_share)
    points = int(item.points.scaleb(decimals))
    if points < 0:
        low, high = points * (most - low_share), points * (most - high_share)
    else:
        low, high = points * low_share, points * high_share
    applies = verdict != NOT_APPLICABLE
    low, high = np.where(applies, low, 0), np.where(applies, high, 0)
    counts = points > 0 and not item.bonus
    weight = np.where(applies, points * most, 0) if counts else np.zeros(judged.rows, np.int64)
    decided = weight - (high - low) if counts else weight
    unit = 10**decimals * most
    is_open = (verdict == UNDECIDED) & ~answered
    if item.by == "human":
        is_open = ~answered
    fatal = (verdict == NOT_MET) if item.fatal != "none" else np.zeros(judged.rows, bool)
    columns = ItemColumns(
        verdict=verdict,
        answered=answered,
        open=is_open,
        points_h=np.where(verdict == UNDECIDED, NO_FIGURE, hundredths(low, unit)).astype(np.int32),
        weight_h=weight,
        fatal=fatal,
    )
    return _Line(
        item, section, columns, low, high, low if points > 0 else high, weight, decided,
        fatal & answered, fatal & ~answered,
    )  # fmt: skip


def _outcome(item: Item, judged: Judged, most: int) -> tuple[Codes, Whole, Whole]:
    """Verdicts by the live rules, and the share of points at worst and best, of `most`."""
    rows = judged.rows
    rules = [judged.verdicts[r] for r in dict.fromkeys(item.rules) if r in judged.verdicts]
    if item.by == "human" or not rules:
        undecided = np.full(rows, UNDECIDED, np.int8)
        return undecided, np.zeros(rows, np.int64), np.full(rows, most, np.int64)
    if len(rules) == 1:  # however it combines
        verdict = np.where(rules[0] == NONE, UNDECIDED, rules[0]).astype(np.int8)
        low = np.where(verdict == MET, most, 0)
        return verdict, low, np.where(verdict == UNDECIDED, most, low)
    met = _count(rules, MET)
    failed = _count(rules, NOT_MET)
    open_ = _count(rules, UNDECIDED)
    applicable = met + failed + open_
    unnamed = applicable + _count(rules, NOT_APPLICABLE) == 0
    if item.combine == "share":
        divisor = np.maximum(applicable, 1)
        low, high = most * met // divisor, most * (met + open_) // divisor
        decided = np.where(met == applicable, MET, NOT_MET)
    else:
        strong = failed if item.combine == "all" else met
        decided = np.where(strong > 0, NOT_MET, MET)
        if item.combine == "any":
            decided = np.where(strong > 0, MET, NOT_MET)
        open_ = np.where(strong > 0, 0, open_)
        low = np.where(decided == MET, most, 0) * (open_ == 0)
        high = np.where(open_ > 0, most, low)
    verdict = np.where(open_ > 0, UNDECIDED, decided)
    verdict = np.where(applicable == 0, NOT_APPLICABLE, verdict)
    verdict = np.where(unnamed, UNDECIDED, verdict).astype(np.int8)
    low = np.where(applicable == 0, 0, low).astype(np.int64)
    high = np.where(applicable == 0, 0, high).astype(np.int64)
    return verdict, low, np.where(unnamed, most, high)


def _count(rules: Sequence[Codes], code: int) -> Whole:
    total = np.zeros(len(rules[0]), np.int64)
    for column in rules:
        total += column == code
    return total


def hundredths(value: Whole, unit: int) -> Whole:
    """`value` / `unit` in hundredths, half away from zero."""
    size = (np.abs(value) * 200 + unit) // (2 * unit)
    return np.where(value < 0, -size, size)


def _percent_h(got: Whole, possible: Whole) -> Whole:
    """`got` of `possible` as percent in hundredths, kept in 0-100; 0 where nothing is possible."""
    divisor = np.maximum(possible, 1)
    kept: Whole = np.minimum(np.maximum(got, 0), possible)
    percent: Whole = (kept * 20_000 + divisor) // (2 * divisor)
    return percent


def _totals(card: Scorecard, lines: list[_Line], unit: int, rows: int) -> Scored:
    none = np.zeros(rows, bool)
    form = _any([line.confirmed for line in lines if line.item.fatal == "form"], none)
    by_section = [
        _any([x.confirmed for x in lines if x.item.fatal == "section" and x.section == n], none)
        for n in range(len(card.sections))
    ]
    within = [line.confirmed & (line.item.fatal != "form") | by_section[line.section]
              for line in lines]  # fmt: skip
    reached = [one | line.confirmed | form for one, line in zip(within, lines, strict=True)]
    possible, decided = (
        _sum((x.weight for x in lines), rows),
        _sum((x.decided for x in lines), rows),
    )
    pairs = list(zip(lines, reached, strict=True))
    got = _sum((_left(line.sure, hit) for line, hit in pairs), rows)
    low = _sum((_left(line.low, hit) for line, hit in pairs), rows)
    high = _sum((_left(line.high, hit) for line, hit in pairs), rows)
    lost = _sum((np.where(hit, x.weight - x.decided, 0) for x, hit in pairs), rows)
    pending = _any([line.pending for line in lines], none)
    score_h = np.where(decided > 0, _percent_h(got, decided), NO_FIGURE)
    low_h = _percent_h(np.where(pending, 0, low), possible)
    high_h = np.where(possible > lost, _percent_h(high, possible - lost), 0)
    high_h = np.where(possible > 0, high_h, 10_000)
    score_h, low_h, high_h = (np.where(form, 0, one) for one in (score_h, low_h, high_h))
    items = tuple(_weighed(line, possible) for line in lines)
    return Scored(
        scorecard=card,
        rows=rows,
        items=items,
        score_h=score_h,
        low_h=low_h,
        high_h=high_h,
        coverage=np.where(possible > 0, decided / np.maximum(possible, 1), 1.0),
        passed=_passed(card, low_h, high_h, form),
        band=_band(card, score_h, low_h, high_h),
        classes={name: _class(lines, name, unit, rows) for name in CLASSES},
        sections=tuple(
            _section(lines, within, number, unit, rows) for number in range(len(card.sections))
        ),
    )


def _weighed(line: _Line, possible: Whole) -> ItemColumns:
    """The item's columns with its weight as percent of all applicable points."""
    one = line.columns
    return ItemColumns(
        one.verdict, one.answered, one.open, one.points_h,
        _percent_h(line.weight, possible).astype(np.int32), one.fatal,
    )  # fmt: skip


def _any(flags: Sequence[Flags], none: Flags) -> Flags:
    total = none.copy()
    for one in flags:
        total |= one
    return total


def _sum(columns: Iterable[Whole], rows: int) -> Whole:
    total = np.zeros(rows, np.int64)
    for one in columns:
        total += one
    return total


def _left(points: Whole, reached: Flags) -> Whole:
    return np.where(reached, np.minimum(points, 0), points)


def _passed(card: Scorecard, low_h: Whole, high_h: Whole, form: Flags) -> Codes:
    mark = math.ceil(card.pass_mark * 100)
    passed = np.where(low_h >= mark, 1, np.where(high_h < mark, 0, NONE))
    return np.where(form, 0, passed).astype(np.int8)


def _band(card: Scorecard, score_h: Whole, low_h: Whole, high_h: Whole) -> Codes:
    """Index of the band, in the order of their starts, that both ends lie in."""
    starts = np.array(sorted(math.ceil(band.from_score * 100) for band in card.bands))
    low = np.searchsorted(starts, low_h, side="right") - 1
    high = np.searchsorted(starts, high_h, side="right") - 1
    known = (score_h != NO_FIGURE) & (low == high)
    return np.where(known, low, NONE).astype(np.int8)


def _class(lines: list[_Line], name: ItemClass, unit: int, rows: int) -> tuple[Whole, Whole, Whole]:
    own = [line for line in lines if line.item.item_class == name]
    got = _sum([line.sure for line in own], rows)
    possible = _sum([line.decided for line in own], rows)
    score_h = np.where(possible > 0, _percent_h(got, possible), NO_FIGURE)
    return hundredths(got, unit), hundredths(possible, unit), score_h


def _section(
    lines: list[_Line], within: Sequence[Flags], number: int, unit: int, rows: int
) -> tuple[Whole, Whole]:
    own = [(x, hit) for x, hit in zip(lines, within, strict=True) if x.section == number]
    got = _sum([_left(line.sure, hit) for line, hit in own], rows)
    return hundredths(got, unit), hundredths(_sum([x.decided for x, _ in own], rows), unit)
