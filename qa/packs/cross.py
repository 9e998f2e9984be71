"""What the files of a pack say of each other, and what the whole of them looks for."""

import hashlib
from collections.abc import Iterable, Sequence

from qa.domain.coaching import Course
from qa.domain.derivations import Derivation
from qa.domain.lists_used import lists_used
from qa.domain.packs import patterns_digest
from qa.domain.patterns import (
    PRIVATE_KINDS,
    Patterns,
    Phrase,
    Sentences,
    Synonyms,
    WordList,
    asked_by,
    phrases_of,
    sentences_of,
)
from qa.domain.rules import Rule
from qa.domain.scorecards import Scorecard
from qa.domain.synonyms import list_with, phrase_with
from qa.packs.derivations import derivation_digest, with_faults
from qa.packs.nouns import menu
from qa.packs.rules import rule_digest
from transcribe.errors import CodedError
from transcribe.transcript import Language

Judgeable = Rule | Derivation


def with_all_faults(
    rules: Iterable[Rule], derivations: Iterable[Derivation], scorecards: Sequence[Scorecard]
) -> tuple[tuple[Rule, ...], tuple[Derivation, ...], list[CodedError]]:
    """Rules and derivations with what their faults count; QA247."""
    written = tuple(rules)
    made, errors = with_faults(written, rule_digest, written, scorecards)
    derived, more = with_faults(tuple(derivations), derivation_digest, written, scorecards)
    ordered = tuple(sorted(derived, key=lambda one: (one.language, one.id)))
    return made, ordered, errors + more


def packs_digest(
    judged: Iterable[Judgeable],
    patterns: Iterable[Patterns],
    scorecards: Iterable[Scorecard],
    courses: Iterable[Course],
) -> str:
    """sha256 (16 hex digits) of what the packs mean."""
    parts = [
        *(f"{one.language}{one.id}{one.digest}{getattr(one, 'status', '')}" for one in judged),
        *(one.digest for one in patterns),
        *(card.digest for card in scorecards),
        *(course.digest for course in courses),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def patterns_of(
    language: Language,
    words: Sequence[WordList],
    rules: Iterable[Judgeable],
    *,
    entities: Sequence[WordList] = (),
    synonyms: Sequence[Synonyms] = (),
) -> Patterns:
    """The language's lists and what its rules ask for, as one noun with its digest."""
    groups = {one.name: one.words for one in synonyms}
    phrases: dict[str, Phrase] = {}
    sentences: dict[str, Sentences] = {}
    asked: set[str] = set()
    for rule in rules:
        for condition in rule.conditions if rule.language == language else ():
            place = condition.place or rule.place
            for phrase in phrases_of(condition.params):
                placed = phrase.model_copy(update={"place": place})
                phrases.setdefault(phrase.key, phrase_with(placed, groups))
            model = sentences_of(condition.params)
            sentences |= {model.key: model} if model is not None else {}
            asked.update(asked_by(condition.operator, condition.params))
    made = Patterns(
        language=language,
        lists=tuple(list_with(one, groups) for one in words),
        phrases=tuple(phrases[key] for key in sorted(phrases)),
        sentences=tuple(sentences[key] for key in sorted(sentences)),
        synonyms=tuple(synonyms),
        entities=tuple(list_with(one, groups) for one in entities),
        asked=tuple(sorted(asked)),
        digest="",
    )
    return made.model_copy(update={"digest": patterns_digest(made)})


def ids_twice(
    rules: Iterable[Rule],
    scorecards: Iterable[Scorecard],
    derivations: Iterable[Derivation] = (),
) -> list[CodedError]:
    """QA230, QA244, QA248: ids that two rules, forms or derivations have."""
    errors = []
    seen: dict[tuple[str, str], str] = {}
    for rule in rules:
        first = seen.setdefault((rule.language, rule.id), rule.place)
        if first != rule.place:
            errors.append(CodedError("QA230", place=rule.place, rule=rule.id, first=first))
    given: dict[tuple[str, str], str] = {}
    for one in derivations:
        first = given.setdefault((one.language, one.id), one.place)
        if first != one.place:
            errors.append(CodedError("QA248", place=one.place, derivation=one.id, first=first))
    cards: dict[str, str] = {}
    for scorecard in scorecards:
        first = cards.setdefault(scorecard.id, scorecard.place)
        if first != scorecard.place:
            errors.append(
                CodedError("QA244", place=scorecard.place, scorecard=scorecard.id, first=first)
            )
    return errors


def wrong_lists(rules: Iterable[Judgeable], words: Iterable[WordList]) -> list[CodedError]:
    """QA237 an unknown word list, QA245 one that is only looked for in the other's turns."""
    errors = []
    known = {one.kind: one for one in words}
    for rule in rules:
        for condition in rule.conditions:
            place = condition.place or rule.place
            for kind, speaker in lists_used(condition.operator, condition.params):
                values: dict[str, object] = {"rule": rule.id, "words": kind}
                if kind not in known:
                    options = menu(kind, known)
                    errors.append(CodedError("QA237", place=place, options=options, **values))
                elif known[kind].speaker not in ("any", speaker or known[kind].speaker):
                    values |= {"speaker": speaker, "listed": known[kind].speaker}
                    errors.append(CodedError("QA245", place=place, **values))
    return errors


def wrong_entities(rules: Iterable[Judgeable], entities: Iterable[WordList]) -> list[CodedError]:
    """QA246 a kind of entity that is neither private data nor a list under `rules/entities`."""
    names = {kind: name for name, kind in PRIVATE_KINDS.items()}
    listed = {one.kind for one in entities}
    known = (set(PRIVATE_KINDS) - {"name"}) | {names.get(kind, kind) for kind in listed}
    errors = []
    for rule in rules:
        for condition in (one for one in rule.conditions if one.operator == "discloses"):
            kinds = condition.params.get("kinds")
            for kind in kinds if isinstance(kinds, list | tuple) else (kinds,):
                if isinstance(kind, str) and kind not in known:
                    values = {"rule": rule.id, "kind": kind, "options": menu(kind, known)}
                    place = condition.place or rule.place
                    errors.append(CodedError("QA246", place=place, **values))
    return errors


def unknown_rules(rules: Iterable[Rule], scorecards: Iterable[Scorecard]) -> list[CodedError]:
    """QA231 and QA238, of one language's rules and scorecards."""
    status = {rule.id: rule.status for rule in rules}
    errors = []
    for scorecard in scorecards:
        for item in scorecard.items:
            found = [status.get(rule) for rule in item.rules]
            for rule_id, one in zip(item.rules, found, strict=True):
                if one is None:
                    errors.append(
                        CodedError(
                            "QA231",
                            place=item.place,
                            item=item.ref_id,
                            rule=rule_id,
                            options=menu(rule_id, status),
                        )
                    )
            if item.by == "machine" and found and None not in found and "live" not in found:
                errors.append(
                    CodedError(
                        "QA238",
                        place=item.place,
                        item=item.ref_id,
                        rules=", ".join(item.rules),
                    )
                )
    return errors
