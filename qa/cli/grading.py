"""`qa run`, `qa show`, `qa answer`, `qa export`: a site's calls graded and looked at."""

import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from qa.cli.judging import (
    Channels,
    LanguageOption,
    ModelOption,
    ScorecardOption,
    Workers,
)
from qa.cli.language import LANGUAGE, say
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import (
    ALL_WELL,
    SOME_FAILED,
    err,
    failed_line,
    out,
    print_errors,
    progress,
    stop,
    warn_left_out,
)
from qa.cli.showing import print_call
from qa.domain.call import Call
from qa.domain.evaluations import Answer
from qa.flow.advise import evaluated_of
from qa.flow.answering import give_answer
from qa.flow.choose import choose_scorecard
from qa.flow.estimate import Estimate, estimate, graded_ids
from qa.flow.gather import gather, gather_rules
from qa.flow.history import see_call
from qa.flow.lines import as_json as line_json
from qa.flow.opened import open_site
from qa.flow.run import Bench, Run, Tally, calls_of_paths
from qa.flow.workers import default_workers
from qa.reports.evaluations import evaluation_tables
from qa.reports.export import write_tables
from transcribe.errors import CodedError, CodedErrors
from transcribe.speakers import read_channel_map


def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help=say(
                "录音或文件夹；不写则为所有已导入的通话",
                "recordings or folders; default: every imported call",
            ),
            metavar="[PATH...]",
        ),
    ] = None,
    workers: Workers = 0,
    scorecard: ScorecardOption = "",
    channels: Channels = "",
    language: LanguageOption = "auto",
    model: ModelOption = "",
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    try:
        opened = open_site(site or None)
        packs = opened.packs()
        roles = read_channel_map(channels) if channels else ()
        recordings = opened.required.recordings
        store = opened.store
        known = store.calls()
        calls, missing = (known, ()) if not paths else calls_of_paths(paths, recordings, known)
        bench = Bench(
            store=store,
            packs=packs,
            limits=opened.limits,
            settings=opened.transcribe_settings(model=model or None),
            privacy=opened.privacy,
            recordings=recordings,
            scorecard=choose_scorecard(packs, scorecard) if scorecard else None,
            workers=workers or opened.required.settings.workers or default_workers(),
        )
        told: dict[str, object] = {
            "channels": roles,
            "language": None if language == "auto" else language,
        }
        now = datetime.now(UTC)
        calls = tuple(_completed(call, told) for call in calls)
        for call in calls:
            if store.call(call.id) != call:
                store.save_call(call, at=now, by="qa run", why="named on the command line")
        tally = run_calls(Run(bench, calls))
        gather(store, gather_rules(opened.required, packs.topics))
    except (CodedError, CodedErrors) as error:
        stop(error)
    for wrong in missing:
        tally.failed.append((Call(id=wrong.place, source=wrong.place), (wrong,)))
    _report(tally, as_json=as_json)
    raise typer.Exit(SOME_FAILED if tally.failed else ALL_WELL)


def _completed(call: Call, told: dict[str, object]) -> Call:
    """The call with what the command line says where its metadata says nothing."""
    missing = {name: value for name, value in told.items() if value and not getattr(call, name)}
    return call.model_copy(update=missing) if missing else call


def run_calls(job: Run) -> Tally:
    """The run done, with a progress bar: calls, recorded minutes done and left, speed, time left.

    The bar stands on standard error, and only on a terminal.
    """
    bar = progress(remaining=False)
    with bar:
        expected = Estimate() if bar.disable else _expected(job)
        task = bar.add_task(say("评分", "grading"), total=len(job.calls), note="")
        started_s = time.monotonic()
        for call in job.steps():
            spent_s = max(0.1, time.monotonic() - started_s)
            expected.reached(call.id, transcribed_s=job.tally.recorded_s, spent_s=spent_s)
            bar.update(task, advance=1, note=_note(expected))
    return job.tally


def _expected(job: Run) -> Estimate:
    bench = job.bench
    return estimate(job.calls, bench.recordings, bench.settings, graded_ids(bench.store))


