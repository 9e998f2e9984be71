"""The manager's report as tables."""

from collections.abc import Sequence

from qa.domain.centre_report import CentreReport, ItemMove
from qa.domain.outcomes import METRICS, PERCENT, Level
from qa.domain.text import Text
from qa.reports.complaints import MOVEMENT
from qa.reports.evaluations import Cell, Table
from qa.reports.promises import customer_of
from transcribe.transcript import Language

TITLES: dict[str, Text] = {
    "day": Text(zh="质检与服务日报", en="Daily report"),
    "week": Text(zh="质检与服务周报", en="Weekly report"),
    "month": Text(zh="质检与服务月报", en="Monthly report"),
}
STANDINGS: dict[str, Text] = {
    "reached": Text(zh="已达到", en="reached"),
    "not_reached": Text(zh="未达到", en="not reached"),
    "cannot_tell": Text(zh="说不准", en="cannot tell"),
    "not_started": Text(zh="未开始", en="not started"),
}
NOTE = Text(
    zh="区间为 95%，同一座席的通话算作一组；“下降”“上升”已按多项检验校正。说不准的不列为变化。",
    en="Intervals are 95 %, a CSR's calls taken as one cluster; what fell or rose is corrected "
    "for many tests. What cannot be told is not shown as change.",
)


def report_title(report: CentreReport) -> Text:
    """The report's title with its days."""
    name, first, last = TITLES[report.period], report.from_day, report.to_day
    days = f"{first}" if first == last else f"{first} – {last}"
    return Text(zh=f"{name.zh}  {days}", en=f"{name.en}  {days}")


def report_tables(report: CentreReport, *, language: Language) -> tuple[Table, ...]:
    """What is to be done first, then the figures; tables without rows are left out."""
    made = (
        _next(report, language), _figures(report, language), _teams(report, language),
        _moves(report, language), _complaints(report, language), _promises(report, language),
        _improvements(report, language), _targets(report, language),
    )  # fmt: skip
    return tuple(table for table in made if table.rows)


def level_text(level: Level) -> str:
    """A mean and its interval."""
    if level.value is None:
        return "-"
    share = level.metric in PERCENT or level.metric.startswith("item:")

    def shown(value: float) -> str:
        return f"{value:.1%}" if share else f"{value:.2f}"

    if level.low is None or level.high is None:
        return shown(level.value)
    return f"{shown(level.value)} ({shown(level.low)} ~ {shown(level.high)})"


def _table(
    name: str,
    title: Text,
    heads: Sequence[tuple[str, str]],
    rows: Sequence[tuple[Cell, ...]],
    language: Language,
) -> Table:
    columns = tuple(zh if language == "zh" else en for zh, en in heads)
    return Table(name, title, columns, tuple(rows))


def _next(report: CentreReport, language: Language) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            n, one.what.of(language), one.owner.of(language),
            None if one.due is None else one.due.isoformat(), one.why.of(language),
        )
        for n, one in enumerate(report.next_actions, start=1)
    ]  # fmt: skip
    heads = (("", ""), ("做什么", "what"), ("谁", "who"), ("到期", "due"), ("依据", "why"))
    return _table("next", Text(zh="下一步", en="Next actions"), heads, rows, language)


def _figures(report: CentreReport, language: Language) -> Table:
    coverage = "-" if report.coverage is None else f"{report.coverage:.0%}"
    decided = report.kept_promises + report.broken_promises
    others = dict(report.benchmarks)
    lines: list[tuple[Text, str, str | None]] = [
        (
            Text(zh="通话量（上期）", en="calls (before)"),
            f"{report.calls} ({report.calls_before})",
            None,
        ),
        (Text(zh="已评分", en="graded"), str(report.graded), None),
        (Text(zh="分值判定覆盖率", en="points decided"), coverage, None),
        (METRICS["score"], level_text(report.score), others.get("score")),
        (Text(zh="质检均分，上期", en="mean score before"), level_text(report.score_before), None),
        (
            Text(
                zh=f"合格率（{report.passed.calls} 通已有定论）",
                en=f"pass rate ({report.passed.calls} calls are decided)",
            ),
            level_text(report.passed),
            others.get("pass_share"),
        ),
        (Text(zh="一票否决待确认", en="fatal to be confirmed"), str(report.fatal_pending), None),
        (
            Text(zh="失败 / 不可评分（当前）", en="failed / not gradable (now)"),
            f"{report.failed} / {report.ungradable}",
            None,
        ),
        (
            Text(zh="投诉通话", en="calls with a complaint"),
            _share(report.radar.complaints, report.calls),
            others.get("complaint_share"),
        ),
        (
            Text(zh="承诺：未了结 / 逾期", en="promises: open / overdue"),
            f"{report.open_promises} / {report.overdue_promises}" + _unknown(report, language),
            None,
        ),
        (
            METRICS["promise_kept_share"],
            _share(report.kept_promises, decided),
            others.get("promise_kept_share"),
        ),
        (
            Text(zh="申诉：未决 / 超时；本期改判 / 裁定",
                 en="appeals: open / late; overturned / decided in the period"),
            f"{report.appeals_open} / {report.appeals_late}; "
            f"{report.appeals_overturned} / {report.appeals_decided}",
            None,
        ),
        (
            Text(zh="辅导计划：进行 / 待签 / 行动逾期 / 复查到期",
                 en="plans: open / unsigned / actions overdue / re-checks due"),
            f"{report.plans_open} / {report.plans_unsigned} / {report.plan_actions_overdue} / "
            f"{report.rechecks_due}",
            None,
        ),
    ]  # fmt: skip
    lines += [
        (METRICS[level.metric], level_text(level), others.get(level.metric))
        for level in report.outcomes
        if level.metric in METRICS
    ]
    rows = [(label.of(language), value, other) for label, value, other in lines]
    heads = (("指标", "figure"), ("本期", "this period"), ("标杆", "benchmark"))
    return _table("figures", Text(zh="总览", en="Overview"), heads, rows, language)


