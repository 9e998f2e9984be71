"""Erlang C beside published values, and half hours that can spare people."""

import numpy as np
import pytest

from qa.coaching.quiet_hours import quiet_hours, room_for
from qa.coaching.staffing import answered_share, staff_needed, waiting_share
from qa.domain.curriculum import ServiceGoal


@pytest.mark.parametrize(
    ("staff", "erlangs", "waits"),
    # 1/3 and 4/9 by hand (M/M/2 at load 1, M/M/3 at load 2); the others from printed tables,
    # the last one the worked example of 360 calls in half an hour, four minutes each.
    [(1, 0.5, 0.5), (2, 1, 1 / 3), (3, 2, 4 / 9), (5, 4, 0.5541), (10, 8, 0.4092),
     (55, 48, 0.2387)],
)  # fmt: skip
def test_waiting_share_is_that_of_the_tables(staff: int, erlangs: float, waits: float) -> None:
    assert waiting_share(staff, erlangs) == pytest.approx(waits, abs=5e-5)


def test_the_worked_examples_of_call_centres() -> None:
    assert staff_needed(100, handling_s=180, goal_share=0.8, within_s=20) == 14
    share = answered_share(100, handling_s=180, staff=14, within_s=20)
    assert share == pytest.approx(0.888, abs=0.001)
    assert answered_share(360, handling_s=240, staff=55, within_s=15) == pytest.approx(
        0.846, abs=0.001
    )


def test_the_ends_are_answered() -> None:
    assert waiting_share(3, 0) == 0
    assert waiting_share(3, 3) == 1
    assert answered_share(0, handling_s=180, staff=0, within_s=20) == 1
    assert answered_share(10, handling_s=1800, staff=5, within_s=20) == 0
    assert staff_needed(0, handling_s=180, goal_share=0.8, within_s=20) == 0
    assert staff_needed(5000, handling_s=300, goal_share=0.99, within_s=5) > 833


def week(csrs: int = 12, calls: int = 20) -> tuple[np.ndarray, ...]:
    """Five days of shifts from 9 to 17 h, busy before noon: day, minute, csr, seconds."""
    rng = np.random.default_rng(1)
    rows = []
    for day in range(4, 9):  # 5 January 1970 was a Monday
        for csr in range(csrs):
            busy = rng.uniform(540, 720, calls * 3 // 4)
            calm = rng.uniform(720, 1020, calls // 4)
            rows += [(day, minute, csr, 200.0) for minute in (*busy, *calm, 541, 1019)]
    day, minute, csr, seconds = (np.array(column) for column in zip(*rows, strict=True))
    return day, minute, csr, seconds


def test_people_are_spared_where_calls_are_few() -> None:
    hours = quiet_hours(*week(), ServiceGoal())
    by_time = {(one.weekday, one.start_minute): one for one in hours}
    busy, calm = by_time[0, 600], by_time[0, 840]
    assert busy.on_duty == calm.on_duty == 12
    assert busy.spare is not None
    assert calm.spare is not None
    assert calm.spare > busy.spare
    assert all(
        one.answered_share is not None and one.answered_share >= 0.8 for one in hours if one.spare
    )
    assert room_for(hours, 0, 840, 60).spare == min(calm.spare, by_time[0, 870].spare or 0)
    assert room_for(hours, 6, 840, 60).spare == 0  # nobody works on Sunday
    tighter = quiet_hours(*week(), ServiceGoal(recorded_share=0.5))
    assert sum(one.spare or 0 for one in tighter) < sum(one.spare or 0 for one in hours)


def test_a_sample_of_calls_cannot_tell_who_was_there() -> None:
    day, minute, csr, seconds = week(calls=4)
    few = np.arange(len(day)) % 5 == 0
    hours = quiet_hours(day[few], minute[few], csr[few], seconds[few], ServiceGoal())
    assert {one.spare for one in hours} == {None}
    told = quiet_hours(day[few], minute[few], csr[few], seconds[few], ServiceGoal(on_duty=12))
    assert {one.on_duty for one in told} == {12}
    assert quiet_hours(*(np.zeros(0, np.int64) for _ in range(4)), ServiceGoal()) == ()
