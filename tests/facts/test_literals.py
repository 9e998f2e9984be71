"""Phrases in many texts at once: the same as looking for each in each."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.facts.literals import Literals

_WORD = re.compile(r"[0-9a-zé]+(?:'[0-9a-zé]+)*")
LETTERS = st.text(alphabet="ab1 '好的é", max_size=12)
PHRASES = st.lists(
    st.text(alphabet="ab1 '好的é", min_size=1, max_size=4), min_size=1, max_size=6, unique=True
)


def looked_for(phrase: str, text: str) -> set[tuple[int, int]]:
    """Every place of the phrase that cuts no Latin word, by brute force."""
    inside = {at for word in _WORD.finditer(text) for at in range(word.start() + 1, word.end())}
    found = set()
    for start in range(len(text) - len(phrase) + 1):
        end = start + len(phrase)
        # An edge counts only where the phrase itself has a letter there.
        cuts = (phrase[0].isalnum() and start in inside) or (phrase[-1].isalnum() and end in inside)
        if text[start:end] == phrase and not cuts:
            found.add((start, end))
    return found


@settings(max_examples=400, deadline=None)
@given(PHRASES, st.lists(LETTERS, max_size=5))
def test_the_same_as_brute_force(phrases: list[str], texts: list[str]) -> None:
    ours = Literals(phrases).find(texts)
    for number, text in enumerate(texts):
        expected = {(p, *at) for p, one in enumerate(phrases) for at in looked_for(one, text)}
        got = ours.get(number, [])
        assert set(got) == expected
        assert len(got) == len(expected)


def test_nothing_to_look_for() -> None:
    assert Literals(()).find(["a", ""]) == {}
    assert Literals(("a",)).find([]) == {}
