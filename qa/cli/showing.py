"""`qa show`: one call with its words, marks and proof, or all calls."""

import json
import sys
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.appeals import STATUS
from qa.cli.derived import print_derived
from qa.cli.language import LANGUAGE, say
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import out, print_errors, print_recording_faults, stop
from qa.cli.tables import alternatives_table, evaluation_table, transcript_table
from qa.domain.call import Call
from qa.domain.evaluations import Evaluation
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.flow.history import Seen, see_call
from qa.flow.lines import as_json as line_json
from qa.flow.misheard import alternatives_of
from qa.flow.opened import open_site
from qa.store.store import Store
from transcribe.errors import CodedError, CodedErrors


def show(
    call: Annotated[
        str,
        typer.Argument(help=say("通话编号；不写则列出全部", "call id; default: list all")),
    ] = "",
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    try:
        opened = open_site(site or None)
        packs, store = opened.packs(), opened.store
        if not call:
            print_calls(store, opened.required.settings.zone, as_json=as_json)
            return
        seen = see_call(store, packs, call)
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        sys.stdout.write(json.dumps(line_json(seen), ensure_ascii=False) + "\n")
    else:
        print_call(seen, packs, opened.required.settings.zone, opened.limits)


def print_call(seen: Seen, packs: Packs, zone: ZoneInfo, limits: Limits) -> None:
    """One call: transcript, what may be misheard in it, marks with their proof, revisions."""
    out.rule(
        escape(f"{seen.call.id}  {seen.call.csr_name or seen.call.csr_id or ''}"), align="left"
    )
    if seen.transcript is not None:
        out.print(transcript_table(seen.transcript))
        print_recording_faults(seen.transcript)
        if found := alternatives_of(seen.call, seen.transcript, packs, limits):
            out.print(alternatives_table(found))
        out.print()
    for failure in seen.failures:
        print_errors((CodedError(failure.code, place=failure.place, **failure.values),))
    if seen.why_ungradable is not None:
        out.print(seen.why_ungradable.of(LANGUAGE), style="yellow", markup=False)
    if seen.evaluation is not None:
        evaluation = seen.evaluation
        card = next(
            (c for c in packs.scorecards
             if (c.id, c.version) == (evaluation.scorecard, evaluation.version)),
            None,
        )  # fmt: skip
        if card is not None:
            out.print(evaluation_table(evaluation, seen.findings, card))
            print_derived(seen.derived)
        else:
            form = f"{evaluation.scorecard}@{evaluation.version}"
            options = ", ".join(f"{c.id}@{c.version}" for c in packs.scorecards)
            print_errors(
                (CodedError("QA847", place=seen.call.id, scorecard=form, options=options),)
            )
    for revision in seen.revisions:
        at, form = revision.at.astimezone(zone), revision.evaluation.scorecard
        out.print(
            say(
                f"{form} 第 {revision.n} 版  {at:%Y-%m-%d %H:%M}  {revision.by}  {revision.reason}",
                f"{form} revision {revision.n}  {at:%Y-%m-%d %H:%M}  {revision.by}  "
                f"{revision.reason}",
            ),
            style="dim",
            markup=False,
        )
    for one in seen.appeals:
        state = say(*STATUS[one.status])
        told = f"{one.item}  {one.by}: {one.reason}"
        decided = f"  {one.decided_by}: {one.decision}" if one.decided_by else ""
        out.print(say("申诉", "appeal") + f"  {told}  → {state}{decided}", markup=False)


def print_calls(store: Store, zone: ZoneInfo, *, as_json: bool = False) -> None:
    """Every call with its score, range, coverage and result."""
    newest = sorted(store.latest_evaluations(), key=lambda one: one.record.id)
    graded = {one.call.id: one.record.evaluation for one in newest}
    ungradable = {one.call_id: one.reason for one in store.ungradable()}
    failed = {one.call_id: one.code for one in store.failures()}
    table = Table(title=say("通话与评分", "Calls and scores"), title_justify="left")
    for title in (say("通话", "call"), say("座席", "CSR"), say("开始", "started")):
        table.add_column(title, no_wrap=True)
    for title in (say("得分", "score"), say("区间", "range"), say("覆盖", "cover")):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column(say("结果", "result"))
    for one in store.calls():
        state = ungradable.get(one.id) or failed.get(one.id) or ""
        evaluation = graded.get(one.id)
        if as_json:
            shown = {
                "call": {"id": one.id, "source": one.source},
                "csr_id": one.csr_id,
                "evaluation": line_json(evaluation) if evaluation else None,
                "state": state or ("graded" if evaluation else "new"),
            }
            sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
        else:
            table.add_row(*_call_cells(one, evaluation, state, zone))
    if not as_json:
        out.print(table)


def _call_cells(
    call: Call, evaluation: Evaluation | None, state: str, zone: ZoneInfo
) -> tuple[str, ...]:
    started = f"{call.started_at.astimezone(zone):%m-%d %H:%M}" if call.started_at else ""
    person = escape(f"{call.csr_id or ''} {call.csr_name or ''}".strip())
    if evaluation is None:
        return (escape(call.id), person, started, "", "", "", state)
    low, high = evaluation.range
    result = {
        True: f"[green]{say('合格', 'pass')}[/]",
        False: f"[red]{say('不合格', 'fail')}[/]",
        None: f"[yellow]{say('待人工', 'pending')}[/]",
    }[evaluation.passed]
    if evaluation.fatal_pending:
        result += " " + ", ".join(f.ref_id for f in evaluation.fatal_pending)
    score = "-" if evaluation.score is None else f"{float(evaluation.score):g}"
    return (
        escape(call.id), person, started, score, f"{low:.0f}-{high:.0f}",
        f"{evaluation.coverage:.0%}", result,
    )  # fmt: skip
