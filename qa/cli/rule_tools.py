"""`qa try`, `qa new`: a rule on some calls before it goes anywhere, and skeletons to begin with."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.output import (
    ALL_WELL,
    SOME_FAILED,
    failed_line,
    out,
    print_errors,
    print_line,
    stop,
)
from qa.cli.tables import speaker_text, verdict_text
from qa.domain.call import Call
from qa.domain.findings import Evidence
from qa.findings.compile import compile_rules
from qa.findings.operators import OPERATORS
from qa.findings.reasons import clock
from qa.flow.check_file import language_of
from qa.flow.history import transcript_of
from qa.flow.inputs import errors_of, read_input
from qa.flow.lines import ref_of
from qa.flow.opened import Opened, open_site
from qa.flow.skeletons import new_rule, new_scorecard
from qa.flow.trying import ConditionSeen, Tried, TriedLine, try_rule
from qa.flow.work import Done, Job, Worker
from qa.packs.one_file import OneFile, with_file
from transcribe.errors import CodedError, CodedErrors
from transcribe.transcript import Language

SiteOption = Annotated[
    str, typer.Option("--site", help=say("站点文件夹", "site folder"), show_default=False)
]
LanguageOption = Annotated[
    Literal["zh", "en", "auto"],
    typer.Option("--language", help=say("规则的语言", "language of the rules")),
]


def try_(
    rule: Annotated[
        str, typer.Argument(help=say("规则文件", "file of rules"), metavar="RULE.yaml")
    ],
    calls: Annotated[
        list[str],
        typer.Argument(
            help=say("脚本、转写、录音或站点的通话编号", "scripts, transcripts, recordings or ids"),
            metavar="CALL...",
        ),
    ],
    language: LanguageOption = "auto",
    site: SiteOption = "",
    as_json: Annotated[
        bool, typer.Option("--json", help=say("每通一行 JSON", "one JSON line a call"))
    ] = False,
) -> None:
    try:
        opened = open_site(site or None)
        one = _rules_of(rule, opened, language_of(Path(rule), language))
    except (CodedError, CodedErrors) as error:
        stop(error)
    worker = Worker(one.packs, opened.limits, opened.transcribe_settings())
    failed = False
    for subject in calls:
        try:
            done = worker.do(_job(subject, opened))
            errors = done.errors
        except (CodedError, CodedErrors) as error:
            errors = errors_of(error)
        if errors:
            failed = True
            call = Call(id=Path(subject).stem or subject, source=subject)
            print_line(failed_line(call, errors)) if as_json else print_errors(errors)
            continue
        for line in _lines(done, one, opened):
            print_line(line) if as_json else _print_tried(line, one)
    raise typer.Exit(SOME_FAILED if failed else ALL_WELL)


def _rules_of(path: str, opened: Opened, language: Language | None) -> OneFile:
    """The file's rules among the packs, compiled. Raises QA874 for a file without rules."""
    one = with_file(opened.packs(), Path(path), language, name=path)
    if one.kind != "rules":
        raise CodedError("QA874", place=path, path=path, kind=one.kind)
    compile_rules(
        [r for r in one.packs.rules if r.language == language],
        OPERATORS,
        derivations=[d for d in one.packs.derivations if d.language == language],
    )
    return one


def _job(subject: str, opened: Opened) -> Job:
    """A file, else a call of the site's store with its transcript. Raises QA873."""
    if Path(subject).is_file():
        read = read_input(subject)
        return Job(call=read.call, path=subject, transcript=read.transcript)
    call = opened.store.call(subject) if opened.site else None
    records = opened.store.evaluations(subject) if call else ()
    transcript = transcript_of(opened.store, call, records[-1]) if call and records else None
    if call is None or transcript is None:
        raise CodedError("QA873", place=subject, subject=subject)
    return Job(call=call, path=subject, transcript=transcript)


def _lines(done: Done, one: OneFile, opened: Opened) -> list[TriedLine]:
    """One line for each part of the call."""
    made = []
    for part in done.parts:
        ref, facts = ref_of(part.call), part.judgement.facts
        by_id = {finding.rule_id: finding for finding in part.judgement.findings}
        tried = tuple(
            try_rule(
                rule,
                ref,
                facts,
                by_id.get(rule.id) if rule.language == facts.language else None,
                opened.limits,
                derived=part.judgement.derived,
            )
            for rule in one.rules
        )
        turns = done.transcript.turns if done.transcript else ()
        made.append(TriedLine(call=ref, turns=turns, rules=tried))
    return made


