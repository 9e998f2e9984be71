"""When people can be trained: half hours in which calls leave some of them free."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from qa.coaching.staffing import answered_share, staff_needed
from qa.domain.curriculum import QuietHour, ServiceGoal
from qa.domain.marks import Floats, Ints

STEP_MINUTES = 30
HALF_HOURS = 24 * 60 // STEP_MINUTES
USUAL_CALL_S = 240.0  # guess: where no call tells its length
CALLS_A_SHIFT = 6.0  # guess: fewer known calls a CSR and day do not tell who was on duty when


def quiet_hours(
    day: Ints, minute: Floats, csr: Ints, duration_s: Floats, goal: ServiceGoal
) -> tuple[QuietHour, ...]:
    """Every half hour of the week in which somebody was on duty, by weekday and time.

    One entry a call: day (from 1970, the site's), minute of the day, who took it, how long it
    took (NaN: not told). On duty is who took a call before and one after that half hour on
    the same day, or in it; averaged over the days of that weekday on which anybody worked;
    `goal.on_duty` where the site tells it.
    `goal.recorded_share` says which share of the real calls these are.
    """
    if not len(day):
        return ()
    told = duration_s[~np.isnan(duration_s)]
    handling_s = (float(told.mean()) if len(told) else USUAL_CALL_S) + goal.after_call_s
    step = (minute // STEP_MINUTES).astype(np.int64)
    days, at = np.unique(day, return_inverse=True)
    weekday = (days + 3) % 7  # 1 January 1970 was a Thursday
    calls = np.zeros((len(days), HALF_HOURS))
    np.add.at(calls, (at, step), 1.0)
    duty = _on_duty(at, step, csr, len(days))
    shifts = len(np.unique(at * (int(csr.max()) + 1) + csr))
    telling = len(day) / shifts >= CALLS_A_SHIFT
    found = []
    for number in range(7):
        own = weekday == number
        if not own.any():
            continue
        mean_calls = calls[own].mean(axis=0) / goal.recorded_share
        mean_duty = duty[own].mean(axis=0)
        for n in range(HALF_HOURS):
            if mean_calls[n] <= 0 and (mean_duty[n] <= 0 or not telling):
                continue
            on_duty = float(mean_duty[n]) if telling else None
            if goal.on_duty is not None:
                on_duty = float(goal.on_duty)
            found.append(_hour(number, n, float(mean_calls[n]), on_duty, handling_s, goal))
    return tuple(found)


def _on_duty(at: Ints, step: Ints, csr: Ints, days: int) -> Floats:
    """[day, half hour] CSRs between their first and last call of the day."""
    duty = np.zeros((days, HALF_HOURS + 1))
    person = at * (int(csr.max()) + 1) + csr
    _, first = np.unique(person, return_index=True)
    order = np.lexsort((step, person))
    ends = np.append(np.flatnonzero(np.diff(person[order])), len(order) - 1)
    starts = np.append(0, ends[:-1] + 1)
    assert len(starts) == len(first), "one shift a person and day"
    for begin, end in zip(order[starts], order[ends], strict=True):
        duty[at[begin], step[begin]] += 1
        duty[at[begin], step[end] + 1] -= 1
    return np.asarray(np.cumsum(duty, axis=1)[:, :HALF_HOURS])


def _hour(
    weekday: int,
    number: int,
    calls: float,
    duty: float | None,
    handling_s: float,
    goal: ServiceGoal,
) -> QuietHour:
    interval_s = STEP_MINUTES * 60.0
    needed = staff_needed(
        calls,
        handling_s=handling_s,
        goal_share=goal.answered_share,
        within_s=goal.within_s,
        interval_s=interval_s,
    )
    present = None if duty is None else int(duty + 1e-9)
    spare = None if present is None else max(0, present - needed)
    share = None
    if present is not None and spare is not None:
        share = answered_share(
            calls,
            handling_s=handling_s,
            staff=present - spare,
            within_s=goal.within_s,
            interval_s=interval_s,
        )
    return QuietHour(
        weekday=weekday,
        start_minute=number * STEP_MINUTES,
        calls=round(calls, 2),
        on_duty=None if duty is None else round(duty, 2),
        needed=needed,
        spare=spare,
        answered_share=None if share is None else round(share, 4),
    )


class Room(NamedTuple):
    """What a session would find: spare CSRs (None: not known), and calls in that time."""

    spare: int | None
    calls: float


def room_for(hours: Sequence[QuietHour], weekday: int, start_minute: int, minutes: int) -> Room:
    """The least spare of all half hours a session touches, and their calls; none outside duty."""
    known = {(one.weekday, one.start_minute): one for one in hours}
    first = start_minute // STEP_MINUTES
    last = (start_minute + minutes - 1) // STEP_MINUTES
    touched = [known.get((weekday, n * STEP_MINUTES)) for n in range(first, last + 1)]
    found = [one for one in touched if one is not None]
    if len(found) < len(touched):
        return Room(0, 0.0)
    spares = [one.spare for one in found if one.spare is not None]
    return Room(min(spares) if spares else None, sum(one.calls for one in found))
