"""`says`: which facts count, from whom, and when a verdict stays open."""

from typing import Any

import pytest
from pydantic import ValidationError

from qa.domain.facts import Candidate, Facts
from qa.domain.patterns import phrase_of, phrases_of
from qa.findings.operators.says import Says
from tests.findings.by_hand import (
    ALTERNATING,
    call_with,
    judged,
    near,
    one_condition,
    rule_of,
    said,
    turns_of,
)

GREETING: dict[str, Any] = {"speaker": "csr", "words": "greeting"}
PHRASE = {"speaker": "csr", "phrases": ["good morning", "good day"]}
OTHER = {"speaker": "csr", "phrases": ["good evening"]}


def phrase(params: dict[str, Any], turn: int) -> Any:
    made = phrase_of(params)
    assert made is not None
    return said("phrase", turn, value=made.key)


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (GREETING, call_with(said("greeting", 0)), "met"),
        (GREETING, call_with(said("closing", 0)), "not_met"),
        (GREETING, call_with(said("greeting", 1)), "not_met"),
        ({"words": "greeting"}, call_with(said("greeting", 1)), "met"),
        ({"words": ["greeting", "closing"]}, call_with(said("closing", 1)), "met"),
        (GREETING | {"window": {"first_turns": 1}}, call_with(said("greeting", 2)), "not_met"),
        (PHRASE, call_with(phrase(PHRASE, 0)), "met"),
        (PHRASE, call_with(phrase(OTHER, 0)), "not_met"),
        ({"regex": "good (day|morning)"}, call_with(phrase({"regex": "x"}, 0)), "not_met"),
        # Only possible hits leave it open.
        (GREETING, call_with(near("greeting", 0, 0.2)), "undecided"),
        (GREETING, call_with(near("greeting", 1, 0.2)), "not_met"),
        (GREETING, call_with(near("greeting", 0, 0.45)), "not_met"),
        (GREETING, call_with(said("greeting", 0, confidence=0.1)), "undecided"),
        (GREETING, call_with(said("greeting", 0), near("greeting", 2, 0.2)), "met"),
        # Who speaks: an unknown speaker may be the CSR.
        (GREETING, call_with(said("greeting", 0, speaker="unknown")), "undecided"),
        (PHRASE | {"speaker": None}, call_with(phrase(PHRASE, 0)), "met"),
    ],
)
def test_says(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("says", **params)).verdict == verdict


MONO = turns_of(*["unknown"] * 6)
PARTLY = turns_of("csr", "unknown", "customer", "csr", "unknown", "customer")


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        # Nobody said it, so whoever spoke, the CSR did not.
        (call_with(turns=MONO, missing={"speakers": "mono"}), "not_met"),
        (
            call_with(
                said("greeting", 3, speaker="unknown"), turns=MONO, missing={"speakers": "mono"}
            ),
            "undecided",
        ),
        # A known CSR said it: the unknown turns change nothing.
        (
            call_with(said("greeting", 0), turns=PARTLY, missing={"speakers": "unknown_turns"}),
            "met",
        ),
        # Without any turn nothing is known.
        (call_with(turns=(), missing={"speakers": "no_turns"}), "undecided"),
    ],
)
def test_unknown_speakers_open_only_what_they_decide(facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("says", **GREETING)).verdict == verdict


def test_a_phrase_said_by_an_unknown_speaker_counts_where_anyone_may_say_it() -> None:
    rule = one_condition("says", phrases=["good morning"])
    heard = phrase({"phrases": ["good morning"]}, 0).model_copy(update={"speaker": "unknown"})
    facts = call_with(heard, turns=MONO, missing={"speakers": "mono"})
    assert judged(facts, rule).verdict == "met"


# Several wordings ---------------------------------------------------------------------------

PHRASES = ["no risk", "guaranteed", "you can not lose"]
TWO = {"phrases": PHRASES, "at_least": 2}
ALL = {"phrases": PHRASES, "all": True}
BOTH: dict[str, Any] = {"words": ["greeting", "self_introduction"], "all": True}


def part(params: dict[str, Any], wording: str, turn: int, at_s: float = 1.0) -> Any:
    """The fact of one counted wording."""
    (key,) = (one.key for one in phrases_of(params) if one.phrases == (wording,))
    return said("phrase", turn, at_s, value=key, quote=wording)


