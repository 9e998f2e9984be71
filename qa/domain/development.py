"""Development nouns: roles, what is still missing, recognition, questions."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from qa.domain.text import Text
from transcribe.noun import Noun

Standing = Literal["met", "not_met", "cannot_tell"]


class Role(Noun):
    """One step of the ladder. skills: the met-rate each needs, 0-1."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Text
    skills: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(default_factory=dict)
    least_calls: int = Field(default=0, ge=0)
    quizzes: tuple[str, ...] = Field(default=(), description="courses whose quiz must be passed")
    next: tuple[str, ...] = ()


class RoleLine(Noun):
    """One thing a role asks, and how the CSR stands to it."""

    kind: Literal["calls", "skill", "quiz", "fatal"]
    subject: str = Field(description="a skill or a course; empty for calls and fatal items")
    wanted: float
    has: float | None
    standing: Standing
    sure: float | None = Field(default=None, description="probability that it is reached")
    more_calls: int | None = None
    course_id: str | None = Field(default=None, description="the next step, where a course helps")


class RoleCheck(Noun):
    """Whether a CSR is ready for a role, line by line."""

    csr_id: str
    role_id: str
    ready: bool
    lines: tuple[RoleLine, ...]


class Development(Noun):
    """A CSR's path: the role held, and what each role it leads to still asks."""

    csr_id: str
    role_id: str
    checks: tuple[RoleCheck, ...]


class Recognition(Noun):
    """Something to praise, with what shows that it is no luck. kind: steady or improved."""

    id: str = ""
    about: Literal["csr", "team"]
    subject: str
    kind: Literal["steady", "improved"]
    sure: float = Field(ge=0, le=1, description="probability that it is real")
    why: Text
    calls: tuple[str, ...] = Field(default=(), description="examples worth hearing")
    given_by: str | None = None
    given_at: AwareDatetime | None = None


class Question(Noun):
    """A CSR's question to the team lead; never read by anything that grades."""

    id: str
    csr_id: str
    text: str = Field(min_length=1, max_length=2000)
    call_id: str | None = None
    owner: str = ""
    asked_at: AwareDatetime
    answer: str | None = None
    answered_by: str | None = None
    answered_at: AwareDatetime | None = None
