"""From the two passes over a call to one verdict, its reason and its proof."""

from collections.abc import Mapping
from dataclasses import dataclass

from qa.domain.facts import Candidate, Facts
from qa.domain.findings import Evidence, Finding, Nearest, Reason
from qa.domain.limits import Limits
from qa.domain.logic import All, Any_, Exists, Leaf, Logic, Not, Relate
from qa.domain.logic import Verdict as RuleLeaf
from qa.domain.rules import Verdict
from qa.findings.compile import CompiledRule, leaves_of, names_in
from qa.findings.evaluate import Pass, is_unknown
from qa.findings.hits import Hit, Search, Selected, heard_share, search_of
from qa.findings.reasons import (
    BECAUSE,
    clock,
    nearest_texts,
    reason,
    spans_text,
    what_of,
)
from transcribe.transcript import Span

MAX_EVIDENCE = 12  # guess: more places than a person will listen to


@dataclass(frozen=True, slots=True)
class Judged:
    """All that is known of one rule on one call, to word a finding from."""

    rule: CompiledRule
    selected: Mapping[str, Selected]
    sure: Pass
    possible: Pass
    facts: Facts
    limits: Limits
    verdicts: Mapping[str, Verdict]

    def tree(self, part: str) -> Logic:
        tree: Logic = getattr(self.rule.rule, part)
        return tree

    def key(self, leaf: Leaf) -> str:
        return self.rule.leaves[leaf.model_dump_json()]

    def of(self, name: str) -> Selected:
        return self.selected[self.rule.uses[name].key]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a truth value rests on: hits that are there, anchors that lack something,
    conditions that were searched in vain."""

    hits: tuple[Hit, ...] = ()
    lacking: tuple[tuple[Hit, Relate], ...] = ()
    absent: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def __add__(self, other: "Ground") -> "Ground":
        return Ground(
            self.hits + other.hits,
            self.lacking + other.lacking,
            self.absent + other.absent,
            self.rules + other.rules,
        )


def verdict_of(passed: Pass, rule: CompiledRule) -> tuple[Verdict, str]:
    """The verdict of one pass, and the part that decides it."""
    index = rule.index
    only_if = passed.parts.get((index, "only_if"), True)
    unless = passed.parts.get((index, "unless"), False)
    met = passed.parts[index, "met_when"]
    if only_if is False:
        return "not_applicable", "only_if"
    if unless is True:
        return "not_applicable", "unless"
    if only_if is None:
        return "undecided", "only_if"
    if unless is None:
        return "undecided", "unless"
    if met is None:
        return "undecided", "met_when"
    return ("met" if met else "not_met"), "met_when"


def find_one(judged: Judged) -> Finding:
    """The finding of one rule on one call (contract 1)."""
    sure, part = verdict_of(judged.sure, judged.rule)
    possible, other_part = verdict_of(judged.possible, judged.rule)
    if "undecided" in (sure, possible):
        return _unmeasured(judged, part if sure == "undecided" else other_part)
    if sure != possible:
        return _doubtful(judged, part, other_part)
    value = judged.sure.parts.get((judged.rule.index, part))
    ground = ground_of(judged.tree(part), bool(value), judged, judged.sure)
    if sure == "not_met":
        poor = _heard_poorly(judged, ground)
        if poor is not None:
            return poor
    return _finding(judged, sure, _reason(judged, sure, part, ground), ground)


def ground_of(tree: Logic, value: bool, judged: Judged, passed: Pass) -> Ground:
    """What makes `tree` have this value in this pass."""
    if isinstance(tree, Not):
        return ground_of(tree.part, not value, judged, passed)
    if isinstance(tree, All | Any_):
        every = isinstance(tree, All) == value
        grounds = [
            ground_of(part, value, judged, passed)
            for part in tree.parts
            if every or truth_of(part, judged, passed) is value
        ]
        return sum(grounds, Ground())
    if isinstance(tree, RuleLeaf):
        return Ground(rules=(tree.rule,))
    key = judged.key(tree)
    if isinstance(tree, Exists):
        hits = judged.of(tree.find).hits
        seen = tuple(h for h in hits if h.sure or passed is judged.possible)
        if not value:
            return Ground(hits=seen if tree.at_least > 1 else (), absent=(tree.find,))
        return Ground(hits=seen)
    if value and tree.hit == "every":
        pairs = _pairs(passed, key)
        return Ground(hits=pairs) if pairs else Ground(absent=(tree.anchor,))
    if value:
        return Ground(hits=_pairs(passed, key))
    if tree.hit == "every":
        return Ground(lacking=tuple((hit, tree) for hit in passed.lacking.get(key, ())))
    return _unrelated(tree, judged, passed)


def truth_of(tree: Logic, judged: Judged, passed: Pass) -> bool | None:
    """The tree's value in this pass, from its leaves (for wording; the engine decided)."""
    if isinstance(tree, Not):
        part = truth_of(tree.part, judged, passed)
        return None if part is None else not part
    if isinstance(tree, All | Any_):
        parts = [truth_of(part, judged, passed) for part in tree.parts]
        strong = isinstance(tree, Any_)
        if strong in parts:
            return strong
        return None if None in parts else not strong
    keyed = judged.key(tree)
    if is_unknown(_over_uses(tree, judged), judged.selected, judged.verdicts):
        return None
    if isinstance(tree, Relate) and tree.hit == "every":
        return not passed.lacking.get(keyed)
    return keyed in passed.pairs


