"""`dead_air`: silences that last long enough, wherever or in a window."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from tests.findings.by_hand import call_with, judged, near, one_condition, said, sound, turns_of

AFTER = {"min_s": 6, "after_whom": "customer"}
EXCUSED = {"min_s": 6, "except_after": ["hold_notice", "hold"]}
NOTICE = said("hold_notice", 0, 8.0)
NOBODYS = turns_of("csr", "unknown", "customer")


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        ({"min_s": 6}, call_with(sound("dead_air", 10, 6.0)), "met"),
        ({"min_s": 6}, call_with(sound("dead_air", 10, 5.9)), "not_met"),
        ({"min_s": 6}, call_with(sound("hold", 10, 60.0)), "not_met"),
        ({"min_s": 6}, call_with(sound("dead_air", 10, 7.0, value=None)), "not_met"),
        (
            {"min_s": 6, "window": {"first_s": 10}},
            call_with(sound("dead_air", 10, 7.0)),
            "not_met",
        ),
        ({"min_s": 6, "window": {"first_s": 11}}, call_with(sound("dead_air", 10, 7.0)), "met"),
        ({"min_s": 6}, call_with(sound("dead_air", 10, 7.0, confidence=0.2)), "undecided"),
        ({"min_s": 6}, call_with(missing={"activity": "no_turn_ends"}), "undecided"),
        (AFTER, call_with(sound("dead_air", 20, 7)), "met"),
        (AFTER, call_with(sound("dead_air", 10, 7)), "not_met"),
        # Whoever spoke last: the customer's short word within the CSR's turn does not count.
        (AFTER, call_with(sound("dead_air", 25, 7)), "not_met"),
        # At the start of the call nobody has spoken yet.
        (AFTER, call_with(sound("dead_air", 0, 7)), "not_met"),
        (AFTER, call_with(sound("dead_air", 20, 7), turns=NOBODYS), "undecided"),
        (AFTER, call_with(sound("dead_air", 10, 7), turns=NOBODYS), "not_met"),
        (AFTER, call_with(turns=(), missing={"speakers": "no_turns"}), "undecided"),
        (EXCUSED, call_with(sound("dead_air", 10, 7)), "met"),
        (EXCUSED, call_with(sound("dead_air", 10, 7), NOTICE), "not_met"),
        (EXCUSED, call_with(sound("dead_air", 40, 7), NOTICE), "met"),
        (EXCUSED, call_with(sound("dead_air", 10, 7), sound("hold", 2, 8)), "not_met"),
        (EXCUSED, call_with(sound("dead_air", 10, 7), near("hold_notice", 0, 0.1, 8)), "undecided"),
        # It is silence whoever speaks.
        ({"min_s": 6}, call_with(missing={"speakers": "mono"}), "not_met"),
    ],
)
def test_dead_air(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("dead_air", **params)).verdict == verdict
