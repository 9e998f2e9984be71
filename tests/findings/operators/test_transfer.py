"""`transfer`: the switch handed the call on."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from tests.findings.by_hand import call_with, judged, one_condition, sound

HANDED_ON = call_with(sound("transfer", 20, 0.0))


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        ({}, HANDED_ON, "met"),
        ({}, call_with(), "not_met"),
        ({}, call_with(sound("hold", 20, 30.0)), "not_met"),
        ({"window": {"first_s": 21}}, HANDED_ON, "met"),
        ({"window": {"first_s": 20}}, HANDED_ON, "not_met"),
    ],
)
def test_transfer(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("transfer", **params)).verdict == verdict
