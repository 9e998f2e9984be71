import numpy as np
import pytest

from qa.coaching.effects import LEAST_CSRS, coaching_effect
from qa.domain.effects import Coached, Effect
from qa.simulate.centre import CentreSpec
from qa.simulate.coaching import CoachedCentre, CoachingSpec, simulate_coaching


def centre(seed: int, effect: float, **more: int) -> CoachedCentre:
    spec = CentreSpec(days=60, planted_a_csr=0, csr_spread=0.06, seed=seed, **{"csrs": 60, **more})
    return simulate_coaching(CoachingSpec(centre=spec, effect=effect))


def effect_of(one: CoachedCentre, **more: object) -> Effect:
    return coaching_effect(one.marks, one.coached, skill="listening", **more)  # type: ignore[arg-type]


def test_regression_to_the_mean_is_no_effect() -> None:
    found = [(effect_of(one), one) for one in (centre(seed, 0.0) for seed in range(30))]
    ours = np.mean([one.estimate - truth.effect for one, truth in found if one.estimate])
    naive = np.mean([one.naive - truth.effect for one, truth in found if one.naive])
    assert abs(ours) < 0.01
    assert naive > 0.025
    assert np.mean([one.verdict == "helps" for one, _ in found]) < 0.15


def test_an_effect_is_found_and_its_interval_holds_it() -> None:
    found = [(effect_of(one), one.effect) for one in (centre(seed, 0.1) for seed in range(30))]
    assert all(one.verdict == "helps" for one, _ in found)
    covers = [one.low <= truth <= one.high for one, truth in found if one.low and one.high]
    assert np.mean(covers) > 0.85
    assert "有效" in found[0][0].why.zh


def test_harm_is_called_harm() -> None:
    assert effect_of(centre(1, -0.2)).verdict == "harms"


def test_too_few_calls_cannot_tell_and_say_how_many_more() -> None:
    found = effect_of(centre(2, 0.03, csrs=20, calls_a_csr=12))
    assert found.verdict == "cannot_tell"
    assert (found.more_calls or 0) + (found.more_csrs or 0) > 0
    assert str(found.more_calls or found.more_csrs) in found.why.en


def test_nobody_coached_and_too_few_peers_cannot_tell() -> None:
    one = centre(3, 0.1)
    nobody = coaching_effect(one.marks, (), skill="listening")
    assert (nobody.verdict, nobody.coached, nobody.estimate) == ("cannot_tell", 0, None)
    unknown = coaching_effect(one.marks, one.coached, skill="juggling")
    assert unknown.verdict == "cannot_tell"
    everyone = [Coached(csr_id=csr, skill="listening", day=60.0) for csr in one.marks.csrs]
    all_coached = coaching_effect(one.marks, everyone, skill="listening")
    assert (all_coached.peers, all_coached.estimate) == (0, None)
    assert LEAST_CSRS > 1


def test_people_coached_elsewhere_are_no_peers() -> None:
    one = centre(4, 0.1)
    mine, others = one.coached[:10], one.coached[10:]
    clean = coaching_effect(one.marks, mine, skill="listening", every_coached=one.coached)
    assert clean.coached == 10
    assert clean.peers == 60 - len(one.coached)
    assert len(others) + 10 == len(one.coached)


def test_cohorts_of_other_days_are_judged_together() -> None:
    one = centre(5, 0.1, calls_a_csr=120)
    later = [event.model_copy(update={"day": 62.0}) for event in one.coached[::2]]
    mixed = [*one.coached[1::2], *later]
    found = coaching_effect(one.marks, mixed, skill="listening")
    assert found.estimate == pytest.approx(one.effect, abs=0.06)
    assert found.coached == len(one.coached)


@pytest.mark.parametrize("day", [-500.0, 121.0, 5000.0])
def test_a_course_without_calls_around_it_cannot_be_told(day: float) -> None:
    one = centre(1, 0.0, csrs=8)
    events = [Coached(csr_id=csr, skill="listening", day=day) for csr in (*one.marks.csrs, "gone")]
    found = coaching_effect(one.marks, events, skill="listening")
    assert (found.verdict, found.coached) == ("cannot_tell", 0)
