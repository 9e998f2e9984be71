"""Change of counts against their own history: weekday pattern, overdispersion, many topics."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, pdtr

from qa.centre.discoveries import adjusted_for_many
from qa.domain.radar import Movement, TopicChange

LEAST_HISTORY_DAYS = 14  # two of each weekday (guess)
FALSE_SHARE = 0.05  # of the topics called rising or falling, at most so many by chance
PRIOR_CALLS = 7.0  # days that the pooled weekday pattern counts against one weekday's (guess)
Floats = npt.NDArray[np.float64]


class Series(NamedTuple):
    """Counts a day. day: days from 1970, ascending, without gaps. calls: all calls of the day."""

    day: npt.NDArray[np.int64]
    calls: Floats
    counts: Mapping[str, Floats]


def changes(series: Series, *, recent_days: int) -> tuple[tuple[TopicChange, ...], TopicChange]:
    """Each topic's last `recent_days` against the days before, and that of all counts together.

    The expected count follows the calls of each day and how often a call of that weekday
    complains. Days vary more than chance alone (Pearson dispersion, never below 1), and the rate
    itself is only estimated: both widen what counts as usual. A negative binomial of that mean
    and variance gives the probability; the two-sided ones of all topics are adjusted together
    (Benjamini-Hochberg), so that of the topics told at most `FALSE_SHARE` are false.
    """
    names = sorted(series.counts)
    recent = np.zeros(len(series.day), dtype=bool)
    recent[len(series.day) - recent_days :] = True
    total = np.sum([series.counts[name] for name in names], axis=0) if names else series.calls * 0
    exposure = series.calls * _weekday_pattern(series, total, ~recent)
    found = [_change(name, series.counts[name], exposure, recent) for name in names]
    tested = [n for n, one in enumerate(found) if one.probability is not None]
    if tested:
        adjusted = adjusted_for_many([found[n].probability or 0.0 for n in tested])
        for n, value in zip(tested, adjusted, strict=True):
            found[n] = _told(found[n], float(value))
    whole = _change("*", total, exposure, recent)
    if whole.probability is not None:
        whole = _told(whole, whole.probability)
    return tuple(found), whole


def _weekday_pattern(series: Series, total: Floats, past: npt.NDArray[np.bool_]) -> Floats:
    """How often a call of each day's weekday complains, 1 on the mean, shrunk towards 1."""
    weekday = (series.day + 3) % 7  # 1970-01-01 was a Thursday
    calls = np.bincount(weekday[past], series.calls[past], 7)
    counts = np.bincount(weekday[past], total[past], 7)
    if calls.sum() <= 0 or counts.sum() <= 0:
        return np.ones(len(series.day))
    mean = counts.sum() / calls.sum()
    prior = PRIOR_CALLS / mean  # calls with seven complaints
    rate = (counts + mean * prior) / (calls + prior) / mean
    return np.asarray(rate[weekday], dtype=np.float64)


def _change(
    name: str, counts: Floats, exposure: Floats, recent: npt.NDArray[np.bool_]
) -> TopicChange:
    past = ~recent & (exposure > 0)
    now = int(counts[recent].sum())
    days, seen = int(past.sum()), float(counts[past].sum())
    if days < LEAST_HISTORY_DAYS or exposure[recent].sum() <= 0:
        return TopicChange(
            topic=name, complaints=now, expected=None, low=None, high=None, probability=None,
            adjusted=None, movement="cannot_tell",
        )  # fmt: skip
    # Half a complaint more, so that what never happened before is rare, not impossible.
    rate = (seen + 0.5) / exposure[past].sum()
    expected = rate * exposure[recent].sum()
    fitted = rate * exposure[past]
    spread = float(((counts[past] - fitted) ** 2 / fitted).sum() / max(days - 1, 1))
    spread = max(1.0, spread)
    variance = spread * expected + spread * expected**2 / (seen + 0.5)
    usual = _chances(expected, variance, most=now)
    above = 1.0 - (float(usual[now - 1]) if now else 0.0)
    below = float(usual[now])
    both = min(1.0, 2 * min(above, below))
    return TopicChange(
        topic=name,
        complaints=now,
        expected=round(float(expected), 2),
        low=int(np.searchsorted(usual, 0.025)),
        high=int(np.searchsorted(usual, 0.975)),
        probability=both,
        adjusted=None,
        movement="usual",
    )


def _chances(mean: float, variance: float, *, most: int) -> Floats:
    """The chance of a count up to 0, 1, 2 ... and beyond `most`: negative binomial with this mean
    and variance, Poisson where the variance is not larger."""
    upto = np.arange(max(most, int(mean + 12 * np.sqrt(variance))) + 2, dtype=np.float64)
    if variance <= mean * 1.000001:
        return np.asarray(pdtr(upto, mean), dtype=np.float64)
    share = mean / variance
    return np.asarray(betainc(mean * share / (1 - share), upto + 1, share), dtype=np.float64)


def _told(one: TopicChange, adjusted: float) -> TopicChange:
    """The change with what can be said of it; outside the usual and not sure: cannot tell."""
    assert one.expected is not None, "what was tested has an expectation"
    assert one.low is not None, "and a usual range"
    assert one.high is not None, "and a usual range"
    movement: Movement = "usual"
    if adjusted <= FALSE_SHARE:
        movement = "rising" if one.complaints > one.expected else "falling"
    elif not one.low <= one.complaints <= one.high:
        movement = "cannot_tell"
    return one.model_copy(update={"adjusted": round(adjusted, 6), "movement": movement})


def rate_ratio(
    before: Sequence[float] | Floats, after: Sequence[float] | Floats, others: tuple[float, float]
) -> tuple[float, float, float, float] | None:
    """(ratio, low, high, naive) of a topic's daily counts after against before; None if too few.

    others: what all other topics counted in the same days, before and after; their change is
    taken out (ratio of ratios). Days that vary more than chance alone widen the 95 % interval.
    """
    first, last = np.array(before, dtype=np.float64), np.array(after, dtype=np.float64)
    if len(first) < 7 or len(last) < 7 or min(others) <= 0:
        return None
    a, b = first.sum() + 0.5, last.sum() + 0.5
    rates = a / len(first), b / len(last)
    spread = 1.0
    fitted = np.concatenate([np.full(len(first), rates[0]), np.full(len(last), rates[1])])
    residual = (np.concatenate([first, last]) - fitted) ** 2 / fitted
    spread = max(1.0, float(residual.sum() / max(len(fitted) - 2, 1)))
    naive = float(np.log(rates[1] / rates[0]))
    drift = float(np.log((others[1] / len(last)) / (others[0] / len(first))))
    half = 1.96 * float(np.sqrt(spread * (1 / a + 1 / b) + spread * sum(1 / o for o in others)))
    shown = naive - drift
    ends = [float(np.exp(x)) for x in (shown, shown - half, shown + half, naive)]
    return ends[0], ends[1], ends[2], ends[3]
