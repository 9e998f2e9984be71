"""Rules of one YAML file (`rules: [...]`)."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.domain.derivations import Derivation
from qa.domain.logic import Exists, Logic, Not
from qa.domain.rules import Condition, Rule
from qa.packs.derivations import read_derivation
from qa.packs.logic import read_logic
from qa.packs.nouns import Source, build, menu
from qa.packs.yaml_reader import Path_, read_plain
from transcribe.errors import CodedError

# Fields that stand beside the operator in a rule; any other single key is the operator (sugar
# for one condition and `met_when` it).
_PLAIN = frozenset(
    {
        "id", "name", "title", "why", "wrong_when", "status", "applies_to", "say",
        "references", "record", "cases",
    }
)  # fmt: skip
_LOGIC = ("only_if", "unless", "met_when", "not_met_when")
_FIELDS = _PLAIN | {"conditions", *_LOGIC}
SUGAR = "it"  # the condition's name where a rule writes its operator at the top level


def read_rules(
    path: Path, language: str, *, name: str
) -> tuple[tuple[Rule, ...], list[CodedError]]:
    """As `read_rule_file`, without the derivations."""
    file = read_rule_file(path, language, name=name)
    return file.rules, file.errors


@dataclass
class RuleFile:
    """What is sound in one file, and every error of the rest."""

    rules: tuple[Rule, ...]
    derivations: tuple[Derivation, ...] = ()
    errors: list[CodedError] = field(default_factory=list)


def read_rule_file(path: Path, language: str, *, name: str) -> RuleFile:
    """The file's rules (`rules: [...]`) and derivations (`derive: [...]`).

    Errors: those of `read_plain`, `build`, `read_logic`, `read_derivation`; QA213 wrong top
    level, QA223 no conditions, QA224 both or neither of met_when and not_met_when, QA225 a
    condition that is not one operator.
    """
    value, places = read_plain(path, name=name)
    source = Source(name, places)
    known = isinstance(value, dict) and value and set(value) <= {"rules", "derive"}
    if not known or not all(isinstance(body, list) for body in value.values()):
        raise CodedError("QA213", place=f"{name}:1:1", wanted="rules: [...], derive: [...]")
    made = [
        _read_rule(raw, source, ("rules", index), language)
        for index, raw in enumerate(value.get("rules", ()))
    ]
    derived = [
        read_derivation(raw, source, ("derive", index), language, read_conditions)
        for index, raw in enumerate(value.get("derive", ()))
    ]
    return RuleFile(
        tuple(rule for rule in made if rule is not None),
        tuple(one for one in derived if one is not None),
        source.errors,
    )


def _read_rule(raw: Any, source: Source, path: Path_, language: str) -> Rule | None:
    if not isinstance(raw, dict):
        source.add("QA213", path, wanted="a mapping with id, title, conditions")
        return None
    before = len(source.errors)
    conditions, names, sugar = _conditions(raw, source, path)
    plain = {key: raw[key] for key in raw if key in _PLAIN}
    logic = _read_logic(raw, source, path, names, sugar=sugar)
    if len(source.errors) > before or not conditions:
        _check_plain(plain, language, source, path)
        return None
    rule = build(
        Rule,
        {
            **_placed(plain, source, path),
            **logic,
            "conditions": conditions,
            "language": language,
            "place": source.place(path),
        },
        source,
        path,
    )
    if rule is None:
        return None
    return rule.model_copy(update={"digest": rule_digest(rule)})


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


def _check_plain(plain: dict[str, Any], language: str, source: Source, path: Path_) -> None:
    """Report what else is wrong in a rule whose conditions or logic could not be read."""
    stand_in = Condition(name=SUGAR, operator="none", params={})
    build(
        Rule,
        {
            **plain,
            "language": language,
            "conditions": (stand_in,),
            "met_when": Exists(find=SUGAR),
        },
        source,
        path,
    )


def _conditions(
    raw: dict[str, Any], source: Source, path: Path_
) -> tuple[tuple[Condition, ...], frozenset[str], bool]:
    """The rule's sound conditions, the names of all, and whether its operator stands at the top
    level (sugar)."""
    extra = [key for key in raw if key not in _FIELDS]
    if "conditions" not in raw:
        if len(extra) != 1:
            source.add("QA223", path, extra=", ".join(sorted(extra)) or "-")
            return (), frozenset(), True
        condition = _condition(SUGAR, {extra[0]: raw[extra[0]]}, source, path)
        return ((condition,) if condition else ()), frozenset({SUGAR}), True
    for key in extra:
        source.add("QA210", (*path, key), field=key, options=menu(key, _FIELDS))
    body = raw["conditions"]
    here = (*path, "conditions")
    if not isinstance(body, dict) or not body:
        source.add("QA223", here, extra="-")
        return (), frozenset(), False
    return read_conditions(body, source, here), frozenset(body), False


def read_conditions(body: dict[str, Any], source: Source, path: Path_) -> tuple[Condition, ...]:
    """The sound ones of a mapping of names to operators."""
    made = [_condition(name, one, source, (*path, name)) for name, one in body.items()]
    return tuple(condition for condition in made if condition)


def _condition(name: str, body: Any, source: Source, path: Path_) -> Condition | None:
    if not isinstance(body, dict) or len(body) != 1:
        source.add("QA225", path, name=name)
        return None
    ((operator, params),) = body.items()
    if params is None:
        params = {}
    if not isinstance(params, dict):
        source.add("QA225", (*path, operator), name=name)
        return None
    rest = {key: value for key, value in params.items() if key != "window"}
    return build(
        Condition,
        {
            "name": name,
            "operator": operator,
            "params": rest,
            "window": params.get("window"),
            "place": source.place((*path, operator)),
        },
        source,
        path,
        moved={("window",): (*path, operator, "window")},
    )


def _read_logic(
    raw: dict[str, Any], source: Source, path: Path_, names: frozenset[str], *, sugar: bool
) -> dict[str, Logic]:
    read: dict[str, Logic] = {}
    for word in _LOGIC:
        if word in raw:
            tree = read_logic(raw[word], source, (*path, word), names)
            if tree is not None:
                read[word] = tree
    if sugar and not set(_LOGIC) & set(raw):
        return {"met_when": Exists(find=SUGAR)}
    if ("met_when" in raw) == ("not_met_when" in raw):
        source.add("QA224", path)
    if "not_met_when" in read:
        read["met_when"] = Not(part=read.pop("not_met_when"))
    return read


def rule_digest(rule: Rule) -> str:
    """sha256 (16 hex digits) of what changes the rule's meaning; titles and cases do not."""
    meaning = rule.model_dump(
        mode="json",
        include={"id", "language", "applies_to", "conditions", "only_if", "unless", "met_when"},
        exclude={"conditions": {"__all__": {"place"}}},
    )
    text = json.dumps(meaning, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
