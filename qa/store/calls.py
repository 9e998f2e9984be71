"""Calls and their metadata revisions, and the digests of recording files."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from qa.domain.call import Call
from qa.domain.keys import canonical_json, digest_of
from qa.store.reading import read_noun, require_text
from qa.store.records import CallFilter, RecordingFile, Revision
from qa.store.tables import CallRevisionRow, CallRow, RecordingRow
from transcribe.errors import CodedError


def save_call(session: Session, call: Call, *, at: datetime, by: str, why: str) -> Revision:
    """The call's revision after saving; `new` when its metadata differ from the last one."""
    require_text(call.id, by=by, why=why)
    digest = digest_of(call)
    current = session.get(CallRow, call.id, with_for_update=True)
    if current is None:
        current = CallRow(id=call.id, n=0)
        session.add(current)
        session.flush()
    elif (last := _revision_row(session, call.id, current.n)).digest == digest:
        return _revision(last)
    row = CallRevisionRow(
        call_id=call.id,
        n=current.n + 1,
        digest=digest,
        at=at,
        made_by=by,
        why=why,
        csr_id=call.csr_id,
        team=call.team,
        queue=call.queue,
        language=call.language,
        started_at=call.started_at,
        body=canonical_json(call),
    )
    session.add(row)
    current.n += 1
    session.flush()
    return _revision(row, new=True)


def call_of(session: Session, call_id: str) -> Call | None:
    """The call as it stands now."""
    current = session.get(CallRow, call_id)
    if current is None:
        return None
    return read_call(_revision_row(session, call_id, current.n))


def calls(session: Session, wanted: CallFilter) -> tuple[Call, ...]:
    """Calls as they stand now, by start time (unknown first), then id."""
    query = select(CallRevisionRow).where(*conditions(wanted))
    query = query.order_by(
        col(CallRevisionRow.started_at).nulls_first(), col(CallRevisionRow.call_id)
    )
    return tuple(read_call(row) for row in session.exec(query))


def revisions(session: Session, call_id: str) -> tuple[Revision, ...]:
    """Every state of the call's metadata, oldest first."""
    query = select(CallRevisionRow).where(CallRevisionRow.call_id == call_id)
    rows = session.exec(query.order_by(col(CallRevisionRow.n)))
    return tuple(_revision(row) for row in rows)


def conditions(wanted: CallFilter) -> list[ColumnElement[bool]]:
    """What a query over `CallRevisionRow` must ask to see the wanted calls as they are now."""
    row = CallRevisionRow
    found = [col(row.call_id) == CallRow.id, col(row.n) == CallRow.n]
    if wanted.call_ids:
        found.append(col(row.call_id).in_(wanted.call_ids))
    for column, value in (
        (col(row.csr_id), wanted.csr_id),
        (col(row.team), wanted.team),
        (col(row.queue), wanted.queue),
        (col(row.language), wanted.language),
    ):
        if value is not None:
            found.append(column == value)
    if wanted.from_ is not None:
        found.append(col(row.started_at) >= wanted.from_)
    if wanted.to is not None:
        found.append(col(row.started_at) < wanted.to)
    return found


def require_call(session: Session, call_id: str) -> None:
    """Raises QA610 when the call is not stored; holds its row until the transaction ends, so
    that two workers never give one revision number twice (SQLite writes one at a time anyway)."""
    if session.get(CallRow, call_id, with_for_update=True) is None:
        raise CodedError("QA610", place=call_id, call_id=call_id)


def save_recording(session: Session, file: RecordingFile) -> None:
    """Keep or replace what is known of a recording file."""
    session.merge(RecordingRow(**file.model_dump()))


def recording_of(session: Session, path: str) -> RecordingFile | None:
    """What was seen of the file at `path` last; None when it never was."""
    row = session.get(RecordingRow, path)
    return RecordingFile.model_validate(row.model_dump()) if row else None


def read_call(row: CallRevisionRow) -> Call:
    """The call of a stored revision."""
    return read_noun(Call, row.body, "call_revision", f"{row.call_id} {row.n}")


def _revision_row(session: Session, call_id: str, n: int) -> CallRevisionRow:
    row = CallRevisionRow
    return session.exec(select(row).where(row.call_id == call_id, row.n == n)).one()


def _revision(row: CallRevisionRow, *, new: bool = False) -> Revision:
    return Revision(
        call_id=row.call_id,
        n=row.n,
        digest=row.digest,
        at=row.at,
        by=row.made_by,
        why=row.why,
        new=new,
    )
