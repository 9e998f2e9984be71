"""Two passes: with and without what is only possible; and what was not measured."""

from typing import Any

import pytest

from qa.domain.facts import Fact, Facts
from qa.domain.limits import Limits
from qa.domain.rules import Rule
from qa.findings.related import MAX_JOINED
from tests.findings.by_hand import (
    call_with,
    judged,
    near,
    one_condition,
    rule_of,
    said,
    sound,
)

GREETS = one_condition("says", speaker="csr", words="greeting")
NEVER = rule_of({"bad": {"says": {"words": "bad"}}}, met_when={"not": "bad"})
ANSWERS = rule_of(
    {"upset": {"says": {"words": "upset"}}, "sorry": {"says": {"words": "sorry"}}},
    only_if="upset",
    met_when={"after": ["sorry", "upset"]},
)
TWICE = rule_of(
    {"thanks": {"says": {"words": "thanks"}}}, met_when={"at_least": {"n": 2, "find": "thanks"}}
)


@pytest.mark.parametrize(
    ("rule", "facts", "because", "quote"),
    [
        (GREETS, call_with(near("greeting", 0, 0.2)), "near_sound", "greeting?"),
        (
            GREETS,
            call_with(said("greeting", 0, confidence=0.39)),
            "low_confidence",
            "greeting 0",
        ),
        (
            GREETS,
            call_with(said("greeting", 0, speaker="unknown")),
            "unknown_speaker",
            "greeting 0",
        ),
        # A possible precondition, a possible answer.
        (ANSWERS, call_with(near("upset", 1, 0.1)), "near_sound", "upset?"),
        (ANSWERS, call_with(said("upset", 1), near("sorry", 2, 0.1)), "near_sound", "sorry?"),
        # The nearest of several possible ones is named.
        (GREETS, call_with(near("greeting", 0, 0.2), near("greeting", 2, 0.1)), "near_sound", None),
        (TWICE, call_with(said("thanks", 0), near("thanks", 2, 0.2)), "near_sound", "thanks?"),
        (NEVER, call_with(near("bad", 2, 0.2)), "near_sound", "bad?"),
    ],
)
def test_a_possible_hit_that_decides_is_named(
    rule: Rule, facts: Facts, because: str, quote: str | None
) -> None:
    finding = judged(facts, rule)
    assert (finding.verdict, finding.reason.code) == ("undecided", "possible_hit")
    assert finding.reason.values["because"] == because
    assert len(finding.evidence) == 1
    if quote is not None:
        assert finding.evidence[0].quote == quote
        assert quote in finding.reason.text.zh
        assert quote in finding.reason.text.en
    if because == "near_sound":
        assert finding.nearest is not None
        assert finding.nearest.distance == min(c.distance for c in facts.candidates)


@pytest.mark.parametrize(
    ("rule", "facts", "verdict"),
    [
        # Sure enough without the possible one.
        (GREETS, call_with(said("greeting", 0), near("greeting", 2, 0.1)), "met"),
        # Not enough even with it.
        (TWICE, call_with(near("thanks", 0, 0.1)), "not_met"),
        # It stands where it changes nothing.
        (ANSWERS, call_with(said("upset", 3), near("sorry", 0, 0.1)), "not_met"),
        (ANSWERS, call_with(near("sorry", 0, 0.1)), "not_applicable"),
    ],
)
def test_the_same_verdict_both_ways_is_decided(rule: Rule, facts: Facts, verdict: str) -> None:
    assert judged(facts, rule).verdict == verdict


def test_a_possible_first_anchor_may_displace_the_sure_one() -> None:
    """The sure `upset` is answered; were the near one the first, it is answered as well."""
    rule = rule_of(
        {"upset": {"says": {"words": "upset"}}, "sorry": {"says": {"words": "sorry"}}},
        met_when={"before": {"find": "sorry", "anchor": "upset", "hit": 2}},
    )
    sure = [said("upset", 1), said("sorry", 2), said("upset", 3)]
    assert judged(call_with(*sure), rule).verdict == "met"
    finding = judged(call_with(*sure, near("upset", 0, 0.1)), rule)
    assert (finding.verdict, finding.evidence[0].quote) == ("undecided", "upset?")


