"""Topics, days and marks of many calls, read by index and column."""

import json
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Float, and_, case, cast, distinct, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from qa.store.centre_tables import CallTopicRow, ContactRow, OutcomeRow
from qa.store.centre_views import CallDay, CallMarks, OutcomeMarks, TopicCall, TopicDay
from qa.store.tables import EvaluationRow, FailureRow, UngradableRow


def topic_days(session: Session, first: int, last: int, team: str | None) -> tuple[TopicDay, ...]:
    """Calls and complaints a topic and day, of the days first to last."""
    row = CallTopicRow
    complained = func.sum(case((col(row.complaint), 1), else_=0))
    query = select(row.topic, row.day, func.count(), complained).where(
        col(row.day) >= first, col(row.day) <= last
    )
    if team is not None:
        query = query.where(row.team == team)
    query = query.group_by(col(row.topic), col(row.day))
    return tuple(TopicDay(*one) for one in session.exec(query) if one[1] is not None)


def call_days(session: Session, first: int, last: int, team: str | None) -> tuple[CallDay, ...]:
    """All calls and complaints a day."""
    row = ContactRow
    complained = func.sum(case((col(row.complaint), 1), else_=0))
    unknown = func.sum(case((col(row.customer_key).is_(None), 1), else_=0))
    query = select(row.day, func.count(), complained, unknown).where(
        col(row.day) >= first, col(row.day) <= last
    )
    if team is not None:
        query = query.where(row.team == team)
    query = query.group_by(col(row.day)).order_by(col(row.day))
    return tuple(CallDay(*one) for one in session.exec(query) if one[0] is not None)


def repeats(
    session: Session, first: int, last: int, *, within: timedelta, team: str | None
) -> dict[str, tuple[int, int]]:
    """Topic -> (calls of a customer who called about it shortly before, such customers)."""
    now, before = CallTopicRow, aliased(CallTopicRow)
    earlier = and_(
        col(now.customer_key) == before.customer_key,
        col(now.topic) == before.topic,
        col(before.started_at) < now.started_at,
        col(before.day) >= now.day - within.days,  # type: ignore[operator]
    )
    query = (
        select(
            now.topic,
            func.count(distinct(col(now.id))),
            func.count(distinct(col(now.customer_key))),
        )
        .join(before, earlier)
        .where(col(now.day) >= first, col(now.day) <= last)
        .group_by(col(now.topic))
    )
    if team is not None:
        query = query.where(now.team == team)
    return {topic: (calls, customers) for topic, calls, customers in session.exec(query)}


def topic_calls(
    session: Session,
    first: int,
    last: int,
    *,
    topics: Collection[str] = (),
    complaints: bool = True,
    team: str | None = None,
    limit: int | None = None,
) -> tuple[TopicCall, ...]:
    """Calls about these topics (all where none is named), the newest first."""
    row = CallTopicRow
    query = select(row).where(col(row.day) >= first, col(row.day) <= last)
    if topics:
        query = query.where(col(row.topic).in_(topics))
    if complaints:
        query = query.where(col(row.complaint))
    if team is not None:
        query = query.where(row.team == team)
    query = query.order_by(col(row.day).desc(), col(row.started_at).desc(), col(row.call_id))
    if limit is not None:
        query = query.limit(limit)
    fields = set(TopicCall.model_fields)
    return tuple(
        TopicCall.model_validate(one.model_dump(include=fields)) for one in session.exec(query)
    )


def complaint_terms(
    session: Session, first: int, last: int, team: str | None
) -> tuple[tuple[int, str], ...]:
    """(day, terms) of every call with a complaint."""
    row = ContactRow
    query = select(row.day, row.terms).where(
        col(row.day) >= first, col(row.day) <= last, col(row.complaint)
    )
    if team is not None:
        query = query.where(row.team == team)
    return tuple((day, terms) for day, terms in session.exec(query) if day is not None)


_MARKED = (
    ContactRow.call_id, ContactRow.csr_id, ContactRow.team, ContactRow.queue,
    ContactRow.language, ContactRow.day, ContactRow.complaint, cast(col(ContactRow.score), Float),
    ContactRow.coverage, ContactRow.passed, ContactRow.fatal_pending, ContactRow.marks,
)  # fmt: skip


