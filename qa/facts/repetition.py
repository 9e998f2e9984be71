"""Sentences that a party says again, nearly word for word."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from qa.domain.facts import Fact
from qa.facts.said import Said, quoted
from transcribe.transcript import Language

NAME = "repetition"
VERSION = "1"
# Sentences so alike (0-100, by edit distance) are the same one: it lets one word in ten differ,
# which recognition or a particle may change (guess).
MIN_LIKENESS = 90.0
# Shorter sentences are courtesies and back-channels, which everybody repeats: 好的好的, uh-huh,
# 请问还有别的 (guess; letters, and words in English).
MIN_LETTERS = {"zh": 8, "en": 18}
MIN_WORDS_EN = 5
# So far back a sentence is compared, in sentences of its speaker (guess: some minutes of talk).
MAX_BACK = 60
# Only so much of a sentence is compared; hostile text must not make a million facts (guesses).
_MAX_COMPARED = 300
_MAX_REPETITIONS = 200
_MAX_SENTENCES_A_TURN = 2000

_LETTERS = re.compile(r"\w+")
_NUMBERS = re.compile(r"[0-9零〇一二两三四五六七八九十百千万]+")


class _Sentence(NamedTuple):
    """A sentence long enough to be told again. number: its place among its speaker's own."""

    number: int
    letters: str
    numbers: tuple[str, ...]


def repetition(turns: Sequence[Said], language: Language) -> tuple[Fact, ...]:
    """Facts of kind "repetition", one a sentence that its speaker has said before.

    value: how many sentences of that speaker it lies back, 1 the one before; unit "sentences".
    Sentences whose numbers differ are not the same one.
    """
    facts: list[Fact] = []
    said: dict[str, deque[_Sentence]] = {}
    counts: dict[str, int] = {}
    for one in turns:
        speaker = one.turn.speaker
        before = said.setdefault(speaker, deque(maxlen=MAX_BACK))
        for start, end in _sentences(one):
            counts[speaker] = counts.get(speaker, 0) + 1
            sentence = _sentence(one.reading.text[start:end], counts[speaker], language)
            if sentence is None:
                continue
            back = _back(sentence, before)
            before.append(sentence)
            if back is not None:
                facts.append(_fact(one, start, end, back))
                if len(facts) == _MAX_REPETITIONS:
                    return tuple(facts)
    return tuple(facts)


def _sentences(one: Said) -> Iterator[tuple[int, int]]:
    begin = 0
    for end in one.reading.sentences[:_MAX_SENTENCES_A_TURN]:
        if one.reading.text[begin:end].strip():
            yield begin, end
        begin = end


def _sentence(text: str, number: int, language: Language) -> _Sentence | None:
    words = _LETTERS.findall(text[:_MAX_COMPARED])
    letters = "".join(words) if language == "zh" else " ".join(words)
    if len(letters) < MIN_LETTERS[language] or (language == "en" and len(words) < MIN_WORDS_EN):
        return None
    numbers = tuple(_NUMBERS.findall(letters))
    if 2 * sum(map(len, numbers)) > len(letters):
        return None  # a number read out again
    return _Sentence(number, letters, numbers)


def _back(sentence: _Sentence, before: Sequence[_Sentence]) -> int | None:
    """How far back the same sentence was last said; None when it was not."""
    for other in reversed(before):
        if sentence.number - other.number > MAX_BACK:
            return None
        if sentence.numbers == other.numbers and fuzz.ratio(
            sentence.letters, other.letters, score_cutoff=MIN_LIKENESS
        ):
            return sentence.number - other.number
    return None


def _fact(one: Said, start: int, end: int, back: int) -> Fact:
    quote = quoted(one, start, end)
    return Fact(
        kind=NAME,
        turn=one.number,
        speaker=one.turn.speaker,
        start_s=quote.start_s,
        end_s=quote.end_s,
        value=back,
        unit="sentences",
        quote=quote.text.strip(),
        confidence=quote.confidence,
    )
