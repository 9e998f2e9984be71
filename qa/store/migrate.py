"""Brings a database to this program's schema, once, however many workers open it."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import URL

from qa.store.engine import make_engine, place_of
from transcribe.errors import CodedError

if TYPE_CHECKING:  # a tenth of a second to load, and seldom anything to migrate
    from alembic.config import Config

_FOLDER = Path(__file__).with_name("migrations")
_LOCK = 0x71615F6D  # any number only we use, for pg_advisory_xact_lock


def migrate(url: URL, *, busy_timeout_s: float) -> None:
    """Runs the migrations that are missing, in one transaction under the database's own lock.

    Raises QA606 when the schema is newer than this program, QA609 when the tables are not ours.
    """
    engine = make_engine(url, foreign_keys=False, busy_timeout_s=busy_timeout_s)
    try:
        with engine.connect() as connection:
            if _is_current(connection, place_of(url)):
                return
        with engine.execution_options(write=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            if not _is_current(connection, place_of(url)):
                from alembic import command

                command.upgrade(_config(connection), "head")
    finally:
        engine.dispose()


def head_revision() -> str:
    """The schema revision this program writes."""
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(_config(None)).get_current_head()
    assert head is not None, "a migration folder without a head is a packaging fault"
    return head


def write_migration(what: str, url: URL) -> None:
    """Writes the next migration's file from the difference between `url` and the tables.

    url: a database at the present head. For developers; see CONTRIBUTING.
    """
    from alembic import command
    from alembic.script import ScriptDirectory

    engine = make_engine(url)
    with engine.connect() as connection:
        config = _config(connection)
        number = sum(1 for _ in ScriptDirectory.from_config(config).walk_revisions()) + 1
        command.revision(config, what, autogenerate=True, rev_id=f"{number:04d}")
    engine.dispose()


def _is_current(connection: Connection, place: str) -> bool:
    if _says_current(connection):
        return True
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(_config(None))
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        tables = sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})
        if tables:
            raise CodedError("QA609", place=place, tables=", ".join(tables[:5]))
        return False
    if revision not in {one.revision for one in script.walk_revisions()}:
        raise CodedError("QA606", place=place, revision=revision, known=head_revision())
    return revision == head_revision()


def _says_current(connection: Connection) -> bool:
    """True where the database names the last migration file; read without loading alembic."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    last = max(path.name for path in (_FOLDER / "versions").glob("[0-9]*.py"))
    return list(found) == [last.split("_", 1)[0]]


def _config(connection: Connection | None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
