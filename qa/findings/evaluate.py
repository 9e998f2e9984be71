"""One pass over a call: which parts of which rules hold, given these hits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa.domain.logic import Exists, Faults, Leaf, Relate, Verdict
from qa.domain.rules import Verdict as RuleVerdict
from qa.findings.engine import enough, settled
from qa.findings.hits import Hit, Selected, View
from qa.findings.program import CompiledDerivation, Level
from qa.findings.related import MAX_JOINED, Hits, Related, Relations, beside, related_hits
from qa.findings.rulesets import Shard

TOO_MANY = ("hits", "too_many")


class Known(NamedTuple):
    """What is known of a call before a level is judged: what its conditions selected, by use key,
    and the verdicts of the rules of earlier levels."""

    view: View
    selected: Mapping[str, Selected]
    verdicts: Mapping[str, RuleVerdict]

    def related(
        self, shard: Shard, relations: Relations, hits: Hits, *, each: str | None = None
    ) -> Related:
        """As `related_hits`, of this call."""
        return related_hits(shard, relations, hits, self.view, self.selected, each=each)


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass found.

    truth: leaf key -> whether it holds; an unknown leaf is not in it, nor in `related`. parts:
    number of what is judged -> its parts that are settled, each with its value.
    """

    hits: Hits
    truth: Mapping[str, bool]
    related: Related
    parts: Mapping[int, Mapping[str, bool]]


@dataclass(frozen=True, slots=True)
class Passes:
    """The pass over the sure hits, and the one over all; the same where no hit is doubtful."""

    sure: Pass
    possible: Pass


def two_passes(level: Level, known: Known) -> Passes:
    """The level's parts over the sure hits, and over all hits.

    What no doubtful hit can change, a shard or a relation, is asked about once.
    """
    asked = {name for shard in level.shards for name in (*shard.counted, *shard.joined)}
    hits = {key: known.selected[key].hits for key in asked}
    sure_hits, doubtful = _sure_of(hits)
    sure: list[Pass] = []
    possible: list[Pass] = []
    for shard in level.shards:
        related = known.related(shard, shard.relations, sure_hits)
        sure.append(_conclude(shard, related, sure_hits, known))
        if doubtful.isdisjoint((*shard.joined, *shard.counted)):
            possible.append(sure[-1])
            continue
        if not doubtful.isdisjoint(shard.joined):
            open_ = {
                key: leaf
                for key, leaf in shard.relations.items()
                if leaf.find in doubtful or leaf.anchor in doubtful
            }
            related = related.without(open_) | known.related(shard, open_, hits)
        possible.append(_conclude(shard, related, hits, known))
    first = _together(sure, sure_hits)
    return Passes(first, _together(possible, hits) if doubtful else first)


def passes_of_each(
    one: CompiledDerivation, known: Known
) -> Iterator[tuple[Hit, Pass | None, Pass]]:
    """Each hit of the derivation's `each`, with the two passes as if it were the only one; the
    one over the sure hits is None where the hit itself is only possible.

    They are related in one batch; only where a relation asks for one of them beside every anchor,
    it matters what else is in the batch.
    """
    each, shard = one.each, one.shard
    assert each is not None
    assert shard is not None
    apart = any(leaf.hit == "every" and leaf.find == each for leaf in shard.relations.values())
    hits = {name: known.selected[name].hits for name in one.uses}
    sure_hits, doubtful = _sure_of(hits)
    doubtful.discard(each)

    def related(hits: Hits) -> Related | None:
        return None if apart else known.related(shard, shard.relations, hits, each=each)

    def only(hit: Hit, hits: Hits, related: Related | None) -> Pass:
        hits = {**hits, each: (hit,)}
        if related is None:
            related = known.related(shard, shard.relations, hits)
        else:
            related = beside(hit, related, shard, each)
        return _conclude(shard, related, hits, known)

    of_all = related(hits)
    of_sure = related(sure_hits) if doubtful else of_all
    for hit in hits[each]:
        possible = only(hit, hits, of_all)
        if not hit.sure:
            yield hit, None, possible
        elif doubtful:
            yield hit, only(hit, sure_hits, of_sure), possible
        else:
            yield hit, possible, possible


def _sure_of(hits: Hits) -> tuple[Hits, set[str]]:
    """The hits that are sure, and the uses of which some is not."""
    doubtful = {use for use, found in hits.items() if found and any([hit.doubt for hit in found])}
    sure = {use: tuple([hit for hit in hits[use] if not hit.doubt]) for use in doubtful}
    return {**hits, **sure}, doubtful


def _together(passes: Sequence[Pass], hits: Hits) -> Pass:
    """The passes of a level's shards as one."""
    if len(passes) == 1:
        return passes[0]
    truth: dict[str, bool] = {}
    pairs: dict[str, tuple[tuple[Hit, Hit], ...]] = {}
    lacking: dict[str, tuple[Hit, ...]] = {}
    parts: dict[int, Mapping[str, bool]] = {}
    for one in passes:
        truth |= one.truth
        pairs |= one.related.pairs
        lacking |= one.related.lacking
        parts |= one.parts
    return Pass(hits, truth, Related(pairs, lacking), parts)


def _conclude(shard: Shard, related: Related, hits: Hits, known: Known) -> Pass:
    """The truth of the shard's leaves, and of its rules' parts."""
    selected, verdicts = known.selected, known.verdicts
    unknown = {key for key, use in shard.exist.items() if selected[use].missing}
    for leaves in (shard.of_rules, shard.relations):
        unknown |= {k for k, leaf in leaves.items() if lacks(leaf, hits, selected, verdicts)}
    if unknown:
        related = related.without(unknown)
    holding = enough(shard, _counts(shard, hits, selected, verdicts))
    truth = {key: key in holding for key in shard.exist}
    for key, leaf in shard.of_rules.items():
        if isinstance(leaf, Verdict):
            truth[key] = verdicts[leaf.rule] == leaf.verdict
        else:
            truth[key] = key in holding
    for key in shard.relations:
        truth[key] = key not in related.lacking if key in shard.every else key in related.pairs
    for key in unknown:
        del truth[key]
    return Pass(hits, truth, related, settled(shard, truth))


def _counts(
    shard: Shard,
    hits: Hits,
    selected: Mapping[str, Selected],
    verdicts: Mapping[str, RuleVerdict],
) -> dict[str, int]:
    """How many hits each counted use has, and how many faults each leaf that asks for them.

    What could not be measured is not counted, nor more than the most asked for.
    """
    counts = {
        use: min(most, len(hits[use]))
        for use, most in shard.counted.items()
        if hits[use] and selected[use].missing is None
    }
    for key, leaf in shard.of_rules.items():
        if isinstance(leaf, Faults) and (count := faults_of(leaf, verdicts)[0]):
            counts[key] = count
    return counts


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
    if isinstance(leaf, Exists):
        return selected[leaf.find].missing
    if isinstance(leaf, Verdict):
        return ("rule", leaf.rule) if verdicts[leaf.rule] == "undecided" else None
    if isinstance(leaf, Faults):
        sure, still_open = faults_of(leaf, verdicts)
        return ("rule", still_open[0]) if sure < leaf.at_least <= sure + len(still_open) else None
    find = selected[leaf.find].missing
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
