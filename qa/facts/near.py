"""Near sounds: what may be a wanted phrase that the recogniser misheard."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from qa.domain.facts import Candidate, Fact
from qa.domain.limits import Limits
from qa.facts.behaviours import looked_for
from qa.facts.matcher import Entry, Matcher
from qa.facts.pinyin import difference, syllables
from qa.facts.said import Said, quoted

VERSION = "2"
# Beyond the limit of possible hits, the call's nearest is kept up to here, to say what came
# nearest; farther is nothing alike (guess).
NEAREST_LIMIT = 0.5
# Only the beginning of a turn is compared; a turn of 300 characters lasts over a minute (guess).
_MAX_COMPARED = 600
# What dropping or adding a whole syllable costs; particles and doubled sounds less (guess).
_GAP = 0.8
_PARTICLE_GAP = 0.4
_PARTICLES = frozenset("的了呢吧啊呀哦哈嘛吗哎唉那就这一下个")


# A fact and a candidate that share so much of either's words (0-1) are the same words (guess: of
# 80 good calls none becomes undecided by it, and of 1,200 CrossWOZ replies no more are near).
_SAME_SHARE = 0.7

# Short wordings are near to anything, so their distance grows: a wording of four syllables counts
# half as far again, one of eight a quarter (read off false candidates on CrossWOZ).
_SHORT = 2.0
# The same for English, in letters (read off false candidates on MultiDoGO).
_SHORT_LETTERS = 4.0
# The rough pass asks for so much likeness, 0-100; below it the fine pass found nothing within 0.5
# on the labelled turns.
_ROUGH = 58.0


class Near(NamedTuple):
    """A stretch of a reading's text and how far it is from `wanted`, 0-1."""

    distance: float
    start: int
    end: int
    wanted: str


def near(
    turns: Sequence[Said], facts: Sequence[Fact], matcher: Matcher, limits: Limits
) -> tuple[Candidate, ...]:
    """Candidates for lists and phrases with `near`, in turns without a sure hit of theirs.

    At most one a kind and turn, the nearest, up to `near_distance` or the phrase's own tolerance;
    beyond that only the call's nearest of each kind, up to 0.5, which is no possible hit but
    explains an absence.
    """
    said = {(f.kind, f.turn, f.value if f.kind == "phrase" else None) for f in facts}
    sure: dict[int | None, list[Fact]] = {}
    for fact in facts:
        sure.setdefault(fact.turn, []).append(fact)
    within: list[Candidate] = []
    farther: dict[tuple[str, str | None], Candidate] = {}
    reached: set[tuple[str, str | None]] = set()
    for one in turns:
        for number in sorted(looked_for(one, matcher)):
            entry = matcher.entries[number]
            key = (entry.kind, entry.value)
            if not entry.wants or (entry.kind, one.number, entry.value) in said:
                continue
            best = nearest(one.reading.text[:_MAX_COMPARED], entry, matcher.language)
            if best is None or _excluded(one, entry, best):
                continue
            candidate = _candidate(one, entry, best)
            if any(_same_words(candidate, fact, one) for fact in sure.get(one.number, ())):
                continue
            own = entry.tolerance
            if best.distance <= (limits.near_distance if own is None else own):
                within.append(candidate)
                reached.add(key)
            elif key not in farther or candidate.distance < farther[key].distance:
                farther[key] = candidate
    return (*within, *(c for key, c in sorted(farther.items(), key=str) if key not in reached))


def _excluded(one: Said, entry: Entry, best: Near) -> bool:
    """True when what is near stands in what the entry excludes: it was heard, and is no hit."""
    text = one.reading.text[:_MAX_COMPARED]
    spans = [hit.span() for no in entry.excludes for hit in no.finditer(text)]
    return any(first < best.end and best.start < last for first, last in spans)


def _same_words(candidate: Candidate, fact: Fact, one: Said) -> bool:
    """True when the candidate's words were surely heard as another wording.

    A wording that runs on through the sentence, as a promise does, says nothing of each word;
    nor does a short one that stands inside what was perhaps said.
    """
    text, quote, other = one.turn.text, candidate.quote or "", fact.quote or ""
    ours, theirs = text.find(quote), text.find(other)
    shared = min(ours + len(quote), theirs + len(other)) - max(ours, theirs)
    return shared > 0 and shared >= _SAME_SHARE * max(len(quote), len(other))


def nearest(text: str, entry: Entry, language: str) -> Near | None:
    """The stretch of `text` nearest to one of the entry's wanted phrases, up to 0.5."""
    find = _nearest_zh if language == "zh" else _nearest_en
    best: Near | None = None
    for want, shown in entry.wants:
        found = find(text, want, NEAREST_LIMIT if best is None else best.distance)
        if found is not None and (best is None or found.distance < best.distance):
            best = found._replace(wanted=shown)
    return best


