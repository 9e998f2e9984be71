"""`hold`: holds of a length."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from tests.findings.by_hand import call_with, judged, one_condition, sound

HELD = call_with(sound("hold", 20, 30.0))


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        ({}, HELD, "met"),
        ({}, call_with(sound("hold", 20, 2.9)), "not_met"),
        ({"min_s": 30}, HELD, "met"),
        ({"min_s": 30.1}, HELD, "not_met"),
        ({"max_s": 30}, HELD, "met"),
        ({"max_s": 29.9}, HELD, "not_met"),
        ({"window": {"last_s": 40}}, HELD, "met"),
        ({"window": {"last_s": 39}}, HELD, "not_met"),
        ({}, call_with(sound("dead_air", 20, 30.0)), "not_met"),
        ({}, call_with(sound("hold", 20, 30.0, confidence=0.3)), "undecided"),
        ({}, call_with(missing={"holds": "no_events"}), "undecided"),
    ],
)
def test_hold(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("hold", **params)).verdict == verdict
