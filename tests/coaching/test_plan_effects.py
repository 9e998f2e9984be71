"""One plan against peers, on centres whose truth is known."""

from functools import cache

import numpy as np
import pytest

from qa.coaching.effects import LEAST_CHANCES
from qa.coaching.plan_effects import LEAST_PEERS, plan_effect
from qa.domain.effects import Coached, Effect
from qa.simulate.centre import CentreSpec
from qa.simulate.coaching import CoachedCentre, CoachingSpec, simulate_coaching


def centre(seed: int, effect: float, **more: int) -> CoachedCentre:
    sizes = {"csrs": 40, "calls_a_csr": 60, **more}
    spec = CentreSpec(days=60, planted_a_csr=0, csr_spread=0.06, seed=seed, **sizes)
    return simulate_coaching(CoachingSpec(centre=spec, effect=effect))


@cache
def drawn(effect: float) -> tuple[tuple[Effect, float], ...]:
    """Every coached CSR of ten centres as a plan of their own, with the true mean effect."""
    return tuple(
        (plan_effect(one.marks, event, one.coached), one.effect)
        for one in (centre(seed, effect) for seed in range(40, 50))
        for event in one.coached
    )


@pytest.mark.parametrize("effect", [0.0, 0.15])
def test_plans_are_judged_without_regression_to_the_mean(effect: float) -> None:
    told = [(one, true) for one, true in drawn(effect) if one.estimate is not None]
    assert len(told) > 100
    ours = np.mean([(one.estimate or 0.0) - true for one, true in told])
    naive = np.mean([(one.naive or 0.0) - true for one, true in told])
    assert abs(ours) < 0.015
    assert naive > 0.025
    inside = [(one.low or 0.0) <= true <= (one.high or 0.0) for one, true in told]
    assert np.mean(inside) > 0.9


def test_the_truth_of_each_plan_averages_to_the_centres() -> None:
    one = centre(7, 0.2)
    assert len(one.effects) == len(one.coached)
    assert np.mean(one.effects) == pytest.approx(one.effect)
    assert min(one.effects) > 0


def test_no_effect_is_seldom_called_one_and_a_large_one_mostly() -> None:
    nothing = [one.verdict for one, _ in drawn(0.0)]
    assert np.mean([one in ("helps", "harms") for one in nothing]) < 0.1
    assert np.mean([one.verdict == "helps" for one, _ in drawn(0.15)]) > 0.5


def test_what_cannot_be_told_says_what_is_missing() -> None:
    waits = [one for one, _ in drawn(0.0) if one.verdict == "cannot_tell"]
    counted = [one for one in waits if one.more_calls]
    assert counted
    assert all(f"about {one.more_calls} more calls" in one.why.en for one in counted)
    assert all(f"约需再评 {one.more_calls} 通" in one.why.zh for one in counted)


def test_too_few_calls_or_peers_and_unknown_skills_cannot_be_told() -> None:
    small = centre(3, 0.1, csrs=8)
    found = plan_effect(small.marks, small.coached[0], small.coached)
    assert (found.verdict, found.estimate) == ("cannot_tell", None)
    assert found.peers < LEAST_PEERS
    one = centre(3, 0.1)
    event = one.coached[0]
    csr = one.marks.csrs.index(event.csr_id)
    left = one.marks.where((one.marks.csr != csr) | (one.marks.day < event.day))
    gone = plan_effect(left, event, one.coached)
    assert (gone.verdict, gone.coached, gone.more_calls) == ("cannot_tell", 0, LEAST_CHANCES)
    unknown = Coached(csr_id=event.csr_id, skill="juggling", day=event.day, plan_id="P1")
    assert plan_effect(one.marks, unknown, ()).verdict == "cannot_tell"


def test_the_course_of_the_plan_is_the_plan_and_another_one_blurs_it() -> None:
    one = centre(5, 0.1)
    event = one.coached[0].model_copy(update={"plan_id": "P1", "course_id": None})
    alone = plan_effect(one.marks, event, one.coached)
    assert alone.estimate is not None
    assert alone.plan_id == "P1"
    again = one.coached[0].model_copy(update={"day": event.day + 20})
    assert plan_effect(one.marks, event, (*one.coached, again)).estimate is None
