"""`qa complaints`: what customers complain of, what rises, what is done about it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.cells import cell_len, chop_cells
from rich.markup import escape
from rich.table import Table

from qa.centre.changes import LEAST_HISTORY_DAYS
from qa.cli.language import LANGUAGE, say
from qa.cli.opening import gathered_site
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import err, out, print_line, stop
from qa.domain.radar import Improvement, Radar, RadarLine
from qa.domain.text import plural
from qa.findings.reasons import clock
from qa.flow.gathered import Gathered, number_of, require_team
from qa.flow.radar import (
    add_improvement,
    effect_of,
    improvement_of,
    improvements,
    radar_of,
)
from qa.reports.complaints import MOVEMENT, department_tables, radar_tables
from qa.reports.export import write_tables
from transcribe.errors import CodedError, CodedErrors

Day = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help=say("最后一天（默认最近）", "the last day")),
]
MOST_CELLS = 48  # of a quote in a table, about two lines; the whole is in --json and --to (guess)
STYLES = {"rising": "red", "falling": "green", "usual": "", "cannot_tell": "dim"}


def complaints(
    action: Annotated[
        Literal["list", "act", "done", "drop", "actions"],
        typer.Argument(help=say("做什么", "what to do")),
    ] = "list",
    name: Annotated[
        str, typer.Argument(help=say("主题；done、drop 时为措施编号", "topic; for done an action"))
    ] = "",
    days: Annotated[int, typer.Option(min=1, max=92, help=say("看几天", "days looked at"))] = 7,
    team: Annotated[str, typer.Option(help=say("只看一个班组", "only this team"))] = "",
    what: Annotated[str, typer.Option(help=say("改进措施", "what is done"))] = "",
    owner: Annotated[str, typer.Option(help=say("负责人", "who sees it through"))] = "",
    due: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help=say("完成日", "due day"))
    ] = None,
    start: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help=say("生效日", "first day in effect")),
    ] = None,
    by: Annotated[str, typer.Option("--by", help=say("谁在操作", "who does this"))] = "",
    to: Annotated[
        str,
        typer.Option(help=say("写入 XLSX 或 CSV，按部门分表", "XLSX or CSV, a sheet a department")),
    ] = "",
    on: Day = None,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    now = datetime.now(UTC)
    try:
        centre = gathered_site(site)
        last = on.date() if on else centre.last_day(now)
        if team:
            require_team(centre, team)
        if action != "list":
            made = _acted(centre, action, name, what, owner, due, start, by=by, now=now)
            effects = [effect_of(centre, one, to_day=last) for one in made]
            for one in effects:
                if as_json:
                    print_line(one)
                else:
                    title = centre.title_of(one.action.topic).of(LANGUAGE)
                    head = f"{one.action.id}  {title}  {one.action.what}  {one.action.owner}"
                    out.print(escape(f"{head}  {one.action.from_day}  {one.action.status}"))
                    out.print("   " + escape(one.why.of(LANGUAGE)), style="dim")
            if not effects:
                out.print(say("还没有改进措施。", "No improvement actions yet."))
            return
        radar = radar_of(centre, to_day=last, days=days, team=team or None)
        if to:
            first = number_of(radar.from_day)
            calls = centre.store.centre.topic_calls(first, number_of(last), team=team or None)
            tables = radar_tables(radar, language=LANGUAGE) + department_tables(
                calls,
                title_of=centre.title_of,
                department_of=centre.department_of,
                zone=centre.zone,
                language=LANGUAGE,
            )
            names = ", ".join(map(str, write_tables(Path(to), tables, language=LANGUAGE)))
            err.print(
                say(f"{len(calls)} 处投诉已写入 {names}", f"{len(calls)} complaints: {names}")
            )
            return
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        print_line(radar)
    else:
        print_radar(radar)


def _acted(
    centre: Gathered,
    action: str,
    name: str,
    what: str,
    owner: str,
    due: datetime | None,
    start: datetime | None,
    *,
    by: str,
    now: datetime,
) -> tuple[Improvement, ...]:
    """The actions to show after one was entered or ended."""
    if action == "actions":
        return tuple(one for one in improvements(centre) if not name or one.topic == name)
    if action == "act":
        if not (name and what and owner and by):
            wanted = "TOPIC --what --owner --by"
            example = "qa complaints act delivery --what 换承运商 --owner 物流部李经理 --by 王主管"
            raise CodedError("QA861", place=action, action=action, wanted=wanted, example=example)
        new = Improvement(
            id=f"A{len(improvements(centre)) + 1:04d}",
            topic=name,
            what=what,
            owner=owner,
            from_day=start.date() if start else centre.today(now),
            due=due.date() if due else None,
        )
        return (add_improvement(centre, new, by=by, why="entered", now=now),)
    if not (name and by):
        example = f"qa complaints {action} A0001 --by 王主管"
        raise CodedError("QA861", place=action, action=action, wanted="ID --by", example=example)
    status = "done" if action == "done" else "dropped"
    changed = improvement_of(centre, name).model_copy(update={"status": status})
    return (add_improvement(centre, changed, by=by, why=status, now=now),)


def print_radar(radar: Radar) -> None:
    """Topics, rising first; then words that rise, and examples to listen to."""
    title = say(
        f"投诉雷达 {radar.from_day} 至 {radar.to_day}：{radar.calls} 通，"
        f"投诉 {radar.complaints} 通",
        f"Complaint radar {radar.from_day} to {radar.to_day}: "
        f"{plural(radar.calls, 'call')}, {radar.complaints} with a complaint",
    )
    out.print(title, style="bold")
    out.print(_total(radar))
    table = Table()
    table.add_column(say("主题", "topic"), overflow="fold")
    table.add_column(say("变化", "moves"), no_wrap=True)
    table.add_column(say("投诉", "now"), justify="right", no_wrap=True)
    table.add_column(say("平常", "usual"), justify="right", no_wrap=True)
    table.add_column(say("重复来电", "repeat"), justify="right")
    table.add_column(say("部门", "for"), overflow="fold")
    table.add_column(say("例子", "example"), ratio=1, overflow="fold")
    for one in radar.lines:
        change = one.change
        style = STYLES[change.movement]
        moved = say(*MOVEMENT[change.movement])
        usual = "-" if change.low is None else f"{change.low}-{change.high}"
        table.add_row(
            escape(one.title.of(LANGUAGE)),
            f"[{style}]{moved}[/]" if style else moved,
            str(change.complaints),
            usual,
            f"{one.repeats} ({one.repeat_customers})" if one.repeats else "-",
            escape(one.department.of(LANGUAGE)),
            _example(one),
        )
    out.print(table)
    for one in radar.lines:
        for effect in one.actions:
            act = effect.action
            head = f"{act.id} {one.title.of(LANGUAGE)}: {act.what} ({act.owner}, {act.from_day})"
            out.print(escape(head))
            out.print("   " + escape(effect.why.of(LANGUAGE)), style="dim")
    if radar.terms:
        words = ", ".join(
            f"{t.term} ({t.before_share:.0%} → {t.recent_share:.0%})" for t in radar.terms[:12]
        )
        out.print(escape(say("投诉里突然多起来的词：", "Words that rise in complaints: ") + words))
    if radar.unknown_customers:
        out.print(
            say(
                f"{radar.unknown_customers} 通没有客户号码，看不出是否重复来电。",
                f"{radar.unknown_customers} calls know no customer: repeats cannot be seen.",
            ),
            style="yellow",
        )


def _total(radar: Radar) -> str:
    total = radar.total
    if total.low is None and radar.history_days >= LEAST_HISTORY_DAYS:
        return say("通话太少，还说不出涨跌。", "Too few calls to tell a change.")
    if total.low is None:
        return say(
            f"历史只有 {radar.history_days} 天，至少要 {LEAST_HISTORY_DAYS} 天才能说涨跌。",
            f"Only {radar.history_days} days of history; {LEAST_HISTORY_DAYS} are needed to tell "
            "a change.",
        )
    moved = say(*MOVEMENT[total.movement])
    return say(
        f"与此前 {radar.history_days} 天相比：{moved}（按通话量和星期几，平常 {total.low}-"
        f"{total.high} 处主题投诉）。",
        f"Against the {radar.history_days} days before: {moved} (for this volume and weekdays "
        f"{total.low}-{total.high} topic complaints are usual).",
    )


def _example(one: RadarLine) -> str:
    if not one.examples:
        return "-"
    first = one.examples[0]
    at = f"{first.call_id} {clock(first.start_s)}"
    quote = first.quote
    if cell_len(quote) > MOST_CELLS:
        quote = chop_cells(quote, MOST_CELLS)[0] + "…"
    return escape(f"“{quote}”") + f" [dim]{escape(at)}[/]"
