"""`find`: rules over the facts of one call give findings."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock

from qa.domain.derivations import Derivation, DerivedFact
from qa.domain.facts import Facts
from qa.domain.findings import Finding
from qa.domain.limits import Limits
from qa.domain.rules import Rule, Verdict
from qa.findings.compile import compile_rules
from qa.findings.derive import derive, facts_of
from qa.findings.evaluate import Known, two_passes
from qa.findings.explain import find_one
from qa.findings.ground import Judged
from qa.findings.hits import Selected, View
from qa.findings.operator import run
from qa.findings.operators import OPERATORS
from qa.findings.program import Program, Use
from transcribe.errors import CodedError
from transcribe.noun import Noun

MAX_PROGRAMS = 16  # guess: packs and languages in use at once

_PROGRAMS: OrderedDict[tuple[tuple[str, str, str], ...], Program] = OrderedDict()
_ONE_AT_A_TIME = Lock()


class Found(Noun):
    """What rules and derivations say of one call; derived facts sorted by time."""

    findings: tuple[Finding, ...]
    derived: tuple[DerivedFact, ...] = ()


def find(
    facts: Facts,
    rules: Sequence[Rule],
    limits: Limits | None = None,
    *,
    derivations: Sequence[Derivation] = (),
) -> tuple[Finding, ...]:
    """One finding for each rule, sorted by rule id; the same facts give the same bytes.

    rules: those that apply to the call; a prerequisite rule that is not among them is not
    applicable. Errors: those of `compile_rules`; QA336 and QA337 from the engine's door.
    """
    return find_all(facts, rules, derivations, limits).findings


def find_all(
    facts: Facts,
    rules: Sequence[Rule],
    derivations: Sequence[Derivation] = (),
    limits: Limits | None = None,
) -> Found:
    """As `find`, with the facts that the derivations give."""
    return find_with(facts, program_of(rules, derivations), limits or Limits())


def program_of(rules: Sequence[Rule], derivations: Sequence[Derivation] = ()) -> Program:
    """The compiled rules of a call; kept for the next call with the same ones."""
    key = (
        *sorted((rule.id, rule.digest, rule.status) for rule in rules),
        *sorted((one.id, one.digest, "") for one in derivations),
    )
    with _ONE_AT_A_TIME:
        if key in _PROGRAMS:
            _PROGRAMS.move_to_end(key)
        else:
            _PROGRAMS[key] = compile_rules(rules, OPERATORS, derivations=derivations, whole=False)
            if len(_PROGRAMS) > MAX_PROGRAMS:
                _PROGRAMS.popitem(last=False)
        return _PROGRAMS[key]


def find_with(facts: Facts, program: Program, limits: Limits) -> Found:
    """As `find_all`, with a program that is already compiled."""
    view = View(facts)
    selected = _select(program.uses, view, limits)
    verdicts: dict[str, Verdict] = dict.fromkeys(program.absent, "not_applicable")
    findings: list[Finding] = []
    derived: list[DerivedFact] = []
    try:
        for level in program.levels:
            selected |= _select(level.uses, view, limits)
            both = two_passes(level, Known(view, selected, verdicts))
            judged = Judged(selected, both.sure, both.possible, view, limits, verdicts, {})
            for one in level.derivations:
                given = derive(one, judged)
                view.give(given)
                derived += facts_of(given)
            found = [find_one(rule, judged) for rule in level.rules]
            findings += found
            verdicts |= {finding.rule_id: finding.verdict for finding in found}
    except CodedError as error:
        raise CodedError(error.code, place=facts.call_id, **error.values) from error
    return Found(
        findings=tuple(sorted(findings, key=lambda finding: finding.rule_id)),
        derived=tuple(sorted(derived, key=lambda fact: (fact.start_s, fact.by, str(fact.value)))),
    )


def _select(uses: Iterable[Use], view: View, limits: Limits) -> dict[str, Selected]:
    return {use.key: run(use.operator, view, use.want, use.window, limits) for use in uses}
