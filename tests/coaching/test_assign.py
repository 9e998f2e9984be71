import pytest

from qa.coaching.assign import Measured, assign, expected_gain, fits
from qa.domain.training import Need, Session
from tests.coaching.coaching_calls import course


def need(csr: str, skill: str = "voice", points: float = 10, **more: object) -> Need:
    return Need.model_validate(
        {"csr_id": csr, "skill": skill, "excess_points_a_month": points, "gap": -0.15, **more}
    )


def session(course_id: str, *, week: int = 0, seats: int = 8, number: int = 1) -> Session:
    return Session(id=f"{course_id}-{week}-{number}", course_id=course_id, week=week, seats=seats)


VOICE = course("C4", "voice", minutes=30)


def test_scarce_seats_go_to_who_gains_most() -> None:
    needs = [need("1", points=2), need("2", points=9), need("3", points=5)]
    schedule = assign(needs, [VOICE], [session("C4", seats=2)])
    assert [one.csr_id for one in schedule.assignments] == ["2", "3"]
    assert [one.csr_id for one in schedule.unmet] == ["1"]
    assert "more to win" in schedule.unmet[0].why.en


def test_the_weekly_load_is_kept() -> None:
    other = course("C3", "listening", minutes=70)
    needs = [need("1", "voice"), need("1", "listening", 30)]
    sessions = [session("C4"), session("C3"), session("C4", week=1)]
    schedule = assign(needs, [VOICE, other], sessions, weekly_minutes=90)
    assert {(one.course_id, one.week) for one in schedule.assignments} == {("C3", 0), ("C4", 1)}


def test_earlier_weeks_come_first() -> None:
    schedule = assign([need("1")], [VOICE], [session("C4", week=2), session("C4", week=0)])
    assert [one.week for one in schedule.assignments] == [0]


def test_what_just_failed_is_not_repeated_but_escalated() -> None:
    drill = course("C6", "voice", format="role_play", minutes=40)
    failed = need("1", failed_courses=("C4",))
    schedule = assign([failed], [VOICE, drill], [session("C4"), session("C6")])
    assert [one.course_id for one in schedule.assignments] == ["C6"]
    assert "C4" in schedule.assignments[0].why.zh
    nothing_left = assign([need("1", failed_courses=("C6",))], [VOICE, drill], [session("C4")])
    assert "one-to-one" in nothing_left.unmet[0].why.en


def test_prerequisites_come_first() -> None:
    second = course("C7", "voice", prerequisites=("C4",))
    assert not fits(need("1"), second, {"C4": VOICE, "C7": second}, frozenset())
    done = {"1": frozenset({"C4"})}
    schedule = assign([need("1")], [VOICE, second], [session("C7")], done=done)
    assert [one.course_id for one in schedule.assignments] == ["C7"]


def test_learned_effects_replace_the_guess() -> None:
    weak = expected_gain(need("1"), VOICE, {("C4", "voice"): Measured(0.0, 1000)})
    strong = expected_gain(need("1"), VOICE, {("C4", "voice"): Measured(0.2, 1000)})
    assert weak == pytest.approx(0, abs=0.1)
    assert strong == pytest.approx(10, abs=0.1)
    assert weak < expected_gain(need("1"), VOICE, {}) < strong


def test_a_critical_need_goes_first() -> None:
    needs = [need("1", points=10), need("2", points=5, critical=True)]
    schedule = assign(needs, [VOICE], [session("C4", seats=1)])
    assert [one.csr_id for one in schedule.assignments] == ["2"]
    assert "critical" in schedule.assignments[0].why.en


def test_a_deleted_course_and_a_skill_without_one_are_answered() -> None:
    schedule = assign([need("1"), need("2", "sales")], [VOICE], [session("GONE"), session("C4")])
    assert [one.csr_id for one in schedule.assignments] == ["1"]
    assert "No course" in schedule.unmet[0].why.en
    assert assign([], [], []).assignments == ()


def test_a_centre_is_assigned_in_time() -> None:
    courses = [course(f"C{n}", f"skill{n}", minutes=30) for n in range(6)]
    needs = [need(str(n), f"skill{(n * k) % 6}", n % 17 + 1) for n in range(100) for k in (1, 2)]
    sessions = [session(c.id, week=w, seats=8) for c in courses for w in range(4)]
    schedule = assign(needs, courses, sessions)
    assert len(schedule.assignments) > 100
    taken: dict[str, int] = {}
    for one in schedule.assignments:
        taken[one.session_id] = taken.get(one.session_id, 0) + 1
    assert max(taken.values()) <= 8
