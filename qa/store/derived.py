"""Transcripts, facts and findings, each under the key of what made it (D6)."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from qa.domain.facts import Facts
from qa.domain.findings import Finding
from qa.domain.keys import FactsInputs, FindingsInputs, TranscriptInputs, canonical_json
from qa.store.calls import require_call
from qa.store.reading import read_noun
from qa.store.tables import FactsRow, FindingsRow, TranscriptRow
from transcribe.errors import CodedError
from transcribe.transcript import Transcript


def save_transcript(
    session: Session, transcript: Transcript, *, made_from: TranscriptInputs, at: datetime
) -> bool:
    """True when it was not stored yet; what is stored under a key stays as it is."""
    if session.get(TranscriptRow, made_from.key):
        return False
    body = canonical_json(transcript)
    session.add(TranscriptRow(key=made_from.key, at=at, body=body, **made_from.model_dump()))
    return True


def transcript_of(session: Session, key: str) -> Transcript | None:
    """The transcript of this key; None when none was made."""
    row = session.get(TranscriptRow, key)
    return read_noun(Transcript, row.body, "transcript", key) if row else None


def save_facts(session: Session, facts: Facts, *, made_from: FactsInputs, at: datetime) -> bool:
    """True when they were not stored yet. Raises QA610, QA611 without call or transcript."""
    if session.get(FactsRow, made_from.key):
        return False
    require_call(session, facts.call_id)
    _require(
        session.get(TranscriptRow, made_from.transcript_key), "facts", made_from.transcript_key
    )
    session.add(
        FactsRow(
            key=made_from.key,
            call_id=facts.call_id,
            at=at,
            body=canonical_json(facts),
            **made_from.model_dump(),
        )
    )
    return True


def facts_of(session: Session, key: str) -> Facts | None:
    """The facts of this key; None when none were made."""
    row = session.get(FactsRow, key)
    return read_noun(Facts, row.body, "facts", key) if row else None


def facts_inputs_of(session: Session, key: str) -> FactsInputs | None:
    """What made the facts under this key."""
    row = session.get(FactsRow, key)
    known = row and row.model_dump(include=set(FactsInputs.model_fields))
    return FactsInputs(**known) if known else None


def save_findings(
    session: Session, findings: Iterable[Finding], *, made_from: FindingsInputs, at: datetime
) -> bool:
    """True when they were not stored yet. Raises QA611 without their facts."""
    if session.get(FindingsRow, made_from.key):
        return False
    facts_row = session.get(FactsRow, made_from.facts_key)
    if facts_row is None:
        raise _unknown("findings", made_from.facts_key)
    body = canonical_json([one.model_dump(mode="json", by_alias=True) for one in findings])
    session.add(
        FindingsRow(
            key=made_from.key,
            call_id=facts_row.call_id,
            at=at,
            body=body,
            **made_from.model_dump(),
        )
    )
    return True


def findings_of(session: Session, key: str) -> tuple[Finding, ...] | None:
    """The findings of this key; None when none were made."""
    row = session.get(FindingsRow, key)
    return read_noun(tuple[Finding, ...], row.body, "findings", key) if row else None


def findings_inputs_of(session: Session, key: str) -> FindingsInputs | None:
    """What made the findings under this key."""
    row = session.get(FindingsRow, key)
    known = row and row.model_dump(include=set(FindingsInputs.model_fields))
    return FindingsInputs(**known) if known else None


def _require(row: object, made: str, key: str) -> None:
    if row is None:
        raise _unknown(made, key)


def _unknown(made: str, key: str) -> CodedError:
    return CodedError("QA611", place=key, made=made, key=key)
