"""What to look for in the text: word lists that people edit, and phrases written in rules."""

import hashlib
import json
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from qa.domain.text import Text
from transcribe.noun import Noun
from transcribe.transcript import Language


class WordList(Noun):
    """One behaviour's wordings in one language (a file under `rules/words/<language>`).

    Everything is matched on a normalised copy (NFKC, case-folded, simplified); quotes are
    taken from the original.
    """

    kind: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="name of the facts it yields")
    language: Language
    title: Text
    speaker: Literal["csr", "customer", "any"] = Field(
        default="any", description="turns of other speakers are not searched"
    )
    first_turns: int | None = Field(
        default=None, ge=1, description="search only the speaker's first n turns"
    )
    last_turns: int | None = Field(
        default=None, ge=1, description="search only the speaker's last n turns"
    )
    phrases: tuple[str, ...] = Field(default=(), description="literal wordings")
    regexes: tuple[str, ...] = Field(default=(), description="RE2 patterns on normalised text")
    tokens: tuple[tuple[dict[str, object], ...], ...] = Field(
        default=(), description="spaCy Matcher patterns over lexical attributes"
    )
    excludes: tuple[str, ...] = Field(
        default=(), description="RE2 patterns; a hit that overlaps a match of one is no hit"
    )
    value_regex: str | None = Field(
        default=None,
        description="RE2 pattern; its first match in the hit's sentence becomes the fact's value",
    )
    near: bool = Field(default=False, description="offer near sounds of `phrases` as candidates")
    wants: tuple[str, ...] = Field(
        default=(), description="wordings near sounds are compared with; empty: `phrases`"
    )


class Phrase(Noun):
    """A phrase written inline in a rule; yields facts of kind `phrase` with value `key`."""

    key: str
    phrases: tuple[str, ...] = ()
    regex: str | None = None
    exclude: str | None = None
    near: bool = True


class Patterns(Noun):
    """Everything `measure` looks for in one call's language."""

    language: Language
    lists: tuple[WordList, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    digest: str


def phrase_of(params: Mapping[str, object]) -> Phrase | None:
    """The inline phrase of a condition's parameters, or None when it writes none.

    The same parameters give the same key wherever they stand.
    """
    phrases = params.get("phrases") or ()
    regex = params.get("regex")
    if not phrases and not regex:
        return None
    wanted = {
        "phrases": list(phrases) if isinstance(phrases, list | tuple) else [str(phrases)],
        "regex": regex,
        "exclude": params.get("exclude"),
        "near": params.get("near", True),
    }
    text = json.dumps(wanted, sort_keys=True, ensure_ascii=False)
    key = "p" + hashlib.sha256(text.encode()).hexdigest()[:12]
    return Phrase.model_validate({"key": key, **wanted})
