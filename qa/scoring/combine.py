"""How the verdicts of an item's rules become the item's outcome (contract 2, the table)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from qa.domain.rules import Verdict
from qa.domain.scorecards import Combine

NONE, FULL = Fraction(0), Fraction(1)


class Outcome(NamedTuple):
    """An item's verdict, and the share of its points (0-1) it gives at worst and at best.

    Both shares are the same unless the verdict is undecided.
    """

    verdict: Verdict
    low_share: Fraction
    high_share: Fraction


MET = Outcome("met", FULL, FULL)
NOT_MET = Outcome("not_met", NONE, NONE)
NOT_APPLICABLE = Outcome("not_applicable", NONE, NONE)
UNDECIDED = Outcome("undecided", NONE, FULL)
_PLAIN = {outcome.verdict: outcome for outcome in (MET, NOT_MET, NOT_APPLICABLE, UNDECIDED)}


def plain(verdict: Verdict) -> Outcome:
    """The outcome of one verdict that stands for the whole item: all of its points or none."""
    return _PLAIN[verdict]


def combined(combine: Combine, verdicts: Sequence[Verdict]) -> Outcome:
    """The outcome of an item whose live rules gave `verdicts`; none of them: undecided.

    A share item that is decided is met when every applicable rule is, else not_met with the
    share it reached, since only not_met costs points (D4).
    """
    if not verdicts:
        return UNDECIDED
    applicable = [verdict for verdict in verdicts if verdict != "not_applicable"]
    if not applicable:
        return NOT_APPLICABLE
    if combine == "share":
        return _shared(applicable)
    deciding: Verdict = "not_met" if combine == "all" else "met"
    if deciding in applicable:
        return plain(deciding)
    if "undecided" in applicable:
        return UNDECIDED
    return MET if combine == "all" else NOT_MET


def _shared(applicable: Sequence[Verdict]) -> Outcome:
    met, undecided = applicable.count("met"), applicable.count("undecided")
    low = Fraction(met, len(applicable))
    if undecided:
        return Outcome("undecided", low, Fraction(met + undecided, len(applicable)))
    return Outcome("met" if low == FULL else "not_met", low, low)
