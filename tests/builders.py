"""One builder per record, with sensible defaults: a test says only what it is about. Everybody here is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from ppsdesk.domain.calls import NewCall
from ppsdesk.domain.codes import ContactKind, Known, PersonKind
from ppsdesk.domain.families import Relationship
from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.people import ContactPoint, NewPerson
from ppsdesk.domain.vocabulary import TermCode

NOW = datetime(2026, 11, 20, 10, 43, 15, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def a_call(**said: Any) -> NewCall:
    """A parent rang the central line this morning about an annual review."""
    call = NewCall(
        key=uuid4(),
        caller_kind=TermCode("PARENT"),
        topics=(TermCode("annual-review"),),
        line=TermCode("central"),
        method=TermCode("PHONE_IN"),
        taken_on=TODAY,
        started_at=datetime(2026, 11, 20, 10, 31, tzinfo=UTC),
        ended_at=datetime(2026, 11, 20, 10, 40, tzinfo=UTC),
        minutes=9,
        caller_name="Rowan Thistledown",
        taken_by="Hana Helpline",
    )
    return replace(call, **said)


def a_call_on(day: date, **said: Any) -> NewCall:
    """A call of which only the day is known."""
    return a_call(taken_on=day, started_at=None, ended_at=None, minutes=None, **said)


def a_phone(value: str = "07700 900123", **said: Any) -> ContactPoint:
    """A mobile of the range that is kept free for stories."""
    return replace(ContactPoint(key=uuid4(), kind=ContactKind.PHONE, value=value), **said)


def a_person(**said: Any) -> NewPerson:
    """A mother with one phone."""
    person = NewPerson(key=uuid4(), given_names="Rowan", family_name="Thistledown", contacts=(a_phone(),))
    return replace(person, **said)


def a_child(**said: Any) -> NewPerson:
    """A girl of eight."""
    child = NewPerson(
        key=uuid4(),
        kind=PersonKind.CHILD,
        given_names="Tamsin",
        family_name="Thistledown",
        born_on=date(2018, 3, 14),
    )
    return replace(child, **said)


def a_relationship(person: UUID, other: UUID, **said: Any) -> Relationship:
    """The first is the mother of the second, who lives with her."""
    tie = Relationship(key=uuid4(), person=person, other=other, kind=TermCode("mother"), lives_with=Known.YES)
    return replace(tie, **said)


def an_organisation(**said: Any) -> NewOrganisation:
    """A primary school that is open."""
    school = NewOrganisation(
        key=uuid4(),
        name="St Mallow’s Primary School",
        kind=TermCode("mainstream-la-maintained"),
        urn="117999",
        town="Hazelby",
    )
    return replace(school, **said)
