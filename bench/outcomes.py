"""Relations of outcomes to items on simulated centres: coverage, false relations, power.

Rival in the same run: a two-sample t-test on all calls at once, which takes calls of one CSR and
of one queue for independent.
"""

import argparse

import numpy as np
from scipy.stats import ttest_ind

from qa.centre.relations import Pairs, relations

ITEMS, CSRS, CALLS = 25, 30, 40


def simulated(rng: np.random.Generator, effect: float) -> list[Pairs]:
    """CSAT of calls: CSRs and queues differ in it and in how often they meet; item 0 counts."""
    csr = np.repeat(np.arange(CSRS), CALLS)
    queue = rng.integers(0, 3, len(csr))
    good = rng.normal(0, 0.35, CSRS)
    pairs, met_of = [], []
    for _ in range(ITEMS):
        own = rng.normal(0, 0.8, CSRS)
        odds = 0.8 + own[csr] + np.array([0.8, 0.0, -0.8])[queue]
        met_of.append((rng.random(len(csr)) < 1 / (1 + np.exp(-odds))).astype(np.float64))
    value = 3.8 + good[csr] + np.array([0.4, 0.0, -0.4])[queue] + rng.normal(0, 1, len(csr))
    value += effect * met_of[0]
    for n, met in enumerate(met_of):
        pairs.append(Pairs("csat", f"I{n:02d}", met, value, queue, csr))
    return pairs


def measured(runs: int, *, seed: int) -> dict[str, float]:
    """Shares over runs."""
    rng = np.random.default_rng(seed)
    made: dict[str, float] = {}
    for effect in (0.0, 0.3):
        covered = told = false_ours = false_theirs = 0
        for _ in range(runs):
            pairs = simulated(rng, effect)
            found = {one.item: one for one in relations(pairs)}
            first = found["I00"]
            covered += (first.low or 0) <= effect <= (first.high or 0)
            told += first.verdict == "higher"
            false_ours += any(
                one.verdict in ("higher", "lower") for item, one in found.items() if item != "I00"
            )
            false_theirs += any(
                ttest_ind(p.value[p.met > 0], p.value[p.met == 0]).pvalue < 0.05 for p in pairs[1:]
            )
        made[f"effect {effect}: interval holds the truth"] = covered / runs
        made[f"effect {effect}: told"] = told / runs
        made[f"effect {effect}: runs with a false relation, ours"] = false_ours / runs
        made[f"effect {effect}: runs with a false relation, t-tests"] = false_theirs / runs
    return made


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=400)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    print(f"{ITEMS} items, {CSRS} CSRs, {CALLS} calls each")
    for name, share in measured(given.runs, seed=given.seed).items():
        print(f"{name:55} {share:.3f}")


if __name__ == "__main__":
    main()
