"""The logic of a rule, from its YAML shape to the tree the engine compiles.

Shapes: a condition's name; `{all: [..]}`, `{any: [..]}`, `{not: x}`;
`{at_least: {n: 2, find: name}}`, `{at_least: {n: 2, of: [..]}}`;
`{before|after|around|same_turn: [find, anchor]}` or the same with `{find, anchor, hit, within_s,
within_turns}`; `{rule: {id, verdict}}`; `{faults: {at_least: 3, rules: [..]}}` or with `area:` or
`skill:` in place of the rules.
"""

from typing import Any

from qa.domain.logic import All, Any_, AtLeast, Exists, Faults, Logic, Not, Relate, Verdict
from qa.packs.nouns import Source, build, menu
from qa.packs.yaml_reader import Path_

RELATIONS = ("before", "after", "around", "same_turn")
WORDS = ("all", "any", "not", "at_least", *RELATIONS, "rule", "faults")


def read_logic(value: Any, source: Source, path: Path_, names: frozenset[str]) -> Logic | None:
    """The tree, or None with errors added: QA220 unknown condition, QA221 unknown logic word,
    QA222 wrong shape; those of `build`."""
    if isinstance(value, str):
        return Exists(find=value) if _known(value, source, path, names) else None
    if not isinstance(value, dict) or len(value) != 1:
        source.add("QA222", path, options=", ".join(WORDS))
        return None
    ((word, body),) = value.items()
    here = (*path, word)
    if word in ("all", "any"):
        return _parts(word, body, source, here, names)
    if word == "not":
        part = read_logic(body, source, here, names)
        return None if part is None else Not(part=part)
    if word == "at_least":
        return _at_least(body, source, here, names)
    if word in RELATIONS:
        return _relate(word, body, source, here, names)
    if word == "rule":
        return build(Verdict, body if isinstance(body, dict) else {"rule": body}, source, here)
    if word == "faults":
        return _faults(body, source, here)
    source.add("QA221", here, word=word, options=menu(word, WORDS))
    return None


def _parts(
    word: str, body: Any, source: Source, path: Path_, names: frozenset[str]
) -> Logic | None:
    if not isinstance(body, list) or not body:
        source.add("QA222", path, options=f"{word}: [condition, ...]")
        return None
    parts = [read_logic(part, source, (*path, i), names) for i, part in enumerate(body)]
    good = tuple(part for part in parts if part is not None)
    if len(good) < len(parts):
        return None
    return All(parts=good) if word == "all" else Any_(parts=good)


def _at_least(body: Any, source: Source, path: Path_, names: frozenset[str]) -> Logic | None:
    if isinstance(body, dict) and set(body) == {"n", "of"}:
        return _at_least_of(body, source, path, names)
    if not isinstance(body, dict) or set(body) != {"n", "find"}:
        shapes = "at_least: {n: 2, find: condition}, at_least: {n: 2, of: [condition, ...]}"
        source.add("QA222", path, options=shapes)
        return None
    found = build(Exists, {"find": body["find"], "at_least": body["n"]}, source, path)
    if found is None or not _known(found.find, source, (*path, "find"), names):
        return None
    return found


def _at_least_of(
    body: dict[str, Any], source: Source, path: Path_, names: frozenset[str]
) -> Logic | None:
    whole = _parts("of", body["of"], source, (*path, "of"), names)
    if not isinstance(whole, Any_):
        return None
    made = build(AtLeast, {"n": body["n"], "parts": whole.parts}, source, path)
    if made is not None and made.n > len(made.parts):
        most = len(made.parts)
        source.add("QA222", (*path, "n"), options=f"at_least: {{n: 1-{most}, of: [...]}}")
        return None
    return made


def _faults(body: Any, source: Source, path: Path_) -> Logic | None:
    shapes = [f"faults: {{{of}, at_least: 3}}" for of in ("area: EMP", "skill: empathy",
                                                         "rules: [EMP-001, ...]")]  # fmt: skip
    if not isinstance(body, dict) or sum(key in body for key in ("area", "skill", "rules")) != 1:
        source.add("QA222", path, options=", ".join(shapes))
        return None
    made = build(Faults, body, source, path)
    if made is not None and made.area is None and made.skill is None and not made.rules:
        source.add("QA222", path, options=", ".join(shapes))
        return None
    return made


def _relate(
    word: str, body: Any, source: Source, path: Path_, names: frozenset[str]
) -> Logic | None:
    if isinstance(body, list) and len(body) == 2:
        body = {"find": body[0], "anchor": body[1]}
    if not isinstance(body, dict):
        source.add("QA222", path, options=f"{word}: [find, anchor]")
        return None
    relation = build(Relate, {**body, "where": word}, source, path)
    if relation is None:
        return None
    known = [
        _known(name, source, (*path, key), names)
        for key, name in (("find", relation.find), ("anchor", relation.anchor))
    ]
    return relation if all(known) else None


def _known(name: str, source: Source, path: Path_, names: frozenset[str]) -> bool:
    if name in names:
        return True
    source.add("QA220", path, name=name, options=menu(name, names))
    return False
