"""Amounts, dates, names and private numbers that are said: measured only where a rule asks."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import re2

from qa.domain.facts import Fact
from qa.domain.patterns import Patterns, WordList
from qa.facts.amounts import amount_of
from qa.facts.matcher import MAX_HITS_A_TURN, PatternsKey
from qa.facts.reading import fold
from qa.facts.regexes import any_of, compile_regex
from qa.facts.said import Said, as_written
from qa.facts.spoken_numbers import number_fact, readable
from transcribe.errors import CodedError, CodedErrors
from transcribe.masking import private_numbers
from transcribe.private_numbers import NUMBER_KINDS
from transcribe.private_text import TEXT_KINDS, Found, find_private
from transcribe.transcript import Language

VERSION = "1"
# Kinds that the masks tell too; here they are found in transcripts that were not masked.
PRIVATE = (*NUMBER_KINDS, *TEXT_KINDS)
# Matches asked of one regex in one turn, of which overlapping ones are dropped (guess).
_MAX_MATCHES = 200
# Words that no English name ends or begins with; a name is cut there.
_NO_NAME = frozenset(
    {"a", "about", "again", "already", "also", "am", "an", "and", "are", "as", "at", "back", "but"}
    | {"by", "calling", "can", "correct", "for", "from", "good", "great", "have", "he", "here"}
    | {"how", "i", "if", "in", "is", "it", "just", "like", "me", "my", "no", "not", "now", "ok"}
    | {"okay", "on", "one", "or", "our", "please", "right", "she", "so", "sorry", "speaking"}
    | {"spelled", "sure", "thank", "thanks", "that", "the", "there", "they", "this", "to", "under"}
    | {"was", "we", "well", "what", "which", "who", "will", "with", "would", "yes", "you", "your"}
)


class _Entity(NamedTuple):
    """One kind's compiled list. pattern: all phrases and regexes that may hold it."""

    kind: str
    speaker: str
    either: Any
    regexes: tuple[Any, ...]
    excludes: tuple[Any, ...]


def entities(turns: Sequence[Said], patterns: Patterns) -> tuple[Fact, ...]:
    """Facts of the kinds in `patterns.asked`: lists under `rules/entities`, and private data.

    value: for "amount" the sum as a number; for the other lists what was said, as written; none
    for private data. Numbers said digit by digit count as those written.
    """
    if not patterns.asked:
        return ()
    return (*_listed(turns, patterns), *_private(turns, patterns.asked))


def compiles(patterns: Patterns) -> None:
    """Raises those of `compile_regex` for any list of entities, asked for or not."""
    _compiled(PatternsKey(patterns.model_copy(update={"asked": _kinds(patterns)})))


def _kinds(patterns: Patterns) -> tuple[str, ...]:
    return tuple(one.kind for one in patterns.entities)


def _listed(turns: Sequence[Said], patterns: Patterns) -> Iterator[Fact]:
    for entity in _compiled(PatternsKey(patterns)):
        for one in turns:
            if entity.speaker not in ("any", one.turn.speaker) and one.turn.speaker != "unknown":
                continue
            for start, end in _places(entity, one.reading.text):
                fact = _fact(entity.kind, one, *one.reading.quote(start, end))
                value: float | str | None = fact.quote
                if entity.kind == "amount":
                    value = amount_of(one.reading.text[start:end], patterns.language)
                yield fact.model_copy(update={"value": value})


def _places(entity: _Entity, text: str) -> list[tuple[int, int]]:
    """Where the entity stands: the regex's group, or all it matched where it has none.

    Of matches that overlap the longest counts; one that touches an exclusion does not.
    """
    if entity.either is None or not entity.either.search(text):
        return []
    found = []
    for regex in entity.regexes:
        for match in islice(regex.finditer(text), _MAX_MATCHES):
            start, end = match.span()
            caught = match.span(1) if regex.groups else None
            if caught is not None and entity.kind == "pii_name":
                caught = _name_in(text, *caught)
            inner = match.span() if not regex.groups else caught
            if inner is not None and inner[0] < inner[1]:
                found.append((start, end, inner))
    barred = [
        match.span()
        for exclude in entity.excludes
        for match in islice(exclude.finditer(text), _MAX_MATCHES)
    ]
    kept: list[tuple[int, int, tuple[int, int]]] = []
    for place in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        taken = [*((one[0], one[1]) for one in kept), *barred]
        if not any(place[0] < end and start < place[1] for start, end in taken):
            kept.append(place)
        if len(kept) == MAX_HITS_A_TURN:
            break
    return sorted(inner for _, _, inner in kept)


def _name_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The caught stretch up to the first word that is no part of an English name."""
    if start < 0 or not text[start:end].isascii():
        return (start, end) if start >= 0 else None
    at = start
    last = start
    for word in text[start:end].split(" "):
        if word in _NO_NAME:
            break
        at += len(word)
        last = at
        at += 1
    return (start, last) if last > start else None


def _private(turns: Sequence[Said], asked: Sequence[str]) -> Iterator[Fact]:
    kinds = [kind for kind in asked if kind in PRIVATE]
    if not kinds:
        return
    spoken = readable(turns)
    texts = find_private(spoken, [kind for kind in kinds if kind in TEXT_KINDS])
    last: Found | None = None
    for found in sorted(texts, key=lambda one: (one.turn, one.kind, one.start, -one.end)):
        again = last is not None and last[:1] + last[3:] == found[:1] + found[3:]
        if again and last is not None and found.start < last.end:
            continue  # the same stretch, told by another of the patterns
        if "*" not in spoken[found.turn].text[found.start : found.end]:
            last = found
            yield _fact(found.kind, turns[found.turn], found.start, found.end)
    for kind, run in private_numbers(spoken, kinds):
        yield number_fact(kind, run, turns)


def _fact(kind: str, one: Said, first: int, last: int) -> Fact:
    quote = as_written(one, first, last)
    return Fact(
        kind=kind,
        turn=one.number,
        speaker=one.turn.speaker,
        start_s=quote.start_s,
        end_s=quote.end_s,
        quote=quote.text,
        confidence=quote.confidence,
    )


@lru_cache(maxsize=8)
def _compiled(key: PatternsKey) -> tuple[_Entity, ...]:
    made = []
    errors = []
    for words in key.patterns.entities:
        if words.kind in key.patterns.asked:
            try:
                made.append(_entity(words, key.patterns.language))
            except CodedError as error:
                errors.append(CodedError(error.code, place=words.place, **error.values))
    if errors:
        raise errors[0] if len(errors) == 1 else CodedErrors(errors)
    return tuple(made)


def _entity(words: WordList, language: Language) -> _Entity:
    literal = [re2.escape(fold(phrase, language)) for phrase in words.phrases]
    sources = [*(f"(?:{text})" for text in literal if text), *words.regexes]
    several = tuple(
        compile_regex(words.kind, source, language, captures=True) for source in sources
    )
    return _Entity(
        kind=words.kind,
        speaker=words.speaker,
        either=any_of(sources, several, language),
        regexes=several,
        excludes=tuple(compile_regex(words.kind, one, language) for one in words.excludes),
    )
