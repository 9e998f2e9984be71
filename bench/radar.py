"""The complaint radar on simulated series: false alarms without change, alarms with one.

Rival in the same run: "mean of the weeks before plus two standard deviations", the rule of thumb
of most dashboards.
"""

import argparse

import numpy as np

from qa.centre.changes import Series, changes

TOPICS = 13
HISTORY_DAYS, RECENT_DAYS = 56, 7


def simulated(
    rng: np.random.Generator, *, raised: float, calls_a_day: float, dispersion: float
) -> Series:
    """Topics of 0.1 % to 4 % of calls, weekends quiet, days overdispersed; topic t00 raised."""
    days = np.arange(HISTORY_DAYS + RECENT_DAYS) + 20_000
    weekday = (days + 3) % 7
    volume = rng.poisson(calls_a_day * np.where(weekday >= 5, 0.4, 1.0)).astype(np.float64)
    pattern = np.where(weekday == 0, 1.4, 1.0)
    shares = np.geomspace(0.001, 0.04, TOPICS)[rng.permutation(TOPICS)]
    counts = {}
    for n, share in enumerate(shares):
        mean = volume * pattern * share
        if n == 0:
            mean[-RECENT_DAYS:] *= raised
        shaken = mean * rng.gamma(dispersion, 1 / dispersion, len(days))
        counts[f"t{n:02d}"] = rng.poisson(shaken).astype(np.float64)
    return Series(days, volume, counts)


def naive(series: Series) -> set[str]:
    """Topics above the mean of the weeks before plus two standard deviations."""
    found = set()
    for name, counts in series.counts.items():
        weeks = counts.reshape(-1, 7).sum(axis=1)
        past = weeks[:-1]
        if weeks[-1] > past.mean() + 2 * past.std(ddof=1):
            found.add(name)
    return found


def measured(runs: int, *, seed: int, calls_a_day: float = 300.0) -> dict[str, float]:
    """Shares of runs. false: any topic told though none changed. power: t00 told."""
    rng = np.random.default_rng(seed)
    made: dict[str, float] = {}
    for dispersion in (50.0, 8.0):
        for raised in (1.0, 1.5, 2.0, 3.0):
            ours = theirs = 0
            for _ in range(runs):
                series = simulated(
                    rng, raised=raised, calls_a_day=calls_a_day, dispersion=dispersion
                )
                told, _ = changes(series, recent_days=RECENT_DAYS)
                up = {one.topic for one in told if one.movement in ("rising", "falling")}
                rival = naive(series)
                if raised == 1.0:
                    ours += bool(up)
                    theirs += bool(rival)
                else:
                    ours += "t00" in up
                    theirs += "t00" in rival
            key = f"dispersion {dispersion:g}, x{raised:g}"
            made[f"{key}, radar"] = ours / runs
            made[f"{key}, mean+2sd"] = theirs / runs
    return made


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=400)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--calls", type=float, default=300.0, help="calls a weekday")
    given = asked.parse_args()
    print(f"{TOPICS} topics, {HISTORY_DAYS} days of history, {given.calls:g} calls a weekday")
    print("x1: share of runs with any false alarm; else: share that find the raised topic")
    for name, share in measured(given.runs, seed=given.seed, calls_a_day=given.calls).items():
        print(f"{name:40} {share:.3f}")


if __name__ == "__main__":
    main()