def nearly(params: dict[str, Any], wording: str, turn: int, distance: float = 0.2) -> Any:
    fact = part(params, wording, turn)
    return Candidate(**fact.model_dump(), distance=distance, wanted=wording)


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (TWO, call_with(part(TWO, "no risk", 0)), "not_met"),
        (TWO, call_with(part(TWO, "no risk", 0), part(TWO, "no risk", 2)), "not_met"),
        (TWO, call_with(part(TWO, "no risk", 0), part(TWO, "guaranteed", 4)), "met"),
        (ALL, call_with(part(ALL, "no risk", 0), part(ALL, "guaranteed", 4)), "not_met"),
        (ALL, call_with(*(part(ALL, one, 2, float(at)) for at, one in enumerate(PHRASES))), "met"),
        (BOTH, call_with(said("greeting", 0)), "not_met"),
        (BOTH, call_with(said("greeting", 0), said("self_introduction", 2)), "met"),
        # One of all is only near: a person decides.
        (TWO, call_with(part(TWO, "no risk", 0), nearly(TWO, "guaranteed", 2)), "undecided"),
        (TWO, call_with(part(TWO, "no risk", 0), nearly(TWO, "guaranteed", 2, 0.4)), "not_met"),
        (TWO, call_with(nearly(TWO, "no risk", 0)), "not_met"),
        # A possible hit is not needed where enough are sure.
        (
            TWO,
            call_with(
                nearly(TWO, "you can not lose", 0), part(TWO, "no risk", 2),
                part(TWO, "guaranteed", 4),
            ),
            "met",
        ),
        # Absence in a badly heard window proves nothing.
        (
            ALL | {"speaker": "csr"},
            call_with(part(ALL, "no risk", 0), turns=turns_of(*ALTERNATING, heard={2: 1, 4: 2})),
            "undecided",
        ),
        # All in one turn.
        (
            TWO | {"in_one_turn": True},
            call_with(part(TWO, "no risk", 0), part(TWO, "guaranteed", 4)),
            "not_met",
        ),
        (
            TWO | {"in_one_turn": True},
            call_with(part(TWO, "no risk", 4, 1.0), part(TWO, "guaranteed", 4, 5.0)),
            "met",
        ),
        # A list and a phrase together.
        (
            {"words": "greeting", "phrases": ["no risk"], "all": True},
            call_with(
                said("greeting", 0), part({"phrases": ["no risk"], "all": True}, "no risk", 0)
            ),
            "met",
        ),
    ],
)  # fmt: skip
def test_several_wordings(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("says", **params)).verdict == verdict


def test_none_of_them_is_absence() -> None:
    rule = rule_of({"it": {"says": {"phrases": PHRASES}}}, met_when={"not": "it"})
    one = {"phrases": PHRASES}
    assert judged(call_with(), rule).verdict == "met"
    assert judged(call_with(phrase(one, 0)), rule).verdict == "not_met"


def test_a_finding_shows_all_that_was_said_and_names_what_was_not() -> None:
    both = call_with(part(TWO, "no risk", 0), part(TWO, "guaranteed", 4))
    found = judged(both, one_condition("says", **TWO))
    assert [one.quote for one in found.evidence] == ["no risk", "guaranteed"]
    lacking = judged(call_with(part(ALL, "no risk", 0)), one_condition("says", **ALL))
    assert lacking.reason.values["wanted"] == "guaranteed, you can not lose"
    assert [one.quote for one in lacking.evidence] == ["no risk"]


def test_the_hit_is_where_the_number_is_complete() -> None:
    rule = rule_of(
        {"it": {"says": TWO}, "greeting": {"says": {"words": "greeting"}}},
        met_when={"before": ["it", "greeting"]},
    )
    early = (part(TWO, "no risk", 0), said("greeting", 2))
    assert judged(call_with(*early, part(TWO, "guaranteed", 4)), rule).verdict == "not_met"
    assert judged(call_with(*early, part(TWO, "guaranteed", 1)), rule).verdict == "met"


# Tolerance ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tolerance", "distance", "verdict"),
    [
        (None, 0.3, "undecided"), (None, 0.31, "not_met"), (0.1, 0.2, "not_met"),
        (0.1, 0.1, "undecided"), (0.5, 0.5, "undecided"), (0, 0.0, "undecided"),
    ],
)  # fmt: skip
def test_tolerance(tolerance: float | None, distance: float, verdict: str) -> None:
    params: dict[str, Any] = {"phrases": ["no risk at all"], "tolerance": tolerance}
    (made,) = phrases_of(params)
    fact = said("phrase", 0, value=made.key)
    heard = Candidate(**fact.model_dump(), distance=distance, wanted="no risk at all")
    rule = one_condition("says", **params)
    assert judged(call_with(heard), rule).verdict == verdict
    assert judged(call_with(heard, fact), rule).verdict == "met"


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"phrases": ["a", "b"], "at_least": 3}, "only 2 are named"),
        ({"phrases": ["a", "b"], "at_least": 2, "all": True}, "either all: or at_least:"),
        ({"phrases": ["a"], "in_one_turn": True}, "goes with at_least"),
        ({"words": "greeting", "tolerance": 0.1}, "a word list has its own"),
        ({"regex": "a+", "tolerance": 0.1}, "near sounds of phrases"),
        ({"phrases": ["a"], "tolerance": 0.6}, "less than or equal to 0.5"),
    ],
)
def test_wrong_parameters(params: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        Says.model_validate(params)


def test_tokens_have_a_key_of_their_own() -> None:
    one = Says.model_validate({"tokens": [[{"LOWER": "refund"}, {"LIKE_NUM": True}]]})
    other = Says.model_validate({"tokens": [[{"LOWER": "refund"}]]})
    assert len(one.keys | other.keys) == 2
    assert one.kinds == ("phrase",)
