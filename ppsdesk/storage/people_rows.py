"""The tables about people, families and organisations, one typed class each. Rows never leave this package.

What must not be disclosed stands in tables of its own, so that a right to it is a right to a table.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from ppsdesk.storage.base import Base, UtcDateTime


class PersonRow(Base):
    """One person."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_family_name", "family_name", "given_names"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    given_names: Mapped[str] = mapped_column(String(200))
    family_name: Mapped[str] = mapped_column(String(200))
    known_as: Mapped[str] = mapped_column(String(200))
    former_names: Mapped[str] = mapped_column(String(200))
    born_on: Mapped[date | None] = mapped_column(Date)
    own_right: Mapped[bool]
    role: Mapped[str] = mapped_column(String(200))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    language_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    interpreter: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PersonFormatRow(Base):
    """A format somebody needs: large print, easy read."""

    __tablename__ = "person_format"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), primary_key=True)
    position: Mapped[int]


class ContactPointRow(Base):
    """A phone number or an e-mail address."""

    __tablename__ = "contact_point"
    __table_args__ = (Index("ix_contact_point_person_id", "person_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(String(200))
    safety: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)


class _WrittenTo:
    """The columns of an address, wherever it stands."""

    lines: Mapped[str] = mapped_column(Text)
    town: Mapped[str] = mapped_column(String(200))
    postcode: Mapped[str] = mapped_column(String(20))
    no_fixed_address: Mapped[bool]
    safety: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)


class AddressRow(_WrittenTo, Base):
    """Where somebody lives or may be written to."""

    __tablename__ = "address"
    __table_args__ = (Index("ix_address_person_id", "person_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]


class HiddenAddressRow(_WrittenTo, Base):
    """An address that must not be disclosed. No search key is ever made of it."""

    __tablename__ = "hidden_address"
    __table_args__ = (Index("ix_hidden_address_person_id", "person_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    told_to_nobody_but: Mapped[str] = mapped_column(String(200))


class SafeguardingNoteRow(Base):
    """A note for few eyes. Added to, never changed."""

    __tablename__ = "safeguarding_note"
    __table_args__ = (Index("ix_safeguarding_note_person_id", "person_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(200))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DisclosureRow(Base):
    """Somebody looked at what is hidden: who, at what, when."""

    __tablename__ = "disclosure"
    __table_args__ = (Index("ix_disclosure_person_id", "person_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    subject: Mapped[str] = mapped_column(String(40))
    seen_by: Mapped[str] = mapped_column(String(200))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RelationshipRow(Base):
    """One person is something to another, from a day to a day."""

    __tablename__ = "relationship"
    __table_args__ = (
        CheckConstraint("person_id <> other_id", name="two_people"),
        Index("ix_relationship_person_id", "person_id"),
        Index("ix_relationship_other_id", "other_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    responsibility: Mapped[str] = mapped_column(String(20))
    lives_with: Mapped[str] = mapped_column(String(20))
    may_know: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AlertRow(Base):
    """Something to know before speaking."""

    __tablename__ = "alert"
    __table_args__ = (Index("ix_alert_person_id", "person_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ConsentRow(Base):
    """One answer to one question. Added to, never changed."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_person_id", "person_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    subject: Mapped[str] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(String(20))
    given_on: Mapped[date] = mapped_column(Date)
    how: Mapped[str] = mapped_column(String(200))
    noted_by: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OrganisationRow(Base):
    """A school, council team or provider."""

    __tablename__ = "organisation"
    __table_args__ = (Index("ix_organisation_urn", "urn"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    urn: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(200))
    town: Mapped[str] = mapped_column(String(200))
    postcode: Mapped[str] = mapped_column(String(20))
    opened_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    note: Mapped[str] = mapped_column(Text)
    to_check: Mapped[bool]


class AffiliationRow(Base):
    """A person and an organisation, from a day to a day."""

    __tablename__ = "affiliation"
    __table_args__ = (
        Index("ix_affiliation_person_id", "person_id"),
        Index("ix_affiliation_organisation_id", "organisation_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    version: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NotSameRow(Base):
    """Two people somebody said are not the same: never asked about again. The smaller id stands first."""

    __tablename__ = "not_same"
    __table_args__ = (CheckConstraint("first_id < second_id", name="in_order"),)

    first_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    said_by: Mapped[str] = mapped_column(String(200))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)


# Compared byte by byte on both databases, so that a range of beginnings is the same range.
WORD = String(80).with_variant(String(80, collation="C"), "postgresql")


class PersonSearchRow(Base):
    """One search key of a person: what `sort` it is (name, sound, phone tail…) and the word itself.

    Made of the record each time it is saved; never audited, never shown.
    """

    __tablename__ = "person_search"
    __table_args__ = (Index("ix_person_search_person_id", "person_id"), {"sqlite_with_rowid": False})

    sort: Mapped[str] = mapped_column(String(1), primary_key=True)
    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class OrganisationSearchRow(Base):
    """One word an organisation is found by: of its name, town, postcode or URN; or its whole name after "=".

    Made of the record each time it is saved; never audited, never shown.
    """

    __tablename__ = "organisation_search"
    __table_args__ = (Index("ix_organisation_search_organisation_id", "organisation_id"), {"sqlite_with_rowid": False})

    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
