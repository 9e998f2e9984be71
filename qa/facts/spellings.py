"""Spellings of chats read as the word they stand for: "plz" as "please", by tables people edit."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import re2

from qa.domain.patterns import Synonyms

# A spelling is no part of an address, a number or a longer word: "u@x.org", "u.s.", "t-u-v".
_LEFT, _RIGHT = r"(?<![a-z0-9'@.\-])", r"(?!['@\-]?[a-z0-9]|\.[a-z0-9])"
_IN_WORDS = re.compile(r"[a-z0-9_]")  # what RE2's \b sees as part of a word


class Spelt(NamedTuple):
    """A text with its spellings replaced; where each of its characters begins and ends in it."""

    text: str
    starts: list[int]
    ends: list[int]


class Spellings:
    """The groups of synonyms that are spellings of their first word."""

    def __init__(self, groups: Iterable[Synonyms]) -> None:
        """groups: those with `spellings` count; their words stand as in normalised text."""
        self._word = {
            other.casefold(): group.words[0].casefold()
            for group in groups
            if group.spellings
            for other in group.words[1:]
        }
        longest_first = sorted(self._word, key=lambda word: (-len(word), word))
        either = "|".join(re.escape(word) for word in longest_first)
        self._all = re.compile(_LEFT + f"(?:{either})" + _RIGHT)
        # Most turns have none: RE2 says so at a tenth of the price.
        self._any = re2.compile("|".join(map(_whole, longest_first)))

    def __bool__(self) -> bool:
        return bool(self._word)

    def of(self, plain: str) -> Spelt | None:
        """The normalised text with its spellings read; None where it has none."""
        if not self._word or not self._any.search(plain):
            return None
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = 0
        for match in self._all.finditer(plain):
            begin, end = match.span()
            word = self._word[match.group()]
            pieces += (plain[last:begin], word)
            starts += [*range(last, begin), *[begin] * len(word)]
            ends += [*range(last + 1, begin + 1), *[end] * len(word)]
            last = end
        if not last:
            return None
        pieces.append(plain[last:])
        starts.extend(range(last, len(plain)))
        ends.extend(range(last + 1, len(plain) + 1))
        return Spelt("".join(pieces), starts, ends)


def _whole(word: str) -> str:
    """An RE2 regex of the word; where it ends in a sign ("w/") no word's edge is there."""
    left, right = (r"\b" if _IN_WORDS.match(edge) else "" for edge in (word[0], word[-1]))
    return f"{left}{re2.escape(word)}{right}"


NONE = Spellings(())
