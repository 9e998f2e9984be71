"""`qa promises`: what customers were promised, until when, and what became of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.opening import gathered_site
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import err, out, print_line, stop
from qa.domain.promises import Promise, PromiseEntry
from qa.findings.reasons import clock
from qa.flow.gathered import Gathered, require_csr, require_team
from qa.reports.export import write_tables
from qa.reports.promises import STATUS, customer_of, promise_table
from qa.store.centre_views import PromiseCount, PromiseFilter
from transcribe.errors import CodedError, CodedErrors

MOST_ROWS = 30  # guess: what a supervisor reads at once; --all and --to give the rest

How = Literal["kept", "late", "not_kept", "withdrawn", "mistaken"]


def promises(
    action: Annotated[
        Literal["list", "show", "close", "reopen"],
        typer.Argument(help=say("做什么", "what to do")),
    ] = "list",
    number: Annotated[int, typer.Argument(min=0, help=say("承诺编号", "promise number"))] = 0,
    csr: Annotated[str, typer.Option(help=say("只看一位座席", "only this CSR"))] = "",
    team: Annotated[str, typer.Option(help=say("只看一个班组", "only this team"))] = "",
    overdue: Annotated[
        bool, typer.Option("--overdue", help=say("只看逾期的", "only what is overdue"))
    ] = False,
    every: Annotated[
        bool,
        typer.Option("--all", help=say("连同已了结的，不限行数", "closed ones too, every row")),
    ] = False,
    how: Annotated[
        How | None,
        typer.Option(
            help=say(
                "结果：kept 按时，late 迟了，not_kept 没做到，withdrawn 客户不要了，"
                "mistaken 机器听错",
                "what became of it; mistaken: it was no promise",
            )
        ),
    ] = None,
    by: Annotated[str, typer.Option("--by", help=say("谁在操作", "who does this"))] = "",
    note: Annotated[str, typer.Option(help=say("说明", "what happened"))] = "",
    to: Annotated[str, typer.Option(help=say("写入 XLSX 或 CSV", "write XLSX or CSV"))] = "",
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help=say("哪一天（默认现在）", "the day; now")),
    ] = None,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    try:
        centre = gathered_site(site)
        now = moment_in(centre, on)
        if action != "list":
            _one(centre, action, number, how, by=by, note=note, now=now, as_json=as_json)
            return
        if csr:
            require_csr(centre, csr)
        if team:
            require_team(centre, team)
        status = None if every else "open"
        wanted = PromiseFilter(
            csr_id=csr or None, team=team or None, status=status, overdue=overdue, to=now
        )
        limit = None if every or to or as_json else MOST_ROWS
        found = centre.store.centre.promises(wanted, now=now, limit=limit)
        counts = centre.store.centre.promise_counts(
            wanted.model_copy(update={"status": None, "overdue": False}),
            by="csr_id" if csr or team else "team",
            now=now,
        )
        if to:
            table = promise_table(found, zone=centre.zone, language=LANGUAGE, now=now)
            files = write_tables(Path(to), (table,), language=LANGUAGE)
            names = ", ".join(map(str, files))
            err.print(say(f"{len(found)} 条承诺已写入 {names}", f"{len(found)} promises: {names}"))
            return
    except (CodedError, CodedErrors) as error:
        stop(error)
    _warn_unknown(centre, wanted)
    if as_json:
        for one in found:
            print_line(one)
        return
    print_promises(centre, found, now=now)
    print_counts(counts, by_team=not (csr or team))
    waiting = sum(one.overdue if overdue else one.open for one in counts)
    if not every and waiting > len(found):
        more = waiting - len(found)
        out.print(say(f"还有 {more} 条，--all 看全部。", f"{more} more; see them with --all."))
    unknown = sum(one.customer_key is None for one in found)
    if unknown:
        text = say(
            f"其中 {unknown} 条没有客户号码，后续通话无法自动了结，请人工了结。",
            f"{unknown} of them know no customer: no later call can close them, only an entry.",
        )
        out.print(text, style="yellow")


def _warn_unknown(centre: Gathered, wanted: PromiseFilter) -> None:
    """Says what is in no ledger since nobody knows who promised it; silent for none."""
    left = centre.store.centre.unknown_promises(wanted)
    if left.promises:
        calls = ", ".join(left.examples)
        err.print(
            say(
                f"另有 {left.calls} 通电话里的 {left.promises} 处承诺分不清是谁说的（多为单声道），"
                f"没有计入；请听一听：{calls}",
                f"{left.promises} promises in {left.calls} calls were said by nobody knows whom "
                f"(mono recordings mostly) and are not counted; listen to: {calls}",
            ),
            style="yellow",
            markup=False,
        )


def moment_in(centre: Gathered, on: datetime | None) -> datetime:
    """Now, or the end of the day that is asked for, at the site."""
    if on is None:
        return datetime.now(UTC)
    return on.replace(hour=23, minute=59, second=59, tzinfo=centre.zone).astimezone(UTC)


def _one(
    centre: Gathered,
    action: str,
    number: int,
    how: How | None,
    *,
    by: str,
    note: str,
    now: datetime,
    as_json: bool,
) -> None:
    example = f"qa promises {action} 17" + (
        " --how kept --by 张班长 --note 已回电" if action == "close" else ""
    )
    if not number or (action == "close" and not how) or (action != "show" and not by):
        wanted = say("编号", "a number") + ("、--how、--by" if action == "close" else "、--by")
        raise CodedError("QA861", place=action, action=action, wanted=wanted, example=example)
    if action == "show":
        promise = centre.store.centre.promise(number)
    else:
        entry = PromiseEntry(
            promise_id=number,
            status=how or "open",
            at=now,
            by=by,
            note=note or say(*STATUS[how or "open"]),
        )
        promise = centre.store.centre.enter_promise(entry)
    if as_json:
        print_line(promise)
        return
    print_promise(centre, promise, now=now)
    for one in centre.store.centre.promise_entries(number):
        told = f"{one.at.astimezone(centre.zone):%Y-%m-%d %H:%M}  {one.by}: "
        out.print(escape(told + say(*STATUS[one.status]) + f" - {one.note}"))


def print_promise(centre: Gathered, one: Promise, *, now: datetime) -> None:
    """One promise with what is known of it."""
    head = f"{one.id}  {one.csr_id or '-'}  {one.team or '-'}  {state_of(one, now)}"
    out.rule(head, align="left")
    out.print(escape(f"“{one.quote}”"))
    out.print(escape(f"{one.call_id} @ {one.start_s:.1f}-{one.end_s:.1f} s"))
    due = "-" if one.due_at is None else f"{one.due_at.astimezone(centre.zone):%Y-%m-%d %H:%M}"
    said = "-" if one.said_at is None else f"{one.said_at.astimezone(centre.zone):%Y-%m-%d %H:%M}"
    deadline = one.deadline or "-"
    out.print(
        escape(
            say(
                f"说于 {said}；时限“{deadline}” → {due}；客户 {customer_of(one)}",
                f"said {said}; deadline “{deadline}” → {due}; customer {customer_of(one)}",
            )
        )
    )
    if one.closed_by:
        out.print(escape(say(f"了结者：{one.closed_by}", f"closed by {one.closed_by}")))
    if one.followed_by and one.status == "open":
        call = one.followed_by
        text = say(
            f"之后有外呼 {call}，是否已兑现请人确认。",
            f"We called the customer later ({call}); whether that kept it, a person must say.",
        )
        out.print(escape(text))
    if one.chased:
        chased = say(f"客户又来电 {one.chased} 次", f"the customer called again {one.chased}x")
        out.print(chased, style="yellow")


def state_of(one: Promise, now: datetime) -> str:
    """The promise's state in this run's language, coloured."""
    if one.status != "open":
        return say(*STATUS[one.status])
    if one.due_at is not None and one.due_at < now:
        hours = (now - one.due_at).total_seconds() / 3600
        late = f"{hours / 24:.0f} d" if hours >= 48 else f"{hours:.0f} h"
        zh = late.replace(" d", " 天").replace(" h", " 小时")
        return "[red]" + say(f"逾期 {zh}", f"overdue {late}") + "[/]"
    return say("未到期", "not due") if one.due_at else say("无明确时限", "no clear time")


def print_promises(centre: Gathered, found: Sequence[Promise], *, now: datetime) -> None:
    """Overdue first; each with its words and place."""
    if not found:
        out.print(say("没有这样的承诺。", "No such promises."))
        return
    table = Table(title=say("对客户的承诺", "Promises to customers"), title_justify="left")
    table.add_column(say("编号", "no."), justify="right", no_wrap=True)
    table.add_column(say("状态", "state"), no_wrap=True)
    table.add_column(say("到期", "due"), no_wrap=True)
    table.add_column(say("座席", "CSR"), no_wrap=True)
    table.add_column(say("客户", "customer"), no_wrap=True)
    table.add_column(say("原话与位置", "words and place"), ratio=1, overflow="fold")
    for one in found:
        due = "-" if one.due_at is None else f"{one.due_at.astimezone(centre.zone):%m-%d %H:%M}"
        marks = []
        if one.chased:
            marks.append(say(f"又来电{one.chased}次", f"called again {one.chased}x"))
        if one.followed_by and one.status == "open":
            marks.append(say("有外呼待确认", "call made, confirm"))
        where = f"{one.call_id} {clock(one.start_s)}"
        table.add_row(
            str(one.id),
            state_of(one, now),
            due,
            escape(one.csr_id or "-"),
            customer_of(one),
            escape(f"“{one.quote}”")
            + f"\n[dim]{escape(where)}[/]"
            + (f" [yellow]{'; '.join(marks)}[/]" if marks else ""),
        )
    out.print(table)


def print_counts(counts: Sequence[PromiseCount], *, by_team: bool) -> None:
    """Counts a team or CSR; the kept share of those that are decided."""
    if not counts:
        return
    title = say("按班组", "By team") if by_team else say("按座席", "By CSR")
    table = Table(title=title, title_justify="left")
    for zh, en in (
        ("班组" if by_team else "座席", "team" if by_team else "CSR"), ("承诺", "promises"),
        ("未了结", "open"), ("逾期", "overdue"), ("按时兑现", "kept"), ("迟或未做到", "broken"),
        ("未了结且无时限", "open, no time"),
    ):  # fmt: skip
        table.add_column(say(zh, en), justify="left" if zh in ("班组", "座席") else "right")
    for one in counts:
        values = (one.promises, one.open, one.overdue, one.kept, one.broken, one.without_time)
        table.add_row(escape(one.name or "-"), *(str(value) for value in values))
    out.print(table)
