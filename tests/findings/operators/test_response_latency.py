"""`response_latency`: who should have answered, how long it took, and what excuses it."""

from typing import Any

import pytest

from qa.domain.facts import Fact, Facts
from tests.findings.by_hand import call_with, judged, near, one_condition, said, sound


def wait(start_s: float, length_s: float, turn: int, speaker: str = "csr") -> Fact:
    """A wait that ends where the turn begins."""
    return sound("response_latency", start_s, length_s, turn=turn, speaker=speaker)


SLOW = {"speaker": "csr", "min_s": 5}
EXCUSED = SLOW | {"except_after": ["hold_notice", "hold", "looking_up"]}
AT_14 = wait(14, 6, 2)
NOTICE = said("hold_notice", 0, 8.0, length_s=2.0)  # 8-10
WELL_BEFORE = said("hold_notice", 0, 1.0)  # 1-2
LOOKING = said("looking_up", 1, 2.0)  # 12-13


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (SLOW, call_with(AT_14), "met"),
        (SLOW | {"min_s": 6}, call_with(AT_14), "met"),
        (SLOW | {"min_s": 6.1}, call_with(AT_14), "not_met"),
        (SLOW, call_with(wait(14, 6, 1, "customer")), "not_met"),
        (SLOW, call_with(wait(14, 6, 2, "unknown")), "undecided"),
        (SLOW | {"window": {"first_turns": 1}}, call_with(AT_14), "not_met"),
        # A notice four seconds before the wait, one twelve seconds before, the customer's search.
        (EXCUSED, call_with(AT_14, NOTICE), "not_met"),
        (EXCUSED, call_with(AT_14, WELL_BEFORE), "met"),
        (EXCUSED | {"except_within_s": 15}, call_with(AT_14, WELL_BEFORE), "not_met"),
        (EXCUSED, call_with(AT_14, LOOKING), "not_met"),
        (SLOW, call_with(AT_14, NOTICE, LOOKING), "met"),
        # What comes after the wait began excuses nothing.
        (EXCUSED, call_with(AT_14, said("hold_notice", 2, 1.0)), "met"),
        # Soon after a hold.
        (EXCUSED, call_with(AT_14, sound("hold", 3, 8)), "not_met"),
        # A notice that may be one leaves it to a person: badly heard, near, by somebody unknown.
        (EXCUSED, call_with(AT_14, said("hold_notice", 0, 9.0, confidence=0.1)), "undecided"),
        (EXCUSED, call_with(AT_14, near("hold_notice", 0, 0.2, 9.0)), "undecided"),
        (EXCUSED, call_with(AT_14, near("hold_notice", 0, 0.4, 9.0)), "met"),
        (EXCUSED, call_with(AT_14, said("hold_notice", 0, 9.0, speaker="unknown")), "undecided"),
        (SLOW, call_with(missing={"turn_ends": "no_turn_ends"}), "undecided"),
        (SLOW, call_with(missing={"holds": "no_events"}), "undecided"),
        (SLOW, call_with(missing={"speakers": "no_turns"}, turns=()), "undecided"),
    ],
)
def test_response_latency(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("response_latency", **params)).verdict == verdict


def test_the_doubt_is_named() -> None:
    facts = call_with(AT_14, near("hold_notice", 0, 0.2, 9.0))
    why = judged(facts, one_condition("response_latency", **EXCUSED)).reason
    assert why.code == "possible_hit"
    assert why.values["because"] == "perhaps_excused"
    assert "可能属于规则的例外" in why.text.zh
