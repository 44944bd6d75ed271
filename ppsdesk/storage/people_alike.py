"""Who may be the same person twice: while somebody is typed, and over everybody by shared keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain, combinations
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from ppsdesk.domain.finding import Alike
from ppsdesk.domain.likeness import (
    UNLIKE,
    Likeness,
    emails_of,
    family_codes,
    given_codes,
    likeness,
    phones_of,
    postcodes_of,
)
from ppsdesk.domain.people import PersonFacts
from ppsdesk.domain.postcodes import compact
from ppsdesk.domain.search_keys import KEY_LIMIT, Sort
from ppsdesk.storage.asked import asked, together
from ppsdesk.storage.people_found import Shown, about, read
from ppsdesk.storage.people_rows import NotSameRow, PersonRow

LARGE = 200  # people who share one number or postcode: a switchboard, a hostel; no sign of being the same

_WITH_KEY = "SELECT person_id FROM person_search WHERE sort = ? AND word = ?"
_SHARED = "SELECT :ids FROM person_search WHERE sort = ? GROUP BY word HAVING count(*) BETWEEN 2 AND ?"
# of all ends of a phone's digits the whole number alone
_SHARED_PHONES = (
    "SELECT :ids FROM person_search WHERE sort = 'p' AND word >= '0' AND word < '1' AND length(word) >= 10 "
    "GROUP BY word HAVING count(*) BETWEEN 2 AND ?"
)
_NAMES = "SELECT id, given_names, known_as, family_name FROM person WHERE removed_at IS NULL"
_TIED = (
    "SELECT person_id, other_id FROM relationship WHERE removed_at IS NULL AND (person_id :among OR other_id :among)"
)
_SAID = "SELECT first_id, second_id FROM not_same WHERE first_id :among"

Pair = tuple[int, int]  # the smaller number first


def alike(
    connection: Connection, facts: PersonFacts, *, but: UUID | None, today: date, limit: int
) -> tuple[Alike, ...]:
    """Who on record may be the person that is being typed, the most alike first."""
    own = connection.execute(select(PersonRow.id).where(PersonRow.key == but)).scalar() if but else None
    people = _sharing_a_key(connection, facts) - {own}
    shown = read(connection, sorted(people), today)
    apart = _Apart(connection, [*shown, own] if own else [])
    found = []
    for number, one in shown.items():
        how = _compared(facts, one.facts, _pair(own, number) if own else None, apart)
        if how.enough:
            found.append((-how.score, number, _alike(one, how, today)))
    return tuple(row for *_, row in sorted(found, key=lambda some: some[:2])[:limit])


def perhaps_same(connection: Connection, *, today: date, limit: int) -> tuple[Alike, ...]:
    """Pairs on record that may be one person, the most alike first.

    Pairs are made of those who share a key and a given name's sound, never of everybody with everybody.
    """
    pairs = sorted(set(_candidates(connection)))
    people = sorted({number for pair in pairs for number in pair})
    shown = read(connection, people, today)
    apart = _Apart(connection, people)
    found: list[tuple[int, Pair, Likeness]] = []
    for first, second in pairs:
        if first in shown and second in shown:
            how = _compared(shown[second].facts, shown[first].facts, (first, second), apart)
            if how.enough:
                found.append((-how.score, (first, second), how))
    rows = []
    for _, (first, second), how in sorted(found, key=lambda some: some[:2])[:limit]:
        other = shown[second]
        rows.append(_alike(shown[first], how, today, other=other.key, other_name=other.facts.name))
    return tuple(rows)


def say_not_same(connection: Connection, first: UUID, second: UUID, *, by: str, at: datetime) -> None:
    """Remember that these are two people; saying it twice is no error."""
    pair = _numbers_of(connection, first, second)
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    if pair and pair[0] != pair[1]:
        values = {"first_id": pair[0], "second_id": pair[1], "said_by": by, "said_at": at}
        connection.execute(dialect.insert(NotSameRow).values(values).on_conflict_do_nothing())


def forget_not_same(connection: Connection, first: UUID, second: UUID) -> None:
    """They may be the same after all."""
    if pair := _numbers_of(connection, first, second):
        connection.execute(delete(NotSameRow).where(NotSameRow.first_id == pair[0], NotSameRow.second_id == pair[1]))


class _Apart:
    """Who is known not to be who: said to be two, tied to one another, or children of one adult."""

    def __init__(self, connection: Connection, people: Sequence[int]) -> None:
        self._never: set[Pair] = set()
        self._adults: defaultdict[int, set[int]] = defaultdict(set)
        if people:
            numbers = list(people)
            self._never.update((first, second) for first, second in asked(connection, _SAID, [numbers]))
            for person, other in asked(connection, _TIED, [numbers, numbers]):
                self._never.add(_pair(person, other))
                self._adults[other].add(person)

    def never(self, pair: Pair) -> bool:
        """Whether these are two for certain."""
        return pair in self._never

    def one_parent(self, pair: Pair) -> bool:
        """Whether both belong to the same adult."""
        return bool(self._adults[pair[0]] & self._adults[pair[1]])


def _compared(facts: PersonFacts, known: PersonFacts, pair: Pair | None, apart: _Apart) -> Likeness:
    if pair is None:
        return likeness(facts, known)
    return UNLIKE if apart.never(pair) else likeness(facts, known, one_parent=apart.one_parent(pair))


def _sharing_a_key(connection: Connection, facts: PersonFacts) -> set[int]:
    keys = [(Sort.PHONE, number) for number in phones_of(facts)]
    keys += [(Sort.EMAIL, address) for address in emails_of(facts)]
    keys += [(Sort.POSTCODE, compact(code)) for code in postcodes_of(facts)]
    keys += [(Sort.BORN, f"{facts.born_on:%Y%m%d}")] if facts.born_on else []
    if not keys:
        return set()
    question, values = together([(_WITH_KEY, (str(sort), word[:KEY_LIMIT])) for sort, word in keys])
    return {row[0] for row in asked(connection, question, values)}


class _Names:
    """What is compared before anything else is read: codes of everybody's given and family names."""

    def __init__(self, connection: Connection) -> None:
        given_of, family_of = lru_cache(maxsize=None)(_given), lru_cache(maxsize=None)(family_codes)
        rows = asked(connection, _NAMES)
        self.given = {number: given_of(given, known_as) for number, given, known_as, _ in rows}
        self.family = {number: family_of(family) for number, *_, family in rows}

    def perhaps(self, first: int, second: int) -> bool:
        """Whether their family names may be one, or one of them has none."""
        ours, theirs = self.family[first], self.family[second]
        return not ours or not theirs or not ours.isdisjoint(theirs)

    def near_in(self, group: Iterable[int]) -> Iterator[Pair]:
        """Pairs whose given names may be one; somebody without a given name goes with everybody."""
        by_code: dict[str, list[int]] = {}
        there = [number for number in group if number in self.given]
        for number in there:
            for code in self.given[number] or (_ANYBODY,):
                by_code.setdefault(code, []).append(number)
        for nameless in by_code.pop(_ANYBODY, ()):
            yield from (_pair(nameless, other) for other in there if other != nameless)
        for near in by_code.values():
            if len(near) > 1:
                yield from combinations(sorted(near), 2)


