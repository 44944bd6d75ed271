"""Signed in with the login of each role: what the table of rights permits is on each page, and nothing else of it is.

What is shown is compared with words and rights written down here, not with what the screens say of themselves, and
must be reached by the keyboard alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import AlertKind, AttemptResult
from ppsdesk.domain.families import Alert, HiddenAddress
from ppsdesk.domain.rights import Action, Role, Subject, may
from ppsdesk.domain.school_terms import SchoolTerm, TermName
from ppsdesk.domain.vocabulary import Vocabulary
from tests import postgres
from tests.builders import TODAY, a_call
from tests.conftest import services_on
from tests.fakes import Clock
from tests.services.test_intake import a_family
from tests.storage.shared_server import Shared, shared_server
from tests.ui.on_desk import CTRL, WatchedNotices, keyboard, label_texts, press, settle, write
from tests.ui.tab_walk import walk
from ui.calls.call_page import CallPage
from ui.kit.background import Background
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.rights import Rights
from ui.kit.theme import Theme
from ui.lists.lists_page import ListsPage
from ui.offered import about, withheld
from ui.people.person_page import PersonPage
from ui.people.tab_row import TabRow
from ui.places import PLACES
from ui.today.scope import Scope
from ui.today.today_page import TodayPage
from ui.who.child_chips import ChildChips

Show = Callable[..., QWidget]
READ, ADD, CHANGE, REMOVE = Action.READ, Action.ADD, Action.CHANGE, Action.REMOVE
OF_LIST = {
    "Add": ADD, "Rename": CHANGE, "It is right": CHANGE, "Merge into…": CHANGE, "Last day…": CHANGE, "Up": CHANGE,
    "Down": CHANGE,
}  # fmt: skip
OF_TEXTS = {"Add": ADD, "Edit": CHANGE, "Offer no more": CHANGE, "Up": CHANGE, "Down": CHANGE}
OF_PLACES = {"Add": ADD, "Edit": CHANGE, "Merge into…": CHANGE, "Closed on…": CHANGE}
IN_BANNER = {"Show the hidden address": (Subject.HIDDEN_ADDRESSES, READ), "Ask": (Subject.FAMILIES, ADD)}
ON_RECORD = {"Edit": (Subject.PEOPLE, CHANGE), "Call": (Subject.CALLS, ADD), **IN_BANNER}
OF_STEPS = ("Done", "Hand over", "Give up", *(result.label for result in AttemptResult))
# page, and what is chosen on it, to the words of each action there and the right it takes
OFFERED: dict[tuple[str, str], dict[str, tuple[Subject, Action]]] = {
    ("today", ""): {"New call": (Subject.CALLS, ADD), **dict.fromkeys(OF_STEPS, (Subject.STEPS, CHANGE))},
    ("calls", ""): {"New call": (Subject.CALLS, ADD)},
    ("call", ""): {
        **IN_BANNER, "Save": (Subject.CALLS, CHANGE), "Remove call": (Subject.CALLS, CHANGE),
        "Add la&w date": (Subject.DATES, ADD),
    },
    ("batch", ""): {"Save all": (Subject.CALLS, ADD)},
    ("people", ""): {"New person": (Subject.PEOPLE, ADD)},
    ("person", "Overview"): {
        **ON_RECORD, "Add alert": (Subject.FAMILIES, ADD), "End": (Subject.FAMILIES, CHANGE),
        "Add": (Subject.FAMILIES, ADD), "Show notes": (Subject.SAFEGUARDING, READ),
        "Add note": (Subject.SAFEGUARDING, ADD),
    },
    ("person", "Contacts"): {
        **ON_RECORD, "Show": (Subject.HIDDEN_ADDRESSES, READ), "Add hidden address": (Subject.HIDDEN_ADDRESSES, ADD),
    },
    ("person", "Family"): {
        **ON_RECORD, "Add tie": (Subject.FAMILIES, ADD), "New child": (Subject.PEOPLE, ADD),
        "Change": (Subject.FAMILIES, CHANGE), "End today": (Subject.FAMILIES, CHANGE),
        "Remove": (Subject.FAMILIES, CHANGE),
    },
    ("person", "Calls"): {
        **ON_RECORD, "Add next step": (Subject.STEPS, ADD), "Show all in Calls": (Subject.CALLS, READ),
    },
    ("person", "Consent"): {**ON_RECORD, "Add answer": (Subject.FAMILIES, ADD)},
    ("lists", Vocabulary.TOPIC.value): {words: (Subject.LISTS, action) for words, action in OF_LIST.items()},
    ("lists", "organisations"): {words: (Subject.ORGANISATIONS, action) for words, action in OF_PLACES.items()},
    ("lists", "texts"): {words: (Subject.TEXTS, action) for words, action in OF_TEXTS.items()},
    ("lists", "term_dates"): {
        "Add": (Subject.SCHOOL_TERMS, ADD), "Edit": (Subject.SCHOOL_TERMS, CHANGE),
        "Remove": (Subject.SCHOOL_TERMS, REMOVE),
    },
    ("lists", "rules"): {"Suspend…": (Subject.RULES, ADD), "Correct…": (Subject.RULES, ADD)},
    ("lists", "holidays"): {"Add": (Subject.RULES, ADD), "Take out…": (Subject.RULES, ADD)},
    ("reports", ""): {
        "Save these settings": (Subject.SAVED_REPORTS, ADD), "Rename": (Subject.SAVED_REPORTS, CHANGE),
        "Remove": (Subject.SAVED_REPORTS, REMOVE), "Show calls": (Subject.CALLS, READ),
    },
    ("imports", ""): {"Choose a file": (Subject.IMPORTS, ADD), "Take back this import": (Subject.IMPORTS, CHANGE)},
}  # fmt: skip
# going somewhere, looking, taking nothing on record into one's hands
EVERYBODYS = {
    "Back", "Refresh", "History", "Open", "Open one", "Open the other", "Open the caller's record", "Run", "Preview",
    "Export", "As a table", "As a chart", "Clear", "Show all calls", "Ring",
}  # fmt: skip
LIST_OF = {
    "organisations": Subject.ORGANISATIONS,
    "texts": Subject.TEXTS,
    "term_dates": Subject.SCHOOL_TERMS,
    "rules": Subject.RULES,
    "holidays": Subject.RULES,
}


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What stands in the shared database."""

    call: int
    mother: UUID


