"""Commands start with what they need: names without any import, views without models."""

import importlib
import subprocess
import sys

import pytest

from qa.cli.app import app_for
from qa.cli.commands import COMMANDS

MODELS = {"spacy", "faster_whisper", "ctranslate2", "av", "durable_rules_engine", "jieba"}
SLOW = {"scipy.stats", "scipy.optimize", "statsmodels", "pypinyin", "alembic", "typst", "pandas"}
# What each of these begins with; the work of each was seen to need no more.
STARTS = {
    "--version": {"numpy", "sqlalchemy", "scipy"},
    "--help": {"numpy", "sqlalchemy", "scipy"},
    **{
        f"{view} --help": SLOW | {"scipy"}
        for view in ("coach", "plan", "develop", "praise", "ask", "promises", "effect", "course")
    },
    **{f"{view} --help": SLOW for view in ("today", "report", "complaints", "outcomes", "target")},
    "curriculum --help": SLOW,
}
LOADED = """
import sys
from qa.cli.app import app_for
words = sys.argv[1:]
try:
    app_for(words)(words)
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("words", STARTS)
def test_a_command_loads_only_what_it_needs(words: str) -> None:
    run = [sys.executable, "-c", LOADED, *words.split()]
    loaded = set(subprocess.run(run, capture_output=True, text=True, check=True).stderr.split())
    assert "qa.cli.commands" in loaded
    assert loaded & (MODELS | STARTS[words]) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_named_command_is_there(name: str) -> None:
    module, _, function = COMMANDS[name].where.partition(".")
    assert callable(getattr(importlib.import_module(f"qa.cli.{module}"), function))
    assert all((COMMANDS[name].zh, COMMANDS[name].en))


def test_the_list_names_every_command_and_one_alone_when_asked() -> None:
    assert {one.name for one in app_for(()).registered_commands} == set(COMMANDS)
    assert [one.name for one in app_for(("coach", "-h")).registered_commands] == ["coach"]
    assert len(app_for(("no such",)).registered_commands) == len(COMMANDS)
