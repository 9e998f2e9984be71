"""Rules and derivations to a program: conditions and leaves numbered over all, levels, rulesets."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from qa.domain.derivations import WAIVER, Derivation
from qa.domain.logic import All, Any_, AtLeast, Exists, Leaf, Logic, Not
from qa.domain.problems import flags_for_numbers, problem_texts
from qa.domain.rules import Condition, Rule, Window
from qa.findings.levels import (
    DERIVED,
    Judgeable,
    depths_of,
    digests_of,
    menu,
    missing_in,
    needs_of,
    trees_of,
)
from qa.findings.logic import (
    MAX_CONJUNCTIONS,
    Branch,
    Node,
    TooWide,
    Twig,
    leaves_of,
    names_in,
    normal_form,
    twigs_of,
)
from qa.findings.operator import Operator
from qa.findings.program import Compiled, CompiledDerivation, CompiledRule, Level, Program, Use
from qa.findings.rulesets import (
    MAX_LITERALS,
    MAX_OWN_RULES,
    Body,
    Json,
    part_rule,
    shards_of,
    widest_of,
)
from transcribe.errors import CodedError, CodedErrors

MOST_TOLD = 9_999  # a logic that expands wider is told as wider than this


def compile_rules(
    rules: Sequence[Rule],
    operators: Mapping[str, Operator],
    *,
    derivations: Sequence[Derivation] = (),
    whole: bool = True,
) -> Program:
    """The program of the rules and derivations, in an order that does not hang on theirs.

    whole: they are a whole pack, so what is asked for and not among them does not exist; else
    they are those of one call, and it does not apply to the call.
    Errors, all at once: QA330 unknown operator, QA331 wrong parameter, QA332 a logic too wide
    for the engine, QA333 a circle, QA334 an unknown or retired prerequisite, QA335 a condition
    that no logic uses, QA338 a window where none can be, QA348 derived facts that nothing
    gives, QA349 a waiver of no rule.
    """
    ordered = sorted(rules, key=lambda rule: rule.id)
    given = sorted(derivations, key=lambda one: one.id)
    needs = needs_of(ordered, given)
    builder = _Builder(operators, digests_of(ordered, given))
    waived = {rule_id for one in given for rule_id in one.waives}
    for index, rule in enumerate(ordered):
        builder.add_rule(index, rule, waived=rule.id in waived)
    for index, derivation in enumerate(given, start=len(ordered)):
        builder.add_derivation(index, derivation)
    judged: tuple[Judgeable, ...] = (*ordered, *given)
    places = {one.id: one.place for one in judged}
    depth = depths_of(needs, places, builder.errors)
    if whole:
        missing_in(ordered, given, builder.errors)
    if builder.errors:
        raise CodedErrors(builder.errors)
    absent = frozenset[str]().union(*needs.values()) - needs.keys()
    text = json.dumps([[one.id, one.digest] for one in judged])
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    measured = tuple(use for use in builder.uses.values() if use.operator.name != DERIVED)
    return Program(digest, measured, builder.levels(depth), absent)


class _Builder:
    """Gives equal uses and equal leaves one key, over all rules."""

    def __init__(self, operators: Mapping[str, Operator], digests: Mapping[str, str]) -> None:
        self.operators = operators
        self.digests = digests
        self.uses: dict[str, Use] = {}
        self.windows: dict[Window, Window] = {}  # equal ones are one, which a call searches once
        self.keys: dict[str, str] = {}
        self.leaf_of: dict[str, Leaf] = {}
        self.bodies: dict[int, Body] = {}
        self.errors: list[CodedError] = []
        self.made: list[CompiledRule | CompiledDerivation] = []

    def add_rule(self, index: int, rule: Rule, *, waived: bool) -> None:
        """waived: something may lift it."""
        known = self._known(rule)
        if known is None:
            return
        parts = {part: self._node(tree, known) for part, tree in trees_of(rule).items()}
        if waived:
            lifted = Condition(
                name="waived", operator=DERIVED, params={"kind": WAIVER, "value": rule.id}
            )
            use = self._use(lifted, rule)
            assert use is not None
            parts["waived"] = self._twig(Exists(find=use.key))
        self._bodies(index, rule, parts)
        digest = self.digests[rule.id]
        self.made.append(CompiledRule(index, tuple(known.values()), parts, digest, rule))

    def add_derivation(self, index: int, one: Derivation) -> None:
        known = self._known(one)
        if known is None:
            return
        parts = {part: self._node(tree, known) for part, tree in trees_of(one).items()}
        self._bodies(index, one, parts)
        made = CompiledDerivation(index, tuple(known.values()), parts, one.digest, one)
        if one.each is not None and index in self.bodies:
            (own,) = shards_of([self.bodies[index]], 0)
            made = replace(made, each=known[one.each], shard=own)
        self.made.append(made)

    def levels(self, depth: Mapping[str, int]) -> tuple[Level, ...]:
        """The levels, lowest first; each use of derived facts in the first that asks for it."""
        levels: list[Level] = []
        derived = {use.key: use for use in self.uses.values() if use.operator.name == DERIVED}
        for number in sorted(set(depth.values())):
            here = [one for one in self.made if depth[_id_of(one)] == number]
            rules = tuple(one for one in here if isinstance(one, CompiledRule))
            given = tuple(one for one in here if isinstance(one, CompiledDerivation))
            named = {
                name for one in here for leaf in _leaves_in(one).values() for name in names_in(leaf)
            } | {one.each for one in given if one.each}
            uses = tuple(derived.pop(key) for key in sorted(named & derived.keys()))
            together = [one for one in here if not getattr(one, "each", None)]
            bodies = [self.bodies[one.index] for one in together]
            levels.append(Level(rules, shards_of(bodies, number), given, uses))
        return tuple(levels)

    def _known(self, one: Judgeable) -> dict[str, str] | None:
        """Name of a condition -> its use's key; None where something is wrong with them."""
        before = len(self.errors)
        each = one.each if isinstance(one, Derivation) else None
        uses = {
            condition.name: self._use(condition, one, each=condition.name == each)
            for condition in one.conditions
        }
        named = {name for tree in trees_of(one).values() for leaf in leaves_of(tree)
                 for name in names_in(leaf)}  # fmt: skip
        if each is not None:
            named.add(each)
        for condition in one.conditions:
            if condition.name not in named:
                self._error("QA335", one, condition, name=condition.name)
        if len(self.errors) > before:
            return None
        return {name: use.key for name, use in uses.items() if use is not None}

    def _use(self, condition: Condition, rule: Judgeable, *, each: bool = False) -> Use | None:
        """each: its hits are taken one by one, so no other condition may share the use."""
        operator = self.operators.get(condition.operator)
        if operator is None:
            options = menu(condition.operator, self.operators)
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
        text = f"{operator.name} {want.model_dump_json()} {condition.window!r} {each}"
        if text not in self.uses:
            window = condition.window and self.windows.setdefault(
                condition.window, condition.window
            )
            self.uses[text] = Use(f"c{len(self.uses)}", operator, want, window)
        return self.uses[text]

    def _wrong_params(
        self,
        problems: Iterable[Mapping[str, Any]],
        operator: Operator,
        rule: Judgeable,
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
                options=menu(field, known),
            )

    def _node(self, tree: Logic, uses: Mapping[str, str]) -> Node:
        if isinstance(tree, Not):
            return Branch("not", (self._node(tree.part, uses),))
        if isinstance(tree, All | Any_ | AtLeast):
            parts = tuple(self._node(part, uses) for part in tree.parts)
            if isinstance(tree, AtLeast):
                return Branch("at_least", parts, tree.n)
            return Branch("all" if isinstance(tree, All) else "any", parts)
        fields = ("find", "anchor")[: len(names_in(tree))]
        return self._twig(
            tree.model_copy(update={field: uses[getattr(tree, field)] for field in fields})
        )

    def _twig(self, leaf: Leaf) -> Twig:
        """Of a leaf that names uses."""
        key = self.keys.setdefault(leaf.model_dump_json(), f"l{len(self.keys)}")
        return Twig(key, self.leaf_of.setdefault(key, leaf))

    def _bodies(self, index: int, one: Judgeable, parts: Mapping[str, Node]) -> None:
        """The engine's rules of the parts: one for each conjunction that settles one."""
        rules: dict[str, Json] = {}
        before = len(self.errors)
        for part, node in parts.items():
            for value in (True, False):
                try:
                    lines = normal_form(node, value)
                except TooWide as error:
                    self._too_wide(one, part, error.count, 1, MAX_CONJUNCTIONS)
                    break
                widest = max((len(line) for line in lines), default=0)
                if widest > MAX_LITERALS:
                    self._too_wide(one, part, len(lines), widest, MAX_CONJUNCTIONS)
                    break
                for number, literals in enumerate(lines):
                    name = f"r{index}.{part}.{'t' if value else 'f'}.{number}"
                    rules[name] = part_rule(literals)
        leaves = {twig.key: twig.leaf for node in parts.values() for twig in twigs_of(node)}
        body = Body(index, rules, leaves)
        whole = widest_of([body])
        if len(self.errors) == before and whole > MAX_OWN_RULES:
            self._too_wide(one, ", ".join(parts), whole, 1, MAX_OWN_RULES)
        if len(self.errors) == before:
            self.bodies[index] = body

    def _too_wide(self, one: Judgeable, part: str, lines: int, widest: int, most: int) -> None:
        self._error(
            "QA332",
            one,
            part=part,
            lines=lines if lines <= MOST_TOLD else f"> {MOST_TOLD}",
            widest=widest,
            most=most,
            limit=MAX_LITERALS,
        )

    def _error(
        self, code: str, one: Judgeable, condition: Condition | None = None, **values: object
    ) -> None:
        place = (condition.place if condition is not None else "") or one.place
        self.errors.append(CodedError(code, place=place, rule=one.id, **values))


def _leaves_in(one: Compiled) -> dict[str, Leaf]:
    """Its leaves by key."""
    return {twig.key: twig.leaf for node in one.parts.values() for twig in twigs_of(node)}


def _id_of(one: CompiledRule | CompiledDerivation) -> str:
    return one.rule.id if isinstance(one, CompiledRule) else one.derivation.id
