"""Who speaks like a CSR: counts of two lists that sites edit."""

import math

import pytest

from qa.domain.patterns import Patterns, WordList
from qa.facts.manner import manner_odds
from transcribe.errors import CodedError


def patterns(**lists: tuple[str, ...]) -> Patterns:
    return Patterns(
        language="en",
        digest="d",
        lists=tuple(
            WordList.model_validate(
                {"kind": kind, "language": "en", "title": {"zh": "单", "en": "list"},
                 "phrases": phrases}
            )
            for kind, phrases in lists.items()
        ),
    )  # fmt: skip


LISTS = patterns(csr_manner=("your", "let me"), customer_manner=("my",))


def test_the_odds_are_those_of_the_counts() -> None:
    csr = ["Your name and YOUR number?", "Let me see."]  # 3 of the CSR's, 0 of the customer's
    customer = ["My card, my name"]  # 0 and 2
    wanted = math.log(4 * 3 / (1 * 1))
    assert manner_odds((customer, csr), LISTS) == pytest.approx(wanted)
    assert manner_odds((csr, customer), LISTS) == pytest.approx(-wanted)


def test_words_inside_words_do_not_count() -> None:
    assert manner_odds((["army yours"], ["hm"]), LISTS) == 0


def test_without_lists_nothing_is_told() -> None:
    assert manner_odds((["my my"], ["your name"]), patterns()) == 0


def test_a_regex_that_does_not_compile() -> None:
    wrong = WordList.model_validate(
        {"kind": "csr_manner", "language": "en", "title": {"zh": "单", "en": "list"},
         "regexes": ("(",)}
    )  # fmt: skip
    with pytest.raises(CodedError) as caught:
        manner_odds((["a"], ["b"]), LISTS.model_copy(update={"lists": (wrong,)}))
    assert caught.value.code == "QA301"
