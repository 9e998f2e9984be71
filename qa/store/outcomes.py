"""Outcomes, benchmarks and what people entered about the centre."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from qa.store.centre_tables import BenchmarkRow, OutcomeRow, RecordRevisionRow
from qa.store.centre_views import Benchmark, Outcome, RecordRevision
from qa.store.reading import require_text
from qa.store.tables import CallRow


def known_calls(session: Session, call_ids: Sequence[str]) -> frozenset[str]:
    """Those of the ids that are stored calls."""
    return frozenset(session.exec(select(CallRow.id).where(col(CallRow.id).in_(call_ids))))


def save_outcomes(
    session: Session, outcomes: Iterable[Outcome], *, at: datetime, by: str
) -> tuple[int, int, int]:
    """How many were new, corrected and known. The calls must be stored."""
    new = corrected = known = 0
    for one in outcomes:
        old = session.get(OutcomeRow, (one.call_id, one.kind))
        if old is None:
            new += 1
        elif old.value == one.value:
            known += 1
            continue
        else:
            corrected += 1
        session.merge(OutcomeRow(**one.model_dump(), at=at, made_by=by))
    return new, corrected, known


def outcome_kinds(session: Session) -> dict[str, int]:
    """Kind of outcome -> how many calls have it."""
    row = OutcomeRow
    query = select(row.kind, func.count()).group_by(col(row.kind)).order_by(col(row.kind))
    return dict(session.exec(query).all())


def save_benchmark(session: Session, one: Benchmark, *, at: datetime, by: str) -> bool:
    """True when the figure was not known; another value of the same source replaces it."""
    row = BenchmarkRow
    known = session.exec(
        select(row).where(
            row.metric == one.metric,
            row.queue == one.queue,
            row.source == one.source,
            row.period == one.period,
        )
    ).first()
    found = known or BenchmarkRow(**one.model_dump(), at=at, made_by=by)
    found.value, found.at, found.made_by = one.value, at, by
    session.add(found)
    return known is None


def benchmarks(session: Session) -> tuple[Benchmark, ...]:
    """Every figure of other centres, by metric and queue."""
    row = BenchmarkRow
    rows = session.exec(select(row).order_by(col(row.metric), col(row.queue), col(row.source)))
    fields = set(Benchmark.model_fields)
    return tuple(Benchmark.model_validate(one.model_dump(include=fields)) for one in rows)


def save_record(session: Session, wanted: RecordRevision) -> RecordRevision:
    """The record's revision after saving; the last one, not `new`, when nothing changed.

    wanted.n is not read: the store counts.
    """
    require_text(wanted.record_id, by=wanted.by, why=wanted.why)
    row = RecordRevisionRow
    query = select(row).where(row.kind == wanted.kind, row.record_id == wanted.record_id)
    last = session.exec(query.order_by(col(row.n).desc()).limit(1)).first()
    if last is not None and last.body == wanted.body:
        return _record(last)
    return add_record(session, wanted, n=last.n + 1 if last else 1)


def add_record(session: Session, wanted: RecordRevision, *, n: int) -> RecordRevision:
    """The record's revision `n`; IntegrityError where somebody else has made it."""
    require_text(wanted.record_id, by=wanted.by, why=wanted.why)
    made = RecordRevisionRow(
        **wanted.model_dump(
            include={"kind", "record_id", "subject", "status", "at", "why", "body"}
        ),
        made_by=wanted.by,
        n=n,
    )
    session.add(made)
    session.flush()
    return _record(made, new=True)


def records(session: Session, kind: str) -> tuple[RecordRevision, ...]:
    """Every record of a kind as it stands now, by its id."""
    row = RecordRevisionRow
    last = (
        select(row.record_id, func.max(row.n).label("n"))
        .where(row.kind == kind)
        .group_by(col(row.record_id))
        .subquery()
    )
    same = and_(col(row.record_id) == last.c.record_id, col(row.n) == last.c.n)
    query = select(row).join(last, same).where(row.kind == kind).order_by(col(row.record_id))
    return tuple(_record(one) for one in session.exec(query))


def _record(row: RecordRevisionRow, *, new: bool = False) -> RecordRevision:
    fields = {"kind", "record_id", "n", "subject", "status", "at", "why", "body"}
    return RecordRevision.model_validate(
        row.model_dump(include=fields) | {"by": row.made_by, "new": new}
    )
