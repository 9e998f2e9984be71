"""What was attended and signed, entered into the store."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from qa.coaching.plans import sign
from qa.domain.coaching import Course
from qa.domain.packs import Packs
from qa.domain.plans import CoachingPlan, Signature
from qa.domain.training import TrainingEvent
from qa.flow.coaching import is_open, plan_of
from qa.store.store import Store
from transcribe.errors import CodedError


def record_training(
    store: Store, packs: Packs, event: TrainingEvent, *, now: datetime, by: str
) -> tuple[CoachingPlan, ...]:
    """The plans that the event moved: their action is done, re-checks count from it.

    An action whose course the catalogue no longer has is done by a course in the plan's skills.
    Raises QA862 for a course that the catalogue does not have.
    """
    known = {course.id: course for course in packs.courses}
    if event.course_id not in known:
        options = ", ".join(known)
        raise CodedError("QA862", place=event.csr_id, course=event.course_id, options=options)
    store.save_training(event, at=now, by=by)
    if event.kind != "attended":
        return ()
    day = event.at.date()
    moved = []
    for plan in store.plans(event.csr_id):
        meant = _meant(plan, known[event.course_id], known) if is_open(plan) else None
        if meant is None:
            continue
        actions = tuple(
            action.model_copy(update={"done_on": action.done_on or day})
            if action.course_id == meant
            else action
            for action in plan.actions
        )
        changed = plan.model_copy(update={"actions": actions, "trained_on": day})
        store.save_plan(changed, at=now, by=by, why=f"attended {event.course_id}")
        moved.append(changed)
    return tuple(moved)


def _meant(plan: CoachingPlan, course: Course, known: Collection[str]) -> str | None:
    """The course among the plan's actions that `course` is or stands in for; None: not of it."""
    if any(one.course_id == course.id for one in plan.actions):
        return course.id
    waiting = [one.course_id for one in plan.actions if one.course_id and one.done_on is None]
    gone = [one for one in waiting if one not in known]
    wanted = {priority.skill for priority in plan.priorities}
    return gone[0] if gone and wanted & set(course.skills) else None


def sign_plan(
    store: Store, plan_id: str, role: Literal["csr", "supervisor"], *, by: str, now: datetime
) -> CoachingPlan:
    """The signed plan, stored. Raises QA860, QA510, QA511."""
    signed = sign(plan_of(store, plan_id), Signature(role=role, by=by, at=now))
    store.save_plan(signed, at=now, by=by, why=f"signed as {role}")
    return signed


def cancel_plan(store: Store, plan_id: str, *, by: str, why: str, now: datetime) -> CoachingPlan:
    """The cancelled plan, stored: the CSR left, or the ground for it is gone. Raises QA860."""
    plan = plan_of(store, plan_id).model_copy(update={"status": "cancelled"})
    store.save_plan(plan, at=now, by=by, why=why)
    return plan
