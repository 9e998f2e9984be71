"""Partial pooling: person towards team, team towards site (normal-normal empirical Bayes)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from qa.domain.marks import Floats, Ints, totals

# Standard deviations of persons within a team that are considered, as shares (0-0.4), and
# the scale of a half-normal prior over them (guess: met-rates of one team seldom differ more).
SPREADS: Floats = np.concatenate([np.linspace(0, 0.1, 21), np.linspace(0.12, 0.4, 15)])
SPREAD_PRIOR = 0.1


class Pooled(NamedTuple):
    """Posterior mean and variance, one a person and one a team.

    gap, gap_var: a person's distance from the team. team, team_var: the team's from the site.
    between: variance between persons of one team.
    """

    gap: Floats
    gap_var: Floats
    team: Floats
    team_var: Floats
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


def pool(effect: Floats, variance: Floats, team_of: Ints, teams: int) -> Pooled:
    """Effects of persons pooled towards their team and teams towards 0, the site.

    How much persons differ is itself not known: the answer is the average over
    `SPREADS`, each weighted by how likely (REML) it makes what was seen.
    """
    tries = [_given(float(spread) ** 2, effect, variance, team_of, teams) for spread in SPREADS]
    logs = np.array([log for _, log in tries]) - (SPREADS / SPREAD_PRIOR) ** 2 / 2
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    return Pooled(
        *_mixed(weights, [(one.gap, one.gap_var) for one, _ in tries]),
        *_mixed(weights, [(one.team, one.team_var) for one, _ in tries]),
        between=float(np.sum(weights * SPREADS**2)),
    )


def _given(
    between: float, effect: Floats, variance: Floats, team_of: Ints, teams: int
) -> tuple[Pooled, float]:
    """The answer if persons differed by `between`, and that value's log-likelihood (REML)."""
    total_var = variance + between
    weight = 1 / total_var
    total = totals(team_of, teams, weight)
    seen = total > 0
    mean = np.divide(
        totals(team_of, teams, weight * effect), total, out=np.zeros(teams), where=seen
    )
    mean_var = np.divide(1.0, total, out=np.ones(teams), where=seen)
    among = 0.0
    if seen.sum() > 1:
        among = between_variance(mean[seen], mean_var[seen], np.zeros(seen.sum(), np.int64))
    keep = np.where(seen, among / (among + mean_var), 0.0)
    team = keep * mean
    team_var = np.where(seen, keep * mean_var, among)
    own = between / total_var
    rest = effect - mean[team_of]
    log = -0.5 * float(np.sum(np.log(total_var)) + np.sum(np.log(total[seen])))
    log -= 0.5 * float(np.sum(weight * rest**2))
    pooled = Pooled(
        gap=own * (effect - team[team_of]),
        gap_var=own * variance + own**2 * team_var[team_of],
        team=team,
        team_var=team_var,
        between=between,
    )
    return pooled, log


def _mixed(weights: Floats, parts: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Mean and variance of a mixture."""
    means = np.stack([mean for mean, _ in parts])
    squares = np.stack([var for _, var in parts]) + means**2
    mean = weights @ means
    return mean, np.maximum(weights @ squares - mean**2, 1e-12)


def _sums(value: Floats, group: Ints) -> Floats:
    return totals(group, int(group.max()) + 1, value)
