"""How the benchmarks compare what was heard with what was said."""

import pytest

from bench.known_text import KnownCall, errors_of, known_calls, plain, right_tokens
from bench.reliability import Judged, ece, fitted
from tests.cli.commands import ROOT


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("三百块，对吗？", "300元对吗", "zh"),
        ("工号二一零七", "工號2107", "zh"),
        ("Eighty-five dollars.", "$85", "en"),
        ("It's order nine one one", "its order 911", "en"),
        ("a hundred and ten", "110", "en"),
    ],
)
def test_the_same_in_other_writing(one: str, other: str, language: str) -> None:
    lang = "zh" if language == "zh" else "en"
    assert plain(one, lang) == plain(other, lang) != []


def test_heard_words_are_right_where_they_were_said() -> None:
    assert right_tokens(["a", "b", "c", "d"], ["a", "x", "c", "d", "e"]) == [
        True,
        False,
        True,
        True,
        False,
    ]
    assert right_tokens([], ["a"]) == [False]


def test_errors_are_counted_on_both_channels() -> None:
    call = KnownCall("c", ROOT, "en", ("csr", "customer"), (("my bill", "is high"), ("yes",)))
    made = errors_of(call, {0: "my pill is high", 1: ""})
    assert (made.wrong, made.said) == (2, 5)


def test_every_demo_call_has_its_words() -> None:
    calls = known_calls([ROOT / "demo"])
    assert len(calls) == 10
    assert all(call.path.is_file() and all(call.said) for call in calls)
    assert {call.id for call in calls if call.roles == ("customer", "csr")} == {"zh-03", "en-02"}


def test_calibration_error_is_the_distance_of_confidence_and_share() -> None:
    assert ece([0.85] * 10, [1.0] * 10) == pytest.approx(0.15)
    assert ece([0.15] * 4 + [0.95] * 6, [0, 0, 0, 1, *[1] * 6]) == pytest.approx(
        0.4 * 0.1 + 0.6 * 0.05
    )


def test_a_fit_finds_the_odds_it_was_made_from() -> None:
    words = [
        Judged("c", "zh", 0, raw, at % 10 < tenths)
        for raw, tenths in ((0.2, 5), (0.8, 9))
        for at in range(1000)
    ]
    fit = fitted(words, weigh_call=False)
    assert fit.call == 0
    assert fit.own == pytest.approx(2.197 / 2.773, abs=0.02)  # log odds of 0.9 over those of 0.8
