"""Findings and answers into columns, and a row of the columns as the evaluation it is."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from qa.domain.evaluations import (
    Answer,
    ClassScore,
    Evaluation,
    FatalItem,
    ItemScore,
    SectionScore,
)
from qa.domain.findings import Finding, StoredVerdict
from qa.domain.scorecards import Item, Scorecard
from qa.scoring.column_nouns import CLASSES, NO_FIGURE, NONE, VERDICTS, ItemColumns, Judged, Scored
from qa.scoring.lines import LIVE

_CODES = {verdict: code for code, verdict in enumerate(VERDICTS)}


def judged_of(
    card: Scorecard, rows: Sequence[tuple[Sequence[Finding | StoredVerdict], Sequence[Answer]]]
) -> Judged:
    """The columns of calls judged one by one: a pair of findings and answers each.

    As for `score`: only live findings of rules that an item names count, and of several answers
    to an item the latest.
    """
    rules = dict.fromkeys(rule for item in card.items for rule in item.rules)
    verdicts = {rule: np.full(len(rows), NONE, np.int8) for rule in rules}
    answers = {item.ref_id: np.full(len(rows), NONE, np.int8) for item in card.items}
    for number, (findings, given) in enumerate(rows):
        for finding in findings:
            if finding.status == LIVE and finding.rule_id in verdicts:
                verdicts[finding.rule_id][number] = _CODES[finding.verdict]
        for answer in sorted(given, key=lambda one: one.at):
            if answer.ref_id in answers:
                answers[answer.ref_id][number] = _CODES[answer.verdict]
    return Judged(rows=len(rows), verdicts=verdicts, answers=answers)


def evaluation_at(scored: Scored, row: int, findings: Mapping[str, str]) -> Evaluation:
    """The evaluation of a row; findings: rule id -> id of its finding on this call."""
    card = scored.scorecard
    items = tuple(
        _item(item, columns, row, findings)
        for item, columns in zip(card.items, scored.items, strict=True)
    )
    fatals = [
        (FatalItem(ref_id=item.ref_id, reach=item.fatal), bool(columns.answered[row]))
        for item, columns in zip(card.items, scored.items, strict=True)
        if columns.fatal[row] and item.fatal != "none"
    ]
    bands = sorted(card.bands, key=lambda band: band.from_score)
    band = int(scored.band[row])
    passed = int(scored.passed[row])
    by_section: list[Sequence[ItemScore]] = []
    rest = items
    for section in card.sections:
        by_section.append(rest[: len(section.items)])
        rest = rest[len(section.items) :]
    return Evaluation(
        scorecard=card.id,
        version=card.version,
        score=_figure(int(scored.score_h[row])),
        coverage=float(scored.coverage[row]),
        range=(_sure(int(scored.low_h[row])), _sure(int(scored.high_h[row]))),
        passed=None if passed == NONE else bool(passed),
        band=None if band == NONE else bands[band].id,
        fatal_pending=tuple(fatal for fatal, confirmed in fatals if not confirmed),
        fatal=tuple(fatal for fatal, confirmed in fatals if confirmed),
        classes={
            name: ClassScore(
                points=_sure(int(got[row])),
                max_points=_sure(int(most[row])),
                score=_figure(int(share[row])),
            )
            for name in CLASSES
            for got, most, share in [scored.classes[name]]
        },
        sections=tuple(
            SectionScore(
                ref_id=section.ref_id,
                points=_sure(int(got[row])),
                max_points=_sure(int(most[row])),
                items=tuple(own),
            )
            for section, (got, most), own in zip(
                card.sections, scored.sections, by_section, strict=True
            )
        ),
        items=items,
    )


def _item(item: Item, columns: ItemColumns, row: int, findings: Mapping[str, str]) -> ItemScore:
    source = "machine"
    if columns.answered[row]:
        source = "human"
    elif columns.open[row]:
        source = "open"
    return ItemScore.model_validate(
        {
            "ref_id": item.ref_id,
            "verdict": VERDICTS[int(columns.verdict[row])],
            "points": _figure(int(columns.points_h[row])),
            "max_points": max(item.points, Decimal(0)),
            "applied_weight": _sure(int(columns.weight_h[row])),
            "by": item.by,
            "source": source,
            "findings": tuple(findings[r] for r in dict.fromkeys(item.rules) if r in findings),
        }
    )


def _figure(hundredths: int) -> Decimal | None:
    return None if hundredths == NO_FIGURE else _sure(hundredths)


def _sure(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)
