"""Each code: two languages with the same placeholders, its room's range, a test provoking it."""

import ast
import re
import string
from pathlib import Path

import pytest

from qa.errors import CATALOGUE, RANGES, merge, rooms, text_of
from transcribe.errors import CodedError, ErrorText

ROOT = Path(__file__).parents[1]
CODE = re.compile(r"QA\d{3}")


def _placeholders(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}


@pytest.mark.parametrize("code", CATALOGUE)
def test_both_languages_name_the_same_placeholders(code: str) -> None:
    text = CATALOGUE[code]
    assert _placeholders(text.zh) == _placeholders(text.en)
    assert all(name.isidentifier() for name in _placeholders(text.en))


@pytest.mark.parametrize("code", CATALOGUE)
def test_both_languages_are_written(code: str) -> None:
    text = CATALOGUE[code]
    assert re.search(r"[\u4e00-\u9fff]", text.zh), "no Chinese in the Chinese text"
    chinese = re.findall(r"[\u4e00-\u9fff]", text.en)
    assert len(chinese) < len(text.en) / 5, "English may quote Chinese, not be it"
    assert len(text.en.split()) >= 5, "says what was seen and the cure"


def _claims() -> list[tuple[str, str]]:
    return [(room, code) for room, texts in rooms() for code in texts]


@pytest.mark.parametrize(("room", "code"), _claims())
def test_each_room_keeps_to_its_range(room: str, code: str) -> None:
    home = room.rpartition(".")[0]
    assert CODE.fullmatch(code)
    first, last = RANGES[home]
    assert first <= int(code[2:]) <= last


def _literals(*folders: str) -> dict[str, set[str]]:
    """Code -> files in whose strings it stands; texts and their own tests do not count."""
    found: dict[str, set[str]] = {}
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        if path.name.endswith("error_texts.py") or path == Path(__file__):
            continue
        docstrings = _docstrings(tree := ast.parse(path.read_text("utf-8")))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if id(node) in docstrings:
                    continue
                for code in CODE.findall(node.value):
                    found.setdefault(code, set()).add(str(path.relative_to(ROOT)))
    return found


def _docstrings(tree: ast.Module) -> set[int]:
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }


RAISED = _literals("qa", "transcribe")
TESTED = _literals("tests")


@pytest.mark.parametrize("code", CATALOGUE)
def test_each_code_is_raised_and_provoked(code: str) -> None:
    assert code in RAISED, "no code raises it: delete its text"
    assert code in TESTED, "no test provokes it"


@pytest.mark.parametrize("code", sorted(RAISED))
def test_each_raised_code_has_a_text(code: str) -> None:
    assert code in CATALOGUE


def test_two_rooms_cannot_claim_one_code() -> None:
    text = ErrorText("一", "one")
    with pytest.raises(ValueError, match=r"QA999 by qa\.a and qa\.b"):
        merge([("qa.a", {"QA999": text}), ("qa.b", {"QA999": text})])


def test_an_error_is_said_in_both_languages() -> None:
    error = CodedError("QA356", place="calls/1.call:3:6", role="boss", known="csr, customer")
    said = text_of(error)
    assert "boss" in said.zh
    assert "csr, customer" in said.en
