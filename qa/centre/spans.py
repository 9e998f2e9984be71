"""What both languages' deadlines come to: an amount of time, or a day with an hour."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from qa.centre.workdays import Workdays

# The last hour that a part of a day leaves (guess: how shifts and customers speak of them).
PARTS: dict[str, time] = {
    "dawn": time(8), "morning": time(12), "noon": time(14), "afternoon": time(18),
    "office": time(18), "evening": time(22), "day": time(23, 59),
}  # fmt: skip
LONGEST_DAYS = 730  # guess: whoever names more has misheard

Unit = Literal["minute", "hour", "day", "workday", "week", "month"]


class Amount(NamedTuple):
    """So much time from when it was said."""

    size: float
    unit: Unit


class Moment(NamedTuple):
    """A day and the part of it, or the hour, that is named. day None: the day it was said."""

    day: date | None
    part: str = "day"
    clock: time | None = None


def end_of(found: Amount | Moment, said: datetime, workdays: Workdays) -> datetime | None:
    """The last moment left, in UTC. said: in the site's zone."""
    zone = said.tzinfo
    assert isinstance(zone, ZoneInfo), "a promise is dated in the site's zone"
    if isinstance(found, Amount):
        return _after(found, said, zone, workdays)
    day = found.day or said.date()
    clock = found.clock or PARTS[found.part]
    if not 0 <= (day - said.date()).days <= LONGEST_DAYS:
        return None
    due = datetime.combine(day, clock, zone).astimezone(UTC)
    if due <= said.astimezone(UTC):  # "by noon", said at one: the day it names is over
        due = datetime.combine(day, PARTS["day"], zone).astimezone(UTC)
    return due


def _after(amount: Amount, said: datetime, zone: ZoneInfo, workdays: Workdays) -> datetime | None:
    """Hours and minutes count exactly, days until the end of the last one."""
    count = amount.size
    if count <= 0 or count > LONGEST_DAYS * 24 * 60:
        return None
    if amount.unit in ("minute", "hour"):
        hours = count if amount.unit == "hour" else count / 60
        return (said.astimezone(UTC) + timedelta(hours=hours)) if hours <= 17520 else None
    whole = int(-(-count // 1))
    day = said.date()
    if whole > LONGEST_DAYS:
        return None
    if amount.unit == "workday":
        last = workdays.after(day, whole)
    elif amount.unit == "month":
        last = add_months(day, whole)
    else:
        last = day + timedelta(days=whole * (7 if amount.unit == "week" else 1))
    if (last - day).days > LONGEST_DAYS:
        return None
    return datetime.combine(last, PARTS["day"], zone).astimezone(UTC)


def add_months(day: date, count: int) -> date:
    """The same day so many months later, the last one where the month is shorter."""
    month = day.month - 1 + count
    year, number = day.year + month // 12, month % 12 + 1
    return date(year, number, min(day.day, calendar.monthrange(year, number)[1]))


def month_end(day: date) -> date:
    """The last day of the month that `day` lies in."""
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def next_weekday(day: date, weekday: int) -> date:
    """The first day after `day` that is this weekday, Monday 0."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def next_day_of_month(day: date, number: int) -> date | None:
    """The first day from `day` on that has this number; None where no month has it."""
    for ahead in range(3):
        first = add_months(day.replace(day=1), ahead)
        if number <= calendar.monthrange(first.year, first.month)[1] and number >= 1:
            found = first.replace(day=number)
            if found >= day:
                return found
    return None
