"""Behaviours told by many small wordings together: their points, for and against, are added up."""

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from qa.domain.patterns import Cues
from qa.facts.literals import Found, Literals
from qa.facts.reading import Reading
from transcribe.transcript import Language

# Points are read off turns of at most about so many characters; a longer turn is told in stretches
# of whole sentences, or each story would hold every cue at last (read off the labelled turns).
LONGEST = {"zh": 80, "en": 240}


class Told(NamedTuple):
    """A stretch whose cues are enough: from its first to its last cue that speaks for it.

    likelihood: 0.5-1, what the points beyond `enough` come to as a probability.
    """

    start: int
    end: int
    likelihood: float


class CueMatcher:
    """Finds what the cues of several owners tell."""

    def __init__(
        self, language: Language, cues: Sequence[tuple[int, Cues]], fold: Callable[[str], str]
    ) -> None:
        """cues: (owner, its cues). fold: a wording as it stands in searched copies."""
        owned: dict[str, dict[int, float]] = {}
        for owner, one in cues:
            for wording, points in one.points.items():
                owned.setdefault(fold(wording), {})[owner] = points
        self.literals = Literals(tuple(owned))
        self._points = tuple(owned.values())
        self._enough = {owner: one.enough for owner, one in cues}
        self._longest = LONGEST[language]

    def tell(
        self, reading: Reading, owners: frozenset[int], literals: Sequence[Found]
    ) -> dict[int, list[Told]]:
        """Owner -> the stretches that its cues tell; literals: what stands in reading's text."""
        asked = [owner for owner in sorted(owners) if owner in self._enough]
        if not asked or not literals:
            return {}
        told: dict[int, list[Told]] = {}
        stretches = _stretches(reading, self._longest)
        first: list[dict[int, tuple[int, int]]] = [{} for _ in stretches]
        for number, start, end in literals:
            first[bisect_right(stretches, start)].setdefault(number, (start, end))
        for seen in first:
            for owner in asked if seen else ():
                if one := self._told(owner, seen):
                    told.setdefault(owner, []).append(one)
        return told

    def _told(self, owner: int, seen: dict[int, tuple[int, int]]) -> Told | None:
        """seen: phrase -> where it first stands in the stretch."""
        own = [
            (points, place)
            for number, place in seen.items()
            if (points := self._points[number].get(owner)) is not None
        ]
        odds = math.fsum(points for points, _ in own) - self._enough[owner]
        places = [place for points, place in own if points > 0]
        if odds < 0 or not places:
            return None
        return Told(
            start=min(start for start, _ in places),
            end=max(end for _, end in places),
            likelihood=1 / (1 + math.exp(-odds)),
        )


def _stretches(reading: Reading, longest: int) -> list[int]:
    """Where the stretches of whole sentences end, ascending; a sentence too long for one is cut."""
    ends: list[int] = []
    begin = end = 0
    for finish in reading.sentences:
        if finish - begin > longest and end > begin:
            ends.append(end)
            begin = end
        while finish - begin > longest:
            begin += longest
            ends.append(begin)
        end = finish
    if end > begin:
        ends.append(end)
    return ends
