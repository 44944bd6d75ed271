"""The records cannot be opened: the window says why, loses no file, and leads every way on by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.selection import Selection
from ppsdesk.services import beginning
from ppsdesk.services.bringing_back import bring_back
from ppsdesk.services.settings import SettingsDesk
from tests.builders import NOW, a_call
from tests.harness.proxy import Proxy
from tests.ui import walkers
from tests.ui.on_desk import label_texts
from tests.ui.on_server import PATIENCE, Desks, signing_in, stuck
from tests.ui.test_start_sign_in import asked, through_the_steps
from tests.ui.test_start_without_server import been_there
from tests.ui.test_work_here import by_tab, question
from tests.ui.windows import press, type_text
from ui.joined import JoinedWindow
from ui.kit.dialogs import Dialogs
from ui.start.connect import Connect

DAMAGED = b"minutes of the last meeting\n" * 500


@pytest.fixture
def yes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whoever is asked says yes; what was asked."""
    questions: list[str] = []

    def confirm(_parent: object, sentence: str, _yes: str, _no: str) -> bool:
        questions.append(sentence)
        return True

    monkeypatch.setattr(Dialogs, "confirm", confirm)
    return questions


def with_a_call(desks: Desks, name: str) -> None:
    """A file of this desk with a call in it."""
    desk = desks.on_record("")
    desk.calls.log(a_call(caller_name=name))
    desk.close()


def callers(window: JoinedWindow) -> list[str]:
    """Who is on record in what is open now."""
    calls = window._services.calls
    return [calls.get(number).caller_name for number in calls.ids(Selection())]


def backed_up(desks: Desks) -> Path:
    desk = desks.on_record("")
    made = desk.back_up("by-hand")
    desk.close()
    assert isinstance(made, Path)
    return made


def damage(desks: Desks) -> Path:
    """What stands in the file is no database any more."""
    path = desks.choices("").folder.database
    path.write_bytes(DAMAGED)
    return path


def test_a_file_that_cannot_be_opened_is_told_with_every_way_on_and_nobody_is_led_to_a_page(
    desks: Desks, qtbot: QtBot
) -> None:
    damage(desks)
    window = desks.open("")
    room = stuck(qtbot, window)
    qtbot.waitUntil(lambda: "There is no backup" in " ".join(label_texts(room)), timeout=PATIENCE)
    said = " ".join(label_texts(room))
    for part in ("not a ppsdesk database", "ppsdesk.db in the folder", "stays in its folder under another name",
                 "connected to it step by step"):  # fmt: skip
        assert part in said
    assert not room.backup.isVisible()
    qtbot.waitUntil(lambda: not window._after_first_paint, timeout=PATIENCE)  # it goes to its first page by itself
    for keys in ("Ctrl+2", "F8", "Ctrl+K", "F6"):
        press(keys)
    qtbot.waitUntil(lambda: window.windowTitle() == "Not open – ppsdesk", timeout=PATIENCE)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is room.again, timeout=PATIENCE)
    assert window.stack.currentWidget() is room
    assert window.pads.isHidden()
    assert walkers.keys_twice(window) == []


def test_a_file_that_is_back_is_opened_by_one_key(desks: Desks, qtbot: QtBot) -> None:
    with_a_call(desks, "Rowan Thistledown")
    path = desks.choices("").folder.database
    kept = path.read_bytes()
    damage(desks)
    window = desks.open("")
    stuck(qtbot, window)
    press("Return")
    before = signing_in(window).stuck
    qtbot.waitUntil(lambda: signing_in(window).stuck is not before, timeout=PATIENCE)  # in vain
    stuck(qtbot, window)
    path.write_bytes(kept)
    press("Return")
    desks.file_open(window)
    assert callers(window) == ["Rowan Thistledown"]
    assert window.rail.isEnabled()
    press("F8")
    qtbot.waitUntil(lambda: window.pads.isVisible() and bool(window.pad.form.lists.terms), timeout=PATIENCE)


def test_the_newest_backup_takes_the_place_of_a_damaged_file_which_is_kept(
    desks: Desks, qtbot: QtBot, yes: list[str]
) -> None:
    with_a_call(desks, "Rowan Thistledown")
    backed_up(desks)
    (desks.choices("").folder.backups / "ppsdesk-later-by-hand.db").write_bytes(DAMAGED)  # the newest, and no good
    path = damage(desks)
    window = desks.open("")
    room = stuck(qtbot, window)
    qtbot.waitUntil(room.backup.isVisible, timeout=PATIENCE)
    by_tab(room.backup)
    desks.file_open(window)
    assert callers(window) == ["Rowan Thistledown"]
    [asked_once] = yes
    assert "the backup of" in asked_once
    assert "is not in it" in asked_once
    [aside] = path.parent.glob("*-set-aside.db")
    assert aside.read_bytes() == DAMAGED
    qtbot.waitUntil(lambda: aside.name in " ".join(label_texts(window.desk.notices)), timeout=PATIENCE)


