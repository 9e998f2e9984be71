"""One pass over a call: which parts of which rules hold, given these hits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qa.domain.facts import Fact
from qa.domain.logic import Exists, Leaf, Relate, Verdict
from qa.domain.rules import Verdict as RuleVerdict
from qa.findings.compile import CompiledRule, Level
from qa.findings.engine import Slim, run_shard
from qa.findings.hits import Hit, Selected, View
from qa.findings.logic import Truth
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
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass found, of all shards of a level. `parts[rule index, part]` is its value."""

    hits: Hits
    truth: Mapping[str, bool]
    pairs: Mapping[str, tuple[tuple[Hit, Hit], ...]]
    lacking: Mapping[str, tuple[Hit, ...]]
    parts: Mapping[tuple[int, str], Truth]


def two_passes(
    level: Level,
    view: View,
    selected: Mapping[str, Selected],
    verdicts: Mapping[str, RuleVerdict],
) -> tuple[Pass, Pass]:
    """The level's parts over the sure hits, and over all hits.

    selected: by use key. verdicts: of the rules of earlier levels. A shard without a doubtful
    hit concludes the same twice, so it runs once.
    """
    sure_hits = {
        key: tuple(hit for hit in one.hits if not hit.doubt) for key, one in selected.items()
    }
    all_hits = {key: one.hits for key, one in selected.items()}
    doubtful = {key for key, hits in all_hits.items() if len(hits) > len(sure_hits[key])}
    sure: list[Concluded] = []
    possible: list[Concluded] = []
    for shard in level.shards:
        first = _conclude(shard, sure_hits, view, selected, verdicts)
        sure.append(first)
        if doubtful.isdisjoint((*shard.counted, *shard.joined)):
            possible.append(first)
        else:
            possible.append(_conclude(shard, all_hits, view, selected, verdicts))
    first_pass = _pass(level.rules, sure, sure_hits)
    if not doubtful:
        return first_pass, first_pass
    return first_pass, _pass(level.rules, possible, all_hits)


def _pass(rules: Iterable[CompiledRule], concluded: Iterable[Concluded], hits: Hits) -> Pass:
    truth: dict[str, bool] = {}
    pairs: dict[str, tuple[tuple[Hit, Hit], ...]] = {}
    lacking: dict[str, tuple[Hit, ...]] = {}
    fired: dict[tuple[int, str], Truth] = {
        (rule.index, part): None for rule in rules for part in rule.parts
    }
    for one in concluded:
        truth |= one.truth
        pairs |= one.pairs
        lacking |= one.lacking
        for name in one.parts:
            number, part, value, _ = name.split(".")
            fired[int(number[1:]), part] = value == "t"
    return Pass(hits, truth, pairs, lacking, fired)


def _conclude(
    shard: Shard,
    hits: Hits,
    view: View,
    selected: Mapping[str, Selected],
    verdicts: Mapping[str, RuleVerdict],
) -> Concluded:
    unknown = frozenset(
        key for key, leaf in shard.leaves.items() if lacks(leaf, hits, selected, verdicts)
    )
    given = {
        key: verdicts[leaf.rule] == leaf.verdict
        for key, leaf in shard.leaves.items()
        if isinstance(leaf, Verdict) and key not in unknown
    }
    slim, by_id = _slim(shard, hits, view, selected)
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

    What could not be measured gives none.
    """
    slim: list[Slim] = []
    by_id: dict[str, Hit] = {}
    numbers: dict[Fact, int] = {}
    for use in shard.counted:
        if hits[use] and selected[use].missing is None:
            slim.append({"k": "n", "c": use, "v": len(hits[use])})
    for use in shard.joined:
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


def chosen(leaf: Relate, anchors: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The anchors that the relation speaks of."""
    if leaf.hit == "first":
        return anchors[:1]
    if leaf.hit == "last":
        return anchors[-1:]
    return anchors[leaf.hit - 1 : leaf.hit] if isinstance(leaf.hit, int) else anchors
