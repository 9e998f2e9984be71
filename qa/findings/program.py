"""Compiled rules: what is looked for, what is judged, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass

from qa.domain.derivations import Derivation
from qa.domain.rules import Rule, Window
from qa.findings.logic import Node
from qa.findings.operator import Operator
from qa.findings.rulesets import Shard
from transcribe.noun import Noun


@dataclass(frozen=True, slots=True)
class Use:
    """One distinct use of an operator; `key` is its short name at the engine ("c3")."""

    key: str
    operator: Operator
    want: Noun
    window: Window | None


@dataclass(frozen=True, slots=True)
class Compiled:
    """What is judged, its number in the program, its parts as the engine reads them.

    uses: keys of its uses, in the order of its conditions. digest: of all it rests on.
    """

    index: int
    uses: tuple[str, ...]
    parts: Mapping[str, Node]
    digest: str


@dataclass(frozen=True, slots=True)
class CompiledRule(Compiled):
    """A rule; where something may lift it, `waived` is one of its parts."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class CompiledDerivation(Compiled):
    """A derivation. each: key of the use for whose hits it is asked one by one, by its own
    shard; without, it is judged by those of its level."""

    derivation: Derivation
    each: str | None = None
    shard: Shard | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """What can be judged when the levels before are: rules, derivations, their shards.

    uses: those that select derived facts and are first asked for here.
    """

    rules: tuple[CompiledRule, ...]
    shards: tuple[Shard, ...]
    derivations: tuple[CompiledDerivation, ...] = ()
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled set of rules; `digest` names everything that changes meaning.

    uses: those of the facts that were measured. absent: prerequisite rules that are not among
    the rules: they do not apply to the call.
    """

    digest: str
    uses: tuple[Use, ...]
    levels: tuple[Level, ...]
    absent: frozenset[str]
