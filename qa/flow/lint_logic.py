"""Logic that has one value whatever the call, and relations of a condition to itself.

A truth table over the leaves, less the rows that no call can give: a relation holds only where
both its ends were found, and two hits only where there is one.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import product

from qa.domain.derivations import Derivation
from qa.domain.logic import All, Any_, AtLeast, Exists, Faults, Leaf, Logic, Not, Relate, Verdict
from qa.domain.rules import Condition, Rule
from qa.findings.levels import trees_of
from qa.findings.logic import leaves_of
from transcribe.errors import CodedError

MAX_LEAVES = 12  # guess: 4,096 rows take some 0.05 s; no rule a person can read has more

Row = Mapping[str, bool]
_VALUES = {True: ("成立", "true"), False: ("不成立", "false")}
_SO = {
    ("only_if", True): ("总是适用，only_if 等于没有写", "always applies, as if it had no only_if"),
    ("only_if", False): ("从不适用", "never applies"),
    ("unless", True): ("从不适用", "never applies"),
    ("unless", False): ("没有例外，unless 等于没有写", "has no exception, as if it had no unless"),
    ("met_when", True): ("永远达标", "is always met"),
    ("met_when", False): ("永远未达标", "is never met"),
    ("when", True): ("总是推得", "always follows"),
    ("when", False): ("从不推得", "never follows"),
}


def logic_faults(rule: Rule | Derivation) -> Iterator[CodedError]:
    """QA262 and QA263 of the rule or derivation."""
    parts = trees_of(rule)
    names = {condition.name: meaning_of(condition) for condition in rule.conditions}
    leaves = [leaf for tree in parts.values() for leaf in leaves_of(tree)]
    for leaf in leaves:
        if isinstance(leaf, Relate) and names[leaf.find] == names[leaf.anchor]:
            yield CodedError(
                "QA262",
                place=rule.place,
                rule=rule.id,
                where=leaf.where,
                find=leaf.find,
                anchor=leaf.anchor,
            )
    keys = list(dict.fromkeys(_key(leaf, names) for leaf in leaves))
    if len(keys) > MAX_LEAVES:
        return
    yield from _constants(rule, parts, keys, {_key(leaf, names): leaf for leaf in leaves}, names)


def _constants(
    rule: Rule | Derivation,
    parts: Mapping[str, Logic],
    keys: list[str],
    leaves: Mapping[str, Leaf],
    names: Mapping[str, str],
) -> Iterator[CodedError]:
    rows = [
        row
        for values in product((True, False), repeat=len(keys))
        if _possible(row := dict(zip(keys, values, strict=True)), leaves, names)
    ]
    for name in ("only_if", "unless", "met_when", "when"):
        if name not in parts or not rows:
            continue
        seen = {truth(parts[name], row, names) for row in rows}
        if len(seen) == 1:
            (value,) = seen
            yield _constant(rule, name, value)
            if value == (name == "unless"):
                return  # the rule never applies: what comes after says nothing
        else:
            rows = [row for row in rows if truth(parts[name], row, names) is (name == "only_if")]


def _constant(rule: Rule | Derivation, part: str, value: bool) -> CodedError:
    return CodedError(
        "QA263",
        place=rule.place,
        rule=rule.id,
        part=part,
        value_zh=_VALUES[value][0],
        value_en=_VALUES[value][1],
        so_zh=_SO[part, value][0],
        so_en=_SO[part, value][1],
    )


def meaning_of(condition: Condition) -> str:
    """What the condition looks for, whatever its name; equal ones find the same."""
    window = condition.window.model_dump(exclude_none=True) if condition.window else {}
    given = [condition.operator, condition.params, window]
    return json.dumps(given, sort_keys=True, ensure_ascii=False, default=list)


def _key(leaf: Leaf, names: Mapping[str, str]) -> str:
    """The leaf with its conditions' meanings in place of their names."""
    if isinstance(leaf, Verdict | Faults):
        return leaf.model_dump_json()
    ends = {"find": names[leaf.find]}
    if isinstance(leaf, Relate):
        ends["anchor"] = names[leaf.anchor]
    return leaf.model_copy(update=ends).model_dump_json()


def truth(tree: Logic, row: Row, names: Mapping[str, str]) -> bool:
    """The tree's value in one row."""
    if isinstance(tree, Not):
        return not truth(tree.part, row, names)
    if isinstance(tree, All):
        return all(truth(part, row, names) for part in tree.parts)
    if isinstance(tree, Any_):
        return any(truth(part, row, names) for part in tree.parts)
    if isinstance(tree, AtLeast):
        return sum(truth(part, row, names) for part in tree.parts) >= tree.n
    return row[_key(tree, names)]


def _possible(row: Row, leaves: Mapping[str, Leaf], names: Mapping[str, str]) -> bool:
    """False for a row that contradicts itself."""
    least: dict[str, int] = {}  # condition -> it has at least so many hits
    fewer: dict[str, int] = {}  # condition -> it has fewer than so many
    for key, value in row.items():
        leaf = leaves[key]
        if isinstance(leaf, Exists):
            side = least if value else fewer
            pick = max if value else min
            one = names[leaf.find]
            side[one] = pick(side.get(one, leaf.at_least), leaf.at_least)
        elif isinstance(leaf, Relate) and leaf.hit != "every" and value:
            for end in (names[leaf.find], names[leaf.anchor]):
                least[end] = max(least.get(end, 1), 1)
        elif isinstance(leaf, Relate) and leaf.hit == "every" and not value:
            least[names[leaf.anchor]] = max(least.get(names[leaf.anchor], 1), 1)
    return all(count < fewer.get(one, count + 1) for one, count in least.items())
