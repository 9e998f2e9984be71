"""Tables written as XLSX and CSV, safe to open in a spreadsheet."""

import csv
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from qa.reports.evaluations import Cell, Table
from transcribe.errors import CodedError
from transcribe.transcript import Language

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MAX_CELL_CHARACTERS = 32_767  # Excel's limit for one cell


def write_tables(path: Path, tables: Sequence[Table], *, language: Language) -> tuple[Path, ...]:
    """The files written: one workbook with a sheet a table, or one CSV a table.

    Of several CSV tables the first takes the path as given, the others get `-name` before the
    suffix. CSV is UTF-8 with BOM, so that spreadsheets read Chinese. Existing files are
    replaced. Raises QA520 another suffix, QA521 a file that cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise CodedError("QA520", place=str(path), suffix=suffix or "-")
    try:
        if suffix == ".xlsx":
            _write_workbook(path, tables, language)
            return (path,)
        paths = []
        for number, table in enumerate(tables):
            own = path if number == 0 else path.with_name(f"{path.stem}-{table.name}.csv")
            _write_csv(own, table)
            paths.append(own)
        return tuple(paths)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise CodedError("QA521", place=str(path), why=str(error)) from error


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula; without control characters."""
    kept = "".join(
        c for c in text if c in "\n\t" or (c.isprintable() and ord(c) != 0x7F) or c == " "
    )
    if kept.startswith(_FORMULA):
        kept = "'" + kept
    return kept[:MAX_CELL_CHARACTERS]


def _write_csv(path: Path, table: Table) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        for row in table.rows:
            writer.writerow([safe_text(cell) if isinstance(cell, str) else cell for cell in row])


def _write_workbook(path: Path, tables: Sequence[Table], language: Language) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(table.title.of(language)[:31])
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
            for column, name in enumerate(table.columns):
                sheet.write_string(0, column, name, head)
                sheet.set_column(column, column, _width(table, column))
            for line, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    _write_cell(sheet, line, column, cell)


def _write_cell(
    sheet: "xlsxwriter.worksheet.Worksheet", line: int, column: int, cell: Cell
) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, column, safe_text(cell))
    elif cell is not None:
        sheet.write_number(line, column, cell)


def _width(table: Table, column: int) -> int:
    """Characters wide enough for most cells, at most 60; Chinese counts double."""
    texts = [table.columns[column], *(str(row[column] or "") for row in table.rows[:200])]
    longest = max(sum(2 if ord(c) > 0x2E7F else 1 for c in text) for text in texts)
    return min(60, max(8, longest + 2))
