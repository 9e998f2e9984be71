"""The filter before the regexes names every regex that matches."""

from typing import get_args

import pytest

from qa.facts.candidates import Candidates
from qa.facts.matcher import Matcher
from qa.facts.reading import read
from qa.facts.regexes import compile_regex
from tests.facts.labelled import patterns, turns
from transcribe.transcript import Language


def compiled(*regexes: str) -> list[tuple[int, object]]:
    return [(owner, compile_regex("k", one, "zh")) for owner, one in enumerate(regexes)]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("三天了还没到", {0, 1}),
        ("他没有来", {1}),
        ("5个人", {1, 2}),
        ("", {1}),
    ],
)
def test_regexes_whose_literals_stand_in_the_text(text: str, owners: set[int]) -> None:
    """The second needs no literal, so every text may match it."""
    several = Candidates(compiled("天了.{0,3}没(?:到|来)", "^[^a]*$", "[0-9]个人"))
    assert {owner for owner, _ in several.of(text, frozenset({0, 1, 2}))} == owners


def test_only_the_owners_asked_for() -> None:
    several = Candidates(compiled("没到", "没到了"))
    assert [owner for owner, _ in several.of("还没到了", frozenset({1}))] == [1]


def test_too_many_literals_for_one_automaton_still_find() -> None:
    """Ten thousand words are more than RE2's filter takes: then every regex may match."""
    words = [f"{chr(0x4E00 + i // 100)}{chr(0x5E00 + i % 100)}{i}号" for i in range(20_000)]
    parts = ["(?:" + "|".join(words[i : i + 500]) + ")吗" for i in range(0, len(words), 500)]
    several = Candidates(compiled(*parts))
    owners = frozenset(range(len(parts)))
    for text in (f"是{words[0]}吗", f"是{words[-1]}吗"):
        assert any(regex.search(text) for _, regex in several.of(text, owners))


@pytest.mark.parametrize("language", get_args(Language))
def test_nothing_is_missed_on_the_labelled_turns(language: Language) -> None:
    matcher = Matcher(patterns(language))
    owners = frozenset(range(len(matcher.entries)))
    own = [(n, r) for n, one in enumerate(matcher.entries) for r in one.regexes]
    several = Candidates(own)
    for one in turns(language)[::12]:
        text = read(one.text, language, matcher.spellings).text
        wanted = {id(r) for _, r in own if r.search(text)}
        assert wanted <= {id(r) for _, r in several.of(text, owners)}
