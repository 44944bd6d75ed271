"""The rows of the list under the box: everything they show, read for a handful of people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from ppsdesk.domain.codes import AlertKind, ContactKind, PersonKind, Reason
from ppsdesk.domain.finding import Found, Why
from ppsdesk.domain.people import Address, ContactPoint, PersonFacts
from ppsdesk.domain.phones import digits, shown
from ppsdesk.domain.postcodes import compact
from ppsdesk.domain.reasons import reason_for
from ppsdesk.domain.typed_box import Clues
from ppsdesk.storage.asked import as_day, as_key, asked

_PEOPLE = (
    "SELECT id, key, kind, given_names, family_name, known_as, former_names, born_on, role FROM person "
    "WHERE id :among AND removed_at IS NULL"
)
_POINTS = "SELECT person_id, key, kind, value FROM contact_point WHERE person_id :among ORDER BY person_id, position"
_ADDRESSES = (
    "SELECT person_id, key, town, postcode, valid_from, valid_to FROM address WHERE person_id :among "
    "ORDER BY person_id, position"
)
_TIES = (
    "SELECT r.person_id, r.other_id, t.label, p.given_names, p.family_name, p.known_as, p.kind, p.born_on "
    "FROM relationship r JOIN term t ON t.id = r.kind_id JOIN person p ON p.id = {other} "
    "WHERE {mine} :among AND r.removed_at IS NULL AND p.removed_at IS NULL "
    "AND (r.valid_to IS NULL OR r.valid_to >= ?) ORDER BY p.born_on NULLS LAST, p.id, r.id"
)
_OUTGOING = _TIES.replace("{other}", "r.other_id").replace("{mine}", "r.person_id")
_INCOMING = _TIES.replace("{other}", "r.person_id").replace("{mine}", "r.other_id")
_ALERTS = (
    "SELECT person_id, kind, words FROM alert WHERE person_id :among AND removed_at IS NULL "
    "AND (valid_from IS NULL OR valid_from <= ?) AND (valid_to IS NULL OR valid_to >= ?) ORDER BY id"
)
_WORKS = (
    "SELECT a.person_id, o.name FROM affiliation a JOIN organisation o ON o.id = a.organisation_id "
    "WHERE a.person_id :among AND a.removed_at IS NULL AND (a.valid_to IS NULL OR a.valid_to >= ?) ORDER BY a.id"
)
# a child's calls are those about them
_LAST = (
    "SELECT one, CASE WHEN about IS NULL OR rang >= about THEN rang ELSE about END AS last FROM (SELECT n.one, "
    "(SELECT taken_on FROM call WHERE caller_id = n.one AND removed_at IS NULL "
    "ORDER BY taken_on DESC LIMIT 1) AS rang, "
    "(SELECT c.taken_on FROM call_child k JOIN call c ON c.id = k.call_id WHERE k.person_id = n.one "
    "AND c.removed_at IS NULL ORDER BY c.taken_on DESC LIMIT 1) AS about FROM :numbers n) found"
)
_LATEST = _LAST + " ORDER BY last DESC NULLS LAST, one DESC LIMIT ?"
_RECENT = (
    "WITH recent AS (SELECT id, caller_id, taken_on FROM call WHERE removed_at IS NULL ORDER BY taken_on DESC LIMIT ?) "
    "SELECT caller_id, taken_on FROM recent WHERE caller_id IS NOT NULL "
    "UNION ALL SELECT k.person_id, r.taken_on FROM recent r JOIN call_child k ON k.call_id = r.id "
    "UNION ALL SELECT 0, min(taken_on) FROM recent HAVING count(*) = ?"
)
WIDE = 500  # people of one rank from which the calls are asked instead of each of them
STEPS = (300, 1_500)  # calls that are looked through for them
_REFERENCE = (
    "SELECT caller_id, taken_on FROM call WHERE reference = ? AND removed_at IS NULL ORDER BY taken_on DESC, id DESC"
)


@dataclass(slots=True)
class Shown:
    """What a row shows of a person. `ties` are (label, name, is child, born) with `outgoing` or not."""

    id: int
    key: UUID
    facts: PersonFacts
    children: list[tuple[str, str, date | None]] = field(default_factory=list)
    adults: list[tuple[str, str]] = field(default_factory=list)
    alerts: list[tuple[int, str]] = field(default_factory=list)
    works: list[str] = field(default_factory=list)
    last_call: date | None = None


def latest(connection: Connection, people: Sequence[int], limit: int) -> list[int]:
    """Those heard of last, at most `limit`; with none or the same day the record made last first."""
    if len(people) == 1:
        return list(people)
    if len(people) > WIDE:
        for calls in STEPS:
            found = _among_recent(connection, set(people), calls)
            if len(found) >= limit:
                return found[:limit]
    return [row[0] for row in asked(connection, _LATEST, (list(people), limit))]


def _among_recent(connection: Connection, people: set[int], calls: int) -> list[int]:
    """Those of these people heard of in the last so many calls, in order; not of the first day, which may be cut."""
    last: dict[int, Any] = {}
    whole: Any = None  # the day up to which nothing is missing; None when these are all calls there are
    for person, day in asked(connection, _RECENT, (calls, calls)):
        if person == 0:
            whole = day
        elif person in people and (person not in last or last[person] < day):
            last[person] = day
    heard = ((day, person) for person, day in last.items() if whole is None or day > whole)
    return [person for _, person in sorted(heard, reverse=True)]


def calls_of_reference(connection: Connection, reference: str) -> tuple[set[int], date | None]:
    """Callers of the calls with this reference, and the day of the last one that has no caller."""
    found = asked(connection, _REFERENCE, [reference])
    callers = {caller for caller, _ in found if caller is not None}
    return callers, next((as_day(day) for caller, day in found if caller is None), None)


def read(connection: Connection, people: Sequence[int], today: date) -> dict[int, Shown]:
    """What is shown of these people; those removed meanwhile are left out."""
    if not people:
        return {}
    numbers = list(people)
    day: Any = today.isoformat() if connection.dialect.name == "sqlite" else today
    found = _read_people(connection, numbers)
    _read_ties(connection, found, day)
    for person, kind, words in asked(connection, _ALERTS, [numbers, day, day]):
        found[person].alerts.append((_URGENCY[kind], words))
    if any(one.facts.kind is PersonKind.PROFESSIONAL for one in found.values()):
        for person, name in asked(connection, _WORKS, [numbers, day]):
            found[person].works.append(name)
    for person, last in asked(connection, _LAST, [numbers]):
        found[person].last_call = as_day(last)
    return found


def _read_people(connection: Connection, numbers: list[int]) -> dict[int, Shown]:
    points, addresses = defaultdict[int, list[Any]](list), defaultdict[int, list[Any]](list)
    for person, key, kind, value in asked(connection, _POINTS, [numbers]):
        points[person].append(ContactPoint(key=as_key(key), kind=ContactKind(kind), value=value))
    for person, key, town, postcode, begins, ends in asked(connection, _ADDRESSES, [numbers]):
        addresses[person].append(
            Address(key=as_key(key), town=town, postcode=postcode, valid_from=as_day(begins), valid_to=as_day(ends))
        )
    found: dict[int, Shown] = {}
    for number, key, kind, given, family, known, former, born, role in asked(connection, _PEOPLE, [numbers]):
        facts = PersonFacts(
            kind=PersonKind(kind), given_names=given, family_name=family, known_as=known, former_names=former,
            born_on=as_day(born), role=role, contacts=tuple(points[number]), addresses=tuple(addresses[number]),
        )  # fmt: skip
        found[number] = Shown(number, as_key(key), facts)
    return found


_URGENCY = {kind.value: place for place, kind in enumerate(AlertKind)}


def _read_ties(connection: Connection, found: dict[int, Shown], day: Any) -> None:
    people = list(found)
    for person, _, label, given, family, known, kind, born in asked(connection, _OUTGOING, [people, day]):
        if kind == PersonKind.CHILD:
            name = given or known or family
            found[person].children.append((label, name, as_day(born)))
    for _, person, label, given, family, known, kind, _born in asked(connection, _INCOMING, [people, day]):
        if kind != PersonKind.CHILD:
            name = PersonFacts(given_names=given, family_name=family, known_as=known).name
            found[person].adults.append((label, name))


def row_of(one: Shown, clues: Clues, words: Sequence[str], *, today: date, score: float, also: Why | None) -> Found:
    """The row of the list, with its reasons."""
    towns = [address.town for address in one.facts.addresses if address.town and address.current_on(today)]
    names = [name for _, name, _ in one.children]
    why = [reason_for(word, one.facts, children=names) for word in words]
    why += [Why(reason=Reason.FAMILY, words=f"child {name}") for _, name, born in one.children if born in clues.born]
    return Found(
        person=one.key,
        kind=one.facts.kind,
        name=one.facts.name,
        about=about(one, today),
        town=towns[0] if towns else "",
        last_call=one.last_call,
        alerts=tuple(text for _, text in sorted(one.alerts, key=lambda alert: alert[0])),
        why=tuple(dict.fromkeys(reason for reason in (also, *_numbers(one.facts, clues), *why) if reason)),
        score=score,
    )


def about(one: Shown, today: date) -> str:
    """ "mother of Tom (8) and Ella (5)"; for a child "8, mother Jane Thistle"; for a professional role and place."""
    said: list[str] = []
    if one.facts.kind is PersonKind.CHILD:
        age = one.facts.age_on(today)
        said = [] if age is None else [str(age)]
        said += dict.fromkeys(f"{label} {name}" for label, name in one.adults)
    if one.facts.kind is PersonKind.PROFESSIONAL:
        said = [part for part in (one.facts.role, *one.works[:1]) if part]
    by_label: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for label, name, born in one.children:
        age = PersonFacts(born_on=born).age_on(today)
        by_label[label][name if age is None else f"{name} ({age})"] = None
    said += [f"{label} of {_listed(list(names))}" for label, names in by_label.items()]
    return ", ".join(said)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _numbers(facts: PersonFacts, clues: Clues) -> list[Why]:
    why: list[Why] = []
    phone = next((point.value for point in facts.phones if clues.phone and clues.phone in digits(point.value)), "")
    if phone:
        why.append(Why(reason=Reason.PHONE, words=shown(phone)))
    for address in facts.addresses:
        if clues.postcode and compact(address.postcode).startswith(clues.postcode):
            why.append(Why(reason=Reason.POSTCODE, words=address.postcode))
    for point in facts.contacts:
        if clues.email and point.value.lower().startswith(clues.email):
            why.append(Why(reason=Reason.EMAIL, words=point.value))
    if facts.born_on and facts.born_on in clues.born:
        why.append(Why(reason=Reason.BORN, words=f"{facts.born_on.day} {facts.born_on:%b %Y}"))
    return why
