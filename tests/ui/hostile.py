"""Text that would do harm in a careless program, in every field people can type into; and traps that see it work.

Each value ends with a tag of its own, five letters that stand nowhere else, so that a walker knows wherever it meets it
what the whole of it must be.
"""

from __future__ import annotations

import ctypes
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from ppsdesk.assembly import Services
from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.codes import (
    AlertKind,
    AttemptResult,
    ConsentAnswer,
    ConsentSubject,
    ContactKind,
    PersonKind,
    Safety,
    StepKind,
)
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.families import Affiliation, Alert, Consent, HiddenAddress, Relationship
from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.people import Address, ContactPoint, NewPerson
from ppsdesk.domain.school_terms import SchoolTerm
from ppsdesk.domain.snippets import Snippet
from ppsdesk.domain.steps import NewStep
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from tests.builders import a_call, a_relationship

LETTERS = "abcdefghijklmnopqrstuvwxyz"
POSTCODE = 20  # characters
_OPENED = 0x20  # IN_OPEN of inotify


@dataclass
class Traps:
    """A picture on disk and a server on this machine: whoever is asked for one of them remembers it."""

    folder: Path

    def __post_init__(self) -> None:
        self.picture = self.folder / "trap.png"
        self.picture.write_bytes(b"not a picture")
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setblocking(False)
        self._system = ctypes.CDLL(None, use_errno=True)
        self._watch = self._system.inotify_init1(os.O_NONBLOCK)
        assert self._watch >= 0
        assert self._system.inotify_add_watch(self._watch, bytes(self.picture), _OPENED) >= 0

    @property
    def server(self) -> tuple[str, int]:
        """Where it listens."""
        host, port = self._server.getsockname()
        return host, port

    @property
    def address(self) -> str:
        """Of a picture on the server."""
        return f"http://127.0.0.1:{self.server[1]}/x.png"

    def sprung(self) -> list[str]:
        """Which of them were asked since the last time."""
        found = []
        try:
            os.read(self._watch, 4096)
            found.append("the picture was opened")
        except BlockingIOError:
            pass
        try:
            self._server.accept()[0].close()
            found.append("the server was asked")
        except BlockingIOError:
            pass
        return found

    def close(self) -> None:
        """Take them away."""
        os.close(self._watch)
        self._server.close()


def payloads(traps: Traps) -> tuple[str, ...]:
    """What is typed; the first fit everywhere."""
    return (
        "<b>bold</b>",
        "&lt;i&gt;",
        "&Save",
        "\u202egnp.exe",
        "two\nlines",
        "<3",
        "Smith & Jones",
        "Mrs <O'Brien>",
        f'<img src="{traps.address}">',
        f'<img src="{traps.picture}">',
        f'<a href="file://{traps.picture}">x</a>',
    )


