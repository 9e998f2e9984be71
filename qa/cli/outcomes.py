"""`qa outcomes`, `qa target`: results beside process, other centres' figures, agreed targets."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.opening import gathered_site
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import ALL_WELL, SOME_FAILED, out, print_errors, print_line, stop
from qa.domain.outcomes import METRICS, PERCENT, Attainment, Level, Relation, Target
from qa.domain.text import Text
from qa.flow.gathered import Gathered, require_csr
from qa.flow.outcomes import Beside, beside, import_benchmarks, import_outcomes, metric_of
from qa.flow.targets import acknowledge, attainment, save_target, target_of, targets
from qa.store.centre_views import Benchmark
from transcribe.errors import CodedError, CodedErrors

By = Annotated[str, typer.Option("--by", help=say("谁在操作", "who does this"))]
VERDICTS = {
    "higher": ("达标的通话更高", "higher where met"),
    "lower": ("达标的通话更低", "lower where met"),
    "no_sure_relation": ("看不出关系", "no sure relation"),
    "too_few": ("通话太少", "too few calls"),
}
STANDINGS = {
    "reached": ("已达到", "reached"),
    "not_reached": ("未达到", "not reached"),
    "cannot_tell": ("说不准", "cannot tell"),
    "not_started": ("未开始", "not started"),
}
TARGET_STATUS = {
    "proposed": ("待确认", "to be acknowledged"),
    "agreed": ("已确认", "agreed"),
    "ended": ("已结束", "ended"),
}
MOST_RELATIONS = 20


def outcomes(
    action: Annotated[
        Literal["list", "import", "benchmark"],
        typer.Argument(help=say("做什么", "what to do")),
    ] = "list",
    table: Annotated[str, typer.Argument(help=say("CSV 或 XLSX 表", "CSV or XLSX table"))] = "",
    days: Annotated[int, typer.Option(min=1, max=731, help=say("看几天", "days looked at"))] = 90,
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on", formats=["%Y-%m-%d"], help=say("最后一天（默认最近）", "the last day")
        ),
    ] = None,
    by: By = "qa outcomes",
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    now = datetime.now(UTC)
    try:
        centre = gathered_site(site)
        if action != "list":
            if not table:
                example = f"qa outcomes {action} {action}.xlsx"
                wanted = say("一个表格文件", "a table")
                raise CodedError(
                    "QA861", place=action, action=action, wanted=wanted, example=example
                )
            read = import_outcomes if action == "import" else import_benchmarks
            done = read(Path(table), centre, now=now, by=by)
            print_errors(done.errors)
            out.print(
                say(
                    f"{done.new} 条新增，{done.corrected} 条更正，{done.unchanged} 条未变，"
                    f"{len(done.errors)} 处错误。",
                    f"{done.new} new, {done.corrected} corrected, {done.unchanged} unchanged, "
                    f"{len(done.errors)} errors.",
                )
            )
            raise typer.Exit(SOME_FAILED if done.errors else ALL_WELL)
        last = on.date() if on else centre.last_day(now)
        found = beside(centre, first=last - timedelta(days=days - 1), last=last)
        figures = centre.store.centre.benchmarks()
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        for one in (*found.levels, *found.relations, *figures):
            print_line(one)
        return
    print_outcomes(found, figures)


def print_outcomes(found: Beside, figures: tuple[Benchmark, ...]) -> None:
    """Levels beside other centres' figures, then relations to items."""
    if not found.levels:
        text = say(
            "还没有导入结果。用 qa outcomes import 表.xlsx 导入满意度、解决、成交（按通话编号）。",
            "No outcomes yet. Import CSAT, resolution or sales by call id: "
            "qa outcomes import TABLE.xlsx",
        )
        out.print(text)
    table = Table(title=say("结果", "Outcomes"), title_justify="left")
    for zh, en in (("指标", "metric"), ("通话", "calls"), ("均值（95% 区间）", "mean (95 %)"),
                   ("标杆", "benchmark")):  # fmt: skip
        table.add_column(say(zh, en))
    for level in found.levels:
        table.add_row(metric_title(level.metric), str(level.calls), level_text(level),
                      escape(_beside(level.metric, figures)))  # fmt: skip
    if found.levels:
        out.print(table)
    table = Table(title=say("与评分项的关系", "Relation to items"), title_justify="left")
    for zh, en in (("指标", "metric"), ("评分项", "item"), ("达标/未达标", "met/not met"),
                   ("差（95% 区间）", "difference (95 %)"), ("结论", "result")):  # fmt: skip
        table.add_column(say(zh, en), no_wrap=zh in ("指标", "评分项"))
    for one in found.relations[:MOST_RELATIONS]:
        table.add_row(metric_title(one.kind), one.item, f"{one.met}/{one.not_met}",
                      difference_text(one), say(*VERDICTS[one.verdict]))  # fmt: skip
    if found.relations:
        out.print(table)
        out.print(
            say(
                "同队列、同语言的通话相比，按座席聚类，多项检验已校正。这是关系，不是因果。",
                "Compared within queue and language, CSRs as clusters, corrected for many tests. "
                "A relation, never a cause.",
            ),
            style="dim",
        )
    others = [one for one in figures if one.metric not in {x.metric for x in found.levels}]
    for figure in others:
        named = f"{metric_title(figure.metric)} {number_text(figure.metric, figure.value)}"
        source = f"{figure.source} {figure.period} {figure.queue}"
        out.print(escape(say(f"标杆：{named}（{source}）", f"Benchmark: {named} ({source})")))


