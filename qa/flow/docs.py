"""The generated pages under docs/: operators, rules, errors, glossary, limits, JSON schemas.

`python -m qa.flow.docs DIR` writes them; a test compares them with what stands in docs/.
"""

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.errors import CATALOGUE
from qa.flow.docs_examples import examples
from qa.flow.docs_operators import operator_pages
from qa.flow.docs_rules import rules_page
from qa.flow.docs_yaml_schemas import yaml_schemas
from qa.flow.lines import LINES
from qa.glossary import TERMS
from qa.packs.load import load_packs
from transcribe.settings import TranscribeSettings

MADE = "<!-- Made by `make docs`; edit what it is made from. -->\n"
FOLDERS = ("operators", "schema")  # held by generated pages alone

# Code ranges as people meet them: first code of the range -> title.
_ROOMS: Mapping[str, str] = {
    "QA1": "Settings and packaging / 设置与安装",
    "QA2": "Packs / 规则包",
    "QA3": "Facts, findings, scripts / 事实、判定与脚本",
    "QA4": "Scoring / 评分",
    "QA5": "Coaching and reports / 辅导与报表",
    "QA6": "Store / 数据库",
    "QA7": "Recordings and transcription / 录音与转写",
    "QA8": "Running and importing / 运行与导入",
    "QA9": "Web / 网页",
}


def pages(root: Path) -> dict[str, str]:
    """Path under docs/ -> text of every generated page, from the packs and scripts at `root`.

    The same root gives the same bytes. Errors: those of `load_packs`.
    """
    packs = load_packs(root)
    return {
        **operator_pages(packs),
        "rules.md": rules_page(packs),
        "errors.md": errors_page(),
        "glossary.md": glossary_page(),
        "limits.md": limits_page(),
        **schema_pages(root, packs),
        **{f"schema/yaml/{name}": _json(schema) for name, schema in yaml_schemas().items()},
    }


def errors_page() -> str:
    """Every error code with its sentence in both languages; `{...}` stands for what was seen."""
    parts = ["# Errors / 错误代码\n", MADE]
    parts.append(
        "Each error is printed with its code and place (file:line:column, a path or a call). "
        "`qa explain CODE` prints the same.\n\n"
        "每个错误都带代码和位置（文件:行:列、路径或通话）。`qa explain 代码` 也会打印同样的内容。\n"
    )
    room = ""
    for code, text in CATALOGUE.items():
        if _ROOMS[code[:3]] != room:
            room = _ROOMS[code[:3]]
            parts.append(f"## {room}\n")
        parts.append(f"### {code}\n\n{_quoted(text.en)}\n>\n{_quoted(text.zh)}\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in _escaped(text).splitlines())


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("|", "\\|")


def glossary_page() -> str:
    """The glossary as one table."""
    rows = [
        f"| `{term.key}` | {term.word.en} | {term.word.zh} | {', '.join(term.also)} | {term.note} |"
        for term in TERMS
    ]
    head = "| key | English | 中文 | also / 又称 | note |\n|---|---|---|---|---|"
    return "\n".join(["# Glossary / 术语表\n", MADE, head, *rows, ""])


def limits_page() -> str:
    """Every limit of measuring, judging and transcribing: default, meaning, source."""
    parts = [
        "# Limits / 界限\n",
        MADE,
        "Those of the first table may stand under `limits:` in a site's `settings.yaml`. A source "
        "stands in brackets; a guess says so.\n",
        "第一张表里的界限可以写在站点 `settings.yaml` 的 `limits:` 下。"
        "括号里是依据；估计值会注明。\n",
    ]
    for title, model in (
        ("Measuring and judging / 测量与判定", Limits),
        ("Transcribing / 转写", TranscribeSettings),
    ):
        rows = [
            f"| `{name}` | `{field.default}` | {_escaped(field.description or '')} |"
            for name, field in model.model_fields.items()
        ]
        parts += [f"## {title}\n", "| name | default | meaning |\n|---|---|---|", *rows, ""]
    return "\n".join(parts)


def schema_pages(root: Path, packs: Packs) -> dict[str, str]:
    """A JSON Schema and a worked example for every kind of line the commands print."""
    made: dict[str, str] = {}
    worked = examples(root, packs)
    for name, line in LINES.items():
        schema = line.model_json_schema(mode="serialization", by_alias=True)
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        made[f"schema/{name}.json"] = _json(schema)
        made[f"schema/{name}.example.json"] = _json(worked[name])
    return made


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path, made: Mapping[str, str]) -> None:
    """Write the pages, and remove those of things that are no more."""
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    for name, text in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]), pages(Path.cwd()))
