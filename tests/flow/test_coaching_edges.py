"""People and catalogues as they really are: no calls, one call, who left, courses that are gone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from qa.coaching.estimates import skill_estimates
from qa.domain.coaching import Window
from qa.domain.packs import Packs
from qa.domain.plans import CoachingPlan
from qa.domain.training import TrainingEvent
from qa.flow.advise import advise
from qa.flow.coaching import (
    effects_of,
    is_open,
    needs_of,
    plan_effects_of,
    propose_plans,
    recheck_plans,
    schedule_of,
)
from qa.flow.day_list import plan_items
from qa.flow.drawn_centre import keep_plans
from qa.flow.gone_courses import gone_courses
from qa.flow.no_plan import why_no_plan
from qa.flow.one_to_one import pack_of
from qa.flow.shipped import shipped_root
from qa.flow.standing import Centre, centre_of, overview
from qa.flow.training import record_training, sign_plan
from qa.packs.load import load_packs
from qa.reports.one_to_one import one_to_one_pdf
from qa.simulate.site import SimulatedPlan, SiteSpec, plan_site
from qa.store.store import Store, open_store
from transcribe.errors import CodedError

NOW = datetime(2025, 4, 7, 9, tzinfo=UTC)
SPEC = SiteSpec(csrs=12, teams=2, calls_a_csr=60, seed=2, weak_gap=0.5)
HALF = SPEC.start + timedelta(days=45)
ONE_CALL, UNDECIDED, LEFT, WEAK = "1000", "1001", "1002", "1003"  # LEFT was weak in opening
WEAK_IN = "process"


def as_they_are(plans: Iterable[SimulatedPlan]) -> Iterator[SimulatedPlan]:
    seen = Counter[str | None]()
    for plan in plans:
        csr = plan.call.csr_id
        seen[csr] += 1
        started = plan.call.started_at
        assert started is not None
        if (csr == ONE_CALL and seen[csr] > 1) or (csr == LEFT and started >= HALF):
            continue
        if csr == UNDECIDED:
            plan = SimulatedPlan(plan.call, dict.fromkeys(plan.verdicts, "undecided"))
        yield plan


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(shipped_root())


@pytest.fixture
def store(tmp_path: Path, packs: Packs) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'qa.sqlite'}") as opened:
        keep_plans(opened, packs, as_they_are(plan_site(SPEC).plans))
        yield opened


@pytest.fixture
def centre(store: Store, packs: Packs) -> Centre:
    return centre_of(store, packs, Window())


def without(packs: Packs, *ids: str, skill: str = "") -> Packs:
    kept = (one for one in packs.courses if one.id not in ids and skill not in one.skills)
    return packs.model_copy(update={"courses": tuple(kept)})


def agreed(store: Store, plan: CoachingPlan) -> CoachingPlan:
    sign_plan(store, plan.id, "csr", by=plan.csr_id, now=NOW)
    return sign_plan(store, plan.id, "supervisor", by="Li", now=NOW)


def attended(csr_id: str, course_id: str, day: date) -> TrainingEvent:
    at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    return TrainingEvent(csr_id=csr_id, course_id=course_id, kind="attended", trainer="W", at=at)


def proposed(store: Store, packs: Packs, centre: Centre, csr_id: str) -> CoachingPlan:
    (plan,) = propose_plans(store, packs, centre, owner="Li", now=NOW, csr_id=csr_id)
    return plan


def test_a_csr_without_calls_is_told_by_name(store: Store, packs: Packs, centre: Centre) -> None:
    for ask in (
        lambda: pack_of(store, packs, centre, "9999", Window()),
        lambda: propose_plans(store, packs, centre, owner="Li", now=NOW, csr_id="9999"),
    ):
        with pytest.raises(CodedError) as caught:
            ask()
        assert caught.value.code == "QA850"
        assert WEAK in str(caught.value.values["options"])
    assert store.plans() == ()
    assert advise(store, packs, window=Window(), csr_id="9999") == ()


def test_one_call_ranks_nobody_and_says_how_many_more(
    store: Store, packs: Packs, centre: Centre
) -> None:
    own = [one for one in skill_estimates(centre.marks) if one.csr_id == ONE_CALL]
    assert own
    assert {one.standing for one in own} == {"cannot_tell"}
    assert min(one.more_calls for one in own) > 0
    assert propose_plans(store, packs, centre, owner="Li", now=NOW, csr_id=ONE_CALL) == ()
    pack = pack_of(store, packs, centre, ONE_CALL, Window())
    assert (pack.calls, len(pack.trend), pack.plan) == (1, 1, None)
    assert all("还需约" in one.says.zh and "more call" in one.says.en for one in pack.skills)


def test_undecided_items_cost_nothing_and_claim_nothing(
    store: Store, packs: Packs, centre: Centre
) -> None:
    assert UNDECIDED not in {one.csr_id for one in skill_estimates(centre.marks)}
    line = next(one for one in overview(centre, packs) if one.csr_id == UNDECIDED)
    assert (line.calls, line.mean_score, line.recommendations) == (60, None, ())
    pack = pack_of(store, packs, centre, UNDECIDED, Window())
    assert (pack.skills, pack.trend, pack.mean_share, pack.clips) == ((), (), None, ())
    assert one_to_one_pdf(pack, "zh").startswith(b"%PDF")
    assert propose_plans(store, packs, centre, owner="Li", now=NOW, csr_id=UNDECIDED) == ()


def test_who_left_gets_no_new_plan_and_no_seat_unless_named(
    store: Store, packs: Packs, centre: Centre
) -> None:
    weak = {one.csr_id for one in skill_estimates(centre.marks) if one.standing == "below"}
    assert LEFT in weak
    assert centre.gone() == {ONE_CALL, LEFT}
    assert {one.csr_id for one in needs_of(store, packs, centre, today=NOW.date())} == weak - {LEFT}
    made = propose_plans(store, packs, centre, owner="Li", now=NOW)
    assert {one.csr_id for one in made} == weak - {LEFT}
    assert proposed(store, packs, centre, LEFT).csr_id == LEFT  # on leave, and coming back


def test_the_plan_and_the_course_of_who_left_stay_open_and_prove_nothing(
    store: Store, packs: Packs, centre: Centre
) -> None:
    plan = agreed(store, proposed(store, packs, centre, LEFT))
    (course_id,) = {one.course_id for one in plan.actions if one.course_id}
    event = attended(LEFT, course_id, (HALF + timedelta(days=2)).date())
    assert record_training(store, packs, event, now=NOW, by="W")
    (found,) = recheck_plans(store, centre, now=NOW + timedelta(days=60))
    assert found.status == "agreed"
    assert {(one.standing, one.chances) for one in found.rechecks} == {("cannot_tell", 0)}
    assert min(one.more_calls for one in found.rechecks) > 0
    effects = effects_of(store, packs, centre)
    assert effects
    assert {(one.verdict, one.coached) for one in effects} == {("cannot_tell", 0)}


def test_overlapping_plans_move_together_and_no_third_is_made(
    store: Store, packs: Packs, centre: Centre
) -> None:
    first = agreed(store, proposed(store, packs, centre, WEAK))
    second = first.model_copy(update={"id": "BY-HAND", "owner": "Zhao"})
    store.save_plan(second, at=NOW, by="Zhao", why="test")
    assert propose_plans(store, packs, centre, owner="Li", now=NOW, csr_id=WEAK) == ()
    course_id = next(one.course_id for one in first.actions if one.course_id)
    event = attended(WEAK, course_id, date(2025, 2, 1))
    moved = record_training(store, packs, event, now=NOW, by="W")
    assert {one.id for one in moved} == {first.id, "BY-HAND"}
    after = recheck_plans(store, centre, now=NOW)
    assert len(after) == 2
    assert after[0].rechecks == after[1].rechecks != ()
    assert recheck_plans(store, centre, now=NOW) == after
    pack = pack_of(store, packs, centre, WEAK, Window())
    assert pack.plan is not None
    assert is_open(pack.plan)
    # one person, one skill: trained once, whatever the number of plans
    assert max(one.coached for one in effects_of(store, packs, centre)) <= 1


def test_a_kept_plan_outlives_its_course(store: Store, packs: Packs, centre: Centre) -> None:
    plan = agreed(store, proposed(store, packs, centre, WEAK))
    (old,) = {one.course_id for one in plan.actions if one.course_id}
    course = next(one for one in packs.courses if one.id == old)
    gone = without(packs, old)
    assert recheck_plans(store, centre, now=NOW) == (plan,)
    assert pack_of(store, gone, centre, WEAK, Window()).plan == plan
    assert any(old in one.what.en for one in plan_items(plan, NOW.date() + timedelta(days=40)))
    with pytest.raises(CodedError) as caught:
        record_training(store, gone, attended(WEAK, old, NOW.date()), now=NOW, by="W")
    assert caught.value.code == "QA862"
    # another course that teaches the plan's skill stands in for it; one that does not, does not
    other = next(one for one in gone.courses if WEAK_IN not in one.skills)
    apart = attended(WEAK, other.id, NOW.date())
    assert record_training(store, gone, apart, now=NOW, by="W") == ()
    renamed = course.model_copy(update={"id": "Z9"})
    again = gone.model_copy(update={"courses": (*gone.courses, renamed)})
    (moved,) = record_training(store, again, attended(WEAK, "Z9", NOW.date()), now=NOW, by="W")
    assert moved.trained_on == NOW.date()
    assert all(one.done_on for one in moved.actions if one.course_id)


def test_a_planned_course_that_is_gone_is_told_with_what_stands_in(
    store: Store, packs: Packs, centre: Centre
) -> None:
    plan = agreed(store, proposed(store, packs, centre, WEAK))
    (old,) = {one.course_id for one in plan.actions if one.course_id}
    today = plan.made_on
    assert gone_courses(plan, packs) == {}
    assert [one.kind for one in plan_items(plan, today, {})] == []
    gone = gone_courses(plan, without(packs, old))
    assert old in gone
    assert gone[old]
    assert all(WEAK_IN in next(c for c in packs.courses if c.id == one).skills for one in gone[old])
    (told,) = plan_items(plan, today, gone)
    assert (told.kind, told.late_days < 0) == ("plan_action", True)
    for text in (told.what.zh, told.what.en):
        assert old in text
        assert gone[old][0] in text
    bare = gone_courses(plan, without(packs, skill=WEAK_IN))
    (alone,) = plan_items(plan, today, bare)
    assert "one-to-one" in alone.what.en
    late = list(plan_items(plan, today + timedelta(days=40), gone))
    assert len(late) == len(plan.actions), "what is due is told, gone or not"


def test_why_there_is_no_plan_is_told(store: Store, packs: Packs, centre: Centre) -> None:
    assert "cannot be told yet" in why_no_plan(store, centre, ONE_CALL).en
    assert "No item is decided" in why_no_plan(store, centre, UNDECIDED).en
    plan = proposed(store, packs, centre, WEAK)
    told = why_no_plan(store, centre, WEAK)
    assert plan.id in told.en
    assert plan.id in told.zh
    propose_plans(store, packs, centre, owner="Li", now=NOW)
    weak = {one.csr_id for one in skill_estimates(centre.marks) if one.standing == "below"}
    every = why_no_plan(store, centre)
    assert f"of {len(weak)} CSRs" in every.en
    assert f"{len(weak)} 人里" in every.zh
    first_day = Window(from_at=SPEC.start, to_at=SPEC.start + timedelta(days=1))
    nobody = centre_of(store, packs, first_day)
    assert "nobody is surely below" in why_no_plan(store, nobody).en


def test_a_course_still_given_is_not_replaced_by_another(
    store: Store, packs: Packs, centre: Centre
) -> None:
    plan = agreed(store, proposed(store, packs, centre, WEAK))
    wanted = {one.course_id for one in plan.actions}
    course = next(one for one in packs.courses if one.id in wanted)
    twin = course.model_copy(update={"id": "Z9"})
    both = packs.model_copy(update={"courses": (*packs.courses, twin)})
    assert record_training(store, both, attended(WEAK, "Z9", NOW.date()), now=NOW, by="W") == ()


def test_a_skill_without_a_course_is_worked_on_without_one(
    store: Store, packs: Packs, centre: Centre
) -> None:
    bare = without(packs, skill=WEAK_IN)
    plan = proposed(store, bare, centre, WEAK)
    assert plan.priorities[0].skill == WEAK_IN
    assert [one.course_id for one in plan.actions] == [None]
    schedule, _ = schedule_of(store, bare, centre, today=NOW.date(), weeks=4)
    unmet = {(one.csr_id, one.why.en) for one in schedule.unmet if one.skill == WEAK_IN}
    assert (WEAK, "No course teaches this skill.") in unmet
    (own,) = advise(store, bare, window=Window(), csr_id=WEAK)
    told = next(one for one in own.recommendations if one.weak_point.skill == WEAK_IN)
    assert told.courses == ()
    assert "No course in the catalogue" in told.why.en


def test_a_list_without_places_ends_its_sentences(packs: Packs, centre: Centre) -> None:
    told = [one.why for line in overview(centre, packs) for one in line.recommendations]
    assert told
    assert not [one for one in told if ": ." in one.en or "：。" in one.zh]


def test_a_plan_has_its_own_effect_and_who_left_has_none_to_show(
    store: Store, packs: Packs, centre: Centre
) -> None:
    for csr in (WEAK, LEFT):
        plan = agreed(store, proposed(store, packs, centre, csr))
        course_id = next(one.course_id for one in plan.actions if one.course_id)
        day = HALF.date() - timedelta(days=10) if csr == WEAK else HALF.date()
        record_training(store, packs, attended(csr, course_id, day), now=NOW, by="W")
    weak, left = plan_effects_of(store, packs, centre)
    assert (weak.skill, weak.coached) == (WEAK_IN, 1)
    assert weak.estimate is not None  # trained for nothing: the drawn calls go on as before
    assert weak.verdict != "helps"
    assert (left.coached, left.estimate, left.verdict) == (0, None, "cannot_tell")
    assert LEFT in left.why.zh
