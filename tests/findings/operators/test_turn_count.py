"""`turn_count`: how many turns; of the usual call each party has three."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from tests.findings.by_hand import call_with, judged, one_condition, turns_of

DOUBTFUL = call_with(
    turns=turns_of("csr", "customer", "unknown", "csr"), missing={"speakers": "unknown_turns"}
)


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        ({"at_least": 6}, call_with(), "met"),
        ({"at_least": 7}, call_with(), "not_met"),
        ({"speaker": "customer", "at_least": 3}, call_with(), "met"),
        ({"speaker": "customer", "at_least": 4}, call_with(), "not_met"),
        ({"speaker": "csr", "at_most": 3}, call_with(), "met"),
        ({"speaker": "csr", "at_most": 2}, call_with(), "not_met"),
        ({"at_least": 2, "at_most": 5}, call_with(), "not_met"),
        ({"at_most": 0}, call_with(turns=()), "met"),
        ({"at_least": 2, "window": {"first_s": 15}}, call_with(), "met"),
        ({"at_least": 3, "window": {"first_s": 15}}, call_with(), "not_met"),
        # The unknown turn may be a third of the CSR's, a second of the customer's.
        ({"speaker": "csr", "at_least": 3}, DOUBTFUL, "undecided"),
        ({"speaker": "csr", "at_least": 2}, DOUBTFUL, "met"),
        ({"speaker": "csr", "at_least": 4}, DOUBTFUL, "not_met"),
        ({"at_least": 4}, DOUBTFUL, "met"),
    ],
)
def test_turn_count(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("turn_count", **params)).verdict == verdict
