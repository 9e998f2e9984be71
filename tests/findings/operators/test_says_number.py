"""`says_number`: which numbers count."""

from typing import Any

import pytest
from pydantic import ValidationError

from qa.domain.facts import Facts
from qa.findings.operators.says_number import SaysNumber
from tests.findings.by_hand import call_with, judged, one_condition, said, turns_of

PHONE = {"speaker": "customer", "matches": "1[3-9][0-9]{9}"}


def number(digits: str, turn: int, **fields: Any) -> Any:
    return said("number", turn, value=digits, quote="one three", **fields)


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (PHONE, call_with(number("13812345678", 1)), "met"),
        (PHONE, call_with(number("13812345678", 0)), "not_met"),
        (PHONE, call_with(number("138123456789", 1)), "not_met"),
        (PHONE, call_with(number("13812345678", 1, confidence=0.1)), "undecided"),
        (PHONE, call_with(number("13812345678", 1, speaker="unknown")), "undecided"),
        ({"min_digits": 6}, call_with(number("12345", 1)), "not_met"),
        ({"min_digits": 5, "max_digits": 5}, call_with(number("12345", 1)), "met"),
        ({}, call_with(number("123", 1)), "met"),
        (PHONE, call_with(turns=(), missing={"speakers": "no_turns"}), "undecided"),
        (
            PHONE,
            call_with(turns=turns_of("csr", "customer", heard={1: 1})),
            "undecided",
        ),
    ],
)
def test_says_number(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("says_number", **params)).verdict == verdict


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"matches": "(?=1)1"}, "no RE2 pattern"),
        ({"matches": "("}, "missing"),
        ({"min_digits": 9, "max_digits": 8}, "no number fits"),
        ({"min_digits": 1}, "greater than or equal to 3"),
    ],
)
def test_wrong_parameters(params: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        SaysNumber.model_validate(params)
