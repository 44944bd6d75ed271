"""Dates of the law: matters with their days and dates, what moved, decisions about bank holidays and rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

changes_rows: frozenset[str] = frozenset()

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bank_holiday_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_holiday_change")),
        sa.UniqueConstraint("key", name=op.f("uq_bank_holiday_change_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_bank_holiday_change_day", "bank_holiday_change", ["day"], unique=True)
    op.create_table(
        "dates_worked_out",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dates_worked_out")),
    )
    op.create_table(
        "rule_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("law", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_change")),
        sa.UniqueConstraint("key", name=op.f("uq_rule_change_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "dated_matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("happening", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("lifted", sa.JSON(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_dated_matter_call_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dated_matter_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dated_matter")),
        sa.UniqueConstraint("key", name=op.f("uq_dated_matter_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dated_matter_call_id", "dated_matter", ["call_id"])
    op.create_index("ix_dated_matter_closed_on", "dated_matter", ["closed_on"])
    op.create_index("ix_dated_matter_person_id", "dated_matter", ["person_id"])
    op.create_table(
        "matter_date",
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owes", sa.String(length=20), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("lifted", sa.Boolean(), nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["dated_matter.id"], name=op.f("fk_matter_date_matter_id")),
        sa.PrimaryKeyConstraint("matter_id", "clock", name=op.f("pk_matter_date")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_matter_date_due", "matter_date", ["due", "matter_id"])
    op.create_table(
        "matter_fact",
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["dated_matter.id"], name=op.f("fk_matter_fact_matter_id")),
        sa.PrimaryKeyConstraint("matter_id", "name", name=op.f("pk_matter_fact")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "moved_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("was_due", sa.Date(), nullable=True),
        sa.Column("now_due", sa.Date(), nullable=True),
        sa.Column("because", sa.String(length=1000), nullable=False),
        sa.Column("noticed_at", INSTANT, nullable=False),
        sa.Column("seen_by", sa.String(length=200), nullable=True),
        sa.Column("seen_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["matter_id"], ["dated_matter.id"], name=op.f("fk_moved_date_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_date")),
        sa.UniqueConstraint("key", name=op.f("uq_moved_date_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_moved_date_matter_id", "moved_date", ["matter_id"])
    op.create_index("ix_moved_date_seen_at", "moved_date", ["seen_at"])


def downgrade() -> None:
    raise RuntimeError("A downgrade would lose the dates of families; restore a backup instead.")
