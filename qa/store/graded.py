"""Evaluations that hold now, as columns; and by what they can be told to have changed."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Float, and_, case, cast, exists, func, select
from sqlmodel import Session, col

from qa.domain.graded import (
    NOBODY,
    NOTHING,
    VERDICT_CODES,
    WORD_OF,
    GradedColumns,
    graded_columns,
)
from qa.store.tables import (
    CallRevisionRow,
    CallRow,
    EvaluationRow,
    ItemScoreRow,
    UngradableRow,
)

SECONDS_A_DAY = 86_400
AT_ONCE = 500  # call ids in one query; SQLite allows 32,766 values, others fewer
NAN = float("nan")


class GradedState(NamedTuple):
    """What changes when an evaluation, a call's metadata or its gradability does."""

    evaluation_id: int
    evaluations: int
    revision_id: int
    ungradable: int
    cleared: int


def graded_state(session: Session) -> GradedState:
    """The database's state as views over evaluations see it; four quick look-ups."""
    evaluation, closed = EvaluationRow, UngradableRow
    ids = select(func.max(col(evaluation.id)), func.count()).select_from(evaluation)
    last, many = session.execute(ids).one()
    revision = session.execute(select(func.max(col(CallRevisionRow.id)))).scalar_one()
    open_and_closed = select(func.count(), func.count(col(closed.cleared_at))).select_from(closed)
    marked, cleared = session.execute(open_and_closed).one()
    return GradedState(last or 0, many, revision or 0, marked, cleared)


def calls_changed(session: Session, since: GradedState) -> tuple[str, ...]:
    """Ids of calls with a newer evaluation or newer metadata."""
    row, call = EvaluationRow, CallRevisionRow
    graded = select(col(row.call_id)).where(col(row.id) > since.evaluation_id)
    told = select(col(call.call_id)).where(col(call.id) > since.revision_id)
    return tuple(sorted({*session.execute(graded).scalars(), *session.execute(told).scalars()}))


def graded_of(session: Session, call_ids: Collection[str] | None) -> GradedColumns:
    """The latest evaluations of these calls, or of all; ungradable calls are left out."""
    if call_ids is None:
        return _columns(*_rows(session, None))
    calls: list[Sequence[Any]] = []
    items: list[Sequence[Any]] = []
    wanted = sorted(call_ids)
    for start in range(0, len(wanted), AT_ONCE):
        own_calls, own_items = _rows(session, wanted[start : start + AT_ONCE])
        calls += own_calls
        items += own_items
    return _columns(calls, items)


def _rows(
    session: Session, call_ids: Sequence[str] | None
) -> tuple[list[Sequence[Any]], list[Sequence[Any]]]:
    row, call, item = EvaluationRow, CallRevisionRow, ItemScoreRow
    few: list[ColumnElement[bool]] = []
    if call_ids is not None:
        few = [col(row.call_id).in_(call_ids)]
    last = (
        select(func.max(col(row.id)).label("id"))
        .where(*few)
        .group_by(col(row.call_id), col(row.scorecard))
        .subquery()
    )
    closed = exists().where(
        col(UngradableRow.call_id) == row.call_id, col(UngradableRow.cleared_at).is_(None)
    )
    now = and_(col(call.call_id) == CallRow.id, col(call.n) == CallRow.n)
    calls = session.execute(
        select(
            col(row.id), col(row.call_id), col(row.scorecard), col(row.version),
            cast(col(row.score), Float), col(call.csr_id), col(call.team), col(call.queue),
            col(call.language), col(call.started_at), col(call.body),
        )
        .join(last, col(row.id) == last.c.id)
        .join(CallRow, col(row.call_id) == CallRow.id)
        .join(call, now)
        .where(~closed)
    ).all()  # fmt: skip
    items = session.execute(
        select(
            col(item.evaluation_id), col(item.ref_id),
            case(VERDICT_CODES, value=col(item.verdict)),
            case((col(item.source) == "human", 1), else_=0),
            cast(col(item.points), Float), cast(col(item.max_points), Float),
        ).join(last, col(item.evaluation_id) == last.c.id)
    ).all()  # fmt: skip
    return [tuple(one) for one in calls], [tuple(one) for one in items]


class _Words:
    """Numbers words as they come."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def __call__(self, word: object) -> int:
        return self.known.setdefault(str(word) if word else NOBODY, len(self.known))


def _columns(calls: Iterable[Sequence[Any]], items: Iterable[Sequence[Any]]) -> GradedColumns:
    """Columns sorted by day, call and form."""
    words = {name: _Words() for name in WORD_OF}
    lines = []
    for id_, call_id, card, version, score, csr, team, queue, language, started, body in calls:
        more = json.loads(str(body))
        lines.append((
            id_, call_id, words["csrs"](csr), words["names"](more.get("csr_name")),
            words["teams"](team), words["queues"](queue),
            words["directions"](more.get("direction") or "inbound"),
            words["languages"](language), words["forms"](f"{card}@{version}"),
            NAN if started is None else started.timestamp() / SECONDS_A_DAY,
            NAN if more.get("duration_s") is None else more["duration_s"],
            NAN if score is None else score,
        ))  # fmt: skip
    place = {line[0]: n for n, line in enumerate(lines)}
    ref = words["refs"]
    marks = [
        (place[one[0]], ref(one[1]), one[2], one[3],
         NAN if one[4] is None else one[4], one[5])
        for one in items
        if one[0] in place
    ]  # fmt: skip
    of_call = ("id", "call_id", "csr", "name", "team", "queue", "direction", "language", "form",
               "day", "duration_s", "score")  # fmt: skip
    of_item = ("at", "ref", "verdict", "human", "points", "most")
    columns = dict(zip(of_call, zip(*lines, strict=True), strict=True)) if lines else {}
    columns |= dict(zip(of_item, zip(*marks, strict=True), strict=True)) if marks else {}
    every = {name: columns.get(name, ()) for name in (*of_call, *of_item)}
    made = graded_columns({name: tuple(one.known) for name, one in words.items()}, every)
    return made.with_others(NOTHING)
