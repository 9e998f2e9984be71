"""Which hot words the recogniser is told."""

import pytest

from transcribe.hot_words import fitting

WORDS = ("星海银行", " Maple Street Store ", "", "年费", "星海银行", "Wi-Fi")


@pytest.mark.parametrize(
    ("language", "most", "told"),
    [
        ("zh", 200, "星海银行，年费，Maple Street Store，Wi-Fi"),
        ("en", 200, "Maple Street Store, Wi-Fi"),
        ("zh", 7, "星海银行，年费"),
        ("zh", 3, ""),
        ("en", 18, "Maple Street Store"),
    ],
)
def test_own_words_first_and_as_many_as_fit(language: str, most: int, told: str) -> None:
    assert fitting(WORDS, language, len, most) == told


def test_nothing_is_told_without_words() -> None:
    assert fitting((), "zh", len) == ""
