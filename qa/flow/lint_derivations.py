"""Derivations that can never give anything, or give what nobody will see."""

import difflib
from collections.abc import Iterator

from qa.domain.derivations import Derivation
from qa.domain.logic import Faults
from qa.domain.packs import Packs
from qa.findings.levels import DERIVED
from qa.findings.logic import leaves_of
from transcribe.errors import CodedError

ALIKE = 0.75  # guess: kinds spelled so alike (difflib's ratio, 0-1) are meant to be one


def derivation_faults(packs: Packs) -> Iterator[tuple[bool, CodedError]]:
    """(is an error, QA270) of each derivation."""
    for one in packs.derivations:
        for severe, zh, en in (*_too_many_faults(one), *_on_no_form(one, packs), *_odd(one, packs)):
            values = {"derivation": one.id, "why_zh": zh, "why_en": en}
            yield severe, CodedError("QA270", place=one.place, **values)


def _too_many_faults(one: Derivation) -> Iterator[tuple[bool, str, str]]:
    for leaf in leaves_of(one.when):
        if isinstance(leaf, Faults) and leaf.at_least > len(leaf.rules):
            yield (
                True,
                f"faults 要 {leaf.at_least} 处失分，却只数 {len(leaf.rules)} 条规则",
                f"faults: asks for {leaf.at_least} and counts {len(leaf.rules)} rules only",
            )


def _on_no_form(one: Derivation, packs: Packs) -> Iterator[tuple[bool, str, str]]:
    """What it lifts must be asked somewhere: by an item, or by another rule."""
    own = [rule for rule in packs.rules if rule.language == one.language]
    asked = {
        name
        for card in packs.scorecards
        if card.language == one.language
        for item in card.items
        for name in item.rules
    }
    trees = [tree for rule in own for tree in (rule.only_if, rule.unless, rule.met_when) if tree]
    asked |= {leaf.rule for tree in trees for leaf in leaves_of(tree) if leaf.op == "verdict"}
    live = {rule.id for rule in own if rule.status == "live"}
    for name in one.waives:
        if name in live and name not in asked:
            yield (
                False,
                f"它免除规则 {name}，但没有评分表用到这条规则",
                f"it waives the rule {name}, which no scorecard names",
            )


def _odd(one: Derivation, packs: Packs) -> Iterator[tuple[bool, str, str]]:
    """A kind that nothing asks for is read by people; spelled nearly as another it is a slip."""
    conditions = [
        *(condition for rule in packs.rules for condition in rule.conditions),
        *(condition for other in packs.derivations for condition in other.conditions),
    ]
    asked = {str(c.params.get("kind")) for c in conditions if c.operator == DERIVED}
    if one.waives or one.kind in asked:
        return
    others = asked | {other.kind for other in packs.derivations if not other.waives}
    close = difflib.get_close_matches(one.kind, sorted(others - {one.kind}), n=1, cutoff=ALIKE)
    if close:
        yield (
            False,
            f"没有规则用到 {one.kind}，而另有写法相近的 {close[0]}",
            f"nothing asks for {one.kind}, and there is {close[0]}, spelled nearly the same",
        )
