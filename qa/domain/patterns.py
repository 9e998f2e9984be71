"""What to look for in the text: word lists that people edit, and phrases written in rules."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from qa.domain.text import Text
from transcribe.noun import Noun
from transcribe.transcript import Language

# A sentence that falls short of being like a rule's model sentences by so much may still be one
# (guess: one word in ten).
NEARLY = 0.1


class Cues(Noun):
    """Pieces of wording that tell a behaviour together where none does alone.

    Each counts once a stretch of speech, for or against; `bench/cues.py` reads their points off
    labelled turns, and people may change them.
    """

    enough: float = Field(
        gt=0, description="the behaviour is told where the points of a stretch come to so much"
    )
    points: dict[str, Annotated[float, Field(allow_inf_nan=False)]] = Field(
        min_length=1, description="wording -> what it adds to the natural log of the odds"
    )


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
    cues: Cues | None = Field(
        default=None, description="tell it in turns where no wording of the list stands"
    )
    value_regex: str | None = Field(
        default=None,
        description="RE2 pattern; its first match in the hit's sentence becomes the fact's value",
    )
    near: bool = Field(default=False, description="offer near sounds of `phrases` as candidates")
    wants: tuple[str, ...] = Field(
        default=(), description="wordings near sounds are compared with; empty: `phrases`"
    )
    place: str = Field(default="", description="file:line:column it was read from")


class Phrase(Noun):
    """A phrase written inline in a rule; yields facts of kind `phrase` with value `key`.

    tolerance: near sounds up to this distance (0-0.5) are kept; None: the site's limit.
    """

    key: str
    phrases: tuple[str, ...] = ()
    regex: str | None = None
    exclude: str | None = None
    tokens: tuple[tuple[dict[str, object], ...], ...] = ()
    near: bool = True
    tolerance: float | None = None
    place: str = ""


class Sentences(Noun):
    """Model sentences written in a rule; yields facts of kind `similar` with value `key`.

    at_least: likeness 0-1, by words alone; by meaning sentences are ranked, not thresholded. At 0.7
    none of 274 labelled turns is found wrongly, at 0.6 five are (tests/facts/labelled, tuned half).
    """

    key: str
    sentences: tuple[str, ...]
    unlike: tuple[str, ...] = ()
    by: Literal["meaning", "words"] = "meaning"
    at_least: float = 0.7


class Synonyms(Noun):
    """Wordings of one meaning (`rules/synonyms/<language>.yaml`).

    `<name>` in a phrase or regex stands for any of them.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="how phrases call the group")
    words: tuple[Annotated[str, Field(pattern=r"\S")], ...] = Field(
        min_length=1, description="any of them"
    )
    spellings: bool = Field(
        default=False, description="what is written like another of them is read as the first"
    )
    place: str = Field(default="", description="file:line:column it was read from")


class Patterns(Noun):
    """Everything `measure` looks for in one call's language.

    entities: every list under `rules/entities`. asked: what some rule asks for beside wordings:
    kinds of entities, and the names of measurers that run only when asked.
    """

    language: Language
    lists: tuple[WordList, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    sentences: tuple[Sentences, ...] = ()
    synonyms: tuple[Synonyms, ...] = ()
    entities: tuple[WordList, ...] = ()
    asked: tuple[str, ...] = ()
    digest: str


def phrase_of(params: Mapping[str, object]) -> Phrase | None:
    """The inline phrase of a condition's parameters, or None when it writes none.

    The same parameters give the same key wherever they stand. Parameters of wrong types give
    none: the rules' compiler tells them.
    """
    phrases, regex, tokens = (params.get(name) for name in ("phrases", "regex", "tokens"))
    if not phrases and not regex and not tokens:
        return None
    wanted: dict[str, object] = {
        "phrases": _list(phrases),
        "regex": regex,
        "exclude": params.get("exclude"),
        "near": params.get("near", True),
    }
    if tokens:
        wanted["tokens"] = tokens
    if isinstance(tolerance := params.get("tolerance"), int | float):
        wanted["tolerance"] = float(tolerance)
    try:
        return Phrase.model_validate({"key": _key("p", wanted), **wanted})
    except (ValidationError, TypeError):
        return None


def phrases_of(params: Mapping[str, object]) -> tuple[Phrase, ...]:
    """The inline phrases of a condition: one for each wording where they are counted, else one."""
    if not _counted(params):
        one = phrase_of(params)
        return () if one is None else (one,)
    tokens = params.get("tokens")
    parts: list[dict[str, object]] = [{"phrases": [one]} for one in _list(params.get("phrases"))]
    parts += [{"regex": params["regex"]}] if params.get("regex") else []
    parts += [{"tokens": [one]} for one in tokens] if isinstance(tokens, list | tuple) else []
    rest = {name: params[name] for name in ("exclude", "near", "tolerance") if name in params}
    made = (phrase_of(rest | part) for part in parts)
    return tuple({one.key: one for one in made if one is not None}.values())


def sentences_of(params: Mapping[str, object]) -> Sentences | None:
    """The model sentences of a condition's parameters, or None when it writes none."""
    if not params.get("sentences"):
        return None
    wanted = {
        "sentences": _list(params.get("sentences")),
        "unlike": _list(params.get("unlike")),
        "by": params.get("by", "meaning"),
        "at_least": params.get("at_least", Sentences.model_fields["at_least"].default),
    }
    try:
        made = Sentences.model_validate({"key": "", **wanted})
    except ValidationError:
        return None
    return made.model_copy(update={"key": _key("s", made.model_dump(exclude={"key"}))})


# Kinds of private data as rules name them -> kinds of facts (contract 5).
PRIVATE_KINDS: Mapping[str, str] = {
    name: f"pii_{name}"
    for name in ("phone", "id_card", "bank_card", "cvv", "email", "address", "password", "name")
}


def asked_by(operator: str, params: Mapping[str, object]) -> tuple[str, ...]:
    """What a condition asks to be measured that is else left out: names for `Patterns.asked`."""
    if operator == "discloses":
        return tuple(PRIVATE_KINDS.get(kind, kind) for kind in _list(params.get("kinds")))
    asked = {"repetition": "repetition", "says_number": "number", "loudness": "loudness"}
    return (asked[operator],) if operator in asked else ()


def _counted(params: Mapping[str, object]) -> bool:
    least = params.get("at_least")
    return params.get("all") is True or (isinstance(least, int) and least > 1)


def _list(value: object) -> Sequence[str]:
    if isinstance(value, list | tuple):
        return list(value)
    return [str(value)] if value else []


def _key(letter: str, wanted: Mapping[str, object]) -> str:
    text = json.dumps(wanted, sort_keys=True, ensure_ascii=False, default=str)
    return letter + hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:12]
