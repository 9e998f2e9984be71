"""`position`: what stands at the n-th turn of the call, or of its speaker."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from tests.findings.by_hand import call_with, judged, near, one_condition, said, turns_of

FIRST = {"speaker": "csr", "words": "greeting", "turn": 1}
OPENS = {"speaker": "csr", "turn": 1}
LAST_WORD = {"speaker": "csr", "turn": 1, "counted_from": "end"}
OWN_SECOND = {"speaker": "csr", "words": ["greeting"], "turn": 2, "among": "speaker"}
MIXED = turns_of("unknown", "csr", "customer", "csr")


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (FIRST, call_with(said("greeting", 0)), "met"),
        (FIRST, call_with(said("greeting", 2)), "not_met"),
        (FIRST, call_with(said("greeting", 1)), "not_met"),
        (FIRST | {"turn": 3}, call_with(said("greeting", 2)), "met"),
        (FIRST | {"turn": 3}, call_with(said("greeting", 0)), "not_met"),
        (FIRST | {"turn": 3, "up_to": True}, call_with(said("greeting", 0)), "met"),
        (FIRST | {"turn": 3, "up_to": True}, call_with(said("greeting", 4)), "not_met"),
        (FIRST | {"turn": 2, "counted_from": "end"}, call_with(said("greeting", 4)), "met"),
        # Counted among the CSR's own turns, the third of the call is the second.
        (OWN_SECOND, call_with(said("greeting", 2)), "met"),
        (OWN_SECOND, call_with(said("greeting", 0)), "not_met"),
        (FIRST, call_with(near("greeting", 0, 0.2)), "undecided"),
        (FIRST, call_with(said("greeting", 0, confidence=0.1)), "undecided"),
        # Who opens the call, and who has the last word.
        (OPENS, call_with(), "met"),
        (OPENS | {"speaker": "customer"}, call_with(), "not_met"),
        (OPENS, call_with(turns=turns_of("customer", "csr")), "not_met"),
        (LAST_WORD, call_with(), "not_met"),
        (LAST_WORD | {"speaker": "customer"}, call_with(), "met"),
        # The first turn is nobody's: it may be the CSR's, and then their second is the call's 2nd.
        (OPENS, call_with(turns=MIXED), "undecided"),
        (OWN_SECOND, call_with(said("greeting", 1, speaker="csr"), turns=MIXED), "undecided"),
        (
            OWN_SECOND | {"turn": 3},
            call_with(said("greeting", 1, speaker="csr"), turns=MIXED),
            "not_met",
        ),
        (
            OWN_SECOND | {"up_to": True},
            call_with(said("greeting", 1, speaker="csr"), turns=MIXED),
            "met",
        ),
        (OPENS, call_with(turns=(), missing={"speakers": "no_turns"}), "undecided"),
    ],
)
def test_position(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("position", **params)).verdict == verdict
