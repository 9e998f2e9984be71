"""`attribute`: comparisons, and what the call does not tell."""

from typing import Any

import pytest

from tests.findings.by_hand import call_with, judged, one_condition
from transcribe.errors import CodedErrors


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
        ({"is": "not_one_of", "value": ["loan", "card"]}, "cash", "met"),
        ({"is": "not_one_of", "value": ["loan", "card"]}, "card", "not_met"),
        ({"is": "one_of", "value": [1, 2]}, "2.0", "met"),
        ({"is": "at_most", "value": 5}, "5", "met"),
        ({"is": "at_most", "value": 5}, "5.1", "not_met"),
        ({"is": "at_least", "value": 5}, "5", "met"),
        ({"is": "at_least", "value": 5}, "4.9", "not_met"),
        ({"is": "less", "value": 0}, "-1", "met"),
        ({"is": "between", "value": [1, 5]}, "1", "met"),
        ({"is": "between", "value": [1, 5]}, "5", "met"),
        ({"is": "between", "value": [1, 5]}, "5.01", "not_met"),
        ({"is": "between", "value": [1, 5]}, None, "undecided"),
        # Dates compare as dates, not as text; a day is a whole day.
        ({"is": "less", "value": "2026-03-01"}, "2026-02-28 23:59", "met"),
        ({"is": "less", "value": "2026-03-01"}, "2026-03-01 00:00", "not_met"),
        ({"is": "at_most", "value": "2026-03-01"}, "2026-03-01 18:00", "met"),
        ({"is": "at_most", "value": "2026-03-01 17:00"}, "2026-03-01 18:00", "not_met"),
        ({"is": "more", "value": "2026-03-01"}, "2026/10/2", "met"),
        ({"is": "between", "value": ["2026-03-01", "2026-03-31"]}, "2026-03-31T08:00:00", "met"),
        ({"is": "between", "value": ["2026-03-01", "2026-03-31"]}, "2026-04-01", "not_met"),
        ({"is": "more", "value": "2026-03-01"}, "soon", "undecided"),
        ({"is": "more", "value": "2026-03-01"}, "5", "undecided"),
        ({"is": "more", "value": 5}, "2026-03-01", "undecided"),
        ({"is": "more", "value": "2026-03-01 17:00"}, "2026-03-01T18:00:00+08:00", "undecided"),
        ({"is": "more", "value": "2026-03-01"}, "2026-02-30", "undecided"),
        ({"is": "present"}, "x", "met"),
        ({"is": "present"}, None, "not_met"),
    ],
)
def test_attribute(params: dict[str, Any], seen: str | None, verdict: str) -> None:
    facts = call_with(attributes={} if seen is None else {"product": seen})
    assert judged(facts, one_condition("attribute", name="product", **params)).verdict == verdict


@pytest.mark.parametrize(
    "params",
    [
        {"is": "less", "value": "soon"},
        {"is": "less", "value": [1, 2]},
        {"is": "between", "value": 5},
        {"is": "between", "value": [1]},
        {"is": "between", "value": [5, 1]},
        {"is": "between", "value": [1, 2, 3]},
        {"is": "between", "value": [1, "2026-03-01"]},
        {"is": "between", "value": ["2026-03-01 17:00", "2026-03-02T17:00:00+08:00"]},
        {"is": "one_of", "value": "loan"},
        {"is": "present", "value": "x"},
        {"is": "equal"},
        {"is": "one_of", "value": [True]},
    ],
)
def test_comparisons_that_mean_nothing_are_refused(params: dict[str, Any]) -> None:
    with pytest.raises(CodedErrors) as raised:
        judged(call_with(), one_condition("attribute", name="product", **params))
    assert [error.code for error in raised.value.errors] == ["QA331"]
