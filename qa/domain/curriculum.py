"""Curriculum nouns: gaps of groups, quiet hours, planned sessions, what became of them."""

import re
from datetime import date, datetime, timedelta

from pydantic import Field, field_validator

from qa.domain.text import Text
from transcribe.noun import Noun

QUARTER = r"^\d{4}-Q[1-4]$"
_START = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")


class ServiceGoal(Noun):
    """What the telephones must keep while people are trained."""

    answered_share: float = Field(default=0.8, gt=0, lt=1)
    within_s: float = Field(default=20, ge=0)
    after_call_s: float = Field(default=30, ge=0)
    recorded_share: float = Field(default=1.0, gt=0, le=1)
    on_duty: int | None = Field(default=None, ge=1)


class Gap(Noun):
    """A team or queue in one skill. Shares are met-rates, with a 95 % interval."""

    group: str
    skill: str
    met_share: float
    low: float
    high: float
    chances: int = Field(ge=0)
    calls: int = Field(ge=0)
    csrs: int = Field(ge=0)
    lost_points_a_call: float = Field(ge=0, description="of a 100-point form")
    standing: str = Field(description="below: surely under the rest of the site; above; or -")


class Cohort(Noun):
    """People who need the same course, and how often it must be given for them."""

    course_id: str
    skill: str
    csr_ids: tuple[str, ...]
    seats: int
    sessions: int
    points_a_month: float
    why: Text


class QuietHour(Noun):
    """Half an hour of a weekday as it usually is. weekday: 0 is Monday; times are the site's.

    spare: how many CSRs may leave the telephones while the service goal is kept. on_duty, spare
    and answered_share are None where too few calls are known to tell who was on duty.
    """

    weekday: int = Field(ge=0, le=6)
    start_minute: int = Field(ge=0, lt=1440)
    calls: float = Field(ge=0)
    on_duty: float | None = Field(ge=0)
    needed: int = Field(ge=0)
    spare: int | None = Field(ge=0)
    answered_share: float | None = Field(
        ge=0, le=1, description="answered in time with everyone but the spare ones"
    )


class PlannedSession(Noun):
    """One session of a quarter, as the trainer writes it. start: the site's time."""

    id: str = Field(min_length=1)
    course: str = Field(min_length=1)
    start: str = Field(description="YYYY-MM-DD HH:MM")
    minutes: int = Field(gt=0, le=480)
    trainer: str = ""
    csrs: tuple[str, ...] = Field(min_length=1)
    why: str = ""

    @field_validator("start")
    @classmethod
    def _is_a_moment(cls, value: str) -> str:
        if not _START.fullmatch(value):
            raise ValueError("not of the form 2025-04-08 14:30")
        datetime.fromisoformat(value)
        return value

    @property
    def at(self) -> datetime:
        """The start without a zone: the site's."""
        return datetime.fromisoformat(self.start)

    @property
    def until(self) -> datetime:
        return self.at + timedelta(minutes=self.minutes)


class Curriculum(Noun):
    """The sessions of a quarter."""

    quarter: str = Field(pattern=QUARTER)
    sessions: tuple[PlannedSession, ...] = ()


class SessionProgress(Noun):
    """A planned session and who came. missing: planned, and not seen until now."""

    session: PlannedSession
    attended: tuple[str, ...]
    missing: tuple[str, ...]
    held: bool


def quarter_of(day: date) -> str:
    """The quarter a day lies in."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def quarter_days(quarter: str) -> tuple[date, date]:
    """The first day of a quarter and the first after it."""
    year, number = int(quarter[:4]), int(quarter[-1])
    first = date(year, 3 * number - 2, 1)
    return first, date(year + (number == 4), 3 * number % 12 + 1, 1)
