"""Hand-reckoned forms, one for each sentence of contract 2 and decision 0004."""

from decimal import Decimal

import pytest
from scoring_forms import CALL, answer, form, found, item, mark

from qa.domain.evaluations import Evaluation
from qa.domain.rules import Verdict
from qa.scoring.score import score


def ends(evaluation: Evaluation) -> tuple[float, float]:
    return float(evaluation.range[0]), float(evaluation.range[1])


def test_score_is_over_decided_items_and_range_spans_the_open_ones() -> None:
    card = form([item("AA-1", 30, "A-1"), item("AA-2", 10, "A-2"), item("AA-3", 10, by="human")])
    evaluation = score(CALL, [found("A-1", "met"), found("A-2", "not_met")], card)
    assert evaluation.score == Decimal("75.00")  # 30 of 40
    assert ends(evaluation) == (60.0, 80.0)  # 30 of 50, 40 of 50
    assert evaluation.coverage == 0.8
    assert evaluation.passed is False  # 80 does not reach 85
    assert evaluation.band == "improve"
    assert [one.points for one in evaluation.items] == [30, 0, None]
    assert [one.source for one in evaluation.items] == ["machine", "machine", "open"]


def test_not_applicable_leaves_the_denominator() -> None:
    card = form([item("AA-1", 30, "A-1"), item("AA-2", 20, "A-2"), item("AA-3", 50, "A-3")])
    findings = [found("A-1", "met"), found("A-2", "not_met"), found("A-3", "not_applicable")]
    evaluation = score(CALL, findings, card)
    assert evaluation.score == Decimal("60.00")
    assert [float(one.applied_weight) for one in evaluation.items] == [60.0, 40.0, 0.0]
    assert evaluation.coverage == 1.0
    assert mark(evaluation, "AA-3").points == 0


def test_rounds_half_up_once_at_the_end() -> None:
    # three shares of 1/3 of 1 point make exactly 1 of 8 points: 12.5, not 12.4875
    thirds = [
        item(f"AA-{n}", 1, f"A-{n}1", f"A-{n}2", f"A-{n}3", combine="share") for n in (1, 2, 3)
    ]
    findings = [
        found(f"A-{n}{k}", "met" if k == 1 else "not_met") for n in (1, 2, 3) for k in (1, 2, 3)
    ]
    evaluation = score(
        CALL, [*findings, found("B-1", "not_met")], form([*thirds, item("BB-1", 5, "B-1")])
    )
    assert evaluation.score == Decimal("12.50")
    assert mark(evaluation, "AA-1").points == Decimal("0.33")
    assert evaluation.sections[0].points == Decimal("1.00")
    one_of_800 = form([item("AA-1", "1", "A-1"), item("AA-2", "799", "A-2")])
    exact_half = score(CALL, [found("A-1", "met"), found("A-2", "not_met")], one_of_800)
    assert exact_half.score == Decimal("0.13")  # 0.125


@pytest.mark.parametrize(
    ("third", "want"), [("met", True), ("not_met", False), ("undecided", None)]
)
def test_pass_is_told_from_the_ends_of_the_range(third: Verdict, want: bool | None) -> None:
    card = form([item("AA-1", 80, "A-1"), item("AA-2", 20, "A-2")])
    assert score(CALL, [found("A-1", "met"), found("A-2", third)], card).passed is want


def test_pass_reads_the_rounded_figure() -> None:
    card = form([item("AA-1", "84.995", "A-1"), item("AA-2", "15.005", "A-2")])
    evaluation = score(CALL, [found("A-1", "met"), found("A-2", "not_met")], card)
    assert (evaluation.score, evaluation.passed) == (Decimal("85.00"), True)


def test_band_needs_both_ends_of_the_range() -> None:
    card = form([item("AA-1", 96, "A-1"), item("AA-2", 4, by="human")])
    assert score(CALL, [found("A-1", "met")], card).band == "excellent"  # 96 to 100
    wider = form([item("AA-1", 93, "A-1"), item("AA-2", 7, by="human")])
    assert score(CALL, [found("A-1", "met")], wider).band is None  # 93 to 100
    assert score(CALL, [found("A-1", "met")], wider, [answer("AA-2", "not_met")]).band == "good"


