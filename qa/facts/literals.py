"""Many literal phrases found in many texts in one pass, as whole words."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from daachorse import CharwiseDoubleArrayAhoCorasick

# Stands between texts; no searched copy and no phrase has it (reading makes a line's end a ";").
_BETWEEN = "\n"
_APART = frozenset((" ", _BETWEEN, ""))  # beside a word: a space, the next text, nothing

Found = tuple[int, int, int]  # number of the phrase, start and end in its text


class Literals:
    """An Aho-Corasick automaton over searched copies of phrases."""

    def __init__(self, phrases: Sequence[str]) -> None:
        """phrases: folded as searched copies are, none empty, none twice."""
        self.phrases = tuple(phrases)
        # It refuses to be made of nothing.
        self._automaton = CharwiseDoubleArrayAhoCorasick(list(phrases)) if phrases else None
        self._edges = tuple((_latin(one[0]), _latin(one[-1])) for one in self.phrases)
        self._inner = tuple(edges == (False, False) for edges in self._edges)

    def find(self, texts: Sequence[str]) -> dict[int, list[Found]]:
        """Number of a text -> the phrases in it, overlapping ones too, sorted by their ends.

        A phrase that begins or ends with a Latin letter or digit counts where no word goes on
        beyond it. One pass over all texts costs less than one a text.
        """
        found: dict[int, list[Found]] = {}
        whole = _BETWEEN.join(texts)
        hits = self._automaton.find_overlapping(whole) if self._automaton is not None else ()
        if not hits:
            return found
        inner = self._inner
        begins = [0, *accumulate([len(text) + len(_BETWEEN) for text in texts])]
        begin, after = 0, 0
        own: list[Found] = []
        for start, end, phrase in hits:
            if not inner[phrase] and not self._whole(whole, phrase, start, end):
                continue
            if start >= after:  # the first one of the next text that has any
                number = bisect_right(begins, start) - 1
                begin, after = begins[number], begins[number + 1]
                own = found[number] = []
            own.append((phrase, start - begin, end - begin))
        return found

    def _whole(self, text: str, phrase: int, start: int, end: int) -> bool:
        if text[start - 1 : start] in _APART and text[end : end + 1] in _APART:
            return True  # the usual case, told sooner
        left, right = self._edges[phrase]
        return _whole(text, start, end, left=left, right=right)


def _whole(text: str, start: int, end: int, *, left: bool, right: bool) -> bool:
    """True unless a Latin word or number goes on beyond an edge of the hit that is Latin."""
    if left and start:
        before = text[start - 1]
        if _latin(before) or (before == "'" and start > 1 and _latin(text[start - 2])):
            return False
    if right and end < len(text):
        after = text[end]
        if _latin(after) or (after == "'" and end + 1 < len(text) and _latin(text[end + 1])):
            return False
    return True


def _latin(character: str) -> bool:
    """True for letters and digits that stand in spaced words; Chinese characters do not."""
    return character.isalnum() and character < "\u2e80"
