"""Rules: a standard the CSR should reach, its conditions, its logic and its own proof."""

from typing import Literal

from pydantic import Field

from qa.domain.logic import Logic
from qa.domain.text import Text
from transcribe.noun import Noun
from transcribe.transcript import Language

Verdict = Literal["met", "not_met", "not_applicable", "undecided"]
AREAS = (
    "OPEN", "ID", "LIS", "VOI", "COU", "EMP", "ACC", "PRO", "HOLD", "REC", "COMP", "CLO",
)  # fmt: skip


class Window(Noun):
    """The stretch of the call that is searched. Turns are counted among the speaker's own."""

    first_turns: int | None = Field(default=None, ge=1)
    last_turns: int | None = Field(default=None, ge=1)
    first_s: float | None = Field(default=None, gt=0)
    last_s: float | None = Field(default=None, gt=0)
    first_share: float | None = Field(default=None, gt=0, le=1)
    last_share: float | None = Field(default=None, gt=0, le=1)


class Condition(Noun):
    """A named use of an operator: what to look for, by whom, where."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    operator: str
    params: dict[str, object] = Field(description="validated by the operator's own model")
    window: Window | None = None
    place: str = Field(default="", description="file:line:column it was read from")


class Case(Noun):
    """A call in script form and the verdict the rule must give on it."""

    name: str = ""
    expect: Verdict
    call: str = Field(min_length=1, description="a `.call` script")
    place: str = Field(default="", description="file:line:column it was read from")


class Record(Noun):
    """The figures a live rule stands on: agreement with labels on a named set."""

    set: str
    calls: int = Field(ge=0)
    precision: float | None = Field(default=None, ge=0, le=1)
    recall: float | None = Field(default=None, ge=0, le=1)


class AppliesTo(Noun):
    """Calls the rule is for; an empty field does not restrict."""

    direction: tuple[Literal["inbound", "outbound"], ...] = ()
    queue: tuple[str, ...] = ()
    attributes: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Rule(Noun):
    """One standard. `met` is always good (D3). `digest` covers what changes meaning only."""

    id: str = Field(pattern=r"^[A-Z]{2,5}-[0-9]{3}$")
    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    language: Language
    title: Text
    why: Text
    wrong_when: Text
    status: Literal["trial", "live", "retired"] = "trial"
    applies_to: AppliesTo = AppliesTo()
    conditions: tuple[Condition, ...] = Field(min_length=1)
    only_if: Logic | None = None
    unless: Logic | None = None
    met_when: Logic
    say: tuple[str, ...] = Field(
        default=(), description="wordings that would have been right, in the rule's language"
    )
    references: tuple[str, ...] = ()
    record: Record | None = None
    cases: tuple[Case, ...] = ()
    digest: str = ""
    place: str = Field(default="", description="file:line:column it was read from")