def call_marks(
    session: Session,
    first: int,
    last: int,
    *,
    team: str | None = None,
    csr_id: str | None = None,
) -> tuple[CallMarks, ...]:
    """How the calls of these days were marked; ungraded calls have no score and no marks."""
    row = ContactRow
    query = select(*_MARKED).where(col(row.day) >= first, col(row.day) <= last)  # type: ignore[call-overload]
    if team is not None:
        query = query.where(row.team == team)
    if csr_id is not None:
        query = query.where(row.csr_id == csr_id)
    return tuple(CallMarks(*one) for one in session.exec(query.order_by(col(row.day))))


def fatal_pending(session: Session, team: str | None) -> tuple[CallMarks, ...]:
    """Calls with a fatal item that waits for a person, oldest first."""
    row = ContactRow
    query = select(*_MARKED).where(col(row.fatal_pending))  # type: ignore[call-overload]
    if team is not None:
        query = query.where(row.team == team)
    return tuple(CallMarks(*one) for one in session.exec(query.order_by(col(row.day))))


def fatal_items(session: Session, team: str | None) -> dict[str, tuple[str, ...]]:
    """Call -> its fatal items that wait for a person, of the evaluation that holds now."""
    row, made = ContactRow, EvaluationRow
    query = (
        select(row.call_id, made.body)
        .join(made, col(made.id) == col(row.evaluation_id))
        .where(col(row.fatal_pending))
    )
    if team is not None:
        query = query.where(row.team == team)
    return {call_id: _pending_of(body) for call_id, body in session.exec(query)}


_PENDING = '"fatal_pending":'  # stands once in an evaluation; in a quote its marks are escaped


def _pending_of(body: str) -> tuple[str, ...]:
    """The items of an evaluation's own list, without reading the rest, a hundred times longer."""
    at = body.find(_PENDING)
    found = json.JSONDecoder().raw_decode(body, at + len(_PENDING))[0] if at >= 0 else ()
    return tuple(one["ref_id"] for one in found)


def outcome_marks(
    session: Session, first: int, last: int, kind: str | None
) -> tuple[OutcomeMarks, ...]:
    """Every outcome of these days beside the marks of its graded call."""
    row, call = OutcomeRow, ContactRow
    query = (
        select(  # type: ignore[call-overload]
            row.kind, row.value, call.csr_id, call.queue, call.language, call.score, call.marks
        )
        .join(call, col(call.call_id) == row.call_id)
        .where(col(call.day) >= first, col(call.day) <= last)
    )
    if kind is not None:
        query = query.where(row.kind == kind)
    found = []
    for which, value, csr_id, queue, language, score, marks in session.exec(query):
        shown = None if score is None else float(score)
        found.append(OutcomeMarks(which, value, csr_id, queue, language, shown, marks))
    return tuple(found)


def names(session: Session, what: str) -> tuple[str, ...]:
    """Every CSR id or team that has calls, sorted. what: csr_id or team."""
    column = col(ContactRow.team) if what == "team" else col(ContactRow.csr_id)
    query = select(column).where(column.is_not(None)).distinct().order_by(column)
    return tuple(name for name in session.exec(query) if name)


def day_range(session: Session) -> tuple[int, int] | None:
    """The first and last day that has calls; None where no call has a start time."""
    first, last = session.exec(select(func.min(ContactRow.day), func.max(ContactRow.day))).one()
    return None if first is None or last is None else (first, last)


def trouble_counts(session: Session) -> tuple[int, int]:
    """(calls with a step that failed, calls that cannot be graded), as they stand."""
    failed = select(func.count(distinct(col(FailureRow.call_id)))).where(
        col(FailureRow.cleared_at).is_(None)
    )
    closed = select(func.count(distinct(col(UngradableRow.call_id)))).where(
        col(UngradableRow.cleared_at).is_(None)
    )
    return session.exec(failed).one(), session.exec(closed).one()
