"""One file of rules, of a word list or of a scorecard, read among packs that are there already."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from qa.domain.derivations import Derivation
from qa.domain.packs import Packs
from qa.domain.patterns import Synonyms, WordList
from qa.domain.rules import Rule
from qa.domain.scorecards import Scorecard
from qa.domain.synonyms import list_with
from qa.packs.cross import (
    ids_twice,
    packs_digest,
    patterns_of,
    unknown_rules,
    with_all_faults,
    wrong_entities,
    wrong_lists,
)
from qa.packs.distributions import compared
from qa.packs.rules import read_rule_file
from qa.packs.scorecards import check_skills, read_scorecard
from qa.packs.synonyms import load_synonyms, wrong_synonyms
from qa.packs.words import read_list_of
from qa.packs.yaml_reader import read_plain
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun
from transcribe.transcript import Language

Kind = Literal["rules", "words", "scorecard", "synonyms"]
WANTED = "rules: [...], derive: [...], scorecard: {...}, synonyms: [...], kind: ..."


class OneFile(Noun):
    """The packs with the file's part in place, and what the file holds."""

    packs: Packs
    kind: Kind
    rules: tuple[Rule, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    words: WordList | None = None
    scorecard: Scorecard | None = None


def kind_of(path: Path, *, name: str) -> Kind:
    """What the file holds, by its top level. Raises those of `read_plain`, QA213."""
    value, _ = read_plain(path, name=name)
    keys = set(value) if isinstance(value, dict) else set()
    if keys and keys <= {"rules", "derive"}:
        return "rules"
    if keys == {"scorecard"}:
        return "scorecard"
    if keys == {"synonyms"}:
        return "synonyms"
    if "kind" in keys:
        return "words"
    raise CodedError("QA213", place=f"{name}:1:1", wanted=WANTED)


def with_file(packs: Packs, path: Path, language: Language | None, *, name: str = "") -> OneFile:
    """The packs in which the file's rules, list or scorecard stand for those of the same id.

    language: of rules and word lists; a scorecard says its own. Raises CodedErrors with every
    fault of the file: those of its reader; QA230, QA231, QA237, QA238, QA245 and those of
    `check_skills` where it names what the packs do not have; QA257 no language.
    """
    name = name or str(path)
    kind = kind_of(path, name=name)
    if kind == "scorecard":
        return _with_scorecard(packs, path, name)
    if language is None:
        raise CodedError("QA257", place=name, options="zh, en")
    if kind == "words":
        return _with_words(packs, path, language, name)
    if kind == "synonyms":
        return _with_synonyms(packs, path, language, name)
    file = read_rule_file(path, language, name=name)
    rules = tuple(compared(rule, packs.distributions) for rule in file.rules)
    derived = tuple(compared(one, packs.distributions) for one in file.derivations)
    own: tuple[Rule | Derivation, ...] = (*rules, *derived)
    ids = {one.id for one in own}
    others = [r for r in packs.rules if r.language != language or r.id not in ids]
    given = [d for d in packs.derivations if d.language != language or d.id not in ids]
    _, _, faults = with_all_faults((*others, *rules), (*given, *derived), packs.scorecards)
    lists = [one for p in packs.patterns if p.language == language for one in p.lists]
    patterns = next(one for one in packs.patterns if one.language == language)
    errors = [
        *file.errors,
        *(fault for fault in faults if fault.place.startswith(f"{name}:")),
        *ids_twice(rules, (), derived),
        *wrong_lists(own, lists),
        *wrong_entities(own, patterns.entities),
        *wrong_synonyms(own, (), patterns.synonyms),
    ]
    if errors:
        raise CodedErrors(errors)
    made = remade(packs, rules=(*others, *rules), derivations=(*given, *derived))
    return OneFile(
        packs=made,
        kind=kind,
        rules=tuple(r for r in made.rules if r.language == language and r.id in ids),
        derivations=tuple(d for d in made.derivations if d.language == language and d.id in ids),
    )


def _with_words(packs: Packs, path: Path, language: Language, name: str) -> OneFile:
    try:
        words, errors = read_list_of(path, name, language)
    except CodedErrors as error:
        words, errors = None, list(error.errors)
    patterns = next(one for one in packs.patterns if one.language == language)
    errors += wrong_synonyms((), [words] if words else [], patterns.synonyms)
    if errors or words is None:
        raise CodedErrors(errors)
    made = list_with(words, {one.name: one.words for one in patterns.synonyms})
    entity = path.resolve().parents[1].name == "entities"
    packs = remade(packs, entity=made) if entity else remade(packs, words=made)
    return OneFile(packs=packs, kind="words", words=words)


def _with_synonyms(packs: Packs, path: Path, language: Language, name: str) -> OneFile:
    """The packs with the groups in the phrases of their rules; lists keep what they were read
    with."""
    synonyms, errors = load_synonyms(path, name=name)
    rules = [rule for rule in packs.rules if rule.language == language]
    errors += wrong_synonyms(rules, (), synonyms)
    if errors:
        raise CodedErrors(errors)
    return OneFile(packs=remade(packs, synonyms=(language, synonyms)), kind="synonyms")


def _with_scorecard(packs: Packs, path: Path, name: str) -> OneFile:
    card, errors = read_scorecard(path, name=name)
    if card is not None:
        errors += unknown_rules(packs.rules, (card,))
        errors += check_skills(packs.skills, packs.courses, (card,))
    if errors or card is None:
        raise CodedErrors(errors)
    cards = [card if one.id == card.id else one for one in packs.scorecards]
    cards += [] if card in cards else [card]
    made = packs.model_copy(update={"scorecards": tuple(cards)})
    return OneFile(packs=remade(made), kind="scorecard", scorecard=card)


def remade(
    packs: Packs,
    *,
    rules: Iterable[Rule] | None = None,
    derivations: Iterable[Derivation] | None = None,
    words: WordList | None = None,
    entity: WordList | None = None,
    synonyms: tuple[Language, tuple[Synonyms, ...]] | None = None,
) -> Packs:
    """The packs with other rules or one other list, their patterns and digest anew."""
    asked = packs.rules if rules is None else sorted(rules, key=lambda r: (r.language, r.id))
    given = packs.derivations if derivations is None else derivations
    kept, derived, _ = with_all_faults(asked, given, packs.scorecards)
    patterns = []
    for one in packs.patterns:
        own = synonyms is not None and synonyms[0] == one.language
        patterns.append(
            patterns_of(
                one.language,
                _with(one.lists, words, one.language),
                (*kept, *derived),
                entities=_with(one.entities, entity, one.language),
                synonyms=synonyms[1] if synonyms is not None and own else one.synonyms,
            )
        )
    digest = packs_digest((*kept, *derived), patterns, packs.scorecards, packs.courses)
    return packs.model_copy(
        update={
            "rules": kept,
            "derivations": derived,
            "patterns": tuple(patterns),
            "digest": digest,
        }
    )


def _with(
    lists: tuple[WordList, ...], one: WordList | None, language: Language
) -> tuple[WordList, ...]:
    """The lists with this one for that of its kind, where it is of the language."""
    if one is None or one.language != language:
        return lists
    others = [known for known in lists if known.kind != one.kind]
    return tuple(sorted([*others, one], key=lambda known: known.kind))
