"""A call on record is put right, taken out and put back; two people who change it lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import Call, CallFacts, facts_of
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.storage.work import Storage
from tests.builders import a_call, a_call_on
from tests.conftest import Clock, services_on
from tests.ui import trouble
from tests.ui.on_desk import CTRL, keyboard, label_texts, press, tab_to, write
from tests.ui.trouble import short_patience  # noqa: F401  # a fixture
from ui.calls import conflict
from ui.calls.call_page import CallPage
from ui.calls.conflict import ConflictDialog
from ui.kit.desk import Desk

Show = Callable[..., QWidget]
Key = Qt.Key
HOSTILE = '<img src="x"> Mum said <b>urgent &Save \u202eevil'


@pytest.fixture
def page(window_desk: Desk, show: Show, qtbot: QtBot) -> CallPage:
    """The page of a call a colleague logged this morning."""
    return opened(window_desk, show, qtbot, window_desk.services.calls.log(a_call(notes="Asked.")).value)


def opened(desk: Desk, show: Show, qtbot: QtBot, call_id: int) -> CallPage:
    """The page in an active window, with the call in it."""
    made = CallPage(desk)
    with qtbot.waitSignal(made.form.lists_came):
        show(made, 1080, 760)
    made.open_call(call_id)
    qtbot.waitUntil(lambda: made.call is not None and made.call.id == call_id)
    made.focus_first()
    return made


def on_record(page: CallPage) -> Call:
    """The call as the database has it."""
    assert page.call is not None
    return page.desk.services.calls.get(page.call.id)


def write_at_the_end_of_the_notes(page: CallPage, text: str) -> None:
    """Tab to the notes, write on."""
    page.form.focus_first()
    tab_to("Notes")
    press(Key.Key_End, CTRL)
    write(text)


def saved(page: CallPage, version: int, qtbot: QtBot) -> None:
    """Wait until the page shows that version."""
    qtbot.waitUntil(lambda: page.call is not None and page.call.version == version, timeout=10_000)


# -- one person --------------------------------------------------------------------------------------------------------


def test_a_call_is_put_right_by_keyboard_and_the_change_can_be_undone(page: CallPage, qtbot: QtBot) -> None:
    """Ctrl+Enter saves; Undo brings the earlier facts back, and both stand in the history."""
    before = facts_of(on_record(page))
    write_at_the_end_of_the_notes(page, " Rang back.")
    assert page.state.text == "Not saved yet"
    press(Key.Key_Return, CTRL)
    saved(page, 2, qtbot)
    assert on_record(page).notes == "Asked. Rang back."
    assert page.state.text == "Saved 10:43:15"
    page.desk.notices.undo_last()
    saved(page, 3, qtbot)
    assert facts_of(on_record(page)) == before
    page.on_history()
    qtbot.waitUntil(page.history.isVisible)
    rows = [page.history.model.words(row)[1:] for row in range(page.history.model.size())]
    assert rows == [
        ["hana", "Notes", "Asked. Rang back.", "Asked."],
        ["hana", "Notes", "Asked.", "Asked. Rang back."],
        ["hana", "Call logged", "", ""],
    ]


def test_the_history_says_lists_in_words(page: CallPage, qtbot: QtBot) -> None:
    """Topics, method: labels, not codes; old and new."""
    page.form.focus_field("topics")
    write("transport")
    press(Key.Key_Return)
    tab_to("Method")
    write("email")
    press(Key.Key_Return, CTRL)
    saved(page, 2, qtbot)
    page.on_history()
    qtbot.waitUntil(page.history.isVisible)
    found = {page.history.model.words(row)[2]: page.history.model.words(row)[3:] for row in range(2)}
    assert found == {
        "Topics": ["Annual review", "Annual review, Transport"],
        "Method": ["Phone call answered", "Email"],
    }


def test_a_call_moved_to_another_day_keeps_its_time_and_length(page: CallPage, qtbot: QtBot) -> None:
    """Only what was changed changes."""
    page.form.focus_field("taken_on")
    write("19 nov")
    press(Key.Key_Return, CTRL)
    saved(page, 2, qtbot)
    call = on_record(page)
    assert (call.taken_on, call.length) == (date(2026, 11, 19), 9)
    assert call.started_at == datetime(2026, 11, 19, 10, 31, tzinfo=UTC)
    assert call.ended_at == datetime(2026, 11, 19, 10, 40, tzinfo=UTC)


def test_what_nobody_touched_stays_to_the_letter(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """Seconds, line breaks in a name, spaces at the end of an imported note."""
    started = datetime(2026, 11, 20, 9, 0, 41, tzinfo=UTC)
    call = a_call(notes="Two lines\n and spaces  ", caller_name="Rowan\nThistledown ", started_at=started)
    page = opened(window_desk, show, qtbot, window_desk.services.calls.log(call).value)
    page.form.focus_field("phone")
    write("07700 900123")
    press(Key.Key_Return, CTRL)
    saved(page, 2, qtbot)
    assert facts_of(on_record(page)) == replace(facts_of(call), phone="07700 900123")


def test_a_day_without_a_time_is_shown_and_kept_as_one(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """No time appears from nowhere."""
    page = opened(window_desk, show, qtbot, window_desk.services.calls.log(a_call_on(date(1999, 10, 14))).value)
    assert "time not known" in page.line
    write_at_the_end_of_the_notes(page, "Late.")
    press(Key.Key_Return, CTRL)
    saved(page, 2, qtbot)
    assert on_record(page).started_at is None


def test_a_call_over_the_end_of_summer_time_says_which_hours(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """From 01:50 BST to 01:10 GMT are twenty minutes."""
    call = a_call(taken_on=date(2026, 10, 25), started_at=datetime(2026, 10, 25, 0, 50, tzinfo=UTC),
                  ended_at=datetime(2026, 10, 25, 1, 10, tzinfo=UTC), minutes=None)  # fmt: skip
    page = opened(window_desk, show, qtbot, window_desk.services.calls.log(call).value)
    assert page.line.startswith("01:50 BST – 01:10 GMT (20 min), number 1")


def test_what_cannot_be_is_said_at_the_field(page: CallPage) -> None:
    """A call of tomorrow."""
    page.form.focus_field("taken_on")
    write("21/11/2026")
    press(Key.Key_Return, CTRL)
    assert "cannot be in the future" in page.form.problems()["taken_on"]
    assert on_record(page).version == 1


def test_a_call_is_removed_and_put_back(page: CallPage, qtbot: QtBot) -> None:
    """In no list meanwhile, but never gone."""
    calls = page.desk.services.calls
    page._remove()
    qtbot.waitUntil(lambda: "was removed" in page.removed.text)
    assert len(calls.ids(Selection())) == 0
    assert not page.form.isEnabled()
    page.removed.buttons()[0].click()
    qtbot.waitUntil(lambda: not page.removed.text)
    assert len(calls.ids(Selection())) == 1
    page.desk.notices.undo_last()
    qtbot.waitUntil(lambda: "was removed" in page.removed.text)


def test_leaving_with_something_unsaved_asks_first_and_saves(page: CallPage, qtbot: QtBot) -> None:
    """Escape, Enter on Save: saved, then gone."""
    write_at_the_end_of_the_notes(page, " More.")
    press(Key.Key_Escape)
    assert "not saved yet" in page.unsaved.text
    with qtbot.waitSignal(page.back_wanted):
        press(Key.Key_Space)
    assert on_record(page).notes == "Asked. More."


def test_what_is_left_unsaved_can_be_taken_up_again(page: CallPage, qtbot: QtBot) -> None:
    """Leave it means leave it, with a way back."""
    write_at_the_end_of_the_notes(page, " More.")
    press(Key.Key_Escape)
    with qtbot.waitSignal(page.back_wanted):
        page.unsaved.buttons()[1].click()
    assert not page.has_unsaved
    assert on_record(page).version == 1
    page.desk.notices.undo_last()
    assert page.form.editor("notes").value() == "Asked. More."
    assert page.has_unsaved


@pytest.mark.usefixtures("short_patience")
def test_when_the_change_cannot_be_saved_it_stays_and_try_now_saves_it(
    storage: Storage, page: CallPage, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    """A locked file, a server that is away."""
    write_at_the_end_of_the_notes(page, " More.")
    with trouble.taking_nothing(storage, trouble.server_of(storage, request)):
        press(Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: page.trouble.text.startswith("Not saved."), timeout=20_000)
    page.trouble.buttons()[0].click()
    saved(page, 2, qtbot)
    assert on_record(page).notes == "Asked. More."


def test_what_looks_like_markup_is_shown_letter_by_letter(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """In the fields, in the history and under it."""
    call_id = window_desk.services.calls.log(a_call(caller_name=HOSTILE, reference=HOSTILE)).value
    window_desk.services.calls.amend(call_id, 1, replace(facts_of(a_call()), notes=HOSTILE, reference=HOSTILE))
    page = opened(window_desk, show, qtbot, call_id)
    page.on_history()
    qtbot.waitUntil(page.history.isVisible)
    texts = label_texts(page)
    assert any(f"reference \u2068{HOSTILE}\u2069" in text for text in texts)
    assert {page.history.model.words(row)[3] for row in range(page.history.model.size())} >= {HOSTILE}
    assert page.form.editor("notes").value() == HOSTILE


# -- two people --------------------------------------------------------------------------------------------------------


@pytest.fixture
def other(make_storage: Callable[[], Storage], page: CallPage, clock: Clock) -> Services:
    """A colleague's desk on the same database."""
    return services_on(make_storage(), page.desk.services.folder.root.parent / "other", clock)


