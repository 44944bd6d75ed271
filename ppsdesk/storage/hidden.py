"""What must not be disclosed: addresses and safeguarding notes, in tables of their own that nothing else reads.

Every look leaves a row in `disclosure`, in the same transaction: no looking without leaving a trace.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, insert, select

from ppsdesk.domain.codes import Safety
from ppsdesk.domain.errors import Conflict
from ppsdesk.domain.families import HiddenAddress, SafeguardingNote
from ppsdesk.storage.belongings import Belongings
from ppsdesk.storage.keyed import KeyedTable
from ppsdesk.storage.people_rows import DisclosureRow, HiddenAddressRow, SafeguardingNoteRow
from ppsdesk.storage.plain_words import stored_values

HIDDEN: Table = HiddenAddressRow.__table__  # type: ignore[assignment]
NOTE: Table = SafeguardingNoteRow.__table__  # type: ignore[assignment]
DISCLOSURE: Table = DisclosureRow.__table__  # type: ignore[assignment]
ADDRESSES = KeyedTable(HIDDEN, "This address is not in the database any more.")
NOTES = KeyedTable(NOTE, "This note is not in the database any more.")
SAME = tuple(one.name for one in fields(HiddenAddress) if one.name not in ("key", "person", "safety", "version"))


class HiddenRepository(Belongings):
    """Hidden addresses and safeguarding notes, and who looked at them."""

    def keep_hidden_address(self, address: HiddenAddress) -> HiddenAddress:
        """Add it, or change the one of this key at its version; with the version it now has.

        `Conflict` when somebody changed it since, without theirs: that would be a look nobody asked for.
        """
        values = {name: getattr(address, name) for name in SAME} | {"safety": address.safety.value}
        values["person_id"] = self._people.id_of(address.person)
        if ADDRESSES.add_once(self._connection, {**values, "key": address.key, "version": 1}) is not None:
            return replace(address, version=1)
        if not ADDRESSES.change(self._connection, address.key, address.version, values):
            raise Conflict(
                "Somebody changed this hidden address while you had it open.",
                hint="Nothing was saved. Show the address again, then change it.",
            )
        return replace(address, version=address.version + 1)

    @stored_values()
    def hidden_addresses(self, key: UUID, *, seen_by: str, seen_at: datetime) -> tuple[HiddenAddress, ...]:
        """What they say; that somebody looked is noted."""
        person_id = self._looked(key, "hidden_address", seen_by, seen_at)
        found = self._connection.execute(select(HIDDEN).where(HIDDEN.c.person_id == person_id).order_by(HIDDEN.c.id))
        return tuple(
            HiddenAddress(
                key=row.key,
                person=key,
                version=row.version,
                safety=Safety(row.safety),
                **{name: getattr(row, name) for name in SAME},
            )
            for row in found
        )

    def add_safeguarding_note(self, note: SafeguardingNote) -> None:
        """Add it; once, however often it is saved."""
        values = {"key": note.key, "person_id": self._people.id_of(note.person), "words": note.words,
                  "written_by": note.written_by, "written_at": note.written_at}  # fmt: skip
        NOTES.add_once(self._connection, values)

    @stored_values()
    def safeguarding_notes(self, key: UUID, *, seen_by: str, seen_at: datetime) -> tuple[SafeguardingNote, ...]:
        """What they say, oldest first; that somebody looked is noted."""
        person_id = self._looked(key, "safeguarding_note", seen_by, seen_at)
        found = self._connection.execute(select(NOTE).where(NOTE.c.person_id == person_id).order_by(NOTE.c.id))
        return tuple(
            SafeguardingNote(
                key=row.key, person=key, words=row.words, written_by=row.written_by, written_at=row.written_at
            )
            for row in found
        )

    def how_many_hidden(self, person_id: int) -> tuple[int, int]:
        """How many hidden addresses and safeguarding notes there are, without looking into any."""
        first, second = (
            select(func.count()).select_from(table).where(table.c.person_id == person_id).scalar_subquery()
            for table in (HIDDEN, NOTE)
        )
        row: Any = self._connection.execute(select(first, second)).one()
        return row[0], row[1]

    def _looked(self, key: UUID, subject: str, seen_by: str, seen_at: datetime) -> int:
        person_id = self._people.id_of(key)
        said = {"person_id": person_id, "subject": subject, "seen_by": seen_by, "seen_at": seen_at}
        self._connection.execute(insert(DISCLOSURE), said)
        return person_id
