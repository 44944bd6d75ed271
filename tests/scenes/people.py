"""People found, their record in every tab, and somebody new: with realistic and with awkward data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import cast
from uuid import UUID, uuid4

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ppsdesk.assembly import Services
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
from ppsdesk.domain.people import Address, ContactPoint, NewPerson, facts_of_person
from ppsdesk.domain.vocabulary import TermCode
from tests.builders import a_call_on
from tests.scenes._stage import desk_on, empty_services, settled
from ui.kit.two_versions import TwoVersionsDialog
from ui.people.people_page import PeoplePage
from ui.people.person_page import PersonPage
from ui.people.versions import choices_of

TODAY = date(2026, 11, 20)
LONG = "Gwenhwyfar Llewelyn-Thistledownmeadowlark"
LONGER = "verch Rhydderch o Lanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
HOSTILE = "<b>bold</b> &Save\nnext line \u202eevil"


def phone(value: str, safety: Safety = Safety.NOT_ASKED, note: str = "", **more: date) -> ContactPoint:
    """A phone number."""
    return ContactPoint(key=uuid4(), kind=ContactKind.PHONE, value=value, safety=safety, note=note, **more)


def _person(services: Services, **said: object) -> UUID:
    new = replace(NewPerson(key=uuid4()), **said)  # type: ignore[arg-type]
    services.people.add(new)
    return new.key


def _tie(services: Services, person: UUID, other: UUID, kind: str, **said: object) -> None:
    tie = Relationship(key=uuid4(), person=person, other=other, kind=TermCode(kind))
    services.families.relate(replace(tie, **said))  # type: ignore[arg-type]


def _alert(services: Services, person: UUID, kind: AlertKind, words: str, **said: date) -> None:
    services.families.alert(Alert(key=uuid4(), person=person, kind=kind, words=words, **said))


def two_homes(services: Services) -> UUID:
    """Siân, whose daughter lives in two homes, and whose address her former husband must not learn."""
    sian = _person(
        services,
        given_names="Siân",
        family_name="Bramblecombe",
        former_names="Siân Hazelwater",
        area=TermCode("north"),
        language=TermCode("welsh"),
        formats=(TermCode("large-print"),),
        contacts=(
            phone("07700 900123", Safety.SAFE, "text only"),
            phone("01632 960047", Safety.NOT_SAFE, "shared with her mother-in-law"),
            ContactPoint(key=uuid4(), kind=ContactKind.EMAIL, value="sian@bramblecombe.example", safety=Safety.CAREFUL),
            phone("07700 900999", valid_to=date(2024, 7, 1), note="lost"),
        ),
        addresses=(Address(key=uuid4(), lines="3 Fernbank Row", town="Ware", postcode="SG12 9XX",
                           valid_to=date(2025, 8, 31)),),
        note="Prefers to be rung between school runs.\nAsks for letters in large print.",
    )  # fmt: skip
    nia = _person(
        services, kind=PersonKind.CHILD, given_names="Nia", family_name="Bramblecombe", born_on=date(2018, 9, 3)
    )
    cai = _person(
        services, kind=PersonKind.CHILD, given_names="Cai", family_name="Bramblecombe", born_on=date(2021, 2, 11)
    )
    alan = _person(services, given_names="Alan", family_name="Fernlea", contacts=(phone("07700 900456"),))
    senco = _person(services, kind=PersonKind.PROFESSIONAL, given_names="P.", family_name="Quillwater", role="SENCO")
    yes, no = Known.YES, Known.NO
    _tie(services, sian, nia, "mother", responsibility=yes, lives_with=yes, may_know=yes)
    _tie(services, sian, cai, "mother", responsibility=yes, lives_with=yes, may_know=yes)
    _tie(services, alan, nia, "father", responsibility=yes, lives_with=yes, note="every other week")
    _tie(services, alan, sian, "other-family", may_know=no, note="former husband", valid_from=date(2024, 7, 1))
    _tie(services, senco, nia, "senco", valid_to=date(2026, 7, 20))
    school = NewOrganisation(key=uuid4(), name="Hollybush Primary School")
    services.organisations.add(school)
    services.families.attend(Affiliation(key=uuid4(), person=nia, organisation=school.key, role="Year 3",
                                         valid_from=date(2022, 9, 1)))  # fmt: skip
    _alert(services, sian, AlertKind.SAFE_CONTACT, "Do not leave a voicemail. Text to the mobile first.")
    _alert(services, sian, AlertKind.HANDLING, "Speak slowly; she lip-reads on video.", valid_to=date(2026, 12, 18))
    _alert(services, sian, AlertKind.TAKE_CARE, "Court hearing that week.", valid_to=date(2026, 10, 2))
    for subject, answer, given_on, how in (
        (ConsentSubject.RECORD, ConsentAnswer.GIVEN, date(2026, 4, 3), "by phone"),
        (ConsentSubject.RECORD, ConsentAnswer.GIVEN, date(2025, 3, 1), "in writing"),
        (ConsentSubject.SCHOOL, ConsentAnswer.GIVEN, date(2026, 11, 3), "by phone"),
        (ConsentSubject.COUNCIL, ConsentAnswer.REFUSED, date(2026, 11, 3), "by phone"),
    ):
        services.families.consent(Consent(key=uuid4(), person=sian, subject=subject, answer=answer, given_on=given_on,
                                          how=how, noted_by="hana"))  # fmt: skip
    services.families.hide_address(
        HiddenAddress(key=uuid4(), person=sian, lines="Flat 2, 14 Alder Court", town="Hertford", postcode="SG14 1ZZ",
                      told_to_nobody_but="her supporter")
    )  # fmt: skip
    services.families.safeguarding(sian, "Moved at night; the school knows whom to ring.")
    for days in (3, 20, 75):
        call = a_call_on(TODAY - timedelta(days=days), caller_name="Siân Bramblecombe", child_name="Nia Bramblecombe",
                         topics=(TermCode("refusal-to-assess"), TermCode("transport")))  # fmt: skip
        services.calls.log(replace(call, minutes=days, caller=sian, children=(nia,)))
    return sian


def awkward(services: Services) -> UUID:
    """The longest names, markup in every field, twelve ties, sixty calls, 140 years old."""
    key = _person(
        services,
        given_names=LONG,
        family_name=LONGER,
        known_as=HOSTILE,
        former_names=f"{LONG} {LONG}",
        born_on=date(1901, 1, 1),
        interpreter=True,
        contacts=tuple(
            phone(f"07700 9001{n:02} ext. {n} (mornings only)", list(Safety)[n % 4], HOSTILE) for n in range(7)
        ),
        addresses=(
            Address(key=uuid4(), lines=f"{LONGER}\n{LONGER}", town=LONGER, postcode="LL61 5UJ"),
            Address(key=uuid4(), no_fixed_address=True, note="write care of the day centre"),
        ),
        note=f"{HOSTILE}\n" * 6,
    )  # fmt: skip
    for n in range(12):
        child = n % 2 == 0
        other = _person(
            services,
            kind=PersonKind.CHILD if child else PersonKind.ADULT,
            given_names=f"{LONG} the {n + 1}th" if n == 3 else f"Fern {n}",
            family_name=LONGER if n == 3 else "Alderbrook",
            born_on=date(2010 + n, 5, 1) if child else None,
        )
        _tie(services, key, other, "grandparent" if child else "sibling", may_know=Known.NO if n == 3 else Known.YES,
             note=HOSTILE if n == 2 else "")  # fmt: skip
    _alert(services, key, AlertKind.TAKE_CARE, f"{HOSTILE} {LONGER} " * 3)
    services.families.safeguarding(key, HOSTILE)
    for n in range(60):
        services.calls.log(a_call_on(TODAY - timedelta(days=n), caller_name=f"{LONG} {LONGER}", caller=key))
    return key


def nameless(services: Services) -> UUID:
    """A phone number and nothing else."""
    return _person(services, contacts=(phone("07700 900321"),))


MAKERS: dict[str, Callable[[Services], UUID]] = {"two_homes": two_homes, "awkward": awkward, "nameless": nameless}
_made: dict[tuple[int, str], UUID] = {}


def made(services: Services, name: str) -> UUID:
    """That person, put on record once."""
    place = (id(services), name)
    if place not in _made:
        _made[place] = MAKERS[name](services)
    return _made[place]


def once(ready: Callable[[], bool], do: Callable[[], object]) -> None:
    """Do it as soon as the page has its answer."""
    if ready():
        do()
    else:
        QTimer.singleShot(20, lambda: once(ready, do))


def on_tab(name: str, tab: str, then: Callable[[PersonPage], object] | None = None) -> Callable[[Services], QWidget]:
    """The record of one of them, on a tab."""

    def scene(services: Services) -> QWidget:
        page = PersonPage(desk_on(services))
        page.open_person(made(services, name))

        def show_tab() -> None:
            page.tab_row.go(tab)
            page.focus_first()
            if then is not None:
                then(page)

        once(lambda: page.shown is not None, show_tab)
        return page

    return scene


def found(text: str, down: bool = True) -> Callable[[Services], QWidget]:
    """People found for a text, the first one with its preview."""

    def scene(services: Services) -> QWidget:
        made(services, "two_homes")
        made(services, "awkward")
        page = PeoplePage(desk_on(services))
        page.box.line.setText(text)
        QTimer.singleShot(50, page._typed)
        if down:
            once(lambda: bool(page.rows.rows.rows), page.rows.setFocus)
        return page

    return scene


def nothing_typed(services: Services) -> QWidget:
    """As Ctrl+3 opens it."""
    return PeoplePage(desk_on(services))


def on_empty(services: Services) -> QWidget:
    """A search in an empty database."""
    return found_on(empty_services(), "jane thistle")


def found_on(services: Services, text: str) -> QWidget:
    page = PeoplePage(desk_on(services))
    page.box.line.setText(text)
    QTimer.singleShot(50, page._typed)
    return page


def new_person(services: Services) -> QWidget:
    """What was typed has gone into the fields, and somebody on record is alike."""
    made(services, "two_homes")
    page = PeoplePage(desk_on(services))
    page.box.line.setText("Sian Bramblecombe 07700900123 SG12 9XX")
    QTimer.singleShot(50, page._new)
    return page


def wrong_edit(services: Services) -> QWidget:
    """Saved with what cannot be."""
    page = cast(PersonPage, on_tab("two_homes", "Overview", PersonPage.on_edit)(services))

    def spoil() -> None:
        page.editing.form.editor("born_on").set_value(date(2027, 9, 3))
        page.editing.save()

    once(lambda: page.editing.person is not None, spoil)
    return page


def conflict(services: Services) -> QWidget:
    """Two people, one record."""
    person = services.people.get(made(services, "two_homes"))
    before = facts_of_person(person)
    theirs = replace(before, note=f"Theirs. {HOSTILE}", area=TermCode("east"))
    yours = replace(before, note="Mine.", contacts=before.contacts[:1], given_names=LONG)
    choices = choices_of(before, theirs, yours, services.vocabularies.all())
    return TwoVersionsDialog(choices, thing="record", who="priya changed this record while you had it open.")


def _ready(scene: Callable[[Services], QWidget], height: int = 720) -> Callable[[Services], QWidget]:
    """The scene at a window's width, with its answers there."""

    def ready(services: Services) -> QWidget:
        widget = scene(services)
        return settled(settled(settled(widget, (1080, height)), (1080, height)), (1080, height))

    return ready


