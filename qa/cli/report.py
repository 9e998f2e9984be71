"""`qa report`, `qa today`: the manager's report of a period, a supervisor's list of the day."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.opening import gathered_site
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import err, out, print_line, stop
from qa.domain.centre_report import CentreReport, DayItem, Period
from qa.domain.text import Text
from qa.flow.centre_report import report_of
from qa.flow.day_list import day_list
from qa.flow.gathered import Gathered, require_team
from qa.packs.titles import item_titles
from qa.reports.centre_report import NOTE, report_tables, report_title
from qa.reports.centre_report_pdf import report_pdf
from qa.reports.evaluations import Table as Sheet
from qa.reports.export import write_tables
from transcribe.errors import CodedError, CodedErrors

MOST_ITEMS = 40  # guess: a day's work; --all shows the rest
KINDS: dict[str, tuple[str, str]] = {
    "promise": ("承诺", "promise"), "fatal": ("一票否决", "fatal"),
    "signature": ("签字", "signature"), "plan_action": ("计划行动", "plan action"),
    "recheck": ("复查", "re-check"), "failed": ("失败", "failed"),
    "ungradable": ("不可评分", "not gradable"), "improvement": ("改进措施", "improvement"),
    "target": ("目标", "target"), "appeal": ("申诉", "appeal"),
    "question": ("提问", "question"),
}  # fmt: skip


def report(
    date: Annotated[
        datetime | None,
        typer.Argument(
            formats=["%Y-%m-%d"], help=say("其中一天（默认最近）", "a day of it; latest")
        ),
    ] = None,
    day: Annotated[bool, typer.Option("--day", help=say("日报", "of a day"))] = False,
    week: Annotated[bool, typer.Option("--week", help=say("周报（默认）", "of a week"))] = False,
    month: Annotated[bool, typer.Option("--month", help=say("月报", "of a month"))] = False,
    to: Annotated[str, typer.Option(help=say("写入 PDF、XLSX 或 CSV", "PDF, XLSX or CSV"))] = "",
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    try:
        if day + week + month > 1:
            raise CodedError("QA888", place="qa report")
        period: Period = "day" if day else "month" if month else "week"
        centre = gathered_site(site)
        asked = date.date() if date else centre.last_day(datetime.now(UTC))
        found = report_of(centre, period, asked, titles=lambda: _titles(centre))
        if to:
            names = ", ".join(str(one) for one in _write(Path(to), found))
            err.print(say(f"已写入 {names}", f"wrote {names}"))
            return
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        print_line(found)
    else:
        print_report(found)


def _titles(centre: Gathered) -> dict[str, Text]:
    return item_titles(centre.opened.root)


def _write(path: Path, found: CentreReport) -> tuple[Path, ...]:
    if path.suffix.lower() != ".pdf":
        return write_tables(path, report_tables(found, language=LANGUAGE), language=LANGUAGE)
    made = report_pdf(found, language=LANGUAGE)
    try:
        path.write_bytes(made)
    except OSError as error:
        raise CodedError("QA521", place=str(path), why=str(error)) from error
    return (path,)


def print_report(found: CentreReport) -> None:
    """The report's tables; what is to be done next comes first."""
    out.print(f"[bold]{escape(report_title(found).of(LANGUAGE))}[/]")
    for sheet in report_tables(found, language=LANGUAGE):
        print_sheet(sheet)
    out.print(NOTE.of(LANGUAGE), style="dim")


def print_sheet(sheet: Sheet) -> None:
    table = Table(title=sheet.title.of(LANGUAGE), title_justify="left")
    for name in sheet.columns:
        table.add_column(escape(name), overflow="fold")
    for row in sheet.rows:
        table.add_row(*("-" if cell is None else escape(str(cell)) for cell in row))
    out.print(table)


def today(
    team: Annotated[str, typer.Option(help=say("只看一个班组", "only this team"))] = "",
    every: Annotated[bool, typer.Option("--all", help=say("不限行数", "every row"))] = False,
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on", formats=["%Y-%m-%d"], help=say("哪一天（默认今天）", "the day; today")
        ),
    ] = None,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    try:
        centre = gathered_site(site)
        if team:
            require_team(centre, team)
        now = datetime.now(UTC)
        if on is not None:
            now = on.replace(hour=23, minute=59, tzinfo=centre.zone).astimezone(UTC)
        found = day_list(centre, now=now, team=team or None)
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        for one in found:
            print_line(one)
        return
    print_day(found if every else found[:MOST_ITEMS], left=len(found), day=centre.today(now))


def print_day(found: tuple[DayItem, ...], *, left: int, day: object) -> None:
    """One line a task, overdue first."""
    if not found:
        out.print(say("今天没有待办。", "Nothing waits today."))
        return
    title = say(f"{day} 待办 {left} 件，逾期在前", f"{day}: {left} things wait, overdue first")
    table = Table(title=title, title_justify="left")
    table.add_column(say("逾期", "late"), no_wrap=True, justify="right")
    table.add_column(say("类别", "kind"), no_wrap=True)
    table.add_column(say("谁", "who"), no_wrap=True)
    table.add_column(say("事项", "what"), ratio=2, overflow="fold")
    table.add_column(say("怎么办", "do"), ratio=1, style="dim", overflow="fold")
    for one in found:
        late = say(f"{one.late_days} 天", f"{one.late_days} d") if one.late_days > 0 else "-"
        table.add_row(
            f"[red]{late}[/]" if one.late_days > 0 else late,
            say(*KINDS[one.kind]),
            escape(one.who),
            escape(one.what.of(LANGUAGE)),
            escape(one.do),
        )
    out.print(table)
    if left > len(found):
        more = left - len(found)
        out.print(say(f"还有 {more} 件，--all 看全部。", f"{more} more; see them with --all."))
