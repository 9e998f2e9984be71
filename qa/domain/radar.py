"""Complaint radar: topics against their own history, what repeats, what is done about it."""

from datetime import date
from typing import Literal

from pydantic import Field

from qa.domain.text import Text
from transcribe.noun import Noun

Movement = Literal["rising", "falling", "usual", "cannot_tell"]


class TopicChange(Noun):
    """One topic's complaints in the days looked at, against what its history lets expect.

    expected, low, high: complaints of the same number of calls on the same weekdays; 95 % of
    periods without change fall inside low and high. adjusted: the smallest share of false alarms
    among the topics at which this one would be told (Benjamini-Hochberg).
    """

    topic: str
    complaints: int = Field(ge=0)
    expected: float | None
    low: int | None
    high: int | None
    probability: float | None
    adjusted: float | None
    movement: Movement


class RisingTerm(Noun):
    """A word that more of the recent complaints say than before; shares 0-1 of complaints."""

    term: str
    recent_calls: int
    before_calls: int
    recent_share: float
    before_share: float
    z: float


class Example(Noun):
    """A place where a customer complained."""

    call_id: str
    start_s: float
    quote: str


class Improvement(Noun):
    """What is done about a topic, by whom, from when on."""

    id: str = Field(min_length=1)
    topic: str = Field(min_length=1)
    what: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    from_day: date = Field(description="the first day it can show")
    due: date | None = None
    status: Literal["open", "done", "dropped"] = "open"


class ImprovementEffect(Noun):
    """Complaints a call after an action against before, others' change removed.

    ratio: 0.8 is a fifth fewer; low and high its 95 % interval. naive: without removing what all
    other topics did in the same time.
    """

    action: Improvement
    before: int
    after: int
    ratio: float | None
    low: float | None
    high: float | None
    naive: float | None
    verdict: Literal["fewer", "more", "no_clear_change", "cannot_tell"]
    why: Text


class RadarLine(Noun):
    """One topic of the radar."""

    topic: str
    title: Text
    department: Text
    change: TopicChange
    repeats: int = Field(ge=0, description="calls of a customer who called about it before")
    repeat_customers: int = Field(ge=0)
    examples: tuple[Example, ...] = ()
    actions: tuple[ImprovementEffect, ...] = ()


class Radar(Noun):
    """The complaint radar of some days; lines rising first, then by complaints.

    unknown_customers: calls that no customer is known of, which cannot be seen to repeat.
    """

    from_day: date
    to_day: date = Field(description="the last day")
    history_days: int
    calls: int
    complaints: int
    unknown_customers: int
    total: TopicChange
    lines: tuple[RadarLine, ...]
    terms: tuple[RisingTerm, ...]
