"""Calls on which a step failed, and calls that cannot be graded; both keep their history."""

from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from qa.store.calls import require_call
from qa.store.reading import read_values, values_json
from qa.store.records import Failure, Step, Ungradable
from qa.store.tables import FailureRow, UngradableRow
from transcribe.errors import CodedError


def record_failure(
    session: Session, call_id: str, step: Step, error: CodedError, *, at: datetime
) -> Failure:
    """The open failure of this step; the same one again is counted, another is added."""
    require_call(session, call_id)
    said = values_json(error.values)
    row = session.exec(
        select(FailureRow).where(
            FailureRow.call_id == call_id,
            FailureRow.step == step,
            FailureRow.code == error.code,
            FailureRow.place == error.place,
            FailureRow.values_json == said,
            col(FailureRow.cleared_at).is_(None),
        )
    ).first()
    if row is None:
        clear_failure(session, call_id, step, at=at)  # another fault took its place
        row = FailureRow(
            call_id=call_id,
            step=step,
            code=error.code,
            place=error.place,
            values_json=said,
            first_at=at,
            last_at=at,
            times=0,
        )
    row.times += 1
    row.last_at = at
    session.add(row)
    session.flush()
    return _failure(row)


def clear_failure(session: Session, call_id: str, step: Step, *, at: datetime) -> None:
    """Marks the step's open failures as cleared; they are kept."""
    query = select(FailureRow).where(
        FailureRow.call_id == call_id,
        FailureRow.step == step,
        col(FailureRow.cleared_at).is_(None),
    )
    for row in session.exec(query):
        row.cleared_at = at


def failures(session: Session, call_id: str | None, *, with_cleared: bool) -> tuple[Failure, ...]:
    """Failures by call and time; open ones only unless `with_cleared`."""
    query = select(FailureRow).order_by(col(FailureRow.call_id), col(FailureRow.id))
    if call_id is not None:
        query = query.where(FailureRow.call_id == call_id)
    if not with_cleared:
        query = query.where(col(FailureRow.cleared_at).is_(None))
    return tuple(_failure(row) for row in session.exec(query))


def mark_ungradable(session: Session, wanted: Ungradable) -> Ungradable:
    """The call's open mark; the same reason again changes nothing, another takes its place."""
    require_call(session, wanted.call_id)
    said = values_json(wanted.values)
    for row in session.exec(_open(wanted.call_id)).all():
        if (row.reason, row.values_json) == (wanted.reason, said):
            return _ungradable(row)
        row.cleared_at = wanted.at
    row = UngradableRow(
        call_id=wanted.call_id, reason=wanted.reason, values_json=said, at=wanted.at
    )
    session.add(row)
    session.flush()
    return _ungradable(row)


def mark_gradable(session: Session, call_id: str, *, at: datetime) -> None:
    """Clears the call's mark; it is kept."""
    for row in session.exec(_open(call_id)).all():
        row.cleared_at = at


def ungradable(session: Session, *, with_cleared: bool) -> tuple[Ungradable, ...]:
    """Marks by call and time; open ones only unless `with_cleared`."""
    query = select(UngradableRow).order_by(col(UngradableRow.call_id), col(UngradableRow.id))
    if not with_cleared:
        query = query.where(col(UngradableRow.cleared_at).is_(None))
    return tuple(_ungradable(row) for row in session.exec(query))


def _open(call_id: str) -> SelectOfScalar[UngradableRow]:
    return select(UngradableRow).where(
        UngradableRow.call_id == call_id, col(UngradableRow.cleared_at).is_(None)
    )


def _failure(row: FailureRow) -> Failure:
    known = row.model_dump(exclude={"id", "values_json"})
    return Failure.model_validate(known | {"values": read_values(row.values_json)})


def _ungradable(row: UngradableRow) -> Ungradable:
    known = row.model_dump(exclude={"id", "values_json"})
    return Ungradable.model_validate(known | {"values": read_values(row.values_json)})
