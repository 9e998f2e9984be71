"""`qa try`: what a file's rules say of a call, and what came nearest where they found nothing."""

from collections.abc import Sequence

from qa.domain.derivations import DerivedFact
from qa.domain.facts import Facts
from qa.domain.findings import Evidence, Finding
from qa.domain.limits import Limits
from qa.domain.rules import Rule
from qa.domain.text import Text
from qa.findings.compile import compile_rules
from qa.findings.doubts import doubt_texts
from qa.findings.hits import Given, Hit, Selected, View, derived_hit
from qa.findings.operator import run
from qa.findings.operators import OPERATORS
from qa.findings.program import Program, Use
from qa.flow.lines import CallRef
from qa.flow.near_misses import Miss, gaps, near_misses
from transcribe.noun import Noun
from transcribe.transcript import Turn


class Perhaps(Noun):
    """A hit that is only possible, and why."""

    hit: Evidence
    because: Text


class ConditionSeen(Noun):
    """A condition of the rule on this call. missing: the measurement it lacks.

    hits: the sure ones; possible: those that decide nothing alone, each with why it is in doubt.
    """

    name: str
    operator: str
    hits: tuple[Evidence, ...]
    possible: tuple[Perhaps, ...] = ()
    missing: str | None = None
    misses: tuple[Miss, ...] = ()


class Tried(Noun):
    """One rule on one call. finding None: the rule is not for this call, as `why_not` says."""

    call: CallRef
    rule_id: str
    finding: Finding | None
    why_not: Text | None = None
    conditions: tuple[ConditionSeen, ...] = ()
    nearest: Miss | None = None


class TriedLine(Noun):
    """`qa try --json`: one call with its turns and every rule of the file."""

    call: CallRef
    turns: tuple[Turn, ...]
    rules: tuple[Tried, ...]


def try_rule(
    rule: Rule,
    call: CallRef,
    facts: Facts,
    finding: Finding | None,
    limits: Limits,
    *,
    derived: Sequence[DerivedFact] = (),
) -> Tried:
    """What the rule says, its conditions' hits, and the nearest miss.

    finding: the rule's on the call; None where it does not apply to the call. derived: what the
    pack's derivations gave on the call.
    """
    if finding is None:
        return Tried(call=call, rule_id=rule.id, finding=None, why_not=_why_not(rule, facts))
    view = View(facts)
    view.give(Given(one.kind, one.value, (derived_hit(one),)) for one in derived)
    program = compile_rules([rule], OPERATORS, whole=False)
    uses = dict(zip((c.name for c in rule.conditions), _uses(program, rule), strict=True))
    selected = {name: run(u.operator, view, u.want, u.window, limits) for name, u in uses.items()}
    seen = tuple(
        ConditionSeen(
            name=name,
            operator=use.operator.name,
            hits=tuple(_evidence(hit) for hit in selected[name].hits if hit.sure),
            possible=tuple(_perhaps(hit) for hit in selected[name].hits if not hit.sure),
            missing=_lacking(selected[name]),
            misses=() if selected[name].hits else tuple(near_misses(name, use, view, limits)),
        )
        for name, use in uses.items()
    )
    misses = [*(m for one in seen for m in one.misses), *gaps(rule, selected, view)]
    return Tried(
        call=call,
        rule_id=rule.id,
        finding=finding,
        conditions=seen,
        nearest=min(misses, key=lambda miss: miss.share, default=None),
    )


def _why_not(rule: Rule, facts: Facts) -> Text:
    if rule.language != facts.language:
        return Text(
            zh=f"规则用于 {rule.language}，通话是 {facts.language}",
            en=f"the rule is for {rule.language}, the call is in {facts.language}",
        )
    return Text(
        zh="规则已停用，或 applies_to 不包含这通电话",
        en="the rule is retired, or its applies_to leaves this call out",
    )


def _uses(program: Program, rule: Rule) -> list[Use]:
    """The rule's uses in the order of its conditions; equal conditions share one."""
    of_derived = (use for level in program.levels for use in level.uses)
    by_key = {use.key: use for use in (*program.uses, *of_derived)}
    (compiled,) = (one for level in program.levels for one in level.rules)
    assert compiled.rule.id == rule.id
    return [by_key[key] for key in compiled.uses]


def _lacking(selected: Selected) -> str | None:
    return ": ".join(selected.missing) if selected.missing else None


def _perhaps(hit: Hit) -> Perhaps:
    zh, en = doubt_texts(hit)
    return Perhaps(hit=_evidence(hit), because=Text(zh=zh, en=en))


def _evidence(hit: Hit) -> Evidence:
    fact = hit.fact
    return Evidence(
        turn=fact.turn,
        speaker=fact.speaker,
        start_s=fact.start_s,
        end_s=fact.end_s,
        quote=fact.quote,
    )
