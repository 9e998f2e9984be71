"""`repetition`: whose, and how far back."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from tests.findings.by_hand import call_with, judged, one_condition, rule_of, said

CSR: dict[str, Any] = {"speaker": "csr"}


def again(turn: int, back: int, **fields: Any) -> Any:
    return said("repetition", turn, value=back, unit="sentences", **fields)


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (CSR, call_with(again(2, 1)), "met"),
        (CSR, call_with(again(2, 20)), "met"),
        (CSR, call_with(again(2, 21)), "not_met"),
        (CSR, call_with(again(1, 1)), "not_met"),
        (CSR | {"within_sentences": 3}, call_with(again(4, 4)), "not_met"),
        (CSR | {"within_sentences": 3}, call_with(again(4, 3)), "met"),
        (CSR | {"window": {"first_turns": 1}}, call_with(again(4, 1)), "not_met"),
        (CSR, call_with(again(2, 1, speaker="unknown")), "undecided"),
        (CSR, call_with(again(2, 1, confidence=0.1)), "undecided"),
        (CSR, call_with(turns=(), missing={"speakers": "no_turns"}), "undecided"),
    ],
)
def test_repetition(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("repetition", **params)).verdict == verdict


def test_several_repetitions_are_counted_by_the_logic() -> None:
    rule = rule_of({"it": {"repetition": CSR}}, met_when={"at_least": {"n": 2, "find": "it"}})
    assert judged(call_with(again(2, 1)), rule).verdict == "not_met"
    assert judged(call_with(again(2, 1), again(4, 2)), rule).verdict == "met"
