"""Graded calls as columns, kept in a file beside the database and brought up to date by parts."""

import contextlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.domain.graded import OF_CALL, OF_ITEM, WORD_OF, GradedColumns, graded_columns
from qa.flow.written import write_whole
from qa.store.graded import GradedState
from qa.store.store import Store

VERSION = 1  # raised when the columns change their meaning
MOST_SHARE = 0.2  # guess: where more of the calls changed, all are read again


def current_columns(store: Store, file: Path | None) -> GradedColumns:
    """The columns of every evaluation that holds now.

    file: of ours; what it holds is read from there and only calls that changed since from the
    database. One that is missing, damaged or of another state is no fault. None: read all.
    """
    state = store.graded_state()
    kept = _read(file) if file is not None else None
    if kept is not None:
        was, columns = kept
        if was == state:
            return columns
        fresh = _brought_up(store, was, state, columns)
    else:
        fresh = None
    columns = fresh if fresh is not None else store.graded_columns()
    if file is not None:
        with contextlib.suppress(OSError):
            _write(file, state, columns)
    return columns


def _brought_up(
    store: Store, was: GradedState, state: GradedState, columns: GradedColumns
) -> GradedColumns | None:
    """The columns with changed calls read again; None where that would not do."""
    grown = state.evaluations - was.evaluations
    if (state.ungradable, state.cleared) != (was.ungradable, was.cleared) or grown < 0:
        return None
    changed = store.calls_changed(was)
    if len(changed) > MOST_SHARE * max(columns.size, 1):
        return None
    same = ~np.isin(columns.call_id, np.array(changed, dtype=np.str_))
    return columns.where(np.asarray(same)).with_others(store.graded_columns(changed))


def _read(file: Path) -> tuple[GradedState, GradedColumns] | None:
    try:
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as kept:
            head = json.loads(str(kept["head"]))
            if head["version"] != VERSION:
                return None
            words = {name: tuple(head["words"][name]) for name in WORD_OF}
            columns = {name: kept[name] for name in (*OF_CALL, *OF_ITEM)}
        return GradedState(*head["state"]), graded_columns(words, columns)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def _write(file: Path, state: GradedState, columns: GradedColumns) -> None:
    head = {
        "version": VERSION,
        "state": list(state),
        "words": {name: list(getattr(columns, name)) for name in WORD_OF},
    }
    arrays: dict[str, Any] = {name: _small(getattr(columns, name)) for name in (*OF_CALL, *OF_ITEM)}
    body = io.BytesIO()
    np.savez(body, head=np.array(json.dumps(head, ensure_ascii=False)), **arrays)
    write_whole(file, body.getvalue())


def _small(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Whole numbers in as few bytes as hold them; a year of a large centre is millions."""
    if column.dtype != np.int64 or not len(column):
        return column
    return column.astype(np.min_scalar_type(-int(np.abs(column).max()) - 1))
