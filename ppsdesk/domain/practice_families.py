"""Invented families to practise on, as untidy as real ones. Every name is put together from plants and places.

Two homes, siblings, twins, parents who must not learn each other's address, somebody of no fixed address, long and
Welsh names, grandparents who bring up, young people who ring for themselves, schools one left, professionals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

from ppsdesk.domain.codes import (
    AlertKind,
    ConsentAnswer,
    ConsentSubject,
    ContactKind,
    Known,
    PersonKind,
    Safety,
)
from ppsdesk.domain.families import Affiliation, Alert, Consent, HiddenAddress, Relationship
from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.people import Address, ContactPoint, NewPerson
from ppsdesk.domain.practice_names import FIRST, PracticeNames
from ppsdesk.domain.vocabulary import TermCode

TOWNS = ("Alderbrook", "Brackenford", "Cloverhithe", "Dunmere", "Elmsworthy", "Fennick Green", "Goosewell")
LANES = ("Orchard Way", "Mill Lane", "Quarry Rise", "Larkfield", "The Hollow", "Bramley Close")
SAFE_WORDS = ("Do not leave voicemail.", "Text only, after six.", "Ring the grandparent's number first.")
CARE_WORDS = ("Partner may answer: say it is the library.", "Very tired in the mornings; ring after eleven.")
SHARE_TWO_HOMES, SHARE_ESTRANGED, SHARE_NO_ADDRESS, SHARE_CARERS = 0.2, 0.1, 0.03, 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFamily:
    """Adults who ring, and the children they ring about; a young person may be among both."""

    adults: tuple[NewPerson, ...]
    children: tuple[NewPerson, ...]
    schools: tuple[UUID, ...]


@dataclass(slots=True)
class PracticeWorld:
    """Everything that is put on record before the calls, in the order it has to be."""

    organisations: list[NewOrganisation] = field(default_factory=list)
    people: list[NewPerson] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    hidden: list[HiddenAddress] = field(default_factory=list)
    families: list[PracticeFamily] = field(default_factory=list)
    professionals: list[NewPerson] = field(default_factory=list)


class PracticeFamilies:
    """Makes a world; the same seed and day make the same one."""

    def __init__(self, seed: int, today: date) -> None:
        self._random = Random(f"families {seed}")  # noqa: S311  # practice data wants to be repeatable, not secret
        self._today = today
        self._names = PracticeNames(self._random)
        self._world = PracticeWorld()
        self._numbers = self._phone_numbers()

    def world(self, families: int, schools: int = 24) -> PracticeWorld:
        """So many families, the schools they go to, and the professionals who ring."""
        self._make_schools(schools)
        for number in range(families):
            self._make_family(number)
        for _ in range(max(4, families // 8)):
            self._make_professional()
        return self._world

    # -- organisations -------------------------------------------------------------------------------------------------

    def _make_schools(self, count: int) -> None:
        kinds = ("mainstream-la-maintained", "mainstream-academy-or-free-school", "special-la-maintained",
                 "alternative-provision-pru", "further-education-sixth-form")  # fmt: skip
        for number in range(count):
            town = TOWNS[number % len(TOWNS)]
            closed = self._today - timedelta(days=500) if number == 3 else None
            self._world.organisations.append(
                NewOrganisation(
                    key=self._key(),
                    name=f"{self._names.school(number)}, {town}",
                    kind=TermCode(kinds[number % len(kinds)] if number else kinds[0]),
                    urn=f"{900_001 + number}",
                    phone=next(self._numbers),
                    town=town,
                    closed_on=closed,
                )
            )
        team = NewOrganisation(key=self._key(), name="Practiceshire SEN team", kind=TermCode("council-sen-team"))
        self._world.organisations.append(team)

    def _school(self, *, closed: bool = False) -> NewOrganisation:
        urned = [one for one in self._world.organisations if one.urn and (one.closed_on is not None) == closed]
        return self._random.choice(urned)

    # -- families ------------------------------------------------------------------------------------------------------

    def _make_family(self, number: int) -> None:
        family = self._names.family(number)
        area = TermCode(self._random.choice(("north", "east", "south", "west")))
        carer = self._random.random() < SHARE_CARERS
        first = self._adult(family, area, no_address=self._random.random() < SHARE_NO_ADDRESS)
        ties = [(first, "grandparent" if carer else "mother", True)]
        if self._random.random() < SHARE_TWO_HOMES:
            ties.append((self._adult(self._names.family(number + 7), area), "father", True))
        elif self._random.random() < 0.5:
            ties.append((self._adult(family, area, at=first.addresses), "father", True))
        apart = len(ties) == 2 and self._random.random() < SHARE_ESTRANGED
        children = self._children(family, area)
        schools = [self._enrol(child) for child in children]
        for adult, kind, _ in ties:
            for child in children:
                self._relate(adult, child, kind, lives=not apart or adult is first)
        for one, other in pairwise(children):
            self._relate(one, other, "sibling", lives=True)
        if apart:
            self._part(first, ties[1][0])
        self._warn(first, number)
        self._ask(first)
        young = [child for child in children if child.own_right]
        self._world.families.append(
            PracticeFamily(
                adults=(*(adult for adult, _, _ in ties), *young), children=tuple(children), schools=tuple(schools)
            )
        )

    def _adult(
        self, family: str, area: TermCode, *, at: tuple[Address, ...] = (), no_address: bool = False
    ) -> NewPerson:
        age = timedelta(days=self._random.randint(26 * 365, 58 * 365))
        person = NewPerson(
            key=self._key(),
            given_names=self._random.choice(FIRST),
            family_name=family,
            known_as=self._random.choice(FIRST) if self._random.random() < 0.1 else "",
            former_names=self._names.family(self._random.randint(0, 400)) if self._random.random() < 0.1 else "",
            born_on=self._today - age if self._random.random() < 0.4 else None,
            area=area,
            language=TermCode(self._random.choice(("english",) * 8 + ("welsh", "polish", "somali"))),
            interpreter=self._random.random() < 0.05,
            formats=(TermCode("large-print"),) if self._random.random() < 0.05 else (),
            contacts=self._contacts(),
            addresses=tuple(replace(one, key=self._key()) for one in at) or (self._address(no_address),),
        )
        self._world.people.append(person)
        return person

    def _children(self, family: str, area: TermCode) -> list[NewPerson]:
        count = self._random.choice((1, 1, 1, 2, 2, 3))
        born = self._today - timedelta(days=self._random.randint(3 * 365, 19 * 365))
        twins = count > 1 and self._random.random() < 0.15
        made = []
        for number, given in enumerate(self._random.sample(FIRST, count)):
            day = born if twins else born - timedelta(days=number * self._random.randint(400, 1_100))
            old_enough = (self._today - day).days > 17 * 365
            child = NewPerson(
                key=self._key(),
                kind=PersonKind.CHILD,
                given_names=given,
                family_name=family,
                born_on=day if self._random.random() < 0.85 else None,
                own_right=old_enough and self._random.random() < 0.5,
                area=area,
                contacts=self._contacts()[:1] if old_enough else (),
            )
            made.append(child)
        self._world.people.extend(made)
        return made

    def _enrol(self, child: NewPerson) -> UUID:
        now = self._school()
        began = self._today - timedelta(days=self._random.randint(60, 900))
        if self._random.random() < 0.25:
            before = self._school(closed=self._random.random() < 0.2)
            self._attend(child, before, began - timedelta(days=800), began - timedelta(days=1))
        self._attend(child, now, began, None)
        return now.key

    def _attend(
        self, person: NewPerson, place: NewOrganisation, first: date, last: date | None, role: str = "pupil"
    ) -> None:
        self._world.affiliations.append(
            Affiliation(
                key=self._key(), person=person.key, organisation=place.key, role=role, valid_from=first, valid_to=last
            )
        )  # fmt: skip

    def _relate(self, person: NewPerson, other: NewPerson, kind: str, *, lives: bool) -> None:
        parent = kind in ("mother", "father")
        self._world.relationships.append(
            Relationship(
                key=self._key(),
                person=person.key,
                other=other.key,
                kind=TermCode(kind),
                responsibility=Known.YES if parent else Known.NOT_KNOWN,
                lives_with=Known.YES if lives else Known.NO,
                may_know=Known.YES if parent else Known.NOT_KNOWN,
            )
        )

    def _part(self, first: NewPerson, other: NewPerson) -> None:
        """Two who must not learn of each other: the address of the first is hidden."""
        self._world.relationships.append(
            Relationship(
                key=self._key(), person=other.key, other=first.key, kind=TermCode("other-family"), may_know=Known.NO,
                note="Not to be told the address.",
            )
        )  # fmt: skip
        self._world.hidden.append(
            HiddenAddress(
                key=self._key(), person=first.key, lines=f"{self._random.randint(1, 90)} Hidden Row",
                town=self._random.choice(TOWNS), postcode="ZZ99 3VZ", told_to_nobody_but="Housing officer",
            )
        )  # fmt: skip

    def _warn(self, person: NewPerson, number: int) -> None:
        if number % 6 == 0:
            self._alert(person, AlertKind.SAFE_CONTACT, SAFE_WORDS[number // 6 % len(SAFE_WORDS)], None)
        if number % 11 == 0:
            until = self._today + timedelta(days=40 if number % 2 else -40)
            self._alert(person, AlertKind.TAKE_CARE, CARE_WORDS[number // 11 % len(CARE_WORDS)], until)

    def _alert(self, person: NewPerson, kind: AlertKind, words: str, until: date | None) -> None:
        began = self._today - timedelta(days=90)
        self._world.alerts.append(
            Alert(key=self._key(), person=person.key, kind=kind, words=words, valid_from=began, valid_to=until)
        )

    def _ask(self, person: NewPerson) -> None:
        answer = self._random.choice((ConsentAnswer.GIVEN,) * 6 + (ConsentAnswer.REFUSED, ConsentAnswer.NOT_ASKED))
        if answer is ConsentAnswer.NOT_ASKED:
            return
        day = self._today - timedelta(days=self._random.randint(1, 600))
        self._world.consents.append(
            Consent(
                key=self._key(), person=person.key, subject=ConsentSubject.RECORD, answer=answer, given_on=day,
                how="by phone",
            )
        )  # fmt: skip

    def _make_professional(self) -> None:
        place = self._random.choice(self._world.organisations)
        person = NewPerson(
            key=self._key(),
            kind=PersonKind.PROFESSIONAL,
            given_names=self._random.choice(FIRST),
            family_name=self._names.family(self._random.randint(0, 400)),
            role="SENCO" if place.urn else "SEN officer",
            contacts=(self._phone(),),
        )
        self._world.people.append(person)
        self._world.professionals.append(person)
        self._attend(person, place, self._today - timedelta(days=700), None, role=person.role)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _contacts(self) -> tuple[ContactPoint, ...]:
        points = [self._phone()]
        if self._random.random() < 0.3:
            points.append(self._phone())
        if self._random.random() < 0.4:
            points.append(
                ContactPoint(key=self._key(), kind=ContactKind.EMAIL, value=f"{next(self._numbers)[-4:]}@example.org")
            )
        return tuple(points)

    def _phone(self) -> ContactPoint:
        safety = self._random.choice((Safety.NOT_ASKED,) * 6 + (Safety.SAFE, Safety.CAREFUL, Safety.NOT_SAFE))
        note = "Text only." if safety is Safety.CAREFUL else ""
        return ContactPoint(
            key=self._key(), kind=ContactKind.PHONE, value=next(self._numbers), safety=safety, note=note
        )

    def _address(self, none: bool) -> Address:
        if none:
            return Address(key=self._key(), no_fixed_address=True, note="Write care of the day centre.")
        town = self._random.choice(TOWNS)
        inward = f"{self._random.randint(1, 9)}{self._random.choice('ABDE')}{self._random.choice('FGHJ')}"
        code = f"ZZ{TOWNS.index(town) + 1} {inward}"  # no place has ZZ
        return Address(
            key=self._key(),
            lines=f"{self._random.randint(1, 99)} {self._random.choice(LANES)}",
            town=town,
            postcode=code,
        )

    def _phone_numbers(self) -> Iterator[str]:
        """Numbers set apart for drama: 07700 900000 to 900999, and 01632 960000 to 960999 (Ofcom)."""
        while True:
            number = self._random.randint(0, 999)
            yield self._random.choice((f"07700 900{number:03}", f"07700900{number:03}", f"01632 960{number:03}"))

    def _key(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)
