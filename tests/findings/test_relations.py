"""before, after, around, same_turn; any, every, first, last and n-th; reach in seconds, turns."""

from typing import Any

import pytest

from qa.domain.facts import Fact
from qa.domain.rules import Rule
from tests.findings.by_hand import call_with, judged, rule_of, said, sound


def relation(where: str, hit: Any = "first", **reach: Any) -> Rule:
    conditions = {"x": {"says": {"words": "x"}}, "a": {"says": {"words": "a"}}}
    body = {"find": "x", "anchor": "a", "hit": hit, **reach}
    return rule_of(conditions, met_when={where: body})


def x(turn: int, at_s: float = 1.0, length_s: float = 1.0) -> Fact:
    return said("x", turn, at_s, length_s=length_s)


def a(turn: int, at_s: float = 1.0, length_s: float = 1.0) -> Fact:
    return said("a", turn, at_s, length_s=length_s)


def holds(rule: Rule, *facts: Fact) -> bool:
    verdict = judged(call_with(*facts), rule).verdict
    assert verdict in ("met", "not_met")
    return verdict == "met"


@pytest.mark.parametrize(
    ("where", "facts", "value"),
    [
        ("before", (x(0), a(1)), True),
        ("before", (x(1), a(0)), False),
        # It starts earlier; where it ends does not matter. At the same time is not before.
        ("before", (x(0, 1.0, 9.0), a(0, 2.0)), True),
        ("before", (x(0, 2.0), a(0, 2.0)), False),
        ("before", (x(0, 1.999), a(0, 2.0)), True),
        ("after", (x(1), a(0)), True),
        ("after", (x(0), a(1)), False),
        # It ends later; at the same time is not after.
        ("after", (x(0, 1.0, 9.0), a(0, 2.0, 1.0)), True),
        ("after", (x(0, 3.0, 1.0), a(0, 1.0, 3.0)), False),
        ("around", (x(0), a(1)), True),
        ("around", (x(1), a(0)), True),
        ("around", (x(0, 2.0, 1.0), a(0, 1.0, 4.0)), False),
        ("same_turn", (x(0, 5.0), a(0, 1.0)), True),
        ("same_turn", (x(2), a(0)), False),
    ],
)
def test_where(where: str, facts: tuple[Fact, ...], value: bool) -> None:
    assert holds(relation(where), *facts) is value


# Anchors in turns 1, 3 and 5; an x before the second only.
ANCHORS = (a(1), a(3), a(5))


@pytest.mark.parametrize(
    ("hit", "facts", "value"),
    [
        ("any", (*ANCHORS, x(2, 9.0)), True),
        ("first", (*ANCHORS, x(2, 9.0)), False),
        ("last", (*ANCHORS, x(2, 9.0)), False),
        (1, (*ANCHORS, x(2, 9.0)), False),
        (2, (*ANCHORS, x(2, 9.0)), True),
        (3, (*ANCHORS, x(2, 9.0)), False),
        (4, (*ANCHORS, x(2, 9.0)), False),
        ("every", (*ANCHORS, x(2, 9.0)), False),
        ("every", (*ANCHORS, x(0, 9.0), x(2, 9.0), x(4, 9.0)), True),
        ("first", (*ANCHORS, x(0, 9.0)), True),
        ("last", (*ANCHORS, x(4, 9.0)), True),
        # No anchor: only `every` is true.
        ("any", (x(0),), False),
        ("every", (x(0),), True),
        ("every", (), True),
        ("first", (x(0),), False),
        ("last", (x(0),), False),
        (2, (x(0), a(1)), False),
    ],
)
def test_which_anchor(hit: Any, facts: tuple[Fact, ...], value: bool) -> None:
    assert holds(relation("before", hit, within_s=5), *facts) is value


