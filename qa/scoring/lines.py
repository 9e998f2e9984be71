"""One line of the form on one call: its verdict, who gave it, and the points it gives."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from qa.domain.evaluations import Answer
from qa.domain.findings import Finding
from qa.domain.rules import Verdict
from qa.domain.scorecards import Item, Scorecard
from qa.scoring.combine import UNDECIDED, Outcome, combined, plain

Source = Literal["machine", "human", "open"]
FatalState = Literal["none", "pending", "confirmed"]
LIVE = "live"


class Line(NamedTuple):
    """An item with its outcome. Points are exact fractions of the form's own points.

    low, high: the points it gives with what is undecided at none and at full.
    sure: the points it gives or takes already; of a share item the rules that are decided.
    weight: its part of the denominator: 0 for bonus, deduction, not_applicable.
    decided: the part of `weight` that is decided.
    """

    item: Item
    section: str
    verdict: Verdict
    source: Source
    low: Fraction
    high: Fraction
    sure: Fraction
    weight: Fraction
    decided: Fraction
    fatal: FatalState
    findings: tuple[str, ...]


def lines_of(
    scorecard: Scorecard, findings: Mapping[str, Finding], answers: Mapping[str, Answer]
) -> tuple[Line, ...]:
    """The form's lines, in its order. findings by rule id, answers by item."""
    return tuple(
        _line(item, section.ref_id, findings, answers.get(item.ref_id))
        for section in scorecard.sections
        for item in section.items
    )


def _line(item: Item, section: str, findings: Mapping[str, Finding], answer: Answer | None) -> Line:
    named = [findings[rule] for rule in dict.fromkeys(item.rules) if rule in findings]
    outcome, source = _judged(item, named, answer)
    low, high = _points(item, outcome)
    counts = item.points > 0 and not item.bonus and outcome.verdict != "not_applicable"
    weight = Fraction(item.points) if counts else Fraction(0)
    return Line(
        item=item,
        section=section,
        verdict=outcome.verdict,
        source=source,
        low=low,
        high=high,
        sure=low if item.points > 0 else high,
        weight=weight,
        decided=weight * (1 - outcome.high_share + outcome.low_share),
        fatal=_fatal(item, outcome, source),
        findings=tuple(finding.id for finding in named),
    )


def _judged(item: Item, findings: list[Finding], answer: Answer | None) -> tuple[Outcome, Source]:
    """A person's answer wins; else the live rules decide, unless only a person may."""
    if answer is not None:
        return plain(answer.verdict), "human"
    if item.by == "human":
        return UNDECIDED, "open"
    outcome = combined(item.combine, [f.verdict for f in findings if f.status == LIVE])
    return outcome, "open" if outcome.verdict == "undecided" else "machine"


def _points(item: Item, outcome: Outcome) -> tuple[Fraction, Fraction]:
    """What the item gives at worst and at best; a deduction gives nothing or takes."""
    points = Fraction(item.points)
    if outcome.verdict == "not_applicable":
        return Fraction(0), Fraction(0)
    if points < 0:
        return points * (1 - outcome.low_share), points * (1 - outcome.high_share)
    return points * outcome.low_share, points * outcome.high_share


def _fatal(item: Item, outcome: Outcome, source: Source) -> FatalState:
    if item.fatal == "none" or outcome.verdict != "not_met":
        return "none"
    return "confirmed" if source == "human" else "pending"
