"""日报、周报、月报: what a manager needs of a period, with what is to be done next."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from qa.centre.relations import level_of
from qa.domain.centre_report import CentreReport, ItemMove, NextAction, Period, TeamLine
from qa.domain.outcomes import METRICS, PERCENT
from qa.domain.text import Text, plural
from qa.flow.appeals import appeals
from qa.flow.day_list import OVER, plan_items
from qa.flow.gathered import Gathered, number_of, start_of
from qa.flow.item_moves import item_moves
from qa.flow.radar import effect_of, improvements, radar_of
from qa.flow.targets import attainment, targets, values_of
from qa.store.centre_views import Benchmark, CallMarks, PromiseCount, PromiseFilter

MOST_MOVES = 5
MOST_PROMISES = 10
QA_LEAD = Text(zh="质检主管", en="QA supervisor")
TRAINER = Text(zh="培训师", en="trainer")


def days_of(period: Period, day: date) -> tuple[date, date]:
    """The first and last day of the day's day, week (Monday to Sunday) or calendar month."""
    if period == "day":
        return day, day
    if period == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def report_of(
    site: Gathered, period: Period, day: date, *, titles: Callable[[], dict[str, Text]]
) -> CentreReport:
    """The report of the period that `day` lies in. titles: gives those of items,
    asked only where some moved. Raises QA887."""
    first, last = days_of(period, day)
    size = (last - first).days + 1
    radar = radar_of(site, to_day=last, days=size)
    store = site.store.centre
    calls = store.call_marks(number_of(first), number_of(last))
    earlier = store.call_marks(number_of(first) - size, number_of(first) - 1)
    now = start_of(last + timedelta(days=1), site.zone)
    counts = store.promise_counts(PromiseFilter(to=now), by="team", now=now)
    moves = _titled(item_moves(calls, earlier), titles)
    failed, closed = store.trouble_counts()
    graded = [one for one in calls if one.score is not None]
    rows = store.outcome_marks(number_of(first), number_of(last))
    kinds = sorted({one.kind for one in rows})
    plans = [one for one in site.store.plans() if one.status not in OVER and one.made_on <= last]
    due = [item for plan in plans for item in plan_items(plan, last)]
    contested = _contested(site, first, last, now)
    found = CentreReport(
        period=period,
        from_day=first,
        to_day=last,
        calls=len(calls),
        calls_before=len(earlier),
        graded=len(graded),
        failed=failed,
        ungradable=closed,
        coverage=_mean([one.coverage for one in graded if one.coverage is not None]),
        score=level_of("score", *values_of("score", calls)),
        score_before=level_of("score", *values_of("score", earlier)),
        passed=level_of("pass_share", *values_of("pass_share", calls)),
        fatal_pending=sum(one.fatal_pending for one in calls),
        teams=_teams(calls, counts),
        fell=tuple(one for one in moves if one.now < one.before)[:MOST_MOVES],
        rose=tuple(one for one in moves if one.now > one.before)[:MOST_MOVES],
        radar=radar,
        open_promises=sum(one.open for one in counts),
        overdue_promises=sum(one.overdue for one in counts),
        kept_promises=sum(one.kept for one in counts),
        broken_promises=sum(one.broken for one in counts),
        promises=store.promises(PromiseFilter(overdue=True, to=now), now=now, limit=MOST_PROMISES),
        outcomes=tuple(
            level_of(
                kind,
                [one.value for one in rows if one.kind == kind],
                [one.csr_id for one in rows if one.kind == kind],
            )
            for kind in kinds
        ),
        benchmarks=tuple((one.metric, _figure(one)) for one in store.benchmarks()),
        targets=tuple(
            attainment(site, one, today=last)
            for one in targets(site)
            if one.status != "ended" and one.from_day <= last and one.to_day >= first
        ),
        improvements=tuple(
            effect_of(site, one, to_day=last)
            for one in improvements(site)
            if one.status != "dropped" and one.from_day <= last
        ),
        **contested,
        unknown_promises=store.unknown_promises(
            PromiseFilter(from_=start_of(first, site.zone), to=now)
        ).promises,
        plans_open=len(plans),
        plans_unsigned=sum(one.kind == "signature" for one in due),
        plan_actions_overdue=sum(one.kind == "plan_action" and one.late_days > 0 for one in due),
        rechecks_due=sum(one.kind == "recheck" for one in due),
        next_actions=(),
    )
    return found.model_copy(update={"next_actions": tuple(_next(found, counts, site))})