@pytest.fixture(scope="module")
def shared(server: postgres.Server) -> Iterator[Shared]:
    """A server with one person for each role."""
    with shared_server(server) as made:
        yield made


@pytest.fixture(scope="module")
def at(shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Role], Services]]:
    """The services of whoever has that role, by their own login."""
    opened: dict[Role, Services] = {}

    def of(role: Role) -> Services:
        if role not in opened:
            opened[role] = services_on(shared.sign_in(role), tmp_path_factory.mktemp(role.value), Clock())
        return opened[role]

    yield of
    for services in opened.values():
        services.close()


@pytest.fixture(scope="module")
def on_record(at: Callable[[Role], Services], tmp_path_factory: pytest.TempPathFactory) -> OnRecord:
    """A call of a mother with an alert, a hidden address and a safeguarding note; dates of a term; an import."""
    coordinator = at(Role.COORDINATOR)
    call, intake = a_family(coordinator)
    coordinator.calls.log(call, intake)
    mother = intake.people[0].key
    number = coordinator.calls.log(a_call(caller=mother)).value
    alert = Alert(key=uuid4(), person=mother, kind=AlertKind.HANDLING, words="Speak slowly.")
    coordinator.families.alert(alert)
    coordinator.families.take_back_consent(intake.consents[0].key)
    coordinator.families.hide_address(HiddenAddress(key=uuid4(), person=mother, lines="1 Refuge Row"))
    coordinator.families.safeguarding(mother, "Rang from a neighbour's phone.")
    coordinator.school_terms.keep(
        SchoolTerm(key=uuid4(), year=TODAY.year, term=TermName.AUTUMN.value, first=TODAY.replace(month=9, day=2),
                   last=TODAY.replace(month=12, day=18))
    )  # fmt: skip
    log = tmp_path_factory.mktemp("log") / "log.csv"
    log.write_text("taken_at,line,caller_kind,topics\n2026-10-03,central,Parent,admissions\n", encoding="utf-8")
    coordinator.importing.calls(log)
    return OnRecord(number, mother)


