"""A turn with its searched copy and the places of its words: what every text measurer reads."""

from collections.abc import Iterable
from typing import NamedTuple

from qa.facts.reading import Reading, read
from qa.facts.spellings import NONE, Spellings
from transcribe.transcript import Language, Turn, Word


class Said(NamedTuple):
    """One turn, ready to be searched. `words`: each word with its place in `turn.text`."""

    number: int
    turn: Turn
    reading: Reading
    words: tuple[tuple[Word, int, int], ...]
    from_first: int
    from_last: int


class Quoted(NamedTuple):
    """A stretch of a turn's text as written, its seconds and how sure its words are."""

    text: str
    start_s: float
    end_s: float
    confidence: float


def said(
    turns: Iterable[Turn], language: Language, spellings: Spellings = NONE
) -> tuple[Said, ...]:
    """Every turn made ready; from_first and from_last count among its speaker's own turns."""
    several = tuple(turns)
    totals: dict[str, int] = {}
    for turn in several:
        totals[turn.speaker] = totals.get(turn.speaker, 0) + 1
    seen: dict[str, int] = {}
    found = []
    for index, turn in enumerate(several):
        nth = seen.get(turn.speaker, 0)
        seen[turn.speaker] = nth + 1
        rest = totals[turn.speaker] - 1 - nth
        reading = read(turn.text, language, spellings)
        found.append(Said(index, turn, reading, _placed(turn), nth, rest))
    return tuple(found)


def quoted(one: Said, start: int, end: int) -> Quoted:
    """The words as written behind reading.text[start:end], their seconds and confidence.

    Seconds come from the words' times, or are interpolated over the turn's characters.
    Confidence is the mean probability of the hit's words; without words the turn's; 1 for scripts.
    """
    return as_written(one, *one.reading.quote(start, end))


def as_written(one: Said, first: int, last: int) -> Quoted:
    """As `quoted`, of turn.text[first:last]."""
    turn = one.turn
    text = turn.text[first:last]
    hit = [word for word, begin, finish in one.words if begin < last and first < finish]
    if hit:
        mean = sum(word.probability for word in hit) / len(hit)
        begin_s = min(word.start_s for word in hit)
        end_s = max(word.end_s for word in hit)
        return Quoted(text, round(begin_s, 3), round(end_s, 3), round(mean, 4))
    length = max(len(turn.text), 1)
    spent_s = turn.end_s - turn.start_s
    return Quoted(
        text,
        round(turn.start_s + spent_s * first / length, 3),
        round(turn.start_s + spent_s * last / length, 3),
        1.0 if turn.confidence is None else turn.confidence,
    )


def _placed(turn: Turn) -> tuple[tuple[Word, int, int], ...]:
    """Each word where it stands in the text, in order; a word that is not there is left out."""
    placed = []
    cursor = 0
    for word in turn.words:
        text = word.text.strip()
        begin = turn.text.find(text, cursor) if text else -1
        if begin >= 0:
            cursor = begin + len(text)
            placed.append((word, begin, cursor))
    return tuple(placed)
