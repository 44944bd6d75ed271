"""People, families, organisations; what calls say of them; next steps, non-data calls, texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Tables whose number of rows this step means to change; any other change stops the upgrade.
changes_rows: frozenset[str] = frozenset()

# An instant: timestamptz, or fixed-width ISO text on SQLite, which has no time zones.
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
# Compared byte by byte on both databases.
WORD = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "snippet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snippet")),
        sa.UniqueConstraint("key", name=op.f("uq_snippet_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "non_data_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["line_id"], ["term.id"], name=op.f("fk_non_data_call_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_non_data_call")),
        sa.UniqueConstraint("key", name=op.f("uq_non_data_call_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_non_data_call_taken_on", "non_data_call", ["taken_on"])
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=True),
        sa.Column("urn", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=20), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("to_check", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["kind_id"], ["term.id"], name=op.f("fk_organisation_kind_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["organisation.id"], name=op.f("fk_organisation_merged_into_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["organisation.id"], name=op.f("fk_organisation_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("key", name=op.f("uq_organisation_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_organisation_urn", "organisation", ["urn"])
    op.create_table(
        "organisation_search",
        sa.Column("word", WORD, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_search_organisation_id")
        ),
        sa.PrimaryKeyConstraint("word", "organisation_id", name=op.f("pk_organisation_search")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_organisation_search_organisation_id", "organisation_search", ["organisation_id"])
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("given_names", sa.String(length=200), nullable=False),
        sa.Column("family_name", sa.String(length=200), nullable=False),
        sa.Column("known_as", sa.String(length=200), nullable=False),
        sa.Column("former_names", sa.String(length=200), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("own_right", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("language_id", sa.Integer(), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["term.id"], name=op.f("fk_person_area_id")),
        sa.ForeignKeyConstraint(["language_id"], ["term.id"], name=op.f("fk_person_language_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("key", name=op.f("uq_person_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_person_family_name", "person", ["family_name", "given_names"])
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=20), nullable=False),
        sa.Column("no_fixed_address", sa.Boolean(), nullable=False),
        sa.Column("safety", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_address_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("key", name=op.f("uq_address_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_address_person_id", "address", ["person_id"])
    op.create_table(
        "affiliation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_affiliation_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_affiliation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliation")),
        sa.UniqueConstraint("key", name=op.f("uq_affiliation_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_affiliation_organisation_id", "affiliation", ["organisation_id"])
    op.create_index("ix_affiliation_person_id", "affiliation", ["person_id"])
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_alert_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alert_person_id", "alert", ["person_id"])
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(length=200), nullable=False),
        sa.Column("noted_by", sa.String(length=200), nullable=False),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("key", name=op.f("uq_consent_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_person_id", "consent", ["person_id"])
    op.create_table(
        "contact_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("safety", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_point_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        sa.UniqueConstraint("key", name=op.f("uq_contact_point_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_point_person_id", "contact_point", ["person_id"])
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("seen_by", sa.String(length=200), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_disclosure_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_disclosure_person_id", "disclosure", ["person_id"])
    op.create_table(
        "hidden_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("told_to_nobody_but", sa.String(length=200), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=20), nullable=False),
        sa.Column("no_fixed_address", sa.Boolean(), nullable=False),
        sa.Column("safety", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hidden_address_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hidden_address")),
        sa.UniqueConstraint("key", name=op.f("uq_hidden_address_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hidden_address_person_id", "hidden_address", ["person_id"])
    op.create_table(
        "not_same",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("said_at", INSTANT, nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_not_same_in_order")),
        sa.ForeignKeyConstraint(["first_id"], ["person.id"], name=op.f("fk_not_same_first_id")),
        sa.ForeignKeyConstraint(["second_id"], ["person.id"], name=op.f("fk_not_same_second_id")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_not_same")),
    )
    op.create_table(
        "person_format",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_format_person_id")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_person_format_term_id")),
        sa.PrimaryKeyConstraint("person_id", "term_id", name=op.f("pk_person_format")),
    )
    op.create_table(
        "person_search",
        sa.Column("sort", sa.String(length=1), nullable=False),
        sa.Column("word", WORD, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_search_person_id")),
        sa.PrimaryKeyConstraint("sort", "word", "person_id", name=op.f("pk_person_search")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_person_search_person_id", "person_search", ["person_id"])
    op.create_table(
        "relationship",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("responsibility", sa.String(length=20), nullable=False),
        sa.Column("lives_with", sa.String(length=20), nullable=False),
        sa.Column("may_know", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.CheckConstraint("person_id <> other_id", name=op.f("ck_relationship_two_people")),
        sa.ForeignKeyConstraint(["kind_id"], ["term.id"], name=op.f("fk_relationship_kind_id")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_relationship_other_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_relationship_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relationship")),
        sa.UniqueConstraint("key", name=op.f("uq_relationship_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_relationship_other_id", "relationship", ["other_id"])
    op.create_index("ix_relationship_person_id", "relationship", ["person_id"])
    op.create_table(
        "safeguarding_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_safeguarding_note_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_note")),
        sa.UniqueConstraint("key", name=op.f("uq_safeguarding_note_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_safeguarding_note_person_id", "safeguarding_note", ["person_id"])
    op.create_table(
        "call_child",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_child_call_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_call_child_person_id")),
        sa.PrimaryKeyConstraint("call_id", "person_id", name=op.f("pk_call_child")),
    )
    op.create_index("ix_call_child_person_id", "call_child", ["person_id", "call_id"])
    op.create_table(
        "call_information",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_information_call_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_call_information_term_id")),
        sa.PrimaryKeyConstraint("call_id", "term_id", name=op.f("pk_call_information")),
    )
    op.create_index("ix_call_information_term_id", "call_information", ["term_id", "call_id"])
    op.create_table(
        "call_organisation",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_call_organisation_call_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_call_organisation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("call_id", "organisation_id", name=op.f("pk_call_organisation")),
    )
    op.create_index("ix_call_organisation_organisation_id", "call_organisation", ["organisation_id", "call_id"])
    op.create_table(
        "call_signpost",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_signpost_call_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_call_signpost_term_id")),
        sa.PrimaryKeyConstraint("call_id", "term_id", name=op.f("pk_call_signpost")),
    )
    op.create_index("ix_call_signpost_term_id", "call_signpost", ["term_id", "call_id"])
    op.create_table(
        "next_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("not_before", sa.Time(), nullable=True),
        sa.Column("not_after", sa.Time(), nullable=True),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_next_step_call_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_next_step_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_step")),
        sa.UniqueConstraint("key", name=op.f("uq_next_step_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_next_step_call_id", "next_step", ["call_id"])
    op.create_index("ix_next_step_person_id", "next_step", ["person_id"])
    op.create_index("ix_next_step_state_due_on", "next_step", ["state", "due_on"])
    op.create_table(
        "step_attempt",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["next_step.id"], name=op.f("fk_step_attempt_step_id")),
        sa.PrimaryKeyConstraint("step_id", "number", name=op.f("pk_step_attempt")),
    )
    _add_columns()


def _add_columns() -> None:
    _add("call", sa.Column("caller_id", sa.Integer(), nullable=True), "person")
    _add("call", sa.Column("not_one_child", sa.Boolean(), server_default=sa.false(), nullable=False))
    _add("call", sa.Column("area_id", sa.Integer(), nullable=True), "term")
    op.create_index("ix_call_caller_id", "call", ["caller_id", "taken_on"])
    _add("term", sa.Column("next_step", sa.String(length=20), server_default=sa.text("''"), nullable=False))
    _add("term", sa.Column("next_days", sa.Integer(), nullable=True))
    _add("term", sa.Column("next_owner", sa.String(length=20), server_default=sa.text("''"), nullable=False))
    _add("term", sa.Column("merged_into_id", sa.Integer(), nullable=True), "term")


def _add(table: str, column: sa.Column[object], target: str = "") -> None:
    """Add a column in place, with its reference.

    SQLite cannot add a constraint to a table, but takes a column that has one. Copying the table instead would lose how
    far its ids have come, and a new call would inherit the history of a deleted one.
    """
    name = f"fk_{table}_{column.name}"
    if target and op.get_bind().dialect.name == "sqlite":
        kind = column.type.compile(op.get_bind().dialect)
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column.name} {kind} CONSTRAINT {name} REFERENCES {target} (id)")
        return
    op.add_column(table, column)
    if target:
        op.create_foreign_key(name, table, target, [str(column.name)], ["id"])


def downgrade() -> None:
    raise RuntimeError("A downgrade would lose every person on record; restore a backup instead.")
