"""`talk_share`: the party's part of the talking."""

from typing import Any

import pytest

from qa.domain.facts import Fact, Facts
from tests.findings.by_hand import call_with, judged, one_condition, sound


def share(value: float, speaker: str = "csr") -> Fact:
    return sound("talk_share", 0, 60, value=value, unit="share", speaker=speaker)


MUCH = {"speaker": "csr", "above_share": 0.7}
LITTLE = {"speaker": "csr", "below_share": 0.2}


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (MUCH, call_with(share(0.71)), "met"),
        (MUCH, call_with(share(0.7)), "not_met"),
        (MUCH, call_with(share(0.1), share(0.9, "customer")), "not_met"),
        (LITTLE, call_with(share(0.19)), "met"),
        (LITTLE, call_with(share(0.2)), "not_met"),
        (MUCH | {"below_share": 0.2}, call_with(share(0.5)), "not_met"),
        (MUCH | {"below_share": 0.2}, call_with(share(0.1)), "met"),
        (MUCH, call_with(missing={"two_channels": "mono"}), "undecided"),
        (MUCH, call_with(missing={"activity": "no_activity"}), "undecided"),
        # Nobody spoke: there is no share to speak of.
        (MUCH, call_with(), "undecided"),
    ],
)
def test_talk_share(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("talk_share", **params)).verdict == verdict


def test_the_reason_tells_the_share() -> None:
    why = judged(call_with(share(0.815)), one_condition("talk_share", **MUCH)).reason.text
    assert "通话占比 82%" in why.zh
    assert "a talk share of 82%" in why.en
