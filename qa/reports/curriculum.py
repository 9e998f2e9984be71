"""Gaps, cohorts and planned sessions as tables."""

from collections.abc import Mapping, Sequence

from qa.domain.coaching import Course
from qa.domain.curriculum import Cohort, Gap, SessionProgress
from qa.domain.text import Text
from qa.reports.evaluations import Table
from transcribe.transcript import Language

GAPS = ("group", "skill", "met_share", "low", "high", "chances", "calls", "csrs",
        "lost_points_a_call", "standing")  # fmt: skip
COHORTS = ("skill", "course", "csrs", "seats", "sessions", "points_a_month", "who")
SESSIONS = ("session", "start", "minutes", "course", "title", "trainer", "planned", "came",
            "csrs", "missing", "why")  # fmt: skip


def matrix_tables(
    teams: Sequence[Gap], queues: Sequence[Gap], cohorts: Sequence[Cohort]
) -> tuple[Table, ...]:
    """Team by skill, queue by skill and cohorts, one row a cell or cohort."""
    return (
        Table("teams", Text(zh="班组差距", en="team gaps"), GAPS, _rows(teams)),
        Table("queues", Text(zh="队列差距", en="queue gaps"), GAPS, _rows(queues)),
        Table(
            "cohorts",
            Text(zh="培训需要", en="cohorts"),
            COHORTS,
            tuple(
                (one.skill, one.course_id, len(one.csr_ids), one.seats, one.sessions,
                 one.points_a_month, ", ".join(one.csr_ids))
                for one in cohorts
            ),
        ),
    )  # fmt: skip


def curriculum_tables(
    progress: Sequence[SessionProgress], courses: Mapping[str, Course], *, language: Language
) -> tuple[Table, ...]:
    """Planned sessions with who came."""
    rows = []
    for one in progress:
        session, course = one.session, courses.get(one.session.course)
        rows.append((
            session.id, session.start, session.minutes, session.course,
            course.title.of(language) if course else None, session.trainer or None,
            len(session.csrs), len(one.attended), ", ".join(session.csrs),
            ", ".join(one.missing) or None, session.why or None,
        ))  # fmt: skip
    return (Table("sessions", Text(zh="培训场次", en="sessions"), SESSIONS, tuple(rows)),)


def _rows(found: Sequence[Gap]) -> tuple[tuple[str | float | int, ...], ...]:
    return tuple(
        (one.group, one.skill, one.met_share, one.low, one.high, one.chances, one.calls,
         one.csrs, one.lost_points_a_call, one.standing)
        for one in found
    )  # fmt: skip
