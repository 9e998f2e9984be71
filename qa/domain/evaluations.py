"""Evaluations: the filled form for one call; never edited, only replaced (D7)."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, PlainSerializer

from qa.domain.rules import Verdict
from qa.domain.scorecards import By
from transcribe.noun import Noun

# Points are Decimal inside and numbers in JSON, rounded half up to 0.01 once, at the end.
Points = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]


class Answer(Noun):
    """A person's answer to one item; it stands above the machine's, which is kept."""

    ref_id: str
    verdict: Verdict
    by: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    at: AwareDatetime


class ItemScore(Noun):
    """One item's outcome. `points` is None while the verdict is undecided."""

    ref_id: str
    verdict: Verdict
    points: Points | None
    max_points: Points
    applied_weight: Points = Field(description="percent of all applicable points")
    by: By
    source: Literal["machine", "human", "open"] = Field(
        description="who gave the verdict; open: waits for a person"
    )
    findings: tuple[str, ...] = ()


class SectionScore(Noun):
    """One section's subtotal over its decided items."""

    ref_id: str
    points: Points
    max_points: Points
    items: tuple[ItemScore, ...]


class ClassScore(Noun):
    """Subtotal of one class over its decided items; score None where none was decided."""

    points: Points
    max_points: Points
    score: Points | None


class FatalItem(Noun):
    """A fatal item that was not met; `pending` until a person confirms it."""

    ref_id: str
    reach: Literal["item", "section", "form"]


class Evaluation(Noun):
    """One call against one scorecard."""

    scorecard: str
    version: str
    score: Points | None = Field(description="0-100 over decided items; null when none is")
    coverage: float = Field(ge=0, le=1)
    range: tuple[Points, Points]
    passed: bool | None = Field(alias="pass")
    band: str | None = None
    fatal_pending: tuple[FatalItem, ...] = ()
    fatal: tuple[FatalItem, ...] = ()
    classes: dict[str, ClassScore]
    sections: tuple[SectionScore, ...]
    items: tuple[ItemScore, ...]
