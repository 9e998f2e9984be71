"""Working days of a site: its country's public holidays, with what the site adds."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

import holidays

MOST_DAYS = 3660  # a deadline further off than ten years is no deadline


class Workdays:
    """Which days are working days.

    country: ISO code, for example CN, whose moved working days (调休) are known as well; "" for
    none, then Monday to Friday. holidays, workdays: days the site itself takes off or works.
    """

    def __init__(
        self, country: str = "", *, off: Iterable[date] = (), on: Iterable[date] = ()
    ) -> None:
        self._country = holidays.country_holidays(country) if country else None
        self._off = frozenset(off)
        self._on = frozenset(on)

    def is_workday(self, day: date) -> bool:
        """True on a day that people work here."""
        if day in self._off or day in self._on:
            return day in self._on
        if self._country is None:
            return day.weekday() < 5
        return bool(self._country.is_working_day(day))

    def after(self, day: date, count: int) -> date:
        """The count-th working day after `day`; `day` itself is not counted."""
        found = day
        for _ in range(MOST_DAYS):
            if count <= 0:
                break
            found += timedelta(days=1)
            count -= self.is_workday(found)
        return found


@lru_cache(maxsize=8)
def workdays_of(country: str, off: tuple[date, ...] = (), on: tuple[date, ...] = ()) -> Workdays:
    """The working days of a site's settings, made once."""
    return Workdays(country, off=off, on=on)


def known_countries() -> tuple[str, ...]:
    """The country codes whose holidays are known."""
    return tuple(sorted(holidays.list_supported_countries()))