def _contested(site: Gathered, first: date, last: date, now: datetime) -> dict[str, int]:
    """Appeals open and late at the period's end, decided and overturned within it."""
    every = [one for one in appeals(site.store) if one.at < now]
    waiting = [one for one in every if one.decided_at is None or one.decided_at >= now]
    decided = [
        one
        for one in every
        if one.decided_at is not None
        and one.status != "withdrawn"
        and first <= site.today(one.decided_at) <= last
    ]
    return {
        "appeals_open": len(waiting),
        "appeals_late": sum(one.due_at < now for one in waiting),
        "appeals_decided": len(decided),
        "appeals_overturned": sum(one.status == "overturned" for one in decided),
    }


def _titled(moves: list[ItemMove], titles: Callable[[], dict[str, Text]]) -> list[ItemMove]:
    named = titles() if moves else {}
    return [one.model_copy(update={"title": named.get(one.item, one.title)}) for one in moves]


def _teams(calls: Sequence[CallMarks], counts: Iterable[PromiseCount]) -> tuple[TeamLine, ...]:
    by_team: dict[str, list[CallMarks]] = {}
    for one in calls:
        by_team.setdefault(one.team or "-", []).append(one)
    promised = {one.name or "-": one for one in counts}
    lines = []
    for team, own in sorted(by_team.items()):
        count = promised.get(team)
        lines.append(
            TeamLine(
                team=team,
                calls=len(own),
                score=level_of("score", *values_of("score", own)),
                complaint_share=sum(one.complaint for one in own) / len(own),
                open_promises=count.open if count else 0,
                overdue_promises=count.overdue if count else 0,
            )
        )
    return tuple(lines)


def _next(report: CentreReport, counts: Iterable[PromiseCount], site: Gathered) -> list[NextAction]:
    """What the figures ask for, with an owner each; the most pressing first."""
    soon = report.to_day + timedelta(days=1)
    found = [_action(one) for one in _at_once(report, counts, soon)]
    found += [_action(one) for one in _causes(report, site)]
    found += [_action(one) for one in _people(report, soon)]
    return found


Asked = tuple[Text, Text, Text, date | None]


def _action(asked: Asked) -> NextAction:
    what, owner, why, due = asked
    return NextAction(what=what, owner=owner, why=why, due=due)


def _at_once(report: CentreReport, counts: Iterable[PromiseCount], soon: date) -> Iterable[Asked]:
    """Fatal items, failed calls, promises."""
    if n := report.fatal_pending:
        what = Text(
            zh=f"确认 {n} 通的一票否决项", en=f"Confirm the fatal items of {plural(n, 'call')}"
        )
        why = Text(zh="未确认前不计零分", en="until confirmed they zero nothing")
        yield what, QA_LEAD, why, soon
    if n := report.appeals_late:
        what = Text(
            zh=f"裁定 {n} 件超时的申诉（qa appeal）",
            en=f"Decide {plural(n, 'appeal')} that waited too long (qa appeal)",
        )
        why = Text(zh=f"共 {report.appeals_open} 件未决", en=f"{report.appeals_open} are open")
        yield what, QA_LEAD, why, soon
    for one in counts:
        if n := one.overdue:
            name = one.name or "-"
            what = Text(
                zh=f"跟进 {n} 条逾期承诺", en=f"Follow up {n} overdue promise" + "s" * (n > 1)
            )
            lead = Text(zh=f"{name} 班组长", en=f"lead of {name}")
            why = Text(
                zh=f"该组共 {one.open} 条未了结",
                en=f"{plural(one.open, 'promise')} open in the team",
            )
            yield what, lead, why, soon
    if n := report.failed:
        what = Text(
            zh=f"重跑 {n} 通失败的通话：qa run",
            en=f"Run {n} failed {'call' if n == 1 else 'calls'} again: qa run",
        )
        yield what, QA_LEAD, Text(zh="没有评分", en="they have no marks"), soon


