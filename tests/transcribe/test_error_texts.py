"""Every code of this room has both texts, is raised somewhere and is provoked by a test."""

import re
import string
from pathlib import Path

import pytest

from transcribe.error_texts import TEXTS

ROOM = Path(__file__).parents[2] / "transcribe"
CODE = re.compile(r'"(QA7\d\d)"')


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def codes_in(folder: Path, *, without: str) -> set[str]:
    files = (p for p in folder.glob("*.py") if p.name != without)
    return {code for path in files for code in CODE.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_both_languages_name_the_same_things(code: str) -> None:
    text = TEXTS[code]
    assert text.zh
    assert text.en
    assert placeholders(text.zh) == placeholders(text.en)


def test_faults_need_no_values_to_be_said() -> None:
    assert [c for c, text in TEXTS.items() if c >= "QA750" and placeholders(text.zh)] == []


def test_every_code_raised_has_a_text_and_every_text_a_code() -> None:
    assert codes_in(ROOM, without="error_texts.py") == set(TEXTS)


def test_every_code_is_provoked_by_a_test() -> None:
    assert set(TEXTS) - codes_in(Path(__file__).parent, without=Path(__file__).name) == set()
