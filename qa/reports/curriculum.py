"""Gaps, cohorts and planned sessions as tables."""

from collections.abc import Mapping, Sequence

from qa.domain.coaching import Course
from qa.domain.curriculum import Cohort, Gap, SessionProgress
from qa.domain.text import Text
from qa.reports.evaluations import Table
from transcribe.transcript import Language

Heads = tuple[tuple[str, str], ...]
GAPS: Heads = (
    ("班组或队列", "group"), ("能力项", "skill"), ("达标率", "met_share"), ("下限", "low"),
    ("上限", "high"), ("机会", "chances"), ("通话", "calls"), ("人", "csrs"),
    ("每通失分", "lost_points_a_call"), ("结论", "standing"),
)  # fmt: skip
COHORTS: Heads = (
    ("能力项", "skill"), ("课程", "course"), ("人", "csrs"), ("名额", "seats"),
    ("场", "sessions"), ("每月分", "points_a_month"), ("名单", "who"),
)  # fmt: skip
SESSIONS: Heads = (
    ("场次", "session"), ("开始", "start"), ("分钟", "minutes"), ("课程", "course"),
    ("名称", "title"), ("培训师", "trainer"), ("计划", "planned"), ("到课", "came"),
    ("名单", "csrs"), ("缺", "missing"), ("理由", "why"),
)  # fmt: skip
STANDINGS: dict[str, tuple[str, str]] = {
    "below": ("确实低于全中心", "below"),
    "above": ("确实高于全中心", "above"),
}


def matrix_tables(
    teams: Sequence[Gap],
    queues: Sequence[Gap],
    cohorts: Sequence[Cohort],
    *,
    titles: Mapping[str, str],
    language: Language,
) -> tuple[Table, ...]:
    """Team by skill, queue by skill and cohorts, one row a cell or cohort. titles: of skills."""
    gaps = _heads(GAPS, language)
    by_team, by_queue = (_rows(found, titles, language) for found in (teams, queues))
    return (
        Table("teams", Text(zh="班组差距", en="team gaps"), gaps, by_team),
        Table("queues", Text(zh="队列差距", en="queue gaps"), gaps, by_queue),
        Table(
            "cohorts",
            Text(zh="培训需要", en="cohorts"),
            _heads(COHORTS, language),
            tuple(
                (titles.get(one.skill, one.skill), one.course_id, len(one.csr_ids), one.seats,
                 one.sessions, one.points_a_month, ", ".join(one.csr_ids))
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
            (", ".join(one.missing) if one.held else "") or None, session.why or None,
        ))  # fmt: skip
    heads = _heads(SESSIONS, language)
    return (Table("sessions", Text(zh="培训场次", en="sessions"), heads, tuple(rows)),)


def _heads(heads: Heads, language: Language) -> tuple[str, ...]:
    return tuple(zh if language == "zh" else en for zh, en in heads)


def _rows(
    found: Sequence[Gap], titles: Mapping[str, str], language: Language
) -> tuple[tuple[str | float | int, ...], ...]:
    words = {key: zh if language == "zh" else en for key, (zh, en) in STANDINGS.items()}
    return tuple(
        (one.group, titles.get(one.skill, one.skill), one.met_share, one.low, one.high,
         one.chances, one.calls, one.csrs, one.lost_points_a_call,
         words.get(one.standing, one.standing))
        for one in found
    )  # fmt: skip
