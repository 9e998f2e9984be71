"""`promise`: with or without a time, by the CSR."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from tests.findings.by_hand import call_with, judged, one_condition, said, turns_of

DATED = said("promise", 2, value="within two days")
VAGUE = said("promise", 4)
OTHER = {"owner": "other"}
OWN = {"owner": "csr"}


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        ({}, call_with(DATED), "met"),
        ({}, call_with(VAGUE), "met"),
        ({}, call_with(), "not_met"),
        ({"deadline": True}, call_with(DATED), "met"),
        ({"deadline": True}, call_with(VAGUE), "not_met"),
        ({"deadline": False}, call_with(VAGUE), "met"),
        ({"deadline": False}, call_with(DATED), "not_met"),
        ({}, call_with(said("promise", 1)), "not_met"),
        ({"window": {"last_turns": 1}}, call_with(DATED), "not_met"),
        ({"window": {"last_turns": 1}}, call_with(VAGUE), "met"),
        ({}, call_with(said("promise", 2, speaker="unknown")), "undecided"),
        ({}, call_with(said("promise", 2, confidence=0.2)), "undecided"),
        # Whose it is: somebody's whom its sentence names, else the CSR's own.
        (OTHER, call_with(DATED, said("promise_owner", 2, 0.5)), "met"),
        (OTHER, call_with(DATED), "not_met"),
        (OWN, call_with(DATED), "met"),
        (OWN, call_with(DATED, said("promise_owner", 2, 0.5)), "not_met"),
        # Named in another sentence, or in another turn.
        (OTHER, call_with(DATED, said("promise_owner", 2, 4.0)), "not_met"),
        (OWN, call_with(DATED, said("promise_owner", 2, 4.0)), "met"),
        (OTHER, call_with(DATED, said("promise_owner", 4)), "not_met"),
        (OTHER, call_with(DATED, said("promise_owner", 2, 0.5, confidence=0.1)), "undecided"),
        (OWN, call_with(DATED, said("promise_owner", 2, 0.5, confidence=0.1)), "undecided"),
        (OTHER | {"deadline": False}, call_with(DATED, said("promise_owner", 2, 0.5)), "not_met"),
        # A promise may hide in what was not heard well.
        ({}, call_with(turns=turns_of("csr", "customer", heard={0: 1})), "undecided"),
    ],
)
def test_promise(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("promise", **params)).verdict == verdict
