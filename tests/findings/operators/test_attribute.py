"""`attribute`: comparisons, and what the call does not tell."""

from typing import Any

import pytest

from tests.findings.by_hand import call_with, judged, one_condition


@pytest.mark.parametrize(
    ("params", "seen", "verdict"),
    [
        ({"value": "loan"}, "loan", "met"),
        ({"value": "loan"}, "card", "not_met"),
        ({"value": "loan"}, None, "undecided"),
        ({"value": "loan"}, "", "undecided"),
        ({"value": 12}, "12.0", "met"),
        ({"value": 12}, "twelve", "not_met"),
        ({"value": "010"}, "10", "not_met"),
        ({"is": "not_equal", "value": "loan"}, "card", "met"),
        ({"is": "not_equal", "value": "loan"}, "loan", "not_met"),
        ({"is": "one_of", "value": ["loan", "card"]}, "card", "met"),
        ({"is": "one_of", "value": ["loan", "card"]}, "cash", "not_met"),
        ({"is": "less", "value": 5}, "4.9", "met"),
        ({"is": "less", "value": 5}, "5", "not_met"),
        ({"is": "more", "value": 5}, " 5.1 ", "met"),
        ({"is": "more", "value": 5}, "5", "not_met"),
        ({"is": "more", "value": 5}, "many", "undecided"),
        ({"is": "more", "value": 5}, "inf", "undecided"),
        ({"is": "present"}, "x", "met"),
        ({"is": "present"}, None, "not_met"),
    ],
)
def test_attribute(params: dict[str, Any], seen: str | None, verdict: str) -> None:
    facts = call_with(attributes={} if seen is None else {"product": seen})
    assert judged(facts, one_condition("attribute", name="product", **params)).verdict == verdict
