"""`qa whatif`: what another rule, word list, form or pack would have made of a site's history."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.language import say
from qa.cli.output import out, print_line, stop
from qa.cli.tables import VERDICTS
from qa.flow.check_file import language_of
from qa.flow.opened import open_site
from qa.flow.whatif import FormShift, WhatIf, packs_under, read_since
from qa.flow.whatif import whatif as look_back
from transcribe.errors import CodedError, CodedErrors

MOST_CALLS = 20  # shown to people; --json has all


def whatif(
    change: Annotated[
        str,
        typer.Argument(
            help=say(
                "规则包文件夹，或规则、词表、评分表文件",
                "a folder of packs, or a file of rules, a word list or a scorecard",
            ),
            metavar="PACK_OR_SCORECARD",
        ),
    ],
    since: Annotated[
        str, typer.Option(help=say("从这一天起的通话", "calls from this date on"))
    ] = "",
    language: Annotated[
        Literal["zh", "en", "auto"],
        typer.Option(help=say("单个文件的语言", "language of a single file")),
    ] = "auto",
    site: Annotated[str, typer.Option("--site", help=say("站点文件夹", "site folder"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=say("输出 JSON", "print JSON"))] = False,
) -> None:
    try:
        opened = open_site(site or None)
        zone = opened.required.settings.zone
        path = Path(change)
        packs, card = packs_under(path, opened.packs(), language_of(path, language))
        moment = read_since(since, zone)
        made = look_back(opened.store, packs, opened.limits, scorecard=card, since=moment)
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        print_line(made)
        return
    _print(made)


def _print(made: WhatIf) -> None:
    for form in made.forms:
        _print_form(form)
    rules = ", ".join(f"{rule} ({calls})" for rule, calls in made.rerun.items()) or "-"
    out.print(say(f"重新判定的规则（通数）：{rules}", f"Rules judged again (calls): {rules}"))
    for count, zh, en in (
        (made.measured, "通重新测量", "calls measured again"),
        (len(made.unread), "通无法重判，未计入", "calls could not be judged again, left out"),
        (made.dropped_answers, "个人工答案对应的评分项已不存在", "answers to items that are gone"),
    ):
        if count:
            out.print(f"{count} {say(zh, en)}")
    out.print(say("数据库没有改动。", "Nothing was saved."), style="dim")


def _print_form(form: FormShift) -> None:
    compared = form.compared
    old = ", ".join(form.version_before)
    head = f"{form.scorecard} {old} -> {form.version_after}"
    out.print(
        f"[bold]{escape(head)}[/]: "
        + say(
            f"{compared.calls} 通里 {compared.changed} 通有变化",
            f"{compared.changed} of {compared.calls} calls change",
        )
    )
    if not compared.changed:
        return
    items = Table(title=say("评分项", "Items"), title_justify="left")
    for title in (say("评分项", "item"), say("通数", "calls"), say("分值", "points")):
        items.add_column(title)
    items.add_column(say("判定变化", "verdicts"))
    for item in compared.items:
        points = f"{item.points_before:g} -> {item.points_after:g}"
        items.add_row(item.ref_id, str(item.calls), points, _moves(item.verdicts))
    out.print(items)
    for title, moves in (
        (say("等级", "Bands"), compared.bands),
        (say("合格", "Pass"), compared.passes),
        *((say(f"一票否决 {name}", f"Fatal {name}"), m) for name, m in compared.fatals.items()),
    ):
        if moves:
            out.print(f"{title}: {_moves(moves)}", markup=False)
    for kind, title in (("csr", say("座席", "CSR")), ("team", say("班组", "team"))):
        table = Table(title_justify="left")
        for column in (title, say("通数", "calls"), say("变化", "changed"), say("均分", "mean")):
            table.add_column(column)
        for group in compared.groups[kind]:
            mean = f"{_score(group.score_before)} -> {_score(group.score_after)}"
            table.add_row(escape(group.name), str(group.calls), str(group.changed), mean)
        out.print(table)
    calls = Table(title=say("通话", "Calls"), title_justify="left")
    for column in (say("通话", "call"), say("座席", "CSR"), say("得分", "score")):
        calls.add_column(column)
    calls.add_column(say("判定变化", "verdicts"))
    for call in form.calls[:MOST_CALLS]:
        score = f"{_score(call.score_before)} -> {_score(call.score_after)}"
        verdicts = ", ".join(f"{item} {_move(move)}" for item, move in call.verdicts.items())
        calls.add_row(escape(call.call_id), escape(call.csr_id or "-"), score, verdicts)
    out.print(calls)
    if len(form.calls) > MOST_CALLS:
        more = len(form.calls) - MOST_CALLS
        out.print(say(f"另有 {more} 通，见 --json。", f"{more} more: see --json."))


def _moves(moves: dict[str, int]) -> str:
    return ", ".join(f"{_move(move)}: {count}" for move, count in moves.items())


def _move(move: str) -> str:
    """ "met -> not_met" in this run's words."""
    known = VERDICTS | {"absent": ("没有此项", "absent", "")}
    parts = [known.get(one) for one in move.split(" -> ")]
    told = [say(*one[:2]) for one in parts if one is not None]
    return " -> ".join(told) if len(told) == len(parts) else move


def _score(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"
