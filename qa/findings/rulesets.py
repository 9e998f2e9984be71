"""Rulesets for the engine: compiled rules as the JSON that durable_rules takes.

Stratum 0 derives from hits which leaf of a rule's logic is true, and which anchors of an
`every` relation lack their `find`. Stratum 1 derives from the leaves' truth which part of a rule
(only_if, unless, met_when) is certainly true or certainly false. A leaf that could not be
measured has no truth, so a part for which nothing is derived is unknown (Kleene).

The shape follows docs/decisions/0003-engine.md: the end fact first in every rule, every
negation and join closed by a test that is always true, no regex, no floats, short ids.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa.domain.logic import Exists, Faults, Leaf, Relate, Verdict
from qa.findings.logic import Literal_, names_in

MAX_PATTERNS = 16  # of one of the engine's rules, the end fact among them (durable_rules 2.0.28)
MAX_LITERALS = MAX_PATTERNS - 1
MAX_RULES_PER_SHARD = 200  # some 250 rules that share a last test are the engine's limit

Json = dict[str, Any]

# A cross-fact test that always holds; without one last, the engine may read out of bounds.
_BY_END: Json = {"$lte": {"one": {"e": "one"}}}
_BY_ANCHOR: Json = {"$lte": {"one": {"a": "one"}}}


@dataclass(frozen=True, slots=True)
class Shard:
    """Rules judged together: a ruleset of each stratum, and what they speak of.

    leaf_ruleset: stratum 0. part_ruleset: stratum 1. leaves: key -> leaf over use keys; of them
    `of_rules` speak of other rules' verdicts, `relations` of hits that stand to each other, and
    `every` names the relations that speak of every anchor.
    counted: use whose hits are counted -> the most that any leaf asks for. joined: uses whose
    hits are related to others, which the engine must see one by one.
    """

    name: str
    leaf_ruleset: str
    part_ruleset: str
    leaves: Mapping[str, Leaf]
    of_rules: Mapping[str, Leaf]
    relations: tuple[Relate, ...]
    every: frozenset[str]
    counted: Mapping[str, int]
    joined: tuple[str, ...]


def _all(*tests: Json) -> Json:
    return {"$and": list(tests)}


def _frame(*kinds: str) -> dict[str, Json]:
    """What every ruleset holds.

    The begin fact fires a rule of its own (a state must have run before it may be deleted), and
    sinks give every kind of fact a pattern, so that no fact of a batch is refused as unmatched.
    """
    return {
        "begin": {"all": [{"e": _all({"k": "begin"})}]},
        **{
            f"sink.{kind}": {"all": [{"e": _all({"k": "never"})}, {"a": _all({"k": kind})}]}
            for kind in kinds
        },
    }


LEAF_FRAME = _frame("h", "n", "end")
PART_FRAME = _frame("t", "f", "end")
MAX_OWN_RULES = MAX_RULES_PER_SHARD - len(LEAF_FRAME)


def shards_of(
    bodies: Sequence[tuple[Mapping[str, Json], Mapping[str, Leaf]]], level: int
) -> tuple[Shard, ...]:
    """Rulesets of at most MAX_RULES_PER_SHARD of the engine's rules each.

    bodies: for each rule its part rules and its leaves; the rules of one are never parted.
    """
    shards: list[Shard] = []
    parts: dict[str, Json] = {}
    leaves: dict[str, Leaf] = {}
    for own_parts, own_leaves in bodies:
        widest = max(len({**parts, **own_parts}), len(leaf_rules({**leaves, **own_leaves})))
        if parts and widest > MAX_OWN_RULES:
            shards.append(_shard(parts, leaves, level))
            parts, leaves = {}, {}
        parts |= own_parts
        leaves |= own_leaves
    if parts:
        shards.append(_shard(parts, leaves, level))
    return tuple(shards)


def _shard(parts: Mapping[str, Json], leaves: Mapping[str, Leaf], level: int) -> Shard:
    leaf_ruleset = json.dumps({**LEAF_FRAME, **leaf_rules(leaves)})
    part_ruleset = json.dumps({**PART_FRAME, **parts})
    digest = hashlib.sha256(f"{leaf_ruleset}\n{part_ruleset}".encode()).hexdigest()[:16]
    relations = {key: leaf for key, leaf in leaves.items() if isinstance(leaf, Relate)}
    counted: dict[str, int] = {}
    for leaf in leaves.values():
        if isinstance(leaf, Exists):
            counted[leaf.find] = max(leaf.at_least, counted.get(leaf.find, 0))
    return Shard(
        f"pack{level}@{digest}",
        leaf_ruleset,
        part_ruleset,
        dict(leaves),
        {key: leaf for key, leaf in leaves.items() if isinstance(leaf, Verdict | Faults)},
        tuple(relations.values()),
        frozenset(key for key, leaf in relations.items() if leaf.hit == "every"),
        dict(sorted(counted.items())),
        tuple(sorted({name for leaf in relations.values() for name in names_in(leaf)})),
    )


def part_rule(literals: Sequence[Literal_]) -> Json:
    """Stratum 1: the engine's rule that fires when all these leaves have these truths."""
    patterns: list[Json] = [{"e": _all({"k": "end"})}]
    for number, (key, truth) in enumerate(literals):
        patterns.append({f"p{number}": _all({"k": "t" if truth else "f"}, {"l": key}, _BY_END)})
    return {"all": patterns}


def leaf_rules(leaves: Mapping[str, Leaf]) -> dict[str, Json]:
    """Stratum 0: the engine's rules of the leaves that hits decide.

    A rule is named by its leaf; `.v` marks a violation of an `every` relation.
    """
    rules: dict[str, Json] = {}
    end = {"e": _all({"k": "end"})}
    for key, leaf in leaves.items():
        if isinstance(leaf, Verdict):
            continue
        if isinstance(leaf, Exists | Faults):
            # Both are counted before; of faults the leaf itself is what is counted.
            counted = {"c": leaf.find if isinstance(leaf, Exists) else key}
            enough = {"$gte": {"v": leaf.at_least}}
            rules[key] = {"all": [end, {"a": _all({"k": "n"}, counted, enough, _BY_END)}]}
            continue
        anchor = {"a": _all({"k": "h"}, {"c": leaf.anchor}, *_chosen(leaf), _BY_END)}
        finds = [_all({"k": "h"}, {"c": leaf.find}, *tests, _BY_ANCHOR) for tests in places(leaf)]
        for number, find in enumerate(finds):
            rules[f"{key}.{number}"] = {"all": [end, anchor, {"b": find}]}
        if leaf.hit == "every":
            # Absence of several alternatives: each is negated on its own.
            lacks = [{f"b{number}$not": find} for number, find in enumerate(finds)]
            rules[f"{key}.v"] = {"all": [end, anchor, *lacks]}
    return rules


def _chosen(leaf: Relate) -> list[Json]:
    """Tests that only the anchors pass which the relation speaks of."""
    if leaf.hit == "first":
        return [{"n": 1}]
    if leaf.hit == "last":
        return [{"z": 1}]
    return [{"n": leaf.hit}] if isinstance(leaf.hit, int) else []


def places(leaf: Relate) -> list[list[Json]]:
    """Alternatives of cross-fact tests that place `find` (the fact tested) to the anchor `a`."""
    if leaf.where == "same_turn":
        return [[{"$gte": {"t": 0}}, {"t": {"a": "t"}}, {"$neq": {"i": {"a": "i"}}}]]
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
    return {
        "before": [before + turns],
        "after": [after + turns],
        "around": [before + turns, after + turns],
    }[leaf.where]
