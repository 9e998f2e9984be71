"""The operators' manual: one page an operator, from its docstring and its parameters' fields."""

from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from qa.domain.packs import Packs
from qa.domain.rules import Window
from qa.findings.operator import Operator
from qa.findings.operators import OPERATORS
from qa.packs.yaml_reader import parse_plain
from transcribe.noun import Noun

# need -> what it asks of a call, (en, zh); keys are qa.domain.facts.NEEDS (tested).
NEED_TEXTS: dict[str, tuple[str, str]] = {
    "speakers": ("who says what is known", "知道每句话是谁说的"),
    "turn_ends": ("when each turn ends was measured", "测得每个话轮的结束时间"),
    "two_channels": ("the two sides were recorded apart", "双方分声道录音"),
    "activity": ("voiced stretches were measured", "测得有声段"),
    "holds": ("holds are known", "知道何时保持"),
    "hung_up_by": ("the switch said who hung up", "交换机给出了挂机方"),
    "loudness": ("levels were measured", "测得音量"),
    "encoder": (
        "the extra callgrade[meaning] is installed (by: meaning)",
        "已安装附加包 callgrade[meaning]（by: meaning）",
    ),
    "back_channels": ("the site has a word list `back_channel`", "本站有词表 `back_channel`"),
}

# What a window may hold, (en, zh); keys are the fields of qa.domain.rules.Window (tested).
WINDOW_TEXTS: dict[str, tuple[str, str]] = {
    "first_turns": ("the speaker's first n turns", "说话方的前 n 个话轮"),
    "last_turns": ("the speaker's last n turns", "说话方的后 n 个话轮"),
    "first_s": ("the first n seconds", "前 n 秒"),
    "last_s": ("the last n seconds", "后 n 秒"),
    "first_share": ("the first part of the call, 0-1", "通话的前一部分，0-1"),
    "last_share": ("the last part of the call, 0-1", "通话的后一部分，0-1"),
}
_MADE = "<!-- Made by `make docs` from the operator's own file. -->\n"


def operator_pages(packs: Packs) -> dict[str, str]:
    """Path -> page of each operator, and the list of all of them."""
    made = {f"operators/{name}.md": _page(one, packs) for name, one in sorted(OPERATORS.items())}
    return {"operators/README.md": _index()} | made


def _index() -> str:
    rows = [
        f"| [`{name}`]({name}.md) | {one.title.en} | {one.title.zh} | {_first_line(one)} |"
        for name, one in sorted(OPERATORS.items())
    ]
    windows = [f"| `{name}` | {en} | {zh} |" for name, (en, zh) in WINDOW_TEXTS.items()]
    assert set(WINDOW_TEXTS) == set(Window.model_fields)
    return "\n".join(
        [
            "# Operators / 算子\n",
            _MADE,
            "A rule names its conditions; each condition is one operator with its parameters.\n",
            "规则由若干条件组成；每个条件是一个算子加参数。\n",
            "| operator | English | 中文 | selects |\n|---|---|---|---|",
            *rows,
            "\n## Search window / 检测范围\n",
            "`window:` may stand beside any operator's parameters. / "
            "`window:` 可写在任何算子的参数旁。\n",
            "| field | English | 中文 |\n|---|---|---|",
            *windows,
            "",
        ]
    )


def _page(operator: Operator, packs: Packs) -> str:
    needs = needs_of(operator)
    used = sorted({
        f"{rule.id}"
        for rule in packs.rules
        if any(condition.operator == operator.name for condition in rule.conditions)
    })  # fmt: skip
    rows = _rows(operator.params)
    return "\n".join(
        [
            f"# `{operator.name}` — {operator.title.en} / {operator.title.zh}\n",
            _MADE,
            f"{operator.doc}\n",
            "| parameter | takes | default | English | 中文 |\n|---|---|---|---|---|",
            *rows,
            "\n## Example / 例\n",
            f"```yaml\n{operator.example}\n```\n",
            "## Needs / 需要\n",
            "Where one of these is missing, the verdict is `undecided`. / "
            "缺少其中任何一项时，判定为待人工。\n",
            *([f"- `{n}`: {NEED_TEXTS[n][0]} / {NEED_TEXTS[n][1]}" for n in needs] or ["- –"]),
            "\n## Used by / 用到它的规则\n",
            ", ".join(f"[{rule}](../rules.md#{rule.lower()})" for rule in used) or "–",
            "",
        ]
    )


def needs_of(operator: Operator) -> tuple[str, ...]:
    """Needs of the operator as its example uses it; the example is validated on the way."""
    plain, _ = parse_plain(operator.example.encode(), name=operator.name)
    body = plain[operator.name]
    params = {name: value for name, value in body.items() if name != "window"}
    if "window" in body:
        Window.model_validate(body["window"])
    return operator.needs(operator.params.model_validate(params))


def _rows(
    model: type[Noun], within: str = "", told: frozenset[type[Noun]] = frozenset()
) -> list[str]:
    """A row a field; after a field that holds nouns of their own, these nouns' fields."""
    rows = []
    for name, field in model.model_fields.items():
        rows.append(_row(f"{within}{field.alias or name}", field))
        inner = _noun_in(field.annotation)
        if inner is not None and inner not in told:
            told |= {inner}
            rows += _rows(inner, f"{within}{field.alias or name}.", told)
    return rows


def _noun_in(annotation: Any) -> type[Noun] | None:
    """The noun that the annotation is, or holds."""
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        return annotation
    return next((found for part in get_args(annotation) if (found := _noun_in(part))), None)


def _row(name: str, field: FieldInfo) -> str:
    extra = field.json_schema_extra
    zh = str(extra["zh"]) if isinstance(extra, dict) else ""
    shown = "required / 必填" if field.is_required() else f"`{_plain(field.default)}`"
    en = field.description or ""
    cells = (f"`{name}`", f"`{_takes(field.annotation)}`", shown, en, zh)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _plain(value: Any) -> str:
    """A default as YAML writes it."""
    if value is None or value == ():
        return "–"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _takes(annotation: Any) -> str:
    """What YAML may hold here, in words."""
    several = get_origin(annotation) in (UnionType, Union)
    parts = get_args(annotation) if several else (annotation,)
    return ", ".join(_kind(part) for part in parts if part is not NoneType)


def _kind(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return ", ".join(str(choice) for choice in get_args(annotation))
    if get_origin(annotation) is tuple:
        inner = get_args(annotation)[0]
        return f"list of {_takes(inner).replace(', ', ' or ')}"
    if get_origin(annotation) is dict or _noun_in(annotation) is not None:
        return "mapping"
    return {bool: "true, false", int: "whole number", float: "number", str: "text"}[annotation]


def _first_line(operator: Operator) -> str:
    return operator.doc.split("\n\n")[0].replace("\n", " ")
