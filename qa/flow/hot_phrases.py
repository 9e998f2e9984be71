"""The phrases of the packs that a recogniser may be told before it hears."""

from qa.domain.packs import Packs
from qa.facts.matcher import compiled

MOST = 200  # of TranscribeSettings.hot_words; no more would fit before a window


def hot_phrases(packs: Packs) -> tuple[str, ...]:
    """One wording of each list the rules look for by sound, then the second ones, and so on."""
    rounds: list[tuple[int, str]] = []
    for patterns in packs.patterns:
        for entry in compiled(patterns).entries:
            rounds += [(nth, shown) for nth, (_, shown) in enumerate(entry.wants)]
    return tuple(dict.fromkeys(shown for _, shown in sorted(rounds, key=lambda one: one[0])))


def with_phrases(words: tuple[str, ...], packs: Packs) -> tuple[str, ...]:
    """A site's own words, then phrases of its packs, as many as may be told."""
    return tuple(dict.fromkeys((*words, *hot_phrases(packs))))[:MOST]
