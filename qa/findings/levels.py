"""What must be judged before what: rules, derivations, the levels they fall into, circles."""

import difflib
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from qa.domain.derivations import WAIVER, Derivation
from qa.domain.logic import Faults, Logic, Verdict
from qa.domain.rules import Condition, Rule
from qa.findings.logic import PARTS, leaves_of
from transcribe.errors import CodedError

DERIVED = "derived"  # the operator that selects derived facts

Needs = dict[str, set[str]]
Judgeable = Rule | Derivation


def needs_of(rules: Iterable[Rule], derivations: Iterable[Derivation]) -> Needs:
    """Id of a rule or derivation -> ids of all that it asks for, there or not.

    A rule asks for those that waive it, and for each derivation of a kind of fact it looks for.
    """
    given = tuple(derivations)
    needs: Needs = {}
    judged: tuple[Judgeable, ...] = (*rules, *given)
    for one in judged:
        wanted = _rules_in(trees_of(one))
        wanted |= {d.id for c in one.conditions for d in given if gives(d, c)}
        if isinstance(one, Rule):
            wanted |= {d.id for d in given if one.id in d.waives}
        needs[one.id] = wanted
    return needs


def trees_of(one: Judgeable) -> dict[str, Logic]:
    """Part -> its logic."""
    if isinstance(one, Derivation):
        return {"when": one.when}
    return {part: tree for part in PARTS if (tree := getattr(one, part)) is not None}


def gives(derivation: Derivation, condition: Condition) -> bool:
    """True when the condition looks for facts that the derivation gives."""
    if condition.operator != DERIVED:
        return False
    kind, value = condition.params.get("kind"), condition.params.get("value")
    if derivation.waives:
        return kind == WAIVER and (value is None or value in derivation.waives)
    return kind == derivation.kind and (value is None or value == derivation.value)


def _rules_in(trees: Mapping[str, Logic]) -> set[str]:
    wanted: set[str] = set()
    for tree in trees.values():
        for leaf in leaves_of(tree):
            if isinstance(leaf, Verdict):
                wanted.add(leaf.rule)
            elif isinstance(leaf, Faults):
                wanted.update(leaf.rules)
    return wanted


def depths_of(needs: Needs, places: Mapping[str, str], errors: list[CodedError]) -> dict[str, int]:
    """How many others stand before each, in the longest chain. Circles are errors (QA333)."""
    left = {name: wanted & set(needs) for name, wanted in needs.items()}
    while True:
        try:
            ordered = list(TopologicalSorter({n: sorted(left[n]) for n in sorted(left)})
                           .static_order())  # fmt: skip
            break
        except CycleError as error:
            circle = _from_the_first([str(name) for name in error.args[1][1:]][::-1])
            shown = [f"{name} ({places[name] or '-'})" for name in (*circle, circle[0])]
            errors.append(CodedError("QA333", place=places[circle[0]], rules=" -> ".join(shown)))
            for name in circle:
                left[name] = set()
    depth: dict[str, int] = {}
    for name in ordered:
        depth[name] = 1 + max((depth[wanted] for wanted in left[name]), default=-1)
    return depth


def _from_the_first(circle: list[str]) -> list[str]:
    at = circle.index(min(circle))
    return circle[at:] + circle[:at]


def missing_in(
    rules: Sequence[Rule], derivations: Sequence[Derivation], errors: list[CodedError]
) -> None:
    """What a whole pack asks for and does not have: QA334 a rule, QA348 a kind of derived
    fact, QA349 a rule to be waived."""
    usable = {rule.id for rule in rules if rule.status != "retired"}
    judged: tuple[Judgeable, ...] = (*rules, *derivations)
    for one in judged:
        if isinstance(one, Rule) and one.id not in usable:
            continue
        for wanted in sorted(_rules_in(trees_of(one)) - usable):
            options = menu(wanted, usable - {one.id})
            values = {"rule": one.id, "wanted": wanted, "options": options}
            errors.append(CodedError("QA334", place=one.place, **values))
        for condition in one.conditions:
            if condition.operator == DERIVED and not any(gives(d, condition) for d in derivations):
                _unknown_kind(one, condition, derivations, errors)
    for derivation in derivations:
        for wanted in sorted(set(derivation.waives) - usable):
            options = menu(wanted, usable)
            values = {"derivation": derivation.id, "wanted": wanted, "options": options}
            errors.append(CodedError("QA349", place=derivation.place, **values))


def _unknown_kind(
    one: Judgeable,
    condition: Condition,
    derivations: Sequence[Derivation],
    errors: list[CodedError],
) -> None:
    known = [_given_as(WAIVER, r) for d in derivations for r in d.waives]
    known += [_given_as(d.kind, d.value) for d in derivations if not d.waives]
    wanted = _given_as(condition.params.get("kind"), condition.params.get("value"))
    errors.append(
        CodedError(
            "QA348",
            place=condition.place or one.place,
            rule=one.id,
            wanted=wanted,
            options=menu(wanted, known) or "-",
        )
    )


def _given_as(kind: object, value: object) -> str:
    return f"{kind}" if value is None else f"{kind}={value}"


def digests_of(rules: Iterable[Rule], derivations: Iterable[Derivation]) -> dict[str, str]:
    """Rule id -> digest of its meaning and of all derivations that it rests on, by chains too.

    The rule's own digest where it rests on none. Of rules that are in between only their place
    in the chain counts: who compares digests looks at those rules too.
    """
    given = tuple(derivations)
    asked = tuple(rules)
    needs = needs_of(asked, given)
    own = {one.id: one.digest for one in given}
    known: dict[str, str] = {}

    def whole(name: str, digest: str) -> str:
        below = [known.get(wanted, own[wanted]) for wanted in sorted(needs[name] & own.keys())]
        if not below:
            return digest
        return hashlib.sha256(" ".join([digest, *below]).encode()).hexdigest()[:16]

    for name in sorted(own, key=depths_of(needs, dict.fromkeys(needs, ""), []).__getitem__):
        known[name] = whole(name, own[name])
    return {rule.id: whole(rule.id, rule.digest) for rule in asked}


def menu(seen: str, known: Iterable[str]) -> str:
    """The options as text, the likeliest first."""
    options = sorted(set(known))
    close = difflib.get_close_matches(seen, options, n=1, cutoff=0.5)
    return ", ".join(close + [option for option in options if option not in close])
