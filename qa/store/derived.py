"""Transcripts, facts and findings, each under the key of what made it (D6)."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from qa.domain.derivations import DerivedFact
from qa.domain.facts import Facts
from qa.domain.findings import Finding, StoredVerdict
from qa.domain.keys import FactsInputs, FindingsInputs, TranscriptInputs, canonical_json
from qa.store.calls import require_call
from qa.store.reading import read_noun
from qa.store.tables import EvaluationRow, FactsRow, FindingsRow, TranscriptRow
from transcribe.errors import CodedError
from transcribe.noun import Noun
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


def facts_of_evaluations(session: Session, ids: Sequence[int]) -> dict[int, Facts]:
    """Evaluation id -> the facts it rests on."""
    found = {}
    for start in range(0, len(ids), AT_ONCE):
        query = (
            select(EvaluationRow.id, FactsRow.key, FactsRow.body)
            .join(FindingsRow, col(FindingsRow.key) == EvaluationRow.findings_key)
            .join(FactsRow, col(FactsRow.key) == FindingsRow.facts_key)
            .where(col(EvaluationRow.id).in_(ids[start : start + AT_ONCE]))
        )
        for id_, key, body in session.exec(query):
            found[id_ or 0] = read_noun(Facts, body, "facts", key)
    return found


def facts_inputs_of(session: Session, key: str) -> FactsInputs | None:
    """What made the facts under this key."""
    row = session.get(FactsRow, key)
    known = row and row.model_dump(include=set(FactsInputs.model_fields))
    return FactsInputs(**known) if known else None


AT_ONCE = 500  # keys in one query; SQLite allows 32,766 values, others fewer


class _Judged(Noun):
    """The body of a findings row where facts were derived; else it is the findings' list."""

    findings: tuple[Finding, ...]
    derived: tuple[DerivedFact, ...] = ()


def save_findings(
    session: Session,
    findings: Iterable[Finding],
    *,
    made_from: FindingsInputs,
    at: datetime,
    derived: Iterable[DerivedFact] = (),
) -> bool:
    """True when they were not stored yet. Raises QA611 without their facts."""
    if session.get(FindingsRow, made_from.key):
        return False
    facts_row = session.get(FactsRow, made_from.facts_key)
    if facts_row is None:
        raise _unknown("findings", made_from.facts_key)
    judged = _Judged(findings=tuple(findings), derived=tuple(derived))
    told = judged.model_dump(mode="json", by_alias=True)
    body = canonical_json(told if judged.derived else told["findings"])
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
    judged = _judged_of(session, key)
    return judged.findings if judged else None


def verdicts_of(
    session: Session, keys: Sequence[str]
) -> dict[str, tuple[FindingsInputs, str, tuple[StoredVerdict, ...]]]:
    """Key -> what made the findings, the measurers of their facts, and the verdicts alone.

    Without facts, wording or proof, and without validation of the stored JSON.
    """
    made = {}
    for start in range(0, len(keys), AT_ONCE):
        query = (
            select(FindingsRow, col(FactsRow.measurers))
            .join(FactsRow, col(FactsRow.key) == FindingsRow.facts_key)
            .where(col(FindingsRow.key).in_(keys[start : start + AT_ONCE]))
        )
        for row, measurers in session.exec(query):
            body = json.loads(row.body)
            inputs = FindingsInputs(**row.model_dump(include=set(FindingsInputs.model_fields)))
            lines = tuple(
                StoredVerdict(one["rule_id"], one["rule_digest"], one["status"], one["verdict"])
                for one in (body if isinstance(body, list) else body["findings"])
            )
            made[row.key] = (inputs, measurers, lines)
    return made


def derived_of(session: Session, key: str) -> tuple[DerivedFact, ...]:
    """The facts that were derived with the findings of this key."""
    judged = _judged_of(session, key)
    return judged.derived if judged else ()


def _judged_of(session: Session, key: str) -> _Judged | None:
    row = session.get(FindingsRow, key)
    if row is None:
        return None
    if row.body.startswith("["):
        return _Judged(findings=read_noun(tuple[Finding, ...], row.body, "findings", key))
    return read_noun(_Judged, row.body, "findings", key)


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
