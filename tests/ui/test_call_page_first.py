"""A call on record as one finds it: where the keyboard stands, and what says what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.rights import Role
from tests.builders import a_call
from tests.ui.on_call import page_of_call
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, settle, write
from tests.ui.on_pad import a_family
from ui.calls.call_page import CallPage
from ui.kit.desk import Desk

Show = Callable[..., QWidget]
Key = Qt.Key
pytestmark = on_a_local_file


def opened(desk: Desk, show: Show, qtbot: QtBot, call_id: int) -> CallPage:
    """The page as the window opens it: the keyboard is led there before the call was read."""
    made = CallPage(desk)
    show(made, 1080, 760)
    made.open_call(call_id)
    made.focus_first()
    qtbot.waitUntil(lambda: made.call is not None and made.call.id == call_id, timeout=10_000)
    settle()
    return made


def test_the_keyboard_stands_in_the_record_that_was_opened(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """In its first field, with nothing changed; and in that of the next one."""
    log = window_desk.services.calls.log
    first, second = log(a_call(notes="Asked.")).value, log(a_call(notes="Asked again.")).value
    page = opened(window_desk, show, qtbot, first)
    assert keyboard() is page.form.editor("caller").keys
    assert not page.has_unsaved
    assert page.state.text == ""
    page.history_button.setFocus()
    page.open_call(second)
    page.focus_first()
    qtbot.waitUntil(lambda: page.call is not None and page.call.id == second, timeout=10_000)
    assert keyboard() is page.form.editor("caller").keys


def test_whoever_went_elsewhere_meanwhile_stays_there(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """The call that comes takes the keyboard from nobody."""
    call_id = window_desk.services.calls.log(a_call()).value
    page = CallPage(window_desk)
    show(page, 1080, 760)
    page.open_call(call_id)
    page.focus_first()
    page.back_button.setFocus()
    qtbot.waitUntil(lambda: page.call is not None, timeout=10_000)
    settle()
    assert keyboard() is page.back_button


def test_what_can_be_done_with_a_call_that_was_removed_is_one_enter_away(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    """Nothing in it can be changed; it can be put back."""
    calls = window_desk.services.calls
    call_id = calls.log(a_call()).value
    calls.remove(call_id, 1)
    page = opened(window_desk, show, qtbot, call_id)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: calls.get(call_id).removed_at is None, timeout=10_000)
    qtbot.waitUntil(page.form.isEnabled, timeout=10_000)


def test_who_may_only_read_begins_at_the_history(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """A key still does something."""
    call_id = window_desk.services.calls.log(a_call()).value
    window_desk.rights.know(Role.AUDITOR)
    page = opened(window_desk, show, qtbot, call_id)
    assert keyboard() is page.history_button


def test_day_and_time_are_each_called_what_they_are(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """In words beside the field, not only for those who listen."""
    started = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
    call_id = window_desk.services.calls.log(a_call(started_at=started)).value
    page = opened(window_desk, show, qtbot, call_id)
    time = page.form.editor("started_at")
    words = {label.text(): label for label in page.form.findChildren(QLabel) if label.isVisible()}
    assert {"Da&y", "Time"} <= words.keys()
    between = time.mapTo(page, QPoint()).x() - words["Time"].mapTo(page, QPoint()).x()
    assert 0 < between < 2 * words["Time"].width()
    assert time.keys.accessibleName() == "Time"


def test_the_callers_record_is_opened_from_the_line_of_what_to_mind_with_them(
    window_desk: Desk, show: Show, desk: Services, qtbot: QtBot
) -> None:
    """Beside the consent; with nobody on record there is no such button, and no room for one."""
    family = a_family(desk, "Cai")
    desk.calls.log(a_call(caller=family.mother, caller_name="Bryony Meadowlark"))
    page = page_of_call(window_desk, show, qtbot)
    people = page.people
    assert people.person_button.isVisible()
    assert "Leave no voicemail." in " ".join(label_texts(people))
    chip = people.banner.consent_chip
    assert abs(_middle(people.person_button) - _middle(chip)) <= 1
    with qtbot.waitSignal(page.person_wanted) as wanted:
        people.person_button.click()
    assert wanted.args == [family.mother]
    anonymous = desk.calls.log(a_call()).value
    page.open_call(anonymous)
    qtbot.waitUntil(lambda: page.call is not None and page.call.id == anonymous, timeout=10_000)
    assert not people.person_button.isVisible()
    assert people.sizeHint().height() == 0


def test_a_call_that_is_read_again_is_not_said_to_be_unsaved(
    window_desk: Desk, show: Show, desk: Services, qtbot: QtBot
) -> None:
    """By F5, or after it was saved: its children are named anew, and nobody changed them."""
    family = a_family(desk, "Cai")
    call_id = desk.calls.log(a_call(caller=family.mother, children=family.children)).value
    page = opened(window_desk, show, qtbot, call_id)
    read = page._read_now
    page.on_refresh()
    qtbot.waitUntil(lambda: page._read_now is not read, timeout=10_000)
    settle()
    assert page.state.text == ""
    page.form.focus_field("notes")
    write("Rang back.")
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.call is not None and page.call.version == 2, timeout=10_000)
    qtbot.waitUntil(lambda: not window_desk._background._jobs, timeout=10_000)  # it was read again
    settle()
    assert page.state.text.startswith("Saved")


def _middle(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), widget.rect().center()).y()
