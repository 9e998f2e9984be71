"""Who goes to which session: one optimisation over seats, weeks, load and prerequisites."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from qa.coaching.courses import FORMATS
from qa.domain.coaching import Course
from qa.domain.text import Text
from qa.domain.training import Assignment, Need, Session, Unmet

WEEKLY_MINUTES = 90  # guess: training a CSR can bear in a week beside the calls (guard 2)
CLOSES = 0.5  # share of a gap a course closes before anything was measured (guess)
PRIOR_CSRS = 8.0  # a measured effect counts as much as the guess at so many coached CSRs (guess)
CRITICAL = 3.0  # a critical skill's points count so many times (guess)
DELAY = 0.02  # each week of waiting costs this share of the gain, so earlier seats win ties
SECONDS_LIMIT = 20.0


class Measured(NamedTuple):
    """What a course was seen to do: change of the met share, and over how many CSRs."""

    effect: float
    csrs: int


class Schedule(NamedTuple):
    """Seats given and needs left over."""

    assignments: tuple[Assignment, ...]
    unmet: tuple[Unmet, ...]


class _Choice(NamedTuple):
    need: int
    session: int
    gain: float


def expected_gain(
    need: Need, course: Course, measured: Mapping[tuple[str, str], Measured]
) -> float:
    """Points a month the course is expected to win back; the guess fades as effects are seen."""
    gap = max(-need.gap, 1e-6)
    closes = CLOSES
    if (seen := measured.get((course.id, need.skill))) is not None:
        share = min(max(seen.effect / gap, 0.0), 1.0)
        closes = (CLOSES * PRIOR_CSRS + share * seen.csrs) / (PRIOR_CSRS + seen.csrs)
    return need.excess_points_a_month * closes * (CRITICAL if need.critical else 1.0)


def fits(need: Need, course: Course, courses: Mapping[str, Course], done: frozenset[str]) -> bool:
    """True for a course that teaches the skill in a language of the calls, has its prerequisites
    behind it, is not what just failed, and goes further than the format that failed."""
    failed = [courses[one] for one in need.failed_courses if one in courses]
    tried = max((FORMATS.index(one.format) for one in failed), default=-1)
    return (
        need.skill in course.skills
        and (not need.languages or bool(set(need.languages) & set(course.languages)))
        and course.id not in need.failed_courses
        and FORMATS.index(course.format) > tried
        and set(course.prerequisites) <= done
    )


def assign(
    needs: Sequence[Need],
    courses: Sequence[Course],
    sessions: Sequence[Session],
    *,
    done: Mapping[str, frozenset[str]] | None = None,
    measured: Mapping[tuple[str, str], Measured] | None = None,
    weekly_minutes: int = WEEKLY_MINUTES,
) -> Schedule:
    """Seats that win back the most points a month per minute of training, within all limits.

    done: courses each CSR has behind them. Limits: seats of a session, minutes of a CSR a
    week, one course a need, one seat a CSR in a session. The best plan found by a mixed
    integer solver (HiGHS) within 20 s.
    """
    by_id = {course.id: course for course in courses}
    behind = done or {}
    choices = [
        _Choice(n, s, _worth(need, by_id[session.course_id], session, measured or {}))
        for n, need in enumerate(needs)
        for s, session in enumerate(sessions)
        if session.course_id in by_id
        and session.seats > 0
        and by_id[session.course_id].minutes <= weekly_minutes
        and fits(need, by_id[session.course_id], by_id, behind.get(need.csr_id, frozenset()))
    ]
    picked = _solve(choices, needs, sessions, by_id, weekly_minutes)
    assignments = tuple(
        _assignment(needs[one.need], sessions[one.session], by_id, measured or {})
        for one in sorted(picked)
    )
    seated = {one.need for one in picked}
    possible = {one.need for one in choices}
    unmet = tuple(
        Unmet(csr_id=need.csr_id, skill=need.skill, why=_why_not(need, n in possible, courses))
        for n, need in enumerate(needs)
        if n not in seated
    )
    return Schedule(assignments, unmet)


def _worth(
    need: Need, course: Course, session: Session, measured: Mapping[tuple[str, str], Measured]
) -> float:
    wait = 1 - DELAY * max(session.week, 0)
    return expected_gain(need, course, measured) / course.minutes * max(wait, 0.1)


def _solve(
    choices: Sequence[_Choice],
    needs: Sequence[Need],
    sessions: Sequence[Session],
    courses: Mapping[str, Course],
    weekly_minutes: int,
) -> list[_Choice]:
    if not choices:
        return []
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    rows: dict[tuple[str, object, object], tuple[int, float]] = {}
    cells: list[tuple[int, int, float]] = []
    for column, choice in enumerate(choices):
        need, session = needs[choice.need], sessions[choice.session]
        minutes = courses[session.course_id].minutes
        for key, limit, used in (
            (("seats", session.id, None), session.seats, 1),
            (("need", choice.need, None), 1, 1),
            (("once", need.csr_id, session.course_id), 1, 1),
            (("load", need.csr_id, session.week), weekly_minutes, minutes),
        ):
            row = rows.setdefault(key, (len(rows), float(limit)))[0]
            cells.append((row, column, float(used)))
    at_row, at_column, amount = (np.array(part) for part in zip(*cells, strict=True))
    matrix = coo_array((amount, (at_row, at_column)), shape=(len(rows), len(choices)))
    limits = np.array([limit for _, limit in rows.values()])
    gains = np.array([choice.gain for choice in choices])
    solved = milp(
        -gains / max(float(gains.max()), 1e-12),
        constraints=LinearConstraint(matrix.tocsr(), ub=limits),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(choices)),
        options={"time_limit": SECONDS_LIMIT},
    )
    if solved.x is None:
        return []
    return [choice for choice, x in zip(choices, solved.x, strict=True) if x > 0.5]


def _assignment(
    need: Need,
    session: Session,
    courses: Mapping[str, Course],
    measured: Mapping[tuple[str, str], Measured],
) -> Assignment:
    course = courses[session.course_id]
    gain = expected_gain(need, course, measured) / (CRITICAL if need.critical else 1.0)
    seen = measured.get((course.id, need.skill))
    based = (
        Text(zh=f"按 {seen.csrs} 人的实测效果", en=f"from the effect seen on {seen.csrs} CSRs")
        if seen
        else Text(zh="效果尚未实测，按估计", en="effect not measured yet, a guess")
    )
    critical = Text(zh="，含关键项", en=", critical items among it") if need.critical else None
    failed = "、".join(need.failed_courses)
    again_zh = f"；{failed} 没有见效，换更贴身的形式" if failed else ""
    again_en = f"; {failed} did not help, so a closer format" if failed else ""
    return Assignment(
        csr_id=need.csr_id,
        skill=need.skill,
        session_id=session.id,
        course_id=course.id,
        week=session.week,
        gain_points_a_month=round(gain, 2),
        why=Text(
            zh=f"每月多失 {need.excess_points_a_month:.1f} 分{critical.zh if critical else ''}；"
            f"{course.minutes} 分钟预计挽回 {gain:.1f} 分（{based.zh}）{again_zh}。",
            en=f"{need.excess_points_a_month:.1f} points a month lost beyond the team"
            f"{critical.en if critical else ''}; {course.minutes} minutes should win back "
            f"{gain:.1f} ({based.en}){again_en}.",
        ),
    )


def _why_not(need: Need, possible: bool, courses: Sequence[Course]) -> Text:
    if possible:
        return Text(
            zh="本期名额或每周培训时长已用在收益更大的需要上，下期优先。",
            en="Seats or the weekly load went to needs with more to win; first in the next round.",
        )
    if not any(need.skill in course.skills for course in courses):
        return Text(zh="目录中没有教这项能力的课程。", en="No course teaches this skill.")
    if need.failed_courses:
        return Text(
            zh="更贴身的课程都已上过或未开课：改为班组长一对一带教。",
            en="No closer format is left or scheduled: one-to-one with the team lead.",
        )
    return Text(
        zh="没有合适的场次，或先修课程还没上。",
        en="No session fits, or a prerequisite is still missing.",
    )
