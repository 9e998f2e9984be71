"""`qa plan`: propose, sign, print, re-check."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.cells import cell_len, chop_cells
from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.opening import centre_now
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import err, out, stop
from qa.coaching.plans import SPAN_CSRS, overdue, too_wide
from qa.domain.coaching import Window
from qa.domain.packs import Packs
from qa.domain.plans import RECHECK_DAYS, ROLES, CoachingPlan, PlanAction
from qa.flow.coaching import (
    is_open,
    plan_of,
    propose_plans,
    recheck_plans,
)
from qa.flow.gone_courses import gone_courses, gone_note
from qa.flow.lines import as_json as line_json
from qa.flow.no_plan import why_no_plan
from qa.flow.one_to_one import pack_of
from qa.flow.opened import Opened, open_site
from qa.flow.training import cancel_plan, sign_plan
from qa.reports.one_to_one import one_to_one_pdf
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun

MOST_CELLS = 26  # of an action in a table; the whole is in show (guess)
By = Annotated[str, typer.Option("--by", help=say("谁在操作", "who does this"))]
OnDay = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help=say("哪一天（默认今天）", "the day; today")),
]
STATUS = {
    "proposed": ("待签字", "to be signed"),
    "agreed": ("进行中", "agreed"),
    "closed": ("已达成", "reached"),
    "reopened": ("回落，重开", "slid back, reopened"),
    "cancelled": ("已取消", "cancelled"),
}
STANDING = {
    "not_due": ("未到期", "not due"),
    "cannot_tell": ("说不准", "cannot tell"),
    "on_target": ("达标", "on target"),
    "better": ("有进步", "better"),
    "slid_back": ("回落", "slid back"),
}


def plan(
    action: Annotated[
        Literal["list", "show", "propose", "sign", "recheck", "cancel", "print"],
        typer.Argument(help=say("做什么", "what to do")),
    ] = "list",
    name: Annotated[
        str, typer.Argument(help=say("计划编号；propose 时为工号", "plan id; for propose a CSR"))
    ] = "",
    by: By = "",
    role: Annotated[
        Literal["csr", "supervisor"], typer.Option(help=say("签字人", "who signs"))
    ] = "supervisor",
    why: Annotated[str, typer.Option(help=say("取消的原因", "why it is cancelled"))] = "",
    to: Annotated[str, typer.Option(help=say("PDF 文件", "the PDF file"))] = "",
    on: OnDay = None,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    now = moment(on)
    try:
        opened = open_site(site or None)
        packs = opened.packs_to_read()
        store = opened.store
        if action == "print":
            _print_pack(opened, packs, name, to)
            return
        if action in ("propose", "sign", "cancel") and not by:
            raise missing(action, "--by", f"qa plan {action} --by 张班长")
        if action in ("show", "sign", "cancel") and not name:
            raise missing(action, say("计划编号", "a plan id"), f"qa plan {action} P0001")
        if action == "propose":
            centre = centre_now(opened, packs)
            found = propose_plans(store, packs, centre, owner=by, now=now, csr_id=name)
            if not found:
                err.print(escape(why_no_plan(store, centre, name).of(LANGUAGE)))
                return
        elif action == "sign":
            found = (sign_plan(store, name, role, by=by, now=now),)
        elif action == "cancel":
            if not why:
                raise missing(action, "--why", "qa plan cancel P0001 --by 张班长 --why 已离职")
            found = (cancel_plan(store, name, by=by, why=why, now=now),)
        elif action == "recheck":
            found = recheck_plans(store, centre_now(opened, packs), now=now)
        else:
            found = (plan_of(store, name),) if name else store.plans()
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        print_lines(found)
    elif action == "show":
        print_plan(found[0], packs)
    else:
        print_plans(found, packs, now)


def _print_pack(opened: Opened, packs: Packs, csr: str, to: str) -> None:
    """The one-to-one pack of a CSR as PDF, in this run's language."""
    if not csr or not to:
        wanted = say("工号和 --to", "a CSR id and --to")
        raise missing("print", wanted, "qa plan print 1023 --to 1023.pdf")
    pack = pack_of(opened.store, packs, centre_now(opened, packs), csr, Window())
    made = one_to_one_pdf(pack, LANGUAGE)
    try:
        Path(to).write_bytes(made)
    except OSError as error:
        raise CodedError("QA521", place=to, why=str(error)) from error
    err.print(say(f"已写入 {to}", f"wrote {to}"))