def the_dialog(qtbot: QtBot) -> ConflictDialog:
    """The dialog, once it is up and has the keyboard."""

    def is_up() -> bool:
        dialog, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
        return isinstance(dialog, ConflictDialog) and focus is not None and dialog.isAncestorOf(focus)

    qtbot.waitUntil(is_up, timeout=10_000)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ConflictDialog)
    return dialog


def test_two_people_change_one_call_and_nothing_is_lost(page: CallPage, other: Services, qtbot: QtBot) -> None:
    """Each side's own changes are chosen already; where both changed a field one must choose; by keyboard alone."""
    assert page.call is not None
    theirs = replace(facts_of(page.call), phone="07700 900111", notes="Asked. Theirs.", child_name="Mab")
    other.calls.amend(page.call.id, 1, theirs)
    page.form.focus_field("taken_by")
    press(Key.Key_End)
    write(" and Priya")
    write_at_the_end_of_the_notes(page, " Mine.")
    press(Key.Key_Return, CTRL)
    dialog = the_dialog(qtbot)
    press(Key.Key_Return, CTRL)
    assert dialog.trouble.text == "Both of you changed: Notes. Choose which to keep."
    assert keyboard().accessibleName() == "Notes, saved now: Asked. Theirs."
    press(Key.Key_Right)
    press(Key.Key_Space)
    assert keyboard().accessibleName() == "Notes, yours: Asked. Mine."
    press(Key.Key_Return, CTRL)
    saved(page, 3, qtbot)
    call = on_record(page)
    assert (call.phone, call.child_name) == ("07700 900111", "Mab")
    assert (call.notes, call.taken_by) == ("Asked. Mine.", "Hana Helpline and Priya")
    history = [change.new for change in other.calls.history(call.id) if change.field == "notes"]
    assert history == ["Asked. Theirs.", "Asked. Mine."]


