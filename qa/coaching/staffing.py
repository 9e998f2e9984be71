"""How many must stay on the telephones: Erlang C.

pyworkforce was tried: it brings OR-Tools and pandas for ten lines of arithmetic. The one
function that is hard to get right, the Poisson distribution's tail, is scipy's.
"""

import math


def waiting_share(staff: int, erlangs: float) -> float:
    """The share of callers who wait (Erlang C): Poisson arrivals, exponential handling times,
    nobody hangs up.

    erlangs: offered load, calls an hour times handling time in hours. 1 where the staff cannot
    carry the load.
    """
    if erlangs <= 0:
        return 0.0
    if staff <= erlangs:
        return 1.0
    blocked = _blocked_share(staff, erlangs)
    return blocked / (1 - erlangs / staff * (1 - blocked))


def _blocked_share(staff: int, erlangs: float) -> float:
    """Erlang B: the last Poisson term by the sum of all up to it."""
    from scipy.special import gammaincc, gammaln

    term = math.exp(-erlangs + staff * math.log(erlangs) - float(gammaln(staff + 1)))
    return term / float(gammaincc(staff + 1, erlangs))


def answered_share(
    calls: float, *, handling_s: float, staff: int, within_s: float, interval_s: float = 1800.0
) -> float:
    """The share of calls that are answered within `within_s`, if so many take calls.

    calls: in the interval. 1 without calls.
    """
    if calls <= 0:
        return 1.0
    erlangs = calls * handling_s / interval_s
    if staff <= erlangs:
        return 0.0
    waits = waiting_share(staff, erlangs)
    return 1 - waits * math.exp(-(staff - erlangs) * within_s / handling_s)


def staff_needed(
    calls: float,
    *,
    handling_s: float,
    goal_share: float,
    within_s: float,
    interval_s: float = 1800.0,
) -> int:
    """The fewest who answer `goal_share` of the calls within `within_s`; 0 without calls."""
    if calls <= 0:
        return 0
    staff = max(1, math.floor(calls * handling_s / interval_s) + 1)
    while (
        answered_share(
            calls, handling_s=handling_s, staff=staff, within_s=within_s, interval_s=interval_s
        )
        < goal_share
    ):
        staff += 1
    return staff
