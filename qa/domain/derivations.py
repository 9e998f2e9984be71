"""Derivations: facts that follow from other facts, and what they hand on to later rules."""

from typing import Literal

from pydantic import Field

from qa.domain.facts import Fact
from qa.domain.findings import Evidence
from qa.domain.logic import Logic
from qa.domain.rules import AppliesTo, Condition
from qa.domain.text import Text
from transcribe.noun import Noun
from transcribe.transcript import Language

WAIVER = "waiver"  # kind of the derived facts that lift a rule; their value is the rule's id

Certainty = Literal["sure", "possible"]
Expected = Literal["sure", "possible", "none"]


class DerivationCase(Noun):
    """A call in script form and what the derivation must give on it."""

    name: str = ""
    expect: Expected
    call: str = Field(min_length=1, description="a `.call` script")
    place: str = Field(default="", description="file:line:column it was read from")


class Derivation(Noun):
    """When its logic holds, a fact of `kind` is there for later rules and derivations.

    each: a condition; the logic is then asked once for each of its hits, as if that were its
    only one, and the fact stands where the hit stands. Without, it is about the whole call.
    waives: the rules that it lifts; it then gives a fact of kind `waiver` for each.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    language: Language
    kind: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    value: str | float | None = Field(default=None, description="its level, e.g. high, or a number")
    title: Text
    why: Text
    applies_to: AppliesTo = AppliesTo()
    conditions: tuple[Condition, ...] = ()
    each: str | None = None
    when: Logic
    waives: tuple[str, ...] = ()
    cases: tuple[DerivationCase, ...] = ()
    digest: str = ""
    place: str = Field(default="", description="file:line:column it was read from")


class DerivedFact(Fact):
    """A fact that a derivation gave, and what it rests on.

    certainty: possible when it hangs on a possible hit, on absence that is not proven, or on
    something that was not measured; it then decides nothing alone.
    """

    by: str = Field(description="id of the derivation")
    title: Text
    certainty: Certainty
    reason: str = Field(description="code of why it is there, or why only possibly")
    because: Text
    evidence: tuple[Evidence, ...] = ()
