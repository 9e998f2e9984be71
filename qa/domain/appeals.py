"""Appeals 申诉: a contested mark, who contested it and why, and how it ended."""

from typing import Literal

from pydantic import AwareDatetime, Field

from qa.domain.rules import Verdict
from transcribe.noun import Noun

AppealStatus = Literal["open", "overturned", "upheld", "withdrawn"]
Appellant = Literal["csr", "supervisor"]


class Appeal(Noun):
    """One item of one call's evaluation, contested. level 2 is the second appeal, the last.

    marked, marked_by: the verdict that stood and whose it was, a person or the machine.
    wanted: the verdict the appellant asks for. due_at: until when a QA specialist decides.
    """

    call_id: str
    scorecard: str
    item: str
    level: int = Field(default=1, ge=1, le=2)
    csr_id: str | None = None
    team: str | None = None
    role: Appellant
    by: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    at: AwareDatetime
    marked: Verdict
    marked_by: str
    wanted: Verdict
    due_at: AwareDatetime
    status: AppealStatus = "open"
    decided_by: str | None = None
    decided_at: AwareDatetime | None = None
    decision: str | None = Field(default=None, description="why it was upheld or overturned")

    @property
    def id(self) -> str:
        """What names the appeal: one a level, item and form of a call."""
        return f"{self.call_id}/{self.scorecard}/{self.item}/{self.level}"


class AppealCount(Noun):
    """How the appeals of one item ended: many overturned marks speak against its rules."""

    item: str
    raised: int
    open: int
    upheld: int
    overturned: int
