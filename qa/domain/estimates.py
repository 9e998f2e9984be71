"""Estimates: what can be said of a CSR's skill, and how surely."""

from typing import Literal

from pydantic import Field

from qa.domain.text import Text
from transcribe.noun import Noun

Standing = Literal["below", "not_below", "cannot_tell"]


class EstimateSettings(Noun):
    """Knobs of the estimates; each a guess that a site may change."""

    half_life_days: float = Field(default=90, gt=0, description="so old calls count half; guess")
    margin: float = Field(
        default=0.05, ge=0, le=1, description="so far under the peers' met-rate is weak; guess"
    )
    sure: float = Field(default=0.8, gt=0.5, lt=1, description="probability to act on; guess")
    precision: float = Field(
        default=0.10, gt=0, lt=1, description="half-width of an interval that can rank; guess"
    )
    least_chances: int = Field(default=10, ge=1, description="below it nothing is said; guess")


class SkillEstimate(Noun):
    """One CSR in one skill, against peers who took the same mix of calls.

    Shares are met-rates, 0-1. `gap`: how far under the team (negative) or above it.
    """

    csr_id: str
    team: str
    skill: str
    calls: int = Field(ge=0)
    chances: int = Field(ge=0, description="decided items")
    met_share: float
    expected_share: float = Field(description="what peers reach on the same mix of calls")
    gap: float = Field(description="met share against the team's, pooled towards the team")
    gap_low: float
    gap_high: float = Field(description="95 % interval of the gap")
    rank_gap: float = Field(
        default=0.0,
        description="the gap that orders a CSR's skills: from where the team would stand by "
        "itself, so that several weak colleagues do not hide each other",
    )
    team_gap: float = Field(description="the team's own distance from the site, pooled")
    below_probability: float = Field(ge=0, le=1)
    standing: Standing
    lost_points_a_month: float = Field(ge=0)
    excess_points_a_month: float = Field(description="lost beyond what the team loses")
    trend_a_month: float = Field(description="change of the met share a month, call mix removed")
    trend_low: float
    trend_high: float
    more_calls: int = Field(ge=0, description="calls still needed before it can be ranked")


class SharedCause(Noun):
    """An item that most of a team, or of the site, fails: no matter of one person."""

    item: str
    skill: str
    team: str | None = Field(description="None: the whole site")
    met_share: float
    low: float
    high: float
    chances: int
    failing_csrs: int
    csrs: int
    kind: Literal["team_course", "script", "process"]
    owner: Text
    why: Text
