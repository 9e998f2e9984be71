"""Search windows: turns, seconds and shares from both ends, half-open, and unknown speakers."""

from typing import Any

import pytest

from qa.domain.rules import Window
from qa.findings.hits import Search, View
from tests.findings.by_hand import TURNS, call_with, judged, near, one_condition, said, turns_of
from transcribe.transcript import Speaker


def search(window: dict[str, Any], speaker: Speaker | None = "csr", **call: Any) -> Search:
    return View(call_with(**call)).search(speaker, Window(**window))


@pytest.mark.parametrize(
    ("window", "span", "turns"),
    [
        # The CSR's turns are 0, 2, 4 of the six, ten seconds each.
        ({}, (0, 60), [0, 2, 4]),
        ({"first_turns": 1}, (0, 10), [0]),
        ({"first_turns": 2}, (0, 30), [0, 2]),
        ({"first_turns": 9}, (0, 50), [0, 2, 4]),
        ({"last_turns": 1}, (40, 60), [4]),
        ({"last_turns": 2}, (20, 60), [2, 4]),
        ({"first_s": 20}, (0, 20), [0]),
        ({"first_s": 20.1}, (0, 20.1), [0, 2]),
        ({"first_s": 900}, (0, 60), [0, 2, 4]),
        ({"last_s": 20}, (40, 60), [4]),
        ({"last_s": 10}, (50, 60), []),
        ({"last_s": 900}, (0, 60), [0, 2, 4]),
        ({"first_share": 0.5}, (0, 30), [0, 2]),
        ({"last_share": 0.5}, (30, 60), [4]),
        ({"first_share": 1.0, "last_share": 1.0}, (0, 60), [0, 2, 4]),
        # Several bounds all hold.
        ({"first_turns": 2, "first_s": 15}, (0, 15), [0]),
        ({"last_turns": 2, "last_share": 0.25}, (45, 60), [4]),
        ({"first_turns": 2, "last_turns": 2}, (20, 30), [2]),
        # Bounds that leave nothing between them.
        ({"first_s": 10, "last_s": 10}, (50, 50), []),
    ],
)
def test_a_window_of_the_csr(
    window: dict[str, Any], span: tuple[float, float], turns: list[int]
) -> None:
    found = search(window)
    assert (found.span.start_s, found.span.end_s) == span
    assert [turn.index for turn in found.turns] == turns


def test_turns_of_anyone_are_counted_where_anyone_may_speak() -> None:
    assert [turn.index for turn in search({"first_turns": 2}, None).turns] == [0, 1]


@pytest.mark.parametrize("window", [{"first_turns": 2}, {"last_turns": 2}])
def test_no_turn_no_window(window: dict[str, Any]) -> None:
    found = search(window, turns=turns_of("customer", "customer"))
    assert (found.turns, found.span.start_s) == ((), found.span.end_s)


@pytest.mark.parametrize(
    ("window", "at_s", "inside"),
    [
        ({"first_s": 15}, 14.999, True),
        ({"first_s": 15}, 15.0, False),
        ({"last_s": 45}, 15.0, True),
        ({"last_s": 45}, 14.999, False),
        ({"first_share": 0.25}, 15.0, False),
        ({"last_share": 0.75}, 15.0, True),
        # The end of the call is no bound: what stands there is in.
        ({"first_s": 60}, 60.0, True),
        ({"last_s": 10}, 60.0, True),
    ],
)
def test_bounds_are_half_open(window: dict[str, Any], at_s: float, inside: bool) -> None:
    fact = said("x", 0).model_copy(update={"turn": None, "start_s": at_s, "end_s": at_s})
    assert search(window, None).holds(fact) is inside


def test_a_fact_outside_the_turns_that_count_is_outside() -> None:
    found = search({"first_turns": 2})
    assert found.holds(said("x", 2, 9.5))
    assert not found.holds(said("x", 1))
    assert not found.holds(said("x", 4))


UNKNOWN = turns_of("unknown", "csr", "unknown", "csr", "customer", "unknown")


@pytest.mark.parametrize(
    ("window", "turns", "unsure"),
    [
        # The CSR's first two turns are among the first four: 0 and 2 may be the customer's.
        ({"first_turns": 2}, [0, 1, 2, 3], {2, 3}),
        ({"first_turns": 1}, [0, 1], {1}),
        ({"last_turns": 1}, [3, 5], {3}),
    ],
)
def test_unknown_turns_widen_a_window_and_leave_its_edge_unsure(
    window: dict[str, Any], turns: list[int], unsure: set[int]
) -> None:
    found = search(window, turns=UNKNOWN)
    assert [turn.index for turn in found.turns] == turns
    assert found.unsure == unsure


def test_a_sure_hit_at_an_unsure_edge_is_only_possible() -> None:
    rule = one_condition("says", speaker="csr", words="greeting", window={"first_turns": 2})
    facts = call_with(
        said("greeting", 3, speaker="csr"), turns=UNKNOWN, missing={"speakers": "unknown_turns"}
    )
    finding = judged(facts, rule)
    assert (finding.verdict, finding.reason.code) == ("undecided", "possible_hit")
    assert finding.reason.values["because"] == "unknown_speaker"


def test_a_near_sound_outside_the_window_decides_nothing() -> None:
    rule = one_condition("says", speaker="csr", words="greeting", window={"first_turns": 1})
    finding = judged(call_with(near("greeting", 2, 0.1)), rule)
    assert (finding.verdict, finding.nearest) == ("not_met", None)


def test_turns_that_touch_no_second_of_the_call_still_count() -> None:
    empty = TURNS[0].model_copy(update={"end_s": 0.0})
    found = search({"first_s": 5}, turns=(empty,))
    assert [turn.index for turn in found.turns] == [0]
