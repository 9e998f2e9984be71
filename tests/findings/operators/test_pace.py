"""`pace`: outside the band, over the call or in a turn."""

from typing import Any

import pytest

from qa.domain.facts import Fact, Facts
from tests.findings.by_hand import call_with, judged, one_condition, said, sound


def whole(rate: float, speaker: str = "csr") -> Fact:
    return sound("pace", 0, 60, value=rate, unit="words_per_min", speaker=speaker)


FAST = {"speaker": "csr", "above_per_min": 180}
BAND = {"speaker": "csr", "above_per_min": 180, "below_per_min": 100}
TURN = FAST | {"per": "turn"}


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (FAST, call_with(whole(181)), "met"),
        (FAST, call_with(whole(180)), "not_met"),
        (FAST, call_with(whole(200, "customer")), "not_met"),
        (BAND, call_with(whole(99.9)), "met"),
        (BAND, call_with(whole(100)), "not_met"),
        (BAND, call_with(whole(200)), "met"),
        ({"speaker": "csr", "below_per_min": 100}, call_with(whole(99)), "met"),
        # An average is no turn, and a turn no average.
        (FAST, call_with(said("pace", 0, value=200.0)), "not_met"),
        (TURN, call_with(whole(200)), "not_met"),
        (TURN, call_with(said("pace", 2, value=200.0)), "met"),
        (TURN | {"window": {"first_turns": 1}}, call_with(said("pace", 2, value=200.0)), "not_met"),
        (FAST, call_with(missing={"turn_ends": "no_turn_ends"}), "undecided"),
        (FAST, call_with(missing={"speakers": "mono"}), "undecided"),
    ],
)
def test_pace(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("pace", **params)).verdict == verdict


def test_bounds_that_cross_count_a_pace_once() -> None:
    params = {"speaker": "csr", "above_per_min": 100, "below_per_min": 180}
    finding = judged(call_with(whole(150)), one_condition("pace", **params))
    assert (finding.verdict, len(finding.evidence)) == ("met", 1)
