"""Rulesets for the engine: compiled rules as the JSON that durable_rules takes.

Stratum 0 derives which leaf of a rule's logic is true: from counts of hits alone, or from the
hits themselves, and then also which anchors of an `every` relation lack their `find`. Stratum 1
derives from the leaves' truth which part of a rule (only_if, unless, met_when) is certainly true
or certainly false. A leaf that could not be measured has no truth, so a part for which nothing is
derived is unknown (Kleene). Counts and hits have rulesets of their own: a state costs by the size
of its ruleset, and what counts say comes again and again.

The shape follows docs/decisions/0003-engine.md: the end fact first in every rule, every
negation and join closed by a test that is always true, no regex, no floats, short ids.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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

    count_ruleset, relation_ruleset: stratum 0. part_ruleset: stratum 1. leaves: key -> leaf over
    use keys; of them `exist` ask for hits of a use (key -> use), `of_rules` for other rules'
    verdicts, `relations` for hits that stand to each other; `every` names the relations that speak
    of every anchor. settled_by: number of a rule -> keys of its leaves, on which its parts hang
    alone.
    counted: use whose hits are counted -> the most that any leaf asks for. joined: uses whose
    hits are related to others, which the engine must see one by one. ranked: a relation speaks of
    the first, the last or the n-th of them. same_turn: a relation asks for the same turn.
    """

    name: str
    count_ruleset: str
    relation_ruleset: str
    part_ruleset: str
    leaves: Mapping[str, Leaf]
    exist: Mapping[str, str]
    of_rules: Mapping[str, Verdict | Faults]
    relations: Mapping[str, Relate]
    every: frozenset[str]
    settled_by: Mapping[int, tuple[str, ...]]
    counted: Mapping[str, int]
    joined: tuple[str, ...]
    ranked: bool
    same_turn: bool


def _all(*tests: Json) -> Json:
    return {"$and": list(tests)}


_AT_END: Json = {"e": _all({"k": "end"})}  # the first pattern of every rule


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


COUNT_FRAME = _frame("n", "end")
RELATION_FRAME = _frame("h", "end")
PART_FRAME = _frame("t", "f", "end")
MAX_OWN_RULES = MAX_RULES_PER_SHARD - len(PART_FRAME)


class Body(NamedTuple):
    """What the engine must know of one rule: its number, its part rules, its leaves by key."""

    number: int
    parts: Mapping[str, Json]
    leaves: Mapping[str, Leaf]


def shards_of(bodies: Sequence[Body], level: int) -> tuple[Shard, ...]:
    """Rulesets of at most MAX_RULES_PER_SHARD of the engine's rules each.

    The rules of one body are never parted.
    """
    shards: list[Shard] = []
    own: list[Body] = []
    for body in bodies:
        if own and widest_of([*own, body]) > MAX_OWN_RULES:
            shards.append(_shard(own, level))
            own = []
        own.append(body)
    if own:
        shards.append(_shard(own, level))
    return tuple(shards)


def widest_of(bodies: Iterable[Body]) -> int:
    """How many of the engine's rules the bodies make, in the largest of their rulesets."""
    parts, leaves = _together(bodies)
    return max(len(parts), len(count_rules(leaves)), len(relation_rules(leaves)))


def _together(bodies: Iterable[Body]) -> tuple[Json, dict[str, Leaf]]:
    parts: Json = {}
    leaves: dict[str, Leaf] = {}
    for body in bodies:
        parts |= body.parts
        leaves |= body.leaves
    return parts, leaves


def _shard(bodies: Sequence[Body], level: int) -> Shard:
    parts, leaves = _together(bodies)
    counts = json.dumps({**COUNT_FRAME, **count_rules(leaves)})
    related = json.dumps({**RELATION_FRAME, **relation_rules(leaves)})
    settled = json.dumps({**PART_FRAME, **parts})
    digest = hashlib.sha256("\n".join([counts, related, settled]).encode()).hexdigest()[:16]
    relations = {key: leaf for key, leaf in leaves.items() if isinstance(leaf, Relate)}
    counted: dict[str, int] = {}
    for leaf in leaves.values():
        if isinstance(leaf, Exists):
            counted[leaf.find] = max(leaf.at_least, counted.get(leaf.find, 0))
    return Shard(
        f"pack{level}@{digest}",
        counts,
        related,
        settled,
        leaves,
        {key: leaf.find for key, leaf in leaves.items() if isinstance(leaf, Exists)},
        {key: leaf for key, leaf in leaves.items() if isinstance(leaf, Verdict | Faults)},
        relations,
        frozenset(key for key, leaf in relations.items() if leaf.hit == "every"),
        {body.number: tuple(body.leaves) for body in bodies},
        dict(sorted(counted.items())),
        tuple(sorted({name for leaf in relations.values() for name in names_in(leaf)})),
        any(leaf.hit not in ("any", "every") for leaf in relations.values()),
        any(leaf.where == "same_turn" for leaf in relations.values()),
    )


def part_rule(literals: Sequence[Literal_]) -> Json:
    """Stratum 1: the engine's rule that fires when all these leaves have these truths."""
    patterns: list[Json] = [_AT_END]
    for number, (key, truth) in enumerate(literals):
        patterns.append({f"p{number}": _all({"k": "t" if truth else "f"}, {"l": key}, _BY_END)})
    return {"all": patterns}


def count_rules(leaves: Mapping[str, Leaf]) -> dict[str, Json]:
    """Stratum 0: the engine's rules of the leaves that ask for enough of something.

    A rule is named by its leaf. What is counted is a use, or the leaf itself for faults.
    """
    rules: dict[str, Json] = {}
    for key, leaf in leaves.items():
        if isinstance(leaf, Exists | Faults):
            counted = {"c": leaf.find if isinstance(leaf, Exists) else key}
            enough = {"$gte": {"v": leaf.at_least}}
            rules[key] = {"all": [_AT_END, {"a": _all({"k": "n"}, counted, enough, _BY_END)}]}
    return rules


def relation_rules(leaves: Mapping[str, Leaf]) -> dict[str, Json]:
    """Stratum 0: the engine's rules of the leaves that relate hits.

    A rule is named by its leaf and alternative; `.v` marks a violation of an `every` relation.
    """
    rules: dict[str, Json] = {}
    for key, leaf in leaves.items():
        if not isinstance(leaf, Relate):
            continue
        anchor = {"a": _all({"k": "h"}, {"c": leaf.anchor}, *_chosen(leaf), _BY_END)}
        finds = [_all({"k": "h"}, {"c": leaf.find}, *tests, _BY_ANCHOR) for tests in places(leaf)]
        for number, find in enumerate(finds):
            rules[f"{key}.{number}"] = {"all": [_AT_END, anchor, {"b": find}]}
        if leaf.hit == "every":
            # Absence of several alternatives: each is negated on its own.
            lacks = [{f"b{number}$not": find} for number, find in enumerate(finds)]
            rules[f"{key}.v"] = {"all": [_AT_END, anchor, *lacks]}
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
