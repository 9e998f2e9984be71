"""`role`: a party's, or nobody's, part of the turns."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from tests.findings.by_hand import call_with, judged, one_condition, turns_of

HALF_KNOWN = call_with(turns=turns_of("csr", "customer", "unknown", "unknown"))


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        ({"is": "csr", "above_share": 0.4}, call_with(), "met"),
        ({"is": "csr", "above_share": 0.5}, call_with(), "not_met"),
        ({"is": "csr", "below_share": 0.5}, call_with(), "not_met"),
        ({"is": "customer", "below_share": 0.6}, call_with(), "met"),
        ({"is": "unknown", "above_share": 0}, call_with(), "not_met"),
        ({"is": "unknown", "above_share": 0.4}, HALF_KNOWN, "met"),
        ({"is": "unknown", "above_share": 0.5}, HALF_KNOWN, "not_met"),
        # The CSR has a quarter to three quarters of the turns.
        ({"is": "csr", "above_share": 0.2}, HALF_KNOWN, "met"),
        ({"is": "csr", "above_share": 0.5}, HALF_KNOWN, "undecided"),
        ({"is": "csr", "above_share": 0.8}, HALF_KNOWN, "not_met"),
        # Beyond either bound: between them lies what is possible too.
        ({"is": "csr", "above_share": 0.6, "below_share": 0.4}, HALF_KNOWN, "undecided"),
        ({"is": "csr", "above_share": 0.4, "window": {"first_s": 10}}, HALF_KNOWN, "met"),
        ({"is": "csr", "above_share": 0.4}, call_with(turns=()), "undecided"),
    ],
)
def test_role(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("role", **params)).verdict == verdict
