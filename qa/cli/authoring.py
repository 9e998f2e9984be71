"""`qa check`, `qa explain`, `qa doctor`: for those who write rules and those who install."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.derived import print_derivations
from qa.cli.language import LANGUAGE, say
from qa.cli.output import SOME_FAILED, err, out, print_errors, problem_of, stop
from qa.domain.packs import Packs
from qa.domain.rules import Rule, Window
from qa.domain.scorecards import Item, Scorecard
from qa.errors import CATALOGUE
from qa.findings.operator import Operator
from qa.findings.operators import OPERATORS
from qa.flow.check import Checked
from qa.flow.check import check as check_packs
from qa.flow.check_file import check_file, language_of
from qa.flow.doctor import Look, look_around
from qa.flow.opened import Opened, open_site
from qa.flow.site import site_drift
from transcribe.errors import CodedError, CodedErrors


def check(
    path: Annotated[
        str,
        typer.Argument(
            help=say(
                "含 rules/ 和 scorecards/ 的文件夹，或单个规则、词表、评分表文件；"
                "不写则为当前站点或随附规则包",
                "a folder with rules/ and scorecards/, or one file of rules, a word list or a "
                "scorecard; default: this site or the shipped packs",
            )
        ),
    ] = "",
    language: Annotated[
        Literal["zh", "en", "auto"],
        typer.Option(help=say("单个文件的语言", "language of a single file")),
    ] = "auto",
    site: Annotated[str, typer.Option("--site", help=say("站点文件夹", "site folder"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=say("输出 JSON", "print JSON"))] = False,
) -> None:
    opened = None
    try:
        if not path:
            opened = open_site(site or None)
        if path and Path(path).is_file() and _pack_of(path) is None:
            checked = _check_one(path, language, open_site(site or None))
        else:
            root, name = (opened.root, opened.place) if opened else _named(path)
            _, checked = check_packs(root, name=name)
        drift = site_drift(opened.site) if opened and opened.site else ()
    except (CodedError, CodedErrors) as error:
        errors = error.errors if isinstance(error, CodedErrors) else (error,)
        if as_json:
            problems = [problem_of(one).model_dump(mode="json") for one in errors]
            sys.stdout.write(json.dumps({"errors": problems}, ensure_ascii=False) + "\n")
        else:
            print_errors(errors)
            err.print(say(f"{len(errors)} 处错误", f"{len(errors)} errors"), style="bold red")
        raise typer.Exit(SOME_FAILED) from error
    if as_json:
        told = checked.model_dump(mode="json")
        shown = {"errors": [], "warnings": told.pop("warnings"), "checked": told}
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
        return
    _print_warnings(checked)
    for moved in drift:
        out.print(f"[yellow]{escape(moved.text.of(LANGUAGE))}[/]")
    out.print(
        say(
            f"全部通过：{_counted_zh(checked)}。",
            f"All is well: {_counted_en(checked)}.",
        ),
        style="green",
    )


_COUNTED = {
    "rules": ("条规则", "rule"),
    "derivations": ("条推导", "derivation"),
    "cases": ("个用例", "case"),
    "word_lists": ("份词表", "word list"),
    "scorecards": ("张评分表", "scorecard"),
    "courses": ("门课程", "course"),
    "quiet_calls": ("通平静集通话", "quiet call"),
}


def _counted_zh(checked: Checked) -> str:
    """What was checked, less what there was none of."""
    counts = [(getattr(checked, name), zh) for name, (zh, _) in _COUNTED.items()]
    return "、".join(f"{count} {zh}" for count, zh in counts if count)


def _counted_en(checked: Checked) -> str:
    counts = [(getattr(checked, name), en) for name, (_, en) in _COUNTED.items()]
    return ", ".join(f"{n} {en}{'' if n == 1 else 's'}" for n, en in counts if n)


def _check_one(path: str, language: str, opened: Opened) -> Checked:
    """One file outside any pack, checked among the site's packs or the shipped ones."""
    file = Path(path)
    told = language_of(file, language)
    return check_file(file, opened.packs(), root=opened.root, language=told, name=path)[1]


def _print_warnings(checked: Checked) -> None:
    """The lint's warnings; many of one code are told once, with their places counted."""
    shown = Counter(warning.code for warning in checked.warnings)
    told: set[str] = set()
    for warning in checked.warnings:
        if warning.code in told:
            continue
        told.add(warning.code)
        more = shown[warning.code] - 1
        also = say(f"（另有 {more} 处）", f" ({more} more)") if more else ""
        err.print(f"[yellow]\\[{warning.code}][/] {escape(warning.place)}{also}", soft_wrap=True)
        text = warning.text.of(LANGUAGE)
        err.print("        " + text, soft_wrap=True, markup=False)


def _pack_of(path: str) -> Path | None:
    """The packs' root that the path lies in."""
    given = Path(path)
    for folder in (given, *given.resolve().parents):
        if (folder / "rules").is_dir() and (folder / "scorecards").is_dir():
            return folder
    return None


def _named(path: str) -> tuple[Path, str]:
    """The packs' root that a path inside it names, and what stands before places."""
    folder = _pack_of(path)
    if folder is None:
        raise CodedError("QA243", place=path)
    return folder, "" if folder.resolve() == Path.cwd() else f"{folder}/"


