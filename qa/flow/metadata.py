"""A calls table read into calls: every bad row reported, every good one kept (contract 8)."""

import difflib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from qa.domain.call import Call, CallEvent
from qa.flow import metadata_values as values
from qa.flow.metadata_columns import CALLS, REQUIRED
from qa.flow.metadata_rows import Cells, column_names, place_of, split_row, unnamed_columns
from qa.flow.metadata_table import Table, read_table
from qa.flow.metadata_values import Wrong
from qa.flow.roster import RosterEntry
from qa.flow.sides import BETWEEN, each_side, sides
from transcribe.errors import CodedError, place_key


class ImportRules(NamedTuple):
    """What a site says about its tables.

    zone: of times that name none. salt: of the customers' hashes. roster: who may stand in
    csr_id; None where the site keeps none.
    """

    recordings: Path
    zone: ZoneInfo
    salt: bytes
    roster: Mapping[str, RosterEntry] | None = None


class ImportResult(NamedTuple):
    """The calls of the good rows in order, and every fault by line and column."""

    name: str
    calls: tuple[Call, ...]
    errors: tuple[CodedError, ...]


def read_calls(path: Path, rules: ImportRules) -> ImportResult:
    """The calls of a CSV or XLSX table; see docs/import.md for the columns.

    Raises CodedErrors (QA801-QA808) when nothing of the table can be used; faults of rows
    (QA809-QA824) are in the result at file:line:column.
    """
    table = read_table(path, CALLS)
    names = column_names(table, CALLS, REQUIRED)
    errors = list(table.errors) + unnamed_columns(table, names)
    calls: list[Call] = []
    first_lines: dict[str, int] = {}
    for row in table.rows:
        found: list[CodedError] = []
        cells = split_row(row, table, names, CALLS, found)
        call = _call(cells, table, rules, found) if cells else None
        if call and call.id in first_lines:
            place = place_of(table, row, cells.known["call_id"][0] if cells else 0)
            first_line = first_lines[call.id]
            found.append(CodedError("QA813", place=place, call_id=call.id, first_line=first_line))
        elif call and not found:
            first_lines[call.id] = row.line
            calls.append(call)
        errors += found
    errors.sort(key=lambda error: place_key(error.place))
    return ImportResult(table.name, tuple(calls), tuple(errors))


def _call(cells: Cells, table: Table, rules: ImportRules, errors: list[CodedError]) -> Call | None:
    """The row's call; None after an error."""

    def read(column: str, how: Callable[[str], Any]) -> Any:
        index, text = cells.known.get(column, (0, ""))
        if not text:
            if column in REQUIRED:
                errors.append(
                    CodedError("QA810", place=place_of(table, cells.row, index), column=column)
                )
            return None
        try:
            return how(text)
        except Wrong as wrong:
            errors.append(wrong.at(place_of(table, cells.row, index), table.header[index]))
            return None

    before = len(errors)
    direction = read("direction", lambda text: values.chosen(text, values.DIRECTIONS)) or "inbound"
    number = "customer"
    if not cells.known.get("customer", (0, ""))[1]:
        number = "caller" if direction == "inbound" else "callee"
    hung_up_by = read("hung_up_by", lambda text: values.chosen(text, values.ROLES))
    fields = {
        "id": read("call_id", values.identifier),
        "source": cells.known["file"][1],
        "recording": read("file", lambda text: _recording(text, rules.recordings)),
        "queue": read("queue", str),
        "direction": direction,
        "started_at": read("started_at", lambda text: values.moment(text, rules.zone)),
        "language": read("language", lambda text: values.chosen(text, values.LANGUAGES)),
        "channels": read("channels", values.channel_roles) or (),
        "events": _events(read),
        "hung_up_by": None if hung_up_by == "unknown" else hung_up_by,
        "customer_key": read(
            number, lambda text: values.customer_key(values.identifier(text), rules.salt)
        ),
        "attributes": cells.extra,
        **_csr(read, rules),
    }
    return Call.model_validate(fields) if len(errors) == before else None


def _recording(text: str, folder: Path) -> str:
    """The path of a recording, or of the two files of its sides."""
    if len(sides(text)) > 2:
        raise Wrong("QA812", file=text[:200], reason=BETWEEN.join("123"))
    return each_side(text, lambda side: values.recording_path(side, folder))


def _events(read: Callable[[str, Callable[[str], Any]], Any]) -> tuple[CallEvent, ...] | None:
    """The events of every column that tells some; None where none does."""
    told = [read("events", values.events)]
    for column, kind in (("holds", "hold"), ("transfers", "transfer"), ("acw", "acw")):
        told.append(read(column, partial(values.events, kind=kind)))
    if all(one is None for one in told):
        return None
    return tuple(sorted((e for one in told for e in one or ()), key=lambda e: e.start_s))


def _csr(
    read: Callable[[str, Callable[[str], Any]], Any], rules: ImportRules
) -> dict[str, str | None]:
    """Id, name and team; what the row leaves open comes from the roster."""
    roster = rules.roster

    def listed(text: str) -> str:
        csr_id = values.identifier(text)
        if roster is not None and csr_id not in roster:
            near = difflib.get_close_matches(csr_id, roster, n=3)
            shown = f"{', '.join(near)}? " if near else ""
            raise Wrong("QA814", csr_id=csr_id, near=shown)
        return csr_id

    csr_id = read("csr_id", listed)
    entry = (roster or {}).get(csr_id or "")
    return {
        "csr_id": csr_id,
        "csr_name": read("csr_name", str) or (entry.name if entry else None),
        "team": read("team", str) or (entry.team if entry else None),
    }
