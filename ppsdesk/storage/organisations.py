"""Schools and other organisations in and out. Nothing is deleted: what closes is ended, what is double is merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, select

from ppsdesk.domain.errors import Conflict, Refused
from ppsdesk.domain.organisations import NewOrganisation, Organisation, OrganisationFacts
from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.storage import organisation_search
from ppsdesk.storage.keyed import AT_ONCE, KeyedTable, term_code, term_id
from ppsdesk.storage.people_rows import OrganisationRow
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.vocabularies import TermIds

ORGANISATION: Table = OrganisationRow.__table__  # type: ignore[assignment]
ORGANISATIONS = KeyedTable(
    ORGANISATION, "This organisation is not in the database any more.", later=("merged_into_id",)
)
FACTS = tuple(one.name for one in fields(OrganisationFacts))
SAME = tuple(name for name in FACTS if name not in ("kind", "successor"))
_NEXT, _MERGED = ORGANISATION.alias("next"), ORGANISATION.alias("merged")
_READ = (
    select(ORGANISATION, _NEXT.c.key.label("successor_key"), _MERGED.c.key.label("merged_key"))
    .join_from(ORGANISATION, _NEXT, ORGANISATION.c.successor_id == _NEXT.c.id, isouter=True)
    .join(_MERGED, ORGANISATION.c.merged_into_id == _MERGED.c.id, isouter=True)
)
_same_of = attrgetter(*SAME)


class OrganisationRepository:
    """The organisations, on one unit of work's connection."""

    def __init__(self, connection: Connection, terms: TermIds) -> None:
        self._connection = connection
        self._terms = terms

    # -- writing ---------------------------------------------------------------------------------------------------

    def add_once(self, organisation: NewOrganisation) -> int:
        """Put it on record, or find that one of this key is there already; its id either way.

        Where the answer to an earlier save was lost, what was typed since goes into that same record, unless somebody
        changed it meanwhile: then theirs stands.
        """
        values = {**self._values(organisation), "key": organisation.key, "version": 1}
        added = ORGANISATIONS.add_once(self._connection, values)
        if added is None:
            kept = self.get(organisation.key)
            if kept.version == 1 and not same_facts(kept, organisation):
                self.amend(organisation.key, 1, organisation)
            return kept.id
        organisation_search.renew(self._connection, added, values)
        return added

    def amend(self, key: UUID, version: int, facts: OrganisationFacts) -> Organisation:
        """Change what is known of it. `Conflict` (with the record as it now is) when somebody changed it since."""
        number, values = self.id_of(key), self._values(facts)
        if values["successor_id"] == number:
            raise Refused("An organisation cannot be its own successor.", hint="Nothing was saved.")
        self._update(key, version, values)
        organisation_search.renew(self._connection, number, values)
        return self.get(key)

    def merge(self, key: UUID, version: int, into: UUID) -> Organisation:
        """Say that it is the same as another and counts as that one; it stays on record, and so do its calls."""
        ids = sorted((self.id_of(key), self.id_of(into)))
        # both held, so that two desks cannot merge each into the other
        held = select(ORGANISATION.c.id).where(ORGANISATION.c.id.in_(ids)).order_by(ORGANISATION.c.id)
        self._connection.execute(held.with_for_update()).all()
        if self.id_of(key) in self._upwards(self.id_of(into)):
            raise Refused(
                "These two are the same on record already.",
                hint="Nothing was changed. Take the earlier merge back first.",
            )
        self._update(key, version, {"merged_into_id": self.id_of(into)})
        return self.get(key)

    def unmerge(self, key: UUID, version: int) -> Organisation:
        """Take a merge back: it is an organisation of its own again, with its calls."""
        self._update(key, version, {"merged_into_id": None})
        return self.get(key)

    # -- reading ---------------------------------------------------------------------------------------------------

    def get(self, key: UUID) -> Organisation:
        """One organisation, closed or merged or not. `NotFound` when there is none."""
        found = self.get_many([key])
        if key not in found:
            raise ORGANISATIONS.not_there()
        return found[key]

    def get_many(self, keys: Iterable[UUID]) -> dict[UUID, Organisation]:
        """Those of these organisations that are there."""
        wanted = list(dict.fromkeys(keys))
        parts = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
        return {one.key: one for part in parts for one in self._read(ORGANISATION.c.key.in_(part))}

    def by_id(self, ids: Iterable[int]) -> dict[int, Organisation]:
        """Those of these organisations that are there, by the numbers other tables refer to them by."""
        wanted = list(dict.fromkeys(ids))
        return {one.id: one for one in self._read(ORGANISATION.c.id.in_(wanted))} if wanted else {}

    def id_of(self, key: UUID) -> int:
        """The number other tables refer to it by. `NotFound` when there is none."""
        return ORGANISATIONS.id(self._connection, key)

    def find(self, text: str, *, on: date | None, limit: int = 8) -> tuple[Organisation, ...]:
        """Those that have every word of `text` in name, town, postcode or URN, in any order, the best first.

        `on` leaves out those that were not open on that day; None finds closed ones too. What was merged is found by
        its own words, and is then the one it counts as.
        """
        ids = organisation_search.find(self._connection, text, on=on, limit=limit)
        found = self.by_id(ids)
        standing = (self.survivor(found[number]) for number in ids)
        offered = dict.fromkeys(one for one in standing if on is None or one.open_on(on))
        return tuple(sorted(offered, key=attrgetter("to_check")))[:limit]

    def all(self, *, to_check: bool | None = None) -> tuple[Organisation, ...]:
        """Every one by name, merged ones too; or only those (not) to be checked, which leaves merged ones out."""
        if to_check is None:
            return self._read(ORGANISATION.c.id.is_not(None))
        return self._read((ORGANISATION.c.to_check == to_check) & ORGANISATION.c.merged_into_id.is_(None))

    def survivor(self, organisation: Organisation) -> Organisation:
        """The one it counts as: itself, unless it was merged."""
        if organisation.merged_into is None:
            return organisation
        stands = self._upwards(organisation.id)[-1]
        return self.by_id([stands])[stands]

    def same_as(self, key: UUID) -> tuple[int, ...]:
        """The numbers of everything that counts as the same organisation, this one's own among them."""
        return self._downwards(self._upwards(self.id_of(key))[-1])

    # -- inside ----------------------------------------------------------------------------------------------------

    @stored_values()
    def _read(self, which: ColumnElement[bool]) -> tuple[Organisation, ...]:
        found = self._connection.execute(_READ.where(which).order_by(ORGANISATION.c.name, ORGANISATION.c.id))
        return tuple(self._organisation(row) for row in found)

    def _organisation(self, row: Any) -> Organisation:
        return Organisation(
            id=row.id,
            key=row.key,
            version=row.version,
            kind=term_code(self._connection, self._terms, row.kind_id),
            successor=row.successor_key,
            merged_into=row.merged_key,
            **{name: getattr(row, name) for name in SAME},
        )

    def _values(self, facts: OrganisationFacts) -> dict[str, Any]:
        values: dict[str, Any] = dict(zip(SAME, _same_of(facts), strict=True))
        values["kind_id"] = term_id(self._connection, self._terms, Vocabulary.ORGANISATION_KIND, facts.kind)
        values["successor_id"] = self.id_of(facts.successor) if facts.successor else None
        return values

    def _upwards(self, number: int) -> list[int]:
        """From one to what it was merged into, and on, to the one that stands."""
        steps = [number]
        while True:
            question = select(ORGANISATION.c.merged_into_id).where(ORGANISATION.c.id == steps[-1])
            above = self._connection.execute(question).scalar_one()
            if above is None or above in steps:
                return steps
            steps.append(above)

    def _downwards(self, number: int) -> tuple[int, ...]:
        walk = select(ORGANISATION.c.id).where(ORGANISATION.c.id == number).cte(recursive=True)
        merged = select(ORGANISATION.c.id).join_from(ORGANISATION, walk, ORGANISATION.c.merged_into_id == walk.c.id)
        return tuple(self._connection.execute(select(walk.union(merged).c.id)).scalars())

    def _update(self, key: UUID, version: int, values: dict[str, Any]) -> None:
        """The one way an organisation is changed: only at the version it was read at."""
        if not ORGANISATIONS.change(self._connection, key, version, values):
            theirs = self.get(key)
            raise Conflict(
                f"Somebody changed “{theirs.name}” while you had it open.",
                hint="Your version is still here. Compare the two, then save again.",
                theirs=theirs,
            )


def same_facts(one: OrganisationFacts, other: OrganisationFacts) -> bool:
    """Whether both say the same."""
    return all(getattr(one, name) == getattr(other, name) for name in FACTS)
