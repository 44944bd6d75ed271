"""A person the helpline knows: caller, parent, carer, child, young person, professional.

A person is one record however many families, homes and schools they belong to; those are in `families.py`. Addresses
that must not be disclosed and safeguarding notes are never part of this record: they are asked for by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from ppsdesk.domain.calendar import local_day, plain_day
from ppsdesk.domain.codes import ContactKind, PersonKind, Safety
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.phones import SHORTEST_TAIL
from ppsdesk.domain.postcodes import compact
from ppsdesk.domain.vocabulary import TermCode

NAME_LIMIT = 200
LINES_LIMIT = 1_000
OLDEST = 110  # years: nobody older is a child or a parent; asked about, not refused
UNNAMED = "No name"
_NAMES = {"given_names": "given name", "family_name": "family name", "known_as": "name they are known by"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """One phone number or e-mail address, as it was given.

    `value` is kept as typed; `domain.phones` compares numbers. `note` is what to mind ("text only", "after six").
    Days are inclusive; None is open. A number that stopped being theirs is ended, not deleted.
    """

    key: UUID
    kind: ContactKind
    value: str
    safety: Safety = Safety.NOT_ASKED
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def current_on(self, day: date) -> bool:
        """Whether it is theirs on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where somebody lives or may be written to. `lines` is free text of several lines; both may be empty for somebody
    of no fixed address, who then has a `note` on where to write to."""

    key: UUID
    lines: str = ""
    town: str = ""
    postcode: str = ""
    no_fixed_address: bool = False
    safety: Safety = Safety.NOT_ASKED
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def current_on(self, day: date) -> bool:
        """Whether it is theirs on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is written down about a person.

    One of `given_names` and `family_name` is enough, and with a phone none is needed. `known_as` are other names they
    use, `former_names` those they had, each separated by commas. `own_right`: a young person who calls and decides
    for themselves. `area` is the quadrant the family lives in, apart from the helpline line. `role` is a
    professional's ("SENCO").
    """

    kind: PersonKind = PersonKind.ADULT
    given_names: str = ""
    family_name: str = ""
    known_as: str = ""
    former_names: str = ""
    born_on: date | None = None
    own_right: bool = False
    role: str = ""
    area: TermCode | None = None
    language: TermCode | None = None
    interpreter: bool = False
    formats: tuple[TermCode, ...] = ()
    contacts: tuple[ContactPoint, ...] = ()
    addresses: tuple[Address, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """ "Siân Thistledown", as read aloud; "No name" where there is none."""
        return " ".join(part for part in (self.given_names, self.family_name) if part) or self.known_as or UNNAMED

    @property
    def phones(self) -> tuple[ContactPoint, ...]:
        """Every phone number, in order of preference."""
        return tuple(point for point in self.contacts if point.kind is ContactKind.PHONE)

    def age_on(self, day: date) -> int | None:
        """Whole years; None when the day of birth is not known."""
        if self.born_on is None:
            return None
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson(PersonFacts):
    """A person to be put on record. `key` is made where the person is first typed: saving twice leaves one."""

    key: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(PersonFacts):
    """A person on record, as read; `version` goes back with every change. `id` is only for the audit trail."""

    id: int
    key: UUID
    version: int
    recorded_at: datetime
    removed_at: datetime | None = None


PERSON_FACTS = tuple(field.name for field in fields(PersonFacts))

LABELS: dict[str, str] = {
    "kind": "Who this is",
    "given_names": "Given names",
    "family_name": "Family name",
    "known_as": "Known as",
    "former_names": "Former names",
    "born_on": "Born",
    "own_right": "Acts in their own right",
    "role": "Role",
    "area": "Area",
    "language": "Language",
    "interpreter": "Interpreter needed",
    "formats": "Formats needed",
    "contacts": "Phones and e-mails",
    "addresses": "Addresses",
    "note": "Note",
}


def facts_of_person(person: PersonFacts) -> PersonFacts:
    """Only what is written down, without key and version."""
    return PersonFacts(**{name: getattr(person, name) for name in PERSON_FACTS})


def check_person(facts: PersonFacts, *, now: datetime) -> None:
    """Refuse what cannot be: raises `Invalid` with words for each field, or returns.

    A phone number without digits, a day of birth in the future, an end before its start, a name that does not fit.
    What is only unlikely is a matter for `questions`.
    """
    problems: dict[str, str] = {}
    if not any((facts.given_names, facts.family_name, facts.known_as, facts.contacts)):
        problems["family_name"] = "Enter a name or a phone number; one of them is enough."
    if facts.born_on and facts.born_on > local_day(now):
        problems["born_on"] = f"Date of birth must be in the past. You entered {plain_day(facts.born_on)}."
    problems |= _contacts(facts)
    problems |= _too_long(facts)
    if problems:
        raise Invalid(problems)


def questions(facts: PersonFacts, *, today: date) -> dict[str, str]:
    """What is possible but unlikely, by field: asked once, accepted with one key, never refused."""
    asked: dict[str, str] = {}
    age = facts.age_on(today)
    if age is not None and age > OLDEST:
        asked["born_on"] = f"That would make this person {age}. Is the year right?"
    elif age is not None and facts.kind is PersonKind.CHILD and age > 25:
        asked["born_on"] = f"That would make this young person {age}; the service ends at 25. Is the year right?"
    elif age is not None and facts.kind is not PersonKind.CHILD and age < 12:
        asked["born_on"] = f"That would make this person {age}. Is this the child?"
    for name in ("given_names", "family_name", "known_as"):
        text = getattr(facts, name)
        if sum(sign.isdecimal() for sign in text) >= SHORTEST_TAIL:
            asked[name] = f"“{_short(text)}” has a number in it. Is it the {_NAMES[name]}?"
    unlike = (address.postcode for address in facts.addresses if address.postcode and not compact(address.postcode))
    if postcode := next(unlike, ""):
        asked["addresses"] = f"“{_short(postcode)}” does not look like a postcode. Is it right?"
    return asked


def _contacts(facts: PersonFacts) -> dict[str, str]:
    for point in facts.contacts:
        digits = sum(sign.isdecimal() for sign in point.value)
        if point.kind is ContactKind.PHONE and digits < 3:
            return {"contacts": f"“{_short(point.value)}” is no phone number: it has {digits or 'no'} digits."}
        if point.kind is ContactKind.EMAIL and "@" not in point.value:
            return {"contacts": f"“{_short(point.value)}” is no e-mail address: it has no @."}
    spans = [("contacts", p) for p in facts.contacts] + [("addresses", a) for a in facts.addresses]
    for field, part in spans:
        if part.valid_from and part.valid_to and part.valid_to < part.valid_from:
            return {field: f"It cannot end on {plain_day(part.valid_to)}, before it begins."}
    return {}


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _too_long(facts: PersonFacts) -> dict[str, str]:
    texts = [(name, getattr(facts, name), NAME_LIMIT) for name in ("given_names", "family_name", "known_as",
             "former_names", "role")]  # fmt: skip
    texts.append(("note", facts.note, 10 * LINES_LIMIT))
    for point in facts.contacts:
        texts += [("contacts", point.value, NAME_LIMIT), ("contacts", point.note, NAME_LIMIT)]
    for address in facts.addresses:
        texts += [("addresses", address.lines, LINES_LIMIT), ("addresses", address.note, NAME_LIMIT)]
        texts += [("addresses", address.town, NAME_LIMIT), ("addresses", address.postcode, 20)]
    return {name: trouble for name, text, limit in texts if (trouble := unfit(LABELS[name], text, limit))}


def unfit(label: str, text: str, limit: int) -> str:
    """Why a text cannot be kept, in one sentence; "" when it can."""
    if len(text) > limit:
        return f"{label}: at most {limit:,} characters; this has {len(text):,}."
    if "\x00" in text:
        return f"{label} holds a character that cannot be kept (NUL)."
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        return f"{label} holds half a character (perhaps of a cut emoji) that cannot be kept."
    return ""
