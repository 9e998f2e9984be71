"""What each marked item cost: the common ground of weak points and strengths."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from qa.domain.coaching import Evaluated, Window
from qa.domain.evaluations import Evaluation, ItemScore
from qa.domain.scorecards import Item, Scorecard
from transcribe.errors import CodedError, CodedErrors

ZERO = Fraction(0)


class Loss(NamedTuple):
    """One item of one call, decided or waiting; points are percent of the call's form.

    lost: 0 when met. applicable: the item's weight when decided; 0 for a deduction.
    waits: open for a person, or a fatal one no person has confirmed. fatal: confirmed.
    """

    csr_id: str
    evaluated: Evaluated
    item: Item
    marked: ItemScore
    lost: Fraction
    applicable: Fraction
    waits: bool
    fatal: bool

    @property
    def decided(self) -> bool:
        return self.marked.verdict in ("met", "not_met")


def losses(evaluated: Sequence[Evaluated], window: Window) -> tuple[Loss, ...]:
    """Losses of all items, bonus ones left out, of the gradable calls of known CSRs in `window`.

    Raises CodedErrors of QA501 (an evaluation with another form's scorecard), QA502 (a call
    evaluated twice), QA503 (the window ends before it starts).
    """
    errors = [*_bad_window(window), *_other_form(evaluated), *_twice(evaluated)]
    if errors:
        raise CodedErrors(errors)
    return tuple(
        loss
        for one in evaluated
        if one.evaluation is not None and one.call.csr_id is not None and window.holds(one.call)
        for loss in _of_call(one, one.call.csr_id, one.evaluation)
    )


def _of_call(one: Evaluated, csr_id: str, evaluation: Evaluation) -> Iterable[Loss]:
    """A fatal's reach beyond its own item is no loss here: each item answers for itself."""
    marks = {mark.ref_id: mark for mark in evaluation.items}
    applicable = _applicable(one.scorecard, marks)
    confirmed = {fatal.ref_id for fatal in evaluation.fatal}
    pending = {fatal.ref_id for fatal in evaluation.fatal_pending}
    for item in one.scorecard.items:
        mark = marks[item.ref_id]
        if item.bonus:
            continue
        yield Loss(
            csr_id=csr_id,
            evaluated=one,
            item=item,
            marked=mark,
            lost=_percent(_lost(mark), applicable),
            applicable=_percent(_weight(item, mark), applicable) if _decided(mark) else ZERO,
            waits=mark.verdict == "undecided" or item.ref_id in pending,
            fatal=item.ref_id in confirmed,
        )


def _applicable(scorecard: Scorecard, marks: dict[str, ItemScore]) -> Fraction:
    return sum((_weight(item, marks[item.ref_id]) for item in scorecard.items), ZERO)


def _weight(item: Item, mark: ItemScore) -> Fraction:
    counts = item.points > 0 and not item.bonus and mark.verdict != "not_applicable"
    return Fraction(item.points) if counts else ZERO


def _decided(mark: ItemScore) -> bool:
    return mark.verdict in ("met", "not_met")


def _lost(mark: ItemScore) -> Fraction:
    if mark.points is None or not _decided(mark):
        return ZERO
    return Fraction(mark.max_points) - Fraction(mark.points)


def _percent(points: Fraction, applicable: Fraction) -> Fraction:
    return points / applicable * 100 if applicable else ZERO


def _bad_window(window: Window) -> Iterable[CodedError]:
    start, end = window.from_at, window.to_at
    if start is not None and end is not None and start >= end:
        yield CodedError("QA503", start=start.isoformat(), end=end.isoformat())


def _other_form(evaluated: Sequence[Evaluated]) -> Iterable[CodedError]:
    for one in evaluated:
        if one.evaluation is None:
            continue
        told = f"{one.evaluation.scorecard}@{one.evaluation.version}"
        given = f"{one.scorecard.id}@{one.scorecard.version}"
        marked = [mark.ref_id for mark in one.evaluation.items]
        if told != given or marked != [item.ref_id for item in one.scorecard.items]:
            yield CodedError("QA501", place=one.call.id, evaluation=told, scorecard=given)


def _twice(evaluated: Sequence[Evaluated]) -> Iterable[CodedError]:
    """A call may count once for each CSR who took part in it."""
    counts = Counter(
        (one.call.id, one.call.csr_id or "", one.scorecard.id)
        for one in evaluated
        if one.evaluation is not None
    )
    for (call_id, csr_id, scorecard), count in counts.items():
        if count > 1:
            yield CodedError(
                "QA502", place=call_id, csr=csr_id or "-", scorecard=scorecard, count=count
            )
