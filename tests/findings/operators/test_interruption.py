"""`interruption`: by whom, and how long both spoke."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from tests.findings.by_hand import call_with, judged, one_condition, said

BY_CSR = said("interruption", 2, value=1.5)
BY_CUSTOMER = said("interruption", 1, value=1.5)


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        ({"by": "csr"}, call_with(BY_CSR), "met"),
        ({"by": "csr"}, call_with(BY_CUSTOMER), "not_met"),
        ({"by": "customer"}, call_with(BY_CUSTOMER), "met"),
        ({"by": "csr", "min_s": 1.5}, call_with(BY_CSR), "met"),
        ({"by": "csr", "min_s": 1.6}, call_with(BY_CSR), "not_met"),
        # Turns of a window are counted among the party's own: this is the CSR's second.
        ({"by": "csr", "window": {"first_turns": 1}}, call_with(BY_CSR), "not_met"),
        ({"by": "csr", "window": {"first_turns": 2}}, call_with(BY_CSR), "met"),
        (
            {"by": "csr"},
            call_with(said("interruption", 2, speaker="unknown", value=1.5)),
            "undecided",
        ),
        ({"by": "csr"}, call_with(missing={"two_channels": "mono"}), "undecided"),
        ({"by": "csr"}, call_with(missing={"activity": "no_activity"}), "undecided"),
        # Who interrupts whom cannot be told where speakers are not known.
        ({"by": "csr"}, call_with(missing={"speakers": "unknown_turns"}), "undecided"),
    ],
)
def test_interruption(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("interruption", **params)).verdict == verdict
