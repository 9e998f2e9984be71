"""The generated pages are up to date, and what the hand-written ones name exists."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from qa.domain.facts import NEEDS
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.operators import OPERATORS
from qa.flow.check import check
from qa.flow.docs import FOLDERS, pages
from qa.flow.docs_operators import NEED_TEXTS, WINDOW_TEXTS, needs_of
from qa.flow.lines import LINES
from transcribe.noun import Noun
from transcribe.settings import TranscribeSettings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
READMES = ("README.md", "README.zh.md", "CONTRIBUTING.md")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages(ROOT)


def test_pages_are_up_to_date(made: dict[str, str]) -> None:
    stale = [
        name
        for name, text in made.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text("utf-8") != text
    ]
    assert stale == [], "run `make docs`"


def test_no_page_of_something_gone(made: dict[str, str]) -> None:
    there = {
        path.relative_to(DOCS).as_posix()
        for folder in FOLDERS
        for path in (DOCS / folder).rglob("*")
        if path.is_file()
    }
    assert there - set(made) == set()


@pytest.mark.parametrize("name", OPERATORS)
def test_each_operator_is_told_in_both_languages(name: str) -> None:
    operator = OPERATORS[name]
    assert operator.doc
    assert set(needs_of(operator)) <= set(NEEDS)
    for field_name, field in operator.params.model_fields.items():
        extra = field.json_schema_extra
        assert field.description, f"{name}.{field_name} has no English description"
        assert isinstance(extra, dict), f"{name}.{field_name} has no Chinese description"
        assert re.search(r"[\u4e00-\u9fff]", str(extra["zh"]))


def test_needs_and_windows_have_words() -> None:
    assert set(NEED_TEXTS) == set(NEEDS)
    assert set(WINDOW_TEXTS) == set(Window.model_fields)


@pytest.mark.parametrize("model", [Limits, TranscribeSettings])
def test_each_limit_says_what_it_means(model: type[Noun]) -> None:
    silent = [name for name, field in model.model_fields.items() if not field.description]
    assert silent == []


@pytest.mark.parametrize("name", LINES)
def test_examples_fit_their_schemas(name: str, made: dict[str, str]) -> None:
    schema: dict[str, Any] = json.loads(made[f"schema/{name}.json"])
    Draft202012Validator.check_schema(schema)
    example = json.loads(made[f"schema/{name}.example.json"])
    assert [error.message for error in Draft202012Validator(schema).iter_errors(example)] == []
    broken = {key: value for key, value in example.items() if key != "call"}
    assert not Draft202012Validator(schema).is_valid(broken)


def test_quotes_of_the_example_stand_in_its_turns(made: dict[str, str]) -> None:
    turns = json.loads(made["schema/transcript.example.json"])["transcript"]["turns"]
    findings = json.loads(made["schema/judgement.example.json"])["findings"]
    quotes = [
        (evidence["turn"], evidence["quote"])
        for finding in findings
        for evidence in finding["evidence"]
        if evidence["turn"] is not None and evidence["quote"] is not None
    ]
    assert quotes
    assert [(turn, quote) for turn, quote in quotes if quote not in turns[turn]["text"]] == []


def _code(name: str) -> str:
    """What stands between backticks in a page, one piece a line."""
    text = (ROOT / name).read_text("utf-8")
    blocks = re.findall(r"^```(?:sh|console)?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


@pytest.mark.parametrize("name", READMES)
def test_named_make_targets_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", _code(name)))
    assert named
    assert named - targets == set()


@pytest.fixture(scope="module")
def commands() -> set[str]:
    """Every word of `qa --help`, the commands' names among them."""
    done = subprocess.run(
        [sys.executable, "-m", "qa", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(re.findall(r"[a-z][a-z-]+", done.stdout))


@pytest.mark.parametrize("name", READMES)
def test_named_commands_exist(name: str, commands: set[str]) -> None:
    named = set(re.findall(r"(?:^|\s)qa ([a-z][a-z-]*)", _code(name), re.MULTILINE))
    assert named
    assert named - commands == set()


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", (ROOT / name).read_text("utf-8"))
    local = [link for link in links if "://" not in link]
    assert local
    assert [link for link in local if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("page", sorted(DOCS.glob("decisions/*.md")), ids=lambda page: page.name)
def test_decisions_are_numbered_and_short(page: Path) -> None:
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name)
    text = page.read_text("utf-8")
    assert text.startswith(f"# {page.name[:4]} ")
    assert len(text.splitlines()) <= 60, "a decision is one page"
    for part in ("## Context", "## Choice", "## Price"):
        assert part in text


def test_the_operator_recipe_is_a_real_one() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (recipe,) = re.findall(r"^```python\n# (\S+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    real = (ROOT / recipe[0]).read_text("utf-8").splitlines()
    assert [line for line in recipe[1].splitlines() if line not in real] == []


def test_the_rule_recipe_works(tmp_path: Path) -> None:
    (recipe,) = re.findall(
        r"^```yaml\n(.*?)^```",
        (ROOT / "CONTRIBUTING.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    for folder in ("rules", "scorecards"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "rules" / "zh" / "recipe.yaml").write_text(recipe, "utf-8")
    before, _ = check(ROOT)
    after, _ = check(tmp_path)
    assert len(after.rules) == len(before.rules) + 1
