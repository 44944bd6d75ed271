"""A call log brought in on the screen: rehearsed, all or nothing, stopped, taken back; on both databases."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Vocabulary
from tests.conftest import Clock
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press
from ui.imports.import_page import ImportPage
from ui.imports.job import SAFE, STOPPED, ImportJob
from ui.kit.desk import Desk
from ui.kit.dialogs import Dialogs

Show = Callable[..., QWidget]
Choose = Callable[[Path], None]

HEADER = ("reference", "taken_at", "line", "caller_kind", "topics", "notes", "shoe size")
GOOD = ("A{n}", "2001-09-03", "Central", "PARENT", "annual-review", "<b>told", "42")
NAME = "calls <b>2001 & more.csv"


@pytest.fixture
def page(window_desk: Desk, show: Show, qtbot: QtBot, clock: Clock) -> ImportPage:
    """The page as it is opened, the keyboard on its first button."""
    clock.now = datetime(2002, 3, 31, 11, 43, tzinfo=UTC)
    made = ImportPage(window_desk)
    show(made, 1000, 700)
    made.focus_first()
    return made


@pytest.fixture
def choose(page: ImportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Choose a file by pressing the button, and wait until it is rehearsed."""

    def chosen(path: Path) -> None:
        monkeypatch.setattr(Dialogs, "ask_file_to_open", lambda *_: path)
        page.focus_first()
        with qtbot.waitSignal(page.rehearsed, timeout=30_000):
            press(Qt.Key.Key_Space)

    return chosen


def log(folder: Path, rows: int = 3, name: str = NAME, **spoilt: tuple[str, ...]) -> Path:
    """A call log; `spoilt` replaces rows by number, as `row_2=(…)`."""
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(2, rows + 2):
            good = tuple(cell.format(n=number) for cell in GOOD)
            writer.writerow(spoilt.get(f"row_{number}", good))
    return path


def count(desk: Services) -> int:
    """Calls on record."""
    return desk.calls.count(Selection())


