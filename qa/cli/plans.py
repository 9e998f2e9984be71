"""`qa plan`: propose, sign, print, re-check."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import err, out, stop
from qa.coaching.plans import overdue
from qa.domain.coaching import Window
from qa.domain.packs import Packs
from qa.domain.plans import CoachingPlan
from qa.flow.coaching import (
    is_open,
    plan_of,
    propose_plans,
    recheck_plans,
)
from qa.flow.lines import as_json as line_json
from qa.flow.one_to_one import pack_of
from qa.flow.opened import Opened, open_site
from qa.flow.standing import Centre, centre_of
from qa.flow.training import cancel_plan, sign_plan
from qa.reports.one_to_one import one_to_one_pdf
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun

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
            escape(f"{mark}{coming.due} {coming.what.of(LANGUAGE)}" if coming else "-"),
            " ".join(f"{r.day}:{say(*STANDING[r.standing])}" for r in one.rechecks) or "-",
        )
    out.print(table)


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
    for step in one.actions:
        box = "x" if step.done_on else " "
        text = f"\\[{box}] {step.due}  {escape(step.owner)}  {escape(step.what.of(LANGUAGE))}"
        out.print(text)
    for check in one.rechecks:
        share = "-" if check.met_share is None else f"{check.met_share:.0%}"
        out.print(
            f"+{check.day}  {check.due}  {escape(skill_title(packs, check.skill))}  {share}  "
            + say(*STANDING[check.standing])
        )
    for signature in one.signatures:
        out.print(f"{signature.role}: {escape(signature.by)} {signature.at:%Y-%m-%d}")


def centre_now(opened: Opened, packs: Packs) -> Centre:
    return centre_of(opened.store, packs, Window(), file=opened.columns_file)


def moment(on: datetime | None) -> datetime:
    return datetime.now(UTC) if on is None else on.replace(tzinfo=UTC)


def missing(action: str, wanted: str, example: str) -> CodedError:
    return CodedError("QA861", place=action, action=action, wanted=wanted, example=example)


def print_lines(nouns: Iterable[Noun]) -> None:
    for one in nouns:
        sys.stdout.write(json.dumps(line_json(one), ensure_ascii=False) + "\n")


def skill_title(packs: Packs, skill_id: str) -> str:
    return next((s.title.of(LANGUAGE) for s in packs.skills if s.id == skill_id), skill_id)


HELP = {
    "plan": say("辅导计划：提出、签字、复查", "Coaching plans: propose, sign, re-check"),
}
