"""Coaching plans and training events in the database."""

from datetime import datetime

from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from qa.domain.keys import canonical_json
from qa.domain.plans import CoachingPlan
from qa.domain.training import TrainingEvent
from qa.store.plan_tables import PlanRevisionRow, TrainingEventRow
from qa.store.reading import read_noun, require_text
from qa.store.records import PlanRevision


def save_plan(
    session: Session, plan: CoachingPlan, *, at: datetime, by: str, why: str
) -> PlanRevision:
    """The plan's revision after saving; the last one, not `new`, when nothing changed."""
    require_text(plan.id, by=by, why=why)
    row = PlanRevisionRow
    query = select(row).where(row.plan_id == plan.id).order_by(col(row.n).desc()).limit(1)
    last = session.exec(query).first()
    body = canonical_json(plan)
    if last is not None and last.body == body:
        return _revision(last)
    made = PlanRevisionRow(
        plan_id=plan.id,
        n=last.n + 1 if last else 1,
        csr_id=plan.csr_id,
        status=plan.status,
        at=at,
        made_by=by,
        why=why,
        body=body,
    )
    session.add(made)
    session.flush()
    return _revision(made, new=True)


def plans(session: Session, csr_id: str | None) -> tuple[CoachingPlan, ...]:
    """Every plan as it stands now, or one CSR's; by id."""
    row = PlanRevisionRow
    last = select(row.plan_id, func.max(row.n).label("n")).group_by(col(row.plan_id)).subquery()
    same = and_(col(row.plan_id) == last.c.plan_id, col(row.n) == last.c.n)
    query = select(row).join(last, same).order_by(col(row.plan_id))
    if csr_id is not None:
        query = query.where(row.csr_id == csr_id)
    return tuple(_read(one) for one in session.exec(query))


def plan_history(session: Session, plan_id: str) -> tuple[PlanRevision, ...]:
    """Every state of a plan, oldest first."""
    row = PlanRevisionRow
    rows = session.exec(select(row).where(row.plan_id == plan_id).order_by(col(row.n)))
    return tuple(_revision(one) for one in rows)


def save_training(session: Session, event: TrainingEvent, *, at: datetime, by: str) -> bool:
    """True when the event was not known; a corrected score or trainer replaces the old one."""
    require_text(event.csr_id, by=by)
    row = TrainingEventRow
    known = session.exec(
        select(row).where(
            row.csr_id == event.csr_id,
            row.course_id == event.course_id,
            row.kind == event.kind,
            row.at == event.at,
        )
    ).first()
    found = known or TrainingEventRow(
        **event.model_dump(include={"csr_id", "course_id", "kind", "at"}),
        recorded_at=at,
        recorded_by=by,
    )
    found.trainer, found.score_percent = event.trainer, event.score_percent
    session.add(found)
    return known is None


def training(session: Session) -> tuple[TrainingEvent, ...]:
    """Every training event, by time and CSR."""
    row = TrainingEventRow
    rows = session.exec(select(row).order_by(col(row.at), col(row.csr_id), col(row.id)))
    fields = set(TrainingEvent.model_fields)
    return tuple(TrainingEvent.model_validate(one.model_dump(include=fields)) for one in rows)


def _read(row: PlanRevisionRow) -> CoachingPlan:
    return read_noun(CoachingPlan, row.body, "plan_revision", f"{row.plan_id} {row.n}")


def _revision(row: PlanRevisionRow, *, new: bool = False) -> PlanRevision:
    return PlanRevision(plan=_read(row), n=row.n, at=row.at, by=row.made_by, why=row.why, new=new)
