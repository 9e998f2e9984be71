"""Marks and sums of graded calls, beside what each call's own form says."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest

from qa.coaching.losses import losses
from qa.coaching.marks import Counted, counted, marks_of
from qa.domain.coaching import Evaluated, Window
from tests.coaching.coaching_calls import (
    FORM,
    MONDAY,
    answer,
    call,
    columns,
    found,
    item,
    marked,
)

FORMS = {"form@1": FORM}
CALLS = [
    marked(
        call("a", "1"),
        [found("OPEN-001", "not_met"), found("ID-001", "not_met"), found("PRO-009", "not_met")],
    ),
    marked(
        call("b", "2", day=3),
        [found("OPEN-001", "met"), found("HOLD-001", "met"), found("HOLD-002", "not_met")],
        [answer("ACC-1", "met"), answer("ID-1", "not_met")],
    ),
    marked(call("c", "2", day=5), [found("OPEN-001", "undecided")]),
    marked(call("d", None, day=5), [found("OPEN-001", "met")]),
]


def counts(calls: Sequence[Evaluated] = CALLS, window: Window | None = None) -> Counted:
    return counted(columns(calls), FORMS, window=window or Window())


def test_sums_are_those_of_the_single_forms() -> None:
    ours = counts()
    wanted: Counter[tuple[str, str]] = Counter()
    waits = 0
    for loss in losses(CALLS, Window()):
        wanted[loss.evaluated.call.id, loss.item.skill] += float(loss.lost)
        waits += loss.waits
    got: Counter[tuple[str, str]] = Counter()
    for at, skill, lost in zip(ours.columns.at, ours.skill, ours.lost, strict=True):
        if skill >= 0:
            got[str(ours.columns.call_id[at]), ours.skills[skill]] += lost
    assert got == pytest.approx(wanted)
    assert int((ours.waits & (ours.skill >= 0)).sum()) == waits
    assert ours.fatal.sum() == 1  # only the one a person confirmed


def test_marks_are_made_of_decided_items_only() -> None:
    marks = marks_of(counts())
    assert marks.csrs == ("1", "2")
    assert set(marks.mixes) == {"-/inbound"}
    shown = {
        (marks.csrs[csr], marks.items[item], met)
        for csr, item, met in zip(marks.csr, marks.item, marks.met, strict=True)
    }
    assert ("1", "OPEN-1", 0.0) in shown
    assert ("2", "ACC-1", 1.0) in shown
    assert ("2", "HOLD-1", 0.5) in shown
    assert not any(item == "COU-9" for _, item, _ in shown)  # a bonus is no chance to lose
    assert marks.day.max() - marks.day.min() == 3
    assert marks.points_of[marks.items.index("ID-1")] > 0


def test_the_window_and_unknown_people_count() -> None:
    late = Window(from_at=MONDAY + timedelta(days=1))
    assert set(counts(window=late).columns.call_id) == {"b", "c"}
    assert marks_of(counts([])).size == 0


def test_a_call_on_two_forms_counts_once_by_the_last() -> None:
    other = FORM.model_copy(update={"id": "other"})
    twice = [CALLS[0], marked(CALLS[0].call, [found("OPEN-001", "met")], form=other)]
    both = counted(columns(twice), {**FORMS, "other@1": other}, window=Window())
    assert [both.columns.forms[n] for n in both.columns.form] == ["other@1"]


def test_calls_on_forms_that_are_gone_are_counted_as_left_out() -> None:
    gone = FORM.model_copy(update={"version": "0"})
    ours = counts([*CALLS, marked(call("e", "9"), [found("OPEN-001", "met")], form=gone)])
    assert ours.left_out == 1
    assert "e" not in ours.columns.call_id


def test_critical_comes_from_the_form() -> None:
    hard = FORM.sections[0].model_copy(
        update={"items": (item("OPEN-1", 10, "opening", "OPEN-001", **{"class": "cc"}),)}
    )
    form = FORM.model_copy(update={"sections": (hard,)})
    ours = counted(
        columns([marked(call("a"), [found("OPEN-001", "not_met")], form=form)]),
        {"form@1": form},
        window=Window(),
    )
    assert ours.critical.all()