@pytest.fixture
def desk_of(at: Callable[[Role], Services], qtbot: QtBot, theme: Theme) -> Iterator[Callable[[Role], Desk]]:
    """The desk of a window for whoever has that role. A fault of the program during the test fails it."""
    made: list[tuple[Background, WatchedNotices]] = []

    def of(role: Role) -> Desk:
        background, notices = Background(), WatchedNotices()
        made.append((background, notices))
        qtbot.addWidget(notices)
        return Desk(at(role), background, notices)

    yield of
    for background, notices in made:
        assert background.finish(20_000)
        assert notices.faults == []


def offered_to(role: Role) -> Iterator[tuple[str, str]]:
    """The pages a role comes to, and what can be chosen there."""
    for page, chosen in OFFERED:
        listed = page != "lists" or may(role, LIST_OF.get(chosen, Subject.LISTS))
        if listed and page not in withheld(role):
            yield page, chosen


@pytest.fixture
def look(desk_of: Callable[[Role], Desk], on_record: OnRecord, show: Show, qtbot: QtBot) -> Callable[..., Any]:
    """Open a page as whoever has a role, on what is on record there, with the keyboard in it."""

    def opened(role: Role, name: str, chosen: str) -> Any:
        page: Any = next(place for place in PLACES if place.name == name).build(desk_of(role))
        show(page, 1280, 1000)
        if isinstance(page, PersonPage):
            page.open_person(on_record.mother)
            qtbot.waitUntil(lambda: page.shown is not None, timeout=10_000)
            page.tab_row.go(chosen)
        elif isinstance(page, CallPage):
            page.open_call(on_record.call)
        elif isinstance(page, TodayPage):
            page.steps.show_scope(Scope.OPEN)
            page.refresh()
        answered(page, qtbot)
        if isinstance(page, ListsPage):
            page.choose(chosen)
        page.focus_first()
        if chosen == "Family":
            page.family.focus_first()
        answered(page, qtbot)
        return page

    return opened


def answered(page: Page, qtbot: QtBot) -> None:
    """Until nothing is asked any more."""
    for _ in range(3):  # an answer may ask for more in the next turn of the loop
        qtbot.waitUntil(lambda: not page.desk._background._jobs, timeout=10_000)
        settle()


def shown_buttons(page: Page) -> list[KeyButton]:
    """What one may press there, but for what is everybody's and what leads to rows that are figures."""
    return [
        button for button in page.findChildren(KeyButton)
        if button.isVisibleTo(page) and button.text() not in EVERYBODYS and button.property("kind") != "link"
        and not any(part.isAncestorOf(button) for kind in (TabRow, ChildChips) for part in page.findChildren(kind))
    ]  # fmt: skip


@pytest.mark.parametrize(("role", "page", "chosen"), [(role, *place) for role in Role for place in offered_to(role)])
def test_a_page_holds_exactly_what_the_role_may_do_there(
    look: Callable[..., Any], role: Role, page: str, chosen: str
) -> None:
    made = look(role, page, chosen)
    table = OFFERED[page, chosen]
    permitted = {words for words, right in table.items() if may(role, *right)}
    buttons = shown_buttons(made)
    assert {button.text() for button in buttons} == permitted
    assert all(button.need is not None for button in buttons)
    assert made.desk.notices.trouble.text == ""
    start = QApplication.focusWidget()
    assert start is not None
    stops = set(walk(start).there)
    assert [button.text() for button in buttons if button.isEnabled() and button not in stops] == []


