"""Plans: what a CSR and their lead agreed to work on, until when, and how it went."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field, model_validator

from qa.domain.text import Text
from transcribe.noun import Noun

PlanStatus = Literal["proposed", "agreed", "closed", "reopened", "cancelled"]
RECHECK_DAYS = (7, 21, 60)  # spaced after the course (issue 5); a site may choose others
ROLES: dict[str, Text] = {  # who signs
    "csr": Text(zh="座席", en="CSR"),
    "supervisor": Text(zh="班组长", en="supervisor"),
}
MOST_PRIORITIES = 2  # more are not worked on at once (requirement S4)


class PlanAction(Noun):
    """One thing to do; done when `done_on` is set."""

    what: Text
    owner: str = Field(min_length=1)
    due: date
    course_id: str | None = None
    done_on: date | None = None


class Priority(Noun):
    """One skill to work on. Shares are met-rates adjusted for call mix, 0-1."""

    skill: str
    baseline_share: float = Field(ge=0, le=1)
    target_share: float = Field(ge=0, le=1)
    team_share: float = Field(ge=0, le=1)
    why: Text
    calls: tuple[str, ...] = Field(default=(), description="ids of calls to listen to together")


class Recheck(Noun):
    """How later calls look so many days after the course. Shares 0-1."""

    skill: str
    day: int
    due: date
    chances: int
    met_share: float | None
    low: float | None
    high: float | None
    standing: Literal["not_due", "cannot_tell", "on_target", "better", "slid_back"]
    more_calls: int = Field(default=0, ge=0)


class Signature(Noun):
    """Who agreed, and when. role: csr or supervisor."""

    role: Literal["csr", "supervisor"]
    by: str = Field(min_length=1)
    at: AwareDatetime


class CoachingPlan(Noun):
    """At most two priorities with actions; agreed when both signed."""

    id: str = Field(min_length=1)
    csr_id: str = Field(min_length=1)
    team: str | None = None
    owner: str = Field(min_length=1, description="the supervisor who sees it through")
    made_on: date
    priorities: tuple[Priority, ...] = Field(min_length=1, max_length=MOST_PRIORITIES)
    actions: tuple[PlanAction, ...] = ()
    trained_on: date | None = Field(default=None, description="re-checks count from this day")
    rechecks: tuple[Recheck, ...] = ()
    signatures: tuple[Signature, ...] = ()
    status: PlanStatus = "proposed"

    @model_validator(mode="after")
    def _agreed_by_both(self) -> "CoachingPlan":
        signed = {one.role for one in self.signatures}
        if self.status in ("agreed", "closed", "reopened") and signed != {"csr", "supervisor"}:
            raise ValueError("a plan that is agreed has the signatures of both")
        return self
