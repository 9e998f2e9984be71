"""今日清单: what waits for a supervisor, overdue first."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from qa.domain.centre_report import DayItem, Kind
from qa.domain.plans import RECHECK_DAYS, CoachingPlan
from qa.domain.text import Text
from qa.flow.gathered import Gathered, day_of
from qa.flow.radar import improvements
from qa.flow.targets import targets
from qa.store.centre_views import PromiseFilter
from qa.store.store import Store

MOST_PROMISES = 200  # of one list; guess
OVER = ("closed", "cancelled")


def day_list(site: Gathered, *, now: datetime, team: str | None = None) -> tuple[DayItem, ...]:
    """Everything that waits, the longest overdue first; a team's only where one is named."""
    today = site.today(now)
    found = [
        *_promises(site, now, today, team),
        *_fatal(site, today, team),
        *(item for plan in _plans(site.store, team) for item in plan_items(plan, today)),
        *_troubles(site.store),
    ]
    if team is None:
        found += [*_improvements(site, today), *_targets(site)]
    order: tuple[Kind, ...] = (
        "fatal", "promise", "recheck", "signature", "plan_action", "improvement", "target",
        "failed", "ungradable",
    )  # fmt: skip
    return tuple(sorted(found, key=lambda x: (-max(x.late_days, 0), order.index(x.kind), x.who)))


def plan_items(plan: CoachingPlan, today: date) -> Iterable[DayItem]:
    """What one coaching plan asks of its owner by today."""
    if plan.status in OVER:
        return
    signed = {one.role for one in plan.signatures}
    if len(signed) < 2:
        missing = " / ".join(sorted({"csr", "supervisor"} - signed))
        yield DayItem(
            kind="signature",
            what=Text(
                zh=f"辅导计划 {plan.id}（座席 {plan.csr_id}）还缺签字：{missing}",
                en=f"Plan {plan.id} of CSR {plan.csr_id} lacks a signature: {missing}",
            ),
            who=plan.owner,
            due=plan.made_on,
            late_days=(today - plan.made_on).days,
            do=f"qa plan sign {plan.id} --by ...",
        )
    for action in plan.actions:
        if action.done_on is None and action.due <= today:
            yield DayItem(
                kind="plan_action",
                what=Text(
                    zh=f"计划 {plan.id}：{action.what.zh}（座席 {plan.csr_id}）",
                    en=f"Plan {plan.id}: {action.what.en} (CSR {plan.csr_id})",
                ),
                who=action.owner,
                due=action.due,
                late_days=(today - action.due).days,
                do=f"qa plan show {plan.id}",
            )
    if plan.trained_on is not None and plan.status != "proposed":
        measured = {one.day for one in plan.rechecks if one.standing != "not_due"}
        waiting = [day for day in RECHECK_DAYS if day not in measured]
        for day in waiting:
            due = plan.trained_on + timedelta(days=day)
            if due <= today:
                yield DayItem(
                    kind="recheck",
                    what=Text(
                        zh=f"计划 {plan.id}（座席 {plan.csr_id}）第 {day} 天复查到期",
                        en=f"Plan {plan.id} of CSR {plan.csr_id}: re-check of day {day} is due",
                    ),
                    who=plan.owner,
                    due=due,
                    late_days=(today - due).days,
                    do="qa plan recheck",
                )


def _promises(site: Gathered, now: datetime, today: date, team: str | None) -> Iterable[DayItem]:
    wanted = PromiseFilter(team=team, overdue=True, to=now)
    for one in site.store.centre.promises(wanted, now=now, limit=MOST_PROMISES):
        assert one.due_at is not None, "only what has a due time is overdue"
        due = one.due_at.astimezone(site.zone).date()
        again = (f"，客户又来电 {one.chased} 次", f"; customer called again {one.chased}x")
        yield DayItem(
            kind="promise",
            what=Text(
                zh=f"承诺 {one.id} 逾期：“{one.quote}”" + again[0] * bool(one.chased),
                en=f"Promise {one.id} overdue: “{one.quote}”" + again[1] * bool(one.chased),
            ),
            who=one.csr_id or one.team or "-",
            due=due,
            late_days=max((today - due).days, 1),
            do=f"qa promises close {one.id} --how ... --by ...",
        )


def _fatal(site: Gathered, today: date, team: str | None) -> Iterable[DayItem]:
    for one in site.store.centre.fatal_pending(team):
        day = None if one.day is None else day_of(one.day)
        if day is not None and day > today:
            continue
        yield DayItem(
            kind="fatal",
            what=Text(
                zh=f"通话 {one.call_id}（座席 {one.csr_id or '-'}）有一票否决项待确认",
                en=f"Call {one.call_id} of CSR {one.csr_id or '-'} has a fatal item to confirm",
            ),
            who=one.team or one.csr_id or "-",
            due=day,
            late_days=0 if day is None else (today - day).days,
            do=f"qa show {one.call_id}",
        )


def _plans(store: Store, team: str | None) -> Iterable[CoachingPlan]:
    return (one for one in store.plans() if team is None or one.team == team)


def _troubles(store: Store) -> Iterable[DayItem]:
    failed, closed = store.centre.trouble_counts()
    kinds: tuple[tuple[Kind, int, str, str, str], ...] = (
        ("failed", failed, "通通话处理失败", "calls failed", "qa run"),
        ("ungradable", closed, "通通话不可评分", "calls cannot be graded", "qa show"),
    )
    for kind, count, zh, en, do in kinds:
        if count:
            yield DayItem(
                kind=kind, what=Text(zh=f"{count} {zh}", en=f"{count} {en}"), who="-", do=do
            )


def _improvements(site: Gathered, today: date) -> Iterable[DayItem]:
    for one in improvements(site):
        if one.status == "open" and one.due is not None and one.due <= today:
            title = site.title_of(one.topic)
            yield DayItem(
                kind="improvement",
                what=Text(
                    zh=f"改进措施 {one.id}（{title.zh}）到期：{one.what}",
                    en=f"Improvement {one.id} ({title.en}) is due: {one.what}",
                ),
                who=one.owner,
                due=one.due,
                late_days=(today - one.due).days,
                do=f"qa complaints done {one.id} --by ...",
            )


def _targets(site: Gathered) -> Iterable[DayItem]:
    for one in targets(site):
        if one.status == "proposed":
            yield DayItem(
                kind="target",
                what=Text(
                    zh=f"目标 {one.id}（{one.whom} {one.metric}）还没有双方确认",
                    en=f"Target {one.id} ({one.whom} {one.metric}) is not acknowledged by both",
                ),
                who=one.whom,
                due=one.from_day,
                do=f"qa target ack {one.id} --role ... --by ...",
            )
