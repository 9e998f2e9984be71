"""The folder is the registry: a file an operator, and the golden list names each."""

from pathlib import Path

import pytest

from qa.findings import operators
from qa.findings.operator import _known, register
from qa.findings.operators import OPERATORS
from transcribe.noun import Noun

GOLDEN = Path(__file__).parents[2] / "golden" / "operators.txt"
FOLDER = Path(operators.__file__).parent


def test_the_folder_holds_what_the_golden_list_names() -> None:
    golden = GOLDEN.read_text("utf-8").split()
    assert sorted(OPERATORS) == golden
    assert sorted(path.stem for path in FOLDER.glob("[a-z]*.py")) == golden


def test_each_operator_has_a_table_of_its_own() -> None:
    tables = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert tables - {"scan"} == set(OPERATORS)


@pytest.mark.parametrize("name", OPERATORS)
def test_titles_and_docs_are_written(name: str) -> None:
    operator = OPERATORS[name]
    assert operator.name == name
    assert operator.title.zh != operator.title.en
    assert operator.doc.endswith((".", "。"))
    assert operator.example.startswith(f"{name}: ")


class _None(Noun):
    pass


def test_one_name_is_registered_once() -> None:
    add = register("says", title=("a", "一"), params=_None, needs=lambda want: (), example="says:")
    with pytest.raises(ValueError, match="registered twice"):
        add(lambda view, want, window, limits: None)


def test_an_operator_needs_only_what_facts_may_lack() -> None:
    assert _known(("speakers",)) == ("speakers",)
    with pytest.raises(ValueError, match="ears"):
        _known(("speakers", "ears"))