def test_bonus_adds_and_deduction_takes_without_entering_the_denominator() -> None:
    card = form(
        [item("AA-1", 80, "A-1"), item("AA-2", 20, "A-2")],
        [item("BB-1", 5, "B-1", bonus=True), item("BB-2", -10, "B-2")],
    )
    base = [found("A-1", "met"), found("A-2", "not_met")]
    plain = score(CALL, [*base, found("B-1", "not_met"), found("B-2", "met")], card)
    assert plain.score == 80
    both = score(CALL, [*base, found("B-1", "met"), found("B-2", "not_met")], card)
    assert both.score == 75
    assert [float(one.applied_weight) for one in both.items] == [80, 20, 0, 0]
    assert (mark(both, "BB-2").points, mark(both, "BB-2").max_points) == (-10, 0)
    assert (both.sections[1].points, both.sections[1].max_points) == (-5, 0)
    unknown = score(CALL, [*base, found("B-1", "undecided"), found("B-2", "undecided")], card)
    assert ends(unknown) == (70.0, 85.0)
    assert unknown.coverage == 1.0
    no = score(CALL, [*base, found("B-1", "not_applicable"), found("B-2", "not_applicable")], card)
    assert ends(no) == (80.0, 80.0)


def test_score_stays_within_0_and_100() -> None:
    card = form(
        [item("AA-1", 10, "A-1"), item("AA-2", -20, "A-2"), item("AA-3", 20, "A-3", bonus=True)]
    )
    worst = [found("A-1", "met"), found("A-2", "not_met"), found("A-3", "not_met")]
    best = [found("A-1", "met"), found("A-2", "met"), found("A-3", "met")]
    assert score(CALL, worst, card).score == 0
    assert score(CALL, best, card).score == 100


def test_share_item_points_and_range() -> None:
    card = form([item("AA-1", 10, "A-1", "A-2", combine="share"), item("AA-2", 10, "A-3")])
    half = score(CALL, [found("A-1", "met"), found("A-2", "not_met"), found("A-3", "met")], card)
    assert (mark(half, "AA-1").verdict, mark(half, "AA-1").points) == ("not_met", 5)
    assert half.score == 75
    partly = score(
        CALL, [found("A-1", "met"), found("A-2", "undecided"), found("A-3", "met")], card
    )
    assert (partly.score, ends(partly), partly.coverage) == (100, (75.0, 100.0), 0.75)
    assert mark(partly, "AA-1").points is None
    assert (partly.sections[0].points, partly.sections[0].max_points) == (15, 15)
    lossy = [found("A-1", "undecided"), found("A-2", "not_met"), found("A-3", "met")]
    lost = score(CALL, lossy, card)
    assert (lost.score, ends(lost)) == (Decimal("66.67"), (50.0, 75.0))  # 10 of 15 decided
    for verdict, points in (("met", 10), ("not_met", 0)):
        answered = score(CALL, [found("A-1", "met")], card, [answer("AA-1", verdict)])
        assert mark(answered, "AA-1").points == points


def test_a_rule_named_twice_counts_once() -> None:
    card = form([item("AA-1", 9, "A-1", "A-1", "A-2", combine="share")])
    evaluation = score(CALL, [found("A-1", "met"), found("A-2", "not_met")], card)
    assert mark(evaluation, "AA-1").points == Decimal("4.50")


@pytest.mark.parametrize("by", ["machine", "both"])
def test_trial_rules_are_hints_only(by: str) -> None:
    card = form([item("AA-1", 10, "A-1", "A-2", by=by), item("AA-2", 10, "A-3", by=by)])
    findings = [
        found("A-1", "met"),
        found("A-2", "not_met", "trial"),
        found("A-3", "not_met", "trial"),
    ]
    evaluation = score(CALL, findings, card)
    assert mark(evaluation, "AA-1").verdict == "met"
    assert mark(evaluation, "AA-1").findings == ("f-A-1", "f-A-2")
    waiting = mark(evaluation, "AA-2")
    assert (waiting.verdict, waiting.source, waiting.points) == ("undecided", "open", None)
    assert waiting.findings == ("f-A-3",)
    assert evaluation.score == 100
    assert score(CALL, [found("A-3", "met", "retired")], card).score is None