@pytest.mark.parametrize("limit", [0.1, 0.4, 0.9])
def test_the_limit_of_sure_hits_is_a_setting(limit: float) -> None:
    limits = Limits(sure_hit_confidence=limit)
    just = judged(call_with(said("greeting", 0, confidence=limit)), GREETS, limits=limits)
    below = judged(call_with(said("greeting", 0, confidence=limit - 0.01)), GREETS, limits=limits)
    assert (just.verdict, below.verdict) == ("met", "undecided")


@pytest.mark.parametrize("limit", [0.1, 0.3, 0.5])
def test_the_limit_of_near_sounds_is_a_setting(limit: float) -> None:
    limits = Limits(near_distance=limit)
    just = judged(call_with(near("greeting", 0, limit)), GREETS, limits=limits)
    beyond = judged(call_with(near("greeting", 0, limit + 0.01)), GREETS, limits=limits)
    assert (just.verdict, beyond.verdict) == ("undecided", "not_met")
    assert beyond.nearest is not None


# What was not measured -----------------------------------------------------------------------

HOLD: dict[str, Any] = {"hold": {}}
SILENCE: dict[str, Any] = {"dead_air": {"min_s": 6}}
NOTICE: dict[str, Any] = {"says": {"speaker": "csr", "words": "notice"}}
NO_HOLDS = {"holds": "no_events"}
NO_SOUND = {"activity": "no_activity"}
HUNG = {"hung_up_by": {"by": "csr"}}
NOTICED = {"before": {"find": "notice", "anchor": "hold", "hit": "every"}}


@pytest.mark.parametrize(
    ("conditions", "logic", "facts", "verdict"),
    [
        ({"hold": HOLD}, {"met_when": "hold"}, call_with(missing=NO_HOLDS), "undecided"),
        ({"hold": HOLD}, {"met_when": {"not": "hold"}}, call_with(missing=NO_HOLDS), "undecided"),
        # A hit that was found all the same proves nothing while the need is missing.
        (
            {"hold": HOLD},
            {"met_when": "hold"},
            call_with(sound("hold", 10, 20), missing=NO_HOLDS),
            "undecided",
        ),
        # Settled whatever the missing one is (Kleene).
        (
            {"hold": HOLD, "notice": NOTICE},
            {"met_when": {"any": ["hold", "notice"]}},
            call_with(said("notice", 0), missing=NO_HOLDS),
            "met",
        ),
        (
            {"hold": HOLD, "notice": NOTICE},
            {"met_when": {"any": ["hold", "notice"]}},
            call_with(missing=NO_HOLDS),
            "undecided",
        ),
        (
            {"hold": HOLD, "notice": NOTICE},
            {"met_when": {"all": ["hold", "notice"]}},
            call_with(missing=NO_HOLDS),
            "not_met",
        ),
        (
            {"hold": HOLD, "notice": NOTICE},
            {"met_when": {"all": ["hold", "notice"]}},
            call_with(said("notice", 0), missing=NO_HOLDS),
            "undecided",
        ),
        # only_if and unless.
        (
            {"hold": HOLD, "notice": NOTICE},
            {"only_if": "hold", "met_when": "notice"},
            call_with(said("notice", 0), missing=NO_HOLDS),
            "undecided",
        ),
        (
            {"hold": HOLD, "notice": NOTICE},
            {"unless": "hold", "met_when": "notice"},
            call_with(said("notice", 0), missing=NO_HOLDS),
            "undecided",
        ),
        (
            {"hold": HOLD, "hung": HUNG, "notice": NOTICE},
            {"only_if": "hold", "unless": "notice", "met_when": "hung"},
            call_with(said("notice", 0), missing=NO_HOLDS),
            "not_applicable",
        ),
        (
            {"hold": HOLD, "hung": HUNG, "notice": NOTICE},
            {"only_if": "notice", "unless": "hold", "met_when": "hung"},
            call_with(missing=NO_HOLDS),
            "not_applicable",
        ),
        # Relations: a missing side matters only where the other side has something.
        ({"hold": HOLD, "notice": NOTICE}, {"met_when": NOTICED}, call_with(), "met"),
        (
            {"hold": HOLD, "notice": NOTICE},
            {"met_when": NOTICED},
            call_with(missing=NO_HOLDS),
            "undecided",
        ),
        (
            {"silence": SILENCE, "hold": HOLD},
            {"met_when": {"before": {"find": "hold", "anchor": "silence", "hit": "every"}}},
            call_with(missing=NO_HOLDS),
            "met",
        ),
        (
            {"silence": SILENCE, "hold": HOLD},
            {"met_when": {"before": {"find": "hold", "anchor": "silence", "hit": "every"}}},
            call_with(sound("dead_air", 10, 7), missing=NO_HOLDS),
            "undecided",
        ),
        (
            {"silence": SILENCE, "hold": HOLD},
            {"met_when": {"before": ["hold", "silence"]}},
            call_with(missing=NO_HOLDS),
            "not_met",
        ),
        (
            {"silence": SILENCE, "hold": HOLD},
            {"met_when": {"before": ["hold", "silence"]}},
            call_with(missing=NO_SOUND),
            "not_met",
        ),
        (
            {"silence": SILENCE, "hold": HOLD},
            {"met_when": {"before": ["hold", "silence"]}},
            call_with(sound("hold", 5, 5), missing=NO_SOUND),
            "undecided",
        ),
        (
            {"silence": SILENCE, "hold": HOLD},
            {"met_when": {"before": ["hold", "silence"]}},
            call_with(missing=NO_SOUND | NO_HOLDS),
            "undecided",
        ),
        (
            {"silence": SILENCE, "hold": HOLD},
            {"met_when": {"after": {"find": "hold", "anchor": "silence", "hit": 2}}},
            call_with(sound("dead_air", 10, 7), missing=NO_HOLDS),
            "not_met",
        ),
    ],
)
def test_a_missing_need_leaves_open_only_what_it_decides(
    conditions: dict[str, Any], logic: dict[str, Any], facts: Facts, verdict: str
) -> None:
    assert judged(facts, rule_of(conditions, **logic)).verdict == verdict


