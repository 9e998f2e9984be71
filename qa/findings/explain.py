"""From the two passes over a call to one verdict, its reason and its proof."""

from collections.abc import Iterable

from qa.domain.derivations import DerivedFact
from qa.domain.facts import Candidate
from qa.domain.findings import Finding, Reason
from qa.domain.rules import Verdict
from qa.findings.evaluate import Pass, lacks
from qa.findings.ground import (
    Ground,
    Judged,
    ground_of,
    guarded,
    nearest_of,
    poorly_heard,
)
from qa.findings.hits import Hit
from qa.findings.logic import Node, Part, Truth, Twig, truth_of, twigs_of
from qa.findings.program import CompiledRule
from qa.findings.proof import MAX_EVIDENCE, evidence_of, nearest_noun, proven_by
from qa.findings.reason_words import DOUBTS
from qa.findings.reasons import (
    clock,
    nearest_texts,
    need_texts,
    reason,
    spans_text,
    stopped_texts,
    wanted_texts,
    what_texts,
)


def verdict_of(passed: Pass, rule: CompiledRule) -> tuple[Verdict, Part]:
    """The verdict of one pass, and the part that decides it."""
    waived = passed.parts.get((rule.index, "waived"), False)
    only_if = passed.parts.get((rule.index, "only_if"), True)
    unless = passed.parts.get((rule.index, "unless"), False)
    met = passed.parts[rule.index, "met_when"]
    if waived is True:
        return "not_applicable", "waived"
    if only_if is False:
        return "not_applicable", "only_if"
    if unless is True:
        return "not_applicable", "unless"
    if waived is None:
        return "undecided", "waived"
    if only_if is None:
        return "undecided", "only_if"
    if unless is None:
        return "undecided", "unless"
    if met is None:
        return "undecided", "met_when"
    return ("met" if met else "not_met"), "met_when"


def find_one(rule: CompiledRule, judged: Judged) -> Finding:
    """The finding of one rule on one call (contract 1)."""
    sure, part = verdict_of(judged.sure, rule)
    possible, other = sure, part
    if judged.possible is not judged.sure:
        possible, other = verdict_of(judged.possible, rule)
    if sure == "undecided":
        return _unmeasured(rule, judged, judged.sure, part)
    if possible == "undecided":
        return _unmeasured(rule, judged, judged.possible, other)
    if sure != possible:
        return _doubtful(rule, judged, part, other)
    node = rule.parts[part]
    ground = ground_of(node, bool(judged.sure.parts[rule.index, part]), judged, judged.sure)
    if sure == "not_met" and guarded(node, judged) is None:
        return _heard_poorly(rule, judged, ground)
    return _finding(rule, judged, sure, _reason(rule, judged, sure, part, ground), ground)


def _reason(
    rule: CompiledRule, judged: Judged, verdict: Verdict, part: Part, ground: Ground
) -> Reason:
    """Why a decided verdict is what it is, the strongest ground first."""
    if part == "waived":
        return _waived(ground.hits[0])
    if ground.rules and not (ground.hits or ground.few or ground.absent):
        return reason("prerequisite", rule=", ".join(dict.fromkeys(ground.rules)))
    if ground.lacking and verdict != "not_applicable":
        return reason("lacking", **at_texts(ground.lacking[0]), **in_vain(judged, ground))
    if ground.hits:
        return reason(_code_of_hits(rule, verdict, part, ground), **at_texts(ground.hits[0]))
    if verdict == "not_applicable":
        code = "precondition_absent" if part == "only_if" else "exception_by_absence"
        return reason(code, searched=spans_text(ground.searched))
    if ground.few:
        few, at = len(ground.few), at_texts(ground.few[0])
        return reason("too_few", count=few, **at, **in_vain(judged, ground))
    if verdict == "met":
        return reason("nothing_against", searched=spans_text(ground.searched))
    stopped = next((s for one in ground.absent if (s := judged.selected[one.use].stopped)), None)
    if stopped is not None:
        return reason("step_missing", **(in_vain(judged, ground) | stopped_texts(stopped)))
    return reason("not_found", **in_vain(judged, ground))


def _waived(hit: Hit) -> Reason:
    fact = hit.fact
    assert isinstance(fact, DerivedFact)
    return reason(
        "waived",
        by=fact.by,
        waiver_zh=fact.title.zh,
        waiver_en=fact.title.en,
        because_zh=fact.because.zh,
        because_en=fact.because.en,
    )


def in_vain(judged: Judged, ground: Ground) -> dict[str, str]:
    """What was searched in vain and what came nearest, in words."""
    nearest = nearest_texts(nearest_of(ground, judged))
    wanted = wanted_texts(w for one in ground.absent for w in judged.selected[one.use].wanted)
    return {"searched": spans_text(ground.searched), **wanted, **nearest}


def _code_of_hits(rule: CompiledRule, verdict: Verdict, part: Part, ground: Ground) -> str:
    if verdict == "not_applicable":
        return "precondition_false" if part == "only_if" else "exception"
    if verdict == "not_met":
        return "found_against"
    related = any(twig.leaf.op == "relate" for twig in twigs_of(rule.parts[part]))
    return "in_order" if related and len(ground.hits) > 1 else "found"


