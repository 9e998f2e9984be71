from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from pydantic import ValidationError

from qa.coaching.estimates import skill_estimates
from qa.coaching.plans import (
    SPAN_CSRS,
    UNIX,
    overdue,
    propose_plan,
    rechecked,
    sign,
    too_wide,
)
from qa.domain.estimates import SkillEstimate
from qa.domain.marks import Marks
from qa.domain.plans import CoachingPlan, Signature
from qa.simulate.centre import CentreSpec, simulate_centre
from transcribe.errors import CodedError

TODAY = date(2025, 4, 1)
NOW = datetime(2025, 4, 1, 9, tzinfo=UTC)


def centre(seed: int = 3) -> tuple[Marks, tuple[SkillEstimate, ...]]:
    spec = CentreSpec(seed=seed, calls_a_csr=200, planted_gap=0.25, planted_among=("voice",))
    marks = simulate_centre(spec).marks
    return marks, skill_estimates(marks)


def propose(own: list[SkillEstimate]) -> CoachingPlan | None:
    return propose_plan(own, plan_id="p1", owner="lead", today=TODAY, courses={"voice": "C4"})


def plan(own: list[SkillEstimate] | None = None) -> CoachingPlan:
    estimates = own or weak_one()
    found = propose(estimates)
    assert found is not None
    return found


def weak_one() -> list[SkillEstimate]:
    spec = CentreSpec(seed=1, calls_a_csr=200, planted_a_csr=0)
    marks = simulate_centre(spec).marks
    inside = (marks.csr == 4) & (marks.skill == marks.skills.index("voice"))
    marks.met[inside] *= np.random.default_rng(0).random(int(inside.sum())) < 0.7
    return [one for one in skill_estimates(marks) if one.csr_id == "1004"]


def agreed(one: CoachingPlan) -> CoachingPlan:
    by_csr = sign(one, Signature(role="csr", by="1004", at=NOW))
    assert by_csr.status == "proposed"
    return sign(by_csr, Signature(role="supervisor", by="lead", at=NOW))


def test_a_plan_has_what_is_surely_weak_and_a_target_that_can_be_reached() -> None:
    found = plan()
    assert [one.skill for one in found.priorities] == ["voice"]
    first = found.priorities[0]
    assert first.baseline_share < first.target_share <= first.team_share
    assert first.target_share - first.baseline_share <= 0.1001
    assert [action.course_id for action in found.actions] == ["C4", None]
    assert "%" in first.why.zh


def test_never_more_than_two_priorities() -> None:
    own = weak_one()
    weak = [one.model_copy(update={"standing": "below"}) for one in own]
    assert len(plan(weak).priorities) == 2


def test_nothing_sure_is_no_plan() -> None:
    estimates = skill_estimates(simulate_centre(CentreSpec(calls_a_csr=5)).marks)
    assert propose([one for one in estimates if one.csr_id == "1000"]) is None
    assert propose([]) is None


def test_both_sign_once() -> None:
    both = agreed(plan())
    assert both.status == "agreed"
    with pytest.raises(CodedError) as caught:
        sign(both, Signature(role="csr", by="1004", at=NOW))
    assert caught.value.code == "QA510"
    with pytest.raises(CodedError) as caught:
        sign(
            both.model_copy(update={"status": "closed"}),
            Signature(role="csr", by="1004", at=NOW),
        )
    assert caught.value.code == "QA511"
    with pytest.raises(ValidationError, match="signatures of both"):
        CoachingPlan.model_validate(plan().model_dump() | {"status": "agreed"})


def after_training(rate_early: float, rate_late: float) -> tuple[CoachingPlan, Marks]:
    """A trained CSR with these met-rates up to and after day 21, on the days since the course."""
    marks = simulate_centre(CentreSpec(seed=2, calls_a_csr=200, planted_a_csr=0, days=70)).marks
    inside = (marks.csr == 4) & (marks.skill == marks.skills.index("voice"))
    rng = np.random.default_rng(1)
    rate = np.where(marks.day < 21, rate_early, rate_late)
    marks.met[inside] = rng.random(int(inside.sum())) < rate[inside]
    trained_on = date(2025, 4, 3)
    marks.day[:] += (trained_on - UNIX).days
    one = agreed(plan()).model_copy(update={"trained_on": trained_on})
    return one, marks


def test_a_skill_that_stays_closes_the_plan() -> None:
    one, marks = after_training(0.97, 0.97)
    found = rechecked(one, marks, today=date(2025, 8, 1))
    assert [check.standing for check in found.rechecks] == ["on_target"] * 3
    assert [check.day for check in found.rechecks] == [7, 21, 60]
    assert found.status == "closed"


def test_a_skill_that_slides_back_reopens_the_plan() -> None:
    one, marks = after_training(0.97, 0.5)
    found = rechecked(one, marks, today=date(2025, 8, 1))
    assert found.rechecks[-1].standing == "slid_back"
    assert found.status == "reopened"


def test_what_is_not_due_or_has_no_calls_says_so() -> None:
    one, marks = after_training(0.97, 0.97)
    early = rechecked(one, marks, today=date(2025, 4, 12))
    assert [check.standing for check in early.rechecks] == ["on_target", "not_due", "not_due"]
    assert early.status == "agreed"
    gone = one.model_copy(update={"csr_id": "left"})
    left = rechecked(gone, marks, today=date(2025, 8, 1))
    assert {check.standing for check in left.rechecks} == {"cannot_tell"}
    assert rechecked(plan(), marks, today=TODAY) == plan()


def test_overdue_actions_are_known() -> None:
    one = plan()
    assert overdue(one, TODAY) == ()
    assert len(overdue(one, TODAY + timedelta(days=20))) == 2
    assert overdue(one.model_copy(update={"status": "cancelled"}), TODAY.replace(year=2026)) == ()


def test_one_lead_with_too_many_people_is_told() -> None:
    one = plan()

    def of(csr: int, status: str = "proposed", owner: str = "lead") -> CoachingPlan:
        changes = {"csr_id": f"{csr}", "status": status, "owner": owner}
        return one.model_copy(update=changes)

    enough = [of(csr) for csr in range(SPAN_CSRS)]
    assert too_wide(enough) == {}
    assert too_wide([*enough, of(0)]) == {}, "two plans of one CSR are one person"
    assert too_wide([*enough, of(99, "cancelled"), of(98, owner="other")]) == {}
    assert too_wide([*enough, of(99)]) == {"lead": SPAN_CSRS + 1}
