"""One pass over a call: which parts of which rules hold, given these hits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.domain.facts import Facts
from qa.domain.logic import Leaf, Verdict
from qa.domain.rules import Verdict as RuleVerdict
from qa.findings.compile import PARTS, CompiledRule, Level, Shard, names_in
from qa.findings.engine import Slim, run_shard
from qa.findings.hits import Hit, Selected

# A join costs the square of its hits; beyond this many of one condition in one call the oldest
# are judged and the finding says so. 400 hits of a condition join in about 0.1 s (measured).
MAX_HITS = 400


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass found. `parts[rule index, part]` is True, False or None (unknown).

    pairs: leaf key -> (find, anchor) hits that make it true; lacking: leaf key -> anchors of an
    `every` relation that lack their `find`.
    """

    parts: Mapping[tuple[int, str], bool | None]
    pairs: Mapping[str, tuple[tuple[Hit, Hit | None], ...]]
    lacking: Mapping[str, tuple[Hit, ...]]


def run_pass(
    level: Level,
    selected: Mapping[str, Selected],
    facts: Facts,
    verdicts: Mapping[str, RuleVerdict],
    *,
    sure_only: bool,
) -> Pass:
    """The level's parts over the sure hits, or over all of them.

    selected: by use key. verdicts: of the rules of earlier levels.
    """
    hits = {
        key: ()
        if one.missing
        else tuple(hit for hit in one.hits if hit.sure or not sure_only)[:MAX_HITS]
        for key, one in selected.items()
    }
    parts: dict[tuple[int, str], bool | None] = {}
    pairs: dict[str, tuple[tuple[Hit, Hit | None], ...]] = {}
    lacking: dict[str, tuple[Hit, ...]] = {}
    fired: set[str] = set()
    for shard in level.shards:
        slim, by_id = _slim(shard, hits, facts)
        run = run_shard(
            shard,
            slim,
            true=_known(shard, verdicts),
            unknown=_unknown(shard, selected, verdicts),
        )
        fired |= run.parts
        for leaf, found in run.leaves.items():
            pairs[leaf] = tuple((by_id[f], by_id[a] if a else None) for f, a in found if f in by_id)
        for leaf, anchors in run.violations.items():
            lacking[leaf] = tuple(by_id[anchor] for anchor in anchors)
    for rule in level.rules:
        for part in PARTS:
            if getattr(rule.rule, part) is not None:
                parts[rule.index, part] = _part(rule, part, fired)
    return Pass(parts, pairs, lacking)


def _part(rule: CompiledRule, part: str, fired: set[str]) -> bool | None:
    for value, word in ((True, "t"), (False, "f")):
        start = f"r{rule.index}.{part}.{word}."
        if any(name.startswith(start) for name in fired):
            return value
    return None


def _slim(
    shard: Shard, hits: Mapping[str, Sequence[Hit]], facts: Facts
) -> tuple[list[Slim], dict[str, Hit]]:
    """The engine's facts of the shard's uses: times in whole ms, turns as indexes."""
    slim: list[Slim] = []
    by_id: dict[str, Hit] = {}
    numbers: dict[int, int] = {}
    for use in sorted(shard.uses):
        found = hits[use]
        for number, hit in enumerate(found, start=1):
            own_id = f"{use}h{number}"
            by_id[own_id] = hit
            slim.append(
                {
                    "k": "h",
                    "c": use,
                    "f": own_id,
                    "s": round(hit.fact.start_s * 1000),
                    "e": round(hit.fact.end_s * 1000),
                    "t": turn_of(hit, facts),
                    "n": number,
                    "i": numbers.setdefault(id(hit.fact), len(numbers)),
                    "z": int(number == len(found)),
                }
            )
        slim.append({"k": "n", "c": use, "f": f"{use}h1", "v": len(found)})
    return slim, by_id


def turn_of(hit: Hit, facts: Facts) -> int:
    """The hit's turn; for sounds, the last turn that began before them, -1 before the first."""
    if hit.fact.turn is not None:
        return hit.fact.turn
    return max((t.index for t in facts.turns if t.start_s <= hit.fact.start_s), default=-1)


def _known(shard: Shard, verdicts: Mapping[str, RuleVerdict]) -> list[str]:
    return [
        key
        for key, leaf in shard.leaves.items()
        if isinstance(leaf, Verdict) and verdicts.get(leaf.rule) == leaf.verdict
    ]


def _unknown(
    shard: Shard, selected: Mapping[str, Selected], verdicts: Mapping[str, RuleVerdict]
) -> list[str]:
    return [key for key, leaf in shard.leaves.items() if is_unknown(leaf, selected, verdicts)]


def is_unknown(
    leaf: Leaf, selected: Mapping[str, Selected], verdicts: Mapping[str, RuleVerdict]
) -> bool:
    """True when the leaf hangs on something that could not be measured or judged."""
    if isinstance(leaf, Verdict):
        return verdicts.get(leaf.rule) == "undecided"
    return any(selected[name].missing for name in names_in(leaf))
