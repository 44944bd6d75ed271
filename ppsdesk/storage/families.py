"""A person's whole record, read in one moment; alerts, consents, and schools over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, select, union

from ppsdesk.domain.codes import AlertKind, ConsentAnswer, ConsentSubject
from ppsdesk.domain.families import Affiliation, Alert, Attendance, Consent, PersonRecord
from ppsdesk.storage.belongings import changed_meanwhile
from ppsdesk.storage.hidden import HiddenRepository
from ppsdesk.storage.keyed import KeyedTable
from ppsdesk.storage.people_rows import AffiliationRow, AlertRow, ConsentRow
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.rows import CallChildRow, CallRow
from ppsdesk.storage.ties import TieRepository

CALL: Table = CallRow.__table__  # type: ignore[assignment]
ABOUT: Table = CallChildRow.__table__  # type: ignore[assignment]
ALERTS = KeyedTable(AlertRow.__table__, "This alert is not in the database any more.")  # type: ignore[arg-type]
CONSENTS = KeyedTable(ConsentRow.__table__, "This consent is not in the database any more.")  # type: ignore[arg-type]
AFFILIATIONS = KeyedTable(AffiliationRow.__table__, "This entry is not in the database any more.")  # type: ignore[arg-type]


class FamilyRepository(TieRepository, HiddenRepository):
    """What belongs to people, on one unit of work's connection.

    Everything is added once by its key, however often it is saved, and changed only at the version it was read at:
    `Conflict` with the record as it now is otherwise.
    """

    # -- the whole record ------------------------------------------------------------------------------------------

    @stored_values()
    def record(self, key: UUID) -> PersonRecord:
        """Everything of a person, removed or not. `NotFound` when there is none."""
        person = self._people.get(key)
        calls, last_call = self._calls(person.id)
        hidden, notes = self.how_many_hidden(person.id)
        consents = sorted(self._all(CONSENTS.table, person.id), key=lambda row: (row.given_on, row.id), reverse=True)
        return PersonRecord(
            person=person,
            ties=self.ties(person.id),
            attendances=self._attendances(person.id),
            alerts=tuple(_alert(row) for row in self._all(ALERTS.table, person.id)),
            consents=tuple(_consent(row) for row in consents),  # the newest first; of one day the one noted last
            hidden_addresses=hidden,
            safeguarding_notes=notes,
            calls=calls,
            last_call=last_call,
        )

    def _attendances(self, person_id: int) -> tuple[Attendance, ...]:
        rows = self._all(AFFILIATIONS.table, person_id)
        schools = self._organisations.by_id([row.organisation_id for row in rows])
        return tuple(
            Attendance(affiliation=_affiliation(row, one.key), organisation=self._organisations.survivor(one))
            for row, one in ((row, schools[row.organisation_id]) for row in rows)
        )

    def _calls(self, person_id: int) -> tuple[int, date | None]:
        mine = union(
            select(CALL.c.id).where(CALL.c.caller_id == person_id),
            select(ABOUT.c.call_id).where(ABOUT.c.person_id == person_id),
        )
        question = select(func.count(), func.max(CALL.c.taken_on)).where(
            CALL.c.id.in_(mine), CALL.c.removed_at.is_(None)
        )
        row = self._connection.execute(question).one()
        return row[0], row[1]

    # -- alerts ----------------------------------------------------------------------------------------------------

    @stored_values()
    def alert(self, key: UUID) -> Alert:
        """One alert, removed or not. `NotFound`."""
        return _alert(self._one(ALERTS, key))

    def add_alert(self, alert: Alert) -> Alert:
        """Put it on record once; saved again after a lost answer, it is as it was said last."""
        if ALERTS.add_once(self._connection, {**self._alert_values(alert), "key": alert.key, "version": 1}) is None:
            kept = self.alert(alert.key)
            if kept.version == 1 and kept != replace(alert, version=1):
                return self.amend_alert(replace(alert, version=1))
        return self.alert(alert.key)

    def amend_alert(self, alert: Alert) -> Alert:
        """Change it, or end it by its last day."""
        return self._change_alert(alert.key, alert.version, self._alert_values(alert))

    def remove_alert(self, key: UUID, version: int, at: datetime | None) -> Alert:
        """Take out one entered by mistake, or put it back (`at` None)."""
        return self._change_alert(key, version, {"removed_at": at})

    def _change_alert(self, key: UUID, version: int, values: dict[str, Any]) -> Alert:
        if not ALERTS.change(self._connection, key, version, values):
            raise changed_meanwhile("alert", self.alert(key))
        return self.alert(key)

    def _alert_values(self, alert: Alert) -> dict[str, Any]:
        return {
            "person_id": self._people.id_of(alert.person),
            "kind": alert.kind.value,
            "words": alert.words,
            "valid_from": alert.valid_from,
            "valid_to": alert.valid_to,
        }

    # -- consents --------------------------------------------------------------------------------------------------

    @stored_values()
    def consent(self, key: UUID) -> Consent:
        """One answer, taken back or not. `NotFound`."""
        return _consent(self._one(CONSENTS, key))

    def add_consent(self, consent: Consent) -> Consent:
        """Note an answer once; an answer is never changed, the next one is noted beside it."""
        values = {
            "key": consent.key,
            "person_id": self._people.id_of(consent.person),
            "subject": consent.subject.value,
            "answer": consent.answer.value,
            "given_on": consent.given_on,
            "how": consent.how,
            "noted_by": consent.noted_by,
        }
        CONSENTS.add_once(self._connection, values)
        return self.consent(consent.key)

    def remove_consent(self, key: UUID, at: datetime | None) -> Consent:
        """Take out an answer noted by mistake, or put it back (`at` None)."""
        consent = self.consent(key)
        table = CONSENTS.table
        self._connection.execute(table.update().where(table.c.key == key), {"removed_at": at})
        return consent

    # -- schools over time -----------------------------------------------------------------------------------------

    @stored_values()
    def affiliation(self, key: UUID) -> Affiliation:
        """One tie between a person and an organisation, removed or not. `NotFound`."""
        row = self._one(AFFILIATIONS, key)
        return _affiliation(row, self._organisations.by_id([row.organisation_id])[row.organisation_id].key)

    def add_affiliation(self, affiliation: Affiliation) -> Affiliation:
        """Put it on record once; saved again after a lost answer, it is as it was said last."""
        new = {**self._affiliation_values(affiliation), "key": affiliation.key, "version": 1}
        if AFFILIATIONS.add_once(self._connection, new) is None:
            kept = self.affiliation(affiliation.key)
            if kept.version == 1 and kept != replace(affiliation, version=1):
                return self.amend_affiliation(replace(affiliation, version=1))
        return self.affiliation(affiliation.key)

    def amend_affiliation(self, affiliation: Affiliation) -> Affiliation:
        """Change it, or end it by its last day: the child changed school."""
        values = self._affiliation_values(affiliation)
        return self._change_affiliation(affiliation.key, affiliation.version, values)

    def remove_affiliation(self, key: UUID, version: int, at: datetime | None) -> Affiliation:
        """Take out one entered by mistake, or put it back (`at` None)."""
        return self._change_affiliation(key, version, {"removed_at": at})

    def _change_affiliation(self, key: UUID, version: int, values: dict[str, Any]) -> Affiliation:
        if not AFFILIATIONS.change(self._connection, key, version, values):
            raise changed_meanwhile("entry", self.affiliation(key))
        return self.affiliation(key)

    def _affiliation_values(self, affiliation: Affiliation) -> dict[str, Any]:
        return {
            "person_id": self._people.id_of(affiliation.person),
            "organisation_id": self._organisations.id_of(affiliation.organisation),
            "role": affiliation.role,
            "valid_from": affiliation.valid_from,
            "valid_to": affiliation.valid_to,
        }


def _alert(row: Any) -> Alert:
    return Alert(
        key=row.key,
        person=row.person_key,
        kind=AlertKind(row.kind),
        words=row.words,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        version=row.version,
    )


def _consent(row: Any) -> Consent:
    return Consent(
        key=row.key,
        person=row.person_key,
        subject=ConsentSubject(row.subject),
        answer=ConsentAnswer(row.answer),
        given_on=row.given_on,
        how=row.how,
        noted_by=row.noted_by,
    )


def _affiliation(row: Any, organisation: UUID) -> Affiliation:
    return Affiliation(
        key=row.key,
        person=row.person_key,
        organisation=organisation,
        role=row.role,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        version=row.version,
    )
