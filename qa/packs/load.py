"""`load_packs`: everything under `rules/` and `scorecards/` of one root, cross-referenced."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from qa.domain.coaching import Course, Skill
from qa.domain.contacts import Topic
from qa.domain.derivations import Derivation
from qa.domain.distributions import Distribution
from qa.domain.packs import Packs
from qa.domain.patterns import (
    Synonyms,
    WordList,
)
from qa.domain.rules import Rule
from qa.domain.scorecards import Scorecard
from qa.packs.cross import (
    ids_twice,
    packs_digest,
    patterns_of,
    unknown_rules,
    with_all_faults,
    wrong_entities,
    wrong_lists,
)
from qa.packs.distributions import FILE, compared, load_distributions
from qa.packs.rules import read_rule_file
from qa.packs.scorecards import check_skills, read_list, read_scorecard
from qa.packs.synonyms import load_synonyms, wrong_synonyms
from qa.packs.topics import load_topics
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
    distributions = reader.distributions()
    written = (rule for language in LANGUAGES for rule in reader.rules(language))
    rules = tuple(compared(rule, distributions) for rule in written)
    words = {language: reader.words(language) for language in LANGUAGES}
    entities = {language: reader.words(language, "entities") for language in LANGUAGES}
    synonyms = {language: reader.synonyms(language) for language in LANGUAGES}
    scorecards = reader.scorecards()
    skills, courses = reader.catalogue()
    topics = reader.topics()
    derived = [compared(one, distributions) for one in reader.derivations]
    rules, derivations, faults = with_all_faults(rules, derived, scorecards)
    judged: tuple[Rule | Derivation, ...] = (*rules, *derivations)
    errors = [*reader.errors, *reader.unread()]
    errors += ids_twice(rules, scorecards, derivations)
    for language in LANGUAGES:
        own = [one for one in judged if one.language == language]
        cards = [scorecard for scorecard in scorecards if scorecard.language == language]
        if ("words", language) not in reader.broken:
            errors += wrong_lists(own, words[language])
        if ("entities", language) not in reader.broken:
            errors += wrong_entities(own, entities[language])
        if ("synonyms", language) not in reader.broken:
            lists = (*words[language], *entities[language])
            errors += wrong_synonyms(own, lists, synonyms[language])
        if ("rules", language) not in reader.broken:
            errors += unknown_rules([r for r in rules if r.language == language], cards)
    if not reader.errors:
        errors += faults
    if ("catalogue", None) not in reader.broken:
        errors += check_skills(skills, courses, scorecards)
    if errors:
        raise CodedErrors(errors)
    patterns = tuple(
        patterns_of(
            language,
            words[language],
            judged,
            entities=entities[language],
            synonyms=synonyms[language],
        )
        for language in LANGUAGES
    )
    return Packs(
        rules=rules,
        derivations=derivations,
        patterns=patterns,
        scorecards=scorecards,
        skills=skills,
        courses=courses,
        topics=topics,
        distributions=distributions,
        digest=packs_digest(judged, patterns, scorecards, courses),
    )


class _Reader:
    """Reads what is sound, keeps the errors of the rest, and knows what is not whole."""

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        self.name = name
        self.errors: list[CodedError] = []
        self.derivations: list[Derivation] = []
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
            read = self._try(partial(read_rule_file, path, language, name=self.shown(path)))
            if read is not None:
                found += read.rules
                self.derivations += read.derivations
                self.errors += read.errors
        if len(self.errors) > before:
            self.broken.add(("rules", language))
        return tuple(sorted(found, key=lambda rule: rule.id))

    def distributions(self) -> tuple[Distribution, ...]:
        path = self.root / "rules" / FILE
        return self._try(partial(load_distributions, path, name=self.shown(path))) or ()

    def words(self, language: Language, under: str = "words") -> tuple[WordList, ...]:
        folder = self.root / "rules" / under / language
        read = self._try(partial(load_words, folder, name=self.shown(folder)))
        if read is None:
            self.broken.add((under, language))
        return read or ()

    def synonyms(self, language: Language) -> tuple[Synonyms, ...]:
        path = self.root / "rules" / "synonyms" / f"{language}.yaml"
        read = self._try(partial(load_synonyms, path, name=self.shown(path)))
        if read is None or read[1]:
            self.broken.add(("synonyms", language))
        self.errors += read[1] if read else []
        return read[0] if read else ()

    def scorecards(self) -> tuple[Scorecard, ...]:
        found: list[Scorecard] = []
        for path in self.files("scorecards"):
            read = self._try(partial(read_scorecard, path, name=self.shown(path)))
            if read is not None:
                self.errors += read[1]
                found += [read[0]] if read[0] is not None else []
        return tuple(found)

    def topics(self) -> tuple[Topic, ...]:
        return self._try(partial(load_topics, self.root, name=self.name)) or ()

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
