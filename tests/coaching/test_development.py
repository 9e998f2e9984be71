"""Ready or not yet, said line by line; praise that is no luck."""

from datetime import UTC, datetime

import numpy as np
import pytest

from qa.coaching.development import check_role, development, tally_of
from qa.coaching.marks import Counted, counted
from qa.coaching.recognition import recognitions
from qa.domain.coaching import Window
from qa.domain.development import Role, RoleCheck
from qa.domain.training import TrainingEvent
from qa.simulate.centre import CentreSpec, simulate_centre
from tests.coaching.coaching_calls import FORM, answer, call, columns, found, marked, text

ROLE = Role(id="csr", title=text("csr"), skills={"opening": 0.7, "sales": 0.5}, least_calls=10,
            quizzes=("C4",), next=("lead",))  # fmt: skip


def counts(*met: bool, fatal: str = "") -> Counted:
    calls = []
    for number, good in enumerate(met):
        findings = [found("OPEN-001", "met" if good else "not_met")]
        answers = []
        if fatal and number == 0:
            findings.append(found("COMP-001", "not_met"))
            answers = [answer("COMP-1", "not_met")] if fatal == "confirmed" else []
        calls.append(marked(call(f"c{number}", "1"), findings, answers))
    return counted(columns(calls), {"form@1": FORM}, window=Window())


def check(ours: Counted, *events: TrainingEvent, role: Role = ROLE) -> RoleCheck:
    return check_role("1", role, tally_of(ours), events, {"C4": 80}, {"opening": "C4"})


def quiz(score: float, day: int = 1) -> TrainingEvent:
    at = datetime(2025, 4, day, tzinfo=UTC)
    return TrainingEvent(csr_id="1", course_id="C4", kind="quiz", at=at, score_percent=score)


def standings(made: RoleCheck) -> dict[str, str]:
    return {f"{line.kind} {line.subject}".strip(): line.standing for line in made.lines}


def test_ready_when_everything_is_met() -> None:
    role = ROLE.model_copy(update={"skills": {"opening": 0.7}})
    made = check(counts(*[True] * 20), quiz(60), quiz(90, 2), role=role)
    assert made.ready
    assert set(standings(made).values()) == {"met"}


def test_not_yet_says_what_is_missing() -> None:
    made = check(counts(*[False] * 6, *[True] * 6))
    assert not made.ready
    assert standings(made) == {
        "calls": "met", "skill opening": "not_met", "skill sales": "cannot_tell",
        "quiz C4": "cannot_tell", "fatal": "met",
    }  # fmt: skip
    opening = next(line for line in made.lines if line.subject == "opening")
    assert opening.course_id == "C4"


def test_few_calls_cannot_tell_and_say_how_many_more() -> None:
    made = check(counts(True, True, True))
    opening = next(line for line in made.lines if line.subject == "opening")
    assert (opening.standing, standings(made)["calls"]) == ("cannot_tell", "cannot_tell")
    assert opening.more_calls is not None
    assert opening.more_calls >= 5


def test_a_csr_without_calls_is_answered() -> None:
    made = check_role("nobody", ROLE, tally_of(counts(True)), (), {}, {})
    assert set(standings(made).values()) == {"cannot_tell", "met"}
    assert not made.ready


@pytest.mark.parametrize(("fatal", "says"), [("confirmed", "not_met"), ("pending", "cannot_tell")])
def test_a_fatal_item_stands_in_the_way_until_a_person_spoke(fatal: str, says: str) -> None:
    assert standings(check(counts(*[True] * 12, fatal=fatal)))["fatal"] == says


def test_the_role_held_is_the_roster_s_or_the_highest_reached() -> None:
    roles = [Role(id="new", title=text("n"), next=("csr",)), ROLE,
             Role(id="lead", title=text("l"))]  # fmt: skip
    ready = RoleCheck(csr_id="1", role_id="csr", ready=True, lines=())
    checks = {"csr": ready, "lead": ready.model_copy(update={"role_id": "lead", "ready": False})}
    assert development("1", None, roles, checks).role_id == "csr"
    assert development("1", "new", roles, checks).role_id == "new"
    assert [one.role_id for one in development("1", None, roles, checks).checks] == ["lead"]
    assert development("1", "lead", roles, checks).checks == ()


def test_nobody_is_praised_for_luck() -> None:
    praised = 0
    for seed in range(12):
        spec = CentreSpec(seed=300 + seed, planted_a_csr=0, csr_spread=0, team_spread=0)
        praised += bool(recognitions(simulate_centre(spec).marks))
    assert praised <= 2
    assert recognitions(simulate_centre(CentreSpec(calls_a_csr=0)).marks) == ()


def test_real_strength_and_progress_are_found() -> None:
    spec = CentreSpec(calls_a_csr=120, planted_a_csr=0, csr_spread=0.01, team_spread=0, seed=4)
    marks = simulate_centre(spec).marks
    rng = np.random.default_rng(0)
    star, learner = marks.csr == 3, marks.csr == 5
    marks.met[star] = (rng.random(int(star.sum())) < 0.97).astype(float)
    rise = 0.6 + 0.39 * marks.day[learner] / 90
    marks.met[learner] = (rng.random(int(learner.sum())) < rise).astype(float)
    made = {(one.subject, one.kind): one for one in recognitions(marks)}
    assert ("1003", "steady") in made
    assert ("1005", "improved") in made
    assert "95" in made["1005", "improved"].why.zh
