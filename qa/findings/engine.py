"""The one door to durable_rules: run a shard over one call's slim facts.

Driven directly, one session at a time, state deleted after each, as
docs/decisions/0003-engine.md says. Values are checked before they cross the border: the engine
drops the rest of a batch after a value its parser rejects, without a word.
"""

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import durable_rules_engine as durable

from qa.findings.compile import Shard
from transcribe.errors import CodedError

Slim = Mapping[str, int | str]
Firing = tuple[str, Mapping[str, Mapping[str, Any]]]

MAX_INT = 2**53 - 1  # larger integers lose digits in the engine's parser
MAX_RULESETS = 64  # guess: packs of several sites and languages at once


@dataclass(frozen=True, slots=True)
class Run:
    """What one shard concluded.

    leaves: leaf key -> pairs (find hit id, anchor hit id or None) that make it true.
    violations: leaf key -> anchor hit ids that have no fitting `find`.
    parts: names of the stratum 1 rules that fired, "r3.met_when.t.0".
    """

    leaves: Mapping[str, tuple[tuple[str, str | None], ...]]
    violations: Mapping[str, tuple[str, ...]]
    parts: frozenset[str]


_RULESETS: OrderedDict[str, Any] = OrderedDict()
_SESSION = "s1"  # one live session at a time, so one id is enough


def run_shard(
    shard: Shard, hits: Sequence[Slim], *, true: Sequence[str] = (), unknown: Sequence[str] = ()
) -> Run:
    """The shard's conclusions over the hits.

    hits: facts of kind h (hit) and n (count) that the shard's uses select, times in ms.
    true, unknown: leaves already known to hold, and leaves that could not be measured.
    Errors: QA336 the engine refused a fact or a ruleset, QA337 a value it cannot hold.
    """
    given = [{"k": "t", "l": leaf} for leaf in sorted(true)]
    doubt = [{"k": "u", "l": leaf} for leaf in sorted(unknown)]
    handle = _ruleset(shard)
    begin = _message({"k": "begin"}, "b")
    try:
        state = _assert_one(handle, begin)
        for _ in _firings(handle, state):
            pass
        try:
            first = list(_stratum(handle, 0, [*hits, *given, *doubt], "f"))
            leaves, violations = _conclude(first, frozenset(unknown))
            derived = [{"k": "t", "l": leaf} for leaf in sorted(leaves)]
            derived += [{"k": "v", "l": leaf} for leaf in sorted(violations)]
            leaves |= {leaf: [] for leaf in true}
            parts = frozenset(name for name, _ in _stratum(handle, 1, derived, "d"))
        finally:
            durable.delete_state(handle, _SESSION)
    except CodedError:
        raise
    except Exception as error:
        _RULESETS.pop(shard.name, None)
        raise CodedError("QA336", place=shard.name, problem=str(error)) from error
    return Run(
        {leaf: tuple(sorted(pairs, key=str)) for leaf, pairs in leaves.items()},
        {leaf: tuple(sorted(set(anchors))) for leaf, anchors in violations.items()},
        parts,
    )


def _ruleset(shard: Shard) -> Any:
    """The handle of the shard's ruleset, made once a process; the oldest are deleted."""
    if shard.name in _RULESETS:
        _RULESETS.move_to_end(shard.name)
        return _RULESETS[shard.name]
    handle = durable.create_ruleset(shard.name, shard.ruleset)
    _RULESETS[shard.name] = handle
    if len(_RULESETS) > MAX_RULESETS:
        _, oldest = _RULESETS.popitem(last=False)
        durable.delete_ruleset(oldest)
    return handle


def _stratum(handle: Any, number: int, facts: Sequence[Slim], prefix: str) -> Iterator[Firing]:
    """Assert the facts and the stratum's end fact as one batch; give the firings."""
    batch = [_message(fact, f"{prefix}{i}") for i, fact in enumerate(facts)]
    batch.append(_message({"k": "end", "z": number}, f"e{number}"))
    code, state = durable.assert_facts(handle, json.dumps(batch))
    if code != 0:
        raise CodedError("QA336", place="", problem=f"a batch was refused with code {code}")
    yield from _firings(handle, state)


def _assert_one(handle: Any, message: Slim) -> Any:
    code, state = durable.assert_fact(handle, json.dumps(message))
    if code != 0:
        raise CodedError("QA336", place="", problem=f"a fact was refused with code {code}")
    return state


def _firings(handle: Any, state: Any) -> Iterator[Firing]:
    """Every firing; nothing is asserted between them."""
    started = durable.start_action_for_state(handle, state)
    text = started[1] if started else None
    while text is not None:
        ((name, binding),) = json.loads(text).items()
        yield name, binding
        text = durable.complete_and_start_action(handle, state)


def _message(fact: Slim, own_id: str) -> dict[str, int | str]:
    for key, value in fact.items():
        fits = (
            abs(value) <= MAX_INT
            if isinstance(value, int)
            else isinstance(value, str) and value.isascii() and value.isprintable()
        )
        if not fits:
            raise CodedError("QA337", place="", field=key, seen=repr(value)[:80])
    return {"id": own_id, "sid": _SESSION, "one": 1, **fact}


def _conclude(
    firings: Sequence[Firing], unknown: frozenset[str]
) -> tuple[dict[str, list[tuple[str, str | None]]], dict[str, list[str]]]:
    leaves: dict[str, list[tuple[str, str | None]]] = {}
    violations: dict[str, list[str]] = {}
    for name, binding in firings:
        leaf = name.split(".")[0]
        if leaf in unknown:
            continue
        anchor = binding["a"].get("f")
        if name.endswith(".v"):
            violations.setdefault(leaf, []).append(str(anchor))
        elif "b" in binding:
            leaves.setdefault(leaf, []).append((str(binding["b"]["f"]), str(anchor)))
        else:
            leaves.setdefault(leaf, []).append((str(anchor), None))
    return leaves, violations
