"""`dead_air`: silences that last long enough, wherever or in a window."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from tests.findings.by_hand import call_with, judged, one_condition, sound


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
        # It is silence whoever speaks.
        ({"min_s": 6}, call_with(missing={"speakers": "mono"}), "not_met"),
    ],
)
def test_dead_air(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("dead_air", **params)).verdict == verdict
