"""Thousands of invented people for recall and for measuring: given names as they are given, family names put together
from plants and places, a few of them very common as everywhere, families with children at one address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from ppsdesk.domain.codes import ContactKind, Known, PersonKind, Safety
from ppsdesk.domain.nicknames import GROUPS
from ppsdesk.domain.people import Address, ContactPoint, NewPerson
from ppsdesk.storage.people_rows import AddressRow, ContactPointRow, PersonRow, RelationshipRow
from ppsdesk.storage.rows import TermRow
from ppsdesk.storage.search_keys import rebuild
from tests.builders import NOW

GIVEN = tuple(dict.fromkeys(line.split()[0].title() for line in GROUPS.strip().splitlines()))
MORE_GIVEN = ("Siân", "Zoë", "Łucja", "Ṣọlá", "Oisín", "Ffion", "Amara", "Jun", "Bryony", "Sorrel", "Tansy", "Wren")
BEGIN = ("Thistle", "Bramble", "Fern", "Apple", "Meadow", "Quill", "Pebble", "Hazel", "Marsh", "Linden", "Copper",
         "Barley", "Sorrel", "Clover", "Rushy", "Willow", "Alder", "Sedge", "Tansy", "Yarrow", "Juniper", "Bracken",
         "Mallow", "Nettle", "Orchard", "Rowan", "Sallow", "Teasel", "Umber", "Vetch", "Whin", "Heather")  # fmt: skip
END = ("down", "hollow", "wick", "lark", "feather", "thwaite", "combe", "bury", "by", "stone", "mere", "field", "gate",
       "hurst", "ley", "mouth", "ridge", "shaw", "stead", "worth", "dale", "croft", "beck", "holm")  # fmt: skip
TOWNS = ("Hazelby", "Ferncombe", "Marshwick", "Applethwaite", "Quillbury", "Lindenstone", "Barleyfield", "Clovergate",
         "Sedgemouth", "Willowhurst", "Great Tansyworth", "Whinbeck")  # fmt: skip


@dataclass
class Invented:
    """An endless supply of families, the same for the same seed."""

    seed: int
    _random: Random = field(init=False)
    _weights: Sequence[float] = field(init=False)
    _families: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        names = [begin + end for begin in BEGIN for end in END]
        self._random.shuffle(names)
        self._families = tuple(names)
        self._weights = [1 / (place + 12) for place in range(len(names))]

    def family(self) -> tuple[list[NewPerson], list[NewPerson]]:
        """One or two adults, and their children; each adult has a phone, all of them the postcode."""
        name, address = self._family_name(), self._address()
        adults = [self._adult(name, address) for _ in range(self._random.choice((1, 1, 2)))]
        children = [self._child(name, address) for _ in range(self._random.choice((0, 1, 1, 2, 2, 3)))]
        return adults, children

    def people(self, count: int) -> Iterator[NewPerson]:
        """So many people, family after family."""
        made = 0
        while made < count:
            adults, children = self.family()
            for person in (*adults, *children)[: count - made]:
                made += 1
                yield person

    def _key(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)

    def _family_name(self) -> str:
        (name,) = self._random.choices(self._families, self._weights)
        if self._random.random() < 0.05:
            return f"{name}-{self._random.choice(self._families)}"
        return f"O’{name}" if self._random.random() < 0.03 else name

    def _given(self) -> str:
        return self._random.choice(MORE_GIVEN if self._random.random() < 0.1 else GIVEN)

    def _address(self) -> Address:
        town = self._random.choice(TOWNS)
        letters = "".join(self._random.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        code = f"ZZ{1 + TOWNS.index(town)} {self._random.randint(1, 9)}{letters}"
        return Address(key=self._key(), lines=f"{self._random.randint(1, 90)} Fern Row", town=town, postcode=code)

    def _phone(self) -> ContactPoint:
        number = self._random.choice(("07700 9{:05}", "01632 9{:05}", "+44 7700 9{:05}"))
        value = number.format(self._random.randint(0, 99_999))
        return ContactPoint(key=self._key(), kind=ContactKind.PHONE, value=value)

    def _adult(self, name: str, address: Address) -> NewPerson:
        contacts = tuple(self._phone() for _ in range(self._random.choice((1, 1, 2))))
        return NewPerson(key=self._key(), given_names=self._given(), family_name=name, contacts=contacts,
                         addresses=(address,))  # fmt: skip

    def _child(self, name: str, address: Address) -> NewPerson:
        born = date(2026, 9, 1) - timedelta(days=self._random.randint(1_000, 7_000))
        return NewPerson(key=self._key(), kind=PersonKind.CHILD, given_names=self._given(), family_name=name,
                         born_on=born, addresses=(address,))  # fmt: skip


def put_on_record(connection: Connection, count: int, *, seed: int = 7) -> list[NewPerson]:
    """Write so many invented people (or a few more), their ties and search keys, in bulk; the people in this order.

    Each adult is the parent of all children of the family.
    """
    supply, people, ties = Invented(seed), list[NewPerson](), list[tuple[int, int]]()
    start = (connection.execute(select(func.max(PersonRow.id))).scalar() or 0) + 1
    while len(people) < count:
        adults, children = supply.family()
        first = start + len(people)
        people += adults + children
        for adult in range(first, first + len(adults)):
            ties += [(adult, child) for child in range(first + len(adults), start + len(people))]
    kind = connection.execute(
        select(TermRow.id).where(TermRow.vocabulary == "relationship", TermRow.code == "parent")
    ).scalar_one()
    _write(connection, PersonRow, [_person(number, one) for number, one in enumerate(people, start)])
    _write(connection, ContactPointRow, [row for n, one in enumerate(people, start) for row in _contacts(n, one)])
    _write(connection, AddressRow, [row for n, one in enumerate(people, start) for row in _addresses(n, one)])
    _write(connection, RelationshipRow, [_tie(supply, kind, adult, child) for adult, child in ties])
    rebuild(connection)
    return people


def _write(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    for begin in range(0, len(rows), 5_000):
        connection.execute(insert(table.__table__), rows[begin : begin + 5_000])


def _person(number: int, one: NewPerson) -> dict[str, Any]:
    return {"id": number, "key": one.key, "version": 1, "kind": one.kind.value, "given_names": one.given_names,
            "family_name": one.family_name, "known_as": one.known_as, "former_names": one.former_names,
            "born_on": one.born_on, "own_right": False, "role": "", "interpreter": False, "note": "",
            "recorded_at": NOW}  # fmt: skip


def _contacts(number: int, one: NewPerson) -> Iterator[dict[str, Any]]:
    for place, point in enumerate(one.contacts):
        yield {"key": point.key, "person_id": number, "position": place, "kind": point.kind.value,
               "value": point.value, "safety": Safety.NOT_ASKED.value, "note": ""}  # fmt: skip


def _addresses(number: int, one: NewPerson) -> Iterator[dict[str, Any]]:
    for place, address in enumerate(one.addresses):
        # a family's address is one record of each of them
        key = UUID(int=address.key.int ^ number)
        yield {"key": key, "person_id": number, "position": place, "lines": address.lines, "town": address.town,
               "postcode": address.postcode, "no_fixed_address": False, "safety": Safety.NOT_ASKED.value,
               "note": ""}  # fmt: skip


def _tie(supply: Invented, kind: int, adult: int, child: int) -> dict[str, Any]:
    return {"key": supply._key(), "version": 1, "person_id": adult, "other_id": child, "kind_id": kind,
            "responsibility": Known.YES.value, "lives_with": Known.YES.value, "may_know": Known.YES.value,
            "note": ""}  # fmt: skip


def slipped(word: str, random: Random) -> str:
    """The word with one slip: a letter left out, put in, taken for another, or two changed about; never the first."""
    place = random.randrange(1, len(word) - 1)
    before, one, other, after = word[:place], word[place], word[place + 1], word[place + 2 :]
    letter = random.choice([sign for sign in "abcdefghijklmnopqrstuvwxyz" if sign != one])
    ways = [before + other + after, before + letter + one + other + after, before + letter + other + after]
    return random.choice([*ways, before + other + one + after] if one != other else ways)