def _note(expected: Estimate) -> str:
    """Recorded minutes done and left, how many times real time, and the time that will take."""
    done_min, left_min = expected.transcribed_s / 60, expected.left_s / 60
    text = say(
        f"录音 {done_min:.1f} 分钟完成，{left_min:.1f} 分钟待转写",
        f"{done_min:.1f} min of sound done, {left_min:.1f} left",
    )
    speed, remaining_s = expected.times_real_time, expected.remaining_s
    if speed is None or remaining_s is None:
        return text
    minutes, seconds = divmod(round(remaining_s), 60)
    clock = f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return text + say(
        f"，{speed:.1f} 倍速，还需 {clock}", f", {speed:.1f}x real time, {clock} to go"
    )


def _report(tally: Tally, *, as_json: bool) -> None:
    for call, errors in tally.failed:
        if as_json:
            line = failed_line(call, errors)
            sys.stdout.write(json.dumps(line_json(line), ensure_ascii=False) + "\n")
        else:
            print_errors(errors)
    counts = {
        "calls": tally.calls,
        "transcribed": tally.transcribed,
        "graded": tally.judged,
        "unchanged": tally.unchanged,
        "ungradable": tally.ungradable,
        "failed": len(tally.failed),
    }
    if as_json:
        sys.stdout.write(json.dumps(counts) + "\n")
        return
    out.print(
        say(
            f"{tally.calls} 通通话：转写 {tally.transcribed}，评分 {tally.judged}，"
            f"无需处理 {tally.unchanged}，不可评分 {tally.ungradable}，失败 {len(tally.failed)}。",
            f"{tally.calls} calls: {tally.transcribed} transcribed, {tally.judged} graded, "
            f"{tally.unchanged} unchanged, {tally.ungradable} not gradable, "
            f"{len(tally.failed)} failed.",
        )
    )


def answer(
    call: Annotated[str, typer.Argument(help=say("通话编号", "call id"))],
    item: Annotated[str, typer.Argument(help=say("评分项，如 ACC-1", "item, e.g. ACC-1"))],
    verdict: Annotated[
        Literal["met", "not_met", "not_applicable"],
        typer.Argument(help=say("判定", "verdict")),
    ],
    by: Annotated[str, typer.Option("--by", help=say("谁判定", "who answers"))],
    reason: Annotated[str, typer.Option("--reason", help=say("理由", "why"))],
    site: SiteOption = "",
) -> None:
    try:
        opened = open_site(site or None)
        given = Answer(
            ref_id=item, verdict=verdict, by=by.strip(), reason=reason.strip(), at=datetime.now(UTC)
        )
        packs = opened.packs()
        give_answer(opened.store, packs, call, given)
        seen = see_call(opened.store, packs, call)
    except (CodedError, CodedErrors) as error:
        stop(error)
    except ValueError as error:
        err.print(say("--by 和 --reason 不能为空", "--by and --reason must not be empty"))
        raise typer.Exit(2) from error
    print_call(seen, packs, opened.required.settings.zone, opened.limits)


def export(
    path: Annotated[
        str, typer.Argument(help=say("输出文件：.xlsx 或 .csv", "file: .xlsx or .csv"))
    ],
    site: SiteOption = "",
) -> None:
    try:
        opened = open_site(site or None)
        packs, store = opened.packs(), opened.store
        graded = store.latest_evaluations()
        evaluated = evaluated_of(graded, store, packs, every_form=True)
        comments = {
            (record.call_id, record.answer.ref_id): f"{record.answer.by}: {record.answer.reason}"
            for one in evaluated
            for record in store.answer_history(one.call.id)
        }
        tables = evaluation_tables(evaluated, comments, language=LANGUAGE)
        files = write_tables(Path(path), tables, language=LANGUAGE)
    except (CodedError, CodedErrors) as error:
        stop(error)
    warn_left_out(len(graded) - len(evaluated))
    _print_files(files, len(tables[0].rows))


def _print_files(files: Sequence[Path], count: int) -> None:
    names = ", ".join(str(file) for file in files)
    out.print(say(f"{count} 条评分已写入 {names}", f"{count} evaluations written to {names}"))
