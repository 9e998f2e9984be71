"""Coaching nouns: skills, courses, weak points, strengths, recommendations."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from qa.domain.call import Call
from qa.domain.evaluations import Evaluation, Points
from qa.domain.findings import Evidence, Finding
from qa.domain.scorecards import Scorecard
from qa.domain.text import Text
from transcribe.noun import Noun
from transcribe.transcript import Language

SKILLS = (
    "opening", "verification", "listening", "voice", "courtesy", "empathy", "knowledge",
    "process", "record_keeping", "closing", "compliance", "sales",
)  # fmt: skip


class Skill(Noun):
    """What joins an item and a course."""

    id: str
    title: Text
    description: Text


class CourseStep(Noun):
    """One part of a course's outline, enough for a trainer to teach from."""

    title: Text
    minutes: int = Field(gt=0)
    what: Text


class Course(Noun):
    """One entry of the catalogue."""

    id: str = Field(pattern=r"^[A-Z]\d+$")
    title: Text
    skills: tuple[str, ...] = Field(min_length=1)
    level: Literal["basic", "advanced"] = "basic"
    minutes: int = Field(gt=0)
    format: Literal["self_study", "listening", "role_play", "side_by_side", "one_to_one", "class"]
    languages: tuple[Language, ...] = ("zh", "en")
    prerequisites: tuple[str, ...] = ()
    outline: tuple[CourseStep, ...] = Field(min_length=1)
    seats: int = Field(default=8, gt=0, description="at once; guess, a room's usual table")
    trainer: str | None = Field(default=None, description="who gives it; None: any trainer")
    quiz_pass_percent: int = Field(default=80, ge=0, le=100, description="guess")
    valid_from: date | None = None
    valid_to: date | None = Field(default=None, description="the first day it is not given")
    digest: str = ""
    place: str = ""

    def given_on(self, day: date) -> bool:
        """True on a day inside valid_from and valid_to."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


class Window(Noun):
    """Calls that started at or after `from_at` and before `to_at`; None leaves an end open."""

    from_at: AwareDatetime | None = None
    to_at: AwareDatetime | None = None

    def holds(self, call: Call) -> bool:
        """True for a call inside; one whose start nobody told is only in a fully open window."""
        if call.started_at is None:
            return self.from_at is None and self.to_at is None
        return (self.from_at is None or self.from_at <= call.started_at) and (
            self.to_at is None or call.started_at < self.to_at
        )


class Evaluated(Noun):
    """A call with the form it was marked on and the findings behind the marks.

    evaluation: the one that holds now; None for an ungradable call.
    """

    call: Call
    scorecard: Scorecard
    evaluation: Evaluation | None
    findings: tuple[Finding, ...] = ()


class Instance(Noun):
    """One call's part in a weak point: where points were lost, and what would have been right.

    An item with several unmet rules has one instance each, which share its loss evenly.
    """

    call_id: str
    language: Language
    item: str
    rule_id: str | None = None
    fatal: bool = Field(default=False, description="a fatal item that a person confirmed")
    lost_points: Points
    reason: Text
    evidence: tuple[Evidence, ...] = ()
    say: tuple[str, ...] = ()


class WeakPoint(Noun):
    """Points one CSR lost in one skill over a window.

    lost_points: as shares of 100-point calls, summed; lost_share: lost / applicable points.
    """

    csr_id: str
    skill: str
    calls: int = Field(ge=0, description="calls in which the skill was decided")
    lost_points: Points
    applicable_points: Points
    lost_share: float = Field(ge=0, le=1)
    open_items: int = Field(
        ge=0, description="items that still wait for a person, unconfirmed fatal ones too"
    )
    fatal_calls: int = Field(default=0, ge=0, description="calls with a confirmed fatal item")
    languages: tuple[Language, ...] = Field(default=(), description="of the CSR's calls")
    instances: tuple[Instance, ...] = ()


class Strength(Noun):
    """A skill in which one CSR lost nothing over a window."""

    csr_id: str
    skill: str
    calls: int = Field(ge=0, description="calls in which the skill was decided")
    items: int = Field(ge=0, description="items decided, each a chance to lose points")
    applicable_points: Points
    open_items: int = Field(ge=0)


class Recommendation(Noun):
    """A course for a weak point, and why."""

    csr_id: str
    rank: int = Field(ge=1)
    weak_point: WeakPoint
    courses: tuple[Course, ...]
    why: Text
