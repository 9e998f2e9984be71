"""A quarter's sessions: put into quiet hours, checked as a trainer edits them, followed up."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from qa.coaching.assign import WEEKLY_MINUTES
from qa.coaching.quiet_hours import STEP_MINUTES, Room, room_for
from qa.domain.coaching import Course
from qa.domain.curriculum import (
    Curriculum,
    PlannedSession,
    QuietHour,
    SessionProgress,
    quarter_days,
)
from qa.domain.training import Assignment, TrainingEvent
from transcribe.errors import CodedError

NEAR_DAYS = 7  # attended so long before or after the planned day counts as that session (guess)
EARLIEST, LATEST = 9 * 60, 18 * 60  # where no call history says when people work (guess)


class Placed(NamedTuple):
    """Sessions with a time, and those for which no quiet hour is left."""

    sessions: tuple[PlannedSession, ...]
    unplaced: tuple[tuple[str, ...], ...]


def place_sessions(
    assignments: Sequence[Assignment],
    courses: Mapping[str, Course],
    hours: Sequence[QuietHour],
    *,
    first: date,
    is_workday: Callable[[date], bool],
    titles: Mapping[str, str] | None = None,
) -> Placed:
    """Each course of a week in the working hour that spares most, nobody in two at once.

    first: the first day of week 0. A session whose people cannot all be spared at once is split
    in halves until they can; one for which even a single CSR cannot be spared is unplaced
    (course, CSRs...). titles: of skills, for the sessions' reasons; their ids where not given.
    """
    wanted: dict[tuple[int, str], list[Assignment]] = defaultdict(list)
    for one in assignments:
        wanted[one.week, one.course_id].append(one)
    diary = _Diary(hours)
    found: list[PlannedSession] = []
    unplaced: list[tuple[str, ...]] = []
    for (week, course_id), own in sorted(wanted.items()):
        days = [first + timedelta(days=7 * week + n) for n in range(7)]
        working = [day for day in days if is_workday(day)]
        waiting = [sorted({one.csr_id for one in own})]
        while waiting:
            csrs = waiting.pop(0)
            best = diary.best(working, courses[course_id], csrs)
            if best is None and len(csrs) > 1:
                half = len(csrs) // 2
                waiting = [csrs[:half], csrs[half:], *waiting]
            elif best is None:
                unplaced.append((course_id, *csrs))
            else:
                day, minute = best
                diary.keep(day, minute, courses[course_id], csrs)
                why = _why(csrs, own, titles or {})
                found.append(_session(courses[course_id], day, minute, csrs, why))
    ordered = sorted(found, key=lambda one: (one.start, one.course))
    numbered = [
        one.model_copy(update={"id": f"S{number:03d}"}) for number, one in enumerate(ordered, 1)
    ]
    return Placed(tuple(numbered), tuple(unplaced))


class _Diary:
    """Who is away when; half hours of single days."""

    def __init__(self, hours: Sequence[QuietHour]) -> None:
        self.hours = hours
        self.away: dict[tuple[date, int], set[str]] = defaultdict(set)
        self.taught: dict[tuple[date, int], set[str]] = defaultdict(set)

    def best(
        self, days: Iterable[date], course: Course, csrs: Sequence[str]
    ) -> tuple[date, int] | None:
        """The start that leaves most to spare, then the fewest calls, the earliest of equals."""
        found: tuple[float, float, date, int] | None = None
        for day in days:
            for minute in range(EARLIEST, LATEST - course.minutes + 1, STEP_MINUTES):
                room = self._room(day, minute, course, csrs)
                if room is None:
                    continue
                one = (-(room.spare or 0), room.calls, day, minute)
                found = one if found is None else min(found, one)
        return None if found is None else found[2:]

    def keep(self, day: date, minute: int, course: Course, csrs: Sequence[str]) -> None:
        for step in _steps(minute, course.minutes):
            self.away[day, step] |= set(csrs)
            if course.trainer:
                self.taught[day, step].add(course.trainer)

    def _room(self, day: date, minute: int, course: Course, csrs: Sequence[str]) -> Room | None:
        """What is left when these people are away as well; None where they cannot be."""
        most_busy = 0
        for step in _steps(minute, course.minutes):
            busy = self.away[day, step]
            if busy & set(csrs) or (course.trainer and course.trainer in self.taught[day, step]):
                return None
            most_busy = max(most_busy, len(busy))
        if not self.hours:
            return Room(None, float(most_busy))
        room = room_for(self.hours, day.weekday(), minute, course.minutes)
        if room.spare is None:
            return Room(None, room.calls + most_busy)
        left = room.spare - most_busy - len(csrs)
        return Room(left, room.calls) if left >= 0 else None


def _steps(minute: int, minutes: int) -> range:
    return range(minute // STEP_MINUTES, (minute + minutes - 1) // STEP_MINUTES + 1)


def _why(csrs: Sequence[str], own: Sequence[Assignment], titles: Mapping[str, str]) -> str:
    """What the session is for; trainers edit it, so it is one text for both languages."""
    skills = sorted({one.skill for one in own if one.csr_id in csrs})
    gain = sum(one.gain_points_a_month for one in own if one.csr_id in csrs)
    named = ", ".join(titles.get(skill, skill) for skill in skills)
    return f"{named}: +{gain:.1f} 分/月 (points a month)"


def _session(
    course: Course, day: date, minute: int, csrs: Sequence[str], why: str
) -> PlannedSession:
    return PlannedSession(
        id="S",
        course=course.id,
        start=f"{day.isoformat()} {minute // 60:02d}:{minute % 60:02d}",
        minutes=course.minutes,
        trainer=course.trainer or "",
        csrs=tuple(csrs),
        why=why,
    )


def check_curriculum(
    plan: Curriculum,
    courses: Sequence[Course],
    known: Collection[str],
    places: Mapping[str, str],
) -> tuple[CodedError, ...]:
    """Everything wrong in an edited curriculum, at its place.

    known: the CSRs of the site; empty: not checked. places: of each session's id, file:line:column.
    Errors: QA512 id twice, QA513 unknown course, QA514 course not given that day, QA515 outside
    the quarter, QA516 more CSRs than seats, QA517 somebody in two places at once, QA518 more
    minutes a week than a CSR bears, QA519 unknown CSR.
    """
    errors: list[CodedError] = []
    by_id = {course.id: course for course in courses}
    first, after = quarter_days(plan.quarter)
    seen: set[str] = set()
    for one in plan.sessions:
        place = places.get(one.id, one.id)
        if one.id in seen:
            errors.append(CodedError("QA512", place=place, session=one.id))
        seen.add(one.id)
        course = by_id.get(one.course)
        if course is None:
            options = ", ".join(by_id)
            errors.append(CodedError("QA513", place=place, course=one.course, options=options))
        else:
            errors += _against_course(one, course, place)
        if not first <= one.at.date() < after:
            errors.append(CodedError("QA515", place=place, start=one.start, quarter=plan.quarter))
        errors += [
            CodedError("QA519", place=place, csr=csr, options=", ".join(sorted(known)[:20]))
            for csr in one.csrs
            if known and csr not in known
        ]
    return (*errors, *_twice_at_once(plan, places), *_too_much(plan, places))


def _against_course(one: PlannedSession, course: Course, place: str) -> Iterable[CodedError]:
    if not course.given_on(one.at.date()):
        yield CodedError("QA514", place=place, course=course.id, start=one.start)
    if len(one.csrs) > course.seats:
        yield CodedError("QA516", place=place, csrs=len(one.csrs), seats=course.seats)


def _twice_at_once(plan: Curriculum, places: Mapping[str, str]) -> Iterable[CodedError]:
    ordered = sorted(plan.sessions, key=lambda one: one.at)
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.at >= one.until:
                break
            both = sorted(set(one.csrs) & set(other.csrs))
            if one.trainer and one.trainer == other.trainer:
                both.append(one.trainer)
            if both:
                yield CodedError(
                    "QA517",
                    place=places.get(other.id, other.id),
                    who=", ".join(both),
                    session=other.id,
                    other=one.id,
                )


def _too_much(plan: Curriculum, places: Mapping[str, str]) -> Iterable[CodedError]:
    minutes: dict[tuple[str, str], int] = defaultdict(int)
    for one in sorted(plan.sessions, key=lambda session: session.at):
        year, week, _ = one.at.isocalendar()
        for csr in one.csrs:
            at = (csr, f"{year}-W{week:02d}")
            minutes[at] += one.minutes
            if minutes[at] > WEEKLY_MINUTES >= minutes[at] - one.minutes:
                yield CodedError(
                    "QA518",
                    place=places.get(one.id, one.id),
                    csr=csr,
                    week=at[1],
                    minutes=minutes[at],
                    limit=WEEKLY_MINUTES,
                )


def progress_of(
    plan: Curriculum, training: Sequence[TrainingEvent], *, today: date
) -> tuple[SessionProgress, ...]:
    """Planned against done: who of a session attended its course near its day."""
    found = []
    for one in plan.sessions:
        near = {
            event.csr_id
            for event in training
            if event.kind == "attended"
            and event.course_id == one.course
            and abs((event.at.date() - one.at.date()).days) <= NEAR_DAYS
        }
        came = tuple(csr for csr in one.csrs if csr in near)
        found.append(
            SessionProgress(
                session=one,
                attended=came,
                missing=tuple(csr for csr in one.csrs if csr not in near),
                held=bool(came) or one.at.date() < today,
            )
        )
    return tuple(found)
