"""Partial pooling: person towards team, team towards site (normal-normal empirical Bayes)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from qa.domain.marks import Floats, Ints, totals

# Standard deviations of persons within a team that are considered, as shares (0-0.4), and
# the scale of a half-normal prior over them (guess: met-rates of one team seldom differ more).
SPREADS: Floats = np.concatenate([np.linspace(0, 0.1, 21), np.linspace(0.12, 0.4, 15)])
SPREAD_PRIOR = 0.1
# How many persons the one common spread speaks for, before those who stand apart get spreads of
# their own (tuned on simulated centres, seeds 5000-5023; bench/coaching.py uses others).
COMMON_PERSONS = 20.0
ROUNDS = 40  # of expectation and maximisation; changes are under 0.001 by then


class Pooled(NamedTuple):
    """Posterior mean and variance, one a person and one a team.

    gap, gap_var: a person's distance from the mean of the team. team, team_var: that mean's from
    the site. ahead: the distance that ranks, from where the team would stand by itself, so that
    several weak persons in one small team do not hide each other.
    between: variance between persons of one team.
    """

    gap: Floats
    gap_var: Floats
    team: Floats
    team_var: Floats
    ahead: Floats
    between: float


def between_variance(effect: Floats, variance: Floats, group: Ints) -> float:
    """Variance of true effects within groups, at least 0 (Paule and Mandel 1982).

    Solves: generalised Q statistic = its degrees of freedom.
    """
    groups = len(np.unique(group))
    freedom = len(effect) - groups
    if freedom < 1:
        return 0.0

    def excess(between: float) -> float:
        weight = 1 / (variance + between)
        mean = _sums(weight * effect, group) / np.maximum(_sums(weight, group), 1e-300)
        return float(np.sum(weight * (effect - mean[group]) ** 2) - freedom)

    if excess(0.0) <= 0:
        return 0.0
    from scipy.optimize import brentq

    high = float(np.var(effect)) + float(variance.max()) + 1e-6
    while excess(high) > 0:
        high *= 2
    return float(brentq(excess, 0.0, high, xtol=1e-9))


def pool(
    effect: Floats, variance: Floats, team_of: Ints, teams: int, *, weighing: Floats | None = None
) -> Pooled:
    """Effects of persons pooled towards their team and teams towards 0, the site.

    weighing: variances that know nothing of the person's own result, for the team's mean;
    with their own ones, who happened to score low weighs less and the mean comes out too high.
    How much persons differ is itself not known: the answer is the average over `SPREADS`, each
    weighted by how likely (REML) it makes what was seen. Those who stand far apart get a wider
    spread than the rest (a scale mixture, adaptive shrinkage as in Stephens 2017), so that a
    real weakness is not pulled to the mean by colleagues who are all alike.
    """
    base = variance if weighing is None else weighing
    tries = [_given(float(s) ** 2, effect, variance, base, team_of, teams) for s in SPREADS]
    logs = np.array([one.log for one in tries]) - (SPREADS / SPREAD_PRIOR) ** 2 / 2
    weights = np.exp(logs - logs.max()) * np.gradient(SPREADS)
    weights /= weights.sum()
    team, team_var = _mixed(weights, [(one.team, one.team_var) for one in tries])
    gap, gap_var = _apart(effect - team[team_of], variance, team_var[team_of], weights)
    return Pooled(
        gap=gap,
        gap_var=gap_var,
        team=team,
        team_var=team_var,
        ahead=_ahead(effect, variance, team_of, teams),
        between=float(np.sum(weights * SPREADS**2)),
    )


class _Given(NamedTuple):
    """The answer if persons differed by one variance, and its log-likelihood (REML).

    hyper: the mean the team's persons are drawn around, against `team`, the mean of those
    who are there.
    """

    team: Floats
    team_var: Floats
    hyper: Floats
    log: float


def _given(
    between: float, effect: Floats, variance: Floats, base: Floats, team_of: Ints, teams: int
) -> _Given:
    weight = 1 / (base + between)
    total = totals(team_of, teams, weight)
    seen = total > 0
    mean = _divide(totals(team_of, teams, weight * effect), total)
    spread = totals(team_of, teams, weight**2 * (variance + between))
    mean_var = np.where(seen, _divide(spread, total**2), 1.0)
    among = 0.0
    if seen.sum() > 1:
        among = between_variance(mean[seen], mean_var[seen], np.zeros(seen.sum(), np.int64))
    keep = np.where(seen, among / (among + mean_var), 0.0)
    hyper, hyper_var = keep * mean, np.where(seen, keep * mean_var, among)
    own = between / (variance + between)
    many = np.maximum(totals(team_of, teams), 1)
    guess = own * effect + (1 - own) * hyper[team_of]
    pull = totals(team_of, teams, 1 - own) / many
    rest = effect - mean[team_of]
    log = -0.5 * float(np.sum(np.log(base + between)) + np.sum(np.log(total[seen])))
    log -= 0.5 * float(np.sum(weight * rest**2))
    return _Given(
        team=totals(team_of, teams, guess) / many,
        team_var=totals(team_of, teams, own * variance) / many**2 + pull**2 * hyper_var,
        hyper=hyper,
        log=log,
    )


def _ahead(effect: Floats, variance: Floats, team_of: Ints, teams: int) -> Floats:
    """Distances from where teams would stand by themselves, shrunk by one common spread."""
    tries = [_given(float(s) ** 2, effect, variance, variance, team_of, teams) for s in SPREADS]
    logs = np.array([one.log for one in tries]) - (SPREADS / SPREAD_PRIOR) ** 2 / 2
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    gaps = [
        spread**2 / (variance + spread**2) * (effect - one.hyper[team_of])
        for spread, one in zip(SPREADS, tries, strict=True)
    ]
    return np.asarray(weights @ np.stack(gaps), dtype=np.float64)


def _apart(
    rest: Floats, variance: Floats, mean_var: Floats, common: Floats
) -> tuple[Floats, Floats]:
    """Posterior mean and variance of each person's distance, spreads of their own allowed."""
    total_var = variance[:, None] + SPREADS**2
    logs = -0.5 * (np.log(total_var) + rest[:, None] ** 2 / total_var)
    likely = np.exp(logs - logs.max(axis=1, keepdims=True))
    share = common
    for _ in range(ROUNDS):
        belongs = likely * share
        belongs /= belongs.sum(axis=1, keepdims=True)
        share = belongs.sum(axis=0) + COMMON_PERSONS * common
        share /= share.sum()
    own = SPREADS**2 / total_var
    mean = own * rest[:, None]
    var = own * variance[:, None] + own**2 * mean_var[:, None]
    gap = np.sum(belongs * mean, axis=1)
    gap_var = np.sum(belongs * (var + mean**2), axis=1) - gap**2
    return gap, np.maximum(gap_var, 1e-12)


def _mixed(weights: Floats, parts: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Mean and variance of a mixture."""
    means = np.stack([mean for mean, _ in parts])
    squares = np.stack([var for _, var in parts]) + means**2
    mean = weights @ means
    return mean, np.maximum(weights @ squares - mean**2, 1e-12)


def _divide(over: Floats, under: Floats) -> Floats:
    return np.divide(over, under, out=np.zeros_like(over), where=under > 0)


def _sums(value: Floats, group: Ints) -> Floats:
    return totals(group, int(group.max()) + 1, value)
