"""`load_packs`: everything under `rules/` and `scorecards/` of one root, cross-referenced."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from qa.domain.coaching import Course, Skill
from qa.domain.packs import Packs
from qa.domain.patterns import Patterns, Phrase, WordList, phrase_of
from qa.domain.rules import Rule
from qa.domain.scorecards import Scorecard
from qa.packs.rules import read_rules
from qa.packs.scorecards import check_skills, read_list, read_scorecard
from qa.packs.words import load_words
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun
from transcribe.transcript import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
T = TypeVar("T")
N = TypeVar("N", bound=Noun)


def load_packs(root: Path, *, name: str = "") -> Packs:
    """The packs under `root`, which holds `rules/` and `scorecards/`.

    name: what stands before a file's path in places. Errors, all at once: those of the readers;
    QA230 a rule id twice, QA231 an item's unknown rule, QA237 an unknown word list, QA238 a
    machine item whose rules are all on trial, QA243 no rules or scorecards at all, QA244 a
    scorecard id twice.
    """
    reader = _Reader(root, name)
    rules = reader.rules()
    words = {language: reader.words(language) for language in LANGUAGES}
    scorecards = reader.scorecards()
    skills, courses = reader.catalogue()
    errors = reader.errors
    if not rules or not scorecards:
        errors.append(CodedError("QA243", place=name or str(root)))
    errors += _twice(rules, scorecards)
    errors += _unknown_lists(rules, words)
    errors += _unknown_rules(rules, scorecards)
    errors += check_skills(skills, courses, scorecards)
    if errors:
        raise CodedErrors(errors)
    patterns = tuple(_patterns(language, words[language], rules) for language in LANGUAGES)
    parts = [
        *(f"{rule.language}{rule.id}{rule.digest}{rule.status}" for rule in rules),
        *(one.digest for one in patterns),
        *(scorecard.digest for scorecard in scorecards),
        *(course.digest for course in courses),
    ]
    return Packs(
        rules=rules,
        patterns=patterns,
        scorecards=scorecards,
        skills=skills,
        courses=courses,
        digest=hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16],
    )


class _Reader:
    """Reads what is sound and keeps the errors of the rest."""

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        self.name = name
        self.errors: list[CodedError] = []

    def shown(self, path: Path) -> str:
        return self.name + path.relative_to(self.root).as_posix()

    def rules(self) -> tuple[Rule, ...]:
        found: list[Rule] = []
        for language in LANGUAGES:
            for path in sorted((self.root / "rules" / language).rglob("*.yaml")):
                read = self._try(partial(read_rules, path, language, name=self.shown(path)))
                if read is not None:
                    found += read[0]
                    self.errors += read[1]
        return tuple(sorted(found, key=lambda rule: (rule.language, rule.id)))

    def words(self, language: Language) -> tuple[WordList, ...]:
        folder = self.root / "rules" / "words" / language
        read = self._try(partial(load_words, folder, name=self.shown(folder)))
        return read or ()

    def scorecards(self) -> tuple[Scorecard, ...]:
        found: list[Scorecard] = []
        for language in LANGUAGES:
            for path in sorted((self.root / "scorecards" / language).glob("*.yaml")):
                read = self._try(partial(read_scorecard, path, name=self.shown(path)))
                if read is not None:
                    self.errors += read[1]
                    found += [read[0]] if read[0] is not None else []
        return tuple(found)

    def catalogue(self) -> tuple[tuple[Skill, ...], tuple[Course, ...]]:
        folder = self.root / "scorecards"
        skills = self._list(folder / "skills.yaml", "skills", Skill)
        courses = self._list(folder / "courses.yaml", "courses", Course)
        return skills, courses

    def _list(self, path: Path, key: str, model: type[N]) -> tuple[N, ...]:
        read = self._try(partial(read_list, path, key, model, name=self.shown(path)))
        if read is None:
            return ()
        self.errors += read[1]
        return read[0]

    def _try(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except CodedErrors as error:
            self.errors += error.errors
        except CodedError as error:
            self.errors.append(error)
        return None


def _patterns(language: Language, words: Sequence[WordList], rules: Iterable[Rule]) -> Patterns:
    """The language's lists and the inline phrases of its rules, as one noun with its digest."""
    phrases: dict[str, Phrase] = {}
    for rule in rules:
        for condition in rule.conditions if rule.language == language else ():
            phrase = phrase_of(condition.params)
            if phrase is not None:
                phrases[phrase.key] = phrase
    made = Patterns(
        language=language,
        lists=tuple(words),
        phrases=tuple(phrases[key] for key in sorted(phrases)),
        digest="",
    )
    text = made.model_dump_json(exclude={"lists": {"__all__": {"title"}}})
    return made.model_copy(update={"digest": hashlib.sha256(text.encode()).hexdigest()[:16]})


def _twice(rules: Iterable[Rule], scorecards: Iterable[Scorecard]) -> list[CodedError]:
    errors = []
    seen: dict[tuple[str, str], str] = {}
    for rule in rules:
        first = seen.setdefault((rule.language, rule.id), rule.place)
        if first != rule.place:
            errors.append(CodedError("QA230", place=rule.place, rule=rule.id, first=first))
    cards: dict[str, str] = {}
    for scorecard in scorecards:
        first = cards.setdefault(scorecard.id, scorecard.place)
        if first != scorecard.place:
            errors.append(
                CodedError("QA244", place=scorecard.place, scorecard=scorecard.id, first=first)
            )
    return errors


def _unknown_lists(
    rules: Iterable[Rule], words: dict[Language, tuple[WordList, ...]]
) -> list[CodedError]:
    errors = []
    for rule in rules:
        known = {one.kind for one in words[rule.language]}
        for condition in rule.conditions:
            wanted = condition.params.get("words") or ()
            for kind in (wanted,) if isinstance(wanted, str) else wanted:  # type: ignore[attr-defined]
                if kind not in known:
                    options = ", ".join(sorted(known))
                    errors.append(
                        CodedError(
                            "QA237", place=rule.place, rule=rule.id, words=kind, options=options
                        )
                    )
    return errors


def _unknown_rules(rules: Iterable[Rule], scorecards: Iterable[Scorecard]) -> list[CodedError]:
    status = {(rule.language, rule.id): rule.status for rule in rules}
    errors = []
    for scorecard in scorecards:
        known = sorted(rule_id for language, rule_id in status if language == scorecard.language)
        for item in scorecard.items:
            found = [status.get((scorecard.language, rule)) for rule in item.rules]
            for rule_id, one in zip(item.rules, found, strict=True):
                if one is None:
                    errors.append(
                        CodedError(
                            "QA231",
                            place=scorecard.place,
                            item=item.ref_id,
                            rule=rule_id,
                            options=", ".join(known),
                        )
                    )
            if item.by == "machine" and found and None not in found and "live" not in found:
                errors.append(
                    CodedError(
                        "QA238",
                        place=scorecard.place,
                        item=item.ref_id,
                        rules=", ".join(item.rules),
                    )
                )
    return errors
