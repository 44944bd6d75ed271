"""The first schema: calls and their lists, drafts, imports, the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Tables whose number of rows this step means to change; any other change stops the upgrade.
changes_rows: frozenset[str] = frozenset()

# An instant: timestamptz, or fixed-width ISO text on SQLite, which has no time zones.
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "acting_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_acting_person_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acting_person")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_record", "audit_entry", ["table_name", "record_id"])

    op.create_table(
        "data_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_data_set_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_set")),
    )
    op.create_table(
        "draft",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("window_name", sa.String(length=100), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("kept_at", INSTANT, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draft")),
    )
    op.create_index("ix_draft_person", "draft", ["person"])

    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=400), nullable=False),
        sa.Column("rows_added", sa.Integer(), nullable=False),
        sa.Column("rows_known", sa.Integer(), nullable=False),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.Column("undone_by", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("key", name=op.f("uq_import_batch_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "maintenance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upgrading_by", sa.String(length=200), nullable=True),
        sa.Column("since", INSTANT, nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_maintenance_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance")),
    )
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("vocabulary", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("label", sa.String(length=400), nullable=False),
        sa.Column("group_label", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("no_answer", sa.Boolean(), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("to_check", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("key", name=op.f("uq_term_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_term_vocabulary_code", "term", ["vocabulary", "code"], unique=True)

    op.create_table(
        "audit_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.String(length=60), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_value_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_value")),
    )
    op.create_index("ix_audit_value_entry_id", "audit_value", ["entry_id"])

    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("method_id", sa.Integer(), nullable=True),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("minutes_by_hand", sa.Boolean(), nullable=False),
        sa.Column("caller_kind_id", sa.Integer(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("caller_name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("child_name", sa.String(length=200), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.Column("how_heard_id", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("entered_late", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.Column("import_batch_id", sa.Integer(), nullable=True),
        sa.Column("import_row", sa.Integer(), nullable=True),
        sa.Column("import_identity", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["caller_kind_id"], ["term.id"], name=op.f("fk_call_caller_kind_id")),
        sa.ForeignKeyConstraint(["how_heard_id"], ["term.id"], name=op.f("fk_call_how_heard_id")),
        sa.ForeignKeyConstraint(["import_batch_id"], ["import_batch.id"], name=op.f("fk_call_import_batch_id")),
        sa.ForeignKeyConstraint(["level_id"], ["term.id"], name=op.f("fk_call_level_id")),
        sa.ForeignKeyConstraint(["line_id"], ["term.id"], name=op.f("fk_call_line_id")),
        sa.ForeignKeyConstraint(["method_id"], ["term.id"], name=op.f("fk_call_method_id")),
        sa.ForeignKeyConstraint(["outcome_id"], ["term.id"], name=op.f("fk_call_outcome_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("import_identity", name=op.f("uq_call_import_identity")),
        sa.UniqueConstraint("key", name=op.f("uq_call_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_call_counted",
        "call",
        ["taken_on", "line_id", "removed_at"],
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index("ix_call_import_batch_id", "call", ["import_batch_id"])
    op.create_index("ix_call_listed", "call", ["taken_on", "started_at", "id", "removed_at"])
    op.create_index("ix_call_reference", "call", ["reference"])
    op.create_index(
        "ix_call_removed",
        "call",
        ["taken_on", "removed_at"],
        sqlite_where=sa.text("removed_at IS NOT NULL"),
        postgresql_where=sa.text("removed_at IS NOT NULL"),
    )

    op.create_table(
        "call_advice",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_advice_call_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_call_advice_term_id")),
        sa.PrimaryKeyConstraint("call_id", "term_id", name=op.f("pk_call_advice")),
    )
    op.create_index("ix_call_advice_term_id", "call_advice", ["term_id", "call_id"])

    op.create_table(
        "call_stage",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_stage_call_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_call_stage_term_id")),
        sa.PrimaryKeyConstraint("call_id", "term_id", name=op.f("pk_call_stage")),
    )
    op.create_index("ix_call_stage_term_id", "call_stage", ["term_id", "call_id"])

    op.create_table(
        "call_topic",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_topic_call_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_call_topic_term_id")),
        sa.PrimaryKeyConstraint("call_id", "term_id", name=op.f("pk_call_topic")),
    )
    op.create_index("ix_call_topic_term_id", "call_topic", ["term_id", "call_id"])


def downgrade() -> None:
    raise RuntimeError("The first schema has nothing before it; restore a backup instead.")
