"""Calls tables from spreadsheets, also hostile ones."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from qa.flow.metadata import read_calls
from tests.flow.tables import ENGLISH, HEAD, faults, read, refusal, rules
from transcribe.errors import CodedErrors

START = datetime.fromisoformat("2026-03-02T09:15")


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_xlsx_gives_what_csv_gives(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(ENGLISH)))
    raw = book(*rows)
    assert read(tmp_path, raw, name="calls.xlsx").calls == read(tmp_path, ENGLISH).calls


def test_xlsx_cells_that_are_no_text(tmp_path: Path) -> None:
    raw = book(
        ["call_id", "file", "csr_id", "started_at", "vip", "on", "share"],
        [
            1001,
            "1.wav",
            7.0,
            datetime.fromisoformat("2026-03-02T09:15"),
            True,
            date(2026, 3, 2),
            0.5,
        ],
        [1002, "2.wav"],
    )
    first, second = read(tmp_path, raw, name="calls.xlsx").calls
    assert (first.id, first.csr_id) == ("1001", "7")
    assert first.started_at == datetime(2026, 3, 2, 1, 15, tzinfo=UTC)
    assert first.attributes == {"vip": "true", "on": "2026-03-02 00:00:00", "share": "0.5"}
    assert second.id == "1002"


@pytest.mark.parametrize(
    ("cell", "code"),
    [("=HYPERLINK(A1)", "QA818"), ("#REF!", "QA818"), (1.2345678901234567e19, "QA819")],
)
def test_xlsx_cells_that_cannot_be_trusted(tmp_path: Path, cell: object, code: str) -> None:
    raw = book(["call_id", "file"], [cell, "1.wav"], ["good", "2.wav"])
    result = read(tmp_path, raw, name="calls.xlsx")
    assert faults(result) == [f"{code} 2:1"]
    assert [call.id for call in result.calls] == ["good"]


def test_a_csv_cell_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    (call,) = read(tmp_path, f"{HEAD},note\n=1+1,1.wav,=cmd|x\n").calls
    assert (call.id, call.attributes["note"]) == ("=1+1", "=cmd|x")


def test_archives_that_are_no_sheets(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(11):
            archive.writestr(f"xl/{i}.xml", b"\0" * 100_000_000)
    assert refusal(tmp_path, bomb.getvalue(), name="bomb.xlsx") == ["QA804"]
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert refusal(tmp_path, empty.getvalue(), name="x.xlsx") == ["QA805"]
    whole = book(["call_id", "file"], ["c1", "1.wav"])
    assert refusal(tmp_path, whole[: len(whole) // 2], name="x.xlsx") == ["QA805"]


def test_entities_in_a_sheet_do_not_blow_up(tmp_path: Path) -> None:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    source = zipfile.ZipFile(io.BytesIO(book(["call_id", "file"], ["c1", "1.wav"])))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                head, _, rest = body.decode().partition("<worksheet")
                body = f"{head}<!DOCTYPE x [{entities}]><worksheet{rest}".replace(
                    "c1", "&j;"
                ).encode()
            archive.writestr(entry.filename, body)
    path = tmp_path / "lol.xlsx"
    path.write_bytes(held.getvalue())
    size = 0
    try:
        size = len(read_calls(path, rules(tmp_path)).calls)
    except CodedErrors as errors:
        size = -len(errors.errors)
    assert size in (-1, 0, 1)
