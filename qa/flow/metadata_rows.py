"""Header and rows of a table, checked and sorted into known and own columns."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from qa.flow.metadata_columns import canonical_name
from qa.flow.metadata_table import MAX_CELL_CHARACTERS, Row, Table
from transcribe.errors import CodedError, CodedErrors

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2400]")


class Cells(NamedTuple):
    """One row's cells by column; `extra` are the site's own columns."""

    row: Row
    known: dict[str, tuple[int, str]]
    extra: dict[str, str]


def column_names(
    table: Table, columns: dict[str, tuple[str, ...]], required: tuple[str, ...]
) -> list[str]:
    """For each header cell its column, or its own text where it is none of the known.

    Raises CodedErrors: QA807 for required columns that are missing, QA808 for doubles.
    """
    names = [canonical_name(cell, columns) or cell for cell in table.header]
    faults = [
        CodedError(
            "QA807",
            place=f"{table.name}:1:1",
            column=column,
            aliases=", ".join(columns[column]),
            found=", ".join(filter(None, table.header))[:200],
        )
        for column in required
        if column not in names
    ]
    for name in dict.fromkeys(names):
        same = [cell for cell, its in zip(table.header, names, strict=True) if its == name]
        if name and len(same) > 1:
            place = f"{table.name}:1:{names.index(name) + 1}"
            faults.append(CodedError("QA808", place=place, column=name, names=", ".join(same)))
    if faults:
        raise CodedErrors(faults)
    return names


def unnamed_columns(table: Table, names: list[str]) -> list[CodedError]:
    """QA822 for each column that has content and no name."""
    return [
        CodedError("QA822", place=f"{table.name}:1:{index + 1}", number=index + 1)
        for index, name in enumerate(names)
        if not name and any(len(row.cells) > index and row.cells[index] for row in table.rows)
    ]


def split_row(
    row: Row,
    table: Table,
    names: list[str],
    columns: Mapping[str, object],
    errors: list[CodedError],
) -> Cells | None:
    """The row's filled cells by column; None after an error."""
    if len(row.cells) < len(names) or any(row.cells[len(names) :]):
        place = place_of(table, row, 0)
        counts = {"cells": len(row.cells), "columns": len(names)}
        errors.append(CodedError("QA809", place=place, **counts))
        return None
    known: dict[str, tuple[int, str]] = {}
    extra: dict[str, str] = {}
    before = len(errors)
    for index, (name, text) in enumerate(zip(names, row.cells, strict=False)):
        place = place_of(table, row, index)
        control = _CONTROL.search(text)
        if control:
            shown = "U+0000" if control.group() == "\u2400" else f"U+{ord(control.group()):04X}"
            errors.append(CodedError("QA815", place=place, column=name, character=shown))
        elif len(text) > MAX_CELL_CHARACTERS:
            limit = MAX_CELL_CHARACTERS
            errors.append(
                CodedError("QA816", place=place, column=name, length=len(text), limit=limit)
            )
        elif name in columns:
            known[name] = (index, text)
        elif name and text:
            extra[name] = text
    return Cells(row, known, extra) if len(errors) == before else None


def place_of(table: Table, row: Row, index: int) -> str:
    """file:line:column of a cell."""
    return f"{table.name}:{row.line}:{index + 1}"
