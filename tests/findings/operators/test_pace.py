"""`pace`: outside the band, over the call or in a turn."""

from typing import Any

import pytest

from qa.domain.facts import Fact, Facts
from tests.findings.by_hand import call_with, judged, one_condition, said, sound
from transcribe.errors import CodedErrors


def whole(rate: float, speaker: str = "csr") -> Fact:
    return sound("pace", 0, 60, value=rate, unit="words_per_min", speaker=speaker)


FAST = {"speaker": "csr", "above_per_min": 180}
BAND = {"speaker": "csr", "above_per_min": 180, "below_per_min": 100}
TURN = FAST | {"per": "turn"}
SITE = {"speaker": "csr", "above_percentile": 95}
KNOWN = {"site_calls": 300, "site_above_per_min": 240.0}
SLOW = {"speaker": "csr", "below_percentile": 5}


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
        # Against the site's own calls: its value, the fixed bound until there is one, or neither.
        (SITE | KNOWN, call_with(whole(241)), "met"),
        (SITE | KNOWN, call_with(whole(239)), "not_met"),
        (SITE | FAST | KNOWN, call_with(whole(200)), "not_met"),
        (SITE | FAST, call_with(whole(200)), "met"),
        (SITE | FAST, call_with(whole(170)), "not_met"),
        (SITE, call_with(whole(400)), "undecided"),
        (SLOW | KNOWN, call_with(whole(99)), "undecided"),
        (SLOW | KNOWN | {"site_below_per_min": 100.0}, call_with(whole(99)), "met"),
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


def test_percentiles_that_leave_no_call_between_are_refused() -> None:
    params = {"speaker": "csr", "above_percentile": 5, "below_percentile": 95}
    with pytest.raises(CodedErrors, match="QA331"):
        judged(call_with(), one_condition("pace", **params))


def test_a_percentile_says_how_many_calls_it_waits_for() -> None:
    rule = one_condition("pace", **SITE, site_calls=37)
    why = judged(call_with(whole(400)), rule).reason
    assert (why.code, why.values["need"]) == ("not_measured", "site_pace 163")
    assert "163 more calls" in why.text.en
