"""Weak points that are real: each CSR and skill against peers on the same mix of calls."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from qa.coaching.pooling import Pooled, pool
from qa.domain.estimates import EstimateSettings, SkillEstimate, Standing
from qa.domain.marks import Floats, Ints, Marks, numbered, totals

PRIOR_CHANCES = 10.0  # a kind of call is pulled to its item's rate by so many chances (guess)
VARIANCE_CHANCES = 40.0  # from so many chances on the CSR's own rate sets the variance (guess)
DAYS_A_MONTH = 30.4375  # 365.25 / 12
Z95 = 1.959964


def skill_estimates(
    marks: Marks, *, today: float | None = None, settings: EstimateSettings | None = None
) -> tuple[SkillEstimate, ...]:
    """One a CSR and skill with at least one decided item; by CSR, then widest gap first.

    today: on the scale of `marks.day`; the last call when None.
    A CSR's met-rate is compared with what the site reaches on the same items in the same
    kinds of calls, later calls weigh more (`half_life_days`), the difference is pooled towards
    the team and the team towards the site. Items of one call go together: the variance is
    widened by how much they do over the site.
    """
    knobs = settings or EstimateSettings()
    if marks.size == 0:
        return ()
    now = float(marks.day.max()) if today is None else today
    expected = expected_shares(marks)
    found: list[SkillEstimate] = []
    for index, skill in enumerate(marks.skills):
        inside = marks.skill == index
        if inside.any():
            found += _of_skill(marks.where(inside), expected[inside], skill, now, knobs)
    return tuple(sorted(found, key=rank_key))


def rank_key(one: SkillEstimate) -> tuple[object, ...]:
    """Sort key: by CSR; what stands out most first."""
    return (one.csr_id, one.rank_gap, one.skill)


def expected_shares(marks: Marks) -> Floats:
    """What the site reaches on each mark's item in its kind of call (indirect standardisation)."""
    mixes = len(marks.mixes)
    cell = marks.item * mixes + marks.mix
    size = len(marks.items) * mixes
    item_met = totals(marks.item, len(marks.items), marks.met)
    item_all = totals(marks.item, len(marks.items))
    rate = item_met / np.maximum(item_all, 1)
    met = totals(cell, size, marks.met) + PRIOR_CHANCES * np.repeat(rate, mixes)
    pooled = met / (totals(cell, size) + PRIOR_CHANCES)
    return np.asarray(pooled[cell], dtype=np.float64)


class Sums(NamedTuple):
    """One entry a CSR; weights fall with age.

    variance: of the gap, at the CSR's own rate where that is low. weighing: at the peers' alone,
    so that a weight made of it says nothing of the result.
    """

    weight: Floats
    chances: Floats
    gap: Floats
    variance: Floats
    weighing: Floats


def sums_of(marks: Marks, expected: Floats, weight: Floats) -> Sums:
    """Weighted mean difference from the expected share, with its sampling variances.

    Entries of CSRs without a mark have weight 0, gap 0 and variances infinite.
    """
    count = len(marks.csrs)
    rest = marks.met - expected
    total = totals(marks.csr, count, weight)
    gap = _divide(totals(marks.csr, count, weight * rest), total)
    # binomial variance at the peers' rate, or between it and the CSR's own where that is lower:
    # a run without a fault must not look surer than it is
    chances = totals(marks.csr, count)
    pulled = gap * chances / (chances + VARIANCE_CHANCES)
    seen = _seen_spread(marks, rest - gap[marks.csr])
    variances = []
    for at in (expected + np.minimum(pulled, 0.0)[marks.csr], expected):
        share = np.clip(at, 0.03, 0.97)
        share = share * (1 - share)
        wider = max(1.0, seen / float(share.sum())) if marks.size else 1.0
        variance = _divide(totals(marks.csr, count, weight**2 * share), total**2) * wider
        variances.append(np.where(total > 0, variance, np.inf))
    return Sums(total, chances, gap, *variances)


def _seen_spread(marks: Marks, rest: Floats) -> float:
    """What calls vary by in all, since items of one call go together; to set beside binomial."""
    call, many = numbered(marks.call)
    seen = float((totals(call, many, rest) ** 2).sum())
    freedom = 1 - np.count_nonzero(np.bincount(marks.csr)) / max(many, 1)
    return seen / max(freedom, 0.2)


