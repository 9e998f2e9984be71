"""Planned courses that the catalogue no longer has, and what may stand in for them."""

from collections.abc import Mapping

from qa.domain.packs import Packs
from qa.domain.plans import CoachingPlan, PlanAction
from qa.domain.text import Text

Instead = Mapping[str, tuple[str, ...]]


def gone_courses(plan: CoachingPlan, packs: Packs) -> dict[str, tuple[str, ...]]:
    """Of the plan's open actions: course that is gone -> courses that teach one of its skills.

    Attending one of these does the action, see `record_training`.
    """
    known = {course.id for course in packs.courses}
    wanted = {priority.skill for priority in plan.priorities}
    instead = tuple(one.id for one in packs.courses if wanted & set(one.skills))
    return {
        action.course_id: instead
        for action in plan.actions
        if action.course_id and action.done_on is None and action.course_id not in known
    }


def gone_note(action: PlanAction, gone: Instead) -> Text | None:
    """What to tell about an action whose course is gone; None for any other."""
    if action.course_id is None or action.course_id not in gone:
        return None
    course, instead = action.course_id, ", ".join(gone[action.course_id])
    if not instead:
        return Text(
            zh=f"课程 {course} 已不在目录里，也没有别的课教这些能力项：改为一对一，或补一门课",
            en=f"the catalogue has no course {course} any more and none that teaches the skill: "
            "coach one-to-one, or add a course",
        )
    return Text(
        zh=f"课程 {course} 已不在目录里，参加 {instead} 之一也算完成",
        en=f"the catalogue has no course {course} any more; attending one of {instead} counts",
    )