def at_texts(hit: Hit) -> dict[str, str]:
    """When the hit is and what it says, for `at` and `what`."""
    return {"at": clock(hit.fact.start_s), **what_texts(hit.fact)}


def _doubtful(rule: CompiledRule, judged: Judged, part: Part, other: Part) -> Finding:
    """Undecided because a hit that is only possible decides; the finding names it."""
    doubtful = [
        hit
        for at in (other, part)
        for hit in possible_in(judged, rule.parts[at], judged.possible.parts[rule.index, at])
    ]
    hit = most_likely(doubtful, judged, rule.uses)
    why = doubt_reason(hit)
    return _finding(rule, judged, "undecided", why, Ground(hits=(hit,)), decides=hit)


def doubt_reason(hit: Hit) -> Reason:
    """A hit that is only possible decides."""
    zh, en = DOUBTS[hit.doubt]
    if isinstance(hit.fact, DerivedFact):
        # Why it only follows possibly is a reason of its own, for a person like this one.
        zh = hit.fact.because.zh.removeprefix("待人工：")
        en = hit.fact.because.en.removeprefix("For a person: ")
    return reason("possible_hit", **at_texts(hit), because=hit.doubt, because_zh=zh, because_en=en)


def most_likely(doubtful: Iterable[Hit], judged: Judged, uses: Iterable[str]) -> Hit:
    """The nearest, then the earliest of the possible hits that decide.

    None where a possible hit only displaces which sure one is the first or the n-th; then it is
    one of the uses' own.
    """
    found = list(doubtful) or [
        hit for use in uses for hit in judged.selected[use].hits if hit.doubt
    ]
    return min(found, key=lambda h: (_distance(h), h.fact.start_s, h.fact.end_s, h.fact.kind))


def possible_in(judged: Judged, node: Node, value: Truth) -> list[Hit]:
    """The possible hits that the node's value over all hits rests on."""
    if value is None:
        return []
    ground = ground_of(node, value, judged, judged.possible)
    return [hit for hit in (*ground.hits, *ground.few, *ground.lacking) if hit.doubt]


def _distance(hit: Hit) -> float:
    return hit.fact.distance if isinstance(hit.fact, Candidate) else 0.0


def _unmeasured(rule: CompiledRule, judged: Judged, passed: Pass, part: Part) -> Finding:
    """Undecided because a measurement or a prerequisite is missing; the first one is named."""
    why = open_reason(rule.parts[part], judged, passed)
    return _finding(rule, judged, "undecided", why, Ground())


def open_reason(node: Node, judged: Judged, passed: Pass) -> Reason:
    """What keeps the node unknown in this pass, the first of it."""
    need, code = next(
        lack
        for twig in _open_in(node, passed)
        if (lack := lacks(twig.leaf, passed.hits, judged.selected, judged.verdicts))
    )
    if need == "rule":
        return reason("prerequisite_open", rule=code)
    return reason("not_measured", need=need, why=code, **need_texts(need, code))


def _open_in(node: Node, passed: Pass) -> Iterable[Twig]:
    """The leaves that keep an unknown node unknown."""
    if isinstance(node, Twig):
        yield node
        return
    for part in node.parts:
        if truth_of(part, passed.truth) is None:
            yield from _open_in(part, passed)


def _heard_poorly(rule: CompiledRule, judged: Judged, ground: Ground) -> Finding:
    """Undecided instead of not_met: absence decides and the window was heard badly."""
    return _finding(rule, judged, "undecided", poor_reason(ground, judged), ground)


def poor_reason(ground: Ground, judged: Judged) -> Reason:
    """Absence decides, and where it was searched for was heard badly."""
    share, absence = next(
        (share, absence)
        for absence in ground.absent
        if (share := poorly_heard(absence, judged)) is not None
    )
    nearest = nearest_of(Ground(absent=(absence,)), judged)
    return reason(
        "heard_poorly",
        share=int(share * 100),
        limit=round(judged.limits.heard_share * 100),
        searched=spans_text((absence.search.span,)),
        **nearest_texts(nearest),
    )


def _finding(
    compiled: CompiledRule,
    judged: Judged,
    verdict: Verdict,
    why: Reason,
    ground: Ground,
    *,
    decides: Hit | None = None,
) -> Finding:
    """decides: the hit that an undecided verdict hangs on."""
    rule, digest = compiled.rule, compiled.digest
    if decides is not None and isinstance(decides.fact, Candidate):
        nearest: Candidate | None = decides.fact
    else:
        nearest = nearest_of(ground, judged)
    proof = proven_by(ground, compiled.uses, judged.selected)
    return Finding(
        id=f"{rule.id}@{digest[:8]}",
        rule_id=rule.id,
        rule_digest=digest,
        status=rule.status,
        verdict=verdict,
        reason=why,
        evidence=evidence_of((*proof, *ground.few, *ground.lacking)),
        searched=ground.searched[:MAX_EVIDENCE],
        nearest=nearest_noun(nearest),
    )
