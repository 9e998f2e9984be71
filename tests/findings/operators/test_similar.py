"""`similar`: hits, near misses, and what happens without the extra."""

from typing import Any

import pytest
from pydantic import ValidationError

from qa.domain.facts import Candidate, Facts
from qa.domain.patterns import sentences_of
from qa.findings.operators.similar import Similar
from tests.findings.by_hand import call_with, judged, one_condition, said

MODEL: dict[str, Any] = {"speaker": "csr", "sentences": ["anything else I can do for you"]}
BY_WORDS = MODEL | {"by": "words"}


def like(params: dict[str, Any], turn: int, **fields: Any) -> Any:
    made = sentences_of(params)
    assert made is not None
    return said("similar", turn, value=made.key, **fields)


def nearly(params: dict[str, Any], turn: int, distance: float) -> Candidate:
    return Candidate(
        **like(params, turn).model_dump(), distance=distance, wanted=params["sentences"][0]
    )


@pytest.mark.parametrize(
    ("params", "facts", "verdict"),
    [
        (MODEL, call_with(like(MODEL, 0)), "met"),
        (MODEL, call_with(like(MODEL, 1)), "not_met"),
        (MODEL, call_with(like(BY_WORDS, 0)), "not_met"),
        (MODEL, call_with(nearly(MODEL, 0, 0.1)), "undecided"),
        (MODEL, call_with(nearly(MODEL, 0, 0.11)), "not_met"),
        (MODEL, call_with(like(MODEL, 0, speaker="unknown")), "undecided"),
        (MODEL, call_with(missing={"encoder": "no_encoder"}), "undecided"),
        # By words nothing is needed.
        (BY_WORDS, call_with(missing={"encoder": "no_encoder"}), "not_met"),
        (BY_WORDS, call_with(like(BY_WORDS, 0), missing={"encoder": "no_encoder"}), "met"),
        (MODEL, call_with(turns=(), missing={"speakers": "no_turns"}), "undecided"),
    ],
)
def test_similar(params: dict[str, Any], facts: Facts, verdict: str) -> None:
    assert judged(facts, one_condition("similar", **params)).verdict == verdict


def test_the_reason_names_the_extra() -> None:
    rule = one_condition("similar", **MODEL)
    found = judged(call_with(missing={"encoder": "no_encoder"}), rule)
    assert "callgrade[meaning]" in found.reason.text.en
    assert "callgrade[meaning]" in found.reason.text.zh


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"sentences": []}, "at least 1"),
        (MODEL | {"at_least": 0.9}, "goes with by: words"),
        ({"sentences": [" "], "by": "words"}, "like nothing"),
    ],
)
def test_wrong_parameters(params: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        Similar.model_validate(params)