def metric_title(metric: str) -> str:
    return METRICS.get(metric, Text(zh=metric, en=metric)).of(LANGUAGE)


def number_text(metric: str, value: float) -> str:
    if metric in PERCENT or metric.startswith("item:"):
        return f"{value:.1%}"
    return f"{value:.2f}"


def level_text(level: Level) -> str:
    if level.value is None:
        return "-"
    text = number_text(level.metric, level.value)
    if level.low is None or level.high is None:
        return text
    low, high = (number_text(level.metric, end) for end in (level.low, level.high))
    return f"{text} ({low} ~ {high})"


def difference_text(one: Relation) -> str:
    if one.difference is None or one.low is None or one.high is None:
        return "-"
    scale, unit = (100, "%") if one.kind in PERCENT else (1, "")
    ends = f"{one.low * scale:+.2f} ~ {one.high * scale:+.2f}"
    return f"{one.difference * scale:+.2f}{unit} ({ends})"


def _beside(metric: str, figures: tuple[Benchmark, ...]) -> str:
    own = [one for one in figures if one.metric == metric]
    texts = [f"{number_text(metric, one.value)} ({one.source})" for one in own[:3]]
    return ", ".join(texts) or "-"


def target(
    action: Annotated[
        Literal["list", "set", "ack", "end"], typer.Argument(help=say("做什么", "what to do"))
    ] = "list",
    name: Annotated[
        str, typer.Argument(help=say("工号、班组；ack 时为目标编号", "CSR, team; for ack a target"))
    ] = "",
    metric: Annotated[
        str, typer.Argument(help=say("指标，如 score、csat、item:OPEN-1", "metric"))
    ] = "",
    value: Annotated[
        float | None, typer.Argument(help=say("目标值；比率写 0 到 1", "value; shares 0-1"))
    ] = None,
    start: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help=say("起始日", "first day")),
    ] = None,
    end: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help=say("截止日", "last day"))
    ] = None,
    role: Annotated[
        Literal["manager", "csr", "team_lead"], typer.Option(help=say("谁确认", "who acknowledges"))
    ] = "csr",
    by: By = "",
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help=say("哪一天（默认最近）", "the day")),
    ] = None,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    now = datetime.now(UTC)
    try:
        centre = gathered_site(site)
        today = on.date() if on else centre.last_day(now)
        if action == "list":
            found = tuple(one for one in targets(centre) if not name or one.whom == name)
        elif action == "set":
            if not (name and metric and value is not None and by):
                raise _missing(
                    "set", "WHO METRIC VALUE --by", "qa target set 1023 score 88 --by 王"
                )
            new = _new(centre, name, metric_of(metric), value, start, end, by, now)
            found = (save_target(centre, new, by=by, why="set", now=now),)
        elif not (name and by):
            raise _missing(action, "ID --by", f"qa target {action} T0001 --by 1023")
        elif action == "ack":
            found = (acknowledge(centre, name, role, by=by, now=now),)
        else:
            over = target_of(centre, name).model_copy(update={"status": "ended"})
            found = (save_target(centre, over, by=by, why="ended", now=now),)
        stand = [attainment(centre, one, today=today) for one in found]
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        for one in stand:
            print_line(one)
    else:
        print_targets(stand)


def _missing(action: str, wanted: str, example: str) -> CodedError:
    return CodedError("QA861", place=action, action=action, wanted=wanted, example=example)


def _new(
    centre: Gathered,
    whom: str,
    metric: str,
    value: float,
    start: datetime | None,
    end: datetime | None,
    by: str,
    now: datetime,
) -> Target:
    is_team = whom in centre.store.centre.teams()
    if not is_team:
        require_csr(centre, whom)
    first = start.date() if start else centre.today(now)
    return Target(
        id=f"T{len(targets(centre)) + 1:04d}",
        scope="team" if is_team else "csr",
        whom=whom,
        metric=metric,
        value=value,
        from_day=first,
        to_day=end.date() if end else first + timedelta(days=90),
        set_by=by,
    )


def print_targets(stand: list[Attainment]) -> None:
    """Each target with where its subject stands and how sure."""
    if not stand:
        text = say(
            "还没有目标。例：qa target set 1023 score 88 --by 王经理",
            "No targets yet. Example: qa target set 1023 score 88 --by Wang",
        )
        out.print(text)
        return
    table = Table(title=say("目标", "Targets"), title_justify="left")
    for zh, en in (
        ("编号", "id"), ("对象", "whom"), ("指标", "metric"), ("目标", "target"),
        ("现在（95% 区间）", "now (95 %)"), ("结论", "result"), ("状态", "status"),
    ):  # fmt: skip
        table.add_column(say(zh, en))
    for one in stand:
        target = one.target
        names = ", ".join(f"{a.role}: {a.by}" for a in target.acknowledged)
        status = say(*TARGET_STATUS[target.status]) + (f" ({names})" if names else "")
        goal = number_text(target.metric, target.value)
        if one.reach == "beyond_peers":
            goal += say(" ⚠ 九成同事达不到", " ⚠ nine of ten peers are under it")
        table.add_row(
            target.id,
            escape(target.whom),
            metric_title(target.metric),
            goal,
            level_text(one.level),
            say(*STANDINGS[one.standing]),
            escape(status),
        )
    out.print(table)
