"""Run by alembic from `ppsdesk.storage.schema`, always on an open connection; there is no ini file."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum
from sqlalchemy.types import Uuid

from ppsdesk.storage import people_rows, rows  # noqa: F401  # they fill the metadata
from ppsdesk.storage.base import Base, UtcDateTime


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Plain types in revisions: they must not import this program nor freeze its lists."""
    if kind == "type":
        if isinstance(item, UtcDateTime):
            return "INSTANT"
        if isinstance(item, Uuid):
            return "sa.Uuid()"
        if isinstance(item, Enum):
            return "sa.String(40)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=render_item,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
