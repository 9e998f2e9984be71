"""Calls whose marks were drawn, not judged: many at once, for trying views on large centres."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlmodel import Session

from qa.domain.call import Call
from qa.domain.evaluations import Evaluation
from qa.domain.facts import Facts
from qa.domain.keys import canonical_json, digest_of
from qa.store.tables import (
    CallRevisionRow,
    CallRow,
    EvaluationRow,
    FactsRow,
    FindingsRow,
    ItemScoreRow,
    TranscriptRow,
)
from transcribe.transcript import Transcript

NOTHING = "0" * 64  # in place of the digest of what was never made
WHY = "simulated"


class Drawn(NamedTuple):
    """A call and the evaluation drawn for it."""

    call: Call
    evaluation: Evaluation


def save_drawn(session: Session, many: Sequence[Drawn], *, at: datetime, by: str) -> int:
    """How many were new. They rest on empty facts and findings of their own; ids that are
    stored already stay as they are.
    """
    known = {one.call.id for one in many if session.get(CallRow, one.call.id) is not None}
    fresh = [one for one in many if one.call.id not in known]
    if not fresh:
        return 0
    if session.get(TranscriptRow, NOTHING) is None:
        session.execute(insert(TranscriptRow), [{
            "key": NOTHING, "recording_sha256": NOTHING, "model_sha256": "",
            "settings_digest": WHY, "at": at,
            "body": canonical_json(Transcript(language="zh", duration_s=0, channels=2, turns=())),
        }])  # fmt: skip
    bodies: dict[int, str] = {}
    rows = [_rows(one, at=at, by=by, bodies=bodies) for one in fresh]
    for table, name in (
        (CallRow, "call"), (CallRevisionRow, "revision"), (FactsRow, "facts"),
        (FindingsRow, "findings"), (EvaluationRow, "evaluation"),
    ):  # fmt: skip
        session.execute(insert(table), [row[name] for row in rows])
    keys = {row["evaluation"]["key"]: one for row, one in zip(rows, fresh, strict=True)}
    found = session.execute(
        EvaluationRow.__table__.select().where(EvaluationRow.__table__.c.key.in_(keys))  # type: ignore[attr-defined]
    )
    items = [
        {"evaluation_id": row.id, "call_id": row.call_id, "ref_id": item.ref_id,
         "verdict": item.verdict, "source": item.source, "points": item.points,
         "max_points": item.max_points}
        for row in found
        for item in keys[row.key].evaluation.items
    ]  # fmt: skip
    session.execute(insert(ItemScoreRow), items)
    return len(fresh)


def _rows(one: Drawn, *, at: datetime, by: str, bodies: dict[int, str]) -> dict[str, Any]:
    call, evaluation = one
    name = sha256(call.id.encode()).hexdigest()
    body = bodies.get(id(evaluation))
    if body is None:
        body = bodies[id(evaluation)] = canonical_json(evaluation)
    return {
        "call": {"id": call.id, "n": 1},
        "revision": {
            "call_id": call.id, "n": 1, "digest": digest_of(call), "at": at, "made_by": by,
            "why": WHY, "csr_id": call.csr_id, "team": call.team, "queue": call.queue,
            "language": call.language, "started_at": call.started_at,
            "body": canonical_json(call),
        },
        "facts": {
            "key": name, "transcript_key": NOTHING, "call_id": call.id, "call_digest": NOTHING,
            "patterns_digest": "", "limits_digest": NOTHING, "measurers": WHY, "at": at,
            "body": canonical_json(Facts(
                call_id=call.id, language=call.language or "zh", duration_s=call.duration_s or 0,
                turns=(), facts=(), made_by=WHY,
            )),
        },
        "findings": {
            "key": name, "facts_key": name, "call_id": call.id, "rules_digest": NOTHING,
            "judge": WHY, "at": at, "body": "[]",
        },
        "evaluation": {
            "call_id": call.id, "scorecard": evaluation.scorecard,
            "version": evaluation.version, "n": 1, "replaces": None, "key": name,
            "findings_key": name, "scorecard_digest": "", "answers_digest": NOTHING,
            "scorer": WHY, "at": at, "made_by": by, "why": "machine", "reason": "",
            "score": evaluation.score, "coverage": evaluation.coverage,
            "passed": evaluation.passed, "body": body,
        },
    }  # fmt: skip
