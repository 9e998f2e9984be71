"""Every phrase of the rule language, by name: a call on which it holds and one on which not.

The usual call is one minute of six turns, ten seconds each, CSR first (tests/findings/by_hand.py).
"""

from typing import Any

import pytest

from qa.domain.facts import Fact
from qa.packs.logic import read_logic
from qa.packs.nouns import Source
from tests.findings.by_hand import call_with, judged, rule_of, said, turns_of

X, A = {"says": {"words": "x"}}, {"says": {"words": "a"}}


def windowed(**window: Any) -> dict[str, Any]:
    return {"conditions": {"x": {"says": {"words": "x", "window": window}}}, "met_when": "x"}


def by(speaker: str) -> dict[str, Any]:
    said_by = {"says": {"words": "x", "speaker": speaker}}
    return {"conditions": {"x": said_by}, "met_when": "x"}


def related(where: str, hit: Any = "first", **reach: Any) -> dict[str, Any]:
    relation = {"find": "x", "anchor": "a", "hit": hit, **reach}
    return {"conditions": {"x": X, "a": A}, "met_when": {where: relation}}


def logic(tree: Any, **more: Any) -> dict[str, Any]:
    conditions = {name: {"says": {"words": name}} for name in ("x", "a", "b")}
    used = {name: one for name, one in conditions.items() if f"'{name}'" in str([tree, more])}
    return {"conditions": used, "met_when": tree, **more}


def x(turn: int, at_s: float = 1.0) -> Fact:
    return said("x", turn, at_s)


def a(turn: int, at_s: float = 1.0) -> Fact:
    return said("a", turn, at_s)


def b(turn: int) -> Fact:
    return said("b", turn)


PHRASES: list[tuple[str, dict[str, Any], tuple[Fact, ...], tuple[Fact, ...]]] = [
    ("speaker: the CSR", by("csr"), (x(0),), (x(1),)),
    ("speaker: the customer", by("customer"), (x(1),), (x(0),)),
    ("speaker: anyone", logic("x"), (x(1),), ()),
    ("first seconds", windowed(first_s=15), (x(1),), (x(2),)),
    ("last seconds", windowed(last_s=15), (x(5),), (x(3),)),
    ("first turns", windowed(first_turns=2), (x(1),), (x(2),)),
    ("last turns", windowed(last_turns=2), (x(4),), (x(3),)),
    ("first share", windowed(first_share=0.5), (x(2),), (x(3),)),
    ("last share", windowed(last_share=0.25), (x(5),), (x(4, 0.0),)),
    ("several bounds at once", windowed(first_turns=3, first_s=15), (x(1),), (x(2),)),
    ("before the first hit", related("before"), (x(0), a(1), a(3)), (x(2), a(1), a(3))),
    ("before the n-th hit", related("before", 2), (x(2), a(1), a(3)), (x(4), a(1), a(3))),
    ("before any hit", related("before", "any"), (x(2), a(1), a(3)), (x(4), a(1), a(3))),
    ("before every hit", related("before", "every"), (x(0), a(1), a(3)), (x(2), a(1), a(3))),
    ("after the last hit", related("after", "last"), (x(4), a(1), a(3)), (x(2), a(1), a(3))),
    ("after every hit", related("after", "every"), (x(4), a(1), a(3)), (x(2), a(1), a(3))),
    ("around a hit, within turns", related("around", "any", within_turns=1), (x(2), a(3)),
     (x(0), a(3))),
    ("in the same turn", related("same_turn"), (x(2, 5.0), a(2)), (x(3), a(2))),
    ("within seconds", related("after", within_s=10), (x(2, 0.0), a(1)), (x(3), a(1))),
    ("within turns", related("after", within_turns=1), (x(2), a(1)), (x(3), a(1))),
    ("an anchor by its absolute place",
     {"conditions": {"x": X, "a": {"says": {"words": "a", "window": {"last_s": 30}}}},
      "met_when": {"before": ["x", "a"]}}, (x(0), a(5)), (x(0), a(1))),
    ("all", logic({"all": ["x", "a"]}), (x(0), a(1)), (x(0),)),
    ("any", logic({"any": ["x", "a"]}), (a(1),), ()),
    ("not", logic({"not": "x"}), (), (x(0),)),
    ("at least n hits", logic({"at_least": {"n": 2, "find": "x"}}), (x(0), x(1)), (x(0),)),
    ("at least n of these", logic({"at_least": {"n": 2, "of": ["x", "a", "b"]}}), (x(0), b(1)),
     (b(1),)),
    ("at least n of these, nested",
     logic({"at_least": {"n": 2, "of": ["x", {"not": "a"}, {"before": ["b", "x"]}]}}),
     (x(0),), (x(0), a(1))),
    ("not at least n of these", logic({"not": {"at_least": {"n": 2, "of": ["x", "a", "b"]}}}),
     (x(0),), (x(0), a(1))),
    ("not x within turns after an a",
     logic({"not": {"after": {"find": "x", "anchor": "a", "within_turns": 2}}}), (a(1), x(4)),
     (a(1), x(2))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "holds", "fails"), [one[1:] for one in PHRASES], ids=[one[0] for one in PHRASES]
)
def test_phrase(rule: dict[str, Any], holds: tuple[Fact, ...], fails: tuple[Fact, ...]) -> None:
    conditions, rest = rule["conditions"], {k: v for k, v in rule.items() if k != "conditions"}
    made = rule_of(conditions, **rest)
    assert judged(call_with(*holds), made).verdict == "met"
    assert judged(call_with(*fails), made).verdict == "not_met"


