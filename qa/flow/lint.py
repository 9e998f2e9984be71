"""The lint of `qa check`: what loads and compiles and is a mistake all the same."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qa.domain.derivations import Derivation
from qa.domain.packs import Packs
from qa.domain.rules import Record, Rule
from qa.domain.scorecards import Item, Scorecard
from qa.findings.logic import leaves_of, names_in
from qa.flow.lint_conditions import condition_faults
from qa.flow.lint_derivations import derivation_faults
from qa.flow.lint_logic import logic_faults, meaning_of
from transcribe.errors import CodedError, place_key

Severity = Literal["error", "warning"]
# What a fatal item's guide must name: what becomes of the score.
_CONSEQUENCE_ZH = re.compile(r"一票否决|[0零] ?分|清零|作废|归零")
_CONSEQUENCE_EN = re.compile(r"\b(fatal|zero|zeroes|scores 0|void|fails the)\b", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Guess: the shortest shipped guide has twice that; "see the training" tells nobody how to judge.
LEAST_GUIDE_ZH, LEAST_GUIDE_EN = 8, 5
LEAST_RIGHT = 0.5  # below, a record says that the rule is wrong more often than right


@dataclass(frozen=True)
class Lint:
    """One thing that the lint says; an error stops `qa check`, a warning does not."""

    severity: Severity
    error: CodedError


def lint(packs: Packs, only: Sequence[str] = ()) -> tuple[Lint, ...]:
    """Everything the lint says of the packs, sorted by place and code.

    only: places' file names that matter (before ":line"); empty: all. Codes: QA260-QA273.
    """
    found = [
        *_of_rules(packs),
        *_of_derivations(packs),
        *_twice(packs),
        *_of_items(packs),
    ]
    kept = [one for one in found if not only or one.error.place.rsplit(":", 2)[0] in only]
    return tuple(sorted(kept, key=lambda one: (place_key(one.error.place), one.error.code)))


def _lint(severe: bool, error: CodedError) -> Lint:
    return Lint("error" if severe else "warning", error)


def _of_rules(packs: Packs) -> Iterator[Lint]:
    for rule in packs.rules:
        if rule.status == "retired":
            continue
        yield from _of_logic(rule, packs)
        yield from _anchors(rule)
        yield from _cases(rule)
        if rule.status == "live" and (why := _record(rule.record)):
            error = CodedError("QA268", place=rule.place, rule=rule.id, why_zh=why[0],
                               why_en=why[1])  # fmt: skip
            yield _lint(False, error)


def _cases(rule: Rule) -> Iterator[Lint]:
    """QA271: what a rule on trial does not show; a live one's cases are an error of the check."""
    shown = {case.expect for case in rule.cases}
    for verdict in ("met", "not_met"):
        if rule.status == "trial" and verdict not in shown:
            yield _lint(False, CodedError("QA271", place=rule.place, rule=rule.id, verdict=verdict))


def _record(record: Record | None) -> tuple[str, str] | None:
    """What a live rule's record fails to say, in both languages."""
    if record is None:
        return ("没有 record，不知道它判得有多准",
                "has no record, so nobody knows how often it is right")  # fmt: skip
    if record.calls == 0:
        return "的 record 一通也没有测过", "has a record of no calls"
    for name, zh in (("precision", "判为未达标的"), ("recall", "真正未达标的")):
        share = getattr(record, name)
        if share is not None and share < LEAST_RIGHT:
            return (
                f"的 record 里 {name} 是 {share:g}，{zh}多半判错",
                f"has a {name} of {share:g} in its record: wrong more often than right",
            )
    return None


def _of_derivations(packs: Packs) -> Iterator[Lint]:
    for one in packs.derivations:
        yield from _of_logic(one, packs)
    yield from (_lint(*fault) for fault in derivation_faults(packs))


def _of_logic(one: Rule | Derivation, packs: Packs) -> Iterator[Lint]:
    patterns = next(p for p in packs.patterns if p.language == one.language)
    words = {listed.kind: listed for listed in patterns.lists}
    yield from (_lint(*fault) for fault in condition_faults(one, words))
    yield from (_lint(True, error) for error in logic_faults(one))


def _anchors(rule: Rule) -> Iterator[Lint]:
    """QA266: nothing a CSR can act on."""
    reasons: list[tuple[bool, str, str]] = []
    if all(condition.operator == "attribute" for condition in rule.conditions):
        reasons.append((True, "条件只看随录参数，没有看通话里的行为",
                        "its conditions read the call's metadata only, no behaviour"))  # fmt: skip
    if not rule.say:
        reasons.append((False, "没有写 say（怎么说才对）", "it has no say: (what would be right)"))
    if _only_of_the_customer(rule):
        reasons.append((False, "达标与否只看客户说什么、做什么，座席无从改起",
                        "it hangs only on what the customer says or does"))  # fmt: skip
    blank = [name for name in ("why", "wrong_when") if not getattr(rule, name).zh.strip()
             or not getattr(rule, name).en.strip()]  # fmt: skip
    if blank:
        fields = ", ".join(blank)
        reasons.append((True, f"{fields} 是空的", f"{fields} is blank"))
    if rule.why in (rule.title, rule.wrong_when):
        reasons.append((False, "why 只是重复了别的字段", "why only repeats another field"))
    for severe, zh, en in reasons:
        error = CodedError("QA266", place=rule.place, rule=rule.id, why_zh=zh, why_en=en)
        yield _lint(severe, error)


