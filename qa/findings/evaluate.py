"""One pass over a call: which parts of which rules hold, given these hits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from qa.domain.facts import Fact
from qa.domain.logic import Exists, Faults, Leaf, Relate, Verdict
from qa.domain.rules import Verdict as RuleVerdict
from qa.findings.engine import Slim, run_shard
from qa.findings.hits import Hit, Selected, View
from qa.findings.logic import Truth
from qa.findings.program import Compiled, CompiledDerivation, Level
from qa.findings.rulesets import Shard

# A join costs the product of its hits; a condition with more of them in one call is not related
# to others: such a leaf is unknown. 100 hits joined with 100 take 0.2 s, 200 with 200 0.6 s
# (measured); a call of an hour has some 30 hits of its commonest wording.
MAX_JOINED = 100
TOO_MANY = ("hits", "too_many")

Hits = Mapping[str, tuple[Hit, ...]]


@dataclass(frozen=True, slots=True)
class Concluded:
    """What one shard concluded in one pass. parts: name of the shard's rule that fired.

    truth: leaf key -> whether it holds; an unknown leaf is not in it. pairs: relation -> (find,
    anchor) hits that stand so. lacking: `every` relation -> anchors that lack their `find`.
    """

    truth: Mapping[str, bool]
    pairs: Mapping[str, tuple[tuple[Hit, Hit], ...]]
    lacking: Mapping[str, tuple[Hit, ...]]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass found, of some shards. `parts[index, part]` is a part's value."""

    hits: Hits
    truth: Mapping[str, bool]
    pairs: Mapping[str, tuple[tuple[Hit, Hit], ...]]
    lacking: Mapping[str, tuple[Hit, ...]]
    parts: Mapping[tuple[int, str], Truth]


@dataclass(frozen=True, slots=True)
class Passes:
    """The pass over the sure hits, and the one over all; the same where no hit is doubtful."""

    sure: Pass
    possible: Pass


def two_passes(
    level: Level,
    view: View,
    selected: Mapping[str, Selected],
    verdicts: Mapping[str, RuleVerdict],
) -> Passes:
    """The level's parts over the sure hits, and over all hits.

    selected: by use key. verdicts: of the rules of earlier levels.
    """
    asked = {name for shard in level.shards for name in (*shard.counted, *shard.joined)}
    all_hits = {key: selected[key].hits for key in asked}
    sure_hits = {key: _sure(hits) for key, hits in all_hits.items()}
    judged = (*level.rules, *(one for one in level.derivations if one.each is None))
    return _passes(level.shards, judged, sure_hits, all_hits, view, selected, verdicts)


def passes_of_each(
    one: CompiledDerivation,
    hit: Hit,
    view: View,
    selected: Mapping[str, Selected],
    verdicts: Mapping[str, RuleVerdict],
) -> Passes:
    """As `two_passes`, of one derivation, as if the hit were the only one of its `each`."""
    assert one.each is not None
    all_hits = {name: selected[name].hits for name in one.uses} | {one.each: (hit,)}
    sure_hits = {name: _sure(hits) for name, hits in all_hits.items()}
    return _passes(one.shards, (one,), sure_hits, all_hits, view, selected, verdicts)


