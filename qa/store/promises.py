"""The promise ledger in the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func
from sqlmodel import Session, col, select

from qa.domain.promises import Promise, PromiseEntry, PromiseStatus
from qa.store.centre_tables import ContactRow, PromiseEntryRow, PromiseRow
from qa.store.centre_views import LaterCall, PromiseCount, PromiseFilter, UnknownPromises
from qa.store.reading import require_text
from transcribe.errors import CodedError

_SETTLED = ("status", "closed_at", "closed_by", "followed_by", "chased")


def promises(
    session: Session, wanted: PromiseFilter, *, now: datetime, limit: int | None
) -> tuple[Promise, ...]:
    """The wanted promises: overdue first and the oldest of them first, then by due time; without
    one last."""
    row = PromiseRow
    late = case((_overdue(now), 0), else_=1)
    query = select(row).where(*_conditions(wanted, now))
    query = query.order_by(late, col(row.due_at).nulls_last(), col(row.said_at), col(row.id))
    if limit is not None:
        query = query.limit(limit)
    return tuple(_promise(one) for one in session.exec(query))


def promise_of(session: Session, promise_id: int) -> Promise:
    """The promise of this number. Raises QA616."""
    row = session.get(PromiseRow, promise_id)
    if row is None:
        raise CodedError("QA616", place=str(promise_id), promise=promise_id)
    return _promise(row)


def promise_counts(
    session: Session, wanted: PromiseFilter, *, by: str, now: datetime
) -> tuple[PromiseCount, ...]:
    """Counts a CSR or a team, most overdue first. by: csr_id or team."""
    row = PromiseRow
    name = col(row.team) if by == "team" else col(row.csr_id)
    is_open = col(row.status) == "open"

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    columns = (
        func.count(),
        count(is_open),
        count(_overdue(now)),
        count(col(row.status) == "kept"),
        count(col(row.status).in_(("late", "not_kept"))),
        count(is_open & col(row.due_at).is_(None)),
    )
    query = select(name, *columns).where(*_conditions(wanted, now)).group_by(name)  # type: ignore[call-overload]
    found = [
        PromiseCount(
            name=who, promises=all_, open=open_, overdue=over, kept=kept, broken=late,
            without_time=vague,
        )
        for who, all_, open_, over, kept, late, vague in session.exec(query)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.overdue, -one.open, one.name or "")))


def unknown_promises(session: Session, wanted: PromiseFilter, examples: int) -> UnknownPromises:
    """What the ledger leaves out for want of a speaker, by the filter's CSR, team and times."""
    row = ContactRow
    chosen = [col(row.unknown_promises) > 0]
    for column, value in ((col(row.csr_id), wanted.csr_id), (col(row.team), wanted.team)):
        if value is not None:
            chosen.append(column == value)
    if wanted.from_ is not None:
        chosen.append(col(row.started_at) >= wanted.from_)
    if wanted.to is not None:
        chosen.append(col(row.started_at) < wanted.to)
    many, calls = session.exec(
        select(func.sum(row.unknown_promises), func.count()).where(*chosen)
    ).one()
    latest = select(row.call_id).where(*chosen).order_by(col(row.started_at).desc())
    return UnknownPromises(many or 0, calls, tuple(session.exec(latest.limit(examples))))


def enter_promise(session: Session, entry: PromiseEntry) -> Promise:
    """The promise after what a person says became of it. Raises QA612, QA616."""
    require_text(str(entry.promise_id), by=entry.by, note=entry.note)
    row = session.get(PromiseRow, entry.promise_id, with_for_update=True)
    if row is None:
        raise CodedError("QA616", place=str(entry.promise_id), promise=entry.promise_id)
    session.add(
        PromiseEntryRow(
            promise_id=entry.promise_id,
            status=entry.status,
            at=entry.at,
            made_by=entry.by,
            note=entry.note,
        )
    )
    is_open = entry.status == "open"
    row.status = entry.status
    row.closed_at, row.closed_by = (None, None) if is_open else (entry.at, entry.by)
    session.add(row)
    session.flush()
    return _promise(row)


def promise_entries(session: Session, promise_id: int) -> tuple[PromiseEntry, ...]:
    """What people said of the promise, oldest first."""
    row = PromiseEntryRow
    rows = session.exec(select(row).where(row.promise_id == promise_id).order_by(col(row.id)))
    return tuple(_entry(one) for one in rows)


def customer_promises(
    session: Session, keys: Sequence[str]
) -> tuple[tuple[Promise, ...], frozenset[int], tuple[LaterCall, ...]]:
    """The customers' promises, the numbers of those a person spoke of, and their calls."""
    row, entry, call = PromiseRow, PromiseEntryRow, ContactRow
    found = session.exec(select(row).where(col(row.customer_key).in_(keys))).all()
    entered = session.exec(
        select(entry.promise_id)
        .join(row, col(row.id) == entry.promise_id)
        .where(col(row.customer_key).in_(keys))
    )
    calls = session.exec(
        select(call.call_id, call.customer_key, call.started_at, call.direction)
        .where(col(call.customer_key).in_(keys), col(call.started_at).is_not(None))
        .order_by(col(call.started_at), col(call.call_id))
    )
    later = tuple(
        LaterCall(call_id=call_id, customer_key=key, at=at, outbound=direction == "outbound")
        for call_id, key, at, direction in calls
        if key and at
    )
    return tuple(_promise(one) for one in found), frozenset(entered), later


def save_settled(session: Session, changed: Iterable[Promise]) -> None:
    """Keeps what later calls tell of promises."""
    for promise in changed:
        row = session.get_one(PromiseRow, promise.id)
        for name in _SETTLED:
            setattr(row, name, getattr(promise, name))
        session.add(row)


def _overdue(now: datetime) -> ColumnElement[bool]:
    return (col(PromiseRow.status) == "open") & (col(PromiseRow.due_at) < now)


def _conditions(wanted: PromiseFilter, now: datetime) -> list[ColumnElement[bool]]:
    row = PromiseRow
    found: list[ColumnElement[bool]] = []
    for column, value in (
        (col(row.csr_id), wanted.csr_id),
        (col(row.team), wanted.team),
        (col(row.status), wanted.status),
    ):
        if value is not None:
            found.append(column == value)
    if wanted.overdue:
        found.append(_overdue(now))
    if wanted.from_ is not None:
        found.append(col(row.said_at) >= wanted.from_)
    if wanted.to is not None:
        found.append(col(row.said_at) < wanted.to)
    return found


def _promise(row: PromiseRow) -> Promise:
    return Promise.model_validate(row.model_dump(include=set(Promise.model_fields)))


def _entry(row: PromiseEntryRow) -> PromiseEntry:
    status: PromiseStatus = row.status  # type: ignore[assignment]
    return PromiseEntry(
        promise_id=row.promise_id, status=status, at=row.at, by=row.made_by, note=row.note
    )
