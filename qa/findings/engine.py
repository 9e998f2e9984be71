"""The only door to durable_rules: run a shard over one call's slim facts.

Driven directly, one session at a time, state deleted after each, as
docs/decisions/0003-engine.md says. Values are checked before they cross the border: the engine
drops the rest of a batch after a value its parser rejects, without a word.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import durable_rules_engine as durable

from qa.domain.logic import Relate
from qa.findings.rulesets import Shard
from transcribe.errors import CodedError

Slim = Mapping[str, int | str]

MAX_INT = 2**53 - 1  # larger integers lose digits in the engine's parser
MAX_RULESETS = 64  # guess: packs of several sites and languages at once


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
    parts: frozenset[str]


_RULESETS: OrderedDict[str, Any] = OrderedDict()
_SESSION = "s1"  # one live session at a time, so one id is enough
_ONE_AT_A_TIME = Lock()  # threads of one process would write into each other's session


def run_shard(
    shard: Shard,
    facts: Sequence[Slim],
    *,
    given: Mapping[str, bool] | None = None,
    unknown: frozenset[str] = frozenset(),
) -> Run:
    """The shard's conclusions over the facts.

    facts: hits (kind h) of the uses it joins, counts (kind n) of those it counts; times in ms.
    given: truth of leaves that no hit decides. unknown: leaves that could not be measured.
    Errors: QA336 the engine refused a fact or a ruleset, QA337 a value it cannot hold.
    """
    batch = _batch(facts)
    with _ONE_AT_A_TIME:
        try:
            handle = _ruleset(shard)
            begin = json.dumps({"id": "b", "sid": _SESSION, "one": 1, "k": "begin"})
            _firings(handle, durable.assert_fact(handle, begin))
            try:
                hit_rules = _firings(handle, durable.assert_facts(handle, batch))
                truth, pairs, lacking = _conclude(shard, hit_rules, given or {}, unknown)
                done = durable.assert_facts(handle, _derived(truth))
                parts = frozenset(_name(text) for text in _firings(handle, done))
            finally:
                durable.delete_state(handle, _SESSION)
        except Exception as error:
            _drop(shard)
            raise CodedError("QA336", place=shard.name, problem=str(error)) from error
    return Run(truth, pairs, lacking, parts)


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


def _drop(shard: Shard) -> None:
    """Forget a ruleset that failed; the next call makes it anew.

    It is not deleted: what it holds after a failure is not known, and deleting may crash.
    """
    _RULESETS.pop(shard.name, None)


def _batch(facts: Sequence[Slim]) -> str:
    """The facts and stratum 0's end fact as the engine's JSON. Raises QA337."""
    batch: list[Slim] = []
    for number, fact in enumerate(facts):
        for key, value in fact.items():
            if not _fits(value):
                raise CodedError("QA337", field=key, seen=repr(value)[:80])
        batch.append({"id": f"f{number}", "sid": _SESSION, "one": 1, **fact})
    batch.append({"id": "e0", "sid": _SESSION, "one": 1, "k": "end", "z": 0})
    return json.dumps(batch)


def _fits(value: object) -> bool:
    if type(value) is int:
        return -MAX_INT <= value <= MAX_INT
    return isinstance(value, str) and value.isascii() and value.isprintable()


def _derived(truth: Mapping[str, bool]) -> str:
    """The leaves' truth and stratum 1's end fact as the engine's JSON; keys are our own."""
    rest = f'"sid":"{_SESSION}","one":1'
    facts = [
        f'{{"id":"d{number}",{rest},"k":"{"t" if truth[key] else "f"}","l":"{key}"}}'
        for number, key in enumerate(sorted(truth))
    ]
    facts.append(f'{{"id":"e1",{rest},"k":"end","z":1}}')
    return f"[{','.join(facts)}]"


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
    unknown: frozenset[str],
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
        binding = json.loads(firing)[name]
        if suffix == "v":
            lacking.setdefault(key, set()).add(binding["a"]["f"])
        else:
            fired.add(key)
            pairs.setdefault(key, set()).add((binding["b"]["f"], binding["a"]["f"]))
    truth = dict(given)
    for key, leaf in shard.leaves.items():
        if key not in unknown and key not in given:
            every = isinstance(leaf, Relate) and leaf.hit == "every"
            truth[key] = key not in lacking if every else key in fired
    return (
        truth,
        {key: tuple(sorted(found)) for key, found in pairs.items()},
        {key: tuple(sorted(found)) for key, found in lacking.items()},
    )
