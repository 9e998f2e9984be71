"""`sentiment`: the customer's words, turn by turn, against each other."""

from typing import Any

import pytest

from qa.domain.facts import Fact, Facts
from tests.findings.by_hand import call_with, judged, near, one_condition, said, turns_of

LONG = turns_of(*("csr", "customer") * 6)  # the customer's turns: 1, 3 | 5, 7 | 9, 11
NEGATIVE = {"is": "negative"}
POSITIVE = {"is": "positive"}
WORSE = {"change": "worse"}
BETTER = {"change": "better"}


def by(kind: str, turn: int, **fields: Any) -> Fact:
    return said(kind, turn, speaker="customer", **fields)


def long(*facts: Fact) -> Facts:
    return call_with(*facts, turns=LONG)


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (NEGATIVE, call_with(by("complaint", 1)), "met"),
        (NEGATIVE, call_with(), "not_met"),
        (NEGATIVE, call_with(said("complaint", 0)), "not_met"),  # the CSR speaks of a complaint
        (NEGATIVE, call_with(by("complaint", 1), by("thanks", 5)), "not_met"),
        (NEGATIVE, call_with(by("complaint", 1), by("anger", 3), by("thanks", 5)), "met"),
        # A turn counts once, and one with both is negative.
        (NEGATIVE, call_with(by("complaint", 1), by("thanks", 1, at_s=3.0)), "met"),
        (NEGATIVE | {"by_turns": 2}, call_with(by("complaint", 1), by("anger", 1)), "not_met"),
        (NEGATIVE | {"by_turns": 2}, call_with(by("complaint", 1), by("anger", 3)), "met"),
        (POSITIVE, call_with(by("satisfaction", 5)), "met"),
        (POSITIVE, call_with(by("thanks", 1), by("complaint", 1)), "not_met"),
        (NEGATIVE | {"window": {"last_turns": 1}}, call_with(by("complaint", 1)), "undecided"),
        (NEGATIVE | {"window": {"last_share": 0.6}}, long(by("complaint", 1)), "not_met"),
        (NEGATIVE | {"negative": ["rude"]}, call_with(by("rude", 1)), "met"),
        (NEGATIVE | {"negative": ["rude"]}, call_with(by("complaint", 1)), "not_met"),
        # Doubtful wordings, on either side.
        (NEGATIVE, call_with(by("complaint", 1, confidence=0.1)), "undecided"),
        (NEGATIVE, call_with(near("complaint", 1, 0.2)), "undecided"),
        (NEGATIVE, call_with(by("complaint", 1), by("thanks", 5, confidence=0.1)), "undecided"),
        # Two turns of nothing tell no mood, but one angry turn does.
        (NEGATIVE, call_with(turns=turns_of("csr", "customer", "customer")), "undecided"),
        (NEGATIVE, call_with(by("anger", 1), turns=turns_of("csr", "customer")), "met"),
        (NEGATIVE, call_with(missing={"speakers": "no_turns"}, turns=()), "undecided"),
        # First third against last third.
        (WORSE, long(by("complaint", 9)), "met"),
        (WORSE, long(by("complaint", 1), by("complaint", 9)), "not_met"),
        (WORSE, long(by("complaint", 5)), "not_met"),
        (WORSE, long(by("thanks", 1)), "met"),
        (WORSE | {"by_share": 0.6}, long(by("complaint", 9)), "not_met"),
        (WORSE | {"by_share": 0.6}, long(by("complaint", 9), by("anger", 11)), "met"),
        (BETTER, long(by("complaint", 1), by("thanks", 11)), "met"),
        (BETTER, long(by("complaint", 9)), "not_met"),
        (WORSE, long(by("complaint", 9, confidence=0.1)), "undecided"),
        (WORSE, call_with(by("complaint", 5)), "undecided"),  # three turns show no change
    ],
)
def test_sentiment(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("sentiment", **params)).verdict == verdict


def test_a_change_is_shown_by_the_wordings_that_make_it() -> None:
    finding = judged(
        long(by("thanks", 1, quote="谢谢"), by("complaint", 9, quote="太慢了")),
        one_condition("sentiment", **WORSE),
    )
    assert "客户情绪：变差" in finding.reason.text.zh
    assert "the mood got worse" in finding.reason.text.en
    assert [one.quote for one in finding.evidence] == ["太慢了", "谢谢"]