def test_every_role_is_looked_at_and_sees_less_than_the_coordinator_somewhere() -> None:
    for role in Role:
        assert list(offered_to(role)), role
        everything = all(may(role, *right) for table in OFFERED.values() for right in table.values())
        assert everything is (role is Role.COORDINATOR)
    assert set(withheld(Role.COORDINATOR)) == set()
    assert {place.name for place in PLACES} - {page for page, _ in OFFERED} == {"settings", "dates"}, "everybody's"


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.AUDITOR, Role.ANALYST])
def test_who_only_reads_the_lists_changes_nothing_by_any_key(
    look: Callable[..., Any], qtbot: QtBot, role: Role
) -> None:
    page = look(role, "lists", Vocabulary.TOPIC.value)
    before = [term.code for term in page.terms.records()]
    for one in [one.name for one in page.names.records()]:
        page.choose(one)
        page.panel.focus_table()
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_F2):
            press(key)
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            press(key, Qt.KeyboardModifier.AltModifier)
        page.on_edit()
        page.on_merge()
        assert page.panel.asking.isHidden()
        assert "your role does not change this list" in page.line
    answered(page, qtbot)
    page.refresh()
    answered(page, qtbot)
    page.choose(Vocabulary.TOPIC.value)
    assert [term.code for term in page.terms.records()] == before
    assert page.desk.notices.trouble.text == ""


def test_who_may_add_a_word_and_no_more_is_not_offered_to_take_it_back(look: Callable[..., Any], qtbot: QtBot) -> None:
    page = look(Role.HELPLINE, "lists", Vocabulary.TOPIC.value)
    undoable: list[str] = []
    page.desk.notices.undo_changed.connect(undoable.append)
    page.terms.add.click()
    write("Holiday clubs")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Holiday clubs" in {term.label for term in page.terms.records()}, timeout=10_000)
    answered(page, qtbot)
    assert keyboard() is page.terms.table
    assert page.desk.notices.trouble.text == ""
    assert undoable == []


def test_the_administrator_merges_a_word_without_seeing_how_many_calls_have_it(
    look: Callable[..., Any], qtbot: QtBot
) -> None:
    page = look(Role.ADMINISTRATOR, "lists", Vocabulary.TOPIC.value)
    record, other = [term for term in page.terms.records() if term.merged_into is None][:2]
    page.terms.table.choose_row(page.terms.model.records().index(record))
    page.on_merge()
    form = page.terms.asking.form
    assert form is not None
    form.editor("into").set_value(str(other.code))
    form.edited.emit("into")
    answered(page, qtbot)
    assert page.desk.notices.trouble.text == ""
    assert f"count as “{other.label}”" in page.terms.asking.note.text()
    page.terms.asking.put_away()


def test_the_helpline_sees_that_something_is_hidden_and_whom_to_ask(look: Callable[..., Any], qtbot: QtBot) -> None:
    page = look(Role.HELPLINE, "person", "Overview")
    words = "Your role does not look at it: ask a supporter or a coordinator."
    assert f"1 note, not shown. {words}" in label_texts(page)
    page.tab_row.go("Contacts")
    answered(page, qtbot)
    assert f"1 address, not shown. {words}" in label_texts(page)
    page.contacts.hidden.show_addresses()
    answered(page, qtbot)
    assert page.contacts.hidden.lines.isHidden()
    assert page.desk.notices.trouble.text == ""


@pytest.mark.parametrize("role", Role)
def test_a_role_that_sees_no_calls_is_told_in_one_sentence_what_it_can_do(role: Role) -> None:
    sentence = about(role)
    assert bool(sentence) is not may(role, Subject.CALLS)
    if sentence:
        assert sentence.startswith(f"You are signed in as a{'n' if role.value[0] == 'a' else ''} {role.value}: you can")
        assert sentence.endswith("not shown to you.")
        assert sentence.count(".") == 1


def test_in_a_local_file_nothing_is_said_and_nothing_withheld() -> None:
    assert about(None) == ""
    assert withheld(None) == frozenset()


def test_a_button_goes_when_it_is_known_who_signed_in_and_no_page_brings_it_back(show: Show, qtbot: QtBot) -> None:
    rights, page = Rights(), QWidget()
    pressed: list[str] = []
    button = KeyButton("Remove", parent=page).when_pressed(lambda: pressed.append("Remove"))
    button.needs(rights, Subject.CALLS, Action.CHANGE)
    show(page)
    assert button.isVisible()
    button.click()
    rights.know(Role.ANALYST)
    assert button.isHidden()
    button.show()
    button.setHidden(False)
    button.click()
    assert button.isHidden()
    assert pressed == ["Remove"]
    rights.know(Role.HELPLINE)
    assert button.isVisible()