def _only_of_the_customer(rule: Rule) -> bool:
    """True when every condition that makes it met or not is about the customer."""
    named = {name for leaf in leaves_of(rule.met_when) for name in names_in(leaf)}
    own = [condition for condition in rule.conditions if condition.name in named]
    sides = [c.params.get("speaker") or c.params.get("by") for c in own]
    return bool(own) and all(side == "customer" for side in sides)


def _twice(packs: Packs) -> Iterator[Lint]:
    """QA264 two rules of one meaning, QA265 wordings that two rules forbid."""
    rules = [rule for rule in packs.rules if rule.status == "live"]
    by_meaning: dict[str, Rule] = {}
    for rule in rules:
        other = by_meaning.setdefault(f"{rule.language} {_meaning(rule)}", rule)
        if other is not rule:
            yield _lint(
                True,
                CodedError(
                    "QA264",
                    place=rule.place,
                    rule=rule.id,
                    other=other.id,
                    place_of_other=other.place,
                    items=_items(packs, rule, other),
                ),
            )
    for rule in rules:
        for other in rules:
            lists = _forbidden(rule)
            if rule is other or other.language != rule.language or not lists:
                continue
            both = lists & _forbidden(other)
            if both == lists:
                values = {"lists": ", ".join(sorted(both)), "items": _items(packs, rule, other)}
                error = CodedError(
                    "QA265", place=rule.place, rule=rule.id, other=other.id, **values
                )
                if _meaning(rule) != _meaning(other):
                    yield _lint(False, error)


def _meaning(rule: Rule) -> str:
    """What the rule punishes, whatever its id and its conditions' names."""
    parts = rule.model_dump_json(include={"applies_to", "only_if", "unless", "met_when"})
    for condition in rule.conditions:
        for field in ("find", "anchor"):
            parts = parts.replace(
                f'"{field}":"{condition.name}"', f'"{field}":{meaning_of(condition)}'
            )
    return parts


def _forbidden(rule: Rule) -> frozenset[str]:
    """Word lists whose use by the CSR alone makes the rule not_met."""
    if rule.met_when.op != "not" or rule.met_when.part.op != "exists" or rule.only_if:
        return frozenset()
    find = rule.met_when.part.find
    condition = next(one for one in rule.conditions if one.name == find)
    words = condition.params.get("words") or ()
    if condition.operator != "says" or condition.params.get("speaker") != "csr":
        return frozenset()
    return frozenset([words] if isinstance(words, str) else map(str, words))  # type: ignore[call-overload]


def _items(packs: Packs, *rules: Rule) -> str:
    """The items that name the rules, as text."""
    named = [
        f"{card.id} {item.ref_id} ({rule.id})"
        for card in packs.scorecards
        for item in card.items
        for rule in rules
        if card.language == rule.language and rule.id in item.rules
    ]
    return ", ".join(named) or "-"


def _of_items(packs: Packs) -> Iterator[Lint]:
    """QA267: a fatal item that does not say what follows, or rests on rules on trial; QA272 a
    rule that costs points twice on a form, QA273 an item that says or weighs nothing."""
    for card in packs.scorecards:
        yield from _costs_twice(card)
        for item in card.items:
            yield from _of_item(card, item)
        status = {rule.id: rule.status for rule in packs.rules if rule.language == card.language}
        for item in card.items:
            if item.fatal != "none":
                yield from _of_fatal(card, item, status)


def _costs_twice(card: Scorecard) -> Iterator[Lint]:
    """An item of no points may share a rule: it zeroes, and costs nothing of its own."""
    weighing = [item for item in card.items if item.points]
    for rule in dict.fromkeys(name for item in weighing for name in item.rules):
        users = [item for item in weighing for name in item.rules if name == rule]
        if len(users) > 1:
            names = ", ".join(f"{card.id} {item.ref_id}" for item in users)
            error = CodedError("QA272", place=users[-1].place, items=names, rule=rule)
            yield _lint(False, error)


def _of_item(card: Scorecard, item: Item) -> Iterator[Lint]:
    reasons: list[tuple[str, str]] = []
    if item.points == 0 and item.fatal == "none":
        reasons.append(("是 0 分又不能否决，判它没有作用", "has no points and is not fatal, so "
                        "judging it changes nothing"))  # fmt: skip
    if len(_HAN.findall(item.guide.zh)) < LEAST_GUIDE_ZH or len(item.guide.en.split()) < (
        LEAST_GUIDE_EN
    ):
        reasons.append(("的 guide 太短，没有说怎样达标、怎样未达标",
                        "has a guide too short to say what is met and what is not"))  # fmt: skip
    for zh, en in reasons:
        values = {"item": f"{card.id} {item.ref_id}", "why_zh": zh, "why_en": en}
        yield _lint(False, CodedError("QA273", place=item.place, **values))


def _of_fatal(card: Scorecard, item: Item, status: Mapping[str, str]) -> Iterator[Lint]:
    reasons: list[tuple[str, str]] = []
    if not _CONSEQUENCE_ZH.search(item.guide.zh) or not _CONSEQUENCE_EN.search(item.guide.en):
        reasons.append((
            "guide 没有写后果（如：本表记 0 分）",
            "its guide does not name the consequence (such as: the form scores zero)",
        ))  # fmt: skip
    if item.by != "human" and item.rules and all(status.get(r) != "live" for r in item.rules):
        rules = ", ".join(item.rules)
        reasons.append((f"规则 {rules} 都在试用", f"its rules {rules} are all on trial"))
    for zh, en in reasons:
        values = {"item": f"{card.id} {item.ref_id}", "why_zh": zh, "why_en": en}
        yield _lint(True, CodedError("QA267", place=item.place, **values))
