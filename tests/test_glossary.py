"""The glossary: both languages, one notion a word, every choice the product can show."""

import re
from pathlib import Path
from typing import get_args

import pytest

from qa.domain.call import Direction
from qa.domain.coaching import SKILLS
from qa.domain.evaluations import FatalItem, ItemScore
from qa.domain.rules import Rule, Verdict
from qa.domain.scorecards import By, ItemClass
from qa.glossary import GLOSSARY, TERMS, Term, word
from qa.packs.load import load_packs
from transcribe.transcript import Language, Speaker


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_both_languages_are_present(term: Term) -> None:
    assert re.fullmatch(r"[\u4e00-\u9fff]+", term.word.zh)
    assert not re.search(r"[\u4e00-\u9fff]", term.word.en)


def test_keys_are_unique() -> None:
    assert len(GLOSSARY) == len(TERMS)


@pytest.mark.parametrize("language", get_args(Language))
def test_no_two_notions_share_a_word(language: Language) -> None:
    keys: dict[str, set[str]] = {}
    for term in TERMS:
        notion = term.key.rpartition(".")[2]  # skill.empathy and empathy are one notion
        keys.setdefault(term.word.of(language).casefold(), set()).add(notion)
    assert {said: notions for said, notions in keys.items() if len(notions) > 1} == {}


def test_no_synonym_is_the_word_of_another_notion() -> None:
    words = {said: term.key for term in TERMS for said in (term.word.zh, term.word.en)}
    wrong = {
        also: (term.key, words[also])
        for term in TERMS
        for also in term.also
        if words.get(also, term.key).rpartition(".")[2] != term.key.rpartition(".")[2]
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("family", "members"),
    [
        ("verdict", get_args(Verdict)),
        ("party", get_args(Speaker)),
        ("class", get_args(ItemClass)),
        ("by", get_args(By)),
        ("direction", get_args(Direction)),
        ("language", get_args(Language)),
        ("status", get_args(Rule.model_fields["status"].annotation)),
        ("reach", get_args(FatalItem.model_fields["reach"].annotation)),
        ("source", get_args(ItemScore.model_fields["source"].annotation)),
        ("skill", SKILLS),
    ],
)
def test_every_choice_has_a_word(family: str, members: tuple[str, ...]) -> None:
    named = {key.partition(".")[2] for key in GLOSSARY if key.startswith(f"{family}.")}
    assert named == set(members)


def test_word_is_in_the_language_asked_for() -> None:
    assert word("csr", "zh") == "座席"
    assert word("csr", "en") == "customer service representative"


def test_shipped_skills_and_bands_use_the_same_words() -> None:
    packs = load_packs(Path(__file__).parents[1])
    said = {f"skill.{skill.id}": skill.title for skill in packs.skills}
    for scorecard in packs.scorecards:
        said |= {f"band.{band.id}": band.title for band in scorecard.bands}
    assert said
    assert {key: title for key, title in said.items() if title != GLOSSARY[key].word} == {}
