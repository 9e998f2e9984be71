"""Alembic's door: runs migrations on the connection that `qa.store.migrate` hands in.

A new migration: `qa.store.migrate.write_migration("what it does")`; read it before committing.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

import qa.store.centre_tables
import qa.store.plan_tables  # noqa: F401 - registers its tables
from qa.store.tables import Row, UtcTime


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Column types of ours and of SQLModel as plain SQLAlchemy: old migrations need neither."""
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Row.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
