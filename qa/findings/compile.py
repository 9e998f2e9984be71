"""Rules to a program: conditions and leaves numbered over all rules, levels, rulesets."""

import difflib
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from qa.domain.logic import All, Any_, Leaf, Logic, Not, Verdict
from qa.domain.problems import flags_for_numbers, problem_texts
from qa.domain.rules import Condition, Rule, Window
from qa.findings.logic import (
    MAX_CONJUNCTIONS,
    PARTS,
    Branch,
    Node,
    Twig,
    leaves_of,
    names_in,
    normal_form,
    twigs_of,
)
from qa.findings.operator import Operator
from qa.findings.rulesets import (
    MAX_LITERALS,
    MAX_OWN_RULES,
    Json,
    Shard,
    leaf_rules,
    part_rule,
    shards_of,
)
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun


@dataclass(frozen=True, slots=True)
class Use:
    """One distinct use of an operator; `key` is its short name at the engine ("c3")."""

    key: str
    operator: Operator
    want: Noun
    window: Window | None


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule, its number in the program, its parts as the engine reads them.

    uses: keys of the rule's uses, in the order of its conditions.
    """

    index: int
    rule: Rule
    uses: tuple[str, ...]
    parts: Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class Level:
    """Rules whose prerequisites were judged in the levels before, and their shards."""

    rules: tuple[CompiledRule, ...]
    shards: tuple[Shard, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled set of rules; `digest` names everything that changes meaning.

    absent: prerequisite rules that are not among the rules: they do not apply to the call.
    """

    digest: str
    uses: tuple[Use, ...]
    levels: tuple[Level, ...]
    absent: frozenset[str]


def compile_rules(
    rules: Sequence[Rule], operators: Mapping[str, Operator], *, whole: bool = True
) -> Program:
    """The program of the rules, in an order that does not hang on theirs.

    whole: the rules are a whole pack, so a prerequisite that is not among them does not exist;
    else they are those of one call, and such a rule does not apply to it.
    Errors, all at once: QA330 unknown operator, QA331 wrong parameter, QA332 a logic too wide
    for the engine, QA333 prerequisites in a circle, QA334 an unknown or retired prerequisite,
    QA335 a condition that no logic uses, QA338 a window where none can be.
    """
    ordered = sorted(rules, key=lambda rule: rule.id)
    builder = _Builder(operators)
    compiled = [builder.add(index, rule) for index, rule in enumerate(ordered)]
    depth, absent = _depths(ordered, builder.errors, whole=whole)
    if builder.errors:
        raise CodedErrors(builder.errors)
    good = [rule for rule in compiled if rule is not None]
    levels = []
    for level in sorted(set(depth.values())):
        members = tuple(rule for rule in good if depth[rule.rule.id] == level)
        bodies = [(builder.bodies[rule.index], builder.leaves_in(rule)) for rule in members]
        levels.append(Level(members, shards_of(bodies, level)))
    text = json.dumps([[rule.id, rule.digest] for rule in ordered])
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Program(digest, tuple(builder.uses.values()), tuple(levels), absent)


