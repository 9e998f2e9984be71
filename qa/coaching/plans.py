"""Plans: proposed from what is surely weak, with targets that can be reached, and re-checked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from qa.coaching.estimates import Z95, expected_shares, sums_of
from qa.domain.estimates import SkillEstimate
from qa.domain.marks import Marks
from qa.domain.plans import (
    MOST_PRIORITIES,
    RECHECK_DAYS,
    CoachingPlan,
    PlanAction,
    Priority,
    Recheck,
    Signature,
)
from qa.domain.text import Text
from transcribe.errors import CodedError

STEP = 0.10  # the most a month of work is expected to lift a met-rate (guess; peers' replaces it)
LEAST_STEP = 0.03  # a smaller target could not be told from luck (guess)
PLAN_DAYS = 30
SPAN_CSRS = 15  # one lead coaches so many at once (管理幅度, source texts 000 and 003; duty G7)
LEAST_CHANCES = 8
UNIX = date(1970, 1, 1)


def propose_plan(
    estimates: Sequence[SkillEstimate],
    *,
    plan_id: str,
    owner: str,
    today: date,
    courses: Mapping[str, str] | None = None,
    titles: Mapping[str, Text] | None = None,
    calls: Mapping[str, tuple[str, ...]] | None = None,
    peers_step: float | None = None,
) -> CoachingPlan | None:
    """A plan for one CSR's surely weak skills, the dearest two; None where none is sure.

    courses, titles, calls: course id, title and call ids of each skill. peers_step: by how much
    peers who worked on a skill improved in a month; the target is the CSR's own rate and that
    step, never beyond the team's.
    """
    weak = [one for one in estimates if one.standing == "below"]
    dearest = sorted(weak, key=lambda one: (-one.excess_points_a_month, one.gap))
    chosen = dearest[:MOST_PRIORITIES]
    if not chosen:
        return None
    named = titles or {}
    due = today + timedelta(days=PLAN_DAYS)
    actions: list[PlanAction] = []
    for one in chosen:
        title = named.get(one.skill, Text(zh=one.skill, en=one.skill))
        course_id = (courses or {}).get(one.skill)
        if course_id:
            actions.append(
                PlanAction(
                    what=Text(
                        zh=f"参加课程 {course_id}（{title.zh}）",
                        en=f"Take course {course_id} ({title.en})",
                    ),
                    owner=one.csr_id,
                    due=today + timedelta(days=14),
                    course_id=course_id,
                )
            )
        actions.append(
            PlanAction(
                what=Text(
                    zh=f"一起听三通“{title.zh}”失分的通话，练一遍正确说法",
                    en=f"Listen to three calls that lost points in {title.en} and rehearse "
                    "what would have been right",
                ),
                owner=owner,
                due=today + timedelta(days=7),
            )
        )
    return CoachingPlan(
        id=plan_id,
        csr_id=chosen[0].csr_id,
        team=chosen[0].team,
        owner=owner,
        made_on=today,
        priorities=tuple(
            _priority(one, named, (calls or {}).get(one.skill, ()), peers_step or STEP)
            for one in chosen
        ),
        actions=tuple(action for action in actions if action.due <= due),
    )


def _priority(
    one: SkillEstimate, titles: Mapping[str, Text], calls: tuple[str, ...], step: float
) -> Priority:
    own = min(max(one.expected_share + one.gap, 0.0), 1.0)
    target = min(one.expected_share, own + max(step, LEAST_STEP))
    title = titles.get(one.skill, Text(zh=one.skill, en=one.skill))
    return Priority(
        skill=one.skill,
        baseline_share=round(own, 4),
        target_share=round(target, 4),
        team_share=one.expected_share,
        why=Text(
            zh=f"“{title.zh}”{one.chances} 次机会达标 {one.met_share:.0%}（除去运气约 {own:.0%}），"
            f"同组同类通话 {one.expected_share:.0%}；每月多失 "
            f"{one.excess_points_a_month:.1f} 分，低于同组的把握 {one.below_probability:.0%}。",
            en=f"{title.en}: met {one.met_share:.0%} of {one.chances} chances ({own:.0%} with "
            f"luck allowed for) where the team meets {one.expected_share:.0%} on the same kinds "
            f"of calls; {one.excess_points_a_month:.1f} points a month lost beyond it, "
            f"{one.below_probability:.0%} sure.",
        ),
        calls=calls[:3],
    )


def too_wide(plans: Iterable[CoachingPlan]) -> dict[str, int]:
    """Owner -> CSRs with an open plan of theirs, where that is more than `SPAN_CSRS`."""
    led: dict[str, set[str]] = {}
    for one in plans:
        if one.status not in ("closed", "cancelled"):
            led.setdefault(one.owner, set()).add(one.csr_id)
    return {owner: len(csrs) for owner, csrs in led.items() if len(csrs) > SPAN_CSRS}


def sign(plan: CoachingPlan, signature: Signature) -> CoachingPlan:
    """The plan with one more signature; agreed when both are there.

    Raises CodedError QA510 where that role has signed, QA511 for a plan that is over.
    """
    if plan.status in ("closed", "cancelled"):
        raise CodedError("QA511", place=plan.id, plan=plan.id, status=plan.status)
    if any(one.role == signature.role for one in plan.signatures):
        raise CodedError("QA510", place=plan.id, plan=plan.id, role=signature.role)
    signatures = (*plan.signatures, signature)
    status = "agreed" if len(signatures) == 2 else plan.status
    return CoachingPlan.model_validate(
        plan.model_dump() | {"signatures": signatures, "status": status}
    )


def rechecked(
    plan: CoachingPlan, marks: Marks, *, today: date, days: Sequence[int] = RECHECK_DAYS
) -> CoachingPlan:
    """The plan with its spaced re-checks measured from later calls.

    marks: of the whole site, days counted from 1970, so that call mix can be removed. Each
    re-check looks at the calls since the one before it. Slid back: surely under the target at
    a re-check after one that was on target, or surely under the baseline; that reopens the plan.
    Closed: the last re-check is on target for every priority.
    """
    if plan.trained_on is None or plan.status in ("proposed", "cancelled"):
        return plan
    found: list[Recheck] = []
    for priority in plan.priorities:
        reached = False
        previous = 0
        for day in days:
            one = _recheck(plan, priority, marks, previous, day, today, reached)
            reached = reached or one.standing == "on_target"
            previous = day
            found.append(one)
    status = plan.status
    last = [one for one in found if one.day == max(days)]
    if any(one.standing == "slid_back" for one in found):
        status = "reopened"
    elif all(one.standing == "on_target" for one in last):
        status = "closed"
    return plan.model_copy(update={"rechecks": tuple(found), "status": status})


def _recheck(
    plan: CoachingPlan,
    priority: Priority,
    marks: Marks,
    after: int,
    day: int,
    today: date,
    reached: bool,
) -> Recheck:
    assert plan.trained_on is not None, "only trained plans are re-checked"
    due = plan.trained_on + timedelta(days=day)
    empty = Recheck(
        skill=priority.skill, day=day, due=due, chances=0, met_share=None, low=None, high=None,
        standing="cannot_tell" if today >= due else "not_due",
        more_calls=LEAST_CHANCES if today >= due else 0,
    )  # fmt: skip
    if today < due or priority.skill not in marks.skills or plan.csr_id not in marks.csrs:
        return empty
    start = (plan.trained_on - UNIX).days
    inside = marks.skill == marks.skills.index(priority.skill)
    near = marks.where(inside & (marks.day >= start + after) & (marks.day < start + day))
    csr = marks.csrs.index(plan.csr_id)
    sums = sums_of(near, expected_shares(near), np.ones(near.size)) if near.size else None
    if sums is None or sums.chances[csr] == 0:
        return empty
    chances = int(sums.chances[csr])
    share = min(max(priority.team_share + float(sums.gap[csr]), 0.0), 1.0)
    half = Z95 * float(np.sqrt(sums.variance[csr]))
    low, high = max(0.0, share - half), min(1.0, share + half)
    lapsed = high < priority.target_share and reached
    if chances < LEAST_CHANCES:
        standing = "cannot_tell"
    elif high < priority.baseline_share or lapsed:
        standing = "slid_back"
    elif share >= priority.target_share:
        standing = "on_target"
    else:
        standing = "better" if low > priority.baseline_share else "cannot_tell"
    return Recheck.model_validate(
        {
            **empty.model_dump(),
            "chances": chances,
            "met_share": round(share, 4),
            "low": round(low, 4),
            "high": round(high, 4),
            "standing": standing,
            "more_calls": max(0, LEAST_CHANCES - chances),
        }
    )


def overdue(plan: CoachingPlan, today: date) -> tuple[PlanAction, ...]:
    """Actions that should be done and are not; none for a plan that is over."""
    if plan.status in ("closed", "cancelled"):
        return ()
    return tuple(one for one in plan.actions if one.done_on is None and one.due < today)
