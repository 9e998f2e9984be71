"""The only door to durable_rules: run a shard over one call's slim facts.

Driven directly, one session at a time, state deleted after each, as
docs/decisions/0003-engine.md says. Values are checked before they cross the border: the engine
drops the rest of a batch after a value its parser rejects, without a word.
"""

import json
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from threading import Lock
from typing import Any

import durable_rules_engine as durable

from qa.findings.rulesets import Shard
from transcribe.errors import CodedError

Slim = Mapping[str, int | str]

MAX_INT = 2**53 - 1  # larger integers lose digits in the engine's parser
MAX_RULESETS = 64  # guess: packs of several sites and languages at once, two a shard
MAX_CONCLUSIONS = 4096  # guess: 8 MB; calls of one centre mostly share a few hundred


@dataclass(frozen=True, slots=True)
class Run:
    """What one shard concluded.

    truth: leaf key -> whether it holds; a leaf that could not be measured is not in it.
    pairs: key of a relation -> pairs (find hit id, anchor hit id) that stand so.
    lacking: key of an `every` relation -> anchor hit ids that have no fitting `find`.
    parts: names of the stratum 1 rules that fired, "r3.met_when.t.0".
    """

    truth: Mapping[str, bool]
    pairs: Mapping[str, tuple[tuple[str, str], ...]]
    lacking: Mapping[str, tuple[str, ...]]
    parts: tuple[str, ...]


_RULESETS: OrderedDict[str, Any] = OrderedDict()
_CONCLUSIONS: OrderedDict[tuple[str, object], tuple[str, ...]] = OrderedDict()
_SESSION = "s1"  # one live session at a time, so one id is enough
_REST = {"sid": _SESSION, "one": 1}  # of every fact
_END = {"id": "e", **_REST, "k": "end"}
_ENCODE = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_WHOSE = re.compile(r'"([ab])":\{[^{}]*"f":"([^"]*)"')  # a hit's id in a firing; ids hold no quotes
_BEGIN = json.dumps({"id": "b", "sid": _SESSION, "one": 1, "k": "begin"})
_ONE_AT_A_TIME = Lock()  # threads of one process would write into each other's session


def run_shard(
    shard: Shard,
    facts: Sequence[Slim],
    *,
    given: Mapping[str, bool] | None = None,
    unknown: AbstractSet[str] = frozenset(),
) -> Run:
    """The shard's conclusions over the facts.

    facts: hits (kind h) of the uses it joins, counts (kind n) of those it counts; times in ms.
    given: truth of leaves that no hit decides. unknown: leaves that could not be measured.
    Errors: QA336 the engine refused a fact or a ruleset, QA337 a value it cannot hold.
    """
    batch = _batch(facts)
    # Counts alone come again and again; hits have times of their own.
    again = all(fact.get("k") == "n" for fact in facts)
    name = f"{shard.name}.leaves"
    with _ONE_AT_A_TIME:
        firings: Sequence[str]
        if again:
            firings = _once((name, batch), lambda: _run(name, shard.leaf_ruleset, batch))
        else:
            firings = _run(name, shard.leaf_ruleset, batch)
        truth, pairs, lacking = _conclude(shard, firings, given or {}, unknown)
        parts = _parts(shard, truth)
    return Run(truth, pairs, lacking, parts)


def _parts(shard: Shard, truth: Mapping[str, bool]) -> tuple[str, ...]:
    """Names of the stratum 1 rules that fire; they hang on the leaves' truth alone, so the
    engine is asked once for each truth."""
    name = f"{shard.name}.parts"

    def fired() -> list[str]:
        return [_name(text) for text in _run(name, shard.part_ruleset, _derived(truth))]

    return _once((name, tuple(truth.items())), fired)


