"""Tables about dates of the law: matters with their days and dates, what moved, and what the service decided about
bank holidays and rules."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from ppsdesk.storage.base import Base, UtcDateTime


class DatedMatterRow(Base):
    """Something that happened to a family, told in a call or not. `closed_on` is empty while dates are expected."""

    __tablename__ = "dated_matter"
    __table_args__ = (
        Index("ix_dated_matter_call_id", "call_id"),
        Index("ix_dated_matter_person_id", "person_id"),
        Index("ix_dated_matter_closed_on", "closed_on"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    happening: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    lifted: Mapped[list[str]] = mapped_column(JSON)
    closed_on: Mapped[date | None] = mapped_column(Date)


class MatterFactRow(Base):
    """A day of a matter, by its name in `happenings.toml`."""

    __tablename__ = "matter_fact"
    __table_args__ = ({"sqlite_with_rowid": False},)

    matter_id: Mapped[int] = mapped_column(ForeignKey("dated_matter.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[date] = mapped_column(Date)


class MatterDateRow(Base):
    """A date that follows, as it was last worked out: made of the days and the rules, so it has no trail of its own."""

    __tablename__ = "matter_date"
    __table_args__ = (Index("ix_matter_date_due", "due", "matter_id"), {"sqlite_with_rowid": False})

    matter_id: Mapped[int] = mapped_column(ForeignKey("dated_matter.id"), primary_key=True)
    clock: Mapped[str] = mapped_column(String(80), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    owes: Mapped[str] = mapped_column(String(20))
    due: Mapped[date] = mapped_column(Date)
    certain: Mapped[bool]
    lifted: Mapped[bool]
    suspended: Mapped[bool]


class MovedDateRow(Base):
    """A date that is another since something was changed. Nobody has taken note of it while `seen_at` is empty."""

    __tablename__ = "moved_date"
    __table_args__ = (
        Index("ix_moved_date_matter_id", "matter_id"),
        Index("ix_moved_date_seen_at", "seen_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("dated_matter.id"))
    clock: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    was: Mapped[date | None] = mapped_column("was_due", Date)
    now: Mapped[date | None] = mapped_column("now_due", Date)
    because: Mapped[str] = mapped_column(String(1000))
    noticed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_by: Mapped[str | None] = mapped_column(String(200))
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BankHolidayChangeRow(Base):
    """A bank holiday that the service added to those that are shipped, or took out of them."""

    __tablename__ = "bank_holiday_change"
    __table_args__ = (
        Index("uq_bank_holiday_change_day", "day", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    day: Mapped[date] = mapped_column(Date)
    name: Mapped[str] = mapped_column(String(200))
    origin: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(1000))
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RuleChangeRow(Base):
    """A rule that the service suspended (no countings) or counts otherwise for some days."""

    __tablename__ = "rule_change"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    rule: Mapped[str] = mapped_column(String(40))
    part: Mapped[str] = mapped_column(String(40))
    first: Mapped[date] = mapped_column("first_day", Date)
    last: Mapped[date | None] = mapped_column("last_day", Date)
    counts: Mapped[list[str]] = mapped_column(JSON)
    law: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(1000))
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DatesWorkedOutRow(Base):
    """What the dates of all open matters were last worked out with, and by which version of the program."""

    __tablename__ = "dates_worked_out"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    stamp: Mapped[str] = mapped_column(String(64))
    program: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
