"""Rules to a program for the engine: conditions, leaves, shards of plain rulesets.

Stratum 0 derives from hits which leaf of a rule's logic is true (`t`) or violated (`v`);
stratum 1 derives from leaves which part of a rule (only_if, unless, met_when) is certainly true
or certainly false. A leaf whose condition could not be measured is `u`: neither. So a part for
which nothing is derived is unknown (three-valued logic after Kleene).

The shape follows docs/decisions/0003-engine.md: the end fact first in every rule, every
negation and join closed by a test that is always true, no regex, no floats, short ids.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any

from pydantic import ValidationError

from qa.domain.logic import All, Any_, Exists, Leaf, Logic, Not, Relate, Verdict
from qa.domain.rules import Condition, Rule, Window
from qa.findings.operator import Operator
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun

PARTS = ("only_if", "unless", "met_when")
MAX_PATTERNS = 16  # of one of the engine's rules, the end fact among them (durable_rules 2.0.28)
MAX_CONJUNCTIONS = 64  # guess: far above any rule a person can read
MAX_RULES_PER_SHARD = 200  # some 250 rules that share a last test are the engine's limit
TAUTOLOGY: dict[str, Any] = {"$lte": {"one": {"e": "one"}}}

Json = dict[str, Any]
Literal_ = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Use:
    """One distinct use of an operator; `key` is its short name at the engine ("c3")."""

    key: str
    operator: Operator
    want: Noun
    window: Window | None


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule, its number in the program, and the keys of its uses and leaves by name."""

    index: int
    rule: Rule
    uses: Mapping[str, Use]
    leaves: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shard:
    """One ruleset for the engine, its uses and its leaves (key -> leaf over use keys)."""

    name: str
    ruleset: str
    uses: frozenset[str]
    leaves: Mapping[str, Leaf]


