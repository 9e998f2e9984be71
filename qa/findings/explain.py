"""From the two passes over a call to one verdict, its reason and its proof."""

from collections.abc import Iterable, Sequence

from qa.domain.derivations import DerivedFact
from qa.domain.facts import Candidate
from qa.domain.findings import Finding, Reason
from qa.domain.rules import Verdict
from qa.domain.text import Text
from qa.findings.doubts import doubt_reason
from qa.findings.evaluate import Pass, lacks
from qa.findings.ground import (
    Ground,
    Judged,
    Pair,
    ground_of,
    guarded,
    nearest_of,
    poorly_heard,
)
from qa.findings.hits import Hit
from qa.findings.logic import Node, Part, Truth, Twig, truth_of
from qa.findings.program import CompiledDerivation, CompiledRule
from qa.findings.proof import MAX_EVIDENCE, evidence_of, nearest_noun, proven_by
from qa.findings.reasons import (
    here_texts,
    nearest_texts,
    need_texts,
    reason,
    spans_text,
    stopped_texts,
    then_texts,
    wanted_texts,
)


def verdict_of(passed: Pass, rule: CompiledRule) -> tuple[Verdict, Part]:
    """The verdict of one pass, and the part that decides it."""
    asked, settled = rule.parts, passed.parts[rule.index]
    waived = settled.get("waived") if "waived" in asked else False
    only_if = settled.get("only_if") if "only_if" in asked else True
    unless = settled.get("unless") if "unless" in asked else False
    met = settled.get("met_when")
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
    if judged.possible.parts[rule.index] is not judged.sure.parts[rule.index]:
        possible, other = verdict_of(judged.possible, rule)
    if sure == "undecided":
        return _unmeasured(rule, judged, judged.sure, part)
    if possible == "undecided":
        return _unmeasured(rule, judged, judged.possible, other)
    if sure != possible:
        return _doubtful(rule, judged, part, other)
    node = rule.parts[part]
    ground = ground_of(node, bool(judged.sure.parts[rule.index].get(part)), judged, judged.sure)
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
    if ground.lacking and verdict == "not_met":
        return reason("lacking", **at_texts(ground.lacking[:1]), **in_vain(judged, ground, rule))
    if ground.hits:
        return _of_hits(verdict, part, ground)
    told = in_vain(judged, ground, rule)
    if ground.few:
        by_verdict = {"met": "few_enough", "not_applicable": "precondition_few"}
        code = by_verdict.get(verdict, "too_few")
        return reason(code, count=len(ground.few), **at_texts(ground.few), **told)
    if verdict == "not_applicable":
        code = "precondition_absent" if part == "only_if" else "exception_by_absence"
        return reason(code, **told)
    if verdict == "met":
        return reason("nothing_against", **told)
    stopped = next((s for one in ground.absent if (s := judged.selected[one.use].stopped)), None)
    if stopped is not None:
        return reason("step_missing", **(told | stopped_texts(stopped)))
    return reason("not_found", **told)


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


def in_vain(
    judged: Judged, ground: Ground, one: CompiledRule | CompiledDerivation
) -> dict[str, str]:
    """What was searched in vain and what came nearest, in words."""
    nearest = nearest_texts(nearest_of(ground, judged))
    names = [name for absence in ground.absent for name in _names(absence.use, judged, one)]
    return {"searched": spans_text(ground.searched), **wanted_texts(names), **nearest}


def _names(
    use: str, judged: Judged, one: CompiledRule | CompiledDerivation
) -> tuple[str | Text, ...]:
    """What the use looked for; the operator's name where that was no wording."""
    selected = judged.selected[use]
    if selected.wanted or selected.titles:
        return selected.wanted or selected.titles
    judged_by = one.rule if isinstance(one, CompiledRule) else one.derivation
    own = zip(one.uses, judged_by.conditions, strict=True)
    return tuple(condition.operator for key, condition in own if key == use)[:1]


def _of_hits(verdict: Verdict, part: Part, ground: Ground) -> Reason:
    """What is there makes the verdict; of two that stand in an order, both are told."""
    if verdict == "not_applicable":
        code = "precondition_false" if part == "only_if" else "exception"
        return reason(code, **at_texts(ground.hits[:1]))
    if ground.pairs and (verdict == "met" or ground.pairs[0].where in ("before", "after")):
        return _of_pair(ground.pairs[0], met=verdict == "met")
    if verdict == "not_met":
        return reason("found_against", **at_texts(ground.hits))
    return reason("found", **at_texts(ground.hits[:1]))


def _of_pair(pair: Pair, *, met: bool) -> Reason:
    """Two hits and how they stand; of those in the right order the earlier is told first."""
    first, then = pair.find, pair.anchor
    if met and pair.where == "after":
        first, then = then, first
    code = "in_order" if pair.where in ("before", "after") else "together"
    return reason(
        code if met else f"against_{pair.where}", **at_texts([first]), **then_texts(then.fact)
    )


def at_texts(hits: Sequence[Hit]) -> dict[str, str]:
    """When the hits are and what they say, for `at` and `here`."""
    return here_texts([hit.fact for hit in hits])


def _doubtful(rule: CompiledRule, judged: Judged, part: Part, other: Part) -> Finding:
    """Undecided because a hit that is only possible decides; the finding names it."""
    doubtful = [
        hit
        for at in (other, part)
        for hit in possible_in(judged, rule.parts[at], judged.possible.parts[rule.index].get(at))
    ]
    hit = most_likely(doubtful, judged, rule.uses)
    why = doubt_reason(hit)
    return _finding(rule, judged, "undecided", why, Ground(hits=(hit,)), decides=hit)


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
    return _finding(rule, judged, "undecided", poor_reason(ground, judged, rule), ground)


def poor_reason(ground: Ground, judged: Judged, one: CompiledRule | CompiledDerivation) -> Reason:
    """Absence decides, and where it was searched for was heard badly."""
    share, absence = next(
        (share, absence)
        for absence in ground.absent
        if (share := poorly_heard(absence, judged)) is not None
    )
    return reason(
        "heard_poorly",
        share=int(share * 100),
        limit=round(judged.limits.heard_share * 100),
        **in_vain(judged, Ground(absent=(absence,)), one),
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
    return Finding.model_validate(
        {
            "id": f"{rule.id}@{digest[:8]}",
            "rule_id": rule.id,
            "rule_digest": digest,
            "status": rule.status,
            "verdict": verdict,
            "reason": why,
            "evidence": evidence_of((*proof, *ground.few, *ground.lacking)),
            "searched": ground.searched[:MAX_EVIDENCE],
            "nearest": nearest_noun(nearest),
        }
    )
