"""What stands in a local file, to see that nothing was changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlcipher3

from ppsdesk.services.locations import DeskFolder


def rows_of(folder: Path) -> dict[str, str]:
    """For each table the number of its rows and a sum over all they hold."""
    connection = sqlcipher3.connect(f"file:{DeskFolder(folder).database}?mode=ro", uri=True)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: _sum(connection, name) for (name,) in names}
    finally:
        connection.close()


def _sum(connection: sqlcipher3.Connection, table: str) -> str:
    found = sorted(repr(row) for row in connection.execute(f'SELECT * FROM "{table}"'))
    return f"{len(found)} {hashlib.sha256(chr(10).join(found).encode()).hexdigest()[:12]}"