SCENES: dict[str, Callable[[Services], QWidget]] = {
    "people": _ready(nothing_typed),
    "people_found": _ready(found("bramblecombe")),
    "people_one_found": _ready(found("0123", down=False)),
    "people_awkward": _ready(found("gwenhwyfar")),
    "people_nothing_found": _ready(found("zzyzx", down=False)),
    "people_empty": _ready(on_empty),
    "people_new": _ready(new_person),
    "person_overview": _ready(on_tab("two_homes", "Overview")),
    "person_contacts": _ready(on_tab("two_homes", "Contacts")),
    "person_hidden": _ready(on_tab("two_homes", "Contacts", lambda page: page.contacts.hidden.show_addresses())),
    "person_family": _ready(on_tab("two_homes", "Family", lambda page: page.family.rows.setFocus())),
    "person_tie": _ready(on_tab("two_homes", "Family", lambda page: page.family._add())),
    "person_new_child": _ready(on_tab("two_homes", "Family", lambda page: page.family._new())),
    "person_calls": _ready(on_tab("two_homes", "Calls")),
    "person_consent": _ready(on_tab("two_homes", "Consent", lambda page: page.consent.renew(ConsentSubject.RECORD))),
    "person_history": _ready(on_tab("two_homes", "History")),
    "person_edit": _ready(on_tab("two_homes", "Overview", PersonPage.on_edit)),
    "person_edit_contacts": _ready(on_tab("two_homes", "Contacts", PersonPage.on_edit)),
    "person_wrong": _ready(wrong_edit),
    "person_conflict": _ready(conflict),
    "person_awkward": _ready(on_tab("awkward", "Overview")),
    "person_awkward_contacts": _ready(on_tab("awkward", "Contacts")),
    "person_awkward_family": _ready(on_tab("awkward", "Family")),
    "person_awkward_calls": _ready(on_tab("awkward", "Calls")),
    "person_nameless": _ready(on_tab("nameless", "Overview")),
}
