"""`load_packs`: everything under `rules/` and `scorecards/` of one root, cross-referenced."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from qa.domain.coaching import Course, Skill
from qa.domain.packs import Packs
from qa.domain.patterns import Patterns, Phrase, WordList, phrase_of
from qa.domain.rules import Condition, Rule
from qa.domain.scorecards import Scorecard
from qa.packs.nouns import menu
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
    QA216 a file that would not be read, QA230 a rule id twice, QA231 an item's unknown rule,
    QA237 an unknown word list, QA238 a machine item whose rules are all on trial, QA243 no rules
    or scorecards at all, QA244 a scorecard id twice, QA245 a word list of the other speaker.
    A reference into a file that is itself at fault is not told.
    """
    reader = _Reader(root, name)
    if not all(reader.files(folder) for folder in ("rules", "scorecards")):
        raise CodedErrors([CodedError("QA243", place=name or str(root))])
    rules = tuple(rule for language in LANGUAGES for rule in reader.rules(language))
    words = {language: reader.words(language) for language in LANGUAGES}
    scorecards = reader.scorecards()
    skills, courses = reader.catalogue()
    errors = [*reader.errors, *reader.unread()]
    errors += _twice(rules, scorecards)
    for language in LANGUAGES:
        own = [rule for rule in rules if rule.language == language]
        cards = [scorecard for scorecard in scorecards if scorecard.language == language]
        if ("words", language) not in reader.broken:
            errors += _wrong_lists(own, words[language])
        if ("rules", language) not in reader.broken:
            errors += _unknown_rules(own, cards)
    if ("catalogue", None) not in reader.broken:
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
    """Reads what is sound, keeps the errors of the rest, and knows what is not whole."""

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        self.name = name
        self.errors: list[CodedError] = []
        self.broken: set[tuple[str, Language | None]] = set()

    def shown(self, path: Path) -> str:
        return self.name + path.relative_to(self.root).as_posix()

    def files(self, folder: str, *languages: Language) -> list[Path]:
        """The YAML files of the folder's languages, of all of them when none is named."""
        return [
            path
            for language in languages or LANGUAGES
            for path in sorted((self.root / folder / language).rglob("*.yaml"))
        ]

    def unread(self) -> list[CodedError]:
        """QA216 for each file that looks like a pack's and has another ending."""
        return [
            CodedError("QA216", place=self.shown(path), file=path.name)
            for folder in ("rules", "scorecards")
            for path in sorted((self.root / folder).rglob("*"))
            if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml"
        ]

    def rules(self, language: Language) -> tuple[Rule, ...]:
        before = len(self.errors)
        found: list[Rule] = []
        for path in self.files("rules", language):
            read = self._try(partial(read_rules, path, language, name=self.shown(path)))
            if read is not None:
                found += read[0]
                self.errors += read[1]
        if len(self.errors) > before:
            self.broken.add(("rules", language))
        return tuple(sorted(found, key=lambda rule: rule.id))

    def words(self, language: Language) -> tuple[WordList, ...]:
        folder = self.root / "rules" / "words" / language
        read = self._try(partial(load_words, folder, name=self.shown(folder)))
        if read is None:
            self.broken.add(("words", language))
        return read or ()

    def scorecards(self) -> tuple[Scorecard, ...]:
        found: list[Scorecard] = []
        for path in self.files("scorecards"):
            read = self._try(partial(read_scorecard, path, name=self.shown(path)))
            if read is not None:
                self.errors += read[1]
                found += [read[0]] if read[0] is not None else []
        return tuple(found)

    def catalogue(self) -> tuple[tuple[Skill, ...], tuple[Course, ...]]:
        before = len(self.errors)
        folder = self.root / "scorecards"
        skills = self._list(folder / "skills.yaml", "skills", Skill)
        courses = self._list(folder / "courses.yaml", "courses", Course)
        if len(self.errors) > before:
            self.broken.add(("catalogue", None))
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


def _wrong_lists(rules: Iterable[Rule], words: Iterable[WordList]) -> list[CodedError]:
    """QA237 an unknown word list, QA245 one that is only looked for in the other's turns."""
    errors = []
    known = {one.kind: one for one in words}
    for rule in rules:
        for condition in rule.conditions:
            place = condition.place or rule.place
            speaker = condition.params.get("speaker")
            for kind in _lists_in(condition):
                values: dict[str, object] = {"rule": rule.id, "words": kind}
                if kind not in known:
                    options = menu(kind, known)
                    errors.append(CodedError("QA237", place=place, options=options, **values))
                elif known[kind].speaker not in ("any", speaker or known[kind].speaker):
                    values |= {"speaker": speaker, "listed": known[kind].speaker}
                    errors.append(CodedError("QA245", place=place, **values))
    return errors


def _lists_in(condition: Condition) -> list[str]:
    wanted = condition.params.get("words") or ()
    if isinstance(wanted, str):
        return [wanted]
    return [str(kind) for kind in wanted] if isinstance(wanted, list | tuple) else []


def _unknown_rules(rules: Iterable[Rule], scorecards: Iterable[Scorecard]) -> list[CodedError]:
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
