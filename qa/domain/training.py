"""Training nouns: needs, sessions with seats, who goes where and why, what was attended."""

from typing import Literal

from pydantic import AwareDatetime, Field

from qa.domain.text import Text
from transcribe.noun import Noun
from transcribe.transcript import Language


class Need(Noun):
    """One CSR's need in one skill, and what was tried and passed before."""

    csr_id: str
    skill: str
    excess_points_a_month: float = Field(ge=0, description="what the gap costs")
    gap: float = Field(le=0, description="met share under the team's")
    critical: bool = Field(default=False, description="fatal or critical items are among it")
    languages: tuple[Language, ...] = Field(default=(), description="of the calls; empty: any")
    failed_courses: tuple[str, ...] = Field(default=(), description="taken, and did not help")


class Session(Noun):
    """A course given at a time with so many seats. week: any number, equal within a week."""

    id: str
    course_id: str
    week: int
    seats: int = Field(ge=0)
    trainer: str | None = None


class Assignment(Noun):
    """A seat for a CSR, the skill it is for, and why this course and this time."""

    csr_id: str
    skill: str
    session_id: str
    course_id: str
    week: int
    gain_points_a_month: float
    why: Text


class Unmet(Noun):
    """A need that got no seat, and what stood in the way."""

    csr_id: str
    skill: str
    why: Text


class TrainingEvent(Noun):
    """Attendance or a quiz result, imported or entered."""

    csr_id: str
    course_id: str
    kind: Literal["attended", "quiz"]
    at: AwareDatetime
    trainer: str | None = None
    score_percent: float | None = Field(default=None, ge=0, le=100)
