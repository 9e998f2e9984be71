"""Totals of a form: score, coverage, range, pass, band, classes, sections, fatal items.

Everything is reckoned in exact fractions and rounded once, at the end.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from qa.domain.evaluations import (
    ClassScore,
    Evaluation,
    FatalItem,
    ItemScore,
    SectionScore,
)
from qa.domain.points import rounded
from qa.domain.scorecards import ItemClass, Scorecard, Section
from qa.scoring.lines import Line

ZERO, HUNDRED = Fraction(0), Fraction(100)


def evaluated(scorecard: Scorecard, lines: Sequence[Line]) -> Evaluation:
    """The evaluation of a form whose lines are `lines`.

    A form on which nothing applies has no score, range 0-100 and coverage 1: nothing waits
    for a person and nothing can be said. A form-fatal item that a person confirmed makes the
    score 0 whatever else is open. Scores stay in 0-100: bonus cannot lift one above,
    deductions cannot push one below.
    """
    confirmed = [line for line in lines if line.fatal == "confirmed"]
    pending = [line for line in lines if line.fatal == "pending"]
    form_fatal = any(line.item.fatal == "form" for line in confirmed)
    applicable = sum((line.weight for line in lines), ZERO)
    decided = sum((line.decided for line in lines), ZERO)
    score = _score(lines, confirmed, form_fatal=form_fatal)
    low, high = _range(lines, confirmed, pending, form_fatal=form_fatal)
    items = tuple(_item(line, applicable) for line in lines)
    return Evaluation(
        scorecard=scorecard.id,
        version=scorecard.version,
        score=score,
        coverage=float(decided / applicable) if applicable else 1.0,
        range=(low, high),
        passed=False if form_fatal else _passed(low, high, scorecard.pass_mark),
        band=None if score is None else _band(scorecard, low, high),
        fatal_pending=tuple(_fatal(line) for line in pending),
        fatal=tuple(_fatal(line) for line in confirmed),
        classes=_classes(lines),
        sections=_sections(scorecard, lines, items, confirmed),
        items=items,
    )


def _score(lines: Sequence[Line], confirmed: Sequence[Line], *, form_fatal: bool) -> Decimal | None:
    possible = sum((line.decided for line in lines), ZERO)
    if form_fatal:
        return rounded(ZERO)
    if not possible:
        return None
    got = sum((_left(line, line.sure, confirmed) for line in lines), ZERO)
    return rounded(_percent(got, possible))


def _range(
    lines: Sequence[Line],
    confirmed: Sequence[Line],
    pending: Sequence[Line],
    *,
    form_fatal: bool,
) -> tuple[Decimal, Decimal]:
    """Lowest and highest score that deciding what is undecided can lead to.

    A pending fatal puts the low end at 0. What is undecided in a section that a confirmed fatal
    zeroed can give nothing; at best it turns out not to apply, so it leaves the denominator of
    the high end.
    """
    possible = sum((line.weight for line in lines), ZERO)
    if form_fatal:
        return rounded(ZERO), rounded(ZERO)
    if not possible:
        return rounded(ZERO), rounded(HUNDRED)
    low = ZERO  # any fatal that is pending, whatever its reach (contract 2)
    if not pending:
        low = sum((_left(line, line.low, confirmed) for line in lines), ZERO)
    high = sum((_left(line, line.high, confirmed) for line in lines), ZERO)
    open_weights = (line.weight - line.decided for line in lines if _reached(line, confirmed))
    lost = sum(open_weights, ZERO)
    best = _percent(high, possible - lost) if possible > lost else ZERO
    return rounded(_percent(low, possible)), rounded(best)


def _reached(line: Line, fatals: Iterable[Line]) -> bool:
    """True when one of `fatals` zeroes this line."""
    return any(
        fatal.item.fatal == "form"
        or (fatal.item.fatal == "section" and fatal.section == line.section)
        or fatal.item.ref_id == line.item.ref_id
        for fatal in fatals
    )


def _left(line: Line, points: Fraction, fatals: Sequence[Line]) -> Fraction:
    """What a fatal leaves of a line's points: nothing won; a deduction stays."""
    return min(points, ZERO) if _reached(line, fatals) else points


def _percent(got: Fraction, possible: Fraction) -> Fraction:
    return min(max(got / possible * 100, ZERO), HUNDRED)


def _passed(low: Decimal, high: Decimal, pass_mark: Decimal) -> bool | None:
    """Told from the rounded figures, so that what a person reads decides."""
    if low >= pass_mark:
        return True
    return False if high < pass_mark else None


def _band(scorecard: Scorecard, low: Decimal, high: Decimal) -> str | None:
    """The band both ends of the range lie in; None when they do not share one."""
    bands = sorted(scorecard.bands, key=lambda band: band.from_score)
    ends = [[b.id for b in bands if b.from_score <= end] for end in (low, high)]
    return ends[0][-1] if ends[0] and ends[0] == ends[1] else None


def _item(line: Line, applicable: Fraction) -> ItemScore:
    weight = line.weight / applicable * 100 if line.weight else ZERO
    return ItemScore(
        ref_id=line.item.ref_id,
        verdict=line.verdict,
        points=None if line.verdict == "undecided" else rounded(line.low),
        max_points=max(line.item.points, Decimal(0)),
        applied_weight=rounded(weight),
        by=line.item.by,
        source=line.source,
        findings=line.findings,
    )


def _fatal(line: Line) -> FatalItem:
    reach = line.item.fatal
    assert reach != "none"
    return FatalItem(ref_id=line.item.ref_id, reach=reach)


def _classes(lines: Sequence[Line]) -> dict[str, ClassScore]:
    """Subtotals as judged: what a fatal zeroes beyond its own item does not enter them."""
    return {name: _class(lines, name) for name in get_args(ItemClass)}


def _class(lines: Sequence[Line], name: ItemClass) -> ClassScore:
    own = [line for line in lines if line.item.item_class == name]
    got = sum((line.sure for line in own), ZERO)
    possible = sum((line.decided for line in own), ZERO)
    return ClassScore(
        points=rounded(got),
        max_points=rounded(possible),
        score=rounded(_percent(got, possible)) if possible else None,
    )


def _sections(
    scorecard: Scorecard,
    lines: Sequence[Line],
    items: Sequence[ItemScore],
    confirmed: Sequence[Line],
) -> tuple[SectionScore, ...]:
    """Subtotals of what is decided; a section-fatal zeroes its own, a form-fatal only the total."""
    within = [fatal for fatal in confirmed if fatal.item.fatal != "form"]
    return tuple(
        SectionScore(
            ref_id=section.ref_id,
            points=rounded(sum((_left(line, line.sure, within) for line, _ in own), ZERO)),
            max_points=rounded(sum((line.decided for line, _ in own), ZERO)),
            items=tuple(item for _, item in own),
        )
        for section in scorecard.sections
        for own in [_of_section(section, lines, items)]
    )


def _of_section(
    section: Section, lines: Sequence[Line], items: Sequence[ItemScore]
) -> list[tuple[Line, ItemScore]]:
    pairs = zip(lines, items, strict=True)
    return [(line, item) for line, item in pairs if line.section == section.ref_id]
