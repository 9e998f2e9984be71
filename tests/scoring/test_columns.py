"""Columns give what `score` gives, to the last byte, whatever the form, verdicts and answers."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_forms import CALL, answer, form, found, item
from test_score_properties import Case, forms, judged

from qa.domain.evaluations import Answer, Evaluation
from qa.domain.findings import Finding
from qa.domain.keys import canonical_json
from qa.domain.scorecards import Scorecard
from qa.scoring.column_rows import evaluation_at, judged_of
from qa.scoring.columns import hundredths, score_columns
from qa.scoring.score import score

Row = tuple[list[Finding], list[Answer]]


def by_columns(card: Scorecard, rows: list[Row]) -> list[Evaluation]:
    scored = score_columns(card, judged_of(card, rows))
    return [
        evaluation_at(scored, number, {one.rule_id: one.id for one in findings})
        for number, (findings, _) in enumerate(rows)
    ]


def assert_same(card: Scorecard, rows: list[Row]) -> None:
    for row, made in zip(rows, by_columns(card, rows), strict=True):
        slow = score(CALL, row[0], card, row[1])
        assert canonical_json(made) == canonical_json(slow)
        assert made == slow


@settings(max_examples=150, deadline=None)
@given(judged(fatal=True, extra=True))
def test_one_call_is_scored_the_same(case: Case) -> None:
    card, findings, answers = case
    assert_same(card, [(findings, answers)])


@st.composite
def histories(draw: st.DrawFn) -> tuple[Scorecard, list[Row]]:
    card = draw(forms(fatal=True, extra=True))
    rules = [rule for one in card.items for rule in one.rules]
    verdicts = st.sampled_from(["met", "not_met", "not_applicable", "undecided"])
    status = st.sampled_from(["live", "live", "trial"])
    rows: list[Row] = []
    for _ in range(draw(st.integers(1, 6))):
        findings = [
            found(rule, draw(verdicts), draw(status)) for rule in rules if draw(st.booleans())
        ]
        answers = [
            answer(one.ref_id, draw(st.sampled_from(["met", "not_met", "not_applicable"])))
            for one in card.items
            if draw(st.booleans())
        ]
        rows.append((findings, answers))
    return card, rows


@settings(max_examples=150, deadline=None)
@given(histories())
def test_many_calls_are_scored_the_same(history: tuple[Scorecard, list[Row]]) -> None:
    assert_same(*history)


@pytest.mark.parametrize("points", ["0.01", "3.333", "33.3334", "29.99"])
def test_shares_and_odd_points_round_alike(points: str) -> None:
    rules = [f"R-{k}" for k in range(7)]
    card = form([item("AA-1", points, *rules, combine="share"), item("AA-2", "7.77", "R-9")])
    rows: list[Row] = [
        (
            [found(rule, "met" if k < met else "not_met") for k, rule in enumerate(rules)]
            + [found("R-9", "undecided")],
            [],
        )
        for met in range(8)
    ]
    assert_same(card, rows)


def test_halves_round_away_from_zero() -> None:
    assert hundredths(np.array([5, -5, 15, 4]), 1000).tolist() == [1, -1, 2, 0]


def test_points_beyond_64_bits_are_refused() -> None:
    card = form([item("AA-1", "1." + "0" * 14 + "1", "R-1")])
    with pytest.raises(OverflowError):
        score_columns(card, judged_of(card, [([], [])]))
    assert card.items[0].points > Decimal(1)
