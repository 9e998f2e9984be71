"""`qa develop`, `qa praise`, `qa ask`: the way ahead, thanks with evidence, questions answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.opening import centre_now
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import err, out, stop, warn_left_out
from qa.cli.plans import By, OnDay, missing, moment, print_lines, skill_title
from qa.domain.development import Development, Recognition, RoleCheck, RoleLine
from qa.domain.packs import Packs
from qa.domain.text import plural
from qa.flow.development import (
    answer_question,
    developments,
    give_recognition,
    ledger,
    praise_of,
    questions,
    roles_of,
    waiting,
)
from qa.flow.development import (
    ask as put_question,
)
from qa.flow.opened import open_site
from qa.flow.praise_share import praise_and_plans
from qa.store.store import Store
from transcribe.errors import CodedError, CodedErrors

MARKS = {"met": ("✓", "green"), "not_met": ("✗", "red"), "cannot_tell": ("?", "yellow")}
SHARE_DAYS = 90
KINDS = {"steady": ("稳定优秀", "steadily strong"), "improved": ("进步", "improved")}


def develop(
    csr: Annotated[
        str, typer.Argument(help=say("工号；不写则列出全部", "CSR id; default: every CSR"))
    ] = "",
    on: OnDay = None,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    try:
        opened = open_site(site or None)
        packs = opened.packs_to_read()
        centre = centre_now(opened, packs)
        found = developments(opened, packs, centre, now=moment(on), csr_id=csr)
        titles = {role.id: role.title.of(LANGUAGE) for role in roles_of(opened, packs)}
    except (CodedError, CodedErrors) as error:
        stop(error)
    warn_left_out(centre.counts.left_out)
    if as_json:
        print_lines(found)
    elif csr:
        _print_path(found[0], titles, packs)
    else:
        _print_everyone(found, titles, packs)


def _print_everyone(found: Sequence[Development], titles: dict[str, str], packs: Packs) -> None:
    if not found:
        out.print(say("名册和通话里都还没有座席。", "No CSRs yet, in calls or roster."))
        return
    table = Table(title=say("岗位与下一步", "Roles and next steps"), title_justify="left")
    for zh, en in (("座席", "CSR"), ("现岗位", "role"), ("下一级", "next"), ("还差", "missing")):
        table.add_column(say(zh, en), overflow="fold")
    for one in found:
        for number, check in enumerate(one.checks or (None,)):
            first = number == 0
            table.add_row(
                escape(one.csr_id) if first else "",
                escape(titles[one.role_id]) if first else "",
                escape(titles[check.role_id]) if check else "-",
                _missing(check, packs) if check else "-",
            )
    out.print(table)
    out.print(say("? 表示还说不准。", "? means it cannot be told yet."), style="dim")


def _missing(check: RoleCheck, packs: Packs) -> str:
    if check.ready:
        return f"[green]{say('已就绪', 'ready')}[/]"
    lines = [line for line in check.lines if line.standing != "met"]
    return escape("; ".join(_subject(line, packs) for line in lines))


def _subject(line: RoleLine, packs: Packs) -> str:
    if line.kind == "calls":
        return say(f"再评 {line.more_calls} 通", f"{line.more_calls} more calls")
    if line.kind == "quiz":
        return say(f"测验 {line.subject}", f"quiz {line.subject}")
    if line.kind == "fatal":
        return say("一票否决项", "fatal items")
    mark = "?" if line.standing == "cannot_tell" else ""
    return skill_title(packs, line.subject) + mark


def _print_path(one: Development, titles: dict[str, str], packs: Packs) -> None:
    out.rule(escape(f"{one.csr_id}  {titles[one.role_id]}"), align="left")
    if not one.checks:
        out.print(say("阶梯上没有下一级。", "The ladder leads no further."))
    for check in one.checks:
        state = say("已就绪", "ready") if check.ready else say("还没有", "not yet")
        out.print(f"\n[bold]→ {escape(titles[check.role_id])}[/]  {state}")
        for line in check.lines:
            mark, style = MARKS[line.standing]
            out.print(f"  [{style}]{mark}[/] " + escape(_line(line, packs)))


def _line(line: RoleLine, packs: Packs) -> str:
    if line.kind == "calls":
        return say(f"已评 {line.has:.0f} 通，要 {line.wanted:.0f} 通",
                   f"{line.has:.0f} calls graded, {line.wanted:.0f} wanted")  # fmt: skip
    if line.kind == "fatal":
        many = int(line.has or 0)
        return say(f"一票否决项（已确认或待确认）：{many}",
                   f"fatal items, confirmed or to be confirmed: {many}")  # fmt: skip
    if line.kind == "quiz":
        has = say("还没考", "not sat yet") if line.has is None else f"{line.has:g}"
        return say(f"测验 {line.subject}：{has}，要 {line.wanted:g}",
                   f"quiz {line.subject}: {has}, {line.wanted:g} wanted")  # fmt: skip
    share = say("没有判过", "never decided") if line.has is None else f"{line.has:.0%}"
    sure = "" if line.sure is None else say(f"，把握 {line.sure:.0%}", f", {line.sure:.0%} sure")
    more = "" if not line.more_calls else say(
        f"，约再评 {line.more_calls} 通", f", about {line.more_calls} more calls")  # fmt: skip
    course = f" → {line.course_id}" if line.course_id else ""
    wanted = say(f"，要 {line.wanted:.0%}", f", {line.wanted:.0%} wanted")
    return f"{skill_title(packs, line.subject)} {share}{wanted}{sure}{more}{course}"


def praise(
    action: Annotated[
        Literal["list", "give", "ledger"], typer.Argument(help=say("做什么", "what to do"))
    ] = "list",
    subject: Annotated[str, typer.Argument(help=say("工号或班组", "CSR id or team"))] = "",
    by: By = "",
    on: OnDay = None,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    try:
        opened = open_site(site or None)
        packs = opened.packs_to_read()
        if action == "give" and not (subject and by):
            raise missing(action, "SUBJECT --by", "qa praise give 1023 --by 张班长")
        if action == "ledger":
            found = ledger(opened.store)
        elif action == "give":
            centre = centre_now(opened, packs)
            found = give_recognition(opened.store, centre, subject, by=by, now=moment(on))
        else:
            found = praise_of(centre_now(opened, packs))
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        print_lines(found)
    else:
        _print_praise(found, ledger=action == "ledger")
        if action == "ledger":
            _print_share(opened.store, moment(on))


def _print_praise(found: Sequence[Recognition], *, ledger: bool) -> None:
    if not found:
        none_yet = say("还没有能排除运气的依据。", "Nothing yet that is surely no luck.")
        out.print(say("还没有表彰过。", "Nobody was praised yet.") if ledger else none_yet)
        return
    table = Table(title=say("表彰", "Recognition"), title_justify="left")
    for zh, en in (("谁", "who"), ("类型", "kind"), ("依据", "evidence"),
                   ("值得一听", "worth hearing"), ("给出", "given")):  # fmt: skip
        table.add_column(say(zh, en), overflow="fold")
    for one in found:
        given = f"{one.given_at:%Y-%m-%d} {one.given_by}" if one.given_at else "-"
        table.add_row(
            escape(one.subject), say(*KINDS[one.kind]), escape(one.why.of(LANGUAGE)),
            escape("\n".join(one.calls)) or "-", escape(given),
        )  # fmt: skip
    out.print(table)


def _print_share(store: Store, now: datetime) -> None:
    """Praise beside plans: people who only ever hear what is wrong stop listening (M2)."""
    praised, plans = praise_and_plans(store, since=now - timedelta(days=SHARE_DAYS), now=now)
    if praised + plans:
        share = praised / (praised + plans)
        out.print(
            say(
                f"近 {SHARE_DAYS} 天：表彰 {praised} 次，辅导计划 {plans} 份，表彰占 {share:.0%}。",
                f"Last {SHARE_DAYS} days: praised {praised}x, {plural(plans, 'plan')}; "
                f"{share:.0%} of it praise.",
            ),
            style="dim",
        )


def ask(
    action: Annotated[
        Literal["list", "new", "answer", "all"], typer.Argument(help=say("做什么", "what to do"))
    ] = "list",
    name: Annotated[
        str, typer.Argument(help=say("new：工号；answer：编号", "new: CSR id; answer: number"))
    ] = "",
    text: Annotated[str, typer.Option(help=say("问题或答复", "question or answer"))] = "",
    call: Annotated[str, typer.Option(help=say("哪通电话", "which call"))] = "",
    to: Annotated[str, typer.Option(help=say("问谁", "whom"))] = "",
    by: By = "",
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    now = moment(None)
    try:
        opened = open_site(site or None)
        store = opened.store
        if action == "new":
            if not (name and text.strip()):
                raise missing(action, "CSR --text", "qa ask new 1023 --text 停机保号怎么收费？")
            made = put_question(store, name, text, call_id=call or None, owner=to, now=now)
            err.print(say(f"已记下 {made.id}。", f"Kept as {made.id}."))
            return
        if action == "answer":
            if not (name and text.strip() and by):
                example = "qa ask answer Q0001 --by 张班长 --text 按月收五元。"
                raise missing(action, "NUMBER --text --by", example)
            made = answer_question(store, name, text, by=by, now=now)
            err.print(say(f"{made.id} 已答复。", f"{made.id} is answered."))
            return
        every = questions(store)
        open_ones = waiting(store, answer_hours=opened.required.settings.answer_hours, now=now)
    except (CodedError, CodedErrors) as error:
        stop(error)
    ages = {one.question.id: one for one in open_ones}
    shown = every if action == "all" else [one.question for one in open_ones]
    if as_json:
        print_lines(shown)
        return
    if not shown:
        out.print(say("没有待答的提问。", "No question waits.") if action == "list"
                  else say("还没有提问。", "No questions yet."))  # fmt: skip
        return
    table = Table(title=say("座席提问", "Questions from CSRs"), title_justify="left")
    for zh, en in (("编号", "no."), ("座席", "CSR"), ("问题", "question"), ("通话", "call"),
                   ("问谁", "to"), ("已等", "waits"), ("答复", "answer")):  # fmt: skip
        table.add_column(say(zh, en), overflow="fold")
    for one in shown:
        age = ages.get(one.id)
        waits = "-" if age is None else say(f"{age.hours:g} 小时", f"{age.hours:g} h")
        if age is not None and age.late:
            waits = f"[red]{waits} {say('超时', 'late')}[/]"
        answer = f"{one.answer} ({one.answered_by})" if one.answer else "-"
        table.add_row(one.id, escape(one.csr_id), escape(one.text), escape(one.call_id or "-"),
                      escape(one.owner or "-"), waits, escape(answer))  # fmt: skip
    out.print(table)
