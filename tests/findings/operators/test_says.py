"""`says`: which facts count, from whom, and when a verdict stays open."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from qa.domain.patterns import phrase_of
from tests.findings.by_hand import call_with, judged, near, one_condition, said, turns_of

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
