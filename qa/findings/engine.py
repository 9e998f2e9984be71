"""The only door to durable_rules: run a shard over one call's slim facts.

Driven directly, one session at a time, state deleted after each, as
docs/decisions/0003-engine.md says. Values are checked before they cross the border: the engine
drops the rest of a batch after a value its parser rejects, without a word.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, NamedTuple, TypeVar

import durable_rules_engine as durable

from qa.findings.rulesets import Shard
from transcribe.errors import CodedError

Slim = Mapping[str, int | str]

Key = TypeVar("Key")
Given = TypeVar("Given")
Conclusion = TypeVar("Conclusion")

MAX_INT = 2**53 - 1  # larger integers lose digits in the engine's parser
MAX_RULESETS = 64  # guess: packs of several sites and languages at once, two a shard
MAX_CONCLUSIONS = 16_384  # guess: 8 MB; a pack has some ten for each of its rules


class Related(NamedTuple):
    """What stands to what, by relation.

    pairs: (find hit id, anchor hit id) that stand so. lacking: of an `every` relation the anchor
    hit ids that have no fitting `find`.
    """

    pairs: Mapping[str, tuple[tuple[str, str], ...]]
    lacking: Mapping[str, tuple[str, ...]]


_RULESETS: OrderedDict[str, Any] = OrderedDict()
_CONCLUSIONS: dict[tuple[str, object, object], Any] = {}
_SESSION = "s1"  # one live session at a time, so one id is enough
_REST = f'"sid":"{_SESSION}","one":1'  # of every fact
_BEGIN = f'{{"id":"b",{_REST},"k":"begin"}}'
_END = f'{{"id":"e",{_REST},"k":"end"}}'
_ONE_AT_A_TIME = Lock()  # threads of one process would write into each other's session


def relate(shard: Shard, hits: Sequence[Slim]) -> Related:
    """How the hits stand to each other, by the shard's relations.

    hits: facts of kind h of the uses it joins; times in ms.
    Errors: QA336 the engine refused a fact or a ruleset, QA337 a value it cannot hold.
    """
    if not hits:
        return Related({}, {})  # without any fact no rule fires
    firings = _run(f"{shard.name}.relations", shard.relation_ruleset, _batch(hits))
    pairs: dict[str, set[tuple[str, str]]] = {}
    lacking: dict[str, set[str]] = {}
    for firing in firings:
        key, _, suffix = _name(firing).partition(".")
        anchor = _bound(firing, "a")
        if suffix == "v":
            lacking.setdefault(key, set()).add(anchor)
        else:
            pairs.setdefault(key, set()).add((_bound(firing, "b"), anchor))
    # Sorted, for the engine fires last-in first.
    return Related(
        {key: tuple(sorted(found)) for key, found in pairs.items()},
        {key: tuple(sorted(found)) for key, found in lacking.items()},
    )


def enough(shard: Shard, counts: Mapping[str, int]) -> set[str]:
    """Keys of the leaves for which there is enough of what they count.

    counts: of hits by use, of faults by leaf. The engine is asked about a count once. Errors: as
    of `relate`.
    """
    holding: set[str] = set()
    for counted, count in counts.items():
        holding.update(_once(_fired_by_count, shard, counted, count))
    return holding


def settled(shard: Shard, truth: Mapping[str, bool]) -> dict[int, Mapping[str, bool]]:
    """Number of a rule -> its parts that the truth of its leaves settles, each with its value.

    The parts of a rule hang on its own leaves alone, and the engine is asked once for each
    truth of them. truth: by leaf; one that could not be measured is not in it.
    """
    return {
        number: _once(_fired_by_truth, shard, number, tuple([truth.get(key) for key in keys]))
        for number, keys in shard.settled_by.items()
    }


def _fired_by_count(shard: Shard, counted: str, count: int) -> tuple[str, ...]:
    batch = _batch([{"k": "n", "c": counted, "v": count}])
    return tuple(_name(text) for text in _run(f"{shard.name}.counts", shard.count_ruleset, batch))


def _fired_by_truth(shard: Shard, number: int, truths: tuple[bool | None, ...]) -> dict[str, bool]:
    truth = dict(zip(shard.settled_by[number], truths, strict=True))
    parts: dict[str, bool] = {}
    for text in _run(f"{shard.name}.parts", shard.part_ruleset, _derived(truth)):
        own, part, value, _ = _name(text).split(".")  # "r3.met_when.t.0"
        if own == f"r{number}":  # leaves are shared, so parts of others fire too
            parts[part] = value == "t"
    return parts


def _once(
    conclude: Callable[[Shard, Key, Given], Conclusion], shard: Shard, key: Key, given: Given
) -> Conclusion:
    """What `conclude` makes of the engine's answer; it is asked once, while that is remembered."""
    asked = (shard.name, key, given)
    known: Conclusion | None = _CONCLUSIONS.get(asked)
    if known is None:
        known = conclude(shard, key, given)
        if len(_CONCLUSIONS) >= MAX_CONCLUSIONS:
            _CONCLUSIONS.clear()
        _CONCLUSIONS[asked] = known
    return known


def _run(name: str, ruleset: str, batch: str) -> list[str]:
    """What fires over the batch, in a state of its own that is deleted after.

    A ruleset that failed is forgotten, and made anew by the next call. It is not deleted: what it
    holds after a failure is not known, and deleting may crash. Raises QA336.
    """
    with _ONE_AT_A_TIME:
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
    """The facts and the end fact as the engine's JSON. Raises QA337.

    What may pass needs no escapes, so it is written as it is, in a third of an encoder's time.
    """
    told = []
    for number, fact in enumerate(facts):
        fields = [f'{{"id":"f{number}",{_REST}']
        for key, value in fact.items():
            if type(value) is int and -MAX_INT <= value <= MAX_INT:
                fields.append(f'"{key}":{value}')
            elif _fits(value):
                fields.append(f'"{key}":"{value}"')
            else:
                raise CodedError("QA337", field=key, seen=repr(value)[:80])
        told.append(",".join(fields) + "}")
    return f"[{','.join([*told, _END])}]"


def _fits(value: object) -> bool:
    if type(value) is int:
        return -MAX_INT <= value <= MAX_INT
    if not (isinstance(value, str) and value.isascii() and value.isprintable()):
        return False
    return '"' not in value and "\\" not in value


def _derived(truth: Mapping[str, bool | None]) -> str:
    """The leaves' truth and the end fact as the engine's JSON."""
    known = [(key, truth[key]) for key in sorted(truth) if truth[key] is not None]
    return _batch([{"k": "t" if value else "f", "l": key} for key, value in known])


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


def _bound(firing: str, alias: str) -> str:
    """The id of the hit that stands for the alias."""
    at = firing.index('"f":"', firing.index(f'"{alias}":{{')) + len('"f":"')
    return firing[at : firing.index('"', at)]
