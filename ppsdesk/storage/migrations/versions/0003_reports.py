"""School terms, settings of reports, the stage of each child of a call, the least number that is published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# A call about exactly one child on record was about that child's stage.
changes_rows: frozenset[str] = frozenset({"call_stage"})


def upgrade() -> None:
    op.create_table(
        "school_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("half_term_first", sa.Date(), nullable=True),
        sa.Column("half_term_last", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_term")),
        sa.UniqueConstraint("key", name=op.f("uq_school_term_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_school_term_authority_year_term", "school_term", ["authority", "year", "term"], unique=True)
    op.create_table(
        "saved_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_report")),
        sa.UniqueConstraint("key", name=op.f("uq_saved_report_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_saved_report_owner_name", "saved_report", ["owner", "name"], unique=True)
    op.create_table(
        "call_child_stage",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_child_stage_call_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_call_child_stage_person_id")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_call_child_stage_term_id")),
        sa.PrimaryKeyConstraint("call_id", "person_id", "term_id", name=op.f("pk_call_child_stage")),
    )
    op.create_index("ix_call_child_stage_term_id", "call_child_stage", ["term_id", "call_id"])
    op.create_index("ix_call_child_stage_person_id", "call_child_stage", ["person_id"])
    op.add_column("data_set", sa.Column("least_published", sa.Integer(), server_default=sa.text("5"), nullable=False))
    _stages_to_their_child()
    _cover_what_is_counted()


def _cover_what_is_counted() -> None:
    """What reports count by stands in the index by day, so that they need not read the calls."""
    op.drop_index("ix_call_counted", table_name="call")
    op.create_index(
        "ix_call_counted",
        "call",
        ["taken_on", "line_id", "removed_at", "method_id", "caller_kind_id", "level_id", "outcome_id", "how_heard_id",
         "area_id", "caller_id"],
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )  # fmt: skip
    op.drop_index("ix_call_caller_id", table_name="call")
    op.create_index("ix_call_caller_id", "call", ["caller_id", "taken_on", "removed_at"])


def _stages_to_their_child() -> None:
    """A call about one child on record: its stages are that child's. About several or none: nobody knows whose."""
    op.execute(
        "INSERT INTO call_child_stage (call_id, person_id, term_id, position)"
        " SELECT s.call_id, c.person_id, s.term_id, s.position FROM call_stage s"
        " JOIN call_child c ON c.call_id = s.call_id WHERE s.call_id IN"
        " (SELECT call_id FROM call_child GROUP BY call_id HAVING count(*) = 1)"
    )
    op.execute(
        "DELETE FROM call_stage WHERE call_id IN (SELECT call_id FROM call_child GROUP BY call_id HAVING count(*) = 1)"
    )


def downgrade() -> None:
    raise RuntimeError("A downgrade would lose school terms and the stages of children; restore a backup instead.")
