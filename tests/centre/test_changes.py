"""Change against a series' own history: false alarms bounded, real ones found."""

import numpy as np
import pytest
from scipy.stats import false_discovery_control, nbinom

from bench.radar import measured
from qa.centre.changes import Series, _chances, changes, rate_ratio
from qa.centre.discoveries import adjusted_for_many
from qa.centre.terms import rising_terms, terms_of


def series(counts: dict[str, list[float]], calls: float = 100.0) -> Series:
    size = len(next(iter(counts.values())))
    return Series(
        np.arange(20_000, 20_000 + size),
        np.full(size, calls),
        {name: np.array(row, dtype=np.float64) for name, row in counts.items()},
    )


def test_false_alarms_are_bounded_and_changes_found() -> None:
    """Share of runs of 13 topics; `bench/radar.py` prints the same with more runs."""
    found = measured(60, seed=11)
    for dispersion in ("50", "8"):
        assert found[f"dispersion {dispersion}, x1, radar"] <= 0.10
        assert found[f"dispersion {dispersion}, x1, mean+2sd"] > 0.30  # the rule of thumb cries
        assert found[f"dispersion {dispersion}, x3, radar"] >= 0.60


def test_a_clear_rise_and_fall_are_told() -> None:
    up = [2.0] * 56 + [8.0] * 7
    down = [8.0] * 56 + [1.0] * 7
    flat = [4.0] * 63
    told, whole = changes(series({"up": up, "down": down, "flat": flat}), recent_days=7)
    moved = {one.topic: one.movement for one in told}
    assert moved == {"up": "rising", "down": "falling", "flat": "usual"}
    rise = next(one for one in told if one.topic == "up")
    assert rise.high is not None
    assert rise.high < rise.complaints == 56
    assert whole.complaints == 91


def test_more_calls_explain_more_complaints() -> None:
    one = series({"t": [4.0] * 56 + [8.0] * 7})
    busy = one._replace(calls=np.array([100.0] * 56 + [200.0] * 7))
    assert changes(one, recent_days=7)[0][0].movement == "rising"
    assert changes(busy, recent_days=7)[0][0].movement == "usual"


def test_a_weekday_pattern_is_no_change() -> None:
    """Mondays complain three times as much; one day's report of a Monday is as usual."""
    days = np.arange(20_000, 20_000 + 64)
    monday = (days + 3) % 7 == 0
    rows = {name: np.where(monday, 18.0, 6.0) for name in ("a", "b")}
    last = int(np.flatnonzero(monday)[-1]) + 1
    cut = Series(days[:last], np.full(last, 200.0), {k: v[:last] for k, v in rows.items()})
    told, _ = changes(cut, recent_days=1)
    assert {one.movement for one in told} == {"usual"}


def test_little_history_says_so() -> None:
    told, _ = changes(series({"t": [1.0] * 15}), recent_days=7)
    assert told[0].movement == "cannot_tell"
    assert changes(series({"t": [0.0] * 7}), recent_days=7)[0][0].movement == "cannot_tell"
    empty, whole = changes(Series(np.arange(30), np.full(30, 9.0), {}), recent_days=7)
    assert (empty, whole.complaints) == ((), 0)


@pytest.mark.parametrize(("mean", "variance"), [(4.0, 4.0), (4.0, 9.0), (0.3, 0.5), (60.0, 300.0)])
def test_chances_are_those_of_scipy(mean: float, variance: float) -> None:
    ours = _chances(mean, variance, most=30)
    if variance > mean:
        share = mean / variance
        theirs = nbinom(mean * share / (1 - share), share).cdf(np.arange(len(ours)))
        assert ours == pytest.approx(theirs)
    assert ours[-1] == pytest.approx(1.0, abs=1e-6)


def test_adjusting_is_benjamini_hochberg() -> None:
    rng = np.random.default_rng(0)
    for size in (1, 2, 13, 200):
        asked = rng.random(size) ** 3
        assert adjusted_for_many(asked) == pytest.approx(false_discovery_control(asked))


def test_an_action_s_effect_takes_the_others_change_out() -> None:
    halved = rate_ratio([4.0] * 28, [2.0] * 28, (280.0, 280.0))
    assert halved is not None
    ratio, low, high, naive = halved
    assert 0.45 < ratio < 0.56
    assert low < ratio < high < 1
    fewer_calls = rate_ratio([4.0] * 28, [2.0] * 28, (280.0, 140.0))
    assert fewer_calls is not None
    assert fewer_calls[0] == pytest.approx(1.0, abs=0.05)
    assert fewer_calls[3] == naive  # the naive one takes fewer calls for an effect
    assert rate_ratio([4.0] * 28, [2.0] * 3, (280.0, 30.0)) is None


def test_terms_rise_against_their_history() -> None:
    before = {"宽带": 200, "断网": 20, "账单": 300}
    recent = {"宽带": 40, "断网": 30, "账单": 60, "怪词": 3}
    found = rising_terms(recent, before, recent_calls=200, before_calls=1000)
    assert [one.term for one in found] == ["断网"]
    assert rising_terms(recent, {}, recent_calls=200, before_calls=0) == ()


def test_words_of_a_complaint() -> None:
    assert "宽带" in terms_of("我要投诉，宽带这个月已经断了三次", "zh")
    assert "这个" not in terms_of("我要投诉，宽带这个月已经断了三次", "zh")
    assert terms_of("My parcel never arrived, PARCEL!", "en") == ("parcel", "never", "arrived")