@pytest.mark.parametrize(
    ("where", "reach", "facts", "value"),
    [
        # Seconds from the end of the one to the start of the other, the bound included.
        ("before", {"within_s": 5}, (x(0, 4.0, 1.0), a(1, 0.0)), True),
        ("before", {"within_s": 5}, (x(0, 3.999, 1.0), a(1, 0.0)), False),
        ("after", {"within_s": 5}, (a(0, 4.0, 1.0), x(1, 0.0)), True),
        ("after", {"within_s": 5}, (a(0, 3.999, 1.0), x(1, 0.0)), False),
        ("around", {"within_s": 5}, (a(0, 4.0, 1.0), x(1, 0.0)), True),
        ("around", {"within_s": 5}, (x(0, 4.0, 1.0), a(1, 0.0)), True),
        ("around", {"within_s": 5}, (x(0, 3.0, 1.0), a(1, 0.0)), False),
        # Turns of whoever, counted as they stand.
        ("before", {"within_turns": 2}, (x(1), a(3)), True),
        ("before", {"within_turns": 2}, (x(1), a(4)), False),
        ("after", {"within_turns": 1}, (a(1), x(2)), True),
        ("after", {"within_turns": 1}, (a(1), x(3)), False),
        ("around", {"within_turns": 1}, (a(2), x(1)), True),
        ("around", {"within_turns": 1}, (a(2), x(3)), True),
        ("around", {"within_turns": 1}, (a(2), x(0)), False),
        # Both bounds hold.
        ("before", {"within_turns": 1, "within_s": 5}, (x(0, 9.0), a(1)), True),
        ("before", {"within_turns": 1, "within_s": 5}, (x(0, 1.0), a(1)), False),
    ],
)
def test_reach(where: str, reach: dict[str, Any], facts: tuple[Fact, ...], value: bool) -> None:
    assert holds(relation(where, **reach), *facts) is value


def test_a_fact_is_not_another_of_its_own_turn() -> None:
    rule = rule_of(
        {"x": {"says": {"words": "x"}}, "y": {"says": {"words": ["x", "a"]}}},
        met_when={"same_turn": ["y", "x"]},
    )
    assert not holds(rule, x(0))
    assert holds(rule, x(0), a(0))
    # The same thing told twice is still one.
    assert not holds(rule, x(0), x(0))


def test_sounds_count_to_the_turn_that_began_last() -> None:
    conditions = {"silence": {"dead_air": {"min_s": 1}}, "a": {"says": {"words": "a"}}}
    rule = rule_of(conditions, met_when={"same_turn": ["silence", "a"]})
    assert holds(rule, a(2), sound("dead_air", 25, 2))
    assert not holds(rule, a(2), sound("dead_air", 35, 2))


def test_what_is_before_the_first_turn_shares_no_turn() -> None:
    late = tuple(
        turn.model_copy(update={"start_s": turn.start_s + 20, "end_s": turn.end_s + 20})
        for turn in call_with().turns
    )
    conditions = {"silence": {"dead_air": {"min_s": 1}}, "hold": {"hold": {"min_s": 1}}}
    rule = rule_of(conditions, met_when={"same_turn": ["silence", "hold"]})
    facts = call_with(sound("dead_air", 1, 2), sound("hold", 5, 2), turns=late)
    assert judged(facts, rule).verdict == "not_met"


@pytest.mark.parametrize(("count", "value"), [(0, False), (1, False), (2, True), (3, True)])
def test_at_least(count: int, value: bool) -> None:
    rule = rule_of({"x": {"says": {"words": "x"}}}, met_when={"at_least": {"n": 2, "find": "x"}})
    assert holds(rule, *(x(turn) for turn in range(count))) is value


def test_pairs_are_the_evidence() -> None:
    finding = judged(
        call_with(*ANCHORS, x(2, 9.0), x(0, 9.0)), relation("before", "any", within_s=5)
    )
    assert finding.reason.code == "in_order"
    assert {one.quote for one in finding.evidence} == {"x 0", "a 1", "x 2", "a 3"}
