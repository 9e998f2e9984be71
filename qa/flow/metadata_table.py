"""A table of text cells read from CSV or XLSX, with every fault at its line and column."""

import csv
import io
import re
import threading
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from qa.flow.metadata_columns import canonical_name
from transcribe.errors import CodedError, CodedErrors

MAX_FILE_BYTES = 200_000_000  # guess: a million rows
MAX_UNPACKED_BYTES = 1_000_000_000  # guess: what such a sheet unpacks to
MAX_ROWS = 1_048_576  # what a sheet can hold
MAX_COLUMNS = 200  # guess
MAX_CELL_CHARACTERS = 32_767  # what a spreadsheet cell can hold
_EXACT_BELOW = 1e15  # integers a spreadsheet keeps exactly
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CSV_LOCK = threading.Lock()  # csv's field limit belongs to the whole process


class Row(NamedTuple):
    """One row's cells by header position, trimmed; `line` counts from 1."""

    line: int
    cells: list[str]


class Table(NamedTuple):
    """Header and rows; the errors are those of single rows, which are then left out."""

    name: str
    header: list[str]
    rows: list[Row]
    errors: list[CodedError]


def read_table(path: Path, columns: dict[str, tuple[str, ...]]) -> Table:
    """The table in a CSV (UTF-8 or GB18030) or in the first sheet of an XLSX.

    columns: the known ones, used only to tell comma, tab and semicolon apart.
    Raises CodedErrors (QA801-QA806) when nothing of the file can be used.
    """
    name, suffix = path.name, path.suffix.lower()
    if suffix not in (".csv", ".tsv", ".txt", ".xlsx"):
        raise _refused("QA802", name, suffix=suffix or "?")
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_FILE_BYTES else b""
    except OSError as error:
        raise _refused("QA801", name, reason=error.strerror or str(error)) from error
    if size > MAX_FILE_BYTES:
        raise _refused("QA804", name, what="bytes", size=size, limit=MAX_FILE_BYTES)
    errors: list[CodedError] = []
    if suffix == ".xlsx":
        kept = _bounded(_xlsx_rows(raw, name, errors), name)
    else:
        kept = _bounded(_csv_rows(_decoded(raw, name), name, columns, errors), name)
    if not kept:
        raise _refused("QA806", name)
    header, body = kept[0], kept[1:]
    return Table(name, header.cells, [row for row in body if any(row.cells)], errors)


def _bounded(rows: Iterable[Row], name: str) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        if not kept and not any(row.cells):
            continue  # empty rows above the header
        if len(kept) > MAX_ROWS or len(row.cells) > MAX_COLUMNS:
            wide = len(row.cells) > MAX_COLUMNS
            what, size = ("columns", len(row.cells)) if wide else ("rows", len(kept))
            limit = MAX_COLUMNS if wide else MAX_ROWS
            if not wide or not kept:
                raise _refused("QA804", name, what=what, size=size, limit=limit)
        kept.append(row)
    return kept


def _refused(code: str, place: str, **values: object) -> CodedErrors:
    return CodedErrors([CodedError(code, place=place, **values)])


# CSV ------------------------------------------------------------------------------------------


def _decoded(raw: bytes, name: str) -> str:
    """The text; UTF-8 first, GB18030 second, never a mixture of both."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused("QA803", name, reason="UTF-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        utf8_fault_line = raw.count(b"\n", 0, error.start) + 1
    utf8_line = next((n for n, line in enumerate(raw.split(b"\n"), 1) if _is_utf8(line)), None)
    if utf8_line is not None:
        reason = f"UTF-8 (line {utf8_line}) + GB18030 (line {utf8_fault_line})"
        raise _refused("QA803", f"{name}:{utf8_fault_line}", reason=reason)
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused("QA803", f"{name}:{line}", reason="not UTF-8, not GB18030") from error


def _is_utf8(line: bytes) -> bool:
    """True when the line is surely UTF-8: it decodes to several Chinese characters.

    Two by chance happen in GB18030 (“联通”); three and a valid line do not (guess).
    """
    try:
        return len(_HAN.findall(line.decode("utf-8"))) >= 3
    except UnicodeDecodeError:
        return False


def _csv_rows(
    text: str, name: str, columns: dict[str, tuple[str, ...]], errors: list[CodedError]
) -> list[Row]:
    text = text.replace("\0", "\u2400")  # shown as ␀ and refused with its cell
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max(
        ",\t;",
        key=lambda mark: sum(
            canonical_name(cell.strip('"\r '), columns) is not None for cell in first.split(mark)
        ),
    )
    with _CSV_LOCK:
        limit = csv.field_size_limit(len(text) + 1)
        try:
            return list(_parsed(text, delimiter, name, errors))  # all while the limit holds
        finally:
            csv.field_size_limit(limit)


def _parsed(text: str, delimiter: str, name: str, errors: list[CodedError]) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            errors.append(CodedError("QA820", place=f"{name}:{line}:1", reason=str(error)))
            continue
        yield Row(line, [cell.strip() for cell in cells])


# XLSX -----------------------------------------------------------------------------------------


def _xlsx_rows(raw: bytes, name: str, errors: list[CodedError]) -> Iterator[Row]:
    from openpyxl import load_workbook  # slow to load: only for XLSX
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _check_archive(raw, name)
        book = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        header: list[str] = []
        for line, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
            at = f"{name}:{line}"
            row = [_cell_text(cell, n, header, at, errors) for n, cell in enumerate(cells)]
            while len(row) > len(header) and row[-1] == "":
                row.pop()
            header = header or [text or "" for text in row]
            if None not in row:
                yield Row(line, [text or "" for text in row])
        book.close()
    except CodedErrors:
        raise
    except (
        InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError,
        AttributeError, OSError, EOFError, SyntaxError, NotImplementedError, OverflowError,
    ) as error:  # fmt: skip
        # What openpyxl, zipfile and the XML parser (a SyntaxError) raise on damaged files.
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise _refused("QA805", name, reason=reason) from error


def _check_archive(raw: bytes, name: str) -> None:
    """Refuses archives that would unpack to more than memory should hold."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > MAX_UNPACKED_BYTES:
        raise _refused("QA804", name, what="bytes", size=size, limit=MAX_UNPACKED_BYTES)


def _cell_text(
    cell: Any, number: int, header: list[str], at: str, errors: list[CodedError]
) -> str | None:
    """The cell as text; None after an error, so that its row is left out."""
    value = cell.value
    column = header[number] if number < len(header) else str(number + 1)
    place = f"{at}:{number + 1}"
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        errors.append(CodedError("QA818", place=place, column=column, value=str(value)[:80]))
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if abs(value) >= _EXACT_BELOW:
            errors.append(CodedError("QA819", place=place, column=column, value=str(value)))
            return None
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value).strip()
