"""`loudness`: levels beyond a bound, and turns that stand out from the party's own usual."""

from typing import Any

import pytest

from qa.domain.facts import Fact, Facts
from tests.findings.by_hand import call_with, judged, one_condition, said, sound, turns_of

LONG = turns_of(*("csr", "customer") * 6)


def level(dbfs: float, turn: int) -> Fact:
    return said("loudness", turn, value=dbfs, unit="dbfs", quote=None, length_s=8.0)


def csr(*dbfs: float) -> Facts:
    """A call in which the CSR's turns 0, 2, 4 ... have these levels, the customer's -20."""
    own = [level(one, 2 * number) for number, one in enumerate(dbfs)]
    return call_with(*own, *(level(-20, 1 + 2 * n) for n in range(len(dbfs))), turns=LONG)


def whole(dbfs: float, speaker: str = "csr") -> Fact:
    return sound("loudness", 0, 60, value=dbfs, unit="dbfs", speaker=speaker)


QUIET = {"speaker": "csr", "per": "call", "below_dbfs": -38}
RISES = {"speaker": "csr", "rises_db": 8}
FALLS = {"speaker": "csr", "falls_db": 8}


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (QUIET, call_with(whole(-39)), "met"),
        (QUIET, call_with(whole(-38)), "not_met"),
        (QUIET, call_with(whole(-50, "customer")), "not_met"),
        # An average is no turn, and a turn no average.
        (QUIET, call_with(level(-50, 0)), "not_met"),
        (QUIET | {"per": "turn"}, call_with(level(-50, 0)), "met"),
        (QUIET | {"per": "turn"}, call_with(whole(-50)), "not_met"),
        ({"speaker": "csr", "above_dbfs": -12}, csr(-20, -11, -20), "met"),
        # The usual is the middle of the party's own turns: -30 here.
        (RISES, csr(-30, -31, -29, -30, -22), "met"),
        (RISES, csr(-30, -31, -29, -30, -22.5), "not_met"),
        (RISES, csr(-30, -31, -29, -30, -40), "not_met"),
        (FALLS, csr(-30, -31, -29, -30, -40), "met"),
        # The customer is as loud as ever, ten louder than the CSR: nothing stands out.
        (RISES | {"speaker": "customer"}, csr(-30, -31, -29, -30, -30), "not_met"),
        (RISES | {"window": {"last_turns": 1}}, csr(-30, -22, -29, -30, -31, -30), "not_met"),
        # Four turns tell nothing of what is usual.
        (RISES, csr(-30, -31, -29, -20), "undecided"),
        (RISES, call_with(missing={"loudness": "no_levels"}), "undecided"),
        (QUIET, call_with(missing={"two_channels": "mono"}), "undecided"),
    ],
)
def test_loudness(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("loudness", **params)).verdict == verdict


def test_the_reason_tells_by_how_much() -> None:
    why = judged(csr(-30, -31, -29, -30, -21.5), one_condition("loudness", **RISES)).reason.text
    assert "音量高出平时 8.5 分贝" in why.zh
    assert "louder than usual by 8.5 dB" in why.en


def test_a_turn_that_is_loud_both_ways_counts_once() -> None:
    rule = one_condition("loudness", **RISES, above_dbfs=-25)
    assert len(judged(csr(-30, -31, -29, -30, -20), rule).evidence) == 1
