"""Which regexes may match a text: those whose needed literals stand in it.

A list of a hundred regexes joined by | makes RE2 build new states for nearly every text: 40 to 70
us a turn for the Chinese complaints alone. RE2's own FilteredRE2 looks for the literals that each
regex cannot do without, all at once, in about 3 us, and on most turns next to nothing is left to
try (measured on 3,700 turns). It names every regex that could match and never one too few.
"""

from collections.abc import Sequence
from typing import Any

import re2

from qa.facts.regexes import options

# Literals share one automaton of at most 8 MB, which re2.Filter lets nobody change; with more
# characters of regexes in it (about 10 bytes of states each) it is rebuilt again and again:
# 2.8 us a turn for 26,000 of them, 50 us for 43,000 (measured).
_MOST_CHARACTERS = 26_000


class Candidates:
    """The regexes of several owners, in groups of one filter each."""

    def __init__(self, regexes: Sequence[tuple[int, Any]]) -> None:
        """regexes: (owner, compiled regex); an owner's regexes may lie in several groups."""
        self._groups = tuple(_Group(chunk) for chunk in _chunks(regexes))

    def of(self, text: str, owners: frozenset[int]) -> list[tuple[int, Any]]:
        """The (owner, regex) that may match somewhere in the text, of these owners."""
        found: list[tuple[int, Any]] = []
        for group in self._groups:
            if not group.owners.isdisjoint(owners):
                found += [one for one in group.candidates(text) if one[0] in owners]
        return found


class _Group:
    """Regexes with one filter; without one where RE2 finds their literals too many."""

    def __init__(self, regexes: Sequence[tuple[int, Any]]) -> None:
        self.owners = frozenset(owner for owner, _ in regexes)
        self._regexes = tuple(regexes)
        self._filter: Any = re2.Filter()
        for _, regex in regexes:
            self._filter.Add(regex.pattern, options(captures=False))
        try:
            self._filter.Compile()
        except re2.error:
            self._filter = None

    def candidates(self, text: str) -> Sequence[tuple[int, Any]]:
        if self._filter is None:
            return self._regexes
        numbers = self._filter.Match(text, True)
        return [self._regexes[number] for number in sorted(numbers)] if numbers else ()


def _chunks(regexes: Sequence[tuple[int, Any]]) -> list[list[tuple[int, Any]]]:
    chunks: list[list[tuple[int, Any]]] = []
    room = 0
    for one in regexes:
        size = len(one[1].pattern)
        if not chunks or size > room:
            chunks.append([])
            room = _MOST_CHARACTERS
        chunks[-1].append(one)
        room -= size
    return chunks
