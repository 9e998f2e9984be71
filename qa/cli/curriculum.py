"""`qa curriculum`: who lacks what, a quarter's sessions in quiet hours, planned against done."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.opening import centre_now
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import err, out, stop, warn_left_out
from qa.cli.plans import By, OnDay, missing, moment, print_lines, skill_title
from qa.domain.curriculum import Cohort, Gap, QuietHour, SessionProgress, quarter_of
from qa.domain.packs import Packs
from qa.flow.curriculum import (
    GapMatrix,
    Proposal,
    checked_curriculum,
    courses_by_id,
    gap_matrix,
    hours_of,
    progress_now,
    propose_curriculum,
    publish_curriculum,
    published,
)
from qa.flow.opened import Opened, open_site
from qa.flow.standing import Centre
from qa.packs.curriculum import curriculum_yaml
from qa.reports.calendar import curriculum_ics
from qa.reports.curriculum import curriculum_tables, matrix_tables
from qa.reports.export import write_tables
from transcribe.errors import CodedError, CodedErrors

WEEKDAYS = (
    ("周一", "Mon"), ("周二", "Tue"), ("周三", "Wed"), ("周四", "Thu"), ("周五", "Fri"),
    ("周六", "Sat"), ("周日", "Sun"),
)  # fmt: skip
FILES = ".yaml", ".ics", ".xlsx", ".csv"


def curriculum(
    action: Annotated[
        Literal["gaps", "hours", "propose", "check", "publish", "show", "export"],
        typer.Argument(help=say("做什么", "what to do")),
    ] = "gaps",
    file: Annotated[
        str, typer.Argument(help=say("check、publish 的 YAML 文件", "YAML for check and publish"))
    ] = "",
    quarter: Annotated[
        str, typer.Option(help=say("季度，如 2025-Q2", "the quarter, such as 2025-Q2"))
    ] = "",
    to: Annotated[
        str, typer.Option(help=say("写到 .yaml、.ics、.xlsx", "write .yaml, .ics or .xlsx"))
    ] = "",
    by: By = "",
    on: OnDay = None,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    now = moment(on)
    try:
        opened = open_site(site or None)
        packs = opened.packs_to_read()
        if action in ("check", "publish") and not file:
            raise missing(action, "FILE", f"qa curriculum {action} plan.yaml")
        if action == "publish" and not by:
            raise missing(action, "--by", "qa curriculum publish plan.yaml --by 王老师")
        if action == "export" and Path(to).suffix not in FILES:
            raise missing(action, "--to .ics | .xlsx | .yaml", "qa curriculum export --to q.ics")
        if action in ("show", "export"):
            _show(opened, packs, quarter, to, now.date(), as_json=as_json)
            return
        centre = centre_now(opened, packs)
        warn_left_out(centre.counts.left_out)
        if action in ("check", "publish"):
            _publish(opened, packs, centre, Path(file), by if action == "publish" else "")
        elif action == "hours":
            _print_hours(hours_of(centre, opened.required.settings), as_json=as_json)
        elif action == "propose":
            _propose(opened, packs, centre, quarter, to, now.date())
        else:
            matrix = gap_matrix(opened.store, packs, centre, today=now.date())
            _print_matrix(matrix, packs, to, as_json=as_json)
    except (CodedError, CodedErrors) as error:
        stop(error)


def _propose(
    opened: Opened, packs: Packs, centre: Centre, quarter: str, to: str, today: date
) -> None:
    made = propose_curriculum(
        opened.store,
        packs,
        centre,
        quarter=quarter or quarter_of(today),
        settings=opened.required.settings,
        today=today,
    )
    text = curriculum_yaml(made.plan, courses_by_id(packs), LANGUAGE)
    if to:
        _write(Path(to), text.encode())
    else:
        typer.echo(text, nl=False)
    _tell(made)


def _tell(made: Proposal) -> None:
    seats = sum(len(one.csrs) for one in made.plan.sessions)
    many = len(made.plan.sessions)
    err.print(say(f"{many} 场，{seats} 人次。", f"{many} sessions, {seats} seats."))
    if made.placed.unplaced:
        text = "; ".join(f"{course} {', '.join(csrs)}" for course, *csrs in made.placed.unplaced)
        err.print(
            say(
                f"没有排上（那些周里没有能放人又保住服务水平的时段）：{text}",
                f"Not placed, since no hour of those weeks spares them and keeps the service "
                f"level: {text}",
            ),
            style="yellow",
        )
    if all(one.spare is None for one in made.hours):
        err.print(
            say(
                "通话太少，看不出谁何时在岗，服务水平没有核对；时段按来电最少选。"
                "请在 settings.yaml 写 on_duty 和 recorded_share。",
                "Too few calls tell who was on duty when, so the service level was not checked; "
                "hours with the fewest calls were taken. Set on_duty and recorded_share in "
                "settings.yaml.",
            ),
            style="yellow",
        )


def _publish(opened: Opened, packs: Packs, centre: Centre, file: Path, by: str) -> None:
    plan = checked_curriculum(file, packs, centre)
    if not by:
        many = len(plan.sessions)
        out.print(say(f"{many} 场，没有问题。", f"{many} sessions, nothing wrong."))
        return
    new = publish_curriculum(opened.store, plan, by=by, now=datetime.now(UTC))
    out.print(
        say(f"{plan.quarter} 已发布。", f"{plan.quarter} is published.")
        if new
        else say(f"{plan.quarter} 没有变化。", f"{plan.quarter} is unchanged.")
    )


def _show(
    opened: Opened, packs: Packs, quarter: str, to: str, today: date, *, as_json: bool
) -> None:
    plan = published(opened.store, quarter)
    progress = progress_now(opened.store, plan, today=today)
    courses = courses_by_id(packs)
    if to.endswith(".ics"):
        made_at, zone = datetime.now(UTC), opened.required.settings.zone
        body = curriculum_ics(plan, courses, zone=zone, made_at=made_at, language=LANGUAGE)
        _write(Path(to), body)
    elif to.endswith(".yaml"):
        _write(Path(to), curriculum_yaml(plan, courses, LANGUAGE).encode())
    elif to:
        tables = curriculum_tables(progress, courses, language=LANGUAGE)
        for path in write_tables(Path(to), tables, language=LANGUAGE):
            err.print(say(f"已写入 {path}", f"wrote {path}"))
    elif as_json:
        print_lines(progress)
    else:
        _print_progress(plan.quarter, progress, packs)


def _write(path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        raise CodedError("QA521", place=str(path), why=str(error)) from error
    err.print(say(f"已写入 {path}", f"wrote {path}"))


def _print_progress(quarter: str, progress: Sequence[SessionProgress], packs: Packs) -> None:
    title = say(f"{quarter} 培训：计划与完成", f"{quarter}: planned and done")
    table = _table(title, ("场次", "session"), ("开始", "start"), ("课程", "course"),
                   ("计划", "planned"), ("到课", "came"), ("缺", "missing"))  # fmt: skip
    courses = courses_by_id(packs)
    for one in progress:
        course = courses.get(one.session.course)
        name = course.title.of(LANGUAGE) if course else say("目录中已没有", "no longer listed")
        absent = ", ".join(one.missing) if one.held else say("未到期", "not yet")
        table.add_row(
            escape(one.session.id), one.session.start, escape(f"{one.session.course} {name}"),
            str(len(one.session.csrs)), str(len(one.attended)), escape(absent),
        )  # fmt: skip
    out.print(table)


def _print_hours(hours: Sequence[QuietHour], *, as_json: bool) -> None:
    if as_json:
        print_lines(hours)
        return
    if not hours:
        out.print(say("还没有带开始时间的通话。", "No calls with a start time yet."))
        return
    out.print(
        say("可放出的人（该半小时来电）", "CSRs to spare (calls in that half hour)"), style="i"
    )
    table = Table()
    days = sorted({one.weekday for one in hours})
    for heading in (say("时段", "from"), *(say(*WEEKDAYS[day]) for day in days)):
        table.add_column(heading, justify="right")
    cells = {(one.weekday, one.start_minute): one for one in hours}
    for minute in sorted({one.start_minute for one in hours}):
        row = [_hour(cells.get((day, minute))) for day in days]
        table.add_row(f"{minute // 60:02d}:{minute % 60:02d}", *row)
    out.print(table)
    if any(one.spare is None for one in hours):
        out.print(
            say("? 表示通话太少，看不出谁在岗；请写 on_duty 和 recorded_share。",
                "?: too few calls tell who was on duty; set on_duty and recorded_share."),
            style="dim",
        )  # fmt: skip


def _hour(one: QuietHour | None) -> str:
    if one is None:
        return "-"
    return f"{'?' if one.spare is None else one.spare} ({one.calls:.0f})"


def _print_matrix(matrix: GapMatrix, packs: Packs, to: str, *, as_json: bool) -> None:
    if to:
        titles = {skill.id: skill.title.of(LANGUAGE) for skill in packs.skills}
        tables = matrix_tables(
            matrix.teams, matrix.queues, matrix.cohorts, titles=titles, language=LANGUAGE
        )
        for path in write_tables(Path(to), tables, language=LANGUAGE):
            err.print(say(f"已写入 {path}", f"wrote {path}"))
        return
    if as_json:
        print_lines([matrix])
        return
    if not matrix.teams:
        out.print(say("还没有判过的评分项。", "No item is decided yet."))
        return
    _print_gaps(say("班组 × 能力项：达标率", "Team by skill: met-rate"), matrix.teams, packs)
    _print_gaps(say("队列 × 能力项：达标率", "Queue by skill: met-rate"), matrix.queues, packs)
    out.print(
        say("红：确实低于全中心；绿：确实高于。方括号为 95% 区间。",
            "Red: surely under the whole site; green: surely above. Brackets: 95 % interval."),
        style="dim",
    )  # fmt: skip
    print_cohorts(matrix.cohorts, packs)


def print_cohorts(cohorts: Sequence[Cohort], packs: Packs) -> None:
    """Who needs the same course, with the sessions it takes."""
    if not cohorts:
        out.print(say("没有人确实薄弱到要排课。", "Nobody is surely weak enough for a course."))
        return
    table = _table(
        say("共同的培训需要", "Who needs the same"), ("能力项", "skill"), ("课程", "course"),
        ("人", "CSRs"), ("场", "sessions"), ("名单", "who"),
    )  # fmt: skip
    for one in cohorts:
        table.add_row(
            escape(skill_title(packs, one.skill)), one.course_id, str(len(one.csr_ids)),
            str(one.sessions), escape(", ".join(one.csr_ids)),
        )  # fmt: skip
    out.print(table)


def _print_gaps(title: str, gaps: Sequence[Gap], packs: Packs) -> None:
    groups = list(dict.fromkeys(one.group for one in gaps))
    table = Table(title=title, title_justify="left")
    table.add_column(say("能力项", "skill"))
    for group in groups:
        table.add_column(escape(group), justify="right")
    cells = {(one.skill, one.group): one for one in gaps}
    for skill in dict.fromkeys(one.skill for one in gaps):
        row = [_cell(cells.get((skill, group))) for group in groups]
        table.add_row(escape(skill_title(packs, skill)), *row)
    out.print(table)


def _cell(one: Gap | None) -> str:
    if one is None:
        return "-"
    text = f"{one.met_share:.0%} \\[{one.low:.0%}-{one.high:.0%}]"
    style = {"below": "red", "above": "green"}.get(one.standing)
    return f"[{style}]{text}[/]" if style else text


def _table(title: str, *heads: tuple[str, str]) -> Table:
    table = Table(title=title, title_justify="left")
    for zh, en in heads:
        table.add_column(say(zh, en), overflow="fold")
    return table
