"""The whole window, driven by keys: what the helpline does between two rings of the phone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ppsdesk import assembly
from ppsdesk.assembly import Services
from ppsdesk.domain.selection import Selection
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from tests import postgres
from tests.builders import a_call_on
from tests.ui.watchdog import Watchdog
from tests.ui.windows import PASSWORD, Windows, press, type_text
from ui import application
from ui.joined import JoinedWindow
from ui.kit.theme import Theme

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def windows(qtbot: QtBot, theme: Theme) -> Iterator[Windows]:
    opened = Windows(qtbot, [])
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the records are: "" for the local file, else the address of a shared database with its schema."""
    if request.param == "sqlite":
        yield ""
        return
    server: postgres.Server = request.getfixturevalue("server")
    with server.database(owner="hana", template=request.getfixturevalue("shared_template")) as name:
        yield server.address(name, "hana")


def services(folder: Path, address: str = "") -> Services:
    chosen = Choices(folder=DeskFolder(folder), database=address, person="Hana Helpline")
    return assembly.open_services(chosen, lambda question: PASSWORD)


def log_a_call(qtbot: QtBot, window, *, caller: str, notes: str) -> None:
    press("F8")
    type_text(caller)
    qtbot.waitUntil(lambda: not window._background._jobs, timeout=10_000)
    press("Return")  # nobody is called that: somebody new
    while QApplication.focusWidget() is not window.pad.form.editor("caller_kind").keys:
        press("Tab")
    type_text("paren")
    press("Return")  # takes the kind of caller and goes on
    while QApplication.focusWidget() is not window.pad.form.editor("topics").keys:
        press("Tab")
    type_text("annual rev")
    press("Return")
    press("Tab")
    type_text(notes)
    with qtbot.waitSignal(window.pad.logged, timeout=10_000):
        press("Ctrl+Return")


