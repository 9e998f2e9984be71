"""`derived` selects what derivations gave: by kind, value, level, window."""

from typing import Any

import pytest

from qa.domain.derivations import Derivation
from qa.domain.rules import Rule
from qa.findings.find import find_all
from tests.findings.by_hand import call_with, derivation_of, one_condition, said

SAYS: dict[str, Any] = {"a": {"says": {"words": "a"}}}
GIVEN = (
    derivation_of(SAYS, name="low", kind="level", value=1.0, each="a"),
    derivation_of(SAYS, name="high", kind="level", value=3.0, each="a"),
    derivation_of(SAYS, name="named", kind="risk", value="high", when="a"),
)


@pytest.mark.parametrize(
    ("params", "verdict"),
    [
        ({"kind": "level"}, "met"),
        ({"kind": "level", "at_least": 2}, "met"),
        ({"kind": "level", "at_least": 4}, "not_met"),
        ({"kind": "level", "value": 1}, "met"),
        ({"kind": "level", "value": 2}, "not_met"),
        ({"kind": "risk", "value": "high"}, "met"),
        ({"kind": "risk", "value": "low"}, "not_met"),
        ({"kind": "risk", "at_least": 1}, "not_met"),  # a name is no number
        # The hit of `each` is in turn 2, 20 s on; a fact of the whole call begins at its start.
        ({"kind": "level", "window": {"first_s": 15}}, "not_met"),
        ({"kind": "level", "window": {"last_s": 45}}, "met"),
        ({"kind": "risk", "window": {"first_s": 15}}, "met"),
    ],
)
def test_derived(params: dict[str, Any], verdict: str) -> None:
    assert verdict_of(one_condition("derived", **params), GIVEN) == verdict


def verdict_of(rule: Rule, given: tuple[Derivation, ...]) -> str:
    (finding,) = find_all(call_with(said("a", 2)), (rule,), given).findings
    return finding.verdict


def test_what_nothing_derived_is_not_there() -> None:
    assert verdict_of(one_condition("derived", kind="risk"), ()) == "not_met"