def _print_tried(line: TriedLine, one: OneFile) -> None:
    out.rule(escape(f"{line.call.id}  {line.call.source}"), align="left")
    seen = [condition for tried in line.rules for condition in tried.conditions]
    sure = _quotes(hit for condition in seen for hit in condition.hits)
    possible = _quotes(one.hit for condition in seen for one in condition.possible)
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(no_wrap=True)
    table.add_column()
    for number, turn in enumerate(line.turns):
        text = _marked(turn.text, sure.get(number, []), possible.get(number, []))
        table.add_row(clock(turn.start_s), speaker_text(turn.speaker), text)
    out.print(table)
    titles = {rule.id: rule.title.of(LANGUAGE) for rule in one.rules}
    for tried in line.rules:
        _print_rule(tried, titles[tried.rule_id])


def _quotes(hits: Iterable[Evidence]) -> dict[int, list[str]]:
    """What was said, by turn."""
    quotes: dict[int, list[str]] = {}
    for hit in hits:
        if hit.turn is not None and hit.quote:
            quotes.setdefault(hit.turn, []).append(hit.quote)
    return quotes


def _marked(text: str, sure: list[str], possible: list[str]) -> str:
    """The turn's text with its hits set off, also where there are no colours: »sure« ›possible‹."""
    marks = [(quote, ("»", "«", "bold green")) for quote in sure]
    marks += [(quote, ("›", "‹", "yellow")) for quote in possible]
    spans = sorted({(at, at + len(q), mark) for q, mark in marks if (at := text.find(q)) >= 0})
    shown, done = "", 0
    for start, end, (begin, finish, style) in spans:
        if start < done:
            continue
        shown += escape(text[done:start])
        shown += f"[{style}]{begin}{escape(text[start:end])}{finish}[/]"
        done = end
    return shown + escape(text[done:])


def _print_rule(tried: Tried, title: str) -> None:
    head = f"[bold]{tried.rule_id}[/] {escape(title)}"
    if tried.finding is None:
        why = tried.why_not.of(LANGUAGE) if tried.why_not else ""
        out.print(f"{head}: [dim]{escape(why)}[/]")
        return
    reason = escape(tried.finding.reason.text.of(LANGUAGE))
    out.print(f"{head}: {verdict_text(tried.finding.verdict)}  {reason}")
    for condition in tried.conditions:
        out.print(f"  {condition.name} ({condition.operator}): {_hits_text(condition)}")
        for one in condition.possible:
            quote = f" “{one.hit.quote}”" if one.hit.quote else ""
            said = escape(f" {clock(one.hit.start_s)}{quote} {one.because.of(LANGUAGE)}")
            out.print(f"    [yellow]{say('可能命中', 'possible hit')}[/]{said}")
        for miss in condition.misses:
            at = "" if miss.start_s is None else f" {clock(miss.start_s)}"
            quote = f" “{miss.quote}”" if miss.quote else ""
            said = escape(f"{at}{quote} {miss.text.of(LANGUAGE)}")
            out.print(f"    [yellow]{say('差一点', 'near miss')}[/]{said}")
    if tried.nearest is not None:
        nearest = tried.nearest
        said = escape(f"{nearest.condition}: {nearest.text.of(LANGUAGE)}")
        out.print(f"  {say('最接近', 'nearest')}: {said}")


def _hits_text(condition: ConditionSeen) -> str:
    if condition.missing:
        return say("测不了：", "not measured: ") + escape(condition.missing)
    places = ", ".join(clock(hit.start_s) for hit in condition.hits[:5])
    count = len(condition.hits)
    hits = say(f"{count} 处命中", "1 hit" if count == 1 else f"{count} hits")
    return f"{hits} {places}".strip()


def new(
    what: Annotated[
        Literal["rule", "scorecard"],
        typer.Argument(help=say("rule 规则或 scorecard 评分表", "rule or scorecard")),
    ],
    name: Annotated[
        str,
        typer.Argument(
            help=say(
                "规则的领域，如 OPEN；评分表的语言 zh、en", "a rule's area; a card's language"
            ),
            metavar="AREA|LANG",
        ),
    ],
    language: LanguageOption = "auto",
    output: Annotated[
        str, typer.Option("--output", "-o", help=say("写到文件", "write to a file"))
    ] = "",
    site: SiteOption = "",
) -> None:
    try:
        packs = open_site(site or None).packs()
        if what == "rule":
            chosen = language_of(Path(output or "."), language) or LANGUAGE
            text = new_rule(name.upper(), chosen, packs)
        elif name in ("zh", "en"):
            text = new_scorecard("zh" if name == "zh" else "en", packs)
        else:
            raise CodedError("QA257", place="qa new scorecard", options="zh, en")
        if output:
            _write_new(Path(output), text)
            out.print(say(f"已写到 {output}", f"Written to {output}"), markup=False)
            return
    except (CodedError, CodedErrors) as error:
        stop(error)
    sys.stdout.write(text)


def _write_new(path: Path, text: str) -> None:
    """A new file; an existing one is never touched. Raises QA871, QA872."""
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise CodedError("QA872", place=str(path), why=why) from error
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise CodedError("QA871", place=str(path), path=str(path)) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise CodedError("QA872", place=str(path), why=why) from error