def test_a_call_is_logged_by_keyboard_alone_and_counted_in_the_report(
    windows: Windows, qtbot: QtBot, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PPSDESK_PASSWORD", PASSWORD)
    window = windows.ready(windows.open(tmp_path / "desk", database=address))
    log_a_call(qtbot, window, caller="Rowan Thistledown", notes="Asked about the review date")
    press("Esc")
    press("Ctrl+2")
    qtbot.waitUntil(lambda: window.page("calls").line.startswith("1 call"), timeout=10_000)
    press("Ctrl+6")
    qtbot.waitUntil(lambda: "as of" in window.page("reports").line, timeout=10_000)
    desk = services(tmp_path / "desk", address)
    [call_id] = desk.calls.ids(Selection())
    call = desk.calls.get(call_id)
    assert (call.caller_name, call.caller_kind, call.topics) == ("Rowan Thistledown", "PARENT", ("annual-review",))
    assert call.notes == "Asked about the review date"
    assert call.started_at is not None
    assert desk.calls.history(call_id)[0].person == ("hana" if address else "Hana Helpline")
    desk.close()


def typed_caller(window: JoinedWindow) -> str:
    return window.pad.form.content()["caller"]["text"]


def test_the_window_takes_keys_before_the_database_is_open(windows: Windows, qtbot: QtBot, tmp_path: Path) -> None:
    window = windows.open(tmp_path / "desk")
    press("F8")
    type_text("Bryony")
    assert typed_caller(window) == "Bryony"
    windows.ready(window)
    assert typed_caller(window) == "Bryony"


def test_while_practice_records_are_made_today_says_so_and_then_the_term(
    windows: Windows, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, go_on, opening = threading.Event(), threading.Event(), application.open_services

    def slowly(*said: Any, **more: Any) -> Services:
        asked.set()
        assert go_on.wait(60)
        return opening(*said, **more)

    monkeypatch.setattr(application, "open_services", slowly)
    monkeypatch.setattr(application, "PRACTICE_CALLS", 40)
    window = windows.open(tmp_path / "desk", practice=True)
    try:
        qtbot.waitUntil(asked.is_set, timeout=20_000)
        today = window.page("today")
        qtbot.waitUntil(today.isVisible, timeout=20_000)
        assert today.line.endswith(". Practice records are being made, which takes some seconds.")
    finally:
        go_on.set()
    windows.ready(window)
    assert "being made" not in today.line
    window.hide()
    ordinary = windows.open(tmp_path / "other")
    assert "being made" not in ordinary.page("today").line


def test_the_local_file_says_for_good_that_it_is_not_encrypted(windows: Windows, tmp_path: Path) -> None:
    window = windows.ready(windows.open(tmp_path / "desk"))
    assert window.warning.text == "Not encrypted yet: no real people"
    assert window.warning.isVisible()


def test_f6_goes_round_the_parts_of_the_window(windows: Windows, tmp_path: Path) -> None:
    window = windows.ready(windows.open(tmp_path / "desk", height=1200))
    press("F8")
    seen = []
    for _ in range(3):
        press("F6")
        focus = QApplication.focusWidget()
        seen.append(next(n for n, part in (("rail", window.rail), ("page", window.stack), ("pad", window.pad))
                         if focus is not None and part.isAncestorOf(focus)))  # fmt: skip
    assert sorted(seen) == ["pad", "page", "rail"]


def test_text_grows_at_once_and_stays_grown_for_the_next_start(
    windows: Windows, tmp_path: Path, watchdog: Watchdog | None
) -> None:
    window = windows.ready(windows.open(tmp_path / "desk"))
    with watchdog.looks_away("everything is drawn anew") if watchdog else nullcontext():
        press("Ctrl++")
    assert assembly.SettingsDesk(tmp_path / "desk" / "settings.toml").read().text_scale == pytest.approx(1.15)
    with watchdog.looks_away("everything is drawn anew") if watchdog else nullcontext():
        press("Ctrl+0")
    assert window.isVisible()
    assert assembly.SettingsDesk(tmp_path / "desk" / "settings.toml").read().text_scale == pytest.approx(1.0)


CRASHES = """
import os, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, sys.argv[2])
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.settings import SettingsDesk
from PySide6.QtTest import QTest
from tests.ui.windows import press, type_text
from ui.application import make_application, show_theme, start
app = make_application()
choices = Choices(folder=DeskFolder(Path(sys.argv[1])).make(), person="Hana Helpline")
settings = SettingsDesk(choices.folder.settings).read()
show_theme(app, settings)
window = start(app, choices, settings)
window.show()
window.activateWindow()
QTest.qWaitForWindowActive(window)
window.pad.draft_kept.connect(lambda: os.write(1, b"kept\\n"))
press("F8")
type_text("Tansy Quillfeather")
app.exec()
"""


def test_after_a_crash_the_unfinished_call_is_offered_again(windows: Windows, qtbot: QtBot, tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CRASHES, str(tmp_path / "desk"), str(ROOT)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"kept\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    window = windows.ready(windows.open(tmp_path / "desk"))
    today = window.page("today")
    qtbot.waitUntil(lambda: bool(today.drafts.drafts()), timeout=10_000)
    assert not window.drafts.isVisible()  # offered once
    press("Return")  # one key goes on
    qtbot.waitUntil(lambda: typed_caller(window) == "Tansy Quillfeather", timeout=10_000)
    assert window.pad.isVisible()


def test_a_draft_is_offered_on_every_page_but_once(windows: Windows, qtbot: QtBot, tmp_path: Path) -> None:
    window = windows.ready(windows.open(tmp_path / "desk"))
    press("F8")
    type_text("Tansy Quillfeather")
    press("Esc")
    if window.pads.isVisible():  # the first Escape closed a list
        press("Esc")
    today = window.page("today")
    qtbot.waitUntil(lambda: bool(today.drafts.drafts()), timeout=10_000)
    assert not window.drafts.isVisible()
    press("Ctrl+2")
    qtbot.waitUntil(window.drafts.isVisible, timeout=10_000)
    press("Ctrl+1")
    assert not window.drafts.isVisible()
    qtbot.waitUntil(today.drafts.isVisible, timeout=10_000)


def test_find_or_do_works_from_a_field_of_the_pad_and_gives_the_keyboard_back(windows: Windows, tmp_path: Path) -> None:
    window = windows.ready(windows.open(tmp_path / "desk"))
    press("F8")
    type_text("Bry")
    field = QApplication.focusWidget()
    press("Ctrl+K")
    assert QApplication.focusWidget() is window.finder.line
    press("Esc")
    assert QApplication.focusWidget() is field
    press("Ctrl+K")
    type_text("settings")
    press("Return")
    assert window.current_page().objectName() == "settings"
    assert typed_caller(window) == "Bry"


def test_a_call_in_one_line_stands_in_the_pad_for_a_check(windows: Windows, qtbot: QtBot, tmp_path: Path) -> None:
    window = windows.ready(windows.open(tmp_path / "desk"))
    press("Ctrl+K")
    type_text("call thistledown annual-review 6m")
    qtbot.waitUntil(lambda: window.finder.call.line is not None, timeout=10_000)
    press("Return")
    assert window.pad.isVisible()
    qtbot.waitUntil(lambda: window.pad.form.editor("topics").value() == ("annual-review",), timeout=10_000)
    assert "thistledown" in typed_caller(window)
    assert window.pad.form.editor("minutes").value() == 6


def test_a_tally_that_is_not_saved_keeps_the_window_open(windows: Windows, qtbot: QtBot, tmp_path: Path) -> None:
    window = windows.ready(windows.open(tmp_path / "desk"))
    window.do("batch")
    batch = window.page("batch")
    qtbot.waitUntil(lambda: batch._lists.terms != (), timeout=10_000)
    type_text("yest")
    press("Tab")
    press("Ctrl+1")
    assert not window.close()
    assert window.current_page() is batch
    assert "1 call of the tally" in window.desk.notices.trouble.text
    batch.clear_lines()


def test_ctrl_enter_saves_the_tally(windows: Windows, qtbot: QtBot, tmp_path: Path) -> None:
    window = windows.ready(windows.open(tmp_path / "desk"))
    window.do("batch")
    batch = window.page("batch")
    qtbot.waitUntil(lambda: batch._lists.terms != (), timeout=10_000)
    for cell in ("yest", "", "", "Parent", "annual review", "4", "", "note"):
        type_text(cell)
        press("Tab")
    with qtbot.waitSignal(batch.logged, timeout=10_000):
        press("Ctrl+Return")


def test_ctrl_enter_saves_the_small_form_the_keyboard_is_in(windows: Windows, qtbot: QtBot, tmp_path: Path) -> None:
    """Though the menu has the key: on a page that itself has nothing to save."""
    window = windows.ready(windows.open(tmp_path / "desk"))
    window._services.calls.log(a_call_on(window._services.reporting.today()))
    press("Ctrl+6")
    reports = window.page("reports")
    qtbot.waitUntil(lambda: reports.answer is not None, timeout=20_000)
    reports.saving.ask_new()
    type_text("Committee")
    with qtbot.waitSignal(reports.saving.kept, timeout=10_000):
        press("Ctrl+Return")
    assert [saved.name for saved in window._services.saved_reports.list()] == ["Committee"]


def test_enter_goes_to_the_place_the_keyboard_is_on(windows: Windows, tmp_path: Path) -> None:
    window = windows.ready(windows.open(tmp_path / "desk"))
    window.rail.focus_first()
    press("Tab")
    press("Return")
    assert window.current_page().objectName() == "calls"
