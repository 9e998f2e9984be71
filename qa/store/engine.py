"""Opening the database, and what it may say when something is wrong."""

import importlib.util
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, StatementError

from transcribe.errors import CodedError

BUSY_TIMEOUT_S = 30.0  # guess: longer than any write of ours, shorter than a person's patience

# What SQLite says (https://www.sqlite.org/rescode.html), the name of its code -> ours.
_SQLITE_CODES = {
    "SQLITE_NOTADB": "QA603",
    "SQLITE_CORRUPT": "QA604",
    "SQLITE_BUSY": "QA605",
    "SQLITE_LOCKED": "QA605",
    "SQLITE_CANTOPEN": "QA602",
    "SQLITE_READONLY": "QA607",
    "SQLITE_PERM": "QA607",
    "SQLITE_FULL": "QA608",
}


def checked_url(address: str) -> URL:
    """The address as SQLAlchemy reads it, with the driver we use. Raises QA600, QA601."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise CodedError("QA600", url=address, reason="not an address") from error
    shown = url.render_as_string(hide_password=True)
    backend = url.get_backend_name()
    if backend == "sqlite":
        if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
            raise CodedError("QA600", place=shown, url=shown, reason="no file is named")
        return url.set(drivername="sqlite")
    if backend in ("postgresql", "postgres"):
        if importlib.util.find_spec("psycopg") is None:
            raise CodedError("QA601", place=shown, driver="psycopg")
        return url.set(drivername="postgresql+psycopg")
    raise CodedError("QA600", place=shown, url=shown, reason=f"{backend} is not supported")


def place_of(url: URL) -> str:
    """How messages name the database; never with its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)


def make_engine(
    url: URL, *, foreign_keys: bool = True, busy_timeout_s: float = BUSY_TIMEOUT_S
) -> Engine:
    """An engine of ours. SQLite: WAL, foreign keys, a busy timeout, and explicit BEGIN.

    A connection with the execution option `write` begins with the write lock (BEGIN
    IMMEDIATE), so that two writers wait for each other instead of failing half-way.
    foreign_keys: off only while migrations rebuild tables.
    """
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": busy_timeout_s})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # safe with WAL, says SQLite

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def translated(place: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Iterator[None]:
    """Turns what the database says into a coded error at `place`."""
    try:
        yield
    except DBAPIError as error:
        raise _coded(error, error.orig, place, busy_timeout_s) from error
    except StatementError as error:  # a value that a column refused
        if isinstance(error.orig, CodedError):
            raise error.orig from error
        raise
    except sqlite3.Error as error:  # from the listeners above, which SQLAlchemy does not wrap
        raise _coded(error, error, place, busy_timeout_s) from error


def _coded(error: Exception, cause: Any, place: str, busy_timeout_s: float) -> CodedError:
    reason = " ".join(str(cause).split()) or type(cause).__name__
    name = getattr(cause, "sqlite_errorname", "") or ""
    code = next((ours for theirs, ours in _SQLITE_CODES.items() if name.startswith(theirs)), "")
    if code == "QA605":
        return CodedError(code, place=place, waited_s=round(busy_timeout_s))
    if code:
        return CodedError(code, place=place, reason=reason)
    if isinstance(error, OperationalError) and not isinstance(cause, sqlite3.Error):
        return CodedError("QA602", place=place, reason=reason)
    return CodedError("QA614", place=place, reason=reason)
