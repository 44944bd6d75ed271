"""Matters in, matters out, with the days that were told and the dates that follow as they were last worked out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, delete, insert, select

from ppsdesk.domain.clock_rules import Owes
from ppsdesk.domain.errors import Conflict, Refused
from ppsdesk.domain.matters import Matter, MatterDate, OpenDate, same_matter
from ppsdesk.domain.people import PersonFacts
from ppsdesk.storage import audit
from ppsdesk.storage.date_rows import DatedMatterRow, MatterDateRow, MatterFactRow
from ppsdesk.storage.keyed import AT_ONCE, KeyedTable
from ppsdesk.storage.people_rows import PersonRow
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.rows import CallRow

MATTER: Table = DatedMatterRow.__table__  # type: ignore[assignment]
FACT: Table = MatterFactRow.__table__  # type: ignore[assignment]
DATE: Table = MatterDateRow.__table__  # type: ignore[assignment]
CALL: Table = CallRow.__table__  # type: ignore[assignment]
PERSON: Table = PersonRow.__table__  # type: ignore[assignment]
KEYED = KeyedTable(MATTER, "These dates are not on record any more.", later=())


class MatterRepository:
    """The matters, on one unit of work's connection. Their dates are written by `MatterDates`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # -- writing ---------------------------------------------------------------------------------------------------

    def add_once(self, matter: Matter) -> tuple[int, bool]:
        """Add a matter, or find that one of this key is there already: its id, and whether it was added.

        `Refused` when its call or child is not on record.
        """
        added = KEYED.add_once(self._connection, {**self._values(matter), "key": matter.key, "version": 1})
        if added is None:
            return self.id_of(matter.key), False
        self._add_facts(added, matter)
        return added, True

    def amend(self, matter: Matter) -> int:
        """Change what was told of a matter; its id. `Conflict` (with the matter as it now is) when somebody changed it
        since its version, `NotFound` when there is none."""
        there = self.get(matter.key)
        number = self.id_of(matter.key)
        if same_matter(there, matter):
            return number
        if not KEYED.change(self._connection, matter.key, matter.version, self._values(matter)):
            raise self._changed(number, self.get(matter.key))
        if there.facts != matter.facts:
            self._connection.execute(delete(FACT).where(FACT.c.matter_id == number))
            self._add_facts(number, matter)
        return number

    def hold_call(self, call: UUID) -> int:
        """The number of a call nobody changes until this transaction ends. `Refused` when it is not on record."""
        number = self._number(CALL, call, "call")
        self._connection.execute(select(CALL.c.id).where(CALL.c.id == number).with_for_update(key_share=True))
        assert number is not None
        return number

    def who_changed_call(self, number: int) -> str:
        """Who changed a call last, “Somebody” where that is not known."""
        return audit.last_person(self._connection, ("call", "call_child"), number) or "Somebody"

    def _values(self, matter: Matter) -> dict[str, Any]:
        return {
            "call_id": self._number(CALL, matter.call, "call"),
            "person_id": self._number(PERSON, matter.child, "child"),
            "happening": matter.happening,
            "kind": matter.kind,
            "lifted": list(matter.lifted),
            "closed_on": matter.closed_on,
        }

    def _add_facts(self, number: int, matter: Matter) -> None:
        rows = [{"matter_id": number, "name": name, "day": day} for name, day in matter.facts.items()]
        if rows:
            self._connection.execute(insert(FACT), rows)

    def _number(self, table: Table, key: UUID | None, what: str) -> int | None:
        if key is None:
            return None
        found = self._connection.execute(select(table.c.id).where(table.c.key == key)).scalar()
        if found is None:
            raise Refused(f"The {what} these dates are for is not on record.", hint="Nothing was saved.")
        return int(found)

    def _changed(self, number: int, theirs: Matter) -> Conflict:
        who = audit.last_person(self._connection, ("dated_matter",), number) or "Somebody"
        return Conflict(
            f"{who} changed these dates while you had them open.",
            hint="Yours are still here. Compare the two, then save again.",
            theirs=theirs,
        )

    # -- reading ---------------------------------------------------------------------------------------------------

    def id_of(self, key: UUID) -> int:
        """The number other tables refer to this matter by. `NotFound` when there is none."""
        return KEYED.id(self._connection, key)

    def get(self, key: UUID) -> Matter:
        """One matter, open or closed. `NotFound` when there is none."""
        found = self._read(_WITH_KEYS.where(MATTER.c.key == key))
        if not found:
            raise KEYED.not_there()
        return found[0]

    def of_call(self, call: UUID) -> tuple[Matter, ...]:
        """Those told in a call, in the order they were noted."""
        return self._read(_WITH_KEYS.where(CALL.c.key == call).order_by(MATTER.c.id))

    def of_person(self, person: UUID) -> tuple[Matter, ...]:
        """Those of a person, open ones first, the newest before the older; nothing of a call that was removed."""
        mine = _WITH_KEYS.where(PERSON.c.key == person, CALL.c.removed_at.is_(None))
        return self._read(mine.order_by(MATTER.c.closed_on.is_not(None), MATTER.c.id.desc()))

    @stored_values()
    def open_dates(self, first: date, last: date) -> tuple[OpenDate, ...]:
        """What is due on those days across open matters, soonest first; nothing of a call or child that was removed."""
        found = self._connection.execute(_OPEN_DATES.where(DATE.c.due >= first, DATE.c.due <= last)).all()
        facts = self._facts(list(dict.fromkeys(row.id for row in found)))
        matters = {row.id: _matter(row, facts.get(row.id, {})) for row in found}
        return tuple(
            OpenDate(date=_date(row, row.key), matter=matters[row.id], name=name_of(row), call_id=row.call_id)
            for row in found
        )

    @stored_values()
    def _read(self, question: Select[Any]) -> tuple[Matter, ...]:
        rows = self._connection.execute(question).all()
        numbers = [row.id for row in rows]
        facts, dates = self._facts(numbers), self._dates({row.id: row.key for row in rows})
        return tuple(_matter(row, facts.get(row.id, {}), tuple(dates.get(row.id, ()))) for row in rows)

    def _facts(self, numbers: Sequence[int]) -> dict[int, dict[str, date]]:
        found: dict[int, dict[str, date]] = {}
        for start in range(0, len(numbers), AT_ONCE):
            part = FACT.c.matter_id.in_(numbers[start : start + AT_ONCE])
            for row in self._connection.execute(select(FACT).where(part)):
                found.setdefault(row.matter_id, {})[row.name] = row.day
        return found

    def _dates(self, keys: dict[int, UUID]) -> dict[int, list[MatterDate]]:
        found: dict[int, list[MatterDate]] = {}
        mine: ColumnElement[bool] = DATE.c.matter_id.in_(list(keys))
        for row in self._connection.execute(select(DATE).where(mine).order_by(DATE.c.due, DATE.c.clock)):
            found.setdefault(row.matter_id, []).append(_date(row, keys[row.matter_id]))
        return found


