"""The quiet set replayed: good calls on which no live rule may say not_met."""

from collections.abc import Iterable
from pathlib import Path

from qa.domain.packs import Packs
from qa.domain.quiet import QuietCall, QuietSet
from qa.domain.script import read_script
from qa.flow.stages import judge
from qa.packs.load import LANGUAGES
from qa.packs.quiet import read_quiet
from transcribe.errors import CodedError, CodedErrors


def read_quiet_sets(root: Path, *, name: str = "") -> tuple[tuple[QuietSet, ...], list[CodedError]]:
    """The quiet sets under `root`/rules/quiet and every error of reading them."""
    found: list[QuietSet] = []
    errors: list[CodedError] = []
    for language in LANGUAGES:
        path = root / "rules" / "quiet" / f"{language}.yaml"
        shown = f"{name}rules/quiet/{language}.yaml"
        try:
            quiet, problems = read_quiet(path, language, name=shown)
        except CodedErrors as error:
            errors += error.errors
        except CodedError as error:
            errors.append(error)
        else:
            errors += problems
            found += [quiet] if quiet is not None else []
    return tuple(found), errors


def replay(packs: Packs, quiet: QuietSet, only: Iterable[str] = ()) -> list[CodedError]:
    """What live rules say against the quiet calls, in the order of the calls.

    only: ids of the rules that matter; empty: all. Errors: QA253 a live rule says not_met,
    QA254 a call that cannot be read, QA255 an exception that is not needed any more.
    """
    wanted = frozenset(only)
    errors: list[CodedError] = []
    against: set[tuple[str, str]] = set()
    allowed = {(one.rule, one.call) for one in quiet.exceptions}
    for one in quiet.calls:
        for rule_id, error in _said_against(packs, quiet, one):
            against.add((rule_id, one.name))
            if (rule_id, one.name) in allowed or (wanted and rule_id and rule_id not in wanted):
                continue
            errors.append(error)
    names = {one.name for one in quiet.calls}
    for exception in quiet.exceptions if not wanted else ():
        if (exception.rule, exception.call) not in against:
            known = exception.call in names
            errors.append(
                CodedError(
                    "QA255",
                    place=exception.place,
                    rule=exception.rule,
                    call=exception.call,
                    seen_zh="没有未达标" if known else "无从判定，平静集里没有这通",
                    seen_en="says nothing against" if known else "cannot be judged on",
                )
            )
    return errors


def _said_against(packs: Packs, quiet: QuietSet, one: QuietCall) -> list[tuple[str, CodedError]]:
    """(rule id, error) of each live rule that says not_met; ("", QA254) for a broken script."""
    try:
        script = read_script(one.call, name=one.name)
    except CodedErrors as error:
        return [
            ("", CodedError("QA254", place=one.place, call=one.name, problem=str(problem)))
            for problem in error.errors
        ]
    language = {"language": quiet.language}
    call = script.call.model_copy(update=language)
    made = judge(call, script.transcript.model_copy(update=language), packs)
    return [
        (
            finding.rule_id,
            CodedError(
                "QA253",
                place=one.place,
                rule=finding.rule_id,
                call=one.name,
                reason_zh=finding.reason.text.zh + "。",
                reason_en=finding.reason.text.en + ".",
            ),
        )
        for finding in made.findings
        if finding.status == "live" and finding.verdict == "not_met"
    ]