@dataclass
class Hostile:
    """A family with all of it in every field. `raw` is the whole value of each tag, `field_of` where it was put."""

    payloads: tuple[str, ...]
    raw: dict[str, str] = field(default_factory=dict)
    field_of: dict[str, str] = field(default_factory=dict)
    people: list[NewPerson] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)
    _turn: int = 0

    @property
    def mother(self) -> NewPerson:
        """Whose record everything belongs to."""
        return self.people[0]

    def text(self, name: str, *, limit: int = 200, end: str = "") -> str:
        """The next payload that fits, as the value of that field, with a tag."""
        while len(self.payloads[self._turn % len(self.payloads)]) + 7 + len(end) > limit:
            self._turn += 1
        return self.of(self.payloads[self._turn % len(self.payloads)], name, end=end)

    def of(self, payload: str, name: str, *, end: str = "") -> str:
        """This payload as the value of that field."""
        self._turn += 1
        number, tag = len(self.raw), ""
        for _ in range(3):
            number, letter = divmod(number, len(LETTERS))
            tag = LETTERS[letter] + tag
        tag = f"zq{tag}"
        self.raw[tag] = f"{payload} {tag}{end}"
        self.field_of[tag] = name
        return self.raw[tag]

    def every(self, name: str, *, limit: int = 200, end: str = "") -> Iterator[str]:
        """Each payload that fits, as a value of that field."""
        for payload in self.payloads:
            if len(payload) + 7 + len(end) <= limit:
                yield self.of(payload, name, end=end)

    # -- on record -----------------------------------------------------------------------------------------------------

    def put_on_record(self, desk: Services) -> None:
        """Through the services, as somebody would type it."""
        terms = {vocabulary: self._terms(desk, vocabulary) for vocabulary in Vocabulary}
        self._people(desk, terms)
        self._belongings(desk, terms)
        schools = self._organisations(desk, terms)
        self._calls(desk, terms, schools)
        for title, body in zip(self.every("text title"), self.every("text body"), strict=True):
            desk.snippets.keep(Snippet(key=uuid4(), title=title, body=body))
        authority = self.text("authority of term dates")
        desk.school_terms.keep(SchoolTerm(key=uuid4(), authority=authority, year=2026, term="autumn",
                                          first=date(2026, 9, 3), last=date(2026, 12, 18)))  # fmt: skip
        now = desk.clock()
        for name in self.every("draft caller", limit=50):
            desk.drafts.keep(
                Draft(key=uuid4(), person=desk.person, window="gone", started_at=now - timedelta(hours=1),
                      kept_at=now - timedelta(hours=1), content={"caller": {"who": None, "text": name}})
            )  # fmt: skip

    def _terms(self, desk: Services, vocabulary: Vocabulary) -> list[TermCode]:
        group = self.text(f"{vocabulary.label} group")
        return [
            desk.vocabularies.add(
                Term(vocabulary=vocabulary, code=TermCode(f"hostile-{at}"), label=" ".join(words.split()), group=group)
            ).value.code
            for at, words in enumerate(self.every(f"{vocabulary.label} entry"))
        ]

    def _people(self, desk: Services, terms: dict[Vocabulary, list[TermCode]]) -> None:
        for number, payload in enumerate(self.payloads):
            kind = PersonKind.PROFESSIONAL if number % 3 == 2 else PersonKind.ADULT if number == 0 else PersonKind.CHILD
            self._turn = number
            person = NewPerson(
                key=uuid4(),
                kind=kind,
                given_names=self.of(payload, "given names"),
                family_name=self.text("family name"),
                known_as=self.text("known as"),
                former_names=self.text("former names"),
                role=self.text("role") if kind is PersonKind.PROFESSIONAL else "",
                note=self.text("note of a person"),
                area=terms[Vocabulary.AREA][number],
                language=terms[Vocabulary.LANGUAGE][number],
                formats=(terms[Vocabulary.FORMAT][number],),
            )
            self.people.append(person)
        first = self.people[0]
        contacts = [*self._contacts(ContactKind.PHONE, " 07700 900123"), *self._contacts(ContactKind.EMAIL, "@x")]
        self.people[0] = replace(first, contacts=tuple(contacts), addresses=tuple(self._addresses()))
        for person in self.people:
            desk.people.add(person)

    def _contacts(self, kind: ContactKind, end: str) -> Iterator[ContactPoint]:
        values, notes = self.every(f"{kind.label} value", end=end), self.every(f"{kind.label} note")
        for value, note in zip(values, notes, strict=True):
            yield ContactPoint(key=uuid4(), kind=kind, value=value, note=note, safety=Safety.CAREFUL)

    def _addresses(self) -> Iterator[Address]:
        parts = (self.every("address lines"), self.every("address town"), self.every("address note"))
        for lines, town, note in zip(*parts, strict=True):
            postcode = self.text("address postcode", limit=POSTCODE)
            yield Address(key=uuid4(), lines=lines, town=town, postcode=postcode, note=note, safety=Safety.CAREFUL)

    def _belongings(self, desk: Services, terms: dict[Vocabulary, list[TermCode]]) -> None:
        mother, today = self.mother.key, local_day(desk.clock())
        for other, note, kind in zip(
            self.people[1:], self.every("relationship note"), terms[Vocabulary.RELATIONSHIP], strict=False
        ):
            tie: Relationship = a_relationship(mother, other.key, note=note, kind=kind)
            desk.families.relate(tie)
        for words, kind in zip(self.every("alert"), [*AlertKind] * 9, strict=False):
            desk.families.alert(Alert(key=uuid4(), person=mother, kind=kind, words=words))
        subjects = [*ConsentSubject] * 9
        for how, by, subject in zip(
            self.every("consent, how"), self.every("consent, noted by"), subjects, strict=False
        ):
            desk.families.consent(
                Consent(key=uuid4(), person=mother, subject=subject, answer=ConsentAnswer.GIVEN, given_on=today,
                        how=how, noted_by=by)
            )  # fmt: skip
        parts = (self.every("hidden lines"), self.every("hidden town"), self.every("hidden note"),
                 self.every("told to nobody but"))  # fmt: skip
        for lines, town, note, only in zip(*parts, strict=True):
            desk.families.hide_address(
                HiddenAddress(key=uuid4(), person=mother, lines=lines, town=town, note=note, told_to_nobody_but=only,
                              postcode=self.text("hidden postcode", limit=POSTCODE))
            )  # fmt: skip
        for words in self.every("safeguarding note"):
            desk.families.safeguarding(mother, words)

    def _organisations(self, desk: Services, terms: dict[Vocabulary, list[TermCode]]) -> list[UUID]:
        schools = []
        for name, kind in zip(self.every("organisation name"), terms[Vocabulary.ORGANISATION_KIND], strict=True):
            school = NewOrganisation(
                key=uuid4(),
                name=name,
                kind=kind,
                phone=self.text("organisation phone"),
                email=self.text("organisation e-mail"),
                town=self.text("organisation town"),
                postcode=self.text("organisation postcode", limit=POSTCODE),
                note=self.text("organisation note"),
                to_check=True,
            )
            schools.append(desk.organisations.add(school).value.key)
            role = self.text("role in an organisation")
            desk.families.attend(Affiliation(key=uuid4(), person=self.mother.key, organisation=schools[-1], role=role))
        return schools

    def _calls(self, desk: Services, terms: dict[Vocabulary, list[TermCode]], schools: list[UUID]) -> None:
        today = local_day(desk.clock())
        for number, (payload, school) in enumerate(zip(self.payloads, schools, strict=True)):
            listed: dict[str, Any] = {name: terms[which][number] for name, which in _ONE.items()}
            listed |= {name: (terms[which][number],) for name, which in _SEVERAL.items()}
            self._turn = number
            call = a_call(
                taken_on=today,
                started_at=None,
                ended_at=None,
                minutes=None,
                caller=self.mother.key,
                children=(self.people[1].key,),
                organisations=(school,),
                caller_name=self.of(payload, "call, caller"),
                child_name=self.text("call, child"),
                phone=self.text("call, phone"),
                notes=self.text("call, notes"),
                taken_by=self.text("call, taken by"),
                reference=self.text("call, reference"),
                **listed,
            )
            self.calls.append(desk.calls.log(call).value)
            for owner, kind in ((self.text("step, for"), StepKind.OTHER), (desk.person, StepKind.CALL_BACK)):
                step = NewStep(key=uuid4(), call=call.key, person=self.mother.key, kind=kind, due_on=today, owner=owner,
                               words=self.text("step"), phone=self.text("step, phone"))  # fmt: skip
                kept = desk.steps.add(step).value
            desk.steps.attempt(kept.key, kept.version, AttemptResult.NO_ANSWER, self.text("attempt"))


_ONE = {
    "caller_kind": Vocabulary.CALLER_KIND,
    "line": Vocabulary.LINE,
    "method": Vocabulary.METHOD,
    "level": Vocabulary.LEVEL,
    "outcome": Vocabulary.OUTCOME,
    "how_heard": Vocabulary.HOW_HEARD,
    "area": Vocabulary.AREA,
}
_SEVERAL = {
    "topics": Vocabulary.TOPIC,
    "stages": Vocabulary.STAGE,
    "advice": Vocabulary.ADVICE,
    "information": Vocabulary.INFORMATION,
    "signposted": Vocabulary.SIGNPOST,
}
