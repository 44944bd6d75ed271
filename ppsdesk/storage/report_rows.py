"""Tables that reports are made with: school terms, settings of reports; and which stage each child of a call was at."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from ppsdesk.storage.base import Base


class SchoolTermRow(Base):
    """A term of one authority: `year` 2026 is 2026-27. The half-term week lies within it, or is not known."""

    __tablename__ = "school_term"
    __table_args__ = (
        Index("uq_school_term_authority_year_term", "authority", "year", "term", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    authority: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    term: Mapped[str] = mapped_column(String(20))
    first: Mapped[date] = mapped_column("first_day", Date)
    last: Mapped[date] = mapped_column("last_day", Date)
    half_first: Mapped[date | None] = mapped_column("half_term_first", Date)
    half_last: Mapped[date | None] = mapped_column("half_term_last", Date)


class SavedReportRow(Base):
    """What a report was asked with, under a name. `owner` "" is everybody's."""

    __tablename__ = "saved_report"
    __table_args__ = (
        Index("uq_saved_report_owner_name", "owner", "name", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    owner: Mapped[str] = mapped_column(String(200))
    report: Mapped[str] = mapped_column(String(40))
    asked: Mapped[dict[str, object]] = mapped_column(JSON)


class CallChildStageRow(Base):
    """The SEN stage a child on record was at when a call was about them. Of children not on record: `call_stage`."""

    __tablename__ = "call_child_stage"
    __table_args__ = (
        Index("ix_call_child_stage_term_id", "term_id", "call_id"),
        Index("ix_call_child_stage_person_id", "person_id"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), primary_key=True)
    position: Mapped[int]
