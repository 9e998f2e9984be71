"""`qa check`: packs that load, compile, keep their cases' promises, and let good calls be."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import Field

from qa.domain.packs import Packs
from qa.domain.patterns import Patterns
from qa.domain.rules import Case, Rule
from qa.domain.script import read_script
from qa.errors import text_of
from qa.facts.matcher import compiled
from qa.facts.measure import measure
from qa.findings.compile import compile_rules
from qa.findings.find import find
from qa.findings.operators import OPERATORS
from qa.flow.lines import Problem
from qa.flow.lint import Lint, lint
from qa.flow.quiet import read_quiet_sets, replay
from qa.packs.load import load_packs
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun


class Checked(Noun):
    """What was checked, by kind, where all is well."""

    rules: int = Field(ge=0)
    cases: int = Field(ge=0)
    word_lists: int = Field(ge=0)
    scorecards: int = Field(ge=0)
    courses: int = Field(ge=0)
    digest: str
    quiet_calls: int = Field(default=0, ge=0)
    warnings: tuple[Problem, ...] = Field(default=(), description="of the lint")


def warned(found: Iterable[Lint]) -> tuple[Problem, ...]:
    """The lint's warnings with their sentences."""
    return tuple(
        Problem(code=one.error.code, place=one.error.place, text=text_of(one.error))
        for one in found
        if one.severity == "warning"
    )


def check(root: Path, *, name: str = "") -> tuple[Packs, Checked]:
    """The packs under `root` and what was checked in them.

    Raises CodedErrors with every fault: those of `load_packs`, of the rules' compiler, of the
    word lists' matcher; QA250 a case with another verdict, QA251 a live rule without a met or
    a not_met case, QA252 a case whose script cannot be read; QA253-QA256 of the quiet sets;
    the lint's errors, QA260-QA269.
    """
    packs = load_packs(root, name=name)
    quiet, errors = read_quiet_sets(root, name=name)
    for patterns in packs.patterns:
        rules = [rule for rule in packs.rules if rule.language == patterns.language]
        broken = compiles(rules, patterns)
        errors += broken or [e for rule in rules for e in check_rule(rule, rules, patterns)]
    if not errors:
        errors += [error for one in quiet for error in replay(packs, one)]
    found = lint(packs)
    errors += [one.error for one in found if one.severity == "error"]
    if errors:
        raise CodedErrors(errors)
    return packs, Checked(
        rules=len(packs.rules),
        cases=sum(len(rule.cases) for rule in packs.rules),
        word_lists=sum(len(patterns.lists) for patterns in packs.patterns),
        scorecards=len(packs.scorecards),
        courses=len(packs.courses),
        digest=packs.digest,
        quiet_calls=sum(len(one.calls) for one in quiet),
        warnings=warned(found),
    )


def compiles(rules: Sequence[Rule], patterns: Patterns) -> list[CodedError]:
    """Errors of compiling the language's rules and wordings."""
    errors: list[CodedError] = []
    for attempt in (lambda: compile_rules(rules, OPERATORS), lambda: compiled(patterns)):
        try:
            attempt()
        except CodedErrors as error:
            errors += error.errors
        except CodedError as error:
            errors.append(error)
    return errors


def check_rule(rule: Rule, rules: Iterable[Rule], patterns: Patterns) -> list[CodedError]:
    """Errors of one rule's cases; its prerequisites are judged with it."""
    errors: list[CodedError] = []
    expected = {case.expect for case in rule.cases}
    for verdict in ("met", "not_met"):
        if rule.status == "live" and verdict not in expected:
            errors.append(CodedError("QA251", place=rule.place, rule=rule.id, verdict=verdict))
    for case in rule.cases:
        errors += _check_case(case, rule, tuple(rules), patterns)
    return errors


def _check_case(
    case: Case, rule: Rule, rules: Sequence[Rule], patterns: Patterns
) -> list[CodedError]:
    try:
        script = read_script(case.call, name=case.name)
    except CodedErrors as error:
        return [
            CodedError("QA252", place=case.place, rule=rule.id, problem=str(problem))
            for problem in error.errors
        ]
    call = script.call.model_copy(update={"language": rule.language})
    transcript = script.transcript.model_copy(update={"language": rule.language})
    facts = measure(call, transcript, patterns)
    finding = next(f for f in find(facts, rules) if f.rule_id == rule.id)
    if finding.verdict == case.expect:
        return []
    return [
        CodedError(
            "QA250",
            place=case.place,
            rule=rule.id,
            case=case.name,
            expected=case.expect,
            seen=finding.verdict,
            reason_zh=finding.reason.text.zh,
            reason_en=finding.reason.text.en,
        )
    ]
