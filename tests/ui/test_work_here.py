"""From the shared server back to the file on this computer, by keys: asked before, nothing lost, and back again.

The window goes on taking keys all the while, whatever the network does.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ppsdesk.domain.rights import Role
from ppsdesk.domain.selection import Selection
from ppsdesk.services import beginning
from ppsdesk.services.leaving_server import FileHere
from ppsdesk.services.settings import SettingsDesk
from tests import postgres
from tests.builders import NOW, a_call
from tests.harness.proxy import Proxy
from tests.storage.shared_server import Shared, shared_server
from tests.ui import walkers
from tests.ui.conftest import Show
from tests.ui.on_desk import label_texts
from tests.ui.on_server import PATIENCE, Desks, signing_in, stuck
from tests.ui.test_start_sign_in import asked, no_dialog, through_the_steps
from tests.ui.test_start_without_server import been_there
from tests.ui.windows import press, type_text
from ui.joined import JoinedWindow
from ui.kit.buttons import KeyButton
from ui.kit.theme import Theme
from ui.start.connect import Connect
from ui.start.sign_in import SignIn
from ui.start.work_here import WorkHere


@pytest.fixture(scope="module")
def set_up_once(server: postgres.Server) -> Iterator[Shared]:
    """A server set up, with somebody in each role."""
    with shared_server(server) as made:
        yield made


def question(qtbot: QtBot, window: JoinedWindow) -> WorkHere:
    """The question, with the keyboard in it."""
    qtbot.waitUntil(lambda: isinstance(signing_in(window).dialog, WorkHere), timeout=PATIENCE)
    dialog = signing_in(window).dialog
    assert isinstance(dialog, WorkHere)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.stay, timeout=PATIENCE)
    return dialog


def said(dialog: WorkHere) -> str:
    """What one can read there."""
    return " ".join(label_texts(dialog))


def by_tab(target: KeyButton) -> None:
    """Go there as somebody without a mouse does, and press it."""
    for _ in range(60):
        if QApplication.focusWidget() is target:
            press("Return")
            return
        press("Tab")
    raise AssertionError("the keyboard never comes to it")


def in_settings(window: JoinedWindow, qtbot: QtBot) -> KeyButton:
    """The button of the settings."""
    no_dialog(qtbot, window)
    qtbot.waitUntil(lambda: not window._after_first_paint, timeout=PATIENCE)  # it goes to its first page by itself
    with qtbot.waitActive(window):
        window.activateWindow()
    press("Ctrl+7")
    page = window.page("settings")
    qtbot.waitUntil(lambda: bool(page.form.values()["line"]), timeout=PATIENCE)  # type: ignore[attr-defined]
    button = page.records.file  # type: ignore[attr-defined]  # the place's own page
    assert isinstance(button, KeyButton)
    return button


def database_of(desks: Desks) -> str:
    """What the next start opens, "" for the file on this computer."""
    return beginning.choices(folder=desks.choices("").folder).database


def connected(desks: Desks, address: str) -> None:
    """As the first run leaves the settings."""
    SettingsDesk(desks.choices("").folder.settings).change(database=address, set_up=True)


def calls_at(desks: Desks, address: str) -> list[str]:
    """The callers on record there."""
    desk = desks.on_record(address)
    names = [desk.calls.get(number).caller_name for number in desk.calls.ids(Selection())]
    desk.close()
    return names


def log_at(desks: Desks, address: str, name: str) -> None:
    desk = desks.on_record(address)
    desk.calls.log(a_call(caller_name=name))
    desk.close()


def test_from_the_server_to_the_file_and_back_every_call_stays_where_it_was_logged(
    desks: Desks, qtbot: QtBot, address: str
) -> None:
    connected(desks, address)
    log_at(desks, address, "Rowan Thistledown")
    window = desks.signed_in(desks.open(address))
    by_tab(in_settings(window, qtbot))
    dialog = question(qtbot, window)
    for part in ("stays there", "nothing is copied", "There is no file on this computer yet", "not encrypted",
                 "From the next start on", "Connect to a shared server"):  # fmt: skip
        assert part in said(dialog)
    press("Return")  # the safe one
    no_dialog(qtbot, window)
    assert database_of(desks) == address
    by_tab(in_settings(window, qtbot))
    dialog = question(qtbot, window)
    dialog.form.focus_first()
    press("Ctrl+A")
    press("Delete")
    press("Ctrl+Return")
    assert dialog.form.problems() == {"person": "Enter the name that should stand beside your calls."}
    dialog.form.focus_first()
    type_text("Hana at Home")
    press("Ctrl+Return")
    no_dialog(qtbot, window)
    assert window.desk.notices.done.text.startswith("From the next start on ppsdesk works in the file on this computer")
    assert database_of(desks) == ""
    assert window._services.whereabouts.shared  # until then
    desks.close()
    assert not desks.choices("").folder.database.exists()

    window = desks.signed_in(desks.open(""))
    assert "Local file" in window.where.text()
    log_at(desks, "", "Bryony Meadowlark")
    window.go("settings")
    records = window.page("settings").records  # type: ignore[attr-defined]  # the place's own page
    assert not records.file.isVisible()
    records.server.setFocus()
    press("Return")
    connect = asked(qtbot, window, Connect)
    assert isinstance(connect, Connect)
    through_the_steps(qtbot, connect, address)
    no_dialog(qtbot, window)
    assert database_of(desks) == address
    desks.close()

    assert calls_at(desks, address) == ["Rowan Thistledown"]
    assert calls_at(desks, "") == ["Bryony Meadowlark"]
    window = desks.signed_in(desks.open(address))
    by_tab(in_settings(window, qtbot))
    assert "The file ppsdesk.db is opened as it was left on" in said(question(qtbot, window))
    press("Esc")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_question_has_names_room_and_words_and_is_read_by_page_down(
    show: Show, qapp: QApplication, scale: float
) -> None:
    Theme.load("light", scale).apply(qapp)
    dialog = WorkHere(FileHere("ppsdesk.db", NOW, 2), "hana", at_once=False)
    show(dialog, dialog.width(), dialog.height())
    checks = {**walkers.ALWAYS, **(walkers.LARGE if scale > 1 else {})}
    assert walkers.findings(dialog, checks) == {}
    assert walkers.letters_twice(dialog) == []
    for part in ("2 calls kept on this computer for the server stay here, and are offered",
                 "The file ppsdesk.db is opened as it was left on Fri 20 Nov 2026, 10:43."):  # fmt: skip
        assert part in said(dialog)
    bar = dialog._area.verticalScrollBar()
    for _ in range(20):
        press("PgDown")
    assert bar.value() == bar.maximum()
    assert (bar.maximum() > 0) is (scale > 1)


def test_where_the_server_is_gone_one_goes_on_in_the_file_at_once(
    desks: Desks, qtbot: QtBot, network: Proxy, address: str
) -> None:
    connected(desks, address)
    been_there(desks, address)
    network.cut(and_refuse=True)
    window = desks.open(address)
    by_tab(desks.waiting(window).file)
    dialog = question(qtbot, window)
    assert "At once: the server is not asked any more." in said(dialog)
    press("Ctrl+Return")
    desks.signed_in(window)
    assert "Local file" in window.where.text()
    assert window.rail.isEnabled()
    assert window.stack.currentWidget() is window.page("today")
    assert window.lost.text == ""
    assert database_of(desks) == ""
    tried = window.desk.connection.tries
    network.flow()
    log_at(desks, "", "Bryony Meadowlark")
    assert [call.caller_name for call in _calls(window)] == ["Bryony Meadowlark"]
    assert window.desk.connection.tries == tried
    assert calls_at(desks, address) == []


def _calls(window: JoinedWindow) -> list[object]:
    calls = window._services.calls
    return [calls.get(number) for number in calls.ids(Selection())]


def test_an_unfinished_call_for_the_server_stays_on_this_computer_and_is_offered_there_again(
    desks: Desks, qtbot: QtBot, network: Proxy, address: str
) -> None:
    connected(desks, address)
    been_there(desks, address)
    network.cut(and_refuse=True)
    window = desks.open(address)
    room = desks.waiting(window)
    press("F8")
    type_text("Tansy Quillfeather")
    kept = desks.choices("").folder.unfinished
    qtbot.waitUntil(lambda: list(kept.glob("*.json")) != [], timeout=PATIENCE)
    press("Esc")
    if window.pads.isVisible():  # the first Escape closed a list
        press("Esc")
    qtbot.waitUntil(lambda: len(room.drafts()) == 1, timeout=PATIENCE)
    by_tab(room.file)
    dialog = question(qtbot, window)
    assert "1 call kept on this computer for the server stays here" in said(dialog)
    assert "From the next start on" in said(dialog)
    press("Ctrl+Return")
    no_dialog(qtbot, window)
    assert database_of(desks) == ""
    assert "From the next start on" in window.desk.notices.done.text
    assert signing_in(window).room is room
    desks.close()

    window = desks.signed_in(desks.open(""))
    assert window.page("today").drafts.drafts() == ()  # type: ignore[attr-defined]  # the place's own page
    assert len(list(kept.glob("*.json"))) == 1
    desks.close()

    network.flow()
    window = desks.signed_in(desks.open(address))
    today = window.page("today")
    qtbot.waitUntil(lambda: len(today.drafts.drafts()) == 1, timeout=PATIENCE)  # type: ignore[attr-defined]
    [draft] = today.drafts.drafts()  # type: ignore[attr-defined]  # the place's own page
    assert draft.content["caller"]["text"] == "Tansy Quillfeather"


def test_a_file_that_cannot_be_opened_is_refused_with_a_sentence_and_the_server_stays(
    desks: Desks, qtbot: QtBot, address: str
) -> None:
    connected(desks, address)
    desks.choices("").folder.database.write_bytes(b"no database at all" * 300)
    window = desks.signed_in(desks.open(address))
    by_tab(in_settings(window, qtbot))
    qtbot.waitUntil(lambda: "ppsdesk.db, cannot be used" in window.desk.notices.trouble.text, timeout=PATIENCE)
    assert signing_in(window).dialog is None
    assert database_of(desks) == address


def test_whoever_is_not_let_in_any_more_can_go_on_in_the_file(desks: Desks, qtbot: QtBot, address: str) -> None:
    connected(desks, address)
    window = desks.open(address, "guessed")
    asked(qtbot, window, SignIn)
    press("Esc")
    by_tab(stuck(qtbot, window).file)
    question(qtbot, window)
    press("Ctrl+Return")
    desks.file_open(window)
    assert window.rail.isEnabled()
    assert database_of(desks) == ""


@pytest.mark.parametrize("role", Role)
def test_every_role_may_choose_where_its_own_desk_works_and_finds_its_way(
    desks: Desks, qtbot: QtBot, set_up_once: Shared, role: Role
) -> None:
    address = set_up_once.server.address(set_up_once.database, set_up_once.login(role))
    connected(desks, address)
    window = desks.open(address)
    qtbot.waitUntil(lambda: signing_in(window).dialog is not None, timeout=PATIENCE)  # a password of one's own
    signing_in(window).dialog.reject()  # type: ignore[union-attr]
    by_tab(in_settings(window, qtbot))
    question(qtbot, window)
    press("Ctrl+Return")
    no_dialog(qtbot, window)
    chosen = beginning.choices(folder=desks.choices("").folder)
    assert (chosen.database, chosen.person) == ("", set_up_once.login(role))
    withheld = set(window._withheld)
    desks.close()
    window = desks.signed_in(desks.open(""))
    assert not window._withheld, withheld  # the file is one's own
