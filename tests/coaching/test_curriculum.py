"""Sessions in quiet hours, everything wrong in an edited plan, planned against done."""

from datetime import UTC, date, datetime

import pytest

from qa.coaching.curriculum import check_curriculum, place_sessions, progress_of
from qa.coaching.gaps import cohorts, gaps
from qa.domain.curriculum import (
    Curriculum,
    PlannedSession,
    QuietHour,
    quarter_days,
    quarter_of,
)
from qa.domain.text import Text
from qa.domain.training import Assignment, Need, TrainingEvent
from qa.simulate.centre import CentreSpec, simulate_centre
from tests.coaching.coaching_calls import course

COURSES = (
    course("C1", "voice", minutes=60, seats=3, trainer="Li"),
    course("C2", "opening", minutes=30, valid_to=date(2025, 5, 1)),
)
BY_ID = {one.id: one for one in COURSES}
MONDAY = date(2025, 4, 7)


def seat(csr: str, course_id: str = "C1", week: int = 0) -> Assignment:
    why = Text(zh="因", en="why")
    return Assignment(csr_id=csr, skill="voice", session_id="s", course_id=course_id, week=week,
                      gain_points_a_month=2.0, why=why)  # fmt: skip


def hours(spare: int | None) -> tuple[QuietHour, ...]:
    return tuple(
        QuietHour(weekday=day, start_minute=minute, calls=10.0 - (minute == 900), on_duty=9,
                  needed=2, spare=spare, answered_share=0.9)
        for day in range(5)
        for minute in range(540, 1080, 30)
    )  # fmt: skip


def workday(day: date) -> bool:
    return day.weekday() < 5


def test_sessions_go_into_quiet_working_hours_and_nobody_is_in_two() -> None:
    seats = [seat(csr, course_id) for csr in "abc" for course_id in BY_ID]
    placed = place_sessions(seats, BY_ID, hours(3), first=MONDAY, is_workday=workday)
    assert placed.unplaced == ()
    assert [one.id for one in placed.sessions] == ["S001", "S002"]
    first, second = placed.sessions
    assert first.until <= second.at or second.until <= first.at
    assert all(workday(one.at.date()) for one in placed.sessions)


def test_a_session_is_split_until_its_people_can_be_spared() -> None:
    placed = place_sessions(
        [seat(csr) for csr in "abc"], BY_ID, hours(2), first=MONDAY, is_workday=workday
    )
    assert sorted(len(one.csrs) for one in placed.sessions) == [1, 2]
    none = place_sessions([seat("a")], BY_ID, hours(0), first=MONDAY, is_workday=workday)
    assert none.sessions == ()
    assert none.unplaced == (("C1", "a"),)


@pytest.mark.parametrize("known", [hours(None), ()])
def test_where_nobody_knows_who_is_there_the_fewest_calls_win(known: tuple[QuietHour, ...]) -> None:
    placed = place_sessions([seat("a", "C2")], BY_ID, known, first=MONDAY, is_workday=workday)
    assert placed.sessions[0].start.endswith("15:00" if known else "09:00")


def session(number: str, **more: object) -> PlannedSession:
    return PlannedSession.model_validate(
        {"id": number, "course": "C1", "start": "2025-04-07 14:00", "minutes": 60,
         "csrs": ("a",), **more}
    )  # fmt: skip


def codes(*sessions: PlannedSession, known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    plan = Curriculum(quarter="2025-Q2", sessions=sessions)
    places = {one.id: f"plan.yaml:{n}:5" for n, one in enumerate(sessions)}
    return [(one.code, one.place) for one in check_curriculum(plan, COURSES, known, places)]


def test_a_good_plan_passes() -> None:
    later = session("2", start="2025-04-14 14:00", trainer="Li")
    assert codes(session("1", trainer="Li"), later, known=("a",)) == []


@pytest.mark.parametrize(
    ("code", "sessions"),
    [
        ("QA512", [session("1"), session("1", start="2025-04-15 14:00")]),
        ("QA513", [session("1", course="GONE")]),
        ("QA514", [session("1", course="C2", start="2025-05-05 14:00")]),
        ("QA515", [session("1", start="2025-07-01 14:00")]),
        ("QA516", [session("1", csrs=("a", "b", "c", "d"))]),
        ("QA517", [session("1"), session("2", course="C2", minutes=30)]),
        ("QA517", [session("1", trainer="Li"), session("2", csrs=("b",), trainer="Li")]),
        ("QA518", [session("1"), session("2", start="2025-04-08 14:00")]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(code: str, sessions: list[PlannedSession]) -> None:
    found = codes(*sessions)
    assert [one for one, _ in found] == [code]
    assert found[0][1].startswith("plan.yaml:")


def test_a_csr_without_calls_is_told() -> None:
    assert codes(session("1"), known=("b",)) == [("QA519", "plan.yaml:0:5")]


def test_planned_against_done() -> None:
    plan = Curriculum(
        quarter="2025-Q2",
        sessions=(session("1", csrs=("a", "b")), session("2", start="2025-06-02 14:00")),
    )
    came = TrainingEvent(csr_id="a", course_id="C1", kind="attended",
                         at=datetime(2025, 4, 9, tzinfo=UTC))  # fmt: skip
    first, second = progress_of(plan, [came], today=date(2025, 4, 20))
    assert (first.attended, first.missing, first.held) == (("a",), ("b",), True)
    assert (second.attended, second.held) == ((), False)


def test_quarters() -> None:
    assert quarter_of(date(2025, 12, 31)) == "2025-Q4"
    assert quarter_days("2025-Q4") == (date(2025, 10, 1), date(2026, 1, 1))


def test_a_group_that_surely_falls_short_is_seen_and_others_are_not() -> None:
    spec = CentreSpec(planted_a_csr=0, csr_spread=0, team_spread=0,
                      team_faults=((1, "REC-1", 0.3),))  # fmt: skip
    marks = simulate_centre(spec).marks
    found = gaps(marks, marks.teams, marks.team_of[marks.csr])
    assert ("T2", "record_keeping") in {
        (one.group, one.skill) for one in found if one.standing == "below"
    }
    below = sum(one.standing == "below" for one in found if one.skill != "record_keeping")
    assert below <= 1  # 27 comparisons at 97.5 %
    assert all(one.low <= one.met_share <= one.high for one in found)
    assert gaps(simulate_centre(CentreSpec(calls_a_csr=0)).marks, ("T1",), marks.team_of[:0]) == ()


def test_cohorts_show_a_hole_in_the_catalogue() -> None:
    needs = [Need(csr_id=csr, skill=skill, excess_points_a_month=3, gap=-0.1)
             for csr in "abcd" for skill in ("voice", "sales")]  # fmt: skip
    found = {one.skill: one for one in cohorts(needs, {"voice": "C1"}, BY_ID)}
    assert (found["voice"].sessions, found["voice"].course_id) == (2, "C1")
    assert (found["sales"].sessions, found["sales"].course_id) == (0, "-")
    assert "没有" in found["sales"].why.zh