def _causes(report: CentreReport, site: Gathered) -> Iterable[Asked]:
    """Topics that rise, actions that are late, items that fell."""
    acting = {one.action.topic for one in report.improvements if one.action.status == "open"}
    for line in report.radar.lines:
        change = line.change
        if change.movement == "rising" and line.topic not in acting:
            what = Text(
                zh=f"查明“{line.title.zh}”投诉为何上升，定措施（qa complaints act {line.topic}）",
                en=f"Find out why complaints about {line.title.en} rise; enter an action "
                f"(qa complaints act {line.topic})",
            )
            why = Text(
                zh=f"{change.complaints} 次，平常 {change.low}-{change.high} 次",
                en=f"{change.complaints}; usual are {change.low}-{change.high}",
            )
            yield what, line.department, why, report.to_day + timedelta(days=3)
    for effect in report.improvements:
        action = effect.action
        if action.status == "open" and action.due is not None and action.due <= report.to_day:
            title = site.title_of(action.topic)
            what = Text(
                zh=f"完成“{title.zh}”的措施：{action.what}",
                en=f"Finish the action on {title.en}: {action.what}",
            )
            yield what, Text(zh=action.owner, en=action.owner), effect.why, action.due
    for move in report.fell:
        what = Text(
            zh=f"看“{move.title.zh}”为何下降：共因还是个人（qa coach）",
            en=f"See why “{move.title.en}” fell: shared cause or single people (qa coach)",
        )
        why = Text(
            zh=f"达标率 {move.before:.0%} → {move.now:.0%}",
            en=f"met {move.before:.0%} → {move.now:.0%}",
        )
        yield what, TRAINER, why, report.to_day + timedelta(days=7)


def _people(report: CentreReport, soon: date) -> Iterable[Asked]:
    """Plans that wait and targets that are not reached."""
    counts = (report.plans_unsigned, report.plan_actions_overdue, report.rechecks_due)
    if sum(counts):
        what = Text(
            zh="处理到期的辅导计划（qa today）", en="See to the coaching plans that wait (qa today)"
        )
        why = Text(
            zh=f"待签 {counts[0]}，行动逾期 {counts[1]}，复查到期 {counts[2]}",
            en=f"{counts[0]} to sign, {plural(counts[1], 'action')} overdue, "
            f"{plural(counts[2], 're-check')} due",
        )
        yield what, Text(zh="班组长", en="team leads"), why, soon
    for stand in report.targets:
        target, value = stand.target, stand.level.value
        if stand.standing != "not_reached" or value is None:
            continue
        metric = METRICS.get(target.metric, Text(zh=target.metric, en=target.metric))
        what = Text(
            zh=f"与 {target.whom} 谈目标“{metric.zh}”",
            en=f"Talk with {target.whom} on the target for {metric.en}",
        )
        why = Text(
            zh=f"现在 {value:.4g}，目标 {target.value:.4g}",
            en=f"now {value:.4g}, target {target.value:.4g}",
        )
        yield what, Text(zh=target.set_by, en=target.set_by), why, target.to_day


def _figure(one: Benchmark) -> str:
    value = f"{one.value:.1%}" if one.metric in PERCENT else f"{one.value:g}"
    return f"{value} ({one.source}, {one.period})"


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
