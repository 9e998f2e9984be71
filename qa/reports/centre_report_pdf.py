"""The manager's report as PDF, in Chinese or English."""

import json
from collections.abc import Iterable
from pathlib import Path

from qa.domain.centre_report import CentreReport
from qa.reports.centre_report import NOTE, report_tables, report_title
from qa.reports.evaluations import Cell, Table
from qa.reports.one_to_one import font_folder
from transcribe.transcript import Language

_TEMPLATE = Path(__file__).with_name("centre_report.typ")
SHORT = 12  # characters of a cell that is never broken


def report_pdf(report: CentreReport, *, language: Language) -> bytes:
    """The report as PDF. Raises QA523 where the Chinese font is not installed."""
    import typst  # 30 MB, only for printing

    tables = report_tables(report, language=language)
    content = {
        "lang": language,
        "title": report_title(report).of(language),
        "note": NOTE.of(language),
        "tables": [
            {
                "title": table.title.of(language),
                "columns": list(table.columns),
                "widths": [_width(table, n) for n in range(len(table.columns))],
                "rows": [["-" if c is None else str(c) for c in row] for row in table.rows],
            }
            for table in tables
        ],
    }
    made = typst.compile(
        str(_TEMPLATE),
        font_paths=[str(font_folder())],
        sys_inputs={"report": json.dumps(content, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave several files for one PDF")
    return made


def _width(table: Table, column: int) -> int:
    """How much of the line a column gets, up to 34; 0, as much as it needs, for short cells."""
    cells: Iterable[Cell] = (table.columns[column], *(row[column] for row in table.rows))
    longest = max(sum(2 if ord(c) > 0x2E7F else 1 for c in str(cell or "-")) for cell in cells)
    return 0 if longest <= SHORT else min(34, longest)