_JOINED = MATTER.join(CALL, MATTER.c.call_id == CALL.c.id, isouter=True).join(
    PERSON, MATTER.c.person_id == PERSON.c.id, isouter=True
)
_WITH_KEYS = select(MATTER, CALL.c.key.label("call_key"), PERSON.c.key.label("person_key")).select_from(_JOINED)
NAMES = (PERSON.c.given_names, PERSON.c.family_name, PERSON.c.known_as)
# what is still to be done for somebody: not closed, and neither call nor child entered by mistake
STANDING = (CALL.c.removed_at.is_(None), PERSON.c.removed_at.is_(None))
_OPEN_DATES = (
    select(
        MATTER, CALL.c.key.label("call_key"), PERSON.c.key.label("person_key"), *NAMES, DATE.c.clock, DATE.c.title,
        DATE.c.owes, DATE.c.due, DATE.c.certain, DATE.c.lifted.label("does_not_apply"), DATE.c.suspended,
    )
    .select_from(_JOINED.join(DATE, DATE.c.matter_id == MATTER.c.id))
    .where(MATTER.c.closed_on.is_(None), *STANDING)
    .order_by(DATE.c.due, MATTER.c.id, DATE.c.clock)
)  # fmt: skip


def name_of(row: Any) -> str:
    """Whom it is about, "" where nobody is known."""
    if row.given_names is None:
        return ""
    return PersonFacts(given_names=row.given_names, family_name=row.family_name, known_as=row.known_as).name


def _matter(row: Row[Any], facts: dict[str, date], dates: tuple[MatterDate, ...] = ()) -> Matter:
    return Matter(
        key=row.key,
        version=row.version,
        call=row.call_key,
        child=row.person_key,
        happening=row.happening,
        kind=row.kind,
        facts=facts,
        lifted=tuple(row.lifted),
        closed_on=row.closed_on,
        dates=dates,
    )


def _date(row: Row[Any], matter: UUID) -> MatterDate:
    lifted = row.does_not_apply if "does_not_apply" in row._fields else row.lifted
    return MatterDate(
        matter=matter,
        clock=row.clock,
        title=row.title,
        owes=Owes(row.owes),
        due=row.due,
        certain=row.certain,
        lifted=lifted,
        suspended=row.suspended,
    )
