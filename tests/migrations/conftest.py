"""A later version of the program, in a folder of its own: the steps there are, and one more."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ppsdesk.storage import schema

LaterVersion = Callable[..., None]
NOW = schema.HEAD
LATER = f"{int(NOW) + 1:04}"

STEP = '''"""A step that only these tests know."""

import sqlalchemy as sa
from alembic import op

revision = {later!r}
down_revision = {now!r}
branch_labels = None
depends_on = None
changes_rows = frozenset({changes!r})


def upgrade():
{body}
'''


@pytest.fixture
def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LaterVersion:
    """Makes this program one that brings databases one step further, by the statements given."""

    def install(body: str, *, changes: tuple[str, ...] = ()) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        indented = "\n".join(f"    {line}" for line in body.strip().splitlines())
        step = STEP.format(later=LATER, now=NOW, changes=set(changes), body=indented)
        (folder / "versions" / f"{LATER}_later.py").write_text(step, encoding="utf-8")
        monkeypatch.setattr(schema, "MIGRATIONS", folder)
        monkeypatch.setattr(schema, "HEAD", LATER)

    return install


# On SQLite both tables are dropped and made anew by this; with foreign keys on, that would empty `call_topic`.
REBUILD = """
with op.batch_alter_table("call") as call:
    call.alter_column("notes", existing_type=sa.Text(), existing_nullable=False, server_default="")
with op.batch_alter_table("call_topic") as topic:
    topic.alter_column("position", existing_type=sa.Integer(), existing_nullable=False, server_default="0")
"""
