"""辅导: stored evaluations to estimates, shared causes, plans, assignments and effects."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from qa.coaching.assign import Measured, Schedule, assign
from qa.coaching.effects import coaching_effect
from qa.coaching.estimates import skill_estimates
from qa.coaching.marks import SECONDS_A_DAY, marks_of
from qa.coaching.plans import propose_plan, rechecked
from qa.coaching.shared_causes import shared_causes
from qa.domain.coaching import Course, Evaluated, Window
from qa.domain.effects import Coached, Effect
from qa.domain.estimates import SharedCause, SkillEstimate
from qa.domain.marks import Marks
from qa.domain.packs import Packs
from qa.domain.plans import CoachingPlan
from qa.domain.training import Need, Session
from qa.flow.advise import evaluated_of
from qa.store.records import CallFilter
from qa.store.store import Store
from transcribe.errors import CodedError
from transcribe.noun import Noun
from transcribe.transcript import Language

BY = "qa plan"
SETTLE_DAYS = 21  # so long after a course later calls judge it: the second re-check
UPSET_SKILL = "empathy"  # an item of this skill applies where the customer is upset


class Centre(NamedTuple):
    """What the statistics of one window rest on."""

    evaluated: tuple[Evaluated, ...]
    marks: Marks


class Estimates(Noun):
    """Every CSR's skills against their peers, and what is no matter of one person."""

    shared_causes: tuple[SharedCause, ...]
    skills: tuple[SkillEstimate, ...]


def centre_of(store: Store, packs: Packs, window: Window) -> Centre:
    """All graded calls of the window, with the marks of the whole site."""
    wanted = CallFilter(from_=window.from_at, to=window.to_at)
    evaluated = evaluated_of(store.latest_evaluations(wanted), store, packs)
    upset = {one.call.id for one in evaluated if _is_upset(one)}
    return Centre(evaluated, marks_of(evaluated, window=window, complaints=upset))


def estimates_of(centre: Centre, packs: Packs) -> Estimates:
    """Estimates of every CSR and the items that most of a team fails."""
    items = {item.ref_id: item for card in packs.scorecards for item in card.items}
    scripted = {ref_id for ref_id, item in items.items() if _is_wording(item.rules, packs)}
    titles = {ref_id: item.title for ref_id, item in items.items()}
    return Estimates(
        shared_causes=shared_causes(centre.marks, scripted=scripted, titles=titles),
        skills=skill_estimates(centre.marks),
    )


def propose_plans(
    store: Store, packs: Packs, centre: Centre, *, owner: str, now: datetime, csr_id: str = ""
) -> tuple[CoachingPlan, ...]:
    """New plans for CSRs who are surely weak in something and have no open plan; stored."""
    found: list[CoachingPlan] = []
    titles = {skill.id: skill.title for skill in packs.skills}
    open_csrs = {one.csr_id for one in store.plans() if is_open(one)}
    known = len(store.plans())
    estimates = skill_estimates(centre.marks)
    for csr in centre.marks.csrs:
        if csr in open_csrs or (csr_id and csr != csr_id):
            continue
        own = [one for one in estimates if one.csr_id == csr]
        plan = propose_plan(
            own,
            plan_id=f"P{known + len(found) + 1:04d}",
            owner=owner,
            today=now.date(),
            courses=_first_courses(packs.courses, now.date(), _languages(centre.evaluated, csr)),
            titles=titles,
            calls=_lost_calls(centre.evaluated, csr),
        )
        if plan is not None:
            store.save_plan(plan, at=now, by=BY, why="proposed from the estimates")
            found.append(plan)
    return tuple(found)


def recheck_plans(store: Store, centre: Centre, *, now: datetime) -> tuple[CoachingPlan, ...]:
    """All plans after their re-checks were measured; what changed is stored."""
    for plan in store.plans():
        found = rechecked(plan, centre.marks, today=now.date())
        if found != plan:
            store.save_plan(found, at=now, by=BY, why=f"re-checked: {found.status}")
    return store.plans()


def plan_of(store: Store, plan_id: str) -> CoachingPlan:
    """The plan of this id. Raises QA860 with the known ones."""
    known = {plan.id: plan for plan in store.plans()}
    if plan_id not in known:
        raise CodedError("QA860", place=plan_id, plan=plan_id, options=", ".join(known) or "-")
    return known[plan_id]


def is_open(plan: CoachingPlan) -> bool:
    """True until a plan is closed or cancelled."""
    return plan.status not in ("closed", "cancelled")


def coached_of(store: Store, packs: Packs) -> tuple[Coached, ...]:
    """Every coaching event: an attended course, once for each skill it teaches."""
    courses = {course.id: course for course in packs.courses}
    events = [
        Coached(
            csr_id=one.csr_id,
            skill=skill,
            day=one.at.timestamp() // SECONDS_A_DAY,
            course_id=one.course_id,
            trainer=one.trainer,
        )
        for one in store.training()
        if one.kind == "attended" and one.course_id in courses
        for skill in courses[one.course_id].skills
    ]
    return tuple(events)


