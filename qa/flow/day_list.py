"""今日清单: what waits for a supervisor, overdue first."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from qa.domain.centre_report import DayItem, Kind
from qa.domain.packs import Packs
from qa.domain.plans import RECHECK_DAYS, ROLES, CoachingPlan
from qa.domain.text import Text
from qa.flow.appeals import open_appeals
from qa.flow.development import waiting
from qa.flow.gathered import Gathered, day_of
from qa.flow.gone_courses import Instead, gone_courses, gone_note
from qa.flow.radar import improvements
from qa.flow.targets import targets
from qa.store.centre_views import PromiseFilter
from qa.store.records import CallFilter
from qa.store.store import Store
from transcribe.errors import CodedError, CodedErrors

MOST_PROMISES = 200  # of one list; guess
OVER = ("closed", "cancelled")


def day_list(site: Gathered, *, now: datetime, team: str | None = None) -> tuple[DayItem, ...]:
    """Everything that waits, the longest overdue first; a team's only where one is named."""
    today = site.today(now)
    found = [
        *_promises(site, now, today, team),
        *_fatal(site, today, team),
        *_appeals(site, now, today, team),
        *_questions(site, now, today, team),
        *_plan_items(site, today, team),
        *_troubles(site.store),
    ]
    if team is None:
        found += [*_improvements(site, today), *_targets(site)]
    order: tuple[Kind, ...] = (
        "fatal", "appeal", "question", "promise", "recheck", "signature", "plan_action",
        "improvement", "target", "failed", "ungradable",
    )  # fmt: skip
    return tuple(sorted(found, key=lambda x: (-max(x.late_days, 0), order.index(x.kind), x.who)))


def plan_items(plan: CoachingPlan, today: date, gone: Instead | None = None) -> Iterable[DayItem]:
    """What one coaching plan asks of its owner by today.

    gone: planned courses that the catalogue no longer has; these are told before they are due.
    """
    if plan.status in OVER:
        return
    signed = {one.role for one in plan.signatures}
    if len(signed) < 2:
        waits = [ROLES[role] for role in ROLES if role not in signed]
        zh, en = "、".join(one.zh for one in waits), ", ".join(one.en for one in waits)
        yield DayItem(
            kind="signature",
            what=Text(
                zh=f"辅导计划 {plan.id}（座席 {plan.csr_id}）还缺签字：{zh}",
                en=f"Plan {plan.id} of CSR {plan.csr_id} lacks a signature: {en}",
            ),
            who=plan.owner,
            due=plan.made_on,
            late_days=(today - plan.made_on).days,
            do=f"qa plan sign {plan.id} --by ...",
        )
    for action in plan.actions:
        note = gone_note(action, gone or {})
        if action.done_on is None and (action.due <= today or note is not None):
            more = ("", "") if note is None else (f"。{note.zh}", f"; {note.en}")
            yield DayItem(
                kind="plan_action",
                what=Text(
                    zh=f"计划 {plan.id}：{action.what.zh}（座席 {plan.csr_id}）{more[0]}",
                    en=f"Plan {plan.id}: {action.what.en} (CSR {plan.csr_id}){more[1]}",
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
    items = site.store.centre.fatal_items(team)
    for one in site.store.centre.fatal_pending(team):
        day = None if one.day is None else day_of(one.day)
        if day is not None and day > today:
            continue
        named = ", ".join(items.get(one.call_id, ())) or "-"
        yield DayItem(
            kind="fatal",
            what=Text(
                zh=f"通话 {one.call_id}（座席 {one.csr_id or '-'}）的一票否决项 {named} 待确认",
                en=f"Call {one.call_id} of CSR {one.csr_id or '-'}: fatal item {named} to confirm",
            ),
            who=one.team or one.csr_id or "-",
            due=day,
            late_days=0 if day is None else (today - day).days,
            do=f"qa show {one.call_id}; qa answer {one.call_id} {named} ...",
        )


def _appeals(site: Gathered, now: datetime, today: date, team: str | None) -> Iterable[DayItem]:
    for one in open_appeals(site.store):
        if team is not None and one.team != team:
            continue
        clock = _clock(now, one.at, one.due_at)
        yield DayItem(
            kind="appeal",
            what=Text(
                zh=f"座席 {one.csr_id or '-'} 的通话 {one.call_id}：{one.by} 对 {one.item} 申诉"
                f"（{one.reason}），{clock.zh}",
                en=f"Call {one.call_id} of CSR {one.csr_id or '-'}: {one.by} contests {one.item} "
                f"({one.reason}); {clock.en}",
            ),
            who=one.team or one.csr_id or "-",
            due=site.today(one.due_at),
            late_days=_late_days(now, one.due_at, site.today(one.due_at), today),
            do=f"qa appeal overturn|uphold {one.call_id} {one.item} ...",
        )


def _questions(site: Gathered, now: datetime, today: date, team: str | None) -> Iterable[DayItem]:
    hours = site.opened.required.settings.answer_hours
    for one in waiting(site.store, answer_hours=hours, now=now):
        asked = one.question
        if team is not None and team not in _teams_of(site.store, asked.csr_id):
            continue
        due_at = asked.asked_at + timedelta(hours=hours)
        clock = _clock(now, asked.asked_at, due_at)
        yield DayItem(
            kind="question",
            what=Text(
                zh=f"座席 {asked.csr_id} 提问 {asked.id}：“{asked.text}”，{clock.zh}",
                en=f"CSR {asked.csr_id} asks ({asked.id}): “{asked.text}”; {clock.en}",
            ),
            who=asked.owner or asked.csr_id,
            due=site.today(due_at),
            late_days=_late_days(now, due_at, site.today(due_at), today),
            do=f"qa ask answer {asked.id} --by ... --text ...",
        )


def _clock(now: datetime, since: datetime, due_at: datetime) -> Text:
    """How long something has waited, and how long it may or is over its time."""
    waits = (now - since) / timedelta(hours=1)
    left = (due_at - now) / timedelta(hours=1)
    if left < 0:
        return Text(zh=f"已等 {waits:.0f} 小时，超时", en=f"waits {waits:.0f} h, over its time")
    return Text(
        zh=f"已等 {waits:.0f} 小时，还剩 {left:.0f} 小时",
        en=f"waits {waits:.0f} h, {left:.0f} h left",
    )


def _late_days(now: datetime, due_at: datetime, due: date, today: date) -> int:
    """Days past; an hour over its time counts as one."""
    return max((today - due).days, 1) if now > due_at else (today - due).days


def _teams_of(store: Store, csr_id: str) -> frozenset[str | None]:
    return frozenset(call.team for call in store.calls(CallFilter(csr_id=csr_id)))


def _plan_items(site: Gathered, today: date, team: str | None) -> Iterable[DayItem]:
    plans = [one for one in site.store.plans() if team is None or one.team == team]
    open_ones = [one for one in plans if one.status not in OVER]
    packs = (
        _packs(site) if any(action.course_id for p in open_ones for action in p.actions) else None
    )
    for plan in open_ones:
        yield from plan_items(plan, today, gone_courses(plan, packs) if packs else None)


def _packs(site: Gathered) -> Packs | None:
    """The packs for their catalogue; a fault in some rule must not cost the list of the day."""
    try:
        return site.opened.packs_to_read()
    except (CodedError, CodedErrors):
        return None


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
