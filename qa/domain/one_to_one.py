"""The one-to-one pack: what a supervisor and a CSR look at together, strengths first."""

from pydantic import Field

from qa.domain.plans import CoachingPlan
from qa.domain.text import Text
from transcribe.noun import Noun


class WeekPoint(Noun):
    """One week of a p-chart: shares 0-1; low and high are its limits around the mean."""

    week: str
    share: float = Field(ge=0, le=1)
    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)
    chances: int = Field(ge=1)


class Clip(Noun):
    """A place in a call to listen to together."""

    call_id: str
    start_s: float | None
    item: str
    reason: Text
    say: tuple[str, ...] = ()


class SkillLine(Noun):
    """One skill as it stands, with its doubt."""

    title: Text
    chances: int
    met_share: float
    team_share: float
    says: Text


class OneToOne(Noun):
    """Everything on one CSR's pack. mean: of all items a week; trend in time order."""

    csr_id: str
    csr_name: str | None = None
    team: str | None = None
    calls: int = Field(ge=0)
    mean_score: float | None = None
    strengths: tuple[Text, ...] = ()
    skills: tuple[SkillLine, ...] = ()
    trend: tuple[WeekPoint, ...] = ()
    mean_share: float | None = None
    clips: tuple[Clip, ...] = ()
    examples: tuple[Clip, ...] = Field(
        default=(), description="places of colleagues who agreed to be heard, without names"
    )
    plan: CoachingPlan | None = None
    titles: dict[str, Text] = Field(default_factory=dict, description="of the plan's skills")
