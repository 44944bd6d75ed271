"""Schools and other organisations: found, added, closed with a successor, merged when two are the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from ppsdesk.domain.calendar import Clock, local_day, plain_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.organisations import (
    NewOrganisation,
    Organisation,
    OrganisationFacts,
    check_organisation,
)
from ppsdesk.storage.work import Storage, UnitOfWork

TOUCHED = frozenset({Topic.ORGANISATIONS})
MOST = 8
Facts = TypeVar("Facts", bound=OrganisationFacts)


class OrganisationDesk:
    """What the helpline does with schools and organisations. Nothing is deleted."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    # -- finding ---------------------------------------------------------------------------------------------------

    def find(
        self, text: str, on: date | None = None, limit: int = MOST, *, closed: bool = False
    ) -> tuple[Organisation, ...]:
        """Those with every word typed in name, town, postcode or URN, in any order, offered on a day (today if none is
        said); `closed` asks for closed ones too."""
        day = None if closed else on or local_day(self._clock())
        with self._storage.reading() as work:
            return work.organisations.find(text, on=day, limit=limit)

    def get(self, key: UUID) -> Organisation:
        """One organisation, closed or merged or not. Raises `NotFound`."""
        with self._storage.reading() as work:
            return work.organisations.get(key)

    def get_many(self, keys: Iterable[UUID]) -> dict[UUID, Organisation]:
        """Those of these organisations that are on record."""
        with self._storage.reading() as work:
            return work.organisations.get_many(keys)

    def all(self, to_check: bool | None = None) -> tuple[Organisation, ...]:
        """Every one by name, merged and closed ones too; or only those (not) to be checked, without merged ones."""
        with self._storage.reading() as work:
            return work.organisations.all(to_check=to_check)

    def closed_on(self, keys: Iterable[UUID], day: date) -> dict[UUID, str]:
        """Those that were not open on that day, each with the sentence for the person, the successor named."""
        with self._storage.reading() as work:
            return why_closed(work, keys, day)

    # -- writing down ----------------------------------------------------------------------------------------------

    def add(self, organisation: NewOrganisation) -> Done[Organisation]:
        """Put one on record; doing it twice with the same key leaves one. Raises `Invalid`, words by field."""
        organisation = _tidied(organisation)
        check_organisation(organisation)
        with self._storage.writing() as work:
            work.organisations.add_once(organisation)
            added = work.organisations.get(organisation.key)
            work.commit()
        return Done(added, TOUCHED, said=f"{added.name} is on record.")

    def amend(self, key: UUID, version: int, facts: OrganisationFacts) -> Done[Organisation]:
        """Change what is known of it. Raises `Conflict`, holding the saved record as `theirs`."""
        facts = _tidied(facts)
        check_organisation(facts)
        with self._storage.writing() as work:
            kept = work.organisations.amend(key, version, facts)
            work.commit()
        return Done(kept, TOUCHED, said=f"{kept.name} changed.")

    def close(self, key: UUID, version: int, day: date, successor: UUID | None = None) -> Done[Organisation]:
        """It was open until that day; `successor` took over. Old records keep it, new ones are not offered it."""
        return self._ended(key, version, day, successor, "closed")

    def reopen(self, key: UUID, version: int) -> Done[Organisation]:
        """Undo a closing."""
        return self._ended(key, version, None, None, "open again")

    def _ended(
        self, key: UUID, version: int, day: date | None, successor: UUID | None, said: str
    ) -> Done[Organisation]:
        with self._storage.writing() as work:
            facts = replace(work.organisations.get(key), closed_on=day, successor=successor)
            check_organisation(facts)
            kept = work.organisations.amend(key, version, facts)
            work.commit()
        return Done(kept, TOUCHED, said=f"{kept.name} is {said}.")

    def merge(self, key: UUID, version: int, into: UUID) -> Done[Organisation]:
        """It is the same as another: its calls are found under that one from now on, and it is offered no more."""
        with self._storage.writing() as work:
            kept = work.organisations.merge(key, version, into)
            other = work.organisations.get(into)
            work.commit()
        return Done(kept, TOUCHED | {Topic.PEOPLE, Topic.CALLS}, said=f"{kept.name} now counts as {other.name}.")

    def unmerge(self, key: UUID, version: int) -> Done[Organisation]:
        """Undo a merge: it has its own calls again."""
        with self._storage.writing() as work:
            kept = work.organisations.unmerge(key, version)
            work.commit()
        return Done(kept, TOUCHED | {Topic.PEOPLE, Topic.CALLS}, said=f"{kept.name} stands by itself again.")


def why_closed(work: UnitOfWork, keys: Iterable[UUID], day: date) -> dict[UUID, str]:
    """Those of the organisations that were not open on that day, each with the sentence for the person."""
    shut = [one for one in work.organisations.get_many(keys).values() if not one.open_on(day)]
    return {one.key: _sentence(work, one, day) for one in shut}


def _sentence(work: UnitOfWork, one: Organisation, day: date) -> str:
    if one.opened_on and day < one.opened_on:
        return f"{one.name} opened only on {plain_day(one.opened_on)}; choose another, or another day."
    assert one.closed_on is not None
    closed = f"{one.name} closed on {plain_day(one.closed_on)}"
    after = _successor(work, one, day)
    if after is None:
        return f"{closed}; choose another, or another day."
    return f"{closed}; choose {after.name}, which took over."


def _successor(work: UnitOfWork, one: Organisation, day: date) -> Organisation | None:
    """Who had taken over by that day: perhaps the successor's successor."""
    seen = {one.key}
    while one.successor is not None and one.successor not in seen:
        one = work.organisations.get(one.successor)
        seen.add(one.key)
        if one.open_on(day):
            return one
    return None


def _tidied(facts: Facts) -> Facts:
    names = ("name", "urn", "phone", "email", "town", "postcode")
    texts: dict[str, Any] = {name: getattr(facts, name).strip() for name in names}
    return replace(facts, **texts)
