"""`qa transcribe`, `qa facts`, `qa judge`: inputs in, one result each, no database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape

from qa.cli.derived import print_derived
from qa.cli.language import LANGUAGE, say
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import (
    ALL_WELL,
    SOME_FAILED,
    err,
    failed_line,
    out,
    print_errors,
    print_line,
    print_recording_faults,
    progress,
    stop,
)
from qa.cli.tables import alternatives_table, evaluation_table, facts_table, transcript_table
from qa.domain.call import Call
from qa.domain.packs import Packs
from qa.domain.scorecards import Scorecard
from qa.flow.choose import choose_scorecard
from qa.flow.inputs import errors_of, read_input
from qa.flow.lines import JudgementLine, facts_line, ref_of, transcript_line
from qa.flow.opened import Opened, open_site
from qa.flow.work import Done, Job, Part, Step, Worker
from qa.flow.workers import default_workers, work_through
from transcribe.errors import CodedError, CodedErrors
from transcribe.settings import TranscribeSettings
from transcribe.speakers import read_channel_map
from transcribe.transcript import Speaker

LanguageWord = Literal["zh", "en", "auto"]

Inputs = Annotated[
    list[str],
    typer.Argument(
        help=say("录音、转写 JSON 或 .call 脚本", "recordings, transcript JSON or .call scripts"),
        metavar="INPUT...",
    ),
]
Channels = Annotated[
    str,
    typer.Option(
        help=say("各声道是谁，如 csr,customer", "who is on each channel, e.g. csr,customer")
    ),
]
LanguageOption = Annotated[
    LanguageWord, typer.Option("--language", help=say("通话语言", "language of the calls"))
]
ModelOption = Annotated[
    str,
    typer.Option(
        help=say("语音模型：名称或文件夹", "speech model: a name or a folder"), show_default=False
    ),
]
Workers = Annotated[
    int, typer.Option(min=0, help=say("进程数；0 为每核一个", "processes; 0: one a core"))
]
ScorecardOption = Annotated[
    str,
    typer.Option(
        "--scorecard",
        help=say("评分表编号或文件", "scorecard id or file"),
        show_default=False,
    ),
]


@dataclass
class Wanted:
    """What the options of one run ask for."""

    site: Opened
    settings: TranscribeSettings
    until: Step
    packs: Packs | None = None
    scorecard: Scorecard | None = None
    workers: int = 0
    channels: tuple[Speaker, ...] = ()
    language: LanguageWord = "auto"
    as_json: bool = False
    failed: list[Call] = field(default_factory=list)


def transcribe(
    inputs: Inputs,
    channels: Channels = "",
    language: LanguageOption = "auto",
    model: ModelOption = "",
    workers: Workers = 0,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    wanted = _wanted("transcribe", site, channels, language, model, workers, as_json=as_json)
    try:
        packs = wanted.site.packs_to_read()
    except (CodedError, CodedErrors) as error:
        stop(error)
    for done in _results(inputs, wanted):
        if done.transcript is None:
            continue
        line = transcript_line(done.call, done.transcript, packs, wanted.site.limits)
        if as_json:
            print_line(line)
        else:
            out.rule(escape(done.call.source), align="left")
            out.print(transcript_table(done.transcript))
            print_recording_faults(done.transcript)
            if line.alternatives:
                out.print(alternatives_table(line.alternatives))
    _leave(wanted)


def facts(
    inputs: Inputs,
    channels: Channels = "",
    language: LanguageOption = "auto",
    model: ModelOption = "",
    workers: Workers = 0,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    wanted = _wanted("judge", site, channels, language, model, workers, as_json=as_json)
    for done in _results(inputs, wanted):
        for part in done.parts:
            measured = part.judgement.facts
            if as_json:
                print_line(facts_line(part.call, measured, _made_by(done)))
            else:
                out.rule(escape(f"{part.call.id}  {part.call.source}"), align="left")
                out.print(facts_table(measured.facts))
                for need, why in measured.missing.items():
                    out.print(say(f"缺少测量 {need}（{why}）", f"not measured: {need} ({why})"))
    _leave(wanted)


def judge(
    inputs: Inputs,
    scorecard: ScorecardOption = "",
    channels: Channels = "",
    language: LanguageOption = "auto",
    model: ModelOption = "",
    workers: Workers = 0,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    wanted = _wanted("judge", site, channels, language, model, workers, scorecard, as_json=as_json)
    for done in _results(inputs, wanted):
        for part in done.parts:
            if as_json:
                print_line(_judgement_line(part, done))
            else:
                _print_judgement(part, wanted)
    _leave(wanted)


def _wanted(
    until: Step,
    site: str,
    channels: str,
    language: LanguageWord,
    model: str,
    workers: int,
    scorecard: str = "",
    *,
    as_json: bool,
) -> Wanted:
    """The options read; wrong ones end the command with status 2."""
    try:
        opened = open_site(site or None)
        settings = opened.transcribe_settings(model=model or None)
        packs = opened.packs() if until == "judge" else None
        chosen = choose_scorecard(packs, scorecard) if packs and scorecard else None
        roles = read_channel_map(channels) if channels else ()
    except (CodedError, CodedErrors) as error:
        stop(error)
    return Wanted(opened, settings, until, packs, chosen, workers, roles, language, as_json)


def _results(inputs: Sequence[str], wanted: Wanted) -> Iterator[Done]:
    """What became of each input, in order; failures are printed and counted."""
    jobs: list[Job] = []
    outcomes: dict[int, Done] = {}
    for index, path in enumerate(inputs):
        language = None if wanted.language == "auto" else wanted.language
        try:
            read = read_input(path, channels=wanted.channels, language=language)
        except (CodedError, CodedErrors) as error:
            call = Call(id=Path(path).stem or path or "-", source=path)
            outcomes[index] = Done(call=call, errors=errors_of(error))
            continue
        jobs.append(
            Job(
                number=index,
                call=read.call,
                path=read.path,
                transcript=read.transcript,
                scorecard=wanted.scorecard,
                until=wanted.until,
            )
        )
    yield from _in_order(_work(jobs, wanted), outcomes, len(inputs), wanted)


def _work(jobs: Sequence[Job], wanted: Wanted) -> Iterator[tuple[Job, Done]]:
    """Jobs done; one single script or transcript needs no pool of processes."""
    limits = wanted.site.limits
    if len(jobs) == 1 and jobs[0].transcript is not None:
        worker = Worker(wanted.packs, limits, wanted.settings)
        yield jobs[0], worker.do(jobs[0])
        return
    workers = wanted.workers or min(default_workers(), max(1, len(jobs)))
    with progress() as bar:
        task = bar.add_task(say("处理", "working"), total=len(jobs), note="")
        for job, done in work_through(
            jobs,
            workers=workers,
            packs=wanted.packs,
            limits=limits,
            settings=wanted.settings,
        ):
            bar.advance(task)
            yield job, done


def _in_order(
    worked: Iterable[tuple[Job, Done]], outcomes: dict[int, Done], count: int, wanted: Wanted
) -> Iterator[Done]:
    """Outcomes in the order of the inputs, each as soon as those before it are there."""
    results = iter(worked)
    for index in range(count):
        while index not in outcomes:
            job, done = next(results)
            outcomes[job.number] = done
        done = outcomes.pop(index)
        if done.errors:
            wanted.failed.append(done.call)
            _report(done, wanted)
        yield done


def _report(done: Done, wanted: Wanted) -> None:
    """A failed input: its line for programs, its errors for people."""
    if wanted.as_json:
        print_line(failed_line(done.call, done.errors))
    else:
        print_errors(done.errors)


def _leave(wanted: Wanted) -> None:
    raise typer.Exit(SOME_FAILED if wanted.failed else ALL_WELL)


def _made_by(done: Done) -> dict[str, str]:
    return dict(done.transcript.made_by) if done.transcript else {}


def _judgement_line(part: Part, done: Done) -> JudgementLine:
    made = part.judgement
    return JudgementLine(
        call=ref_of(part.call),
        language=made.facts.language,
        ungradable=part.why_not,
        findings=made.findings,
        derived=made.derived,
        evaluation=None if part.why_not else made.evaluation,
        made_by=_made_by(done) | {"facts": made.facts.made_by},
    )


def _print_judgement(part: Part, wanted: Wanted) -> None:
    out.rule(escape(f"{part.call.id}  {part.call.source}"), align="left")
    if part.why_not is not None:
        err.print(part.why_not.text.of(LANGUAGE), style="yellow")
        return
    assert wanted.packs is not None
    made = part.judgement
    card = wanted.scorecard or wanted.packs.scorecard_for(part.call)
    out.print(evaluation_table(made.evaluation, made.findings, card))
    print_derived(made.derived)
