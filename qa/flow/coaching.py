"""辅导: stored evaluations to estimates, shared causes, plans, assignments and effects."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from qa.coaching.assign import Measured, Schedule, assign
from qa.coaching.effects import coaching_effect
from qa.coaching.marks import SECONDS_A_DAY
from qa.coaching.plan_effects import plan_effect
from qa.coaching.plans import UNIX, propose_plan, rechecked
from qa.domain.coaching import Course
from qa.domain.effects import Coached, Effect
from qa.domain.estimates import SkillEstimate
from qa.domain.graded import NOBODY
from qa.domain.keys import digest_of
from qa.domain.packs import Packs
from qa.domain.plans import CoachingPlan
from qa.domain.training import Need, Session
from qa.flow.standing import Centre
from qa.store.store import Store
from transcribe.errors import CodedError
from transcribe.transcript import Language

BY = "qa plan"
EFFECTS_BY = "1"  # raised when effects change their meaning
SETTLE_DAYS = 21  # so long after a course later calls judge it: the second re-check


def propose_plans(
    store: Store, packs: Packs, centre: Centre, *, owner: str, now: datetime, csr_id: str = ""
) -> tuple[CoachingPlan, ...]:
    """New plans for CSRs who are surely weak in something and have no open plan; stored.

    Who is gone gets one only when named. Raises QA850 for a named CSR without graded calls.
    """
    known_csrs = sorted(set(centre.counts.columns.csrs) - {NOBODY})
    if csr_id and csr_id not in known_csrs:
        options = ", ".join(known_csrs) or "-"
        raise CodedError("QA850", place=csr_id, csr=csr_id, options=options)
    passed = frozenset[str]() if csr_id else centre.gone()
    found: list[CoachingPlan] = []
    titles = {skill.id: skill.title for skill in packs.skills}
    open_csrs = {one.csr_id for one in store.plans() if is_open(one)}
    known = len(store.plans())
    estimates = centre.estimates()
    for csr in centre.marks.csrs:
        if csr in open_csrs or csr in passed or (csr_id and csr != csr_id):
            continue
        own = [one for one in estimates if one.csr_id == csr]
        plan = propose_plan(
            own,
            plan_id=f"P{known + len(found) + 1:04d}",
            owner=owner,
            today=now.date(),
            courses=first_courses(packs.courses, now.date(), centre.languages(csr)),
            titles=titles,
            calls=centre.lost_calls(csr),
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
    """The effect of every course that was attended and of every trainer, skill by skill."""
    events = coached_of(store, packs)
    return _kept(centre, "effects", events, lambda: _effects(events, centre))


def _kept(
    centre: Centre,
    name: str,
    events: Sequence[Coached],
    make: Callable[[], tuple[Effect, ...]],
) -> tuple[Effect, ...]:
    """Fitting takes seconds with many courses: kept until calls or events change."""
    told = digest_of([one.model_dump(mode="json") for one in events])
    return centre.answers.of(name, f"{EFFECTS_BY} {centre.digest} {told}", tuple[Effect, ...], make)


def _effects(events: Sequence[Coached], centre: Centre) -> tuple[Effect, ...]:
    courses = sorted({(one.course_id or "", one.skill) for one in events})
    trainers = sorted({(one.trainer, one.skill) for one in events if one.trainer})
    by_course = tuple(
        coaching_effect(
            centre.marks,
            [one for one in events if (one.course_id, one.skill) == (course_id, skill)],
            skill=skill,
            course_id=course_id,
            every_coached=events,
        )
        for course_id, skill in courses
    )
    by_trainer = tuple(
        coaching_effect(
            centre.marks,
            [one for one in events if (one.trainer, one.skill) == (trainer, skill)],
            skill=skill,
            every_coached=events,
        ).model_copy(update={"trainer": trainer})
        for trainer, skill in trainers
    )
    return by_course + by_trainer


def plan_effects_of(store: Store, packs: Packs, centre: Centre) -> tuple[Effect, ...]:
    """The effect of every plan that was trained for, skill by skill; by plan."""
    events = [
        Coached(
            csr_id=plan.csr_id,
            skill=priority.skill,
            day=float((plan.trained_on - UNIX).days),
            plan_id=plan.id,
        )
        for plan in store.plans()
        if plan.trained_on is not None and plan.status not in ("proposed", "cancelled")
        for priority in plan.priorities
    ]
    every = (*coached_of(store, packs), *events)
    return _kept(
        centre,
        "plan_effects",
        every,
        lambda: tuple(plan_effect(centre.marks, event, every) for event in events),
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
        if one.estimate is not None and one.course_id
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
    for event in store.training():
        if event.kind == "attended":
            done[event.csr_id] = done.get(event.csr_id, frozenset()) | {event.course_id}
    needs = needs_of(store, packs, centre, today=today)
    return assign(needs, packs.courses, sessions, done=done, measured=measured), sessions


def needs_of(store: Store, packs: Packs, centre: Centre, *, today: date) -> tuple[Need, ...]:
    """What everyone who is surely weak needs; not those just trained in it or gone."""
    settled: dict[str, frozenset[str]] = {}
    fresh: set[tuple[str, str]] = set()
    taught = {course.id: course.skills for course in packs.courses}
    for event in store.training():
        if event.kind != "attended":
            continue
        if (today - event.at.date()).days >= SETTLE_DAYS:
            settled[event.csr_id] = settled.get(event.csr_id, frozenset()) | {event.course_id}
        else:
            fresh |= {(event.csr_id, skill) for skill in taught.get(event.course_id, ())}
    critical, languages, gone = centre.critical(), centre.every_language(), centre.gone()
    return tuple(
        _need(one, settled, packs.courses, critical, languages)
        for one in centre.estimates()
        if one.standing == "below"
        and one.csr_id not in gone
        and (one.csr_id, one.skill) not in fresh
    )


def failed_courses(
    store: Store, packs: Packs, centre: Centre, *, today: date
) -> dict[tuple[str, str], tuple[str, ...]]:
    """By CSR and skill, courses that were taken and left the skill surely weak."""
    needs = needs_of(store, packs, centre, today=today) if store.training() else ()
    return {(one.csr_id, one.skill): one.failed_courses for one in needs if one.failed_courses}


def _need(
    one: SkillEstimate,
    settled: dict[str, frozenset[str]],
    courses: Sequence[Course],
    critical: Collection[tuple[str, str]],
    languages: Mapping[str, tuple[Language, ...]],
) -> Need:
    """Courses in the skill that were taken and left it weak have failed."""
    taken = settled.get(one.csr_id, frozenset())
    failed = tuple(c.id for c in courses if c.id in taken and one.skill in c.skills)
    return Need(
        csr_id=one.csr_id,
        skill=one.skill,
        excess_points_a_month=max(one.excess_points_a_month, 0.0),
        gap=min(one.gap, 0.0),
        critical=(one.csr_id, one.skill) in critical,
        languages=languages.get(one.csr_id, ()),
        failed_courses=failed,
    )


def first_courses(
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
