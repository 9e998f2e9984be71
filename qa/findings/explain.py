"""From the two passes over a call to one verdict, its reason and its proof."""

from collections.abc import Iterable

from qa.domain.facts import Candidate
from qa.domain.findings import Evidence, Finding, Nearest, Reason
from qa.domain.rules import Verdict
from qa.findings.compile import CompiledRule
from qa.findings.evaluate import Pass, lacks
from qa.findings.ground import Ground, Judged, ground_of, guarded, nearest_of, poorly_heard
from qa.findings.hits import Hit
from qa.findings.logic import Node, Part, Twig, truth_of, twigs_of
from qa.findings.reasons import (
    DOUBTS,
    clock,
    nearest_texts,
    need_texts,
    reason,
    spans_text,
    wanted_texts,
    what_texts,
)

MAX_EVIDENCE = 12  # guess: more places than a person will listen to


def verdict_of(passed: Pass, rule: CompiledRule) -> tuple[Verdict, Part]:
    """The verdict of one pass, and the part that decides it."""
    only_if = passed.parts.get((rule.index, "only_if"), True)
    unless = passed.parts.get((rule.index, "unless"), False)
    met = passed.parts[rule.index, "met_when"]
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
    possible, other = sure, part
    if judged.possible is not judged.sure:
        possible, other = verdict_of(judged.possible, judged.rule)
    if sure == "undecided":
        return _unmeasured(judged, judged.sure, part)
    if possible == "undecided":
        return _unmeasured(judged, judged.possible, other)
    if sure != possible:
        return _doubtful(judged, part, other)
    node = judged.rule.parts[part]
    ground = ground_of(node, bool(judged.sure.parts[judged.rule.index, part]), judged, judged.sure)
    if sure == "not_met" and guarded(node, judged) is None:
        return _heard_poorly(judged, ground)
    return _finding(judged, sure, _reason(judged, sure, part, ground), ground)


def _reason(judged: Judged, verdict: Verdict, part: Part, ground: Ground) -> Reason:
    """Why a decided verdict is what it is, the strongest ground first."""
    if ground.rules and not (ground.hits or ground.few or ground.absent):
        return reason("prerequisite", rule=", ".join(dict.fromkeys(ground.rules)))
    if ground.lacking and verdict != "not_applicable":
        return reason("lacking", **_at(ground.lacking[0]), **_in_vain(judged, ground))
    if ground.hits:
        return reason(_code_of_hits(judged, verdict, part, ground), **_at(ground.hits[0]))
    if verdict == "not_applicable":
        code = "precondition_absent" if part == "only_if" else "exception_by_absence"
        return reason(code, searched=spans_text(ground.searched))
    if ground.few:
        few, at = len(ground.few), _at(ground.few[0])
        return reason("too_few", count=few, **at, **_in_vain(judged, ground))
    if verdict == "met":
        return reason("nothing_against", searched=spans_text(ground.searched))
    return reason("not_found", **_in_vain(judged, ground))


def _in_vain(judged: Judged, ground: Ground) -> dict[str, str]:
    """What was searched in vain and what came nearest, in words."""
    nearest = nearest_texts(nearest_of(ground, judged))
    wanted = wanted_texts(w for one in ground.absent for w in judged.selected[one.use].wanted)
    return {"searched": spans_text(ground.searched), **wanted, **nearest}


def _code_of_hits(judged: Judged, verdict: Verdict, part: Part, ground: Ground) -> str:
    if verdict == "not_applicable":
        return "precondition_false" if part == "only_if" else "exception"
    if verdict == "not_met":
        return "found_against"
    related = any(twig.leaf.op == "relate" for twig in twigs_of(judged.rule.parts[part]))
    return "in_order" if related and len(ground.hits) > 1 else "found"


def _at(hit: Hit) -> dict[str, str]:
    return {"at": clock(hit.fact.start_s), **what_texts(hit.fact)}