@dataclass(frozen=True, slots=True)
class Level:
    """Rules whose prerequisites were judged in the levels before, and their shards."""

    rules: tuple[CompiledRule, ...]
    shards: tuple[Shard, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled set of rules; `digest` names everything that changes meaning."""

    digest: str
    uses: tuple[Use, ...]
    levels: tuple[Level, ...]


def compile_rules(rules: Sequence[Rule], operators: Mapping[str, Operator]) -> Program:
    """The program of the rules, in an order that does not hang on theirs.

    Errors, all at once: QA330 unknown operator, QA331 wrong parameter, QA332 a logic too wide
    for the engine, QA333 prerequisites in a circle, QA334 an unknown prerequisite rule,
    QA335 a condition that no logic uses.
    """
    ordered = sorted(rules, key=lambda rule: rule.id)
    builder = _Builder(operators)
    compiled = [builder.add(index, rule) for index, rule in enumerate(ordered)]
    depth = _depths(ordered, builder.errors)
    if builder.errors:
        raise CodedErrors(builder.errors)
    good = [rule for rule in compiled if rule is not None]
    levels = []
    for level in sorted(set(depth.values())):
        members = tuple(rule for rule in good if depth[rule.rule.id] == level)
        levels.append(Level(members, _shards(members, builder, level)))
    text = json.dumps([[rule.id, rule.digest] for rule in ordered])
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Program(digest, tuple(builder.uses.values()), tuple(levels))


class _Builder:
    """Gives equal uses and equal leaves one key, over all rules."""

    def __init__(self, operators: Mapping[str, Operator]) -> None:
        self.operators = operators
        self.uses: dict[str, Use] = {}
        self.leaves: dict[str, str] = {}
        self.leaf_of: dict[str, Leaf] = {}
        self.conjunctions: dict[tuple[int, str, bool], list[list[Literal_]]] = {}
        self.errors: list[CodedError] = []

    def add(self, index: int, rule: Rule) -> CompiledRule | None:
        before = len(self.errors)
        uses = {condition.name: self._use(condition, rule) for condition in rule.conditions}
        used: set[str] = set()
        leaves: dict[str, str] = {}
        for part in PARTS:
            tree: Logic | None = getattr(rule, part)
            if tree is None:
                continue
            for leaf in leaves_of(tree):
                used |= names_in(leaf)
                key = self._leaf(leaf, uses)
                if key is not None:
                    leaves[leaf.model_dump_json()] = key
            if len(self.errors) == before:
                self._expand(index, part, tree, leaves, rule)
        for name in sorted(set(uses) - used):
            self._error("QA335", rule, name=name)
        if len(self.errors) > before:
            return None
        return CompiledRule(index, rule, {n: u for n, u in uses.items() if u}, leaves)

    def _use(self, condition: Condition, rule: Rule) -> Use | None:
        operator = self.operators.get(condition.operator)
        if operator is None:
            known = ", ".join(sorted(self.operators))
            self._error("QA330", rule, operator=condition.operator, options=known)
            return None
        try:
            want = operator.params.model_validate(condition.params)
        except ValidationError as error:
            for problem in error.errors(include_url=False, include_context=False):
                field = ".".join(str(step) for step in problem["loc"]) or condition.operator
                known = ", ".join(
                    info.alias or name for name, info in operator.params.model_fields.items()
                )
                self._error(
                    "QA331",
                    rule,
                    operator=operator.name,
                    field=field,
                    problem=problem["msg"],
                    options=known,
                )
            return None
        text = f"{operator.name} {want.model_dump_json()} {condition.window!r}"
        if text not in self.uses:
            self.uses[text] = Use(f"c{len(self.uses)}", operator, want, condition.window)
        return self.uses[text]

    def _leaf(self, leaf: Leaf, uses: Mapping[str, Use | None]) -> str | None:
        """The key of the leaf written over use keys, or None where a use could not be made."""
        changes: dict[str, str] = {}
        for field in ("find", "anchor"):
            if hasattr(leaf, field):
                use = uses[getattr(leaf, field)]
                if use is None:
                    return None
                changes[field] = use.key
        keyed = leaf.model_copy(update=changes)
        text = keyed.model_dump_json()
        if text not in self.leaves:
            self.leaves[text] = f"l{len(self.leaves)}"
            self.leaf_of[self.leaves[text]] = keyed
        return self.leaves[text]

    def _expand(
        self, index: int, part: str, tree: Logic, leaves: Mapping[str, str], rule: Rule
    ) -> None:
        for value in (True, False):
            conjunctions = _normal_form(tree, value, leaves)
            # The end fact takes one pattern, a literal one, or two where it is an absence.
            widest = 1 + max((2 * len(one) for one in conjunctions), default=0)
            if len(conjunctions) > MAX_CONJUNCTIONS or widest > MAX_PATTERNS:
                self._error("QA332", rule, part=part, widest=widest, limit=MAX_PATTERNS)
                return
            self.conjunctions[index, part, value] = conjunctions

    def _error(self, code: str, rule: Rule, **values: object) -> None:
        self.errors.append(CodedError(code, place=rule.place, rule=rule.id, **values))


def leaves_of(tree: Logic) -> tuple[Leaf, ...]:
    """The leaves of a tree, in reading order."""
    if isinstance(tree, All | Any_):
        return tuple(leaf for part in tree.parts for leaf in leaves_of(part))
    return leaves_of(tree.part) if isinstance(tree, Not) else (tree,)


def names_in(leaf: Leaf) -> set[str]:
    """Names of the conditions a leaf speaks of."""
    if isinstance(leaf, Relate):
        return {leaf.find, leaf.anchor}
    return {leaf.find} if isinstance(leaf, Exists) else set()


def _normal_form(tree: Logic, value: bool, leaves: Mapping[str, str]) -> list[list[Literal_]]:
    """Conjunctions of (leaf key, truth), any of which makes the tree `value`."""
    if isinstance(tree, Not):
        return _normal_form(tree.part, not value, leaves)
    if isinstance(tree, All | Any_):
        parts = [_normal_form(part, value, leaves) for part in tree.parts]
        if isinstance(tree, Any_) == value:
            return [one for part in parts for one in part]
        count = 1
        for part in parts:
            count *= len(part)
        if count > MAX_CONJUNCTIONS:
            return [[]] * (MAX_CONJUNCTIONS + 1)
        return [list(dict.fromkeys(chain.from_iterable(one))) for one in product(*parts)]
    return [[(leaves[tree.model_dump_json()], value)]]


def _depths(rules: Sequence[Rule], errors: list[CodedError]) -> dict[str, int]:
    """How many prerequisites stand before each rule; circles and unknown rules are errors."""
    needs = {rule.id: _prerequisites(rule) for rule in rules}
    places = {rule.id: rule.place for rule in rules}
    for rule_id, wanted in needs.items():
        for missing in sorted(wanted - set(needs)):
            options = ", ".join(sorted(needs))
            errors.append(
                CodedError(
                    "QA334", place=places[rule_id], rule=rule_id, wanted=missing, options=options
                )
            )
        wanted &= set(needs)
    depth: dict[str, int] = {}
    left = dict(needs)
    while left:
        ready = [rule_id for rule_id, wanted in left.items() if wanted <= set(depth)]
        if not ready:
            circle = ", ".join(sorted(left))
            errors.append(CodedError("QA333", place=places[min(left)], rules=circle))
            return {**depth, **dict.fromkeys(left, 0)}
        level = 1 + max((depth[n] for r in ready for n in left[r]), default=-1)
        depth |= dict.fromkeys(ready, level)
        for rule_id in ready:
            del left[rule_id]
    return depth


def _prerequisites(rule: Rule) -> set[str]:
    trees = [tree for part in PARTS if (tree := getattr(rule, part)) is not None]
    return {leaf.rule for tree in trees for leaf in leaves_of(tree) if isinstance(leaf, Verdict)}


def _shards(members: Sequence[CompiledRule], builder: _Builder, level: int) -> tuple[Shard, ...]:
    """The members' rulesets, each at most MAX_RULES_PER_SHARD of the engine's rules."""
    shards: list[Shard] = []
    body: dict[str, Json] = {}
    leaves: dict[str, Leaf] = {}
    for rule in members:
        own_leaves = {key: builder.leaf_of[key] for key in rule.leaves.values()}
        own = _rule_body(rule, builder) | _leaf_body(own_leaves)
        if body and len(body | own) > MAX_RULES_PER_SHARD - len(_FRAME):
            shards.append(_shard(body, leaves, level))
            body, leaves = {}, {}
        body |= own
        leaves |= own_leaves
    if body:
        shards.append(_shard(body, leaves, level))
    return tuple(shards)


def _shard(body: dict[str, Json], leaves: dict[str, Leaf], level: int) -> Shard:
    ruleset = json.dumps(_FRAME | body)
    digest = hashlib.sha256(ruleset.encode()).hexdigest()[:16]
    uses = frozenset(use for leaf in leaves.values() for use in names_in(leaf))
    return Shard(f"pack{level}@{digest}", ruleset, uses, dict(leaves))


def _rule_body(rule: CompiledRule, builder: _Builder) -> dict[str, Json]:
    """Stratum 1: one ruleset rule for each conjunction of each part and value."""
    body: dict[str, Json] = {}
    for part in PARTS:
        for value in (True, False):
            conjunctions = builder.conjunctions.get((rule.index, part, value), [])
            for number, literals in enumerate(conjunctions):
                name = f"r{rule.index}.{part}.{'t' if value else 'f'}.{number}"
                patterns: list[Json] = [{"e": _all({"k": "end"}, {"z": 1})}]
                for i, (leaf, truth) in enumerate(literals):
                    patterns += _literal(leaf, truth, builder.leaf_of[leaf], i)
                body[name] = {"all": patterns}
    return body


def _literal(key: str, truth: bool, leaf: Leaf, i: int) -> list[Json]:
    """Patterns that hold when the leaf is certainly `truth`."""
    by_violation = isinstance(leaf, Relate) and leaf.hit == "every"
    derived = "v" if by_violation else "t"
    present = _all({"k": derived}, {"l": key}, TAUTOLOGY)
    if truth != by_violation:
        return [{f"p{i}": present}]
    unknown = _all({"k": "u"}, {"l": key}, TAUTOLOGY)
    return [{f"p{i}$not": present}, {f"u{i}$not": unknown}]


def _leaf_body(leaves: Mapping[str, Leaf]) -> dict[str, Json]:
    """Stratum 0: one ruleset rule for each leaf that hits decide."""
    body: dict[str, Json] = {}
    end = {"e": _all({"k": "end"}, {"z": 0})}
    for key, leaf in leaves.items():
        if isinstance(leaf, Exists):
            hit = (
                _all({"k": "h"}, {"c": leaf.find}, {"n": 1}, TAUTOLOGY)
                if leaf.at_least == 1
                else _all({"k": "n"}, {"c": leaf.find}, {"$gte": {"v": leaf.at_least}}, TAUTOLOGY)
            )
            body[key] = {"all": [end, {"a": hit}]}
        elif isinstance(leaf, Relate):
            anchor = _all({"k": "h"}, {"c": leaf.anchor}, *_which(leaf), TAUTOLOGY)
            for number, tests in enumerate(_relations(leaf)):
                find = _all({"k": "h"}, {"c": leaf.find}, *tests, {"$lte": {"one": {"a": "one"}}})
                name = key if number == 0 else f"{key}.{number}"
                body[name] = {"all": [end, {"a": anchor}, {"b": find}]}
            if leaf.hit == "every":
                # Absence of both of two alternatives: each negated on its own.
                negated = [
                    {
                        f"b{number}$not": _all(
                            {"k": "h"}, {"c": leaf.find}, *tests, {"$lte": {"one": {"a": "one"}}}
                        )
                    }
                    for number, tests in enumerate(_relations(leaf))
                ]
                body[f"{key}.v"] = {"all": [end, {"a": anchor}, *negated]}
    return body


def _which(leaf: Relate) -> list[Json]:
    if leaf.hit == "first":
        return [{"n": 1}]
    if leaf.hit == "last":
        return [{"z": 1}]
    return [{"n": leaf.hit}] if isinstance(leaf.hit, int) else []


def _relations(leaf: Relate) -> list[list[Json]]:
    """Alternatives of cross-fact tests that place `find` (the fact tested) to the anchor `a`."""
    before: list[Json] = [{"$lt": {"s": {"a": "s"}}}]
    after: list[Json] = [{"$gt": {"e": {"a": "e"}}}]
    if leaf.within_s is not None:
        reach_ms = round(leaf.within_s * 1000)
        before.append({"$gte": {"e": {"$sub": {"$l": {"a": "s"}, "$r": reach_ms}}}})
        after.append({"$lte": {"s": {"$add": {"$l": {"a": "e"}, "$r": reach_ms}}}})
    turns: list[Json] = []
    if leaf.within_turns is not None:
        turns = [
            {"$gte": {"t": {"$sub": {"$l": {"a": "t"}, "$r": leaf.within_turns}}}},
            {"$lte": {"t": {"$add": {"$l": {"a": "t"}, "$r": leaf.within_turns}}}},
        ]
    if leaf.where == "same_turn":
        return [[{"t": {"a": "t"}}, {"$neq": {"i": {"a": "i"}}}]]
    return {
        "before": [before + turns],
        "after": [after + turns],
        "around": [before + turns, after + turns],
    }[leaf.where]


def _all(*tests: Json) -> Json:
    return {"$and": list(tests)}


# The begin fact fires a rule of its own (a state must have run before it may be deleted), and
# sinks give every kind of fact a pattern, so that no fact of a batch is refused as unmatched.
_FRAME: dict[str, Json] = {
    "begin": {"all": [{"e": _all({"k": "begin"})}]},
    **{
        f"sink.{kind}": {"all": [{"e": _all({"k": "never"})}, {"a": _all({"k": kind})}]}
        for kind in ("h", "n", "u", "t", "v")
    },
}