def _unknown(report: CentreReport, language: Language) -> str:
    many = report.unknown_promises
    words = Text(zh=f"（另有 {many} 处不知谁说的）", en=f" (and {many} by nobody knows whom)")
    return words.of(language) if many else ""


def _share(part: int, whole: int) -> str:
    return "-" if not whole else f"{part} / {whole} ({part / whole:.1%})"


def _teams(report: CentreReport, language: Language) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            one.team, one.calls, level_text(one.score), f"{one.complaint_share:.1%}",
            one.open_promises, one.overdue_promises,
        )
        for one in report.teams
    ]  # fmt: skip
    heads = (
        ("班组", "team"), ("通话", "calls"), ("均分（95% 区间）", "mean score (95 %)"),
        ("投诉率", "complaints"), ("未了结承诺", "open promises"), ("逾期承诺", "overdue"),
    )  # fmt: skip
    return _table("teams", Text(zh="班组", en="Teams"), heads, rows, language)


def _moves(report: CentreReport, language: Language) -> Table:
    def row(one: ItemMove, word: Text) -> tuple[Cell, ...]:
        return (
            one.item, one.title.of(language), word.of(language), f"{one.before:.1%}",
            f"{one.now:.1%}", f"{one.low:+.1%} ~ {one.high:+.1%}",
        )  # fmt: skip

    rows = [row(one, Text(zh="下降", en="fell")) for one in report.fell]
    rows += [row(one, Text(zh="上升", en="rose")) for one in report.rose]
    heads = (
        ("评分项", "item"), ("名称", "title"), ("变化", "change"), ("上期", "before"),
        ("本期", "now"), ("95% 区间", "95 % interval"),
    )  # fmt: skip
    title = Text(zh="有把握的变化", en="Items that surely moved")
    return _table("items", title, heads, rows, language)


def _complaints(report: CentreReport, language: Language) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in report.radar.lines:
        change = one.change
        usual = "-" if change.low is None else f"{change.low}-{change.high}"
        first = one.examples[0] if one.examples else None
        said = None if first is None else f"“{first.quote}” {first.call_id} {first.start_s:.0f}s"
        rows.append(
            (
                one.title.of(language), MOVEMENT[change.movement][0 if language == "zh" else 1],
                change.complaints, usual, one.repeats, one.department.of(language), said,
            )
        )  # fmt: skip
    heads = (
        ("主题", "topic"), ("变化", "movement"), ("投诉", "complaints"), ("平常", "usual"),
        ("重复来电", "repeats"), ("部门", "department"), ("例子", "example"),
    )  # fmt: skip
    return _table("complaints", Text(zh="投诉雷达", en="Complaints"), heads, rows, language)


def _promises(report: CentreReport, language: Language) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            one.id, f"{one.csr_id or '-'} {one.team or ''}".strip(), customer_of(one),
            one.deadline, f"{one.quote} ({one.call_id} {one.start_s:.0f}s)", one.chased,
        )
        for one in report.promises
    ]  # fmt: skip
    heads = (
        ("编号", "no."), ("座席", "CSR"), ("客户", "customer"), ("时限", "deadline"),
        ("原话", "words"), ("又来电", "again"),
    )  # fmt: skip
    title = Text(zh="逾期最久的承诺", en="Promises overdue longest")
    return _table("promises", title, heads, rows, language)


def _improvements(report: CentreReport, language: Language) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            one.action.id, one.action.what, one.action.owner, one.action.from_day.isoformat(),
            one.why.of(language),
        )
        for one in report.improvements
    ]  # fmt: skip
    heads = (
        ("编号", "id"), ("措施", "action"), ("负责人", "owner"), ("生效", "from"),
        ("效果", "effect"),
    )  # fmt: skip
    title = Text(zh="改进措施与效果", en="Improvement actions")
    return _table("improvements", title, heads, rows, language)


def _targets(report: CentreReport, language: Language) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            one.target.id, one.target.whom,
            METRICS.get(one.target.metric, Text(zh=one.target.metric, en=one.target.metric)).of(
                language
            ),
            level_text(Level(metric=one.target.metric, calls=0, value=one.target.value, low=None,
                             high=None)),
            level_text(one.level), STANDINGS[one.standing].of(language),
        )
        for one in report.targets
    ]  # fmt: skip
    heads = (
        ("编号", "id"), ("对象", "whom"), ("指标", "metric"), ("目标", "target"),
        ("现在（95% 区间）", "now (95 %)"), ("结论", "result"),
    )  # fmt: skip
    return _table("targets", Text(zh="目标", en="Targets"), heads, rows, language)
