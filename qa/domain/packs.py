"""Packs: everything that people wrote in YAML, validated and cross-referenced."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from qa.domain.call import Call
from qa.domain.coaching import Course, Skill
from qa.domain.contacts import Topic
from qa.domain.derivations import Derivation
from qa.domain.distributions import Distribution
from qa.domain.patterns import Patterns
from qa.domain.rules import AppliesTo, Rule
from qa.domain.scorecards import Scorecard
from transcribe.noun import Noun
from transcribe.transcript import Language

# Facts that every call has, whoever's rules use them (contract 5).
_ALWAYS = frozenset(
    {
        "greeting", "self_introduction", "ask_identity", "restate", "hold_notice", "hold_thanks",
        "apology", "empathy", "promise", "further_help", "closing", "forbidden",
        "transfer_notice", "recording_notice", "complaint", "thanks", "anger", "confirmation",
        "dissatisfaction_threat",
        # Lists that operators read without being told their names.
        "back_channel", "filler", "promise_owner", "satisfaction",
        # What tells that a machine speaks (contract 8).
        "voicemail", "recorded_voice",
    }
)  # fmt: skip


class Packs(Noun):
    """Rules, word lists, scorecards, skills and courses of one site.

    patterns: one entry a language, word lists and the rules' inline phrases compiled together.
    A call is judged by the rules of its form and by those that are nobody's or belong to forms
    for all calls; what only the forms of other trades ask for is neither judged nor measured.
    """

    rules: tuple[Rule, ...]
    derivations: tuple[Derivation, ...] = ()
    patterns: tuple[Patterns, ...]
    scorecards: tuple[Scorecard, ...]
    skills: tuple[Skill, ...]
    courses: tuple[Course, ...]
    topics: tuple[Topic, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    digest: str

    def patterns_for(self, call: Call, scorecard: Scorecard | None = None) -> Patterns:
        """Patterns of the call's language; the call must have one.

        Without the word lists that only rules of other forms use. scorecard: the packs' own
        choice for the call when None.
        """
        assert call.language is not None
        return _patterns_without(_Same(self), call.language, self._elsewhere(call, scorecard))

    def rules_for(self, call: Call, scorecard: Scorecard | None = None) -> tuple[Rule, ...]:
        """Rules of the call's language and form that are not retired and apply to the call."""
        elsewhere = self._elsewhere(call, scorecard)
        return tuple(
            rule
            for rule in self.rules
            if rule.language == call.language
            and rule.status != "retired"
            and rule.id not in elsewhere
            and _applies(rule.applies_to, call)
        )

    def derivations_for(self, call: Call) -> tuple[Derivation, ...]:
        """Derivations of the call's language that apply to it."""
        return tuple(
            one
            for one in self.derivations
            if one.language == call.language and _applies(one.applies_to, call)
        )

    def scorecard_for(self, call: Call) -> Scorecard:
        """The call's scorecard, of its language and direction; the first one where several fit.

        A form for some calls only (`applies_to`) goes before those for all.
        """
        same = [s for s in self.scorecards if s.language == call.language]
        some = [s for s in same if s.applies_to != AppliesTo() and _applies(s.applies_to, call)]
        every = [s for s in same if s.applies_to == AppliesTo()] or same
        return next((s for s in (*some, *every) if s.direction == call.direction), every[0])

    def _elsewhere(self, call: Call, scorecard: Scorecard | None) -> frozenset[str]:
        """Ids of the rules that only forms of other calls than this one ask for."""
        card = scorecard or self.scorecard_for(call)
        here = {s.id for s in self.scorecards if _applies(s.applies_to, call)} | {card.id}
        others = frozenset(
            s.id for s in self.scorecards if s.language == call.language and s.id not in here
        )
        if not others:
            return frozenset()
        own = frozenset(rule for item in card.items for rule in item.rules)
        return _only_on(_Same(self), call.language, others) - own


def _applies(want: AppliesTo, call: Call) -> bool:
    return (
        (not want.direction or call.direction in want.direction)
        and (not want.queue or call.queue in want.queue)
        and all(call.attributes.get(name) in values for name, values in want.attributes.items())
    )


class _Same:
    """Packs as a cache key: the very same ones, or others with the same digest and forms."""

    def __init__(self, packs: Packs) -> None:
        self.packs = packs

    def __hash__(self) -> int:
        return hash(self.packs.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and (self.packs is other.packs or self.packs == other.packs)


@lru_cache(maxsize=64)
def _only_on(key: _Same, language: Language | None, others: frozenset[str]) -> frozenset[str]:
    """Ids of the rules that these forms name and no other form of the language does."""
    there: set[str] = set()
    here: set[str] = set()
    for card in key.packs.scorecards:
        if card.language == language:
            side = there if card.id in others else here
            side.update(rule for item in card.items for rule in item.rules)
    return frozenset(there - here)


@lru_cache(maxsize=64)
def _patterns_without(key: _Same, language: Language, left_out: frozenset[str]) -> Patterns:
    """The language's patterns less the word lists that only the rules left out name."""
    packs = key.packs
    patterns = next(one for one in packs.patterns if one.language == language)
    kept: set[str] = set(_ALWAYS)
    dropped: set[str] = set()
    judged: tuple[Rule | Derivation, ...] = (*packs.rules, *packs.derivations)
    for rule in judged:
        if rule.language == language:
            names = {name for one in rule.conditions for name in _texts(one.params)}
            (dropped if rule.id in left_out else kept).update(names)
    lists = tuple(one for one in patterns.lists if one.kind not in dropped - kept)
    if len(lists) == len(patterns.lists):
        return patterns
    fewer = patterns.model_copy(update={"lists": lists})
    return fewer.model_copy(update={"digest": patterns_digest(fewer)})


def patterns_digest(patterns: Patterns) -> str:
    """sha256 (16 hex digits) of what the patterns find.

    Titles and places do not matter, nor entities that no rule asks for, nor synonym groups by
    themselves: phrases and lists have them written out. Spellings do.
    """
    asked = tuple(one for one in patterns.entities if one.kind in patterns.asked)
    spelt = tuple(one for one in patterns.synonyms if one.spellings)
    blank = patterns.model_copy(update={"digest": "", "entities": asked, "synonyms": spelt})
    unsaid: dict[str, Any] = {"__all__": {"title", "place"}}
    text = blank.model_dump_json(
        exclude={
            "lists": unsaid,
            "entities": unsaid,
            "phrases": {"__all__": {"place"}},
            "synonyms": {"__all__": {"place"}},
        }
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _texts(value: object) -> Iterator[str]:
    """Every text in a condition's parameters, however deep: names of word lists stand among."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts(one)
