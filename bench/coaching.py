"""Coaching against known truth: planted weak skills found, effects of coaching measured.

Each figure stands beside a rival in the same run: for ranking, the skills with the lowest
average; for effects, the coached CSRs' own before and after.
"""

import sys
import time
from itertools import groupby
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from qa.coaching.effects import coaching_effect
from qa.coaching.estimates import rank_key, skill_estimates
from qa.domain.estimates import SkillEstimate
from qa.simulate.centre import CentreSpec, simulate_centre
from qa.simulate.coaching import CoachingSpec, simulate_coaching

CALLS = (10, 20, 40, 60, 100, 200)
CENTRES = 30
EFFECT_CENTRES = 200
# Skills that have about one chance a call or more; the others need more calls by nature.
OFTEN = (
    "opening", "process", "listening", "voice", "courtesy", "knowledge", "record_keeping",
    "closing",
)  # fmt: skip


def recovered(estimates: list[SkillEstimate], planted: frozenset[tuple[str, str]]) -> list[bool]:
    return [(one.csr_id, one.skill) in planted for one in estimates]


def recovery() -> None:
    print(f"planted weak skills, 2 a CSR, 15 points under; {CENTRES} centres of 30 CSRs")
    print("calls  top two planted  lowest average  flagged rightly  flagged, nothing planted")
    for calls in CALLS:
        ours: list[bool] = []
        naive: list[bool] = []
        power: list[bool] = []
        false = people = 0
        for seed in range(CENTRES):
            centre = simulate_centre(CentreSpec(calls_a_csr=calls, seed=seed, planted_among=OFTEN))
            estimates = skill_estimates(centre.marks)
            for _, group in groupby(estimates, key=lambda one: one.csr_id):
                own = list(group)
                ours += recovered(sorted(own, key=rank_key)[:2], centre.planted)
                naive += recovered(sorted(own, key=lambda e: e.met_share)[:2], centre.planted)
            power += [
                one.standing == "below"
                for one in estimates
                if (one.csr_id, one.skill) in centre.planted
            ]
            empty = CentreSpec(calls_a_csr=calls, seed=10_000 + seed, planted_a_csr=0, csr_spread=0)
            below = [
                e for e in skill_estimates(simulate_centre(empty).marks) if e.standing == "below"
            ]
            false += len({one.csr_id for one in below})
            people += empty.csrs
        print(
            f"{calls:5}  {np.mean(ours):15.3f}  {np.mean(naive):14.3f}  {np.mean(power):15.3f}"
            f"  {false / people:24.4f}"
        )


def effects() -> None:
    print(f"\neffect of coaching; {EFFECT_CENTRES} centres of 60 CSRs, 60 calls on each side")
    print("asked   true    bias  naive bias  interval covers  called an effect")
    for asked in (0.0, 0.05, 0.10):
        bias, naive, covers, called, true = [], [], [], [], []
        for seed in range(EFFECT_CENTRES):
            spec = CentreSpec(csrs=60, days=60, planted_a_csr=0, csr_spread=0.06, seed=seed)
            centre = simulate_coaching(CoachingSpec(centre=spec, effect=asked))
            found = coaching_effect(centre.marks, centre.coached, skill="listening")
            if found.estimate is None or found.naive is None:
                continue
            low, high = found.low or 0.0, found.high or 0.0
            true.append(centre.effect)
            bias.append(found.estimate - centre.effect)
            naive.append(found.naive - centre.effect)
            covers.append(low <= centre.effect <= high)
            called.append(found.verdict in ("helps", "harms"))
        print(
            f"{asked:5.2f}  {np.mean(true):5.3f}  {np.mean(bias):+6.4f}  {np.mean(naive):+10.4f}"
            f"  {np.mean(covers):15.3f}  {np.mean(called):16.3f}"
        )


def speed() -> None:
    spec = CentreSpec(csrs=500, teams=25, calls_a_csr=240, days=365)
    marks = simulate_centre(spec).marks
    began_s = time.perf_counter()
    skill_estimates(marks)
    took_s = time.perf_counter() - began_s
    print(f"\n500 CSRs x 1 year, {marks.size} marks: estimates of every CSR in {took_s:.2f} s")


if __name__ == "__main__":
    recovery()
    effects()
    speed()
