"""`process_flow`: steps in their order, optional ones, branches, gaps; and what is missing."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from qa.findings.flows import MAX_WAYS
from tests.findings.by_hand import (
    TURNS,
    call_with,
    judged,
    near,
    one_condition,
    said,
    sound,
    turns_of,
)
from transcribe.errors import CodedErrors

A, B, C = said("greeting", 0), said("ask_identity", 2), said("closing", 4)
STEPS = [
    {"words": "greeting", "speaker": "csr"},
    {"words": "ask_identity", "speaker": "csr"},
    {"words": "closing", "speaker": "csr"},
]
ABC = {"steps": STEPS}
OPTIONAL = {"steps": [STEPS[0], STEPS[1] | {"optional": True}, STEPS[2]]}
BRANCH = {
    "steps": [
        STEPS[0],
        {"one_of": [[STEPS[1]], [{"words": "transfer_notice"}, {"words": "transfer"}]]},
        STEPS[2],
    ]
}
HOLD = {"steps": [{"words": "hold_notice"}, {"words": "hold"}, {"words": "hold_thanks"}]}


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (ABC, call_with(A, B, C), "met"),
        (ABC, call_with(C, B, A), "met"),  # facts in any order
        (ABC, call_with(A, C), "not_met"),
        (ABC, call_with(B, C), "not_met"),
        (ABC, call_with(), "not_met"),
        # The wrong order, and a right one among repetitions.
        (ABC, call_with(said("greeting", 2), said("ask_identity", 0), C), "not_met"),
        (ABC, call_with(A, said("ask_identity", 0, 0.5), B, C), "met"),
        # By the wrong party.
        (ABC, call_with(A, said("ask_identity", 1), C), "not_met"),
        # In one turn, and at one moment.
        (ABC, call_with(A, said("ask_identity", 0, 2.0), said("closing", 0, 4.0)), "met"),
        (ABC, call_with(A, said("ask_identity", 0), C), "met"),
        (OPTIONAL, call_with(A, C), "met"),
        (OPTIONAL, call_with(A, B, C), "met"),
        (OPTIONAL, call_with(A, B), "not_met"),
        # Gaps: 0 -> 20 s -> 40 s; from an end to the next start are 19 s.
        (ABC | {"max_gap_s": 19}, call_with(A, B, C), "met"),
        (ABC | {"max_gap_s": 18.9}, call_with(A, B, C), "not_met"),
        (ABC | {"max_gap_s": 12}, call_with(A, said("greeting", 1, 1.0, speaker="csr"),
                                            said("ask_identity", 2, 1.0), said("closing", 3, 2.0,
                                            speaker="csr")), "met"),
        (ABC | {"max_gap_turns": 2}, call_with(A, B, C), "met"),
        (ABC | {"max_gap_turns": 1}, call_with(A, B, C), "not_met"),
        # The nearest step before is not the one to go on from.
        (OPTIONAL | {"max_gap_s": 40}, call_with(A, said("ask_identity", 5), C), "met"),
        # Branches.
        (BRANCH, call_with(A, B, C), "met"),
        (BRANCH, call_with(A, said("transfer_notice", 2), sound("transfer", 25, 0), C), "met"),
        (BRANCH, call_with(A, said("transfer_notice", 2), C), "not_met"),
        (BRANCH, call_with(A, sound("transfer", 15, 0), said("transfer_notice", 2), C), "not_met"),
        # Measured steps.
        (HOLD, call_with(said("hold_notice", 0), sound("hold", 10, 8), said("hold_thanks", 2)),
         "met"),
        (HOLD, call_with(said("hold_notice", 0), said("hold_thanks", 2)), "not_met"),
        (HOLD, call_with(missing={"holds": "no_events"}), "undecided"),
        # A near sound of the missing step, a step of somebody unknown, one badly heard.
        (ABC, call_with(A, near("ask_identity", 2, 0.2), C), "undecided"),
        (ABC, call_with(A, near("ask_identity", 2, 0.45), C), "not_met"),
        (ABC, call_with(near("ask_identity", 2, 0.2), C), "not_met"),  # the greeting lacks anyway
        (ABC, call_with(A, said("ask_identity", 2, speaker="unknown"), C), "undecided"),
        (ABC, call_with(A, said("ask_identity", 2, confidence=0.1), C), "undecided"),
        # Absence in badly heard turns proves nothing.
        (ABC, call_with(A, B, turns=turns_of("csr", "customer", "csr", heard={2: 2})), "undecided"),
        (ABC, call_with(A, B, turns=turns_of("csr", "customer", "csr", heard={0: 2})), "not_met"),
        (ABC | {"window": {"first_s": 30}}, call_with(A, B, C), "not_met"),
        (ABC, call_with(missing={"speakers": "no_turns"}, turns=()), "undecided"),
    ],
)  # fmt: skip
def test_process_flow(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("process_flow", **params)).verdict == verdict


def test_a_whole_flow_shows_every_step() -> None:
    finding = judged(call_with(A, B, C), one_condition("process_flow", **ABC))
    assert [one.quote for one in finding.evidence] == ["greeting 0", "ask_identity 2", "closing 4"]
    assert finding.reason.text.zh == "发现：0:01.0 流程走完 3 步"
    assert finding.reason.text.en == "Found: the whole flow in 3 steps at 0:01.0"


def test_the_reason_names_the_missing_step_and_the_one_before() -> None:
    finding = judged(call_with(A, B), one_condition("process_flow", **ABC))
    assert finding.reason.code == "step_missing"
    assert finding.reason.values["number"] == 3
    assert finding.reason.values["wanted"] == "closing"
    assert finding.reason.text.zh == (
        "流程缺少第 3 步“结束语”：上一步是 0:21.0 “ask_identity 2”，已检测 0:21.0-1:00.0"
    )
    assert finding.reason.text.en == (
        'Step 3 of the flow, closing, is missing after "ask_identity 2" at 0:21.0; '
        "searched 0:21.0-1:00.0"
    )
    assert [one.quote for one in finding.evidence] == ["greeting 0", "ask_identity 2"]
    assert finding.searched[0].start_s == 21.0


def test_the_way_that_came_farthest_is_told() -> None:
    facts = call_with(A, said("transfer_notice", 2), C)
    why = judged(facts, one_condition("process_flow", **BRANCH)).reason
    assert (why.values["number"], why.values["wanted"]) == (3, "transfer")


def test_where_several_ways_break_off_each_is_told() -> None:
    finding = judged(call_with(A, C), one_condition("process_flow", **BRANCH))
    assert finding.reason.values["wanted"] == "ask_identity, transfer_notice"
    assert "身份核验或转接告知" in finding.reason.text.zh


def test_the_first_step_has_none_before_it() -> None:
    why = judged(call_with(turns=TURNS), one_condition("process_flow", **ABC)).reason
    assert why.values["number"] == 1
    assert "no step came before it" in why.text.en


def test_the_nearest_sound_of_the_missing_step_is_told() -> None:
    finding = judged(
        call_with(A, near("ask_identity", 2, 0.45), C), one_condition("process_flow", **ABC)
    )
    assert finding.nearest is not None
    assert finding.nearest.quote == "ask_identity?"


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([STEPS[0]], "at least 2"),
        ([STEPS[0], {}], "words or one_of"),
        ([STEPS[0], {"words": "closing", "one_of": [[STEPS[1]]]}], "words or one_of"),
        ([STEPS[0], {"one_of": [[]]}], "at least one step"),
        ([{"words": "a", "optional": True}, {"words": "b", "optional": True}], "not optional"),
        ([{"one_of": [[{"words": w}] for w in "abc"]}] * 4, f"more than {MAX_WAYS} ways"),
        ([{"one_of": [[STEPS[1]]], "speaker": "csr"}, STEPS[0]], "in the branches"),
    ],
)
def test_flows_that_mean_nothing_are_refused(steps: list[Any], told: str) -> None:
    with pytest.raises(CodedErrors) as raised:
        judged(call_with(), one_condition("process_flow", steps=steps))
    assert raised.value.errors[0].code == "QA331"
    assert told in str(raised.value.errors[0].values["problem_en"])