_ANYBODY = "*"


def _given(given: str, known_as: str) -> frozenset[str]:
    return given_codes(PersonFacts(given_names=given, known_as=known_as))


def _candidates(connection: Connection) -> Iterator[Pair]:
    """Pairs who share a number and perhaps a given name, or a birthday or postcode and perhaps both names."""
    names = _Names(connection)
    numbers = _groups(connection, _SHARED_PHONES, [LARGE]), _groups(connection, _SHARED, [str(Sort.EMAIL), LARGE])
    for group in chain(*numbers):
        yield from names.near_in(group)
    for sort in (Sort.BORN, Sort.POSTCODE):
        for group in _groups(connection, _SHARED, [str(sort), LARGE]):
            yield from (pair for pair in names.near_in(group) if names.perhaps(*pair))


def _groups(connection: Connection, question: str, values: Iterable[Any]) -> Iterator[list[int]]:
    return (list(map(int, row[0].split(","))) for row in asked(connection, question, values))


def _pair(first: int, second: int) -> Pair:
    return (first, second) if first < second else (second, first)


def _numbers_of(connection: Connection, first: UUID, second: UUID) -> Pair | None:
    found = connection.execute(select(PersonRow.id).where(PersonRow.key.in_([first, second]))).scalars().all()
    return _pair(found[0], found[1]) if len(found) == 2 else None


def _alike(one: Shown, how: Likeness, today: date, **other: Any) -> Alike:
    return Alike(
        person=one.key, name=one.facts.name, about=about(one, today), shared=how.shared, score=how.score, **other
    )
