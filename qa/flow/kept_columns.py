"""Graded calls as columns, kept in a file beside the database and brought up to date by parts."""

import contextlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from qa.domain.graded import OF_CALL, OF_ITEM, WORD_OF, GradedColumns, graded_columns
from qa.flow.columns_file import read_columns, write_columns
from qa.store.graded import GradedState, Told
from qa.store.store import Store

VERSION = 3  # raised when the columns change their meaning
MOST_SHARE = 0.2  # guess: where more of the calls changed, all are read again


class _Kept(NamedTuple):
    """What the file holds: the database's state then, calls that were ungradable, the columns."""

    state: GradedState
    closed: frozenset[str]
    columns: GradedColumns


def current_columns(store: Store, file: Path | None, *, told: Told | None = None) -> GradedColumns:
    """The columns of every evaluation that holds now.

    file: of ours; what it holds is read from there and only calls that changed since from the
    database. One that is missing, damaged or of another state is no fault. None: read all.
    told: hears how many evaluations were read from the database, and how many are to be.
    """
    state = store.graded_state()
    kept = _read(file, store.place) if file is not None else None
    if kept is not None and kept.state == state:
        return kept.columns
    closed = store.closed_calls()
    columns = _brought_up(store, kept, closed, told) if kept is not None else None
    if columns is None:
        columns = store.graded_columns(told=told)
    if file is not None:
        with contextlib.suppress(OSError):
            _write(file, store.place, _Kept(state, closed, columns))
    return columns


def _brought_up(
    store: Store, kept: _Kept, closed: frozenset[str], told: Told | None
) -> GradedColumns | None:
    """The columns with changed calls read again; None where that would not do."""
    newer = store.calls_changed(kept.state)
    if newer is None:
        return None
    columns = kept.columns
    changed = {*newer, *(closed ^ kept.closed)}
    if len(changed) > MOST_SHARE * max(columns.size, 1):
        return None
    same = ~np.isin(columns.call_id, np.array(sorted(changed), dtype=np.str_))
    return columns.where(np.asarray(same)).with_others(store.graded_columns(changed, told=told))


def _read(file: Path, database: str) -> _Kept | None:
    try:
        head, columns = read_columns(file)
        if (head["version"], head["database"]) != (VERSION, database):
            return None
        words = {name: tuple(head["words"][name]) for name in WORD_OF}
        made = graded_columns(words, {name: columns[name] for name in (*OF_CALL, *OF_ITEM)})
        return _Kept(GradedState(*head["state"]), frozenset(head["closed"]), made)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(file: Path, database: str, kept: _Kept) -> None:
    columns = kept.columns
    head = {
        "version": VERSION,
        "database": database,
        "state": list(kept.state),
        "closed": sorted(kept.closed),
        "words": {name: list(getattr(columns, name)) for name in WORD_OF},
    }
    write_columns(file, head, {name: getattr(columns, name) for name in (*OF_CALL, *OF_ITEM)})