def _once(key: tuple[str, object], conclude: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    """What `conclude` gives; it is asked once for each key while that is remembered."""
    if key in _CONCLUSIONS:
        _CONCLUSIONS.move_to_end(key)
    else:
        _CONCLUSIONS[key] = tuple(conclude())
        if len(_CONCLUSIONS) > MAX_CONCLUSIONS:
            _CONCLUSIONS.popitem(last=False)
    return _CONCLUSIONS[key]


def _run(name: str, ruleset: str, batch: str) -> list[str]:
    """What fires over the batch, in a state of its own that is deleted after.

    A ruleset that failed is forgotten, and made anew by the next call. It is not deleted: what it
    holds after a failure is not known, and deleting may crash. Raises QA336.
    """
    try:
        handle = _ruleset(name, ruleset)
        _firings(handle, durable.assert_fact(handle, _BEGIN))
        try:
            return _firings(handle, durable.assert_facts(handle, batch))
        finally:
            durable.delete_state(handle, _SESSION)
    except Exception as error:
        _RULESETS.pop(name, None)
        raise CodedError("QA336", place=name, problem=str(error)) from error


def _ruleset(name: str, ruleset: str) -> Any:
    """The handle of the ruleset, made once a process; the oldest are deleted."""
    if name in _RULESETS:
        _RULESETS.move_to_end(name)
        return _RULESETS[name]
    handle = durable.create_ruleset(name, ruleset)
    _RULESETS[name] = handle
    if len(_RULESETS) > MAX_RULESETS:
        _, oldest = _RULESETS.popitem(last=False)
        durable.delete_ruleset(oldest)
    return handle


def _batch(facts: Sequence[Slim]) -> str:
    """The facts and the end fact as the engine's JSON. Raises QA337."""
    for fact in facts:
        for key, value in fact.items():
            if type(value) is int and -MAX_INT <= value <= MAX_INT:
                continue
            if not _fits(value):
                raise CodedError("QA337", field=key, seen=repr(value)[:80])
    told = [{"id": f"f{number}", **_REST, **fact} for number, fact in enumerate(facts)]
    return _ENCODE([*told, _END])


def _fits(value: object) -> bool:
    if type(value) is int:
        return -MAX_INT <= value <= MAX_INT
    return isinstance(value, str) and value.isascii() and value.isprintable()


def _derived(truth: Mapping[str, bool]) -> str:
    """The leaves' truth and the end fact as the engine's JSON; keys are our own."""
    told = [
        {"id": f"d{number}", **_REST, "k": "t" if truth[key] else "f", "l": key}
        for number, key in enumerate(sorted(truth))
    ]
    return _ENCODE([*told, _END])


def _firings(handle: Any, asserted: tuple[int, Any]) -> list[str]:
    """Every firing as the engine tells it, `{"rule's name": {alias: fact}}`; nothing is
    asserted between them."""
    code, state = asserted
    if code != 0:
        raise ValueError(f"facts were refused with code {code}")
    fired = []
    started = durable.start_action_for_state(handle, state)
    text = started[1] if started else None
    while text is not None:
        fired.append(text)
        text = durable.complete_and_start_action(handle, state)
    return fired


def _name(firing: str) -> str:
    """The name of the rule that fired, without reading the facts; ours hold no quotes."""
    return firing.split('"', 2)[1]


Pairs = dict[str, tuple[tuple[str, str], ...]]


def _conclude(
    shard: Shard,
    firings: Sequence[str],
    given: Mapping[str, bool],
    unknown: AbstractSet[str],
) -> tuple[dict[str, bool], Pairs, dict[str, tuple[str, ...]]]:
    """Truth of the leaves, pairs and lacking anchors, sorted: the engine fires last-in first."""
    fired: set[str] = set()
    pairs: dict[str, set[tuple[str, str]]] = {}
    lacking: dict[str, set[str]] = {}
    for firing in firings:
        name = _name(firing)
        key, _, suffix = name.partition(".")
        if key in unknown:
            continue
        if not suffix:
            fired.add(key)
            continue
        bound = dict(_WHOSE.findall(firing))
        if suffix == "v":
            lacking.setdefault(key, set()).add(bound["a"])
        else:
            fired.add(key)
            pairs.setdefault(key, set()).add((bound["b"], bound["a"]))
    truth = dict(given)
    for key in shard.leaves:
        if key not in unknown and key not in given:
            truth[key] = key not in lacking if key in shard.every else key in fired
    return (
        truth,
        {key: tuple(sorted(found)) for key, found in pairs.items()},
        {key: tuple(sorted(found)) for key, found in lacking.items()},
    )