def effects_of(store: Store, packs: Packs, centre: Centre) -> tuple[Effect, ...]:
    """The effect of every course that was attended, skill by skill."""
    events = coached_of(store, packs)
    pairs = sorted({(one.course_id or "", one.skill) for one in events})
    return tuple(
        coaching_effect(
            centre.marks,
            [one for one in events if (one.course_id, one.skill) == (course_id, skill)],
            skill=skill,
            course_id=course_id,
            every_coached=events,
        )
        for course_id, skill in pairs
    )


def schedule_of(
    store: Store, packs: Packs, centre: Centre, *, today: date, weeks: int
) -> tuple[Schedule, tuple[Session, ...]]:
    """Seats for everyone who is surely weak: each course once a week, its own seats.

    Who was just trained in a skill waits for later calls; a course taken longer ago that left
    the skill weak has failed and is not offered again.
    """
    effects = effects_of(store, packs, centre)
    measured = {
        (one.course_id or "", one.skill): Measured(one.estimate, one.coached)
        for one in effects
        if one.estimate is not None
    }
    sessions = tuple(
        Session(
            id=f"{course.id}/{week + 1}",
            course_id=course.id,
            week=week,
            seats=course.seats,
            trainer=course.trainer,
        )
        for week in range(weeks)
        for course in packs.courses
        if course.given_on(today + timedelta(days=7 * week))
    )
    done: dict[str, frozenset[str]] = {}
    settled: dict[str, frozenset[str]] = {}
    fresh: set[tuple[str, str]] = set()
    taught = {course.id: course.skills for course in packs.courses}
    for event in store.training():
        if event.kind != "attended":
            continue
        done[event.csr_id] = done.get(event.csr_id, frozenset()) | {event.course_id}
        if (today - event.at.date()).days >= SETTLE_DAYS:
            settled[event.csr_id] = settled.get(event.csr_id, frozenset()) | {event.course_id}
        else:
            fresh |= {(event.csr_id, skill) for skill in taught.get(event.course_id, ())}
    needs = [
        _need(one, settled, packs.courses, _languages(centre.evaluated, one.csr_id))
        for one in skill_estimates(centre.marks)
        if one.standing == "below" and (one.csr_id, one.skill) not in fresh
    ]
    return assign(needs, packs.courses, sessions, done=done, measured=measured), sessions


def _need(
    one: SkillEstimate,
    settled: dict[str, frozenset[str]],
    courses: Sequence[Course],
    languages: tuple[Language, ...],
) -> Need:
    """Courses in the skill that were taken and left it weak have failed."""
    taken = settled.get(one.csr_id, frozenset())
    failed = tuple(c.id for c in courses if c.id in taken and one.skill in c.skills)
    return Need(
        csr_id=one.csr_id,
        skill=one.skill,
        excess_points_a_month=max(one.excess_points_a_month, 0.0),
        gap=min(one.gap, 0.0),
        languages=languages,
        failed_courses=failed,
    )


def _is_upset(one: Evaluated) -> bool:
    if one.evaluation is None:
        return False
    skills = {item.ref_id: item.skill for item in one.scorecard.items}
    return any(
        skills[mark.ref_id] == UPSET_SKILL and mark.verdict != "not_applicable"
        for mark in one.evaluation.items
    )


def _is_wording(rule_ids: Iterable[str], packs: Packs) -> bool:
    wanted = set(rule_ids)
    return any(rule.id in wanted and rule.say for rule in packs.rules)


def _languages(evaluated: Iterable[Evaluated], csr: str) -> tuple[Language, ...]:
    own = {one.call.language for one in evaluated if one.call.csr_id == csr}
    return tuple(sorted(language for language in own if language))


def _first_courses(
    courses: Sequence[Course], today: date, languages: tuple[Language, ...]
) -> dict[str, str]:
    """Of each skill the closest basic course that is given today in one of the languages."""
    found: dict[str, Course] = {}
    for course in courses:
        if languages and not set(languages) & set(course.languages):
            continue
        for skill in course.skills if course.given_on(today) else ():
            best = found.get(skill)
            if best is None or _closeness(course) < _closeness(best):
                found[skill] = course
    return {skill: course.id for skill, course in found.items()}


def _closeness(course: Course) -> tuple[bool, int]:
    return course.level != "basic", len(course.skills)


def _lost_calls(evaluated: Iterable[Evaluated], csr: str) -> dict[str, tuple[str, ...]]:
    """The CSR's latest calls that lost points, by skill."""
    found: dict[str, tuple[str, ...]] = {}
    for one in evaluated:
        if one.call.csr_id != csr or one.evaluation is None:
            continue
        skills = {item.ref_id: item.skill for item in one.scorecard.items}
        lost = {skills[m.ref_id] for m in one.evaluation.items if m.verdict == "not_met"}
        for skill in sorted(lost):
            found[skill] = (one.call.id, *found.get(skill, ()))
    return found
