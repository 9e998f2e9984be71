"""`qa course`, `qa effect`: seats, attendance, peers, and whether it helped."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.opening import centre_now
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import ALL_WELL, SOME_FAILED, err, out, print_errors, stop
from qa.cli.plans import By, OnDay, missing, moment, print_lines, skill_title
from qa.coaching.peers import PeerPair, TrainerProposal, match_peers, propose_trainers
from qa.domain.packs import Packs
from qa.domain.training import TrainingEvent
from qa.flow.coaching import effects_of, plan_effects_of, schedule_of
from qa.flow.development import set_consent
from qa.flow.opened import Opened, open_site
from qa.flow.pairs import pair_sheet_of
from qa.flow.training import record_training
from qa.flow.training_import import import_training
from qa.reports.pair_sheet import pair_sheet_pdf
from transcribe.errors import CodedError, CodedErrors


def course(
    action: Annotated[
        Literal["list", "assign", "peers", "pair", "attended", "quiz", "import", "consent"],
        typer.Argument(help=say("做什么", "what to do")),
    ] = "list",
    csr: Annotated[
        str, typer.Argument(help=say("工号；import 时为表格", "CSR id; import: a table"))
    ] = "",
    course_id: Annotated[str, typer.Argument(help=say("课程编号", "course id"))] = "",
    by: By = "",
    trainer: Annotated[str, typer.Option(help=say("培训师", "who taught"))] = "",
    score: Annotated[
        float | None, typer.Option(min=0, max=100, help=say("测验得分", "quiz score, percent"))
    ] = None,
    weeks: Annotated[int, typer.Option(min=1, max=26, help=say("排几周", "weeks to plan"))] = 4,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help=say("撤回同意", "take consent back"))
    ] = False,
    to: Annotated[str, typer.Option(help=say("结对练习单 PDF", "PDF of the pair's sheet"))] = "",
    on: OnDay = None,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    now = moment(on)
    try:
        opened = open_site(site or None)
        packs = opened.packs_to_read()
        if action in ("attended", "quiz"):
            if not (csr and course_id and by) or (action == "quiz" and score is None):
                wanted = "CSR COURSE --by" + (" --score" if action == "quiz" else "")
                example = f"qa course {action} 1023 C4 --by 王老师"
                raise missing(action, wanted, example + (" --score 85" * (action == "quiz")))
            event = TrainingEvent(
                csr_id=csr,
                course_id=course_id,
                kind=action,
                at=now,
                trainer=trainer or None,
                score_percent=score,
            )
            moved = record_training(opened.store, packs, event, now=datetime.now(UTC), by=by)
            err.print(
                say(f"已记录；更新计划 {len(moved)} 份。", f"kept; {len(moved)} plans moved.")
            )
            return
        if action == "import":
            _import(opened, packs, csr, by)
            return
        if action == "consent":
            if not (csr and by):
                raise missing(action, "CSR --by", "qa course consent 1023 --by 1023")
            made = set_consent(opened.store, csr, not withdraw, by=by, now=now)
            err.print(
                say("已同意播放其好例子（不具名）。", "Agreed that good calls are played, unnamed.")
                if made.given
                else say("已撤回同意。", "Consent is withdrawn.")
            )
            return
        if action == "pair":
            _print_pair(opened, packs, csr, to)
            return
        if action == "peers":
            estimates = centre_now(opened, packs).estimates()
            print_peers(match_peers(estimates), propose_trainers(estimates), packs, as_json=as_json)
            return
        if action == "assign":
            centre = centre_now(opened, packs)
            schedule, _ = schedule_of(opened.store, packs, centre, today=now.date(), weeks=weeks)
    except (CodedError, CodedErrors) as error:
        stop(error)
    if action == "list":
        _print_catalogue(packs, as_json=as_json)
    elif as_json:
        print_lines((*schedule.assignments, *schedule.unmet))
    elif not (schedule.assignments or schedule.unmet):
        out.print(say("没有人确实薄弱到要排课。", "Nobody is surely weak enough for a seat."))
    else:
        table = Table(title=say("培训安排", "Training schedule"), title_justify="left")
        heads = (
            ("周", "week"),
            ("课程", "course"),
            ("座席", "CSR"),
            ("能力项", "skill"),
            ("理由", "why"),
        )
        for zh, en in heads:
            table.add_column(say(zh, en), overflow="fold")
        for seat in sorted(schedule.assignments, key=lambda a: (a.week, a.course_id, a.csr_id)):
            skill = skill_title(packs, seat.skill)
            week = str(seat.week + 1)
            table.add_row(week, seat.course_id, seat.csr_id, skill, seat.why.of(LANGUAGE))
        for left in schedule.unmet:
            table.add_row(
                "-", "-", left.csr_id, skill_title(packs, left.skill), left.why.of(LANGUAGE)
            )
        out.print(table)


def _import(opened: Opened, packs: Packs, table: str, by: str) -> None:
    if not (table and by):
        raise missing("import", "TABLE --by", "qa course import quiz.xlsx --by 王老师")
    zone = opened.required.settings.zone
    done = import_training(
        Path(table), opened.store, packs, zone=zone, now=datetime.now(UTC), by=by
    )
    print_errors(done.errors)
    out.print(
        say(
            f"{done.events} 条已记录，更新计划 {done.plans} 份，{len(done.errors)} 处错误。",
            f"{done.events} kept, {done.plans} plans moved, {len(done.errors)} errors.",
        )
    )
    raise typer.Exit(SOME_FAILED if done.errors else ALL_WELL)


def _print_pair(opened: Opened, packs: Packs, csr: str, to: str) -> None:
    """The sheet that a pair of colleagues works through, as PDF."""
    if not (csr and to):
        raise missing("pair", "CSR --to", "qa course pair 1023 --to pair.pdf")
    sheet = pair_sheet_of(opened.store, packs, centre_now(opened, packs), csr)
    body = pair_sheet_pdf(sheet, LANGUAGE)
    try:
        Path(to).write_bytes(body)
    except OSError as error:
        raise CodedError("QA521", place=to, why=str(error)) from error
    err.print(say(f"已写入 {to}", f"wrote {to}"))


def effect(site: SiteOption = "", as_json: AsJson = False) -> None:
    try:
        opened = open_site(site or None)
        packs = opened.packs_to_read()
        centre = centre_now(opened, packs)
        found = effects_of(opened.store, packs, centre)
        found += plan_effects_of(opened.store, packs, centre)
        _warn_gone(opened, packs)
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        print_lines(found)
        return
    if not found:
        out.print(
            say(
                "还没有可比的：先登记签到（qa course attended）或走完一份计划。",
                "Nothing to compare yet: enter attendance (qa course attended) or train a plan.",
            )
        )
        return
    table = Table(title=say("培训效果", "Effect of training"), title_justify="left")
    for zh, en in (
        ("课程、培训师或计划", "course, trainer or plan"),
        ("能力项", "skill"),
        ("自身前后差", "own before/after"),
        ("结论", "result"),
    ):
        table.add_column(say(zh, en), overflow="fold")
    for one in found:
        naive = "-" if one.naive is None else f"{one.naive:+.1%}"
        by = escape(one.course_id or one.trainer or one.plan_id or "-")
        table.add_row(by, skill_title(packs, one.skill), naive, one.why.of(LANGUAGE))
    out.print(table)
    out.print(
        say(
            "自身前后差会把回归均值和整体变化算成效果，只作对照。",
            "A CSR's own before/after counts regression to the mean and drift as effect; "
            "it is shown for comparison only.",
        ),
        style="dim",
    )


def _warn_gone(opened: Opened, packs: Packs) -> None:
    """Says whose courses the catalogue no longer has: nobody knows what skills they taught."""
    known = {course.id for course in packs.courses}
    gone = [one.course_id for one in opened.store.training() if one.course_id not in known]
    if gone:
        names = ", ".join(sorted(set(gone)))
        err.print(
            say(
                f"{len(gone)} 条签到或测验的课程（{names}）已不在目录里，没有计入；"
                "把课程加回目录即可计入。",
                f"{len(gone)} entries of courses that the catalogue no longer has ({names}) are "
                "left out; put the courses back to count them.",
            ),
            style="yellow",
        )


def print_peers(
    pairs: Sequence[PeerPair], trainers: Sequence[TrainerProposal], packs: Packs, *, as_json: bool
) -> None:
    """Pairs of colleagues, and who could train part-time."""
    if as_json:
        print_lines((*pairs, *trainers))
        return
    table = Table(title=say("结对互学", "Peers who can help"), title_justify="left")
    for zh, en in (("能力项", "skill"), ("座席", "CSR"), ("同伴", "peer"), ("依据", "why")):
        table.add_column(say(zh, en), overflow="fold")
    for pair in pairs:
        why = escape(pair.why.of(LANGUAGE))
        table.add_row(skill_title(packs, pair.skill), pair.csr_id, pair.peer_id, why)
    if pairs:
        out.print(table)
    else:
        out.print(
            say(
                "没有可以结对的：要一人确实薄弱、另一人确实强。",
                "No pairs: it takes one CSR surely weak and another surely strong.",
            )
        )
    table = Table(title=say("兼职培训讲师人选", "Part-time trainers"), title_justify="left")
    for zh, en in (("座席", "CSR"), ("能力项", "skill"), ("依据", "why")):
        table.add_column(say(zh, en), overflow="fold")
    for one in trainers:
        why = escape(one.why.of(LANGUAGE))
        table.add_row(one.csr_id, skill_title(packs, one.skill), why)
    if trainers:
        out.print(table)
    else:
        out.print(
            say(
                "还没有稳定优秀到可以带课的人选。",
                "Nobody yet is so steadily strong that they could teach part-time.",
            )
        )


def _print_catalogue(packs: Packs, *, as_json: bool) -> None:
    if as_json:
        print_lines(packs.courses)
        return
    table = Table(title=say("课程目录", "Courses"), title_justify="left")
    for zh, en in (
        ("课程", "course"),
        ("名称", "title"),
        ("能力项", "skills"),
        ("分钟", "minutes"),
        ("名额", "seats"),
    ):
        table.add_column(say(zh, en), overflow="fold")
    for one in packs.courses:
        skills = ", ".join(skill_title(packs, skill) for skill in one.skills)
        table.add_row(one.id, one.title.of(LANGUAGE), skills, str(one.minutes), str(one.seats))
    out.print(table)
