"""Spellings of chats read as the word they stand for, in turns and in wordings."""

import pytest
from pydantic import ValidationError

from qa.domain.patterns import Patterns, Synonyms
from qa.domain.synonyms import list_with
from qa.facts.reading import fold, read
from qa.facts.spellings import Spellings
from tests.facts.calls import facts_of, transcript, words
from tests.facts.labelled import patterns as shipped

GROUPS = (
    Synonyms(name="please", words=("please", "plz", "pls"), spellings=True),
    Synonyms(name="you", words=("you", "u"), spellings=True),
    Synonyms(name="card", words=("credit card", "card")),
)


@pytest.mark.parametrize(
    ("written", "copy"),
    [
        ("Plz wait", "please wait"),
        ("thank u, pls", "thank you please"),
        ("u.s. mail to u@x.org, t-u-v or u2", "u.s. mail to u@x.org t u v or u2"),
        ("my card", "my card"),
        ("sulphur plzz", "sulphur plzz"),
    ],
)
def test_searched_copy(written: str, copy: str) -> None:
    assert read(written, "en", Spellings(GROUPS)).text == copy


@pytest.mark.parametrize(
    ("written", "copy"),
    [
        ("coffee w/ milk & sugar", "coffee with milk and sugar"),
        ("w/", "with"),
        ("R&D, no/w/here", "r&d no/w/here"),
    ],
)
def test_spellings_may_end_in_a_sign(written: str, copy: str) -> None:
    groups = (
        Synonyms(name="with", words=("with", "w/"), spellings=True),
        Synonyms(name="and", words=("and", "&"), spellings=True),
    )
    assert read(written, "en", Spellings(groups)).text == copy


def test_a_spelling_of_nothing_is_refused() -> None:
    for word in ("", " "):
        with pytest.raises(ValidationError):
            Synonyms(name="please", words=("please", word), spellings=True)


def test_quotes_are_the_text_as_written() -> None:
    reading = read("Can u, PLZ, wait?", "en", Spellings(GROUPS))
    start = reading.text.index("you please")
    first, last = reading.quote(start, start + len("you please"))
    assert reading.original[first:last] == "u, PLZ"
    assert len(reading.starts) == len(reading.ends) == len(reading.text)


def test_groups_that_are_no_spellings_change_nothing() -> None:
    assert Spellings(GROUPS[2:]).of("my card plz") is None
    assert not Spellings(GROUPS[2:])
    assert fold("thank u", "en", Spellings(GROUPS)) == "thank you"


def test_lists_find_what_is_spelt_otherwise_on_either_side() -> None:
    hold = words("hold_notice", "please wait", "wait u", language="en", speaker="csr")
    groups = {one.name: one.words for one in GROUPS}
    found = Patterns(
        language="en", lists=(list_with(hold, groups),), synonyms=GROUPS, digest="spelt"
    )
    heard = transcript(("csr", 0, 5, "plz wait"), ("csr", 6, 9, "wait you"), language="en")
    quotes = [fact.quote for fact in facts_of(heard, found).facts if fact.kind == "hold_notice"]
    assert quotes == ["plz wait", "wait you"]


@pytest.mark.parametrize(
    ("written", "copy"),
    [
        ("gud mrng, hw can i help u", "good morning how can i help you"),
        ("thnks", "thanks"),
        ("wat is ur acc no", "what is your account number"),
        ("im sry, plz hold on a min", "i am sorry please hold on a min"),
        ("shes here, theyll call u", "she is here they will call you"),
    ],
)  # fmt: skip
def test_the_shipped_spellings(written: str, copy: str) -> None:
    spellings = Spellings(shipped("en").synonyms)
    assert read(written, "en", spellings).text == copy
