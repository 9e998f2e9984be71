"""培训计划: gaps of teams and queues, a quarter's sessions in quiet hours, planned against done."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

from qa.centre.workdays import Workdays
from qa.coaching.curriculum import Placed, check_curriculum, place_sessions, progress_of
from qa.coaching.gaps import cohorts, gaps
from qa.coaching.marks import NO_TEAM
from qa.coaching.quiet_hours import quiet_hours
from qa.domain.coaching import Course
from qa.domain.curriculum import (
    Cohort,
    Curriculum,
    Gap,
    QuietHour,
    ServiceGoal,
    SessionProgress,
    quarter_days,
)
from qa.domain.graded import NOBODY
from qa.domain.keys import canonical_json
from qa.domain.packs import Packs
from qa.flow.coaching import first_courses, needs_of, schedule_of
from qa.flow.standing import Centre
from qa.packs.curriculum import read_curriculum
from qa.settings import SiteSettings
from qa.store.centre_views import RecordRevision
from qa.store.store import Store
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun
from transcribe.transcript import Language

KIND = "curriculum"
GAPS_BY = "1"  # raised when gaps change their meaning
MOST_WEEKS = 13


class GapMatrix(Noun):
    """Teams and queues by skill, and who needs the same course."""

    teams: tuple[Gap, ...]
    queues: tuple[Gap, ...]
    cohorts: tuple[Cohort, ...]


class Proposal(NamedTuple):
    """A quarter's sessions, people for whom no hour was quiet, and the hours themselves."""

    plan: Curriculum
    placed: Placed
    hours: tuple[QuietHour, ...]


def gap_matrix(store: Store, packs: Packs, centre: Centre, *, today: date) -> GapMatrix:
    """Where groups fall short, and cohorts of those who surely need a course."""
    teams, queues = centre.answers.of(
        "gaps",
        f"{GAPS_BY} {centre.digest}",
        tuple[tuple[Gap, ...], tuple[Gap, ...]],
        lambda: _gaps(centre),
    )
    return GapMatrix(
        teams=teams,
        queues=queues,
        cohorts=cohorts(
            needs_of(store, packs, centre, today=today),
            first_courses(packs.courses, today, _languages(centre)),
            {course.id: course for course in packs.courses},
        ),
    )


def _gaps(centre: Centre) -> tuple[tuple[Gap, ...], tuple[Gap, ...]]:
    """Of teams and of queues."""
    marks, of = centre.marks, centre.counts.columns
    named = tuple(sorted(word or NO_TEAM for word in of.queues)) if of.size else ()
    place = {word: number for number, word in enumerate(named)}
    table = np.array([place[word or NO_TEAM] for word in of.queues], dtype=np.int64)
    queue_of = table[of.queue[marks.call]] if marks.size else marks.call
    return (
        gaps(marks, marks.teams, marks.team_of[marks.csr]),
        gaps(marks, named, queue_of),
    )


def hours_of(centre: Centre, settings: SiteSettings) -> tuple[QuietHour, ...]:
    """The week's half hours as the calls show them, in the site's zone."""
    of = centre.counts.columns
    told = ~np.isnan(of.day) & (of.csr != _nobody(of.csrs))
    if not told.any():
        return ()
    offset = settings.zone.utcoffset(
        datetime.fromtimestamp(float(of.day[told].max()) * 86_400, UTC).replace(tzinfo=None)
    )
    local = of.day[told] + (offset.total_seconds() if offset else 0.0) / 86_400
    day = np.floor(local).astype(np.int64)
    minute = (local - day) * 1440
    return quiet_hours(day, minute, of.csr[told], of.duration_s[told], goal_of(settings))


def goal_of(settings: SiteSettings) -> ServiceGoal:
    """The service level of a site."""
    return ServiceGoal(
        answered_share=settings.service_share,
        within_s=settings.service_s,
        after_call_s=settings.after_call_s,
        recorded_share=settings.recorded_share,
        on_duty=settings.on_duty,
    )


def propose_curriculum(
    store: Store,
    packs: Packs,
    centre: Centre,
    *,
    quarter: str,
    settings: SiteSettings,
    today: date,
) -> Proposal:
    """Seats for everyone who is surely weak, in the quiet hours of what is left of a quarter."""
    first, after = quarter_days(quarter)
    begins = max(first, today + timedelta(days=1))
    begins += timedelta(days=-begins.weekday() % 7)  # the next Monday
    weeks = max(0, min(MOST_WEEKS, ((after - begins).days) // 7))
    hours = hours_of(centre, settings)
    courses = {course.id: course for course in packs.courses}
    calendar = Workdays(settings.holiday_country, off=settings.days_off, on=settings.extra_workdays)
    assignments = schedule_of(store, packs, centre, today=begins, weeks=weeks)[0].assignments
    titles = {skill.id: f"{skill.title.zh} {skill.title.en}" for skill in packs.skills}
    placed = place_sessions(
        assignments, courses, hours, first=begins, is_workday=calendar.is_workday, titles=titles
    )
    return Proposal(Curriculum(quarter=quarter, sessions=placed.sessions), placed, hours)


def checked_curriculum(path: Path, packs: Packs, centre: Centre) -> Curriculum:
    """An edited curriculum that can be given. Raises CodedErrors with everything wrong in it."""
    read = read_curriculum(path)
    known = set(centre.counts.columns.csrs) - {NOBODY}
    errors = check_curriculum(read.plan, packs.courses, known, read.places)
    if errors:
        raise CodedErrors(list(errors))
    return read.plan


def publish_curriculum(store: Store, plan: Curriculum, *, by: str, now: datetime) -> bool:
    """True when it says something new; the quarter's plan of before stays as a revision."""
    kept = store.centre.save_record(
        RecordRevision(
            kind=KIND, record_id=plan.quarter, n=1, subject="", status="published", at=now,
            by=by, why="published", body=canonical_json(plan),
        )
    )  # fmt: skip
    return kept.new


def published(store: Store, quarter: str = "") -> Curriculum:
    """The published plan of a quarter; of the last one without a name. Raises QA890."""
    found = {one.record_id: one for one in store.centre.records(KIND)}
    wanted = quarter or (max(found) if found else "")
    if wanted not in found:
        options = ", ".join(sorted(found)) or "-"
        raise CodedError("QA890", place=wanted or "-", quarter=wanted or "-", options=options)
    return Curriculum.model_validate_json(found[wanted].body)


def progress_now(store: Store, plan: Curriculum, *, today: date) -> tuple[SessionProgress, ...]:
    """Planned against done, from attendance."""
    return progress_of(plan, store.training(), today=today)


def courses_by_id(packs: Packs) -> Mapping[str, Course]:
    """The catalogue by id."""
    return {course.id: course for course in packs.courses}


def _languages(centre: Centre) -> tuple[Language, ...]:
    spoken: tuple[Language, ...] = ("zh", "en")
    of = centre.counts.columns
    used = {of.languages[n] for n in np.unique(of.language)}
    return tuple(one for one in spoken if one in used)


def _nobody(words: tuple[str, ...]) -> int:
    return words.index(NOBODY) if NOBODY in words else -1
