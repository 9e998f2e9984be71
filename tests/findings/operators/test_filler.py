"""`filler`: the call's rate of one party."""

import pytest

from qa.domain.facts import Fact, Facts
from tests.findings.by_hand import call_with, judged, one_condition, said, sound


def rate(value: float, speaker: str = "csr") -> Fact:
    return sound("filler", 0, 60, value=value, unit="per_min", speaker=speaker)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (call_with(rate(12.1)), "met"),
        (call_with(rate(12.0)), "not_met"),
        (call_with(rate(20.0, "customer")), "not_met"),
        (call_with(said("filler", 0, value=20.0)), "not_met"),
        (call_with(missing={"activity": "no_activity"}), "undecided"),
        (call_with(missing={"speakers": "mono"}), "undecided"),
    ],
)
def test_filler(facts: Facts, verdict: str) -> None:
    rule = one_condition("filler", speaker="csr", above_per_min=12)
    assert judged(facts, rule).verdict == verdict