@pytest.mark.parametrize(
    ("part", "facts", "verdict"),
    [
        ("only_if", (x(0), a(1)), "met"),
        ("only_if", (x(0),), "not_applicable"),
        ("unless", (a(1),), "not_applicable"),
        ("unless", (x(0),), "met"),
    ],
)
def test_only_if_and_unless(part: str, facts: tuple[Fact, ...], verdict: str) -> None:
    assert judged(call_with(*facts), rule_of({"x": X, "a": A}, met_when="x", **{part: "a"})
                  ).verdict == verdict  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [((a(0), x(1)), "met"), ((x(1),), "not_applicable"), ((a(0),), "not_met")],
)
def test_a_prerequisite_rule(facts: tuple[Fact, ...], verdict: str) -> None:
    first = rule_of({"a": A}, rule_id="OPEN-002", met_when="a")
    then = rule_of({"x": X}, only_if={"rule": "OPEN-002"}, met_when="x")
    assert judged(call_with(*facts), then, first).verdict == verdict


WITHOUT = {"not": {"after": {"find": "x", "anchor": "a", "within_turns": 2}}}


@pytest.mark.parametrize(
    ("heard", "verdict"),
    [
        ({}, "not_met"),
        ({2: 2, 3: 2}, "undecided"),  # where x might have been, little was heard
        ({5: 0}, "not_met"),  # elsewhere: no matter
    ],
)
def test_a_negated_relation_needs_proof_of_absence(heard: dict[int, int], verdict: str) -> None:
    """ "An a, and no x within two turns after" is a fault only where the x was listened for."""
    rule = rule_of({"x": X, "a": A}, met_when={"not": {"all": ["a", WITHOUT]}})
    turns = turns_of(*("csr", "customer") * 3, heard=heard)
    assert judged(call_with(a(1), turns=turns), rule).verdict == verdict


def test_anchors_cannot_be_cyclic_by_grammar() -> None:
    """An anchor is a condition's name, never a relation: there is nothing to close a circle."""
    for body in (
        {"before": {"find": "x", "anchor": {"after": ["x", "a"]}}},
        {"before": [{"before": ["x", "a"]}, "a"]},
        {"before": ["before", "a"]},
    ):
        source = Source("rule", {})
        assert read_logic(body, source, (), frozenset({"x", "a"})) is None
        assert source.errors
