"""Families that are easily taken for each other, put on record: everybody in them is invented.

One surname everywhere, siblings with nearly one name, twins, cousins and step-siblings of one name, father and son of
one name, mothers of one name in two towns and in one, a child in two homes, parents who must not know of each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import AlertKind, Known, PersonKind
from ppsdesk.domain.families import Alert, Relationship
from ppsdesk.domain.people import Address, NewPerson
from ppsdesk.domain.vocabulary import TermCode
from tests.builders import a_phone
from tests.invented import TOWNS

# few surnames, so that every list is full of them
SURNAMES = ("Thistledown", "Thistlewick", "Thistlemere", "Meadowlark", "Meadowley", "Quillfeather", "Quillbury")
MOTHERS = ("Rowan", "Bryony", "Ffion", "Jane", "Joan", "Marian", "Marianne", "Siân", "Tamsin", "Amara")
FATHERS = ("Aled", "Perran", "Tom", "Thomas", "Jon", "John", "Idris", "Dougal")
NEARLY = (("Jan", "Jon", "Jana"), ("Mab", "Mabel", "Mabli"), ("Cai", "Cay", "Kai"), ("Ella", "Elsa", "Ellie"),
          ("Ivo", "Ivor", "Iva"))  # fmt: skip
TWINS = (("Wren", "Wyn"), ("Tom", "Tim"), ("Ida", "Ada"), ("Lily", "Lila"), ("Oscar", "Oskar"))
EACH = 4  # families of each sort


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """Somebody who rings, and what they say of themselves.

    `mine` are the children on their record, `others` children of other people they may ring about. `says` must stand
    in their row besides the name and the children. `double`: everything in the row is as in somebody else's.
    """

    who: NewPerson
    mine: tuple[NewPerson, ...] = ()
    others: tuple[NewPerson, ...] = ()
    says: tuple[str, ...] = ()
    double: bool = False


@dataclass
class LookAlikes:
    """All of them, the same for the same seed; `today` is the day on which ages are told."""

    today: date
    seed: int = 5
    families: int = 0
    callers: list[Ringing] = field(default_factory=list)
    adults: defaultdict[UUID, list[str]] = field(default_factory=lambda: defaultdict(list))
    _people: list[NewPerson] = field(default_factory=list)
    _ties: list[Relationship] = field(default_factory=list)
    _alerts: list[Alert] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        self._phones = self._random.sample(range(100_000), 400)
        sorts = (self._siblings, self._twins, self._cousins, self._father_and_son, self._mothers_of_one_name,
                 self._two_homes, self._estranged, self._double, self._own_right, self._teacher)  # fmt: skip
        for turn in range(EACH):
            for sort in sorts:
                sort(turn)
                self.families += 1
        rows = Counter(self.row(caller) for caller in self.callers)
        self.callers = [replace(caller, double=rows[self.row(caller)] > 1) for caller in self.callers]

    def put_on_record(self, desk: Services) -> None:
        """Write them down, as the helpline would."""
        for person in self._people:
            desk.people.add(person)
        for tie in self._ties:
            desk.families.relate(tie)
        for alert in self._alerts:
            desk.families.alert(alert)

    def row(self, caller: Ringing) -> tuple[object, ...]:
        """What their row says of them."""
        return (caller.who.name, self.named(caller.mine), caller.says)

    def named(self, children: Sequence[NewPerson]) -> frozenset[tuple[str, str]]:
        """Given names and ages, as somebody says them."""
        return frozenset((child.given_names, str(self.age(child))) for child in children)

    def age(self, person: NewPerson) -> int:
        """Whole years."""
        assert person.born_on is not None
        born = person.born_on
        return self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))

    # -- the families --------------------------------------------------------------------------------------------------

    def _siblings(self, turn: int) -> None:
        surname, town = self._surname(turn), self._town()
        children = [self._child(name, surname, town, 4 + 3 * at) for at, name in enumerate(NEARLY[turn])]
        self._parent("mother", self._adult(MOTHERS[turn], surname, town), children)
        self._parent("father", self._adult(FATHERS[turn], surname, town), children)

    def _twins(self, turn: int) -> None:
        surname, town = self._surname(turn), self._town()
        one, other = TWINS[turn]
        first = self._child(one, surname, town, 7)
        twins = [first, self._child(other, surname, town, 7, born_on=first.born_on)]
        self._parent(
            "mother", self._adult(MOTHERS[turn + 1], surname, town), [self._child("Jan", surname, town, 12), *twins]
        )

    def _cousins(self, turn: int) -> None:
        """Of one name and one age in one town, with one grandmother."""
        surname, town = self._surname(turn), self._town()
        cousins = [self._child("Wren", surname, town, 9) for _ in range(2)]
        for name, child in zip(MOTHERS[turn : turn + 2], cousins, strict=True):
            self._parent("mother", self._adult(name, surname, town), [child])
        self._parent("grandparent", self._adult("Wren", surname, town), cousins)

    def _father_and_son(self, turn: int) -> None:
        surname, town, name = self._surname(turn), self._town(), FATHERS[turn]
        son = self._child(name, surname, town, 15)
        self._parent("father", self._adult(name, surname, town), [son, self._child("Tom", surname, town, 11)])

    def _mothers_of_one_name(self, turn: int) -> None:
        surname, name = self._surname(turn), MOTHERS[turn + 2]
        for town, age in zip(self._towns(), (8, 9), strict=True):
            self._parent("mother", self._adult(name, surname, town), [self._child("Tom", surname, town, age)])

    def _two_homes(self, turn: int) -> None:
        """With the mother, and with the father and his other child, who has the same name and age."""
        surname, other = self._surname(turn), self._surname(turn + 3)
        here, there = self._towns()
        child = self._child("Ella", surname, here, 10)
        self._parent("mother", self._adult(MOTHERS[turn + 3], surname, here), [child])
        half = self._child("Ella", other, there, 10)
        self._parent("father", self._adult(FATHERS[turn + 1], other, there), [child, half])

    def _estranged(self, turn: int) -> None:
        """One surname and one child; he may know nothing of where they are."""
        surname = self._surname(turn)
        here, there = self._towns()
        children = [self._child(name, surname, here, 5 + 2 * at) for at, name in enumerate(("Jon", "Jan"))]
        mother = self._adult("Joan", surname, here)
        self._parent("mother", mother, children)
        self._parent("father", self._adult("John", surname, there), children, may_know=Known.NO)
        self._alerts.append(
            Alert(key=self._key(), person=mother.key, kind=AlertKind.SAFE_CONTACT, words="Leave no message.")
        )

    def _double(self, turn: int) -> None:
        """Two mothers of whom every word in the list is the same; only their phones differ."""
        surname, town = self._surname(turn), self._town()
        for _ in range(2):
            child = self._child("Mab", surname, town, 6)
            self._parent("mother", self._adult("Marian", surname, town), [child])

    def _own_right(self, turn: int) -> None:
        """A young person of the mother's own name, who rings too."""
        surname, town, name = self._surname(turn), self._town(), MOTHERS[turn + 4]
        daughter = self._child(name, surname, town, 17, own_right=True, contacts=(self._phone(),))
        mother = self._adult(name, surname, town)
        self._parent("mother", mother, [daughter])
        self.callers.append(Ringing(who=daughter, mine=(daughter,), says=("17", f"mother {mother.name}")))

    def _teacher(self, turn: int) -> None:
        """Has the surname too, and rings about two children of one name who are not her own."""
        surname = self._surname(turn)
        towns = self._towns()
        pupils = [self._child("Jana", surname, town, age) for town, age in zip(towns, (13, 14), strict=True)]
        for name, town, pupil in zip(MOTHERS[turn : turn + 2], towns, pupils, strict=True):
            self._parent("mother", self._adult(name, surname, town), [pupil])
        teacher = self._adult("Jana", surname, towns[0], kind=PersonKind.PROFESSIONAL, role="SENCO")
        self.callers.append(Ringing(who=teacher, others=tuple(pupils), says=("SENCO",)))

    # -- one by one ----------------------------------------------------------------------------------------------------

    def _surname(self, turn: int) -> str:
        return SURNAMES[(turn + self.families) % len(SURNAMES)]

    def _town(self) -> str:
        return self._random.choice(TOWNS)

    def _towns(self) -> Sequence[str]:
        return self._random.sample(TOWNS, 2)

    def _key(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)

    def _phone(self) -> Any:
        number = f"{self._phones.pop():05}"
        return a_phone(f"07700 9{number[:2]}{number[2:]}", key=self._key())

    def _adult(self, given: str, surname: str, town: str, **said: Any) -> NewPerson:
        person = NewPerson(key=self._key(), given_names=given, family_name=surname, contacts=(self._phone(),),
                           addresses=(Address(key=self._key(), town=town),), **said)  # fmt: skip
        self._people.append(person)
        return person

    def _child(
        self, given: str, surname: str, town: str, age: int, *, born_on: date | None = None, **said: Any
    ) -> NewPerson:
        month, day = self._random.randint(1, 12), self._random.randint(1, 28)
        year = self.today.year - age - ((self.today.month, self.today.day) < (month, day))
        person = NewPerson(key=self._key(), kind=PersonKind.CHILD, given_names=given, family_name=surname,
                           born_on=born_on or date(year, month, day),
                           addresses=(Address(key=self._key(), town=town),), **said)  # fmt: skip
        self._people.append(person)
        return person

    def _parent(self, kind: str, adult: NewPerson, children: Sequence[NewPerson], **said: Any) -> None:
        for child in children:
            self._ties.append(
                Relationship(key=self._key(), person=adult.key, other=child.key, kind=TermCode(kind), **said)
            )
            self.adults[child.key].append(adult.name)
        self.callers.append(Ringing(who=adult, mine=tuple(children), says=(adult.addresses[0].town,)))
