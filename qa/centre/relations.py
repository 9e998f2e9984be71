"""Outcomes beside items: relation with its doubt, over many pairs, never a cause."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr, stdtrit

from qa.centre.discoveries import adjusted_for_many
from qa.domain.outcomes import Level, Relation

LEAST_CALLS = 15  # met and not met each; fewer tell nothing (guess)
LEAST_CSRS = 5  # clusters; fewer give no honest interval (guess)
HIGHEST_SCORE = 100.0  # contract 2
FALSE_SHARE = 0.05  # of the relations told, at most so many by chance
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Pairs(NamedTuple):
    """Calls with one outcome and one item's mark. stratum: calls that are compared with each
    other (queue and language); csr: clusters. Both are any whole numbers from 0."""

    kind: str
    item: str
    met: Floats
    value: Floats
    stratum: Ints
    csr: Ints


def relations(pairs: Sequence[Pairs]) -> tuple[Relation, ...]:
    """The relation of every pair, surest first; those with too few calls last."""
    found = [_relation(one) for one in pairs]
    tested = [n for n, one in enumerate(found) if one.probability is not None]
    if tested:
        adjusted = adjusted_for_many([found[n].probability or 0.0 for n in tested])
        for n, value in zip(tested, adjusted, strict=True):
            one = found[n]
            verdict = "no_sure_relation"
            if value <= FALSE_SHARE:
                verdict = "higher" if (one.difference or 0) > 0 else "lower"
            found[n] = one.model_copy(
                update={"adjusted": round(float(value), 6), "verdict": verdict}
            )
    return tuple(sorted(found, key=lambda one: (_doubt(one), one.kind, one.item)))


def _doubt(one: Relation) -> float:
    return 2.0 if one.adjusted is None else one.adjusted


def _relation(pair: Pairs) -> Relation:
    """Least squares within strata, with an interval that takes a CSR's calls as one cluster
    (Liang and Zeger 1986, with the usual correction for few clusters)."""
    met = int((pair.met >= 0.5).sum())
    empty = Relation(
        kind=pair.kind, item=pair.item, met=met, not_met=len(pair.met) - met, difference=None,
        low=None, high=None, probability=None, adjusted=None, verdict="too_few",
    )  # fmt: skip
    if min(met, len(pair.met) - met) < LEAST_CALLS:
        return empty
    x = _centred(pair.met, pair.stratum)
    y = _centred(pair.value, pair.stratum)
    clusters, csr = np.unique(pair.csr, return_inverse=True)
    size = float((x * x).sum())
    if len(clusters) < LEAST_CSRS or size <= 1e-9:
        return empty
    slope = float((x * y).sum() / size)
    sums = np.bincount(csr, x * (y - slope * x), len(clusters))
    freedom = len(clusters) - 1
    correction = len(clusters) / freedom
    error = float(np.sqrt(correction * (sums**2).sum()) / size)
    if error <= 0:
        return empty
    half = float(stdtrit(freedom, 0.975)) * error
    probability = 2 * float(stdtr(freedom, -abs(slope / error)))
    return empty.model_copy(
        update={
            "difference": round(slope, 4), "low": round(slope - half, 4),
            "high": round(slope + half, 4), "probability": probability,
        }
    )  # fmt: skip


def _centred(values: Floats, stratum: Ints) -> Floats:
    """The values less the mean of their stratum."""
    many = np.bincount(stratum)
    means = np.bincount(stratum, values) / np.maximum(many, 1)
    return np.asarray(values - means[stratum], dtype=np.float64)


def share_of(metric: str, met: Floats, chances: Floats) -> Level:
    """The share met of all chances with its 95 % interval. met, chances: one a CSR."""
    many = int(chances.sum())
    if not many:
        return Level(metric=metric, calls=0, value=None, low=None, high=None)
    own = chances > 0
    count = int(own.sum())
    mean = float(met.sum() / chances.sum())
    if count < LEAST_CSRS:  # single calls instead: a binomial's spread
        error = float(np.sqrt(mean * (1 - mean) / many))
        freedom = max(many - 1, 1)
    else:
        sums = met[own] - mean * chances[own]
        error = float(np.sqrt((sums**2).sum() * count / (count - 1)) / many)
        freedom = count - 1
    half = float(stdtrit(freedom, 0.975)) * error if mean not in (0.0, 1.0) else 3 / many
    low, high = max(mean - half, 0.0), min(mean + half, 1.0)
    return Level(
        metric=metric, calls=many, value=round(mean, 4), low=round(low, 4), high=round(high, 4)
    )


def level_of(metric: str, values: Sequence[float], csrs: Sequence[str | None]) -> Level:
    """The mean with its 95 % interval, a CSR's calls taken as one cluster where several are."""
    many = len(values)
    if not many:
        return Level(metric=metric, calls=0, value=None, low=None, high=None)
    numbers = np.asarray(values, dtype=np.float64)
    mean = float(numbers.mean())
    names, index = np.unique([name or "" for name in csrs], return_inverse=True)
    groups = index if len(names) >= LEAST_CSRS else np.arange(many)
    count = int(groups.max()) + 1
    if count < 2:
        return Level(metric=metric, calls=many, value=round(mean, 4), low=None, high=None)
    sums = np.bincount(groups, numbers - mean, count)
    error = float(np.sqrt((sums**2).sum() * count / (count - 1)) / many)
    half = float(stdtrit(count - 1, 0.975)) * error
    low, high = mean - half, mean + half
    if set(values) <= {0.0, 1.0}:
        if mean in (0.0, 1.0):  # none in n: up to 3 in n are likely (the rule of three)
            low, high = mean - 3 / many, mean + 3 / many
        low, high = max(low, 0.0), min(high, 1.0)
    if metric == "score":
        low, high = max(low, 0.0), min(high, HIGHEST_SCORE)
    return Level(
        metric=metric, calls=many, value=round(mean, 4), low=round(low, 4), high=round(high, 4)
    )
