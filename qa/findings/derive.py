"""Derived facts of one level: what follows, how surely, and from what."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.domain.derivations import WAIVER, DerivedFact
from qa.domain.findings import Reason
from qa.findings.doubts import doubt_reason
from qa.findings.evaluate import TOO_MANY, Known, Pass, passes_of_each
from qa.findings.explain import (
    at_texts,
    in_vain,
    most_likely,
    open_reason,
    poor_reason,
    possible_in,
)
from qa.findings.ground import Absence, Ground, Judged, ground_of, guarded, poorly_heard
from qa.findings.hits import Given, Hit, derived_hit
from qa.findings.program import CompiledDerivation
from qa.findings.proof import Place, evidence_of, place_of
from qa.findings.reasons import reason
from qa.findings.related import MAX_JOINED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a derivation's logic says once. `certainty` None: nothing follows.

    unproven: nothing follows, but only this share of the words that say so was heard well.
    """

    certainty: str | None
    why: Reason | None = None
    evidence: Sequence[Place] = ()
    unproven: float | None = None


def derive(one: CompiledDerivation, judged: Judged) -> tuple[Given, ...]:
    """What the derivation gives on this call, each value of its facts apart.

    judged: of its level; a derivation with `each` is asked again for every hit.
    """
    if one.each is None:
        whole = {"start_s": 0.0, "end_s": judged.view.end_s}
        return _given(one, [(whole, _outcome(one, judged))])
    found = judged.selected[one.each]
    missing = found.missing or (TOO_MANY if len(found.hits) > MAX_JOINED else None)
    if missing is not None:
        return _given(one, [], missing=missing[1])
    placed: list[tuple[Place, Outcome]] = []
    known = Known(judged.view, judged.selected, judged.verdicts)
    for hit, sure, possible in passes_of_each(one, known):
        if sure is None:
            outcome = _doubtful(hit, possible, one)
        else:
            outcome = _outcome(one, judged._replace(sure=sure, possible=possible, grounds={}))
        placed.append((place_of(hit.fact), outcome))
    # One more may be where nothing was heard well.
    unheard = poorly_heard(Absence(one.each, found.search), judged) if found.search else None
    return _given(one, placed, unproven=unheard)


def _doubtful(hit: Hit, possible: Pass, one: CompiledDerivation) -> Outcome:
    """A hit that is only possible gives no more; without it nothing stands there."""
    if possible.parts[one.index].get("when") is False:
        return Outcome(None)
    return Outcome("possible", doubt_reason(hit), evidence_of([hit]))


def _outcome(one: CompiledDerivation, judged: Judged) -> Outcome:
    """Sure when it follows with and without the possible hits, and no absence is unproven."""
    node = one.parts["when"]
    sure = judged.sure.parts[one.index].get("when")
    possible = judged.possible.parts[one.index].get("when")
    for value, passed in ((sure, judged.sure), (possible, judged.possible)):
        if value is None:
            return Outcome("possible", open_reason(node, judged, passed))
    ground = ground_of(node, bool(sure), judged, judged.sure)
    proven = guarded(node, judged) is not None
    if sure != possible:
        doubtful = [*possible_in(judged, node, possible)]
        hit = most_likely(doubtful, judged, one.uses)
        return Outcome("possible", doubt_reason(hit), evidence_of([hit, *ground.hits]))
    if not sure:
        shares = [poorly_heard(absence, judged) for absence in ground.absent]
        heard = [share for share in shares if share is not None]
        return Outcome(None, unproven=None if proven else min(heard, default=0.0))
    evidence = evidence_of((*ground.hits, *ground.few, *ground.lacking))
    if not proven:
        return Outcome("possible", poor_reason(ground, judged, one), evidence)
    return Outcome("sure", _why(ground, judged, one), evidence)


def _why(ground: Ground, judged: Judged, one: CompiledDerivation) -> Reason:
    """What a sure conclusion rests on."""
    if ground.rules and not (ground.hits or ground.few or ground.absent):
        return reason("prerequisite", rule=", ".join(dict.fromkeys(ground.rules)))
    there = (*ground.lacking, *ground.hits, *ground.few)
    if there and ground.absent:
        return reason("lacking", **at_texts(there[:1]), **in_vain(judged, ground, one))
    if there:
        return reason("found", **at_texts(there[:1]))
    return reason("not_found", **in_vain(judged, ground, one))


def _given(
    one: CompiledDerivation,
    placed: list[tuple[Place, Outcome]],
    *,
    missing: str | None = None,
    unproven: float | None = None,
) -> tuple[Given, ...]:
    """The outcomes as facts: one for each rule that is waived, else one."""
    by = one.derivation
    shares = [o.unproven for _, o in placed if o.unproven is not None]
    share = min([*shares, *([] if unproven is None else [unproven])], default=None)
    values: tuple[str | float | None, ...] = by.waives or (by.value,)
    kind = WAIVER if by.waives else by.kind
    made = []
    for value in values:
        hits: dict[tuple[object, ...], Hit] = {}
        for place, outcome in placed:
            if outcome.certainty is None or outcome.why is None:
                continue
            fact = DerivedFact.model_validate(
                {
                    **place,
                    "kind": kind,
                    "value": value,
                    "by": by.id,
                    "title": by.title,
                    "certainty": outcome.certainty,
                    "reason": outcome.why.code,
                    "because": outcome.why.text,
                    "evidence": outcome.evidence,
                }
            )
            here = (fact.turn, fact.speaker, fact.start_s, fact.end_s)
            if here not in hits or outcome.certainty == "sure":  # of one place there is one fact
                hits[here] = derived_hit(fact)
        lacking = None if missing is None else (f"derived {kind}", missing)
        made.append(Given(kind, value, tuple(hits.values()), lacking, share, by.title))
    return tuple(made)


def facts_of(given: tuple[Given, ...]) -> tuple[DerivedFact, ...]:
    """The derived facts themselves."""
    return tuple(h.fact for one in given for h in one.hits if isinstance(h.fact, DerivedFact))
