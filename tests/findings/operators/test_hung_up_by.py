"""`hung_up_by`: as the switch says."""

import pytest

from qa.domain.facts import Fact, Facts
from tests.findings.by_hand import call_with, judged, one_condition


def ended(by: str) -> Fact:
    return Fact(kind="hung_up_by", start_s=60, end_s=60, value=by)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (call_with(ended("csr")), "met"),
        (call_with(ended("customer")), "not_met"),
        (call_with(missing={"hung_up_by": "not_told"}), "undecided"),
    ],
)
def test_hung_up_by(facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("hung_up_by", by="csr")).verdict == verdict
