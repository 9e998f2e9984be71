"""Contacts: which calls are not gathered yet, and what was gathered of them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar

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

T = TypeVar("T")

# Another worker's transaction may commit rows older than the last one seen (guess).
OVERLAP = timedelta(minutes=10)
OVERLAP_ROWS = 500


def ungathered(session: Session, lists_digest: str) -> tuple[tuple[str, ...], GatheredRow]:
    """Ids of calls that may be missing or stale, and how far the tables reach by now.

    Only what was written since the last time is looked at, unless the lists changed; where no
    row was added either, nothing is.
    """
    mark = session.get(GatheredRow, 1) or GatheredRow()
    facts_at, facts_count = session.exec(select(func.max(FactsRow.at), func.count())).one()
    last, evaluations = session.exec(select(func.max(EvaluationRow.id), func.count())).one()
    revision, revisions = session.exec(select(func.max(CallRevisionRow.id), func.count())).one()
    reach = GatheredRow(
        facts_at=facts_at,
        evaluation_id=last or 0,
        revision_id=revision or 0,
        lists_digest=lists_digest,
        facts=facts_count,
        evaluations=evaluations,
        revisions=revisions,
    )
    if mark.model_dump(exclude={"id"}) == reach.model_dump(exclude={"id"}):
        return (), reach
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
    wanted: list[_Wanted] = []
    for call_id, n, evaluation_id, facts_key, contact in session.exec(query):
        if evaluation_id is None or call_id in closed:
            evaluation_id, facts_key = None, _newest_facts(session, call_id)
        if facts_key is None:
            continue
        now = (n, evaluation_id, facts_key, lists_digest)
        if contact is None or now != (
            contact.call_n, contact.evaluation_id, contact.facts_key, contact.lists_digest,
        ):  # fmt: skip
            wanted.append(_Wanted(call_id, n, evaluation_id, facts_key))
    return _inputs(session, wanted)


def save_contacts(session: Session, contacts: Iterable[Contact]) -> None:
    """Keeps what was gathered; a promise that is known keeps its number and what became of it."""
    many = tuple(contacts)
    ids = [one.call_id for one in many]
    known: dict[str, dict[str, PromiseRow]] = {}
    for old in session.exec(select(PromiseRow).where(col(PromiseRow.call_id).in_(ids))):
        known.setdefault(old.call_id, {})[old.key] = old
    held = {  # by call; a merge finds its row here without asking the database
        one.call_id: one
        for one in session.exec(select(ContactRow).where(col(ContactRow.call_id).in_(ids)))
    }
    session.exec(delete(CallTopicRow).where(col(CallTopicRow.call_id).in_(ids)))
    with session.no_autoflush:
        for contact in many:
            fields = contact.model_dump(exclude={"promises", "topics", "terms", "marks"})
            marks = " ".join(f"{item}{mark}" for item, mark in contact.marks.items())
            row = ContactRow(**fields, terms=" ".join(contact.terms), marks=marks)
            if contact.call_id in held:
                session.merge(row)
            else:
                session.add(row)
            shared = {"call_id", "customer_key", "csr_id", "team"}
            _save_topics(session, contact, contact.model_dump(include={*shared, "queue", "day"}))
            own = known.get(contact.call_id, {})
            _save_promises(session, contact, own, contact.model_dump(include=shared))


def save_reach(session: Session, reach: GatheredRow) -> None:
    """Everything up to here is gathered."""
    session.merge(GatheredRow(id=1, **reach.model_dump(exclude={"id"})))


def _newest_facts(session: Session, call_id: str) -> str | None:
    row = FactsRow
    query = select(row.key).where(row.call_id == call_id).order_by(col(row.at).desc()).limit(1)
    return session.exec(query).first()


class _Wanted(NamedTuple):
    """A call to be gathered, and of what."""

    call_id: str
    n: int
    evaluation_id: int | None
    facts_key: str


def _inputs(session: Session, wanted: Sequence[_Wanted]) -> tuple[Ungathered, ...]:
    """What the calls' contacts are made of; a query a table."""
    row = CallRevisionRow
    ids = [one.call_id for one in wanted]
    now = and_(col(row.call_id) == CallRow.id, col(row.n) == CallRow.n)
    calls = {
        one.call_id: read_call(one)
        for one in session.exec(select(row).join(CallRow, now).where(col(row.call_id).in_(ids)))
    }
    facts = _by_key(session, FactsRow, col(FactsRow.key), [one.facts_key for one in wanted])
    said = _by_key(
        session, TranscriptRow, col(TranscriptRow.key),
        sorted({one.transcript_key for one in facts.values()}),
    )  # fmt: skip
    transcripts = {key: read_noun(Transcript, one.body, "transcript", key)
                   for key, one in said.items()}  # fmt: skip
    numbers = [one.evaluation_id for one in wanted if one.evaluation_id is not None]
    marked = _by_key(session, EvaluationRow, col(EvaluationRow.id), numbers)
    found = []
    for call_id, n, number, key in wanted:
        evaluation = marked[number] if number is not None else None
        found.append(
            Ungathered(
                call=calls[call_id],
                call_n=n,
                facts_key=key,
                facts=read_noun(Facts, facts[key].body, "facts", key),
                transcript=transcripts.get(facts[key].transcript_key),
                evaluation_id=number,
                evaluation=evaluation
                and read_noun(
                    Evaluation, evaluation.body, "evaluation", f"{call_id} {evaluation.n}"
                ),
            )
        )
    return tuple(found)


def _by_key(session: Session, table: type[T], key: Any, wanted: Sequence[Any]) -> dict[Any, T]:
    """The table's rows by the values of their key."""
    name = key.key
    return {getattr(one, name): one for one in session.exec(select(table).where(key.in_(wanted)))}


def _save_topics(session: Session, contact: Contact, shared: dict[str, Any]) -> None:
    for hit in contact.topics:
        session.add(CallTopicRow(started_at=contact.started_at, **shared, **hit.model_dump()))


def _save_promises(
    session: Session, contact: Contact, known: dict[str, PromiseRow], shared: dict[str, Any]
) -> None:
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
