"""Partial pooling: person towards team, team towards site (normal-normal empirical Bayes)."""

from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from qa.domain.marks import Floats, Ints


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
    high = float(np.var(effect)) + float(variance.max()) + 1e-6
    while excess(high) > 0:
        high *= 2
    return float(brentq(excess, 0.0, high, xtol=1e-9))


def pool(effect: Floats, variance: Floats, team_of: Ints, teams: int) -> Pooled:
    """Effects of persons pooled towards their team and teams towards 0, the site."""
    between = between_variance(effect, variance, team_of)
    weight = 1 / (variance + between)
    total = np.bincount(team_of, weight, teams)
    seen = total > 0
    mean = np.divide(
        np.bincount(team_of, weight * effect, teams), total, out=np.zeros(teams), where=seen
    )
    mean_var = np.divide(1.0, total, out=np.full(teams, np.inf), where=seen)
    among = 0.0
    if seen.sum() > 1:
        among = between_variance(mean[seen], mean_var[seen], np.zeros(seen.sum(), np.int64))
    keep = np.where(seen, among / (among + mean_var), 0.0) if among else np.zeros(teams)
    team = keep * mean
    team_var = np.where(seen, keep * np.where(seen, mean_var, 0.0), among)
    own = between / (between + variance)
    return Pooled(
        gap=own * (effect - team[team_of]),
        gap_var=own * variance + own**2 * team_var[team_of],
        team=team,
        team_var=team_var,
        between=between,
    )


def _sums(value: Floats, group: Ints) -> Floats:
    return np.bincount(group, value, int(group.max()) + 1)
