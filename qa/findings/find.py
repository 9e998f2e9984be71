"""`find`: rules over the facts of one call give findings."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from qa.domain.facts import Facts
from qa.domain.findings import Finding
from qa.domain.limits import Limits
from qa.domain.rules import Rule, Verdict
from qa.findings.compile import Program, compile_rules
from qa.findings.evaluate import two_passes
from qa.findings.explain import find_one
from qa.findings.ground import Judged
from qa.findings.hits import View
from qa.findings.operator import run
from qa.findings.operators import OPERATORS
from transcribe.errors import CodedError

MAX_PROGRAMS = 16  # guess: packs and languages in use at once

_PROGRAMS: OrderedDict[tuple[tuple[str, str, str], ...], Program] = OrderedDict()
_ONE_AT_A_TIME = Lock()


def find(facts: Facts, rules: Sequence[Rule], limits: Limits | None = None) -> tuple[Finding, ...]:
    """One finding for each rule, sorted by rule id; the same facts give the same bytes.

    rules: those that apply to the call; a prerequisite rule that is not among them is not
    applicable. Errors: those of `compile_rules`; QA336 and QA337 from the engine's door.
    """
    return find_with(facts, program_of(rules), limits or Limits())


def program_of(rules: Sequence[Rule]) -> Program:
    """The compiled rules of a call; kept for the next call with the same ones."""
    key = tuple(sorted((rule.id, rule.digest, rule.status) for rule in rules))
    with _ONE_AT_A_TIME:
        if key in _PROGRAMS:
            _PROGRAMS.move_to_end(key)
        else:
            _PROGRAMS[key] = compile_rules(rules, OPERATORS, whole=False)
            if len(_PROGRAMS) > MAX_PROGRAMS:
                _PROGRAMS.popitem(last=False)
        return _PROGRAMS[key]


def find_with(facts: Facts, program: Program, limits: Limits) -> tuple[Finding, ...]:
    """As `find`, with a program that is already compiled."""
    view = View(facts)
    selected = {
        use.key: run(use.operator, view, use.want, use.window, limits) for use in program.uses
    }
    verdicts: dict[str, Verdict] = dict.fromkeys(program.absent, "not_applicable")
    findings: list[Finding] = []
    try:
        for level in program.levels:
            sure, possible = two_passes(level, view, selected, verdicts)
            judged = [
                find_one(Judged(rule, selected, sure, possible, view, limits, verdicts))
                for rule in level.rules
            ]
            findings += judged
            verdicts |= {finding.rule_id: finding.verdict for finding in judged}
    except CodedError as error:
        raise CodedError(error.code, place=facts.call_id, **error.values) from error
    return tuple(sorted(findings, key=lambda finding: finding.rule_id))