def _doubtful(judged: Judged, part: Part, other: Part) -> Finding:
    """Undecided because a hit that is only possible decides; the finding names it."""
    doubtful = [
        hit for at in (other, part) for hit in _possible_in(judged, judged.rule.parts[at], at)
    ]
    if not doubtful:  # a possible hit only displaces which sure one is the first or the n-th
        doubtful = [hit for use in judged.rule.uses for hit in judged.selected[use].hits
                    if hit.doubt]  # fmt: skip
    hit = min(doubtful, key=lambda h: (_distance(h), h.fact.start_s, h.fact.end_s, h.fact.kind))
    because = DOUBTS[hit.doubt]
    why = reason(
        "possible_hit",
        **_at(hit),
        because=hit.doubt,
        because_zh=because[0],
        because_en=because[1],
    )
    return _finding(judged, "undecided", why, Ground(hits=(hit,)), decides=hit)


def _possible_in(judged: Judged, node: Node, part: Part) -> list[Hit]:
    value = judged.possible.parts[judged.rule.index, part]
    if value is None:
        return []
    ground = ground_of(node, value, judged, judged.possible)
    return [hit for hit in (*ground.hits, *ground.few, *ground.lacking) if hit.doubt]


def _distance(hit: Hit) -> float:
    return hit.fact.distance if isinstance(hit.fact, Candidate) else 0.0


def _unmeasured(judged: Judged, passed: Pass, part: Part) -> Finding:
    """Undecided because a measurement or a prerequisite is missing; the first one is named."""
    open_leaves = _open_in(judged.rule.parts[part], passed)
    need, code = next(
        lack
        for twig in open_leaves
        if (lack := lacks(twig.leaf, passed.hits, judged.selected, judged.verdicts))
    )
    if need == "rule":
        why = reason("prerequisite_open", rule=code)
    else:
        why = reason("not_measured", need=need, why=code, **need_texts(need, code))
    return _finding(judged, "undecided", why, Ground())


def _open_in(node: Node, passed: Pass) -> Iterable[Twig]:
    """The leaves that keep an unknown node unknown."""
    if isinstance(node, Twig):
        yield node
        return
    for part in node.parts:
        if truth_of(part, passed.truth) is None:
            yield from _open_in(part, passed)


def _heard_poorly(judged: Judged, ground: Ground) -> Finding:
    """Undecided instead of not_met: absence decides and the window was heard badly."""
    share, absence = next(
        (share, absence)
        for absence in ground.absent
        if (share := poorly_heard(absence, judged)) is not None
    )
    nearest = nearest_of(Ground(absent=(absence,)), judged)
    why = reason(
        "heard_poorly",
        share=int(share * 100),
        limit=round(judged.limits.heard_share * 100),
        searched=spans_text((absence.search.span,)),
        **nearest_texts(nearest),
    )
    return _finding(judged, "undecided", why, ground)


def _finding(
    judged: Judged, verdict: Verdict, why: Reason, ground: Ground, decides: Hit | None = None
) -> Finding:
    """decides: the hit that an undecided verdict hangs on."""
    rule = judged.rule.rule
    if decides is not None and isinstance(decides.fact, Candidate):
        nearest: Candidate | None = decides.fact
    else:
        nearest = nearest_of(ground, judged)
    return Finding(
        id=f"{rule.id}@{rule.digest[:8]}",
        rule_id=rule.id,
        rule_digest=rule.digest,
        status=rule.status,
        verdict=verdict,
        reason=why,
        evidence=_evidence((*ground.hits, *ground.few, *ground.lacking)),
        searched=ground.searched[:MAX_EVIDENCE],
        nearest=_nearest_noun(nearest),
    )


def _evidence(hits: Iterable[Hit]) -> tuple[Evidence, ...]:
    """The places of the hits, each once."""
    made: dict[tuple[object, ...], Evidence] = {}
    for hit in hits:
        fact = hit.fact
        key = (fact.turn, fact.speaker, fact.start_s, fact.end_s, fact.quote)
        if key not in made:
            made[key] = Evidence(
                turn=fact.turn,
                speaker=fact.speaker,
                start_s=fact.start_s,
                end_s=fact.end_s,
                quote=fact.quote,
            )
            if len(made) == MAX_EVIDENCE:
                break
    return tuple(made.values())


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
