"""`qa check RULES.yaml`: one file outside any pack, among the shipped packs or a site's."""

from pathlib import Path

from qa.domain.packs import Packs
from qa.flow.check import (
    Checked,
    check_derivation,
    check_rule,
    compiles,
    warned,
    with_causes,
)
from qa.flow.lint import lint
from qa.flow.quiet import read_quiet_sets, replay
from qa.packs.one_file import OneFile, with_file
from transcribe.errors import CodedErrors
from transcribe.transcript import Language


def language_of(path: Path, told: str = "") -> Language | None:
    """What the user said, else the folder zh/ or en/ that the file stands in."""
    for word in (told, *reversed(path.resolve().parts[:-1])):
        if word in ("zh", "en"):
            return "zh" if word == "zh" else "en"
    return None


def check_file(
    path: Path, packs: Packs, *, root: Path, language: Language | None, name: str = ""
) -> tuple[OneFile, Checked]:
    """The file in its place among the packs, and what was checked of it.

    root: where the packs' quiet sets lie; the file's live rules are held to them. Raises
    CodedErrors of `with_file`, of the compiler, of the rules' cases, QA253, and the lint's
    errors about this file.
    """
    shown = name or str(path)
    one = with_file(packs, path, language, name=shown)
    errors = []
    for patterns in one.packs.patterns:
        rules = [rule for rule in one.packs.rules if rule.language == patterns.language]
        given = [d for d in one.packs.derivations if d.language == patterns.language]
        own = [rule for rule in one.rules if rule.language == patterns.language]
        derived = [d for d in one.derivations if d.language == patterns.language]
        broken = compiles(rules, patterns, given)
        errors += broken or [
            *(e for rule in own for e in check_rule(rule, rules, patterns, given)),
            *(e for d in derived for e in check_derivation(d, rules, patterns, given)),
        ]
    quiet_calls = 0
    if not errors and one.kind != "scorecard":
        for quiet in read_quiet_sets(root)[0]:
            if quiet.language == language:
                quiet_calls += len(quiet.calls)
                errors += replay(one.packs, quiet, [rule.id for rule in one.rules])
    found = lint(one.packs, (shown,))
    if errors := with_causes(errors, found):
        raise CodedErrors(errors)
    return one, Checked(
        rules=len(one.rules),
        derivations=len(one.derivations),
        cases=sum(len(rule.cases) for rule in one.rules)
        + sum(len(given.cases) for given in one.derivations),
        word_lists=1 if one.words else 0,
        scorecards=1 if one.scorecard else 0,
        courses=0,
        digest=one.packs.digest,
        quiet_calls=quiet_calls,
        warnings=warned(found),
    )
