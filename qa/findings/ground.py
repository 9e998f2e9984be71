"""What a verdict rests on: the hits that are there, and what was searched in vain."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from qa.domain.facts import Candidate, TurnHeard
from qa.domain.limits import Limits
from qa.domain.logic import Exists, Faults, Relate, Verdict
from qa.domain.rules import Verdict as RuleVerdict
from qa.findings.evaluate import Pass, chosen
from qa.findings.hits import Hit, Search, Selected, View, heard_share
from qa.findings.logic import Node, Truth, Twig, combined, truth_of
from transcribe.transcript import Span


class Judged(NamedTuple):
    """All that is known of a level on one call, to say what a truth rests on.

    selected: by use key. verdicts: of the rules of earlier levels. grounds: those of leaves
    that were asked for before, by leaf key, value and pass; rules share leaves.
    """

    selected: Mapping[str, Selected]
    sure: Pass
    possible: Pass
    view: View
    limits: Limits
    verdicts: Mapping[str, RuleVerdict]
    grounds: dict[tuple[str, bool, int], "Ground"]


class Absence(NamedTuple):
    """A condition (by its use's key) that was searched in vain, and where."""

    use: str
    search: Search


class Pair(NamedTuple):
    """Two hits that stand to each other as `where` says."""

    where: str
    find: Hit
    anchor: Hit


class Ground(NamedTuple):  # one is made for every leaf: cheaper than a frozen dataclass
    """What a truth value rests on.

    hits: what is there. few: what is there, but fewer than asked for. lacking: anchors that
    lack something. absent: where something was searched in vain. rules: prerequisites.
    pairs: hits that stand to each other as a relation says, the first of each relation.
    """

    hits: tuple[Hit, ...] = ()
    few: tuple[Hit, ...] = ()
    lacking: tuple[Hit, ...] = ()
    absent: tuple[Absence, ...] = ()
    rules: tuple[str, ...] = ()
    pairs: tuple["Pair", ...] = ()

    @property
    def searched(self) -> tuple[Span, ...]:
        """The stretches searched in vain, in order."""
        if not self.absent:
            return ()
        if len(self.absent) == 1:
            return (self.absent[0].search.span,)
        spans = {(one.search.span.start_s, one.search.span.end_s): one.search.span
                 for one in self.absent}  # fmt: skip
        return tuple(spans[key] for key in sorted(spans))


def ground_of(node: Node, value: bool, judged: Judged, passed: Pass) -> Ground:
    """What makes the node have this value in this pass."""
    if isinstance(node, Twig):
        return _ground_of_leaf(node, value, judged, passed)
    if node.op == "not":
        return ground_of(node.parts[0], not value, judged, passed)
    every = node.op in ("all", "any") and (node.op == "all") == value
    grounds = [
        ground_of(part, value, judged, passed)
        for part in node.parts
        if every or truth_of(part, passed.truth) is value
    ]
    return joined(grounds)


def joined(grounds: Sequence[Ground]) -> Ground:
    """All that any of them rests on."""
    if len(grounds) == 1:
        return grounds[0]
    return Ground(*(tuple(chain.from_iterable(parts)) for parts in zip(*grounds, strict=True)))


def _ground_of_leaf(twig: Twig, value: bool, judged: Judged, passed: Pass) -> Ground:
    key = (twig.key, value, id(passed))
    if key not in judged.grounds:
        judged.grounds[key] = _leaf_ground(twig, value, judged, passed)
    return judged.grounds[key]


def _leaf_ground(twig: Twig, value: bool, judged: Judged, passed: Pass) -> Ground:
    leaf = twig.leaf
    if isinstance(leaf, Exists):
        hits = passed.hits[leaf.find]
        return Ground(hits=hits) if value else _absence(leaf.find, judged, hits)
    if isinstance(leaf, Verdict):
        return Ground(rules=(leaf.rule,))
    if isinstance(leaf, Faults):
        failed = tuple(r for r in leaf.rules if judged.verdicts.get(r) == "not_met")
        return Ground(rules=failed if value else leaf.rules)
    if value:
        pairs = passed.related.pairs.get(twig.key, ())
        if leaf.hit == "every" and not pairs:
            return _absence(leaf.anchor, judged)
        one = len(pairs) == 1  # nothing stands to itself, so its two hits differ
        return Ground(
            hits=pairs[0] if one else tuple(dict.fromkeys(hit for pair in pairs for hit in pair)),
            pairs=tuple(Pair(leaf.where, *pair) for pair in pairs[:1]),
        )
    if judged.selected[leaf.anchor].missing:
        return _absence(leaf.find, judged)
    if leaf.hit == "every":
        anchors = passed.related.lacking.get(twig.key, ())
    else:
        anchors = chosen(leaf, passed.hits[leaf.anchor])
    if not anchors:
        return _absence(leaf.anchor, judged, passed.hits[leaf.anchor])
    around = tuple(Absence(leaf.find, around_of(leaf, anchor, judged)) for anchor in anchors)
    return Ground(lacking=anchors, absent=around)


def _absence(use: str, judged: Judged, few: tuple[Hit, ...] = ()) -> Ground:
    search = judged.selected[use].search
    absent = (Absence(use, search),) if search is not None else ()
    return Ground(few=few, absent=absent)


def around_of(leaf: Relate, anchor: Hit, judged: Judged) -> Search:
    """The stretch around an anchor in which the relation looked, and its turns."""
    view = judged.view
    whole = judged.selected[leaf.find].search or view.search(None, None)
    start_s, end_s = whole.span.start_s, whole.span.end_s
    at_s, until_s, centre = anchor.fact.start_s, anchor.fact.end_s, view.turn_of(anchor.fact)
    reach = 0 if leaf.where == "same_turn" else leaf.within_turns
    turns: Sequence[TurnHeard] = whole.turns
    if reach is not None:
        turns = [turn for turn in turns if centre - reach <= turn.index <= centre + reach]
    if leaf.where in ("after", "around") and leaf.within_s is not None:
        end_s = min(end_s, until_s + leaf.within_s)
    if leaf.where in ("before", "around") and leaf.within_s is not None:
        start_s = max(start_s, at_s - leaf.within_s)
    if leaf.where == "before":
        end_s = min(end_s, at_s)
    elif leaf.where == "after":
        start_s = max(start_s, until_s)
    elif leaf.where == "same_turn":
        own = [turn for turn in view.facts.turns if turn.index == centre]
        start_s = max([start_s, *(turn.start_s for turn in own)])
        end_s = min([end_s, *(turn.end_s for turn in own)])
    end_s = max(start_s, end_s)
    turns = [turn for turn in turns if turn.end_s > start_s and turn.start_s < end_s]
    if leaf.within_turns is not None and turns:
        start_s, end_s = max(start_s, turns[0].start_s), min(end_s, turns[-1].end_s)
    indexes = frozenset([turn.index for turn in turns])
    span = Span(start_s=start_s, end_s=max(start_s, end_s))
    return Search(span, tuple(turns), indexes=indexes)


def guarded(node: Node, judged: Judged) -> Truth:
    """The node's value over the sure hits, where absence in a badly heard window proves nothing.

    A leaf that is false only because something was not heard, in a window that was heard badly,
    is unknown (contract 1).
    """
    if isinstance(node, Twig):
        value = judged.sure.truth.get(node.key)
        return None if value is False and _unproven(node, judged) else value
    return combined(node, [guarded(part, judged) for part in node.parts])


def _unproven(twig: Twig, judged: Judged) -> bool:
    """True when a false leaf rests on absence in a badly heard window.

    An `every` relation is false by a single anchor that lacks something; the others need all.
    """
    absent = _ground_of_leaf(twig, False, judged, judged.sure).absent
    badly = [poorly_heard(one, judged) is not None for one in absent]
    every = isinstance(twig.leaf, Relate) and twig.leaf.hit == "every"
    return bool(badly) and (all(badly) if every else any(badly))


def poorly_heard(absence: Absence, judged: Judged) -> float | None:
    """Share (0-1) of the searched words heard well, where it is too low to prove absence."""
    if judged.selected[absence.use].unproven is not None:
        return judged.selected[absence.use].unproven
    if not judged.selected[absence.use].wanted or not absence.search.turns:
        return None
    share = heard_share(absence.search.turns)
    return share if share < judged.limits.heard_share else None


def nearest_of(ground: Ground, judged: Judged) -> Candidate | None:
    """The nearest sound in what was searched in vain."""
    near = [
        candidate
        for absence in ground.absent
        for candidate in judged.selected[absence.use].near
        if absence.search.holds(candidate)
    ]
    return min(near, key=_nearness) if near else None


def _nearness(candidate: Candidate) -> tuple[float, float, str, str]:
    return candidate.distance, candidate.start_s, candidate.wanted, candidate.quote or ""
