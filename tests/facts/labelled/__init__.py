"""The labelled turns, and how well the word lists find what people hear in them.

The turns were written for this purpose, by trade and situation; README.md says what each label
means. A part ("held_out") was first measured when the lists stood; what it showed was mended since.
`account_business`, `filler` and the lists of trades are not labelled.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from qa.domain.call import Call
from qa.domain.patterns import Patterns
from qa.domain.synonyms import list_with
from qa.facts.measure import measure
from qa.packs.synonyms import load_synonyms
from qa.packs.words import load_words
from transcribe.transcript import Language, Speaker, Transcript, Turn

HERE = Path(__file__).parent
WORDS = HERE.parents[2] / "rules" / "words"


@dataclass(frozen=True)
class Labelled:
    """A turn, its place among its speaker's turns (from 1), and the kinds a person hears."""

    speaker: Speaker
    nth: int
    of: int
    text: str
    kinds: frozenset[str]
    part: str


@dataclass(frozen=True)
class Agreement:
    """Turns in which lists and labels agree and differ about one kind."""

    kind: str
    hits: int
    false: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + len(self.false)) if self.hits else 0.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + len(self.missed)) if self.hits else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(2 * self.hits + len(self.false) + len(self.missed), 1)


def turns(language: Language, part: str | None = None) -> list[Labelled]:
    """The labelled turns of a language; `part` is "tuned" or "held_out"."""
    lines = (HERE / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Labelled(r["speaker"], r["nth"], r["of"], r["text"], frozenset(r["kinds"]), r["part"])
        for r in rows
        if part in (None, r["part"])
    ]


def dialogues(language: Language) -> list[list[Labelled]]:
    """Whole labelled conversations, turn by turn; their part is "dialogues"."""
    lines = (HERE / f"dialogues_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_dialogue(json.loads(line)["turns"]) for line in lines]


def _dialogue(rows: Sequence[dict[str, Any]]) -> list[Labelled]:
    of = Counter(row["speaker"] for row in rows)
    seen: Counter[str] = Counter()
    made = []
    for row in rows:
        speaker = row["speaker"]
        seen[speaker] += 1
        kinds = frozenset(row["kinds"])
        made.append(Labelled(speaker, seen[speaker], of[speaker], row["text"], kinds, "dialogues"))
    return made


@cache
def patterns(language: Language) -> Patterns:
    """The shipped word lists of a language, and its synonyms."""
    synonyms, _ = load_synonyms(WORDS.parent / "synonyms" / f"{language}.yaml", name=language)
    groups = {one.name: one.words for one in synonyms}
    lists = tuple(list_with(one, groups) for one in load_words(WORDS / language))
    return Patterns(language=language, lists=lists, synonyms=synonyms, digest="shipped")


def found(several: Iterable[Labelled], language: Language, lists: Patterns) -> list[frozenset[str]]:
    """The kinds of facts in each turn, measured at its place in an otherwise empty call."""
    return [
        frozenset(
            fact.kind
            for fact in measure(
                Call(id="labelled", source="labelled"), _call(one, language), lists
            ).facts
            if fact.turn == one.nth - 1 and fact.quote is not None
        )
        for one in several
    ]


def _call(one: Labelled, language: Language) -> Transcript:
    texts = ["。" if language == "zh" else "."] * one.of
    texts[one.nth - 1] = one.text
    return Transcript(
        language=language,
        duration_s=10.0 * one.of,
        channels=2,
        turns=tuple(
            Turn(start_s=10.0 * i, end_s=10.0 * i + 5, speaker=one.speaker, text=text)
            for i, text in enumerate(texts)
        ),
    )


def agreement(
    several: Sequence[Labelled], measured: Sequence[frozenset[str]], kind: str
) -> Agreement:
    """How lists and labels agree about one kind."""
    pairs = list(zip(several, measured, strict=True))
    return Agreement(
        kind,
        hits=sum(kind in one.kinds and kind in kinds for one, kinds in pairs),
        false=tuple(o.text for o, kinds in pairs if kind in kinds and kind not in o.kinds),
        missed=tuple(o.text for o, kinds in pairs if kind in o.kinds and kind not in kinds),
    )
