"""What is known of somebody on record, as far as it spares typing: read in the background, in two steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ppsdesk.domain.calls import Call
from ppsdesk.domain.codes import PersonKind, Safety
from ppsdesk.domain.families import PersonRecord, Relationship, Tie
from ppsdesk.domain.lists import CallLine
from ppsdesk.domain.organisations import Organisation
from ppsdesk.domain.people import Person
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary

if TYPE_CHECKING:
    from ppsdesk.assembly import Services

LAST = 5  # calls shown beside the pad


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """Earlier calls of a person, the newest first, as they are and as lines of a list.

    `schools` are those of the person and of their children, by key.
    """

    calls: tuple[Call, ...] = ()
    lines: tuple[CallLine, ...] = ()
    schools: Mapping[UUID, tuple[Organisation, ...]]

    def kind_of(self, person: UUID) -> TermCode | None:
        """The kind this person last called as."""
        return next((call.caller_kind for call in self.calls if call.caller == person and call.caller_kind), None)

    def stages(self, lists: Vocabularies) -> dict[UUID, tuple[TermCode, ...]]:
        """The stages of children when this person last rang about each, or somebody rang about this one. "Not asked" is
        none: it is asked anew."""
        no_answer = {term.code for term in lists.of(Vocabulary.STAGE) if term.no_answer}
        found: dict[UUID, tuple[TermCode, ...]] = {}
        for call in self.calls:
            said = [one for one in call.child_stages if one.stage not in no_answer]
            of = {each.child for each in said} - found.keys()
            found |= {child: tuple(one.stage for one in said if one.child == child) for child in of}
        return found


def read_before(services: Services, record: PersonRecord, today: date) -> Before:
    """Ask for what is not in the record itself. Touches no widget."""
    person = record.person.key
    ids = services.calls.ids(Selection(person=person), limit=LAST)
    schools = {person: _schools(record, today)}
    for tie in record.children():
        schools[tie.other] = _schools(services.people.record(tie.other), today)
    lines = services.calls.lines(ids)
    return Before(
        calls=tuple(services.calls.get(call) for call in ids),
        lines=tuple(lines[call] for call in ids if call in lines),
        schools=schools,
    )


def children_of(record: PersonRecord) -> tuple[Tie, ...]:
    """Whom this person may be calling about: their children, or a young person themselves."""
    ties = record.children()
    return (*ties, _themselves(record.person)) if record.person.kind is PersonKind.CHILD else ties


def phone_of(person: Person, today: date) -> str:
    """The number to write down for the call: the first that is theirs today, a safe one before others.

    Never one that must not be used: a number in the call may be rung.
    """
    usable = [p for p in person.phones if p.current_on(today) and p.safety is not Safety.NOT_SAFE]
    return next((p.value for p in sorted(usable, key=lambda p: p.safety is not Safety.SAFE)), "")


def _schools(record: PersonRecord, today: date) -> tuple[Organisation, ...]:
    now = (a for a in record.attendances if a.affiliation.valid_to is None or today <= a.affiliation.valid_to)
    return tuple(a.organisation for a in now if a.organisation.open_on(today))


def _themselves(person: Person) -> Tie:
    own = Relationship(key=person.key, person=person.key, other=person.key, kind=TermCode(""))
    return Tie(
        relationship=own,
        other=person.key,
        other_name=person.name,
        other_kind=PersonKind.CHILD.value,
        other_born_on=person.born_on,
        outgoing=True,
    )
