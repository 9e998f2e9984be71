"""Scorecards: the blank form. Points live only here (D3)."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from qa.domain.rules import AppliesTo
from qa.domain.text import Text
from transcribe.noun import Noun
from transcribe.transcript import Language

ItemClass = Literal["nc", "cc", "bc", "pc"]
Fatal = Literal["none", "item", "section", "form"]
By = Literal["machine", "human", "both"]
Combine = Literal["all", "any", "share"]


class Item(Noun):
    """One question of the form.

    points: the most it can give; negative points make it a deduction (met costs nothing,
    not_met costs them) and `bonus` makes it an addition; neither enters the denominator.
    """

    ref_id: str = Field(pattern=r"^[A-Z]{2,5}-\d+$")
    title: Text
    guide: Text = Field(description="behavioural anchor: what a person looks for to answer it")
    points: Decimal
    rules: tuple[str, ...] = ()
    combine: Combine = "all"
    item_class: ItemClass = Field(default="nc", alias="class")
    fatal: Fatal = "none"
    by: By = "machine"
    skill: str
    bonus: bool = False
    place: str = Field(default="", description="file:line:column it was read from")


class Section(Noun):
    """A group of items with a subtotal, and the reach of a section-fatal item."""

    ref_id: str
    title: Text
    items: tuple[Item, ...] = Field(min_length=1)


class Band(Noun):
    """A named stretch of scores: from `from_score` up to the next band."""

    id: str
    title: Text
    from_score: Decimal = Field(ge=0, le=100)


class Scorecard(Noun):
    """A form with a stable id and a version; a published version is never edited."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    version: str = Field(min_length=1)
    language: Language
    direction: Literal["inbound", "outbound"] = "inbound"
    applies_to: AppliesTo = Field(
        default=AppliesTo(),
        description="calls that are put on this form unasked; empty: those no other form claims",
    )
    title: Text
    total_points: Decimal = Field(
        default=Decimal(100), gt=0, description="what the normal items' points must add up to"
    )
    pass_mark: Decimal = Field(ge=0, le=100)
    pass_mark_source: str = Field(min_length=1)
    bands: tuple[Band, ...] = Field(min_length=1)
    sections: tuple[Section, ...] = Field(min_length=1)
    digest: str = ""
    place: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)
