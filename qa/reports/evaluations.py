"""Evaluations as two flat tables: one row a call, one row an item."""

from collections.abc import Iterable
from dataclasses import dataclass

from qa.domain.coaching import Evaluated
from qa.domain.evaluations import Evaluation, ItemScore
from qa.domain.findings import Finding
from qa.domain.scorecards import Item
from qa.domain.text import Text
from transcribe.transcript import Language

Cell = str | float | int | None


@dataclass(frozen=True)
class Table:
    """Rows under columns; every row has a cell for each column."""

    name: str
    title: Text
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


EVALUATIONS = (
    "call_id", "csr_id", "csr_name", "team", "queue", "started_at", "language", "scorecard",
    "version", "score", "low", "high", "coverage", "pass", "band", "fatal_pending", "fatal",
)  # fmt: skip
ITEMS = (
    "call_id", "csr_id", "item", "title", "class", "skill", "verdict", "points", "max_points",
    "source", "rules", "because", "start_s", "end_s", "quote", "comment",
)  # fmt: skip


def evaluation_tables(
    evaluated: Iterable[Evaluated],
    comments: dict[tuple[str, str], str],
    *,
    language: Language,
) -> tuple[Table, Table]:
    """The calls' table and the items' table, in the order of the evaluations.

    comments: (call id, item) -> the reason a person gave with an answer.
    """
    rows: list[tuple[Cell, ...]] = []
    items: list[tuple[Cell, ...]] = []
    for one in evaluated:
        if one.evaluation is None:
            continue
        rows.append(_call_row(one, one.evaluation))
        by_id = {finding.id: finding for finding in one.findings}
        blank = {item.ref_id: item for item in one.scorecard.items}
        for mark in one.evaluation.items:
            comment = comments.get((one.call.id, mark.ref_id))
            found = [by_id[i] for i in mark.findings if i in by_id]
            items.append(_item_row(one, mark, blank[mark.ref_id], found, comment, language))
    return (
        Table("evaluations", Text(zh="评分", en="evaluations"), EVALUATIONS, tuple(rows)),
        Table("items", Text(zh="评分项", en="items"), ITEMS, tuple(items)),
    )


def _call_row(one: Evaluated, evaluation: Evaluation) -> tuple[Cell, ...]:
    call = one.call
    low, high = evaluation.range
    return (
        call.id,
        call.csr_id,
        call.csr_name,
        call.team,
        call.queue,
        call.started_at.isoformat() if call.started_at else None,
        call.language,
        evaluation.scorecard,
        evaluation.version,
        None if evaluation.score is None else float(evaluation.score),
        float(low),
        float(high),
        round(evaluation.coverage, 4),
        {True: "pass", False: "fail", None: None}[evaluation.passed],
        evaluation.band,
        ", ".join(fatal.ref_id for fatal in evaluation.fatal_pending) or None,
        ", ".join(fatal.ref_id for fatal in evaluation.fatal) or None,
    )


def _item_row(
    one: Evaluated,
    mark: ItemScore,
    item: Item,
    found: list[Finding],
    comment: str | None,
    language: Language,
) -> tuple[Cell, ...]:
    deciding = [f for f in found if f.verdict == mark.verdict] or found
    places = [place for finding in deciding for place in finding.evidence]
    first = places[0] if places else None
    return (
        one.call.id,
        one.call.csr_id,
        mark.ref_id,
        item.title.of(language),
        item.item_class,
        item.skill,
        mark.verdict,
        None if mark.points is None else float(mark.points),
        float(mark.max_points),
        mark.source,
        ", ".join(item.rules) or None,
        " ".join(finding.reason.text.of(language) for finding in deciding) or None,
        round(first.start_s, 1) if first else None,
        round(first.end_s, 1) if first else None,
        first.quote if first else None,
        comment,
    )
