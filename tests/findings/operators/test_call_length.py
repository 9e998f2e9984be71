"""`call_length`: longer than the one bound or shorter than the other."""

from typing import Any

import pytest

from qa.domain.facts import Fact, Facts
from tests.findings.by_hand import call_with, judged, one_condition, sound

MINUTE = sound("duration", 0, 60, value=60.0, unit="s")


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        ({"above_s": 59}, call_with(MINUTE), "met"),
        ({"above_s": 60}, call_with(MINUTE), "not_met"),
        ({"below_s": 61}, call_with(MINUTE), "met"),
        ({"below_s": 60}, call_with(MINUTE), "not_met"),
        ({"above_s": 100, "below_s": 20}, call_with(MINUTE), "not_met"),
        ({"above_s": 100, "below_s": 70}, call_with(MINUTE), "met"),
        ({"below_s": 70}, call_with(), "undecided"),
    ],
)
def test_call_length(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("call_length", **params)).verdict == verdict


def test_the_reason_tells_the_length() -> None:
    fact = Fact(kind="duration", start_s=0, end_s=60, value=60.0, unit="s")
    why = judged(call_with(fact), one_condition("call_length", above_s=30)).reason.text
    assert (why.zh, why.en) == ("发现：通话时长 60 秒", "Found: a call of 60 s")