def _of_skill(
    marks: Marks, expected: Floats, skill: str, now: float, knobs: EstimateSettings
) -> Sequence[SkillEstimate]:
    weight = 0.5 ** (np.maximum(now - marks.day, 0.0) / knobs.half_life_days)
    sums = sums_of(marks, expected, weight)
    seen = np.flatnonzero(sums.weight > 0)
    team_of = marks.team_of[seen]
    pooled = pool(
        sums.gap[seen],
        sums.variance[seen],
        team_of,
        len(marks.teams),
        weighing=sums.weighing[seen],
    )
    return _told(marks, expected, weight, sums, seen.astype(np.int64), pooled, skill, knobs)


def _told(
    marks: Marks,
    expected: Floats,
    weight: Floats,
    sums: Sums,
    seen: Ints,
    pooled: Pooled,
    skill: str,
    knobs: EstimateSettings,
) -> list[SkillEstimate]:
    count = len(marks.csrs)
    sd = np.sqrt(pooled.gap_var)
    safe = np.maximum(sd, 1e-9)
    from scipy.special import ndtr  # slow to load: only where something is estimated

    below = ndtr((-knobs.margin - pooled.gap) / safe)
    peers = _divide(totals(marks.csr, count, weight * expected), sums.weight)
    met = _divide(totals(marks.csr, count, marks.met), sums.chances)
    calls = marks.calls_of_csr()
    points = marks.points_of[marks.item]
    days = max(float(np.ptp(marks.day)), 1.0)
    points_a_month = totals(marks.csr, count, points) / days * DAYS_A_MONTH
    slope, slope_sd = _trend(marks, expected)
    variance = np.where(sums.weight > 0, sums.variance, 0.0)
    needed = variance * sums.weight * (Z95 / knobs.precision) ** 2  # weight at which it is sharp
    found = []
    for row, csr in enumerate(seen):
        team = int(marks.team_of[csr])
        gap = float(pooled.gap[row])
        level = float(np.clip(peers[csr] + pooled.team[team], 0, 1))
        p_below = float(below[row])
        short = max(0.0, float(needed[csr] - sums.weight[csr]))
        per_call = sums.chances[csr] / max(int(calls[csr]), 1)
        more = int(np.ceil(short / per_call - 1e-9)) if short else 0
        found.append(
            SkillEstimate(
                csr_id=marks.csrs[csr],
                team=marks.teams[team],
                skill=skill,
                calls=int(calls[csr]),
                chances=int(sums.chances[csr]),
                met_share=round(float(met[csr]), 4),
                expected_share=round(level, 4),
                gap=round(gap, 4),
                gap_low=round(gap - Z95 * float(sd[row]), 4),
                gap_high=round(gap + Z95 * float(sd[row]), 4),
                rank_gap=round(float(pooled.ahead[row]), 4),
                team_gap=round(float(pooled.team[team]), 4),
                below_probability=round(p_below, 4),
                standing=_standing(
                    p_below, int(sums.chances[csr]), gap - Z95 * float(sd[row]), knobs
                ),
                lost_points_a_month=round(
                    float(points_a_month[csr] * (1 - np.clip(level + gap, 0, 1))), 2
                ),
                excess_points_a_month=round(float(-gap * points_a_month[csr]), 2),
                trend_a_month=round(float(slope[csr]), 4),
                trend_low=round(float(slope[csr] - Z95 * slope_sd[csr]), 4),
                trend_high=round(float(slope[csr] + Z95 * slope_sd[csr]), 4),
                more_calls=more,
            )
        )
    return found


def _standing(below: float, chances: int, gap_low: float, knobs: EstimateSettings) -> Standing:
    if chances < knobs.least_chances:
        return "cannot_tell"
    if below >= knobs.sure:
        return "below"
    return "not_below" if gap_low > -knobs.margin else "cannot_tell"


def _trend(marks: Marks, expected: Floats) -> tuple[Floats, Floats]:
    """Least-squares slope of (met - expected) a month, and its standard error; one a CSR."""
    count = len(marks.csrs)
    many = np.maximum(totals(marks.csr, count), 1)
    rest = marks.met - expected
    month = marks.day / DAYS_A_MONTH
    time = month - (totals(marks.csr, count, month) / many)[marks.csr]
    off = rest - (totals(marks.csr, count, rest) / many)[marks.csr]
    square = totals(marks.csr, count, time**2)
    slope = _divide(totals(marks.csr, count, time * off), square)
    left = totals(marks.csr, count, (off - slope[marks.csr] * time) ** 2)
    error = np.sqrt(_divide(left, square * np.maximum(many - 2, 1)))
    # two marks or none in time: no slope can be told, which the widest interval says
    return slope, np.where((many > 2) & (square > 0), error, 1.0)


def _divide(over: Floats, under: Floats) -> Floats:
    return np.divide(over, under, out=np.zeros_like(over, dtype=np.float64), where=under > 0)
