"""Derivations of one YAML file (`derive: [...]`)."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any, TypeVar

from qa.domain.derivations import WAIVER, Derivation
from qa.domain.logic import All, Any_, AtLeast, Exists, Faults, Logic, Not
from qa.domain.rules import AREAS, Condition, Rule
from qa.domain.scorecards import Scorecard
from qa.packs.logic import read_logic
from qa.packs.nouns import Source, build, menu
from qa.packs.yaml_reader import Path_
from transcribe.errors import CodedError

Conditions = Callable[[dict[str, Any], Source, Path_], tuple[Condition, ...]]
Judgeable = TypeVar("Judgeable", Rule, Derivation)
_STAND_IN = Exists(find="none")


def read_derivation(
    raw: Any, source: Source, path: Path_, language: str, read_conditions: Conditions
) -> Derivation | None:
    """The derivation, or None with its errors in the source: QA213 no mapping, QA249 both or
    neither of kind and waives, an `each` that is no condition; those of `build`, `read_logic`."""
    if not isinstance(raw, dict):
        source.add("QA213", path, wanted="a mapping with id, kind, when")
        return None
    before = len(source.errors)
    body = raw.get("conditions") or {}
    here = (*path, "conditions")
    conditions: tuple[Condition, ...] = ()
    if isinstance(body, dict):
        conditions = read_conditions(body, source, here)
    else:
        source.add("QA223", here, extra="-")
    names = frozenset(body) if isinstance(body, dict) else frozenset()
    when = read_logic(raw["when"], source, (*path, "when"), names) if "when" in raw else None
    if "when" not in raw:
        source.add("QA211", path, field="when")
    each = raw.get("each")
    if each is not None and each not in names:
        source.add("QA220", (*path, "each"), name=each, options=menu(str(each), names))
    _waiver_or_kind(raw, source, path)
    plain = {key: raw[key] for key in raw if key not in ("conditions", "when")}
    if raw.get("waives"):
        plain["kind"] = WAIVER
    made = build(
        Derivation,
        {
            **_placed(plain, source, path),
            "conditions": conditions,
            "when": when or _STAND_IN,
            "language": language,
            "place": source.place(path),
        },
        source,
        path,
    )
    if made is None or len(source.errors) > before:
        return None
    return made.model_copy(update={"digest": derivation_digest(made)})


def _waiver_or_kind(raw: dict[str, Any], source: Source, path: Path_) -> None:
    if bool(raw.get("waives")) == ("kind" in raw):
        problem = ("kind 与 waives 写且只写其一", "write kind: or waives:, one of them")
    elif raw.get("kind") == WAIVER:
        problem = (f"kind {WAIVER} 只由 waives 给出", f"the kind {WAIVER} is given by waives: only")
    elif raw.get("waives") and "value" in raw:
        problem = ("豁免的值就是规则编号，不写 value", "a waiver's value is its rule: no value:")
    else:
        return
    source.add("QA249", path, problem_zh=problem[0], problem_en=problem[1])


def _placed(plain: dict[str, Any], source: Source, path: Path_) -> dict[str, Any]:
    """The plain fields, each case with its place."""
    cases = plain.get("cases")
    if not isinstance(cases, list):
        return plain
    placed = [
        {**case, "place": source.place((*path, "cases", i))} if isinstance(case, dict) else case
        for i, case in enumerate(cases)
    ]
    return {**plain, "cases": placed}


def derivation_digest(one: Derivation) -> str:
    """sha256 (16 hex digits) of what changes its meaning; titles and cases do not."""
    meaning = one.model_dump(
        mode="json",
        include={"id", "language", "kind", "value", "applies_to", "conditions", "each", "when",
                 "waives"},
        exclude={"conditions": {"__all__": {"place"}}},
    )  # fmt: skip
    text = json.dumps(meaning, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def with_faults(
    ones: Iterable[Judgeable],
    digest: Callable[[Judgeable], str],
    rules: Iterable[Rule],
    scorecards: Iterable[Scorecard],
) -> tuple[tuple[Judgeable, ...], list[CodedError]]:
    """Each with the live rules written down that its faults stand for; QA247 where none is."""
    live = [rule for rule in rules if rule.status == "live"]
    by_skill: dict[str, set[str]] = {}
    for item in (item for card in scorecards for item in card.items):
        by_skill.setdefault(item.skill or "", set()).update(item.rules)
    errors: list[CodedError] = []
    made: list[Judgeable] = []
    for one in ones:
        own = {rule.id for rule in live if rule.language == one.language}
        parts = ("when",) if isinstance(one, Derivation) else ("only_if", "unless", "met_when")
        trees = {part: getattr(one, part) for part in parts if getattr(one, part) is not None}
        counting = _Counting(one.id, one.place, own, by_skill, errors)
        told = {part: _told(tree, counting.counted) for part, tree in trees.items()}
        if told != trees:
            changed = one.model_copy(update=told)
            made.append(changed.model_copy(update={"digest": digest(changed)}))
        else:
            made.append(one)
    return tuple(made), errors


@dataclass(frozen=True)
class _Counting:
    """Which live rules the faults of one rule or derivation stand for."""

    asker: str
    place: str
    live: Set[str]
    by_skill: Mapping[str, Set[str]]
    errors: list[CodedError]

    def counted(self, leaf: Faults) -> Faults:
        if leaf.area is None and leaf.skill is None:
            return leaf
        if leaf.area is not None:
            found = {rule for rule in self.live if rule.startswith(f"{leaf.area}-")}
            wanted, options = f"area {leaf.area}", menu(leaf.area, AREAS)
        else:
            skill = leaf.skill or ""
            found = {*self.live} & self.by_skill.get(skill, frozenset())
            wanted, options = f"skill {skill}", menu(skill, self.by_skill)
        if not found:
            values = {"rule": self.asker, "wanted": wanted, "options": options}
            self.errors.append(CodedError("QA247", place=self.place, **values))
        return leaf.model_copy(update={"rules": tuple(sorted(found))})


def _told(tree: Logic, counted: Callable[[Faults], Faults]) -> Logic:
    """The tree with its faults told."""
    if isinstance(tree, Faults):
        return counted(tree)
    if isinstance(tree, Not):
        return tree.model_copy(update={"part": _told(tree.part, counted)})
    if isinstance(tree, All | Any_ | AtLeast):
        parts = tuple(_told(part, counted) for part in tree.parts)
        return tree.model_copy(update={"parts": parts})
    return tree
