"""Behaviours that many small wordings tell together."""

import math
import time

import pytest
from pydantic import ValidationError

from qa.domain.limits import Limits
from qa.domain.patterns import Cues, WordList
from qa.facts.cues import LONGEST, CueMatcher
from qa.facts.matcher import MAX_HITS_A_TURN
from qa.facts.reading import read
from tests.facts.calls import patterns, said, words
from transcribe.errors import CodedError
from transcribe.transcript import Language

CUES = Cues(enough=2.0, points={"三天": 1.5, "没人": 1.0, "联系": 0.5, "谢谢": -2.0})


def complaint(cues: Cues = CUES, language: Language = "zh") -> WordList:
    return words("complaint", "投诉", language=language).model_copy(update={"cues": cues})


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("都三天了还没人联系我", "三天了还没人联系"),
        ("三天了，怎么没人来", "三天了，怎么没人"),
        ("三天三天三天", None),  # a cue counts once
        ("三天了没人联系，谢谢", None),  # what speaks against it counts too
        ("没人联系", None),
        ("", None),
    ],
)
def test_points_are_added_up(text: str, quote: str | None) -> None:
    found = said(text, found=patterns(complaint()))
    assert [fact.quote for fact in found] == ([] if quote is None else [quote])


def test_cues_alone_never_decide() -> None:
    sure = Cues(enough=1.0, points={"三天": 50.0})
    (fact,) = said("三天了", found=patterns(complaint(sure)))
    assert 0.5 < fact.confidence < Limits().sure_hit_confidence


def test_a_listed_wording_comes_first() -> None:
    (fact,) = said("三天了没人联系，我要投诉", found=patterns(complaint()))
    assert (fact.quote, fact.confidence) == ("投诉", 1.0)


def test_words_are_whole_in_english() -> None:
    cues = Cues(enough=1.0, points={"late": 1.5, "I'm": 0.0})
    found = patterns(complaint(cues, "en"), language="en")
    assert [f.quote for f in said("It was LATE again", found=found)] == ["LATE"]
    assert said("what a plate", found=found) == ()


def test_a_long_turn_is_told_sentence_by_sentence() -> None:
    filling = "就" * (LONGEST["zh"] - 5) + "。"
    found = patterns(complaint())
    assert said(f"三天了。{filling}没人联系。", found=found) == ()
    assert len(said(f"三天了没人。{filling}三天了没人。", found=found)) == 2
    endless = said("三天没人" + "就" * 200 + "三天没人" * 1000, found=found)
    assert len(endless) == MAX_HITS_A_TURN


def test_a_turn_without_end_is_told_in_time() -> None:
    matcher = CueMatcher("zh", [(7, Cues(enough=9.0, points={"三天": 1.5, "没人": 1.0}))], str)
    reading = read("三天没人" * 100_000, "zh")
    literals = matcher.literals.find([reading.text])[0]
    began = time.process_time()
    assert matcher.tell(reading, frozenset({7}), literals) == {}
    assert time.process_time() - began < 3  # each stretch looking at every hit: half a minute


def test_each_speaker_for_itself() -> None:
    own = complaint().model_copy(update={"speaker": "customer"})
    assert said("三天了没人", found=patterns(own), speaker="csr") == ()


def test_likelihood_is_that_of_the_points_beyond_enough() -> None:
    matcher = CueMatcher("zh", [(7, CUES)], str)
    reading = read("三天没人联系", "zh")
    literals = matcher.literals.find([reading.text])[0]
    (told,) = matcher.tell(reading, frozenset({7}), literals)[7]
    assert told.likelihood == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert matcher.tell(reading, frozenset({8}), literals) == {}


def test_a_cue_that_is_nothing_is_refused() -> None:
    with pytest.raises(CodedError) as caught:
        said("三天", found=patterns(complaint(Cues(enough=1.0, points={"，": 1.0}))))
    assert caught.value.code == "QA302"


@pytest.mark.parametrize(
    "wrong", [{"enough": 0, "points": {"a": 1}}, {"enough": 1, "points": {}},
              {"enough": 1, "points": {"a": float("nan")}}]
)  # fmt: skip
def test_points_that_mean_nothing_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Cues.model_validate(wrong)
