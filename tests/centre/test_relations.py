"""Outcomes beside items: intervals that hold the truth, few false relations."""

import numpy as np
import pytest

from bench.outcomes import measured, simulated
from qa.centre.relations import Pairs, level_of, relations


def test_intervals_hold_the_truth_and_few_relations_are_false() -> None:
    """Shares of 40 centres; `bench/outcomes.py` prints the same with more."""
    found = measured(40, seed=5)
    assert found["effect 0.0: interval holds the truth"] >= 0.85
    assert found["effect 0.3: interval holds the truth"] >= 0.85
    assert found["effect 0.3: told"] >= 0.4
    assert found["effect 0.0: runs with a false relation, ours"] <= 0.15
    assert found["effect 0.0: runs with a false relation, t-tests"] >= 0.9


def test_a_relation_says_which_way() -> None:
    pairs = simulated(np.random.default_rng(1), 1.0)
    assert relations(pairs)[0].item == "I00"
    assert relations(pairs)[0].verdict == "higher"
    turned = [one._replace(met=1 - one.met) for one in pairs]
    assert relations(turned)[0].verdict == "lower"


def test_too_few_calls_or_people_say_so() -> None:
    few = Pairs("csat", "A", np.array([1.0, 0.0] * 10), np.arange(20.0), np.zeros(20, np.int64),
                np.arange(20))  # fmt: skip
    assert relations([few])[0].verdict == "too_few"
    size = 200
    rng = np.random.default_rng(2)
    one_csr = Pairs("csat", "A", np.tile([1.0, 0.0], size // 2), rng.random(size),
                    np.zeros(size, np.int64), np.zeros(size, np.int64))  # fmt: skip
    assert relations([one_csr])[0].verdict == "too_few"
    assert relations([]) == ()


def test_a_level_takes_a_csr_as_one_cluster() -> None:
    rng = np.random.default_rng(3)
    csr = np.repeat(np.arange(10), 50)
    values = list(rng.normal(0, 1, 10)[csr] + rng.normal(0, 0.1, 500))
    together = level_of("score", values, [str(one) for one in csr])
    apart = level_of("score", values, [None] * 500)
    assert together.high is not None
    assert together.low is not None
    assert apart.high is not None
    assert apart.low is not None
    assert together.high - together.low > 3 * (apart.high - apart.low)
    assert level_of("score", [], []).value is None
    assert level_of("score", [5.0], ["1"]).low is None


@pytest.mark.parametrize(("value", "low", "high"), [(0.0, 0.0, 0.03), (1.0, 0.97, 1.0)])
def test_none_in_a_hundred_may_still_be_three(value: float, low: float, high: float) -> None:
    level = level_of("resolved", [value] * 100, [None] * 100)
    assert (level.low, level.high) == (low, high)
