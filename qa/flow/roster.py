"""The roster: who works here, from `roster.csv` or `roster.xlsx` in the site folder."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from qa.flow import metadata_values as values
from qa.flow.metadata_columns import ROSTER
from qa.flow.metadata_rows import Cells, column_names, place_of, split_row, unnamed_columns
from qa.flow.metadata_table import read_table
from qa.flow.metadata_values import Wrong
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun


class RosterEntry(Noun):
    """One person of the roster."""

    csr_id: str
    name: str | None = None
    team: str | None = None
    hired_on: date | None = None
    role: str | None = None


def read_roster(path: Path) -> dict[str, RosterEntry]:
    """The roster by csr_id. Columns beside the known ones are the site's own and not read.

    Raises CodedErrors with every faulty row (QA801-QA823): a roster is used whole or not at
    all, since a missing person would make good calls fail.
    """
    table = read_table(path, ROSTER)
    names = column_names(table, ROSTER, ("csr_id",))
    errors = list(table.errors) + unnamed_columns(table, names)
    roster: dict[str, RosterEntry] = {}
    lines: dict[str, int] = {}
    for row in table.rows:
        cells = split_row(row, table, names, ROSTER, errors)
        if cells is None:
            continue
        index, csr_id = cells.known["csr_id"]
        place = place_of(table, row, index)
        if not csr_id:
            errors.append(CodedError("QA810", place=place, column=table.header[index]))
        elif csr_id in roster:
            first_line = lines[csr_id]
            errors.append(CodedError("QA823", place=place, csr_id=csr_id, first_line=first_line))
        else:
            try:
                roster[csr_id] = _entry(cells)
                lines[csr_id] = row.line
            except Wrong as wrong:
                column = "hired_on" if wrong.code == "QA811" else "csr_id"
                at = cells.known[column][0]
                errors.append(wrong.at(place_of(table, row, at), table.header[at]))
    if errors:
        raise CodedErrors(errors)
    return roster


def _entry(cells: Cells) -> RosterEntry:
    def text(column: str) -> str | None:
        return cells.known.get(column, (0, ""))[1] or None

    hired_on = text("hired_on")
    return RosterEntry(
        csr_id=values.identifier(cells.known["csr_id"][1]),
        name=text("name"),
        team=text("team"),
        hired_on=_day(hired_on) if hired_on else None,
        role=text("role"),
    )


def _day(value: str) -> date:
    """The date of “2024-03-01”, “2024/3/1”, “2024年3月1日”, with or without a time."""
    day = value if any(mark in value for mark in ":时点") else f"{value} 00:00"
    try:
        return values.moment(day, ZoneInfo("UTC")).date()
    except Wrong as wrong:
        raise Wrong("QA811", value=value, wanted="2024-03-01, 2024/3/1, 2024年3月1日") from wrong
