"""Fatal items: pending until a person confirms, then item, section or form is zeroed."""

from decimal import Decimal

import pytest
from scoring_forms import CALL, answer, form, found, item, mark

from qa.domain.scorecards import Scorecard
from qa.scoring.score import score

GOOD = [found("A-1", "met"), found("B-1", "met")]


def card(reach: str, points: int = 10, by: str = "machine") -> Scorecard:
    return form(
        [item("AA-1", 30, "A-1"), item("AA-2", points, "A-2", fatal=reach, by=by)],
        [item("BB-1", 60, "B-1")],
    )


@pytest.mark.parametrize("reach", ["item", "section", "form"])
def test_machine_found_fatal_lowers_the_range_to_0_and_zeroes_nothing(reach: str) -> None:
    evaluation = score(CALL, [*GOOD, found("A-2", "not_met")], card(reach))
    assert evaluation.score == 90
    assert evaluation.range == (0, 90)
    assert evaluation.sections[0].points == 30
    assert [(f.ref_id, f.reach) for f in evaluation.fatal_pending] == [("AA-2", reach)]
    assert evaluation.fatal == ()
    assert evaluation.passed is None


@pytest.mark.parametrize(("reach", "total"), [("item", 90), ("section", 60), ("form", 0)])
def test_confirmed_fatal_zeroes_its_reach(reach: str, total: int) -> None:
    findings = [*GOOD, found("A-2", "not_met")]
    evaluation = score(CALL, findings, card(reach), [answer("AA-2", "not_met")])
    assert evaluation.score == total
    assert evaluation.range == (total, total)
    assert evaluation.fatal_pending == ()
    assert [(f.ref_id, f.reach) for f in evaluation.fatal] == [("AA-2", reach)]
    assert evaluation.sections[0].points == (0 if reach == "section" else 30)
    assert mark(evaluation, "AA-1").points == 30
    assert evaluation.classes["nc"].points == 90


@pytest.mark.parametrize("verdict", ["met", "not_applicable"])
def test_a_person_clears_a_pending_fatal(verdict: str) -> None:
    findings = [*GOOD, found("A-2", "not_met")]
    evaluation = score(CALL, findings, card("form"), [answer("AA-2", verdict)])  # type: ignore[arg-type]
    assert (evaluation.fatal, evaluation.fatal_pending) == ((), ())
    assert evaluation.range == (100, 100)


def test_a_pending_fatal_share_item_keeps_its_points_and_puts_the_low_end_at_0() -> None:
    one = form(
        [item("AA-1", 10, "A-1", "A-2", combine="share", fatal="item"), item("AA-2", 10, "B-1")]
    )
    evaluation = score(CALL, [*GOOD, found("A-2", "not_met")], one)
    assert (evaluation.score, evaluation.range) == (75, (0, 75))


@pytest.mark.parametrize("by", ["human", "both", "machine"])
@pytest.mark.parametrize("reach", ["section", "form"])
def test_an_unanswered_fatal_without_points_lowers_nothing(by: str, reach: str) -> None:
    evaluation = score(CALL, GOOD, card(reach, points=0, by=by))
    assert evaluation.range == (100, 100)
    assert (evaluation.passed, evaluation.band) == (True, "excellent")
    assert mark(evaluation, "AA-2").source == "open"
    trial = score(CALL, [*GOOD, found("A-2", "not_met", "trial")], card(reach, points=0, by=by))
    assert (trial.range, trial.fatal_pending) == ((100, 100), ())


def test_an_undecided_fatal_widens_by_its_own_points_only() -> None:
    evaluation = score(CALL, [*GOOD, found("A-2", "undecided")], card("section"))
    assert evaluation.range == (90, 100)


def test_a_form_fatal_counts_even_where_nothing_else_is_decided_or_applies() -> None:
    findings = [found("A-1", "not_applicable"), found("B-1", "not_applicable")]
    evaluation = score(CALL, findings, card("form", points=0), [answer("AA-2", "not_met")])
    assert (evaluation.score, evaluation.range, evaluation.passed) == (0, (0, 0), False)
    undecided = score(CALL, [], card("form", points=0), [answer("AA-2", "not_met")])
    assert (undecided.score, undecided.coverage) == (0, 0.0)


def test_a_fatal_form_does_not_pass_even_where_the_mark_is_zero() -> None:
    free = form([item("AA-1", 10, "A-1"), item("AA-2", 0, fatal="form")], pass_mark="0")
    assert score(CALL, GOOD, free, [answer("AA-2", "not_met")]).passed is False


def test_an_open_item_in_a_zeroed_section_keeps_the_score_inside_the_range() -> None:
    # section zeroed, its 30-point item open: 60 of 70 decided; at worst 60 of 100
    evaluation = score(CALL, [found("B-1", "met")], card("section"), [answer("AA-2", "not_met")])
    assert evaluation.score == Decimal("85.71")
    assert evaluation.range == (60, Decimal("85.71"))


def test_a_section_fatal_does_not_give_back_a_deduction() -> None:
    one = form(
        [item("AA-1", -20, "A-1"), item("AA-2", 0, fatal="section"), item("AA-3", 40, "A-3")],
        [item("BB-1", 60, "B-1")],
    )
    findings = [found("A-1", "not_met"), found("A-3", "met"), found("B-1", "met")]
    evaluation = score(CALL, findings, one, [answer("AA-2", "not_met")])
    assert evaluation.score == 40
    assert evaluation.sections[0].points == -20