def print_plans(plans: Iterable[CoachingPlan], packs: Packs, now: datetime) -> None:
    """The day's list: overdue first, then open ones by their next date."""
    plans = tuple(plans)
    if not plans:
        out.print(
            say(
                "还没有辅导计划。qa plan propose --by 谁 为确实薄弱的座席提出。",
                "No plans yet. qa plan propose --by WHO makes them for who is surely weak.",
            ),
            markup=False,
        )
        return
    table = Table(title=say("辅导计划", "Coaching plans"), title_justify="left")
    for zh, en in (
        ("计划", "plan"), ("座席", "CSR"), ("状态", "status"), ("能力项与目标", "skill and target"),
        ("下一步", "next"), ("复查", "re-checks"),
    ):  # fmt: skip
        table.add_column(say(zh, en), overflow="fold")
    today = now.date()
    ordered = sorted(plans, key=lambda p: (not is_open(p), not overdue(p, today), p.id))
    for one in ordered:
        late = overdue(one, today)
        waiting = [a for a in one.actions if a.done_on is None] if is_open(one) else []
        coming = min(waiting, key=lambda a: a.due, default=None)
        mark = say("逾期 ", "overdue ") if late else ""
        table.add_row(
            escape(one.id),
            escape(one.csr_id),
            say(*STATUS[one.status]),
            escape(
                "\n".join(
                    f"{skill_title(packs, p.skill)} {p.baseline_share:.0%} → {p.target_share:.0%}"
                    for p in one.priorities
                )
            ),
            escape(f"{mark}{coming.due} {_short(coming)}" if coming else "-"),
            " ".join(f"{r.day}:{say(*STANDING[r.standing])}" for r in one.rechecks) or "-",
        )
    out.print(table)
    for owner, many in too_wide(plans).items():
        text = say(
            f"{owner} 同时辅导 {many} 人，多于一位班组长带得过来的 {SPAN_CSRS} 人：分给别人，"
            "或分批进行。",
            f"{owner} coaches {many} CSRs at once, more than the {SPAN_CSRS} that one lead can: "
            "share them out, or take turns.",
        )
        out.print(escape(text), style="yellow")


def _short(action: PlanAction) -> str:
    """An action in a cell: the course, or how its sentence begins."""
    if action.course_id:
        return say(f"课程 {action.course_id}", f"course {action.course_id}")
    text = action.what.of(LANGUAGE)
    return text if cell_len(text) <= MOST_CELLS else chop_cells(text, MOST_CELLS)[0] + "…"


def print_plan(one: CoachingPlan, packs: Packs) -> None:
    """One plan to talk through: why, target, actions, re-checks, signatures."""
    head = f"{one.id}  {one.csr_id}  {say(*STATUS[one.status])}"
    out.rule(escape(head), align="left")
    for priority in one.priorities:
        out.print(f"[bold]{escape(skill_title(packs, priority.skill))}[/]", end="  ")
        out.print(f"{priority.baseline_share:.0%} → {priority.target_share:.0%}")
        out.print("  " + escape(priority.why.of(LANGUAGE)))
        if priority.calls:
            out.print("  " + say("一起听：", "Listen to: ") + escape(", ".join(priority.calls)))
    gone = gone_courses(one, packs) if is_open(one) else {}
    for step in one.actions:
        box = "x" if step.done_on else " "
        text = f"\\[{box}] {step.due}  {escape(step.owner)}  {escape(step.what.of(LANGUAGE))}"
        out.print(text)
        if (note := gone_note(step, gone)) is not None:
            out.print("    " + escape(note.of(LANGUAGE)), style="yellow")
    _print_coming(one)
    for check in one.rechecks:
        share = "-" if check.met_share is None else f"{check.met_share:.0%}"
        out.print(
            f"+{check.day}  {check.due}  {escape(skill_title(packs, check.skill))}  {share}  "
            + say(*STANDING[check.standing])
        )
    for signature in one.signatures:
        role = ROLES[signature.role].of(LANGUAGE)
        out.print(f"{role}: {escape(signature.by)} {signature.at:%Y-%m-%d}")


def _print_coming(one: CoachingPlan) -> None:
    """When later calls will be looked at, where that is still to come."""
    if not is_open(one):
        return
    if one.trained_on is None:
        zh, en = "、".join(map(str, RECHECK_DAYS)), ", ".join(map(str, RECHECK_DAYS))
        text = say(
            f"签到课程之后第 {zh} 天复查。",
            f"Re-checks come {en} days after the course is attended.",
        )
    else:
        measured = {check.day for check in one.rechecks}
        days = [one.trained_on + timedelta(days=day) for day in RECHECK_DAYS if day not in measured]
        if not days:
            return
        text = say("复查日：", "Re-checks on: ") + ", ".join(map(str, days))
    out.print(text, style="dim")


def moment(on: datetime | None) -> datetime:
    return datetime.now(UTC) if on is None else on.replace(tzinfo=UTC)


def missing(action: str, wanted: str, example: str) -> CodedError:
    return CodedError("QA861", place=action, action=action, wanted=wanted, example=example)


def print_lines(nouns: Iterable[Noun]) -> None:
    for one in nouns:
        sys.stdout.write(json.dumps(line_json(one), ensure_ascii=False) + "\n")


def skill_title(packs: Packs, skill_id: str) -> str:
    return next((s.title.of(LANGUAGE) for s in packs.skills if s.id == skill_id), skill_id)
