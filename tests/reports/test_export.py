"""Evaluations as tables and files that are safe to open."""

import csv
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from qa.domain.call import Call
from qa.domain.coaching import Evaluated
from qa.domain.findings import Evidence, Finding, Reason
from qa.domain.scorecards import Scorecard
from qa.domain.text import Text
from qa.reports.evaluations import EVALUATIONS, ITEMS, evaluation_tables
from qa.reports.export import safe_text, write_tables
from qa.scoring.score import score
from transcribe.errors import CodedError

TITLE = Text(zh="问候", en="Greeting")
CARD = Scorecard.model_validate(
    {
        "id": "en-small",
        "version": "1",
        "language": "en",
        "title": TITLE,
        "total_points": 10,
        "pass_mark": 85,
        "pass_mark_source": "test",
        "bands": [{"id": "all", "title": TITLE, "from_score": 0}],
        "sections": [
            {
                "ref_id": "S1",
                "title": TITLE,
                "items": [
                    {
                        "ref_id": "OPEN-1",
                        "title": TITLE,
                        "guide": TITLE,
                        "points": Decimal(10),
                        "rules": ["OPEN-001"],
                        "skill": "opening",
                    }
                ],
            }
        ],
    }
)


def evaluated(quote: str = "Hello", name: str = "Anna") -> Evaluated:
    call = Call(id="c1", source="c1.wav", csr_id="7", csr_name=name, language="en")
    finding = Finding(
        id="OPEN-001@1",
        rule_id="OPEN-001",
        rule_digest="1",
        verdict="not_met",
        reason=Reason(code="found_against", text=Text(zh="不对", en="wrong")),
        evidence=(Evidence(turn=0, speaker="csr", start_s=1.04, end_s=2.0, quote=quote),),
    )
    return Evaluated(
        call=call,
        scorecard=CARD,
        evaluation=score(call, [finding], CARD),
        findings=(finding,),
    )


def tables(*several: Evaluated, language: str = "en"):  # type: ignore[no-untyped-def]
    return evaluation_tables(several, {("c1", "OPEN-1"): "Mei: heard it"}, language=language)  # type: ignore[arg-type]


def test_rows_carry_marks_proof_and_the_persons_comment() -> None:
    calls, items = tables(evaluated())
    row = dict(zip(EVALUATIONS, calls.rows[0], strict=True))
    assert (row["call_id"], row["score"], row["pass"], row["coverage"]) == ("c1", 0.0, "fail", 1.0)
    item = dict(zip(ITEMS, items.rows[0], strict=True))
    assert (item["verdict"], item["points"], item["max_points"]) == ("not_met", 0.0, 10.0)
    assert (item["because"], item["start_s"], item["quote"]) == ("wrong", 1.0, "Hello")
    assert item["comment"] == "Mei: heard it"
    assert (
        dict(zip(ITEMS, tables(evaluated(), language="zh")[1].rows[0], strict=True))["because"]
        == "不对"
    )


def test_ungradable_calls_have_no_row() -> None:
    nothing = evaluated().model_copy(update={"evaluation": None})
    assert [table.rows for table in tables(nothing)] == [(), ()]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(tmp_path: Path, start: str) -> None:
    evil = start + 'HYPERLINK("http://x","y")'
    made = tables(evaluated(quote=evil, name=evil))
    write_tables(tmp_path / "a.xlsx", made, language="en")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(isinstance(c.value, str) and c.value.startswith(start) for c in cells)
    for path in write_tables(tmp_path / "a.csv", made, language="en"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert not any(cell.startswith(start) for row in csv.reader(file) for cell in row)


def test_numbers_stay_numbers_and_control_characters_go(tmp_path: Path) -> None:
    write_tables(tmp_path / "a.xlsx", tables(evaluated(name="A\x00\x07nna")), language="zh")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["评分"]
    shown = {sheet.cell(1, c).value: sheet.cell(2, c).value for c in range(1, sheet.max_column + 1)}
    assert (shown["score"], shown["csr_name"]) == (0, "Anna")
    assert safe_text("x" * 40_000) == "x" * 32_767


@pytest.mark.parametrize(
    ("name", "code"), [("a.doc", "QA520"), ("a", "QA520"), ("none/a.csv", "QA521"),
                       ("none/a.xlsx", "QA521")]
)  # fmt: skip
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(CodedError) as caught:
        write_tables(tmp_path / name, tables(evaluated()), language="en")
    assert (caught.value.code, caught.value.place) == (code, str(tmp_path / name))
