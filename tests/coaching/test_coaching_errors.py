"""One test provokes each code of coaching."""

import string

import pytest
from coaching_calls import FORM, MONDAY, call, found, marked

from qa.coaching.error_texts import TEXTS
from qa.coaching.strengths import strengths
from qa.coaching.weak_points import weak_points
from qa.domain.coaching import Evaluated, Window
from transcribe.errors import CodedErrors

ONE = marked(call("a"), [found("OPEN-001", "met")])
OTHER_VERSION = ONE.model_copy(update={"scorecard": FORM.model_copy(update={"version": "2"})})
OTHER_ITEMS = ONE.model_copy(
    update={"scorecard": FORM.model_copy(update={"sections": FORM.sections[:1]})}
)


@pytest.mark.parametrize(
    ("code", "evaluated", "window", "said"),
    [
        ("QA501", [OTHER_VERSION], Window(), "form@1"),
        ("QA501", [OTHER_ITEMS], Window(), "form@1"),
        ("QA502", [ONE, ONE], Window(), "2 evaluations"),
        ("QA503", [ONE], Window(from_at=MONDAY, to_at=MONDAY), "2025-03-03"),
    ],
)
def test_code_is_provoked(code: str, evaluated: list[Evaluated], window: Window, said: str) -> None:
    for told in (weak_points, strengths):
        with pytest.raises(CodedErrors) as caught:
            told(evaluated, window=window)
        (error,) = caught.value.errors
        assert error.code == code
        assert said in error.text("en", TEXTS)
        assert "{" not in error.text("zh", TEXTS)


def test_both_languages_name_the_same_placeholders() -> None:
    for text in TEXTS.values():
        named = [
            {field for _, field, _, _ in string.Formatter().parse(one) if field} for one in text
        ]
        assert named[0] == named[1]
        assert named[0]
