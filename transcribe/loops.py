"""Recognisers sometimes say the same over and over; such a loop was said once, if at all."""

import re
from collections.abc import Sequence

from transcribe.spoken_digits import digit_tokens
from transcribe.turns import HeardWord

_TIMES = 4  # people repeat a word three times, hardly ever a phrase four (guess)
_MOST_WORDS = 20  # the longest phrase that is looked for (guess)
_LOOP = re.compile(r"(.{2,60}?)\1{3,}", re.DOTALL)


def has_loop(text: str) -> bool:
    """True when a stretch of two and more characters stands four times on end.

    Digits said one by one ("one one one one") are a number, no loop.
    """
    found = _LOOP.search(text)
    return found is not None and not _is_number(found.group(1))


def _is_number(text: str) -> bool:
    """True for digits and what may stand between them, nothing else."""
    found = [digits for _, _, digits in digit_tokens(text)]
    return any(found) and None not in found


def without_loops(words: Sequence[HeardWord]) -> tuple[HeardWord, ...]:
    """The words with a run of four and more equal stretches cut to its first."""
    kept: list[HeardWord] = []
    at = 0
    while at < len(words):
        length, times = _longest_loop(words, at)
        if times >= _TIMES:
            kept += words[at : at + length]
            at += length * times
        else:
            kept.append(words[at])
            at += 1
    return tuple(kept)


def _longest_loop(words: Sequence[HeardWord], at: int) -> tuple[int, int]:
    """Length and count of the loop that starts at a word; count 1 where none does."""
    best = (1, 1)
    for length in range(1, min(_MOST_WORDS, (len(words) - at) // 2) + 1):
        said = [word.text for word in words[at : at + length]]
        times = 1
        while [
            word.text for word in words[at + times * length : at + (times + 1) * length]
        ] == said:
            times += 1
        longer = times * length > best[0] * best[1]
        if times >= _TIMES and longer and not _is_number("".join(said)):
            best = (length, times)
    return best