def _sure(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return tuple([hit for hit in hits if not hit.doubt]) if hits else hits


def _passes(
    shards: Iterable[Shard],
    judged: Iterable[Compiled],
    sure_hits: Hits,
    all_hits: Hits,
    view: View,
    selected: Mapping[str, Selected],
    verdicts: Mapping[str, RuleVerdict],
) -> Passes:
    """A shard without a doubtful hit concludes the same twice, so it runs once."""
    own = tuple(judged)
    doubtful = {key for key, hits in all_hits.items() if len(hits) > len(sure_hits[key])}
    sure: list[Concluded] = []
    possible: list[Concluded] = []
    for shard in shards:
        first = _conclude(shard, sure_hits, view, selected, verdicts)
        sure.append(first)
        if doubtful.isdisjoint((*shard.counted, *shard.joined)):
            possible.append(first)
        else:
            possible.append(_conclude(shard, all_hits, view, selected, verdicts))
    first_pass = _pass(own, sure, sure_hits)
    if not doubtful:
        return Passes(first_pass, first_pass)
    return Passes(first_pass, _pass(own, possible, all_hits))


def _pass(judged: Iterable[Compiled], concluded: Iterable[Concluded], hits: Hits) -> Pass:
    truth: dict[str, bool] = {}
    pairs: dict[str, tuple[tuple[Hit, Hit], ...]] = {}
    lacking: dict[str, tuple[Hit, ...]] = {}
    fired: dict[tuple[int, str], Truth] = {
        (one.index, part): None for one in judged for part in one.parts
    }
    for one in concluded:
        truth |= one.truth
        pairs |= one.pairs
        lacking |= one.lacking
        for name in one.parts:
            part, value = _part_of(name)
            fired[part] = value
    return Pass(hits, truth, pairs, lacking, fired)


@lru_cache(maxsize=4096)  # guess: some packs' names, 100 bytes each
def _part_of(name: str) -> tuple[tuple[int, str], bool]:
    """The part that the engine's rule settles, and its value: "r3.met_when.t.0"."""
    number, part, value, _ = name.split(".")
    return (int(number[1:]), part), value == "t"


def _conclude(
    shard: Shard,
    hits: Hits,
    view: View,
    selected: Mapping[str, Selected],
    verdicts: Mapping[str, RuleVerdict],
) -> Concluded:
    unknown = {key for key, leaf in shard.leaves.items() if lacks(leaf, hits, selected, verdicts)}
    given = {
        key: verdicts[leaf.rule] == leaf.verdict
        for key, leaf in shard.of_rules.items()
        if isinstance(leaf, Verdict) and key not in unknown
    }
    slim, by_id = _slim(shard, hits, view, selected)
    slim += [
        {"k": "n", "c": key, "v": count}
        for key, leaf in shard.of_rules.items()
        if isinstance(leaf, Faults) and (count := faults_of(leaf, verdicts)[0])
    ]
    run = run_shard(shard, slim, given=given, unknown=unknown)
    return Concluded(
        run.truth,
        {key: tuple((by_id[f], by_id[a]) for f, a in pairs) for key, pairs in run.pairs.items()},
        {key: tuple(by_id[a] for a in anchors) for key, anchors in run.lacking.items()},
        run.parts,
    )


def _slim(
    shard: Shard, hits: Hits, view: View, selected: Mapping[str, Selected]
) -> tuple[list[Slim], dict[str, Hit]]:
    """The engine's facts of the shard's uses: times in whole ms, turns as indexes.

    What could not be measured gives none, and what is related to nothing that is there: no
    relation can hold of it. More than the most asked for is not counted.
    """
    slim: list[Slim] = []
    by_id: dict[str, Hit] = {}
    numbers: dict[Fact, int] = {}
    for use, most in shard.counted.items():
        if hits[use] and selected[use].missing is None:
            slim.append({"k": "n", "c": use, "v": min(most, len(hits[use]))})
    for use in _related(shard, hits):
        found = () if selected[use].missing else hits[use][:MAX_JOINED]
        for number, hit in enumerate(found, start=1):
            # Ids sort in order of time.
            own_id = f"{use}h{number:03d}"
            by_id[own_id] = hit
            slim.append(
                {
                    "k": "h",
                    "c": use,
                    "f": own_id,
                    "s": round(hit.fact.start_s * 1000),
                    "e": round(hit.fact.end_s * 1000),
                    "t": view.turn_of(hit.fact),
                    "n": number,
                    "i": numbers.setdefault(hit.fact, len(numbers)),
                    "z": int(number == len(found)),
                }
            )
    return slim, by_id


def _related(shard: Shard, hits: Hits) -> list[str]:
    """The joined uses whose hits may settle a relation, in their order."""
    wanted: set[str] = set()
    for leaf in shard.relations:
        if hits[leaf.anchor] and hits[leaf.find]:
            wanted |= {leaf.find, leaf.anchor}
        elif leaf.hit == "every":
            wanted.add(leaf.anchor)
    return [use for use in shard.joined if use in wanted]


def lacks(
    leaf: Leaf,
    hits: Hits,
    selected: Mapping[str, Selected],
    verdicts: Mapping[str, RuleVerdict],
) -> tuple[str, str] | None:
    """What keeps the leaf from having a truth: (need, reason code), ("rule", its id), or None.

    A relation of something measured to something not measured has one all the same where the
    measured side is empty: whatever the other is, nothing stands to it, and nothing lacks.
    """
    if isinstance(leaf, Verdict):
        return ("rule", leaf.rule) if verdicts[leaf.rule] == "undecided" else None
    if isinstance(leaf, Faults):
        sure, still_open = faults_of(leaf, verdicts)
        return ("rule", still_open[0]) if sure < leaf.at_least <= sure + len(still_open) else None
    find = selected[leaf.find].missing
    if isinstance(leaf, Exists):
        return find
    anchor = selected[leaf.anchor].missing
    if find is None and anchor is None:
        many = max(len(hits[leaf.find]), len(hits[leaf.anchor])) > MAX_JOINED
        return TOO_MANY if many else None
    if anchor is None:
        return find if chosen(leaf, hits[leaf.anchor]) else None
    if find is None and not hits[leaf.find] and leaf.hit != "every":
        return None
    return anchor


def faults_of(leaf: Faults, verdicts: Mapping[str, RuleVerdict]) -> tuple[int, tuple[str, ...]]:
    """How many of the rules are not met, and which are undecided."""
    given = [(rule, verdicts.get(rule, "not_applicable")) for rule in leaf.rules]
    still_open = tuple(rule for rule, verdict in given if verdict == "undecided")
    return sum(verdict == "not_met" for _, verdict in given), still_open


def chosen(leaf: Relate, anchors: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The anchors that the relation speaks of."""
    if leaf.hit == "first":
        return anchors[:1]
    if leaf.hit == "last":
        return anchors[-1:]
    return anchors[leaf.hit - 1 : leaf.hit] if isinstance(leaf.hit, int) else anchors
