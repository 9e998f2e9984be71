"""One test provokes each code of scoring; all errors of a run come together."""

import string

import pytest
from scoring_forms import CALL, answer, form, found, item

from qa.domain.evaluations import Answer
from qa.domain.findings import Finding
from qa.scoring.error_texts import TEXTS
from qa.scoring.score import score
from transcribe.errors import CodedErrors

CARD = form([item("AA-1", 10, "A-1"), item("AA-2", 5, by="human")])


@pytest.mark.parametrize(
    ("code", "findings", "answers", "said"),
    [
        ("QA401", [], [answer("ZZ-9", "met")], "AA-1, AA-2"),
        ("QA402", [], [answer("AA-1", "undecided")], "met, not_met, not_applicable"),
        ("QA403", [], [answer("AA-1", "not_met"), answer("AA-1", "met")], "met and not_met"),
        ("QA404", [found("A-1", "met"), found("A-1", "met")], [], "2 findings"),
    ],
)
def test_code_is_provoked_and_says_what_was_seen(
    code: str, findings: list[Finding], answers: list[Answer], said: str
) -> None:
    with pytest.raises(CodedErrors) as caught:
        score(CALL, findings, CARD, answers)
    (error,) = caught.value.errors
    assert (error.code, error.place) == (code, "call-1")
    assert said in error.text("en", TEXTS)
    assert "{" not in error.text("zh", TEXTS)


def test_errors_come_together() -> None:
    with pytest.raises(CodedErrors) as caught:
        score(CALL, [], CARD, [answer("ZZ-9", "met"), answer("AA-1", "undecided")])
    assert [error.code for error in caught.value.errors] == ["QA401", "QA402"]


def test_an_earlier_contradiction_that_was_settled_later_is_no_error() -> None:
    answers = [
        answer("AA-1", "met"),
        answer("AA-1", "not_met"),
        answer("AA-1", "met", minute=5),
        answer("AA-1", "met", minute=5),
    ]
    assert score(CALL, [], CARD, answers).score == 100


def test_both_languages_name_the_same_placeholders() -> None:
    for text in TEXTS.values():
        named = [
            {field for _, field, _, _ in string.Formatter().parse(one) if field} for one in text
        ]
        assert named[0] == named[1]
        assert named[0]
