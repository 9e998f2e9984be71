"""Contacts: which calls are not gathered yet, and what was gathered of them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, func
from sqlmodel import Session, col, select

from qa.domain.contacts import Contact, Ungathered
from qa.domain.evaluations import Evaluation
from qa.domain.facts import Facts
from qa.domain.promises import Said
from qa.store.calls import read_call
from qa.store.centre_tables import (
    CallTopicRow,
    ContactRow,
    GatheredRow,
    PromiseEntryRow,
    PromiseRow,
)
from qa.store.reading import read_noun
from qa.store.tables import (
    CallRevisionRow,
    CallRow,
    EvaluationRow,
    FactsRow,
    FindingsRow,
    TranscriptRow,
    UngradableRow,
)
from transcribe.transcript import Transcript

# Another worker's transaction may commit rows older than the last one seen (guess).
OVERLAP = timedelta(minutes=10)
OVERLAP_ROWS = 500


def ungathered(session: Session, lists_digest: str) -> tuple[tuple[str, ...], GatheredRow]:
    """Ids of calls that may be missing or stale, and how far the tables reach by now.

    Only what was written since the last time is looked at, unless the lists changed.
    """
    mark = session.get(GatheredRow, 1) or GatheredRow()
    reach = GatheredRow(
        facts_at=session.exec(select(func.max(FactsRow.at))).one(),
        evaluation_id=session.exec(select(func.max(EvaluationRow.id))).one() or 0,
        revision_id=session.exec(select(func.max(CallRevisionRow.id))).one() or 0,
        lists_digest=lists_digest,
    )
    facts, call = col(FactsRow.call_id), CallRevisionRow
    if mark.facts_at is None or mark.lists_digest != lists_digest:
        return tuple(session.exec(select(facts).distinct().order_by(facts))), reach
    since = mark.facts_at - OVERLAP
    found = set(session.exec(select(facts).where(col(FactsRow.at) > since)))
    if (mark.evaluation_id, mark.revision_id) == (reach.evaluation_id, reach.revision_id):
        newer = mark.facts_at < (reach.facts_at or mark.facts_at)
        return (tuple(sorted(found)) if newer or found else ()), reach
    row = EvaluationRow
    after = mark.evaluation_id - OVERLAP_ROWS
    found.update(session.exec(select(row.call_id).where(col(row.id) > after)))
    after = mark.revision_id - OVERLAP_ROWS
    found.update(session.exec(select(call.call_id).where(col(call.id) > after)))
    return tuple(sorted(found)), reach


def gather_inputs(
    session: Session, call_ids: Sequence[str], lists_digest: str
) -> tuple[Ungathered, ...]:
    """Of these calls the ones whose contact is missing or stale, with what it is made of."""
    last = (
        select(EvaluationRow.call_id, func.max(EvaluationRow.id).label("last"))
        .where(col(EvaluationRow.call_id).in_(call_ids))
        .group_by(col(EvaluationRow.call_id))
        .subquery()
    )
    closed = set(
        session.exec(
            select(UngradableRow.call_id).where(
                col(UngradableRow.call_id).in_(call_ids), col(UngradableRow.cleared_at).is_(None)
            )
        )
    )
    columns: tuple[Any, ...] = (
        CallRow.id, CallRow.n, EvaluationRow.id, FindingsRow.facts_key, ContactRow,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(last, last.c.call_id == CallRow.id, isouter=True)
        .join(EvaluationRow, col(EvaluationRow.id) == last.c.last, isouter=True)
        .join(FindingsRow, col(FindingsRow.key) == EvaluationRow.findings_key, isouter=True)
        .join(ContactRow, col(ContactRow.call_id) == CallRow.id, isouter=True)
        .where(col(CallRow.id).in_(call_ids))
        .order_by(col(CallRow.id))
    )
    wanted: list[tuple[str, int, int | None, str]] = []
    for call_id, n, evaluation_id, facts_key, contact in session.exec(query):
        if evaluation_id is None or call_id in closed:
            evaluation_id, facts_key = None, _newest_facts(session, call_id)
        if facts_key is None:
            continue
        now = (n, evaluation_id, facts_key, lists_digest)
        if contact is None or now != (
            contact.call_n, contact.evaluation_id, contact.facts_key, contact.lists_digest,
        ):  # fmt: skip
            wanted.append((call_id, n, evaluation_id, facts_key))
    return tuple(_inputs(session, *one) for one in wanted)


def save_contacts(session: Session, contacts: Iterable[Contact]) -> None:
    """Keeps what was gathered; a promise that is known keeps its number and what became of it."""
    for contact in contacts:
        fields = contact.model_dump(exclude={"promises", "topics", "terms", "marks"})
        marks = " ".join(f"{item}{mark}" for item, mark in contact.marks.items())
        row = ContactRow(**fields, terms=" ".join(contact.terms), marks=marks)
        session.merge(row)
        shared = {"call_id", "customer_key", "csr_id", "team"}
        _save_topics(session, contact, contact.model_dump(include={*shared, "queue", "day"}))
        _save_promises(session, contact, contact.model_dump(include=shared))


def save_reach(session: Session, reach: GatheredRow) -> None:
    """Everything up to here is gathered."""
    session.merge(GatheredRow(id=1, **reach.model_dump(exclude={"id"})))


def _newest_facts(session: Session, call_id: str) -> str | None:
    row = FactsRow
    query = select(row.key).where(row.call_id == call_id).order_by(col(row.at).desc()).limit(1)
    return session.exec(query).first()


def _inputs(
    session: Session, call_id: str, n: int, evaluation_id: int | None, facts_key: str
) -> Ungathered:
    revision = CallRevisionRow
    same = and_(col(revision.call_id) == call_id, col(revision.n) == n)
    call = read_call(session.exec(select(revision).where(same)).one())
    facts = session.get_one(FactsRow, facts_key)
    transcript = session.get(TranscriptRow, facts.transcript_key)
    evaluation = session.get(EvaluationRow, evaluation_id) if evaluation_id else None
    return Ungathered(
        call=call,
        call_n=n,
        facts_key=facts_key,
        facts=read_noun(Facts, facts.body, "facts", facts_key),
        transcript=transcript
        and read_noun(Transcript, transcript.body, "transcript", transcript.key),
        evaluation_id=evaluation_id,
        evaluation=evaluation
        and read_noun(Evaluation, evaluation.body, "evaluation", f"{call_id} {evaluation.n}"),
    )


def _save_topics(session: Session, contact: Contact, shared: dict[str, Any]) -> None:
    session.exec(delete(CallTopicRow).where(col(CallTopicRow.call_id) == contact.call_id))
    for hit in contact.topics:
        session.add(CallTopicRow(started_at=contact.started_at, **shared, **hit.model_dump()))


def _save_promises(session: Session, contact: Contact, shared: dict[str, Any]) -> None:
    row = PromiseRow
    known = {
        one.key: one for one in session.exec(select(row).where(row.call_id == contact.call_id))
    }
    for said in contact.promises:
        old = known.pop(said.key, None)
        if old is None:
            session.add(_promise_row(contact, said, shared))
            continue
        for name, value in {**shared, **said.model_dump(), **_said_at(contact, said)}.items():
            setattr(old, name, value)
        session.add(old)
    for gone in known.values():  # what a person spoke of stays
        if not session.exec(
            select(PromiseEntryRow.id).where(PromiseEntryRow.promise_id == gone.id)
        ).first():
            session.delete(gone)


def _promise_row(contact: Contact, said: Said, shared: dict[str, Any]) -> PromiseRow:
    return PromiseRow(
        **shared,
        **said.model_dump(),
        **_said_at(contact, said),
        language=contact.language or "",
        status="open",
    )


def _said_at(contact: Contact, said: Said) -> dict[str, Any]:
    if contact.started_at is None:
        return {"said_at": None}
    return {"said_at": contact.started_at + timedelta(seconds=said.start_s)}
