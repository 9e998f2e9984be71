"""One file of rules, of a word list or of a scorecard, read among packs that are there already."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from qa.domain.packs import Packs
from qa.domain.patterns import WordList
from qa.domain.rules import Rule
from qa.domain.scorecards import Scorecard
from qa.packs.load import _patterns, _twice, _unknown_rules, _wrong_lists
from qa.packs.rules import read_rules
from qa.packs.scorecards import check_skills, read_scorecard
from qa.packs.words import _read as read_words
from qa.packs.yaml_reader import read_plain
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun
from transcribe.transcript import Language

Kind = Literal["rules", "words", "scorecard"]
WANTED = "rules: [...], scorecard: {...}, kind: ..."


class OneFile(Noun):
    """The packs with the file's part in place, and what the file holds."""

    packs: Packs
    kind: Kind
    rules: tuple[Rule, ...] = ()
    words: WordList | None = None
    scorecard: Scorecard | None = None


def kind_of(path: Path, *, name: str) -> Kind:
    """What the file holds, by its top level. Raises those of `read_plain`, QA213."""
    value, _ = read_plain(path, name=name)
    keys = set(value) if isinstance(value, dict) else set()
    if keys == {"rules"}:
        return "rules"
    if keys == {"scorecard"}:
        return "scorecard"
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
    rules, errors = read_rules(path, language, name=name)
    lists = [one for p in packs.patterns if p.language == language for one in p.lists]
    faults = [*errors, *_twice(rules, ()), *_wrong_lists(rules, lists)]
    if faults:
        raise CodedErrors(faults)
    ids = {rule.id for rule in rules}
    others = [r for r in packs.rules if r.language != language or r.id not in ids]
    return OneFile(packs=remade(packs, rules=(*others, *rules)), kind=kind, rules=rules)


def _with_words(packs: Packs, path: Path, language: Language, name: str) -> OneFile:
    try:
        words, errors = read_words(path, name, language)
    except CodedErrors as error:
        words, errors = None, list(error.errors)
    if errors or words is None:
        raise CodedErrors(errors)
    return OneFile(packs=remade(packs, words=words), kind="words", words=words)


def _with_scorecard(packs: Packs, path: Path, name: str) -> OneFile:
    card, errors = read_scorecard(path, name=name)
    if card is not None:
        errors += _unknown_rules(packs.rules, (card,))
        errors += check_skills(packs.skills, packs.courses, (card,))
    if errors or card is None:
        raise CodedErrors(errors)
    cards = [card if one.id == card.id else one for one in packs.scorecards]
    cards += [] if card in cards else [card]
    made = packs.model_copy(update={"scorecards": tuple(cards)})
    return OneFile(packs=remade(made), kind="scorecard", scorecard=card)


def remade(
    packs: Packs, *, rules: Iterable[Rule] | None = None, words: WordList | None = None
) -> Packs:
    """The packs with other rules or one other word list, their patterns and digest anew."""
    kept = packs.rules if rules is None else tuple(sorted(rules, key=lambda r: (r.language, r.id)))
    patterns = []
    for one in packs.patterns:
        lists = one.lists
        if words is not None and words.language == one.language:
            others = [known for known in lists if known.kind != words.kind]
            lists = tuple(sorted([*others, words], key=lambda known: known.kind))
        patterns.append(_patterns(one.language, lists, kept))
    parts = [
        *(f"{rule.language}{rule.id}{rule.digest}{rule.status}" for rule in kept),
        *(one.digest for one in patterns),
        *(card.digest for card in packs.scorecards),
        *(course.digest for course in packs.courses),
    ]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    return packs.model_copy(update={"rules": kept, "patterns": tuple(patterns), "digest": digest})
