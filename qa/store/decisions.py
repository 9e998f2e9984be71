"""Decisions: a record that people entered moves on together with the mark it makes, or neither."""

from typing import NamedTuple

from sqlmodel import Session, func, select

from qa.domain.evaluations import Answer, Evaluation
from qa.domain.keys import EvaluationInputs
from qa.store import evaluations, outcomes
from qa.store.centre_tables import RecordRevisionRow
from qa.store.centre_views import RecordRevision
from qa.store.records import EvaluationRecord


class Answered(NamedTuple):
    """A person's answer to an item of a call, and the evaluation that it makes."""

    call_id: str
    answer: Answer
    evaluation: Evaluation
    made_from: EvaluationInputs


def save_answered(session: Session, made: Answered) -> EvaluationRecord:
    """The new evaluation's record, with the answer kept beside it."""
    answer = made.answer
    card = made.evaluation.scorecard
    evaluations.save_answer(session, made.call_id, answer, scorecard=card)
    return evaluations.save_evaluation(
        session,
        made.call_id,
        made.evaluation,
        made_from=made.made_from,
        at=answer.at,
        by=answer.by,
        why="answer",
        reason=answer.reason,
    )


def save_decision(
    session: Session, wanted: RecordRevision, *, after: int, answered: Answered | None
) -> RecordRevision | None:
    """The record's revision after saving; None, and nothing saved, where its last revision is
    another than `after` (0: none): somebody else was first.
    """
    row = RecordRevisionRow
    last = select(func.max(row.n)).where(row.kind == wanted.kind, row.record_id == wanted.record_id)
    if (session.exec(last).one() or 0) != after:
        return None
    if answered is not None:
        save_answered(session, answered)
    return outcomes.add_record(session, wanted, n=after + 1)  # of two at once one is refused
