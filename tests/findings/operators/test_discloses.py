"""`discloses`: kinds, parties and sums."""

from typing import Any

import pytest
from pydantic import ValidationError

from qa.domain.facts import Facts
from qa.findings.operators.discloses import Discloses
from tests.findings.by_hand import call_with, judged, one_condition, said, turns_of

CARD = {"speaker": "csr", "kinds": ["bank_card", "id_card"]}
LARGE = {"kinds": ["amount"], "min_amount": 1000}


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (CARD, call_with(said("pii_bank_card", 0)), "met"),
        (CARD, call_with(said("pii_id_card", 2)), "met"),
        (CARD, call_with(said("pii_bank_card", 1)), "not_met"),
        (CARD, call_with(said("pii_phone", 0)), "not_met"),
        (CARD, call_with(said("pii_bank_card", 0, speaker="unknown")), "undecided"),
        (CARD, call_with(said("pii_bank_card", 0, confidence=0.1)), "undecided"),
        ({"kinds": ["name"]}, call_with(said("pii_name", 1)), "met"),
        ({"kinds": ["date"]}, call_with(said("date", 1)), "met"),
        ({"kinds": ["order_number"]}, call_with(said("order_number", 1)), "met"),
        (LARGE, call_with(said("amount", 0, value=1000.0)), "met"),
        (LARGE, call_with(said("amount", 0, value=999.0)), "not_met"),
        (LARGE, call_with(said("amount", 0, value=None)), "not_met"),
        (LARGE | {"max_amount": 2000}, call_with(said("amount", 0, value=3000.0)), "not_met"),
        (CARD, call_with(turns=(), missing={"speakers": "no_turns"}), "undecided"),
        (CARD, call_with(turns=turns_of("csr", "customer", heard={0: 1})), "undecided"),
    ],
)
def test_discloses(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("discloses", **params)).verdict == verdict


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"kinds": []}, "at least 1"),
        ({"kinds": ["date"], "min_amount": 5}, r"go with kinds: \[amount\]"),
        ({"kinds": ["amount"], "min_amount": 5, "max_amount": 4}, "no sum fits"),
    ],
)
def test_wrong_parameters(params: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        Discloses.model_validate(params)
