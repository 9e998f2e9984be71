"""Contract 2, the table: how an item combines the verdicts of its rules."""

from fractions import Fraction
from itertools import permutations

import pytest

from qa.domain.rules import Verdict
from qa.domain.scorecards import Combine
from qa.scoring.combine import combined

SHORT: dict[str, Verdict] = {
    "m": "met",
    "n": "not_met",
    "a": "not_applicable",
    "u": "undecided",
}


@pytest.mark.parametrize(
    ("combine", "verdicts", "want"),
    [
        ("all", "m", "met"),
        ("all", "mm", "met"),
        ("all", "ma", "met"),
        ("all", "mn", "not_met"),
        ("all", "nu", "not_met"),
        ("all", "na", "not_met"),
        ("all", "mu", "undecided"),
        ("all", "au", "undecided"),
        ("all", "aa", "not_applicable"),
        ("any", "mn", "met"),
        ("any", "mu", "met"),
        ("any", "ma", "met"),
        ("any", "nn", "not_met"),
        ("any", "na", "not_met"),
        ("any", "nu", "undecided"),
        ("any", "au", "undecided"),
        ("any", "aa", "not_applicable"),
        ("share", "mm", "met"),
        ("share", "ma", "met"),
        ("share", "mn", "not_met"),
        ("share", "nn", "not_met"),
        ("share", "mu", "undecided"),
        ("share", "nu", "undecided"),
        ("share", "aa", "not_applicable"),
        ("all", "", "undecided"),
        ("any", "", "undecided"),
        ("share", "", "undecided"),
    ],
)
def test_verdict_of_the_table_in_any_order(combine: Combine, verdicts: str, want: Verdict) -> None:
    for order in permutations(verdicts):
        assert combined(combine, [SHORT[letter] for letter in order]).verdict == want


@pytest.mark.parametrize(
    ("verdicts", "low", "high"),
    [
        ("mn", "1/2", "1/2"),
        ("mna", "1/2", "1/2"),
        ("mmn", "2/3", "2/3"),
        ("mnu", "1/3", "2/3"),
        ("uua", "0", "1"),
        ("muu", "1/3", "1"),
    ],
)
def test_share_gives_met_of_applicable_and_undecided_ones_widen(
    verdicts: str, low: str, high: str
) -> None:
    outcome = combined("share", [SHORT[letter] for letter in verdicts])
    assert (outcome.low_share, outcome.high_share) == (Fraction(low), Fraction(high))
