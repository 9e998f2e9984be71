"""Numbers read out, however they are said."""

import pytest

from tests.facts.calls import Line, facts_of, patterns, transcript
from transcribe.transcript import Language


def numbers(*lines: Line, language: Language = "zh") -> list[tuple[int | None, float | str | None]]:
    found = patterns(language=language).model_copy(update={"asked": ("number",)})
    facts = facts_of(transcript(*lines, language=language), found).facts
    return [(fact.turn, fact.value) for fact in facts if fact.kind == "number"]


@pytest.mark.parametrize(
    ("language", "text", "digits"),
    [
        ("zh", "幺三八，五五零零", ["1385500"]),
        ("zh", "号码是一三八 1234", ["1381234"]),
        ("zh", "一下子买了三百二十个", []),
        ("en", "it's one three eight, double five oh", ["138550"]),
        ("en", "triple seven forty one", ["77741"]),
        ("en", "13 to 14 days", []),
        ("en", "extension 12, then 4567 please", ["124567"]),
    ],
)
def test_numbers(language: Language, text: str, digits: list[str]) -> None:
    assert [value for _, value in numbers(("csr", 0, 5, text), language=language)] == digits


def test_a_number_goes_on_over_its_speakers_turns() -> None:
    lines: list[Line] = [
        ("customer", 0, 3, "幺三八"),
        ("csr", 3, 4, "嗯"),
        ("customer", 4, 7, "零零一一"),
    ]
    assert numbers(*lines) == [(0, "1380011")]


def test_only_where_asked() -> None:
    heard = transcript(("csr", 0, 5, "幺三八五五零零"))
    assert [f for f in facts_of(heard).facts if f.kind == "number"] == []