def test_deciding_later_keeps_what_one_wrote(page: CallPage, other: Services, qtbot: QtBot) -> None:
    """Escape in the dialog: the form is as it was, theirs is on record, and one can compare again."""
    assert page.call is not None
    other.calls.amend(page.call.id, 1, replace(facts_of(page.call), notes="Theirs."))
    write_at_the_end_of_the_notes(page, " Mine.")
    press(Key.Key_Return, CTRL)
    the_dialog(qtbot)
    press(Key.Key_Escape)
    assert "Your version is still here" in page.trouble.text
    assert page.form.editor("notes").value() == "Asked. Mine."
    assert on_record(page).notes == "Theirs."

    page.trouble.buttons()[0].click()
    the_dialog(qtbot)
    press(Key.Key_Right)
    press(Key.Key_Space)
    press(Key.Key_Return, CTRL)
    saved(page, 3, qtbot)
    assert on_record(page).notes == "Asked. Mine."


def test_undoing_a_change_that_somebody_else_went_on_from_is_refused(
    page: CallPage, other: Services, qtbot: QtBot
) -> None:
    """It would take theirs away."""
    write_at_the_end_of_the_notes(page, " Mine.")
    press(Key.Key_Return, CTRL)
    saved(page, 2, qtbot)
    other.calls.amend(on_record(page).id, 2, replace(facts_of(on_record(page)), phone="1"))
    page.desk.notices.undo_last()
    qtbot.waitUntil(lambda: "changed this call" in page.desk.notices.trouble.text)
    assert (on_record(page).notes, on_record(page).phone) == ("Asked. Mine.", "1")


def facts(**said: object) -> CallFacts:
    """What stands in a call."""
    return replace(facts_of(a_call()), **said)


def test_day_time_and_length_are_chosen_together(page: CallPage) -> None:
    """Chosen apart they could end a call before it begins."""
    moved = facts(taken_on=date(2026, 11, 19), started_at=datetime(2026, 11, 19, 10, 31, tzinfo=UTC),
                  ended_at=datetime(2026, 11, 19, 10, 40, tzinfo=UTC))  # fmt: skip
    longer = facts(minutes=20, minutes_by_hand=True, ended_at=None)
    [choice] = conflict.choices_of(facts(), moved, longer, page.form.lists)
    assert choice.words == "When and how long"
    assert choice.both_changed
    assert choice.theirs == "Thu 19 Nov 2026, 10:31 – 10:40 (9 min)"
    assert choice.yours == "Fri 20 Nov 2026, 10:31, 20 min by hand"
    assert conflict.chosen_facts(moved, longer, [choice]) == longer
    assert conflict.chosen_facts(moved, longer, []) == moved


def test_hostile_words_stay_words_where_two_versions_meet(page: CallPage, show: Show) -> None:
    """On radio buttons too, where an ampersand would vanish."""
    dialog = ConflictDialog(
        facts(), facts(notes=HOSTILE), facts(topics=(TermCode("transport"),), notes="Mine."), who=HOSTILE,
        lists=page.form.lists,
    )  # fmt: skip
    show(dialog, 900, 500)
    assert isinstance(dialog, QDialog)
    texts = label_texts(dialog)
    assert any(HOSTILE in text for text in texts)
    [notes] = [line for line in dialog.lines if line.choice.words == "Notes"]
    assert notes.theirs.text().replace("\n", " ").startswith('<img src="x"> Mum said <b>urgent &&Save')
    assert notes.theirs.accessibleName() == f"Notes, saved now: {HOSTILE}"
    assert not notes.is_chosen()
