"""Schools, council teams and providers: organisations with a life of their own, closed but never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.people import NAME_LIMIT, unfit
from ppsdesk.domain.vocabulary import TermCode


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    """What is known of an organisation.

    `urn` is a school's unique reference number (Get Information About Schools; 6 digits). `to_check` marks one that was
    typed during a call because it was not in the list. `successor` took over when it closed.
    """

    name: str
    kind: TermCode | None = None
    urn: str = ""
    phone: str = ""
    email: str = ""
    town: str = ""
    postcode: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    successor: UUID | None = None
    note: str = ""
    to_check: bool = False

    def open_on(self, day: date) -> bool:
        """Whether it existed on that day."""
        return (self.opened_on is None or self.opened_on <= day) and (self.closed_on is None or day <= self.closed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation(OrganisationFacts):
    """An organisation to be added; saving twice with the same key leaves one."""

    key: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(OrganisationFacts):
    """An organisation on record. `merged_into` is the one it turned out to be, and counts as."""

    id: int
    key: UUID
    version: int
    merged_into: UUID | None = None


def check_organisation(facts: OrganisationFacts) -> None:
    """Raises `Invalid` with words for each field, or returns."""
    problems: dict[str, str] = {}
    if not facts.name.strip():
        problems["name"] = "Enter the name of the school or organisation."
    if facts.urn and not (facts.urn.isdecimal() and 5 <= len(facts.urn) <= 6):
        entered = "".join(sign for sign in facts.urn[:20] if sign.isprintable())
        problems["urn"] = f"A school's URN has five or six digits. You entered “{entered}”."
    if facts.opened_on and facts.closed_on and facts.closed_on < facts.opened_on:
        problems["closed_on"] = f"It cannot close on {plain_day(facts.closed_on)}, before it opened."
    for name, label in (("name", "Name"), ("phone", "Phone"), ("email", "E-mail"), ("town", "Town"), ("note", "Note")):
        if trouble := unfit(label, getattr(facts, name), NAME_LIMIT if name != "note" else 10_000):
            problems[name] = trouble
    if trouble := unfit("Postcode", facts.postcode, 20):
        problems["postcode"] = trouble
    if problems:
        raise Invalid(problems)
