"""`find`: rules over the facts of one call give findings."""

from collections import OrderedDict
from collections.abc import Sequence

from qa.domain.facts import Facts
from qa.domain.findings import Finding
from qa.domain.limits import Limits
from qa.domain.rules import Rule, Verdict
from qa.findings.compile import Program, compile_rules
from qa.findings.evaluate import Pass, run_pass
from qa.findings.explain import Judged, find_one
from qa.findings.operator import run
from qa.findings.operators import OPERATORS

MAX_PROGRAMS = 16  # guess: packs and languages in use at once

_PROGRAMS: OrderedDict[tuple[tuple[str, str, str], ...], Program] = OrderedDict()


def find(facts: Facts, rules: Sequence[Rule], limits: Limits | None = None) -> tuple[Finding, ...]:
    """One finding for each rule, sorted by rule id; the same facts give the same bytes.

    Errors: those of `compile_rules`; QA336 and QA337 from the engine's door.
    """
    return find_with(facts, program_of(rules), limits or Limits())


def program_of(rules: Sequence[Rule]) -> Program:
    """The compiled rules; kept for the next call with the same ones."""
    key = tuple(sorted((rule.id, rule.digest, rule.status) for rule in rules))
    if key in _PROGRAMS:
        _PROGRAMS.move_to_end(key)
    else:
        _PROGRAMS[key] = compile_rules(rules, OPERATORS)
        if len(_PROGRAMS) > MAX_PROGRAMS:
            _PROGRAMS.popitem(last=False)
    return _PROGRAMS[key]


def find_with(facts: Facts, program: Program, limits: Limits) -> tuple[Finding, ...]:
    """As `find`, with a program that is already compiled."""
    selected = {
        use.key: run(use.operator, facts, use.want, use.window, limits) for use in program.uses
    }
    doubtful = any(not hit.sure for one in selected.values() for hit in one.hits)
    verdicts: dict[str, Verdict] = {}
    findings: list[Finding] = []
    for level in program.levels:
        sure = run_pass(level, selected, facts, verdicts, sure_only=True)
        possible: Pass = sure
        if doubtful:
            possible = run_pass(level, selected, facts, verdicts, sure_only=False)
        judged = [
            find_one(Judged(rule, selected, sure, possible, facts, limits, dict(verdicts)))
            for rule in level.rules
        ]
        findings += judged
        verdicts |= {finding.rule_id: finding.verdict for finding in judged}
    return tuple(sorted(findings, key=lambda finding: finding.rule_id))
