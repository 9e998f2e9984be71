"""`qa appeal`: a mark contested, decided by somebody else, kept with who and when."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import err, out, print_line, stop
from qa.domain.appeals import Appeal
from qa.domain.plans import ROLES
from qa.flow.appeals import (
    appeal_counts,
    appeals,
    decide_appeal,
    open_appeals,
    raise_appeal,
    withdraw_appeal,
)
from qa.flow.opened import Opened, open_site
from transcribe.errors import CodedError, CodedErrors

VERDICTS = {
    "met": ("达标", "met"),
    "not_met": ("未达标", "not met"),
    "not_applicable": ("不适用", "not applicable"),
    "undecided": ("待人工", "undecided"),
}
STATUS = {
    "open": ("待裁定", "open"),
    "overturned": ("改判", "overturned"),
    "upheld": ("维持原判", "upheld"),
    "withdrawn": ("已撤回", "withdrawn"),
}
Action = Literal["list", "all", "raise", "overturn", "uphold", "withdraw"]


def appeal(
    action: Annotated[
        Action,
        typer.Argument(
            help=say(
                "list 未决；all 全部；raise 申诉；overturn 改判；uphold 维持；withdraw 撤回",
                "list: open ones; all; raise; overturn or uphold the mark; withdraw",
            )
        ),
    ] = "list",
    call: Annotated[str, typer.Argument(help=say("通话编号", "call id"))] = "",
    item: Annotated[str, typer.Argument(help=say("评分项，如 HOLD-2", "item, e.g. HOLD-2"))] = "",
    by: Annotated[str, typer.Option("--by", help=say("谁在操作", "who does this"))] = "",
    reason: Annotated[str, typer.Option("--reason", help=say("理由", "why"))] = "",
    role: Annotated[
        Literal["csr", "supervisor"], typer.Option(help=say("申诉人的身份", "who appeals"))
    ] = "csr",
    wants: Annotated[
        Literal["met", "not_met", "not_applicable"],
        typer.Option(help=say("要求改成的判定", "the verdict asked for")),
    ] = "met",
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    now = datetime.now(UTC)
    try:
        opened = open_site(site or None)
        store, settings = opened.store, opened.required.settings
        if action in ("list", "all"):
            found = open_appeals(store) if action == "list" else appeals(store)
            _print(opened, found, now, every=action == "all", as_json=as_json)
            return
        who, why = by.strip(), reason.strip()
        if not (call and item and who and why):
            example = f"qa appeal {action} zh-01 HOLD-2 --by 2107 --reason 客户要求先不要挂"
            raise CodedError("QA861", place=action, action=action,
                             wanted="CALL ITEM --by --reason", example=example)  # fmt: skip
        if action == "raise":
            made = raise_appeal(
                store, call, item, wanted=wants, role=role, by=who, reason=why,
                days=settings.appeal_days, answer_hours=settings.appeal_answer_hours, now=now,
            )  # fmt: skip
        elif action == "withdraw":
            made = withdraw_appeal(store, call, item, by=who, reason=why, now=now)
        else:
            decision: Literal["overturned", "upheld"] = (
                "overturned" if action == "overturn" else "upheld"
            )
            made = decide_appeal(
                store, opened.packs(), call, item, decision, by=who, reason=why, now=now
            )
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        print_line(made)
    else:
        _tell(opened, made)


def _tell(opened: Opened, made: Appeal) -> None:
    """What was just done, and the score where it may have changed."""
    zone = opened.required.settings.zone
    if made.status == "open":
        due = f"{made.due_at.astimezone(zone):%Y-%m-%d %H:%M}"
        err.print(say(f"已申诉，{due} 前裁定。", f"Appealed; to be decided by {due}."))
        return
    state = say(*STATUS[made.status])
    err.print(escape(f"{made.call_id} {made.item}: {state}"))
    if made.status == "withdrawn":
        return
    record = opened.store.latest_evaluation(made.call_id, scorecard=made.scorecard)
    if record is not None:
        low, high = record.evaluation.range
        score = "-" if record.evaluation.score is None else f"{float(record.evaluation.score):g}"
        err.print(
            say(
                f"现在得分 {score}（{low:.0f}–{high:.0f}），第 {record.n} 版。",
                f"The score is {score} now ({low:.0f}-{high:.0f}), revision {record.n}.",
            )
        )
        if any(one.ref_id == made.item for one in record.evaluation.fatal):
            err.print(
                say(f"{made.item} 的一票否决已确认。", f"The fatal item {made.item} is confirmed."),
                style="yellow",
            )


def _print(
    opened: Opened, found: Sequence[Appeal], now: datetime, *, every: bool, as_json: bool
) -> None:
    if as_json:
        for one in found:
            print_line(one)
        return
    if not found:
        out.print(
            say("没有申诉。", "There are no appeals.")
            if every
            else say("没有未决的申诉。", "No appeal is open.")
        )
        return
    print_appeals(found, now)
    if every:
        _print_counts(found)


def print_appeals(found: Sequence[Appeal], now: datetime) -> None:
    """One row an appeal: what is contested and why, and the clock or the outcome."""
    table = Table(title=say("申诉", "Appeals"), title_justify="left")
    table.add_column(say("通话与项", "call and item"), overflow="fold")
    table.add_column(say("申诉人", "by"), overflow="fold")
    table.add_column(say("原判 → 要求", "marked → wanted"), overflow="fold")
    table.add_column(say("理由", "why"), ratio=1, overflow="fold")
    table.add_column(say("时限或结果", "clock or outcome"), ratio=1, overflow="fold")
    for one in found:
        second = say("（二次）", " (second)") * (one.level == 2)
        table.add_row(
            escape(f"{one.call_id}\n{one.item}{second}"),
            escape(f"{ROLES[one.role].of(LANGUAGE)} {one.by}"),
            f"{say(*VERDICTS[one.marked])} → {say(*VERDICTS[one.wanted])}",
            escape(one.reason),
            _clock(one, now),
        )
    out.print(table)


def _clock(one: Appeal, now: datetime) -> str:
    if one.status != "open":
        when = f"{one.decided_at:%Y-%m-%d}" if one.decided_at else ""
        why = f": {one.decision}" if one.decision else ""
        return escape(f"{say(*STATUS[one.status])} {one.decided_by} {when}{why}")
    hours = (one.due_at - now) / timedelta(hours=1)
    if hours < 0:
        return f"[red]{say(f'逾期 {-hours:.0f} 小时', f'{-hours:.0f} h late')}[/]"
    return say(f"还剩 {hours:.0f} 小时", f"{hours:.0f} h left")


def _print_counts(found: Sequence[Appeal]) -> None:
    """Items by how often their marks were overturned: where a rule should be looked at."""
    table = Table(title=say("按评分项", "By item"), title_justify="left")
    for zh, en in (("评分项", "item"), ("申诉", "appeals"), ("待裁定", "open"),
                   ("维持", "upheld"), ("改判", "overturned")):  # fmt: skip
        table.add_column(say(zh, en))
    for one in appeal_counts(found):
        table.add_row(
            one.item, str(one.raised), str(one.open), str(one.upheld), str(one.overturned)
        )
    out.print(table)