def _over_uses(leaf: Leaf, judged: Judged) -> Leaf:
    names = {f: judged.rule.uses[getattr(leaf, f)].key for f in ("find", "anchor")
             if hasattr(leaf, f)}  # fmt: skip
    return leaf.model_copy(update=names)


def _pairs(passed: Pass, key: str) -> tuple[Hit, ...]:
    hits = [hit for pair in passed.pairs.get(key, ()) for hit in pair if hit is not None]
    return tuple(dict.fromkeys(hits))


def _unrelated(tree: Relate, judged: Judged, passed: Pass) -> Ground:
    """Ground of a relation that no pair fulfils: the anchors that lack it, or no anchor."""
    anchors = tuple(h for h in judged.of(tree.anchor).hits if h.sure or passed is judged.possible)
    if not anchors:
        return Ground(absent=(tree.anchor,))
    if isinstance(tree.hit, int):
        chosen = anchors[tree.hit - 1 : tree.hit]
    else:
        chosen = {"first": anchors[:1], "last": anchors[-1:]}.get(tree.hit, anchors)
    if not chosen:
        return Ground(absent=(tree.anchor,))
    return Ground(lacking=tuple((hit, tree) for hit in chosen))


def _reason(judged: Judged, verdict: Verdict, part: str, ground: Ground) -> Reason:
    if ground.rules and not (ground.hits or ground.lacking or ground.absent):
        return reason("prerequisite", rule=", ".join(ground.rules))
    if verdict == "not_applicable" and part == "only_if":
        return reason("precondition_false", searched=spans_text(_searched(judged, ground)))
    if ground.lacking:
        hit, _ = ground.lacking[0]
        zh, en = what_of(hit.fact)
        return reason(
            "lacking",
            at=clock(hit.fact.start_s),
            what_zh=zh,
            what_en=en,
            searched=spans_text(_searched(judged, ground)),
            **nearest_texts(_nearest(judged, ground)),
        )
    if ground.hits:
        hit = ground.hits[0]
        zh, en = what_of(hit.fact)
        related = any(isinstance(leaf, Relate) for leaf in leaves_of(judged.tree(part)))
        code = {
            "met": "in_order" if related and len(ground.hits) > 1 else "found",
            "not_met": "found_against",
        }.get(verdict, "exception")
        return reason(code, at=clock(hit.fact.start_s), what_zh=zh, what_en=en)
    searched = spans_text(_searched(judged, ground))
    if verdict == "met":
        return reason("nothing_against", searched=searched)
    return reason("not_found", searched=searched, **nearest_texts(_nearest(judged, ground)))


def _doubtful(judged: Judged, part: str, other_part: str) -> Finding:
    """Undecided because a hit that is only possible decides; the finding names it."""
    doubtful = [
        hit
        for at, passed in ((other_part, judged.possible), (part, judged.possible))
        for hit in _possible_in(judged, at, passed)
    ]
    if not doubtful:
        doubtful = [h for use in judged.rule.uses.values()
                    for h in judged.selected[use.key].hits if not h.sure]  # fmt: skip
    hit = min(doubtful, key=lambda h: (_distance(h), h.fact.start_s))
    zh, en = what_of(hit.fact)
    because = BECAUSE[hit.possible_because]
    why = reason(
        "possible_hit",
        at=clock(hit.fact.start_s),
        what_zh=zh.strip("“”"),
        what_en=en,
        because=hit.possible_because,
        because_zh=because[0],
        because_en=because[1],
    )
    return _finding(judged, "undecided", why, Ground(hits=(hit,)), candidate=hit)


def _possible_in(judged: Judged, part: str, passed: Pass) -> list[Hit]:
    value = passed.parts.get((judged.rule.index, part))
    ground = ground_of(judged.tree(part), bool(value), judged, passed)
    hits = (*ground.hits, *(hit for hit, _ in ground.lacking))
    return [hit for hit in hits if not hit.sure]


def _distance(hit: Hit) -> float:
    return hit.fact.distance if isinstance(hit.fact, Candidate) else 0.0