def _candidate(one: Said, entry: Entry, best: Near) -> Candidate:
    quote = quoted(one, best.start, best.end)
    return Candidate(
        kind=entry.kind,
        turn=one.number,
        speaker=one.turn.speaker,
        start_s=quote.start_s,
        end_s=quote.end_s,
        value=entry.value,
        quote=quote.text,
        confidence=quote.confidence,
        distance=round(best.distance, 4),
        wanted=best.wanted,
    )


# Mandarin -----------------------------------------------------------------------------------


def _nearest_zh(text: str, want: str, limit: float) -> Near | None:
    """By sliding the wanted syllables over the text with a weighted edit distance.

    Two syllables are too few to tell: they must sound exactly the same; one gives nothing.
    """
    if len(want) < 2:
        return None
    if len(want) == 2:
        limit = 0.0
    code, whole = _code(want), _code(text)
    # A rough pass first: shared fuzzy syllables in order, at the most alike window.
    alignment = fuzz.partial_ratio_alignment(code, whole, score_cutoff=_ROUGH)
    if alignment is None:
        return None
    middle = (alignment.dest_start + alignment.dest_end) // 4
    begin = max(0, middle - len(want) - 2)
    return _slide(text[begin : middle + len(want) + 2], want, limit, begin)


def _slide(text: str, want: str, limit: float, offset: int) -> Near | None:
    """Semi-global alignment: all of `want` against any stretch of `text`."""
    width = len(text) + 1
    costs = [0.0] * width
    froms = list(range(width))
    for character in want:
        drop = _PARTICLE_GAP if character in _PARTICLES else _GAP
        row = [costs[0] + drop] + [0.0] * (width - 1)
        origin = [0] * width
        for j in range(1, width):
            swap = costs[j - 1] + difference(character, text[j - 1])
            skip = costs[j] + drop
            add = row[j - 1] + (_PARTICLE_GAP if text[j - 1] in _PARTICLES else _GAP)
            row[j], origin[j] = min((swap, froms[j - 1]), (skip, froms[j]), (add, origin[j - 1]))
        costs, froms = row, origin
    end = min(range(width), key=lambda j: (costs[j], j))
    distance = costs[end] / len(want) * (1 + _SHORT / len(want))
    if distance > limit or froms[end] >= end:
        return None
    return Near(min(distance, 1.0), offset + froms[end], offset + end, want)


@lru_cache(maxsize=4096)
def _code(text: str) -> str:
    """Two letters a character, its fuzzy initial and final, for the rough pass."""
    return "".join(_letters(character) for character in text)


@lru_cache(maxsize=20_000)
def _letters(character: str) -> str:
    readings = syllables(character)
    if not readings:
        return "\ufffe\uffff"
    initial, final = readings[0]
    return _class(_FOLD_INITIAL.get(initial, initial), 0) + _class(_FOLD_FINAL.get(final, final), 1)


_FOLD_INITIAL = {
    "zh": "z", "ch": "c", "sh": "s", "l": "n", "r": "n", "h": "f", "k": "g", "t": "d", "p": "b",
    "q": "j",
}  # fmt: skip
_FOLD_FINAL = {
    "ang": "an", "eng": "en", "ing": "in", "iang": "ian", "uang": "uan", "ong": "un", "ue": "ie",
}  # fmt: skip


def _class(sound: str, shelf: int) -> str:
    """One letter of the private use area for a sound; the same on every machine."""
    code = 0
    for letter in sound:
        code = code * 27 + (ord(letter) - 96)
    return chr(0xE000 + shelf * 3000 + code % 2900)


# English ------------------------------------------------------------------------------------


def _nearest_en(text: str, want: str, limit: float) -> Near | None:
    """By edit distance of letters over windows of about as many words; one word gives nothing."""
    words = want.split()
    if len(words) < 2:
        return None
    letters = "".join(words)
    alignment = fuzz.partial_ratio_alignment(want, text, score_cutoff=100 * (1 - limit) - 15)
    if alignment is None:
        return None
    begin = max(0, alignment.dest_start - len(want) // 2)
    end = min(len(text), alignment.dest_end + len(want) // 2)
    best: Near | None = None
    for first, last in _windows(text, begin, end, len(words)):
        heard = text[first:last].replace(" ", "")
        distance = Levenshtein.distance(letters, heard) / max(len(letters), len(heard), 1)
        distance *= 1 + _SHORT_LETTERS / len(letters)
        if distance <= limit and (best is None or distance < best.distance):
            best = Near(distance, first, last, want)
    return best


def _windows(text: str, begin: int, end: int, count: int) -> Iterator[tuple[int, int]]:
    """Stretches of count - 1, count and count + 1 whole words that touch text[begin:end]."""
    starts: list[int] = []
    ends: list[int] = []
    at = text.rfind(" ", 0, begin) + 1
    for word in text[at:].split(" "):
        if at > end:
            break
        if word:
            starts.append(at)
            ends.append(at + len(word))
        at += len(word) + 1
    for size in (count - 1, count, count + 1):
        for first in range(len(starts) - size + 1):
            if size > 0:
                yield starts[first], ends[first + size - 1]