def test_human_items_wait_even_where_a_rule_speaks() -> None:
    card = form([item("AA-1", 10, "A-1", by="human")])
    open_one = score(CALL, [found("A-1", "not_met")], card)
    assert (open_one.score, open_one.coverage, ends(open_one)) == (None, 0.0, (0.0, 100.0))
    assert (open_one.passed, open_one.band) == (None, None)
    assert mark(open_one, "AA-1").findings == ("f-A-1",)


def test_a_persons_answer_wins_and_keeps_the_findings() -> None:
    card = form([item("AA-1", 10, "A-1"), item("AA-2", 10, "A-2")])
    findings = [found("A-1", "not_met"), found("A-2", "met")]
    evaluation = score(CALL, findings, card, [answer("AA-1", "met")])
    assert evaluation.score == 100
    won = mark(evaluation, "AA-1")
    assert (won.source, won.findings, won.by) == ("human", ("f-A-1",), "machine")
    without = score(CALL, findings, card, [answer("AA-1", "not_applicable")])
    assert (without.score, mark(without, "AA-1").applied_weight) == (100, 0)


def test_the_latest_answer_counts_in_any_order() -> None:
    card = form([item("AA-1", 10, by="human")])
    answers = [answer("AA-1", "met", minute=1), answer("AA-1", "not_met", minute=2)]
    assert score(CALL, [], card, answers).score == 0
    assert score(CALL, [], card, answers[::-1]).score == 0


def test_nothing_applies() -> None:
    card = form([item("AA-1", 10, "A-1"), item("AA-2", 0, by="human", fatal="form")])
    evaluation = score(CALL, [found("A-1", "not_applicable")], card)
    assert (evaluation.score, evaluation.coverage, ends(evaluation)) == (None, 1.0, (0.0, 100.0))
    assert (evaluation.passed, evaluation.band) == (None, None)


def test_classes_are_reported_beside_the_total() -> None:
    card = form(
        [item("AA-1", 10, "A-1"), item("AA-2", 6, "A-2", **{"class": "cc"})],
        [item("BB-1", 4, "B-1", **{"class": "cc"}), item("BB-2", 5, **{"class": "bc"})],
    )
    findings = [found("A-1", "met"), found("A-2", "met"), found("B-1", "not_met")]
    classes = score(CALL, findings, card).classes
    assert list(classes) == ["nc", "cc", "bc", "pc"]
    assert (classes["nc"].points, classes["nc"].score) == (10, 100)
    assert (classes["cc"].points, classes["cc"].max_points, classes["cc"].score) == (6, 10, 60)
    assert (classes["bc"].max_points, classes["bc"].score) == (0, None)


def test_json_has_the_keys_of_contract_6() -> None:
    card = form([item("AA-1", 3, "A-1"), item("AA-2", 0, "A-2", fatal="form")])
    evaluation = score(CALL, [found("A-1", "met"), found("A-2", "not_met")], card)
    shown = evaluation.model_dump(mode="json", by_alias=True)
    keys = "scorecard version score coverage range pass fatal_pending fatal classes sections items"
    assert set(keys.split()) <= set(shown)
    assert shown["range"] == [0.0, 100.0]
    assert shown["pass"] is None
    assert shown["fatal_pending"] == [{"ref_id": "AA-2", "reach": "form"}]
    assert {"ref_id", "points", "max_points", "items"} <= set(shown["sections"][0])
    wanted = "ref_id verdict points max_points applied_weight by findings"
    assert set(wanted.split()) <= set(shown["items"][0])
    assert isinstance(shown["score"], float)
    assert Evaluation.model_validate(shown).model_dump(mode="json", by_alias=True) == shown