def _unmeasured(judged: Judged, part: str) -> Finding:
    """Undecided because a measurement or a prerequisite is missing; the first one is named."""
    for leaf in leaves_of(judged.tree(part)):
        if isinstance(leaf, RuleLeaf):
            if judged.verdicts.get(leaf.rule) == "undecided":
                why = reason("prerequisite_open", rule=leaf.rule)
                return _finding(judged, "undecided", why, Ground())
            continue
        for name in sorted(names_in(leaf)):
            missing = judged.of(name).missing
            if missing:
                need, because = missing
                return _finding(
                    judged, "undecided", reason("not_measured", need=need, why=because), Ground()
                )
    raise AssertionError(f"{judged.rule.rule.id}: unknown without a missing need")


def _heard_poorly(judged: Judged, ground: Ground) -> Finding | None:
    """Undecided instead of not_met where absence decides and the window was heard badly."""
    for name, search in _absences(judged, ground):
        if judged.of(name).wanted and search.turns:
            share = heard_share(search.turns)
            if share < judged.limits.heard_share:
                nearest = judged.of(name).nearest
                why = reason(
                    "heard_poorly",
                    share=round(share * 100),
                    limit=round(judged.limits.heard_share * 100),
                    **nearest_texts(nearest),
                )
                return _finding(judged, "undecided", why, ground)
    return None


def _absences(judged: Judged, ground: Ground) -> list[tuple[str, Search]]:
    """What was searched in vain: condition names and their windows."""
    absent = [
        (name, search) for name in ground.absent if (search := judged.of(name).search) is not None
    ]
    return absent + [(tree.find, _around(judged, hit, tree)) for hit, tree in ground.lacking]


def _around(judged: Judged, anchor: Hit, tree: Relate) -> Search:
    """The stretch around an anchor in which the relation looked, and its turns."""
    whole = judged.of(tree.find).search or search_of(judged.facts, None, None)
    start_s, end_s = whole.span.start_s, whole.span.end_s
    at, until = anchor.fact.start_s, anchor.fact.end_s
    reach_s = tree.within_s
    if tree.where == "before":
        start_s, end_s = (at - reach_s if reach_s else start_s), at
    elif tree.where == "after":
        start_s, end_s = until, (until + reach_s if reach_s else end_s)
    elif tree.where == "same_turn":
        start_s, end_s = at, until
    elif reach_s:
        start_s, end_s = at - reach_s, until + reach_s
    start_s = max(0.0, min(start_s, end_s))
    turns = tuple(t for t in whole.turns if t.end_s > start_s and t.start_s < end_s)
    if tree.within_turns is not None:
        centre = anchor.fact.turn
        if centre is None:
            before = [t.index for t in judged.facts.turns if t.start_s <= at]
            centre = before[-1] if before else -1
        turns = tuple(t for t in turns if abs(t.index - centre) <= tree.within_turns)
        if turns:
            start_s, end_s = max(start_s, turns[0].start_s), min(end_s, turns[-1].end_s)
    return Search(Span(start_s=start_s, end_s=max(start_s, end_s)), turns)


def _searched(judged: Judged, ground: Ground) -> tuple[Span, ...]:
    spans = {(search.span.start_s, search.span.end_s) for _, search in _absences(judged, ground)}
    return tuple(Span(start_s=start, end_s=end) for start, end in sorted(spans))[:MAX_EVIDENCE]


def _nearest(judged: Judged, ground: Ground) -> Candidate | None:
    names = [*ground.absent, *(tree.find for _, tree in ground.lacking)]
    near = [found for name in names if (found := judged.of(name).nearest) is not None]
    return min(near, key=lambda candidate: (candidate.distance, candidate.start_s), default=None)


def _finding(
    judged: Judged, verdict: Verdict, why: Reason, ground: Ground, candidate: Hit | None = None
) -> Finding:
    rule = judged.rule.rule
    hits = (*ground.hits, *(hit for hit, _ in ground.lacking))
    nearest = _nearest(judged, ground)
    if candidate is not None and isinstance(candidate.fact, Candidate):
        nearest = candidate.fact
    return Finding(
        id=f"{rule.id}@{rule.digest[:8]}",
        rule_id=rule.id,
        rule_digest=rule.digest,
        status=rule.status,
        verdict=verdict,
        reason=why,
        evidence=tuple(dict.fromkeys(_evidence(hit) for hit in hits))[:MAX_EVIDENCE],
        searched=_searched(judged, ground),
        nearest=_nearest_noun(nearest),
    )


def _evidence(hit: Hit) -> Evidence:
    fact = hit.fact
    return Evidence(
        turn=fact.turn,
        speaker=fact.speaker,
        start_s=fact.start_s,
        end_s=fact.end_s,
        quote=fact.quote,
    )


def _nearest_noun(candidate: Candidate | None) -> Nearest | None:
    if candidate is None or candidate.turn is None or not candidate.quote:
        return None
    return Nearest(
        quote=candidate.quote,
        turn=candidate.turn,
        start_s=candidate.start_s,
        end_s=candidate.end_s,
        distance=candidate.distance,
        wanted=candidate.wanted,
    )
