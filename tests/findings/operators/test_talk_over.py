"""`talk_over`: who began second, and for how long both spoke."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from tests.findings.by_hand import call_with, judged, one_condition, said

BY_CSR = said("talk_over", 2, value=0.8)
BY_CUSTOMER = said("talk_over", 1, value=0.8)


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        ({"by": "csr"}, call_with(BY_CSR), "met"),
        ({"by": "csr"}, call_with(BY_CUSTOMER), "not_met"),
        ({"by": "customer"}, call_with(BY_CUSTOMER), "met"),
        ({"by": "csr", "min_s": 0.8}, call_with(BY_CSR), "met"),
        ({"by": "csr", "min_s": 0.9}, call_with(BY_CSR), "not_met"),
        ({"by": "csr"}, call_with(said("talk_over", 2, value=0.4)), "not_met"),
        # An interruption is measured as such and is a talk-over too; one fact of each.
        ({"by": "csr"}, call_with(said("interruption", 2, value=2.0)), "not_met"),
        ({"by": "csr", "window": {"first_turns": 1}}, call_with(BY_CSR), "not_met"),
        (
            {"by": "csr"},
            call_with(said("talk_over", 2, speaker="unknown", value=0.8)),
            "undecided",
        ),
        ({"by": "csr"}, call_with(missing={"two_channels": "mono"}), "undecided"),
        ({"by": "csr"}, call_with(missing={"back_channels": "no_word_list"}), "undecided"),
        ({"by": "csr"}, call_with(missing={"speakers": "unknown_turns"}), "undecided"),
    ],
)
def test_talk_over(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("talk_over", **params)).verdict == verdict
