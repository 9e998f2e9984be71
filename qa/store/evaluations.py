"""Evaluations and answers: revisions that name what they replace; nothing is edited (D7)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func
from sqlmodel import Session, col, exists, select

from qa.domain.evaluations import Answer, Evaluation
from qa.domain.keys import EvaluationInputs, canonical_json
from qa.store.calls import conditions, read_call, require_call
from qa.store.reading import read_noun, require_text
from qa.store.records import AnswerRecord, CallFilter, EvaluationRecord, Graded, WhyEvaluated
from qa.store.tables import (
    AnswerRow,
    CallRevisionRow,
    EvaluationRow,
    FindingsRow,
    ItemScoreRow,
    UngradableRow,
)
from transcribe.errors import CodedError


def save_evaluation(
    session: Session,
    call_id: str,
    evaluation: Evaluation,
    *,
    made_from: EvaluationInputs,
    at: datetime,
    by: str,
    why: WhyEvaluated,
    reason: str,
) -> EvaluationRecord:
    """The evaluation's record; the last one, not `new`, when the same inputs made it."""
    require_text(call_id, by=by, **({} if why == "machine" else {"reason": reason}))
    require_call(session, call_id)
    findings_row = session.get(FindingsRow, made_from.findings_key)
    if findings_row is None or findings_row.call_id != call_id:
        key = made_from.findings_key
        raise CodedError("QA611", place=call_id, made="evaluation", key=key)
    last = _last_row(session, call_id, evaluation.scorecard)
    if last and last.key == made_from.key:
        return _record(last)
    row = EvaluationRow(
        call_id=call_id,
        scorecard=evaluation.scorecard,
        version=evaluation.version,
        n=last.n + 1 if last else 1,
        replaces=last.id if last else None,
        key=made_from.key,
        at=at,
        made_by=by,
        why=why,
        reason=reason,
        score=evaluation.score,
        coverage=evaluation.coverage,
        passed=evaluation.passed,
        body=canonical_json(evaluation),
        **made_from.model_dump(),
    )
    session.add(row)
    session.flush()
    session.add_all(_item_rows(row.id or 0, call_id, evaluation))
    return _record(row, new=True)


def evaluations_of(
    session: Session, call_id: str, scorecard: str | None
) -> tuple[EvaluationRecord, ...]:
    """Every revision, by scorecard, oldest first."""
    row = EvaluationRow
    query = select(row).where(row.call_id == call_id)
    if scorecard is not None:
        query = query.where(row.scorecard == scorecard)
    rows = session.exec(query.order_by(col(row.scorecard), col(row.n)))
    return tuple(_record(one) for one in rows)


def latest_evaluation_of(session: Session, call_id: str, scorecard: str) -> EvaluationRecord | None:
    """The evaluation that holds now; None when the call has none on this scorecard."""
    row = _last_row(session, call_id, scorecard)
    return _record(row) if row else None


def latest_evaluations(
    session: Session, wanted: CallFilter, scorecard: str | None
) -> tuple[Graded, ...]:
    """The wanted calls with their latest evaluations, by start time, id, scorecard.

    Calls that cannot be graded are left out, so that they enter no average.
    """
    row, call = EvaluationRow, CallRevisionRow
    last = (
        select(row.call_id, row.scorecard, func.max(row.n).label("n"))
        .group_by(col(row.call_id), col(row.scorecard))
        .subquery()
    )
    same = and_(
        col(row.call_id) == last.c.call_id,
        col(row.scorecard) == last.c.scorecard,
        col(row.n) == last.c.n,
    )
    closed = exists().where(
        col(UngradableRow.call_id) == row.call_id, col(UngradableRow.cleared_at).is_(None)
    )
    query = (
        select(call, row)
        .join(row, col(row.call_id) == call.call_id)
        .join(last, same)
        .where(*conditions(wanted), ~closed)
        .order_by(col(call.started_at).nulls_first(), col(row.call_id), col(row.scorecard))
    )
    if scorecard is not None:
        query = query.where(row.scorecard == scorecard)
    return tuple(
        Graded(call=read_call(call_row), record=_record(evaluation_row))
        for call_row, evaluation_row in session.exec(query)
    )


def save_answer(session: Session, call_id: str, answer: Answer, *, scorecard: str) -> AnswerRecord:
    """The answer's record; the last one when it says the same by the same person."""
    require_text(call_id, by=answer.by, reason=answer.reason, scorecard=scorecard)
    require_call(session, call_id)
    row = AnswerRow
    query = select(row).where(
        row.call_id == call_id, row.scorecard == scorecard, row.ref_id == answer.ref_id
    )
    last = session.exec(query.order_by(col(row.n).desc()).limit(1)).first()
    if last and (last.verdict, last.made_by, last.reason) == (
        answer.verdict,
        answer.by,
        answer.reason,
    ):
        return _answer(last)
    new = AnswerRow(
        call_id=call_id,
        scorecard=scorecard,
        ref_id=answer.ref_id,
        n=last.n + 1 if last else 1,
        verdict=answer.verdict,
        made_by=answer.by,
        reason=answer.reason,
        at=answer.at,
    )
    session.add(new)
    session.flush()
    return _answer(new)


def answer_history(
    session: Session, call_id: str, scorecard: str | None
) -> tuple[AnswerRecord, ...]:
    """Every answer ever given to the call, by scorecard and item, oldest first."""
    row = AnswerRow
    query = select(row).where(row.call_id == call_id)
    if scorecard is not None:
        query = query.where(row.scorecard == scorecard)
    rows = session.exec(query.order_by(col(row.scorecard), col(row.ref_id), col(row.n)))
    return tuple(_answer(one) for one in rows)


def _last_row(session: Session, call_id: str, scorecard: str) -> EvaluationRow | None:
    row = EvaluationRow
    query = select(row).where(row.call_id == call_id, row.scorecard == scorecard)
    return session.exec(query.order_by(col(row.n).desc()).limit(1)).first()


def _item_rows(id_: int, call_id: str, evaluation: Evaluation) -> Sequence[ItemScoreRow]:
    return [
        ItemScoreRow(
            evaluation_id=id_,
            call_id=call_id,
            **item.model_dump(include={"ref_id", "verdict", "source", "points", "max_points"}),
        )
        for item in evaluation.items
    ]


def _record(row: EvaluationRow, *, new: bool = False) -> EvaluationRecord:
    evaluation = read_noun(Evaluation, row.body, "evaluation", f"{row.call_id} {row.n}")
    return EvaluationRecord.model_validate(
        {
            "id": row.id,
            "by": row.made_by,
            "evaluation": evaluation,
            "new": new,
            **row.model_dump(
                include={"call_id", "n", "replaces", "key", "findings_key", "at", "why", "reason"}
            ),
        }
    )


def _answer(row: AnswerRow) -> AnswerRecord:
    answer = Answer.model_validate(
        row.model_dump(include={"ref_id", "verdict", "reason", "at"}) | {"by": row.made_by}
    )
    return AnswerRecord(call_id=row.call_id, scorecard=row.scorecard, n=row.n, answer=answer)