def test_a_file_is_rehearsed_imported_and_taken_back_by_keyboard(
    page: ImportPage, choose: Choose, desk: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(log(tmp_path))
    assert page.plan.lines.lines()[0].words == "3 calls would be added. Nothing was imported yet."
    assert "shoe size" in page.plan.lines.lines()[1].words
    assert count(desk) == 0
    with qtbot.waitSignal(page.imported):
        press(Qt.Key.Key_Return, CTRL)
    assert count(desk) == 3
    assert page.desk.notices.done.text == f"3 calls imported from {NAME}."
    qtbot.waitUntil(page.journal.table.isVisible)
    assert page.journal.table.current_record().file_name == NAME
    page.desk.notices.undo_last()
    qtbot.waitUntil(lambda: not page.journal.undo.isEnabled())
    assert count(desk) == 0
    assert "taken back: 3 calls" in page.desk.notices.done.text


def test_unknown_values_are_counted_and_added_when_one_says_so(
    page: ImportPage, choose: Choose, desk: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    new = ("B1", "2001-09-03", "Central", "PARENT", "Moon <i>phases</i>", "", "")
    choose(log(tmp_path, row_2=new, row_4=("B2", *new[1:])))
    table = page.plan.unknown.model()
    assert [table.index(0, column).data() for column in range(4)] == ["topics", "Moon <i>phases</i>", "2", "2"]
    assert not page.plan.go.isEnabled()
    assert "unknown values" in page.plan.go.accessibleDescription()
    page.on_save()  # as the key of the window does
    assert count(desk) == 0
    assert keyboard() is page.plan.add_unknown
    with qtbot.waitSignal(page.rehearsed):
        press(Qt.Key.Key_Space)
    with qtbot.waitSignal(page.imported):
        press(Qt.Key.Key_Space)  # the keyboard is on Import now
    assert count(desk) == 3
    assert "Moon <i>phases</i>" in [term.label for term in desk.vocabularies.all().of(Vocabulary.TOPIC)]


def test_problems_are_listed_row_by_row_and_nothing_can_be_imported(
    page: ImportPage, choose: Choose, desk: Services, tmp_path: Path
) -> None:
    bad = ("C1", "31/02/2001", "Central", "PARENT", "annual-review", "", "")
    choose(log(tmp_path, 12, row_3=bad, row_13=("C2", "2001-09-03", bad[2], "", *bad[4:])))
    assert page.plan.lines.lines()[0].words == "2 problems in 12 rows. Nothing was imported."
    table = page.plan.problems.model()
    assert [table.index(row, 0).data() for row in range(2)] == ["3", "13"]
    assert table.index(0, 2).data() == "31/02/2001"
    assert keyboard() is page.plan.problems
    press(Qt.Key.Key_End)
    assert page.plan.told.text() == "Row 13, column caller_kind: the kind of caller is missing."
    assert not page.plan.go.isEnabled()
    page.on_save()
    assert page.job is None
    assert count(desk) == 0


@on_a_local_file
def test_what_is_in_the_file_is_shown_letter_by_letter(page: ImportPage, choose: Choose, tmp_path: Path) -> None:
    choose(log(tmp_path, row_2=("D1", "<img src=x>", "Central", "PARENT", "annual-review", "", "")))
    told = label_texts(page)
    assert NAME in told
    assert any("<img src=x>" in text for text in told)


@on_a_local_file
@pytest.mark.parametrize(("name", "words"), [("none.csv", "there is no such file"), ("log.doc", ".csv and .xlsx")])
def test_a_file_that_cannot_be_read_is_one_sentence(
    page: ImportPage, qtbot: QtBot, tmp_path: Path, name: str, words: str
) -> None:
    if name == "log.doc":
        (tmp_path / name).write_text("x", encoding="utf-8")
    with qtbot.waitSignal(page.stopped):
        page.rehearse(tmp_path / name)
    assert f"Nothing was imported from “{name}”" in page.said.text
    assert words in page.said.text
    assert keyboard() is page.choose


@on_a_local_file
def test_a_file_that_failed_does_not_leave_the_one_before_it_to_be_imported(
    page: ImportPage, choose: Choose, desk: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(log(tmp_path))
    with qtbot.waitSignal(page.stopped):
        page.rehearse(tmp_path / "none.csv")
    assert not page.plan.isVisible()
    page.on_save()
    assert page.job is None
    assert count(desk) == 0


@on_a_local_file
def test_the_same_file_again_has_nothing_new(
    page: ImportPage, choose: Choose, desk: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    path = log(tmp_path)
    choose(path)
    with qtbot.waitSignal(page.imported):
        page.on_save()
    choose(path)
    assert "3 calls are on record already" in page.plan.lines.lines()[1].words
    assert page.plan.why_not.text() == "There is nothing new in this file."
    assert not page.plan.go.isEnabled()


@on_a_local_file
def test_a_file_that_was_spoilt_after_the_rehearsal_is_refused_whole(
    page: ImportPage, choose: Choose, desk: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(log(tmp_path))
    log(tmp_path, row_4=("E1", "31/02/2001", "Central", "PARENT", "annual-review", "", ""))
    with qtbot.waitSignal(page.rehearsed):
        page.on_save()
    assert "Nothing was imported" in page.said.text
    assert count(desk) == 0


def test_an_import_that_is_stopped_leaves_nothing(
    page: ImportPage, choose: Choose, desk: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    """Stopped at its first sign of progress, at the second, and so on until it is no longer stopped in time."""
    new = ("F1", "2001-09-03", "Central", "PARENT", "Moon phases", "", "")
    choose(log(tmp_path, 4_500, row_2=new))
    with qtbot.waitSignal(page.rehearsed, timeout=30_000):
        page.plan.add_unknown.click()
    lists = desk.vocabularies.all()
    for stopped_at in range(1, 50):
        page.on_save()
        assert page.job is not None
        stopper = Stopper(page.job, stopped_at)
        page.job.moved.connect(stopper.moved, Qt.ConnectionType.DirectConnection)
        qtbot.waitUntil(lambda: page.job is None, timeout=30_000)
        if page.said.text == "":
            break
        assert page.said.text == f"{STOPPED} {SAFE}"
        assert (count(desk), desk.importing.batches(), desk.vocabularies.all()) == (0, (), lists)
        assert page.plan.isVisible()
    assert stopped_at > 4  # while the file was read and while its calls were kept
    assert count(desk) == 4_500


class Stopper:
    """Presses Cancel at the n-th sign of progress, in the thread that works: not a moment later."""

    def __init__(self, job: ImportJob, at: int) -> None:
        self._job, self._left = job, at

    def moved(self, done: int, of: int) -> None:
        """One sign of progress."""
        self._left -= 1
        if self._left == 0:
            self._job.stop()


@on_a_local_file
def test_escape_stops_what_is_under_way(
    page: ImportPage, choose: Choose, desk: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(log(tmp_path, 6_000))
    with qtbot.waitSignal(page.stopped, timeout=30_000):
        page.on_save()
        assert page.progress.isVisible()
        assert keyboard() is page.progress.cancel
        press(Qt.Key.Key_Escape)
        assert page.progress.words.text() == "Stopping…"
    assert count(desk) == 0
    assert not page.progress.isVisible()


def test_taking_back_says_what_was_kept_because_it_was_changed(
    page: ImportPage, choose: Choose, desk: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(log(tmp_path, 5))
    with qtbot.waitSignal(page.imported):
        page.on_save()
    qtbot.waitUntil(page.journal.undo.isVisible)
    call = desk.calls.get(desk.calls.ids(Selection())[0])
    desk.calls.amend(call.id, call.version, replace(call, notes="Rang back."))
    page.journal.undo.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.journal.undo.isEnabled())
    assert "4 calls" in page.desk.notices.done.text
    assert "changed since" in page.desk.notices.done.text
    assert count(desk) == 1
    assert (
        page.journal.table.model().index(0, 5).data(Qt.ItemDataRole.AccessibleTextRole).startswith("State: Taken back")
    )
