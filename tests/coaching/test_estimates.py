import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from qa.coaching.estimates import expected_shares, rank_key, skill_estimates
from qa.coaching.pooling import between_variance, pool
from qa.coaching.shared_causes import interval, limits, shared_causes
from qa.domain.estimates import EstimateSettings, SkillEstimate
from qa.simulate.centre import CentreSpec, simulate_centre

OFTEN = ("opening", "process", "listening", "voice", "courtesy", "knowledge", "closing")


def of(estimates: tuple[SkillEstimate, ...], csr: str, skill: str) -> SkillEstimate:
    return next(one for one in estimates if (one.csr_id, one.skill) == (csr, skill))


def test_between_variance_is_that_of_statsmodels() -> None:
    rng = np.random.default_rng(3)
    variance = rng.uniform(0.5, 3, 40)
    effect = rng.normal(0, 1.5, 40) + rng.normal(0, np.sqrt(variance))
    theirs = combine_effects(effect, variance, method_re="iterated")
    assert between_variance(effect, variance, np.zeros(40, int)) == pytest.approx(
        theirs.tau2, rel=1e-3
    )


def test_nothing_but_noise_is_pooled_to_nothing() -> None:
    effect = np.array([0.1, -0.1, 0.05, -0.05])
    pooled = pool(effect, np.full(4, 1.0), np.array([0, 0, 1, 1]), 2)
    assert pooled.between < 0.03
    assert np.abs(pooled.gap).max() < 0.01


def test_a_team_without_people_stands_where_the_site_stands() -> None:
    effect = np.array([3.0, -3.0, 2.0])
    pooled = pool(effect, np.full(3, 0.1), np.array([0, 0, 2]), 3)
    assert pooled.team[1] == 0
    assert np.isfinite(pooled.gap).all()


def test_planted_weaknesses_rank_first_at_60_calls() -> None:
    hits = []
    for seed in range(10):
        centre = simulate_centre(CentreSpec(seed=seed, planted_among=OFTEN))
        estimates = skill_estimates(centre.marks)
        for csr in centre.marks.csrs:
            own = sorted((one for one in estimates if one.csr_id == csr), key=rank_key)
            hits += [(csr, one.skill) in centre.planted for one in own[:2]]
    assert np.mean(hits) >= 0.88  # bench/coaching.py measures it over more centres


def test_an_empty_centre_flags_hardly_anyone() -> None:
    flagged = 0
    for seed in range(10):
        spec = CentreSpec(seed=seed, planted_a_csr=0, csr_spread=0, team_spread=0)
        found_weak = skill_estimates(simulate_centre(spec).marks)
        flagged += len({one.csr_id for one in found_weak if one.standing == "below"})
    assert flagged / 300 < 0.05


def test_five_calls_cannot_rank_people() -> None:
    estimates = skill_estimates(simulate_centre(CentreSpec(calls_a_csr=5)).marks)
    assert all(one.standing == "cannot_tell" for one in estimates if one.chances < 10)
    assert min(one.more_calls for one in estimates if one.skill == "empathy") > 30


def test_the_interval_holds_the_truth() -> None:
    inside = []
    for seed in range(8):
        centre = simulate_centre(CentreSpec(seed=seed, planted_a_csr=0, csr_spread=0.06))
        marks = centre.marks
        for one in skill_estimates(marks, settings=EstimateSettings(half_life_days=1e6)):
            row, column = marks.csrs.index(one.csr_id), marks.skills.index(one.skill)
            team = marks.team_of == marks.team_of[row]
            truth = centre.true_share[row, column] - centre.true_share[team, column].mean()
            inside.append(one.gap_low <= truth <= one.gap_high)
    assert 0.92 <= np.mean(inside) <= 0.99


def test_hard_calls_are_not_held_against_who_takes_them() -> None:
    spec = CentreSpec(calls_a_csr=400, planted_a_csr=0, csr_spread=0, team_spread=0, csrs=12)
    marks = simulate_centre(spec).marks
    raw = np.bincount(marks.csr, marks.met) / np.bincount(marks.csr)
    rest = marks.met - expected_shares(marks)
    adjusted = np.bincount(marks.csr, rest) / np.bincount(marks.csr)
    assert adjusted.std() < raw.std()


def test_a_change_over_time_is_a_trend() -> None:
    marks = simulate_centre(CentreSpec(csrs=8, calls_a_csr=400, planted_a_csr=0)).marks
    inside = (marks.csr == 0) & (marks.skill == marks.skills.index("voice"))
    marks.met[inside] = (marks.day[inside] > 45).astype(float)
    one = of(skill_estimates(marks), "1000", "voice")
    assert one.trend_low > 0.2


def test_one_call_and_none_are_answered() -> None:
    one = skill_estimates(simulate_centre(CentreSpec(csrs=1, teams=1, calls_a_csr=1)).marks)
    assert {estimate.standing for estimate in one} == {"cannot_tell"}
    assert skill_estimates(simulate_centre(CentreSpec(calls_a_csr=0)).marks) == ()


def test_what_a_whole_team_fails_is_no_matter_of_one_person() -> None:
    centre = simulate_centre(CentreSpec(planted_a_csr=0, team_faults=((1, "OPEN-1", 0.5),)))
    causes = shared_causes(centre.marks, scripted=("LIS-3",))
    team = next(one for one in causes if one.item == "OPEN-1")
    assert (team.team, team.kind, team.csrs) == ("T2", "team_course", 10)
    assert team.failing_csrs >= 9
    site = next(one for one in causes if one.item == "LIS-3")
    assert (site.team, site.kind) == (None, "script")
    weak = [one for one in skill_estimates(centre.marks) if one.skill == "opening"]
    assert not any(one.standing == "below" for one in weak)
    assert "10" in team.why.zh
    assert "one-to-ones" in team.why.en


def test_good_items_and_thin_ones_have_no_shared_cause() -> None:
    marks = simulate_centre(CentreSpec(calls_a_csr=2)).marks
    assert shared_causes(marks) == ()
    well = simulate_centre(CentreSpec(planted_a_csr=0)).marks
    assert "CLO-3" not in {one.item for one in shared_causes(well)}


def test_limits_are_exact() -> None:
    low, high = limits(0.5, np.array([10.0, 1000.0]))
    assert low[0] == pytest.approx(0.0, abs=0.11)
    assert high[1] - low[1] == pytest.approx(0.098, abs=0.005)
    assert interval(0, 0) == (0.0, 1.0)
    assert interval(5, 5)[1] == 1.0