def test_the_missing_need_that_matters_is_named() -> None:
    rule = rule_of(
        {"hung": HUNG, "notice": NOTICE, "hold": HOLD},
        met_when={"any": [{"all": ["notice", "hung"]}, "hold"]},
    )
    facts = call_with(missing={"hung_up_by": "not_told", **NO_HOLDS})
    finding = judged(facts, rule)
    # `notice` is false, so who hung up does not matter; the holds do.
    assert (finding.reason.code, finding.reason.values) == (
        "not_measured",
        {"need": "holds", "why": "no_events"},
    )
    assert "保持" in finding.reason.text.zh
    assert "on hold" in finding.reason.text.en
    assert finding.evidence == ()


@pytest.mark.parametrize(("told", "why"), [({}, "not_told"), ({"product": "many"}, "not_a_number")])
def test_a_missing_attribute_is_named(told: dict[str, str], why: str) -> None:
    rule = one_condition("attribute", name="product", **{"is": "less", "value": 5})
    finding = judged(call_with(attributes=told), rule)
    assert finding.reason.values == {"need": "attribute product", "why": why}
    assert "product" in finding.reason.text.zh


def test_more_hits_than_can_be_related_leave_the_relation_open() -> None:
    many: list[Fact] = [
        said("notice", 0, number / 100, length_s=0.001, quote=None)
        for number in range(MAX_JOINED + 1)
    ]
    counted = one_condition("says", words="notice")
    related = rule_of(
        {"notice": {"says": {"words": "notice"}}, "hold": HOLD},
        rule_id="OPEN-002",
        met_when={"before": ["notice", "hold"]},
    )
    facts = call_with(sound("hold", 20, 5), *many)
    assert judged(facts, counted, related).verdict == "met"
    finding = judged(facts, related)
    assert (finding.verdict, finding.reason.values["why"]) == ("undecided", "too_many")
    fewer = call_with(sound("hold", 20, 5), *many[:MAX_JOINED])
    assert judged(fewer, related).verdict == "met"
