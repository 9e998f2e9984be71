"""`qa check`: packs that load, compile, keep their cases' promises, and let good calls be."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pydantic import Field

from qa.domain.derivations import Derivation, DerivationCase
from qa.domain.facts import Facts
from qa.domain.findings import Finding
from qa.domain.packs import Packs
from qa.domain.patterns import Patterns
from qa.domain.rules import Case, Rule
from qa.domain.script import read_script
from qa.errors import text_of
from qa.facts import entities
from qa.facts.matcher import compiled
from qa.facts.measure import measure
from qa.findings.compile import compile_rules
from qa.findings.find import find, find_all
from qa.findings.operators import OPERATORS
from qa.flow.lines import Problem
from qa.flow.lint import Lint, lint
from qa.flow.quiet import read_quiet_sets, replay
from qa.flow.topics import topic_faults
from qa.packs.distributions import as_written
from qa.packs.load import load_packs
from qa.packs.roles import ROLES, read_roles
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun


class Checked(Noun):
    """What was checked, by kind, where all is well."""

    rules: int = Field(ge=0)
    derivations: int = Field(default=0, ge=0)
    cases: int = Field(ge=0, description="of the rules and of the derivations")
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
    those of `read_roles`, where there is a ladder; the lint's errors, QA260-QA270.
    """
    packs = load_packs(root, name=name)
    quiet, errors = read_quiet_sets(root, name=name)
    errors += topic_faults(packs.topics)
    for patterns in packs.patterns:
        rules = [rule for rule in packs.rules if rule.language == patterns.language]
        given = [one for one in packs.derivations if one.language == patterns.language]
        broken = compiles(rules, patterns, given)
        errors += broken or [
            *(e for rule in rules for e in check_rule(rule, rules, patterns, given)),
            *(e for one in given for e in check_derivation(one, rules, patterns, given)),
        ]
    if not errors:
        errors += [error for one in quiet for error in replay(packs, one)]
    errors += _faults_of_roles(root, packs, name)
    found = lint(packs)
    if errors := with_causes(errors, found):
        raise CodedErrors(errors)
    return packs, Checked(
        rules=len(packs.rules),
        derivations=len(packs.derivations),
        cases=sum(len(rule.cases) for rule in packs.rules)
        + sum(len(given.cases) for given in packs.derivations),
        word_lists=sum(len(patterns.lists) for patterns in packs.patterns),
        scorecards=len(packs.scorecards),
        courses=len(packs.courses),
        digest=packs.digest,
        quiet_calls=sum(len(one.calls) for one in quiet),
        warnings=warned(found),
    )


def with_causes(errors: Iterable[CodedError], found: Iterable[Lint]) -> list[CodedError]:
    """The errors, the lint's, and its warnings of conditions of rules that are at fault: they
    often say why a case fails."""
    linted = tuple(found)
    told = [*errors, *(one.error for one in linted if one.severity == "error")]
    faulty = {(one.values.get("rule"), _file(one)) for one in told}
    return [
        *told,
        *(
            one.error
            for one in linted
            if one.severity == "warning"
            and one.error.code in _OF_CONDITIONS
            and (one.error.values.get("rule"), _file(one.error)) in faulty
        ),
    ]


_OF_CONDITIONS = ("QA260", "QA261", "QA269")


def _file(error: CodedError) -> str:
    return error.place.rsplit(":", 2)[0]


def _faults_of_roles(root: Path, packs: Packs, name: str) -> list[CodedError]:
    """What is wrong in the role ladder; nothing where there is none."""
    path = root / "scorecards" / ROLES
    if not path.is_file():
        return []
    skills, courses = [one.id for one in packs.skills], [one.id for one in packs.courses]
    try:
        read_roles(path, skills=skills, courses=courses, name=f"{name}scorecards/{ROLES}")
    except CodedErrors as error:
        return list(error.errors)
    except CodedError as error:
        return [error]
    return []


def compiles(
    rules: Sequence[Rule], patterns: Patterns, derivations: Sequence[Derivation] = ()
) -> list[CodedError]:
    """Errors of compiling the language's rules and wordings."""
    errors: list[CodedError] = []
    attempts: tuple[Callable[[], object], ...] = (
        lambda: compile_rules(rules, OPERATORS, derivations=derivations),
        lambda: compiled(patterns),
        lambda: entities.compiles(patterns),
    )
    for attempt in attempts:
        try:
            attempt()
        except CodedErrors as error:
            errors += error.errors
        except CodedError as error:
            errors.append(error)
    return errors


def check_rule(
    rule: Rule,
    rules: Iterable[Rule],
    patterns: Patterns,
    derivations: Sequence[Derivation] = (),
) -> list[CodedError]:
    """Errors of one rule's cases; its prerequisites are judged with it."""
    errors: list[CodedError] = []
    expected = {case.expect for case in rule.cases}
    for verdict in ("met", "not_met"):
        if rule.status == "live" and verdict not in expected:
            errors.append(CodedError("QA251", place=rule.place, rule=rule.id, verdict=verdict))
    written = tuple(as_written(one) for one in rules)
    given = tuple(as_written(one) for one in derivations)
    for case in rule.cases:
        facts = _facts_of(case, rule, patterns, errors)
        if facts is not None:
            findings = find(facts, written, derivations=given)
            finding = next(one for one in findings if one.rule_id == rule.id)
            errors += _unlike(case, rule, finding)
    return errors


def check_derivation(
    derivation: Derivation,
    rules: Iterable[Rule],
    patterns: Patterns,
    derivations: Sequence[Derivation],
) -> list[CodedError]:
    """QA347 where a case gives something else: sure, only possible, none."""
    errors: list[CodedError] = []
    written = tuple(as_written(one) for one in rules)
    others = tuple(as_written(one) for one in derivations)
    for case in derivation.cases:
        facts = _facts_of(case, derivation, patterns, errors)
        if facts is None:
            continue
        given = find_all(facts, written, others).derived
        own = {one.certainty for one in given if one.by == derivation.id}
        seen = "sure" if "sure" in own else "possible" if own else "none"
        if seen != case.expect:
            values = {"expected": case.expect, "seen": seen, "case": case.name}
            errors.append(CodedError("QA347", place=case.place, derivation=derivation.id, **values))
    return errors


def _facts_of(
    case: Case | DerivationCase,
    one: Rule | Derivation,
    patterns: Patterns,
    errors: list[CodedError],
) -> Facts | None:
    """The facts of a case's call; None with QA252 where its script cannot be read."""
    try:
        script = read_script(case.call, name=case.name)
    except CodedErrors as error:
        errors += [
            CodedError("QA252", place=case.place, rule=one.id, problem=str(problem))
            for problem in error.errors
        ]
        return None
    call = script.call.model_copy(update={"language": one.language})
    transcript = script.transcript.model_copy(update={"language": one.language})
    return measure(call, transcript, patterns)


def _unlike(case: Case, rule: Rule, finding: Finding) -> list[CodedError]:
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
