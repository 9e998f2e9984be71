"""Absence costs points only where the window was heard well, and the finding shows where."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from qa.domain.limits import Limits
from qa.domain.rules import Rule
from tests.findings.by_hand import (
    ALTERNATING,
    call_with,
    judged,
    near,
    one_condition,
    rule_of,
    said,
    sound,
    turns_of,
)

GREETS = one_condition("says", speaker="csr", words="greeting")
OPENS = one_condition("says", speaker="csr", words="greeting", window={"first_turns": 1})
NOTICE: dict[str, Any] = {"says": {"speaker": "csr", "words": "notice"}}
THANKS: dict[str, Any] = {"says": {"speaker": "csr", "words": "thanks"}}
HOLD: dict[str, Any] = {"hold": {}}
BADLY = turns_of(*ALTERNATING, heard={0: 5, 2: 5, 4: 5})


def badly(*turns: int) -> Any:
    return turns_of(*ALTERNATING, heard=dict.fromkeys(turns, 1))


def notice_before(hit: Any, **reach: Any) -> Rule:
    relation = {"find": "notice", "anchor": "hold", "hit": hit, **reach}
    return rule_of({"notice": NOTICE, "hold": HOLD}, only_if="hold", met_when={"before": relation})


def test_absence_in_a_window_heard_well_is_proven_and_told() -> None:
    finding = judged(call_with(), OPENS)
    assert (finding.verdict, finding.reason.code) == ("not_met", "not_found")
    assert [(span.start_s, span.end_s) for span in finding.searched] == [(0, 10)]
    assert "0:00.0-0:10.0" in finding.reason.text.zh
    assert (finding.evidence, finding.nearest) == ((), None)


def test_absence_in_a_window_heard_badly_is_for_a_person() -> None:
    finding = judged(call_with(near("greeting", 0, 0.45), turns=BADLY), OPENS)
    assert (finding.verdict, finding.reason.code) == ("undecided", "heard_poorly")
    assert finding.reason.values["share"] == 50
    assert finding.nearest is not None
    assert (finding.nearest.quote, finding.nearest.distance) == ("greeting?", 0.45)
    assert "greeting?" in finding.reason.text.zh
    assert [(span.start_s, span.end_s) for span in finding.searched] == [(0, 10)]


def test_what_came_nearest_is_told_where_absence_is_proven() -> None:
    far, farther = near("greeting", 2, 0.4), near("greeting", 0, 0.49)
    finding = judged(call_with(farther, far), GREETS)
    assert finding.verdict == "not_met"
    assert finding.nearest is not None
    assert (finding.nearest.distance, finding.nearest.turn) == (0.4, 2)
    assert finding.nearest.wanted == "the greeting"
    assert "the greeting" in finding.reason.text.en


@pytest.mark.parametrize(
    ("heard", "share", "verdict"),
    [(6, 0.6, "not_met"), (5, 0.6, "undecided"), (3, 0.3, "not_met"), (0, 0.0, "not_met")],
)
def test_how_much_must_be_heard_is_a_setting(heard: int, share: float, verdict: str) -> None:
    facts = call_with(turns=turns_of("csr", heard={0: heard}))
    assert judged(facts, GREETS, limits=Limits(heard_share=share)).verdict == verdict


@pytest.mark.parametrize(
    ("rule", "facts", "verdict"),
    [
        # Only the window's own turns must be heard well, and only the speaker's.
        (OPENS, call_with(turns=badly(2, 4)), "not_met"),
        (OPENS, call_with(turns=badly(0)), "undecided"),
        (GREETS, call_with(turns=badly(1, 3, 5)), "not_met"),
        # What is measured was not listened for.
        (one_condition("hold"), call_with(turns=BADLY), "not_met"),
        # What was found is no absence.
        (GREETS, call_with(said("greeting", 0), turns=BADLY), "met"),
        # A rule that is met by absence costs nothing.
        (
            rule_of({"bad": {"says": {"words": "bad"}}}, met_when={"not": "bad"}),
            call_with(turns=BADLY),
            "met",
        ),
        # Too few is absence too.
        (
            rule_of({"n": NOTICE}, met_when={"at_least": {"n": 2, "find": "n"}}),
            call_with(said("notice", 0), turns=BADLY),
            "undecided",
        ),
    ],
)
def test_what_must_be_heard(rule: Rule, facts: Facts, verdict: str) -> None:
    assert judged(facts, rule).verdict == verdict


BOTH: dict[str, Any] = {
    "notice": NOTICE | {},
    "bad": {"says": {"speaker": "csr", "words": "bad", "window": {"last_turns": 1}}},
    "close": {"says": {"speaker": "csr", "words": "close", "window": {"last_turns": 1}}},
}


@pytest.mark.parametrize(
    ("logic", "facts", "verdict"),
    [
        # `bad` was surely said: whatever hides in the badly heard rest changes nothing.
        (
            {"met_when": {"all": [{"not": "bad"}, "notice", "close"]}},
            call_with(said("bad", 4), turns=badly(0, 2)),
            "not_met",
        ),
        # One absence is proven, which is enough to fail `all`.
        (
            {"met_when": {"all": [{"not": "bad"}, "notice", "close"]}},
            call_with(turns=badly(0, 2)),
            "not_met",
        ),
        # `any` fails only if each absence is proven.
        (
            {"met_when": {"any": [{"all": ["bad", "close"]}, "notice"]}},
            call_with(turns=badly(0, 2)),
            "undecided",
        ),
        (
            {"met_when": {"any": [{"all": ["bad", "close"]}, "notice"]}},
            call_with(turns=badly()),
            "not_met",
        ),
    ],
)
def test_an_unproven_absence_matters_only_where_it_decides(
    logic: dict[str, Any], facts: Facts, verdict: str
) -> None:
    assert judged(facts, rule_of(BOTH, **logic)).verdict == verdict


# Around an anchor ----------------------------------------------------------------------------

HELD = sound("hold", 35, 5)  # in the customer's turn 3
HELD_AGAIN = sound("hold", 55, 4)


def test_around_an_anchor_only_the_reach_must_be_heard() -> None:
    rule = notice_before("every", within_s=10)
    for turns, verdict in ((badly(0), "not_met"), (badly(2), "undecided"), (badly(4), "not_met")):
        finding = judged(call_with(HELD, turns=turns), rule)
        assert finding.verdict == verdict
        assert [(span.start_s, span.end_s) for span in finding.searched] == [(25, 35)]


@pytest.mark.parametrize(
    ("where", "reach", "span"),
    [
        ("before", {}, (0, 35)),
        ("before", {"within_s": 5}, (30, 35)),
        ("before", {"within_turns": 1}, (20, 30)),
        ("after", {}, (40, 60)),
        ("after", {"within_s": 5}, (40, 45)),
        ("after", {"within_turns": 1}, (40, 50)),
        ("around", {}, (0, 60)),
        ("around", {"within_s": 5}, (30, 45)),
        ("around", {"within_turns": 1}, (20, 50)),
        ("same_turn", {}, (30, 40)),
    ],
)
def test_what_was_searched_around_an_anchor_is_told(
    where: str, reach: dict[str, Any], span: tuple[float, float]
) -> None:
    relation = {"find": "notice", "anchor": "hold", **reach}
    rule = rule_of({"notice": NOTICE, "hold": HOLD}, met_when={where: relation})
    finding = judged(call_with(HELD), rule)
    assert (finding.verdict, finding.reason.code) == ("not_met", "lacking")
    assert [(one.start_s, one.end_s) for one in finding.searched] == [span]
    assert [(one.start_s, one.quote) for one in finding.evidence] == [(35, None)]
    assert "保持 5 秒" in finding.reason.text.zh
    assert "hold 5 s" in finding.reason.text.en


def test_the_nearest_around_an_anchor_lies_in_its_reach() -> None:
    inside, outside = near("notice", 2, 0.49, 8.0), near("notice", 0, 0.4)
    finding = judged(call_with(HELD, inside, outside), notice_before("first", within_s=10))
    assert finding.nearest is not None
    assert finding.nearest.turn == 2
    alone = judged(call_with(HELD, outside), notice_before("first", within_s=10))
    assert alone.nearest is None


@pytest.mark.parametrize(
    ("hit", "turns", "verdict"),
    [
        # Each of two holds lacks its notice. For `every` one proven lack is enough; for the
        # others one unproven lack is enough to leave it open.
        ("every", badly(2), "not_met"),
        ("every", badly(4), "not_met"),
        ("every", badly(2, 4), "undecided"),
        ("any", badly(2), "undecided"),
        ("any", badly(0), "not_met"),
        ("first", badly(2), "undecided"),
        ("first", badly(4), "not_met"),
        ("last", badly(4), "undecided"),
        ("last", badly(2), "not_met"),
        (2, badly(4), "undecided"),
    ],
)
def test_lacks_of_several_anchors(hit: Any, turns: Any, verdict: str) -> None:
    facts = call_with(HELD, HELD_AGAIN, turns=turns)
    assert judged(facts, notice_before(hit, within_s=10)).verdict == verdict


def test_an_anchor_that_was_never_said_must_have_been_heard_too() -> None:
    rule = rule_of({"notice": NOTICE, "thanks": THANKS}, met_when={"after": ["thanks", "notice"]})
    assert judged(call_with(), rule).verdict == "not_met"
    finding = judged(call_with(turns=BADLY), rule)
    assert (finding.verdict, finding.reason.code) == ("undecided", "heard_poorly")
