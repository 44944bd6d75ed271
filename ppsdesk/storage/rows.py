"""The tables, one typed class each. Rows never leave this package; repositories turn them into records.

Every row people can edit has `key` (made by the client, the only id that leaves the database) and `version`.
"""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, Time, Uuid, false, text
from sqlalchemy.orm import Mapped, mapped_column

from ppsdesk.storage.base import Base, UtcDateTime


class DataSetRow(Base):
    """The one row that says what this database is."""

    __tablename__ = "data_set"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid)
    practice: Mapped[bool]
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    least_published: Mapped[int] = mapped_column(server_default=text("5"))  # counts below it are hidden outside


class MaintenanceRow(Base):
    """Who is upgrading a shared database: while set, nobody else's writing is taken."""

    __tablename__ = "maintenance"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    upgrading_by: Mapped[str | None] = mapped_column(String(200))
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ActingPersonRow(Base):
    """Local files only: who is writing in this very transaction, for the audit triggers; empty between transactions."""

    __tablename__ = "acting_person"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))


class TermRow(Base):
    """One entry of a dated list."""

    __tablename__ = "term"
    __table_args__ = (
        Index("uq_term_vocabulary_code", "vocabulary", "code", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    vocabulary: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(200))
    label: Mapped[str] = mapped_column(String(400))
    group: Mapped[str] = mapped_column("group_label", String(200))
    position: Mapped[int]
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    no_answer: Mapped[bool]
    direction: Mapped[str] = mapped_column(String(10))
    ours: Mapped[bool]
    to_check: Mapped[bool]
    next_step: Mapped[str] = mapped_column(String(20), server_default=text("''"))
    next_days: Mapped[int | None]
    next_owner: Mapped[str] = mapped_column(String(20), server_default=text("''"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    version: Mapped[int]


class ImportBatchRow(Base):
    """One file taken in; `undone_at` once it was taken back."""

    __tablename__ = "import_batch"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    file_name: Mapped[str] = mapped_column(String(400))
    rows_added: Mapped[int]
    rows_known: Mapped[int]
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person: Mapped[str] = mapped_column(String(200))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int]


class CallRow(Base):
    """One call. `taken_on` is the London day and what every figure counts by."""

    __tablename__ = "call"
    __table_args__ = (
        # The figures' indexes: what is counted of the calls of some days is answered from them alone. `removed_at`
        # stands in them because SQLite reads the row for it otherwise, which takes three times as long.
        Index(
            "ix_call_counted",
            "taken_on",
            "line_id",
            "removed_at",
            "method_id",
            "caller_kind_id",
            "level_id",
            "outcome_id",
            "how_heard_id",
            "area_id",
            "caller_id",
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index(
            "ix_call_removed",
            "taken_on",
            "removed_at",
            sqlite_where=text("removed_at IS NOT NULL"),
            postgresql_where=text("removed_at IS NOT NULL"),
        ),
        # The list's index: newest first without sorting, and without reading the rows.
        Index("ix_call_listed", "taken_on", "started_at", "id", "removed_at"),
        Index("ix_call_import_batch_id", "import_batch_id"),
        Index("ix_call_caller_id", "caller_id", "taken_on", "removed_at"),
        # An id is never used twice, or a new call would inherit a deleted one's history.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    reference: Mapped[str | None] = mapped_column(String(200), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    method_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    direction: Mapped[str] = mapped_column(String(10))
    taken_on: Mapped[date] = mapped_column(Date)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minutes: Mapped[int | None]
    minutes_by_hand: Mapped[bool]
    caller_kind_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    anonymous: Mapped[bool]
    caller_name: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(200))
    child_name: Mapped[str] = mapped_column(String(200))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    how_heard_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    notes: Mapped[str] = mapped_column(Text)
    taken_by: Mapped[str] = mapped_column(String(200))
    entered_late: Mapped[bool]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    not_one_child: Mapped[bool] = mapped_column(server_default=false())
    area_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    import_batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))
    import_row: Mapped[int | None]
    import_identity: Mapped[str | None] = mapped_column(String(300), unique=True)


class CallTopicRow(Base):
    """A topic of a call; position 0 is the main one."""

    __tablename__ = "call_topic"
    __table_args__ = (Index("ix_call_topic_term_id", "term_id", "call_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), primary_key=True)
    position: Mapped[int]


class CallAdviceRow(Base):
    """A piece of advice given on a call."""

    __tablename__ = "call_advice"
    __table_args__ = (Index("ix_call_advice_term_id", "term_id", "call_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), primary_key=True)
    position: Mapped[int]


class CallStageRow(Base):
    """An SEN stage a call was about. Several, as a call may be about several children."""

    __tablename__ = "call_stage"
    __table_args__ = (Index("ix_call_stage_term_id", "term_id", "call_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), primary_key=True)
    position: Mapped[int]


class CallInformationRow(Base):
    """A factsheet or other information sent after a call."""

    __tablename__ = "call_information"
    __table_args__ = (Index("ix_call_information_term_id", "term_id", "call_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), primary_key=True)
    position: Mapped[int]


class CallSignpostRow(Base):
    """Where a caller was pointed to."""

    __tablename__ = "call_signpost"
    __table_args__ = (Index("ix_call_signpost_term_id", "term_id", "call_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), primary_key=True)
    position: Mapped[int]


class CallChildRow(Base):
    """A child on record that a call was about."""

    __tablename__ = "call_child"
    __table_args__ = (Index("ix_call_child_person_id", "person_id", "call_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    position: Mapped[int]


class CallOrganisationRow(Base):
    """A school or other organisation a call was about."""

    __tablename__ = "call_organisation"
    __table_args__ = (Index("ix_call_organisation_organisation_id", "organisation_id", "call_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    position: Mapped[int]


class NonDataCallRow(Base):
    """A ring that was no enquiry: apart from calls, so that no figure can count it by mistake."""

    __tablename__ = "non_data_call"
    __table_args__ = (Index("ix_non_data_call_taken_on", "taken_on"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    line_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    taken_on: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NextStepRow(Base):
    """What happens next after a call, and who does it."""

    __tablename__ = "next_step"
    __table_args__ = (
        Index("ix_next_step_state_due_on", "state", "due_on"),
        Index("ix_next_step_call_id", "call_id"),
        Index("ix_next_step_person_id", "person_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date] = mapped_column(Date)
    not_before: Mapped[time | None] = mapped_column(Time)
    not_after: Mapped[time | None] = mapped_column(Time)
    owner: Mapped[str] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(String(200))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StepAttemptRow(Base):
    """One numbered attempt to reach somebody."""

    __tablename__ = "step_attempt"

    step_id: Mapped[int] = mapped_column(ForeignKey("next_step.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(200))
    result: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)


class SnippetRow(Base):
    """A text that is put in by one key."""

    __tablename__ = "snippet"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    ended: Mapped[bool]
    ours: Mapped[bool]


class DraftRow(Base):
    """What stands in an open pad. Not audited, counted or searched."""

    __tablename__ = "draft"

    key: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    person: Mapped[str] = mapped_column(String(200), index=True)
    window: Mapped[str] = mapped_column("window_name", String(100))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[dict[str, object]] = mapped_column(JSON)


class AuditEntryRow(Base):
    """One change to one row. Written by triggers only; nobody may change or delete it."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_record", "table_name", "record_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    person: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(10))
    table_name: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int]


class AuditValueRow(Base):
    """What the change was: for an insert all values as JSON, an update one line a column, a delete the old ones.

    Kept apart from `audit_entry` so that erasing a person empties these and leaves the chain of those.
    """

    __tablename__ = "audit_value"
    __table_args__ = (Index("ix_audit_value_entry_id", "entry_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"))
    column_name: Mapped[str] = mapped_column(String(60))
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