def test_a_copy_from_another_folder_is_put_in_its_place_and_a_wrong_file_is_refused(
    desks: Desks, qtbot: QtBot, yes: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_a_call(desks, "Rowan Thistledown")
    elsewhere = backed_up(desks).replace(tmp_path / "moved.db")
    path = damage(desks)
    (tmp_path / "letter.db").write_bytes(b"Dear Mrs Meadowlark")
    chosen = [tmp_path / "letter.db", path, elsewhere]
    monkeypatch.setattr(Dialogs, "ask_file_to_open", lambda *_asked: chosen.pop(0))
    window = desks.open("")
    room = stuck(qtbot, window)
    for words in ("not a ppsdesk database", "This is the file that cannot be opened"):
        by_tab(room.other)
        qtbot.waitUntil(lambda said=words: said in window.desk.notices.trouble.text, timeout=PATIENCE)  # type: ignore[misc]
        assert path.read_bytes() == DAMAGED
    by_tab(room.other)
    desks.file_open(window)
    assert callers(window) == ["Rowan Thistledown"]
    assert elsewhere.exists()
    assert len(yes) == 3


def test_nothing_is_replaced_where_somebody_thinks_better_of_it(
    desks: Desks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_call(desks, "Rowan Thistledown")
    backed_up(desks)
    path = damage(desks)
    questions: list[str] = []

    def leave_it(_parent: object, sentence: str, _yes: str, _no: str) -> bool:
        questions.append(sentence)
        return False

    monkeypatch.setattr(Dialogs, "confirm", leave_it)
    window = desks.open("")
    room = stuck(qtbot, window)
    qtbot.waitUntil(room.backup.isVisible, timeout=PATIENCE)
    by_tab(room.backup)
    assert len(questions) == 1
    assert path.read_bytes() == DAMAGED
    assert not list(path.parent.glob("*-set-aside.db"))
    assert signing_in(window).stuck is not None


def test_from_a_file_that_cannot_be_opened_back_to_the_server_one_left(
    desks: Desks, qtbot: QtBot, address: str
) -> None:
    been_there(desks, address)
    settings = SettingsDesk(desks.choices("").folder.settings)
    settings.change(database="", set_up=True, person="Hana Helpline")
    damage(desks)
    window = desks.open("")
    room = stuck(qtbot, window)
    by_tab(room.server)
    dialog = asked(qtbot, window, Connect)
    assert isinstance(dialog, Connect)
    assert dialog.place.place().address == address  # known from the last time
    through_the_steps(qtbot, dialog, address)
    desks.signed_in(window)
    assert signing_in(window).stuck is None
    assert window.rail.isEnabled()
    assert "Shared database" in window.where.text()
    assert beginning.choices(folder=desks.choices("").folder).database == address


def test_whoever_leaves_a_silent_server_for_a_file_that_is_damaged_is_not_told_that_the_server_answers(
    desks: Desks, qtbot: QtBot, address: str, network: Proxy
) -> None:
    network.cut(and_refuse=True)
    window = desks.open(address)
    waiting = desks.waiting(window)
    by_tab(waiting.file)
    question(qtbot, window)
    damage(desks)  # after it was looked at
    press("Ctrl+Return")
    room = stuck(qtbot, window)
    assert signing_in(window).room is None
    assert "not a ppsdesk database" in " ".join(label_texts(room))
    by_tab(room.server)
    dialog = asked(qtbot, window, Connect)
    network.flow()
    assert isinstance(dialog, Connect)
    through_the_steps(qtbot, dialog, address)
    desks.signed_in(window)


def test_a_call_begun_before_the_file_is_told_to_be_damaged_can_be_finished_with_the_backup(
    desks: Desks, qtbot: QtBot, yes: list[str]
) -> None:
    with_a_call(desks, "Rowan Thistledown")
    backed_up(desks)
    damage(desks)
    window = desks.open("")
    window.do("new_call")
    type_text("Bryony")
    room = stuck(qtbot, window)
    assert "The call you began stays in this window" in " ".join(label_texts(room))
    qtbot.waitUntil(room.backup.isVisible, timeout=PATIENCE)
    by_tab(room.backup)
    desks.file_open(window)
    assert len(yes) == 1
    press("F8")
    assert window.pad.isVisible()
    assert "Bryony" in str(window.pad.form.content())


def test_a_journal_of_the_damaged_file_is_not_read_into_the_one_that_takes_its_place(desks: Desks) -> None:
    with_a_call(desks, "Rowan Thistledown")
    made = backed_up(desks)
    path = damage(desks)
    journal = path.with_name(f"{path.name}-wal")
    journal.write_bytes(b"left by a crash")
    aside = bring_back(desks.choices("").folder, made, now=NOW)
    assert aside is not None
    assert not journal.exists()
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"left by a crash"
    desk = desks.on_record("")
    assert desk.calls.count(Selection()) == 1
    desk.close()


def test_what_this_desk_remembers_is_shown_and_kept_while_the_server_is_silent(
    desks: Desks, qtbot: QtBot, address: str, network: Proxy
) -> None:
    settings = SettingsDesk(desks.choices("").folder.settings)
    settings.change(database=address, set_up=True, line="west", year_ends=YearEnds.MARCH, service="Helpline")
    window = desks.signed_in(desks.open(address))
    qtbot.waitUntil(lambda: not window._after_first_paint, timeout=PATIENCE)
    network.cut(and_refuse=True)
    with qtbot.waitActive(window):
        window.activateWindow()
    press("Ctrl+7")
    page = window.page("settings")
    values = page.form.values  # type: ignore[attr-defined]  # the place's own page
    qtbot.waitUntil(lambda: (values()["year_ends"], values()["service"]) == (YearEnds.MARCH, "Helpline"))
    qtbot.waitUntil(lambda: window.lost.text != "", timeout=PATIENCE)
    with qtbot.waitSignal(page.kept):  # type: ignore[attr-defined]  # the place's own page
        press("Ctrl+A")
        type_text("Parent line")
    kept = settings.read()
    assert (kept.service, kept.line, kept.year_ends) == ("Parent line", "west", YearEnds.MARCH)
    network.flow()
    qtbot.waitUntil(lambda: values()["line"] == "west", timeout=PATIENCE)