def explain(
    subject: Annotated[
        str,
        typer.Argument(
            help=say(
                "规则、评分项、算子或错误码，如 OPEN-001、ID-1、says、QA220",
                "a rule, item, operator or error, e.g. OPEN-001, ID-1, says, QA220",
            )
        ),
    ],
    site: Annotated[str, typer.Option("--site", help=say("站点文件夹", "site folder"))] = "",
) -> None:
    if subject in CATALOGUE:
        texts = CATALOGUE[subject]
        out.print(f"[bold]{subject}[/]", escape(texts.zh if LANGUAGE == "zh" else texts.en))
        return
    if subject in OPERATORS:
        _print_operator(OPERATORS[subject])
        return
    try:
        packs = open_site(site or None).packs()
    except (CodedError, CodedErrors) as error:
        stop(error)
    rules = [rule for rule in packs.rules if rule.id == subject]
    items = [(c, item) for c in packs.scorecards for item in c.items if item.ref_id == subject]
    for rule in rules:
        _print_rule(rule, packs)
    for card, item in items:
        _print_item(card, item)
    given = [d for d in packs.derivations if subject in (d.id, d.kind)]
    print_derivations(given, packs)
    if not rules and not items and not given:
        known = [*OPERATORS, *sorted({rule.id for rule in packs.rules})]
        known += sorted({one.id for one in packs.derivations})
        stop(CodedError("QA110", place=subject, subject=subject, options=", ".join(known)))


def _print_operator(operator: Operator) -> None:
    out.print(f"[bold]{operator.name}[/]  {operator.title.of(LANGUAGE)}")
    out.print(operator.doc, markup=False)
    table = Table(expand=True)
    for title in (say("参数", "parameter"), say("说明", "what it is"), say("默认", "default")):
        table.add_column(title)
    for name, info in operator.params.model_fields.items():
        extra: Any = info.json_schema_extra or {}
        text = extra.get("zh") if LANGUAGE == "zh" else info.description
        default = say("必填", "required") if info.is_required() else _yaml_of(info.default)
        table.add_row(info.alias or name, escape(str(text)), escape(default))
    out.print(table)
    if operator.takes_window(operator.params.model_construct()):
        bounds = ", ".join(Window.model_fields)
        text = say("窗口（只查通话的一段）window: ", "window: (only this stretch is searched) ")
        out.print(f"{text}{{{bounds}}}", markup=False)
    out.print(say("例：", "Example: ") + operator.example, markup=False)


def _yaml_of(value: object) -> str:
    """A default as people write it in YAML; "-" for none."""
    if value is None or value == ():
        return "-"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _print_rule(rule: Rule, packs: Packs) -> None:
    out.print(f"[bold]{rule.id}[/] ({rule.language}) {escape(rule.title.of(LANGUAGE))}")
    table = Table(show_header=False, box=None)
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    items = [
        f"{card.id} {item.ref_id}"
        for card in packs.scorecards
        for item in card.items
        if card.language == rule.language and rule.id in item.rules
    ]
    rows = [
        (say("为什么", "why"), rule.why.of(LANGUAGE)),
        (say("何时会错", "wrong when"), rule.wrong_when.of(LANGUAGE)),
        (say("状态", "status"), rule.status),
        (say("条件", "conditions"), "\n".join(_condition_text(rule))),
        (say("正确说法", "right wording"), "\n".join(rule.say)),
        (say("依据", "references"), "\n".join(rule.references)),
        (say("评分项", "items"), ", ".join(items)),
        (say("位置", "place"), rule.place),
    ]
    for title, text in rows:
        if text:
            table.add_row(title, escape(text))
    out.print(table)


def _condition_text(rule: Rule) -> list[str]:
    return [
        f"{condition.name}: {condition.operator} "
        + json.dumps(condition.params, ensure_ascii=False)
        + (
            " " + condition.window.model_dump_json(exclude_none=True)
            if condition.window is not None
            else ""
        )
        for condition in rule.conditions
    ]


def _print_item(card: Scorecard, item: Item) -> None:
    out.print(f"[bold]{item.ref_id}[/] ({card.id}) {escape(item.title.of(LANGUAGE))}")
    out.print(escape(item.guide.of(LANGUAGE)))
    parts = [
        say("分值", "points") + f" {item.points}",
        say("类别", "class") + f" {item.item_class}",
        say("判定者", "by") + f" {item.by}",
        say("能力项", "skill") + f" {item.skill}",
        say("一票否决", "fatal") + f" {item.fatal}",
        say("规则", "rules") + f" {', '.join(item.rules) or '-'}",
    ]
    out.print("  ".join(parts), style="dim")


def doctor(
    site: Annotated[str, typer.Option("--site", help=say("站点文件夹", "site folder"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=say("输出 JSON", "print JSON"))] = False,
) -> None:
    looks = look_around(site or None)
    if as_json:
        shown = [look.model_dump(mode="json") for look in looks]
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    else:
        _print_looks(looks)
    if any(look.state == "wrong" for look in looks):
        raise typer.Exit(SOME_FAILED)


def _print_looks(looks: tuple[Look, ...]) -> None:
    marks = {"good": "[green]✓[/]", "wrong": "[red]✗[/]", "note": "[yellow]![/]"}
    for look in looks:
        text = look.text.of(LANGUAGE)
        out.print(f"{marks[look.state]} {look.what.of(LANGUAGE)}: {escape(text)}")