class _Builder:
    """Gives equal uses and equal leaves one key, over all rules."""

    def __init__(self, operators: Mapping[str, Operator]) -> None:
        self.operators = operators
        self.uses: dict[str, Use] = {}
        self.keys: dict[str, str] = {}
        self.leaf_of: dict[str, Leaf] = {}
        self.bodies: dict[int, dict[str, Json]] = {}
        self.errors: list[CodedError] = []

    def add(self, index: int, rule: Rule) -> CompiledRule | None:
        before = len(self.errors)
        uses = {condition.name: self._use(condition, rule) for condition in rule.conditions}
        trees: dict[str, Logic] = {
            part: tree for part in PARTS if (tree := getattr(rule, part)) is not None
        }
        named = {name for tree in trees.values() for leaf in leaves_of(tree)
                 for name in names_in(leaf)}  # fmt: skip
        for condition in rule.conditions:
            if condition.name not in named:
                self._error("QA335", rule, condition, name=condition.name)
        if len(self.errors) > before:
            return None
        known = {name: use.key for name, use in uses.items() if use is not None}
        parts = {part: self._node(tree, known) for part, tree in trees.items()}
        made = CompiledRule(index, rule, tuple(known.values()), parts)
        self.bodies[index] = self._part_rules(made)
        return made

    def leaves_in(self, rule: CompiledRule) -> dict[str, Leaf]:
        """The rule's leaves by key."""
        return {twig.key: twig.leaf for node in rule.parts.values() for twig in twigs_of(node)}

    def _use(self, condition: Condition, rule: Rule) -> Use | None:
        operator = self.operators.get(condition.operator)
        if operator is None:
            options = _menu(condition.operator, self.operators)
            self._error("QA330", rule, condition, operator=condition.operator, options=options)
            return None
        try:
            want = operator.params.model_validate(condition.params)
        except ValidationError as error:
            self._wrong_params(error.errors(include_url=False), operator, rule, condition)
            return None
        flags = [{"type": "flag", "loc": loc} for loc in flags_for_numbers(condition.params, want)]
        if flags:
            self._wrong_params(flags, operator, rule, condition)
            return None
        if condition.window is not None and not operator.takes_window(want):
            self._error("QA338", rule, condition, operator=operator.name, name=condition.name)
            return None
        text = f"{operator.name} {want.model_dump_json()} {condition.window!r}"
        if text not in self.uses:
            self.uses[text] = Use(f"c{len(self.uses)}", operator, want, condition.window)
        return self.uses[text]

    def _wrong_params(
        self,
        problems: Iterable[Mapping[str, Any]],
        operator: Operator,
        rule: Rule,
        condition: Condition,
    ) -> None:
        known = [info.alias or name for name, info in operator.params.model_fields.items()]
        seen: set[tuple[str, str]] = set()
        for problem in problems:
            # Of a field that takes several kinds of value, pydantic reports each in vain.
            field = str(problem["loc"][0]) if problem["loc"] else operator.name
            zh, en = problem_texts(problem)
            if (field, en) in seen:
                continue
            seen.add((field, en))
            self._error(
                "QA331",
                rule,
                condition,
                operator=operator.name,
                field=field,
                problem_zh=zh,
                problem_en=en,
                options=_menu(field, known),
            )

    def _node(self, tree: Logic, uses: Mapping[str, str]) -> Node:
        if isinstance(tree, Not):
            return Branch("not", (self._node(tree.part, uses),))
        if isinstance(tree, All | Any_):
            parts = tuple(self._node(part, uses) for part in tree.parts)
            return Branch("all" if isinstance(tree, All) else "any", parts)
        fields = ("find", "anchor")[: len(names_in(tree))]
        leaf = tree.model_copy(update={field: uses[getattr(tree, field)] for field in fields})
        text = leaf.model_dump_json()
        key = self.keys.setdefault(text, f"l{len(self.keys)}")
        return Twig(key, self.leaf_of.setdefault(key, leaf))

    def _part_rules(self, rule: CompiledRule) -> dict[str, Json]:
        """The engine's rules of the parts: one for each conjunction that settles one."""
        body: dict[str, Json] = {}
        before = len(self.errors)
        for part, node in rule.parts.items():
            for value in (True, False):
                lines = normal_form(node, value)
                widest = max((len(line) for line in lines), default=0)
                if len(lines) > MAX_CONJUNCTIONS or widest > MAX_LITERALS:
                    self._too_wide(rule.rule, part, len(lines), widest, MAX_CONJUNCTIONS)
                    break
                for number, literals in enumerate(lines):
                    name = f"r{rule.index}.{part}.{'t' if value else 'f'}.{number}"
                    body[name] = part_rule(literals)
        whole = max(len(body), len(leaf_rules(self.leaves_in(rule))))
        if len(self.errors) == before and whole > MAX_OWN_RULES:
            self._too_wide(rule.rule, ", ".join(rule.parts), whole, 1, MAX_OWN_RULES)
        return body

    def _too_wide(self, rule: Rule, part: str, lines: int, widest: int, most: int) -> None:
        self._error(
            "QA332",
            rule,
            part=part,
            lines=lines,
            widest=widest,
            most=most,
            limit=MAX_LITERALS,
        )

    def _error(
        self, code: str, rule: Rule, condition: Condition | None = None, **values: object
    ) -> None:
        place = (condition.place if condition is not None else "") or rule.place
        self.errors.append(CodedError(code, place=place, rule=rule.id, **values))


def _menu(seen: str, known: Iterable[str]) -> str:
    """The options as text, the likeliest first."""
    options = sorted(known)
    close = difflib.get_close_matches(seen, options, n=1, cutoff=0.5)
    return ", ".join(close + [option for option in options if option not in close])


def _depths(
    rules: Sequence[Rule], errors: list[CodedError], *, whole: bool
) -> tuple[dict[str, int], frozenset[str]]:
    """How many prerequisites stand before each rule, and the prerequisites that are absent.

    Circles are errors, and absent or retired rules where the rules are a whole pack.
    """
    needs = {rule.id: _prerequisites(rule) for rule in rules}
    places = {rule.id: rule.place for rule in rules}
    usable = {rule.id for rule in rules if rule.status != "retired"}
    for rule in rules:
        for missing in sorted(needs[rule.id] - usable) if whole and rule.id in usable else ():
            errors.append(
                CodedError(
                    "QA334",
                    place=rule.place,
                    rule=rule.id,
                    wanted=missing,
                    options=_menu(missing, usable - {rule.id}),
                )
            )
    absent = frozenset().union(*needs.values()) - set(needs) if needs else frozenset()
    left = {rule_id: wanted - absent for rule_id, wanted in needs.items()}
    depth: dict[str, int] = {}
    while left:
        ready = [rule_id for rule_id, wanted in left.items() if wanted <= set(depth)]
        if not ready:
            circle = ", ".join(sorted(left))
            errors.append(CodedError("QA333", place=places[min(left)], rules=circle))
            return {**depth, **dict.fromkeys(left, 0)}, absent
        for rule_id in ready:
            depth[rule_id] = 1 + max((depth[wanted] for wanted in left[rule_id]), default=-1)
        for rule_id in ready:
            del left[rule_id]
    return depth, absent


def _prerequisites(rule: Rule) -> set[str]:
    trees = [tree for part in PARTS if (tree := getattr(rule, part)) is not None]
    return {leaf.rule for tree in trees for leaf in leaves_of(tree) if isinstance(leaf, Verdict)}
