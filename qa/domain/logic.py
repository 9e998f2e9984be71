"""The logic of a rule: how its conditions combine, as a tree that the engine compiles."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from transcribe.noun import Noun

# No call is longer; larger numbers would lose digits in the engine and be wrong without a word.
MOST_S = 86_400.0
MOST_TURNS = 100_000


class Exists(Noun):
    """True when the condition has a hit; `at_least` of them where more are wanted."""

    op: Literal["exists"] = "exists"
    find: str
    at_least: int = Field(default=1, ge=1, le=100)


class Relate(Noun):
    """True when a hit of `find` stands so to the chosen hit of `anchor`.

    before: `find` starts earlier than the anchor starts. after: `find` ends later than the
    anchor ends. around: either. same_turn: another fact of the same turn.
    hit: which anchors must have it: `any`, `every` (true when there is none), `first`, `last`
    or the n-th counted from 1.
    """

    op: Literal["relate"] = "relate"
    find: str
    anchor: str
    where: Literal["before", "after", "around", "same_turn"]
    hit: Literal["any", "every", "first", "last"] | Annotated[int, Field(ge=1, le=100)] = "first"
    within_s: float | None = Field(default=None, gt=0, le=MOST_S)
    within_turns: int | None = Field(default=None, ge=1, le=MOST_TURNS)


class Verdict(Noun):
    """True when another rule of the pack has this verdict (a prerequisite rule)."""

    op: Literal["verdict"] = "verdict"
    rule: str
    verdict: Literal["met", "not_met"] = "met"


class Faults(Noun):
    """True when at least so many of the rules are not met on this call.

    area: stands for the live rules of the area, skill: for the live rules of the items that
    train it; whoever reads the pack writes these rules down in `rules`.
    """

    op: Literal["faults"] = "faults"
    at_least: int = Field(default=1, ge=1, le=100)
    rules: tuple[str, ...] = ()
    area: str | None = None
    skill: str | None = None


class All(Noun):
    """True when every part is."""

    op: Literal["all"] = "all"
    parts: tuple[Logic, ...] = Field(min_length=1)


class Any_(Noun):
    """True when at least one part is."""

    op: Literal["any"] = "any"
    parts: tuple[Logic, ...] = Field(min_length=1)


class AtLeast(Noun):
    """True when at least `n` of the parts are."""

    op: Literal["at_least"] = "at_least"
    n: int = Field(ge=1, le=100)
    parts: tuple[Logic, ...] = Field(min_length=1)


class Not(Noun):
    """True when the part is not."""

    op: Literal["not"] = "not"
    part: Logic


Leaf = Exists | Relate | Verdict | Faults
Logic = Annotated[
    Exists | Relate | Verdict | Faults | All | Any_ | AtLeast | Not, Field(discriminator="op")
]

All.model_rebuild()
Any_.model_rebuild()
AtLeast.model_rebuild()
Not.model_rebuild()
