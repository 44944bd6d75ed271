"""What a report is asked with: which report, tables, for whom; stopped, remembered, kept under a name."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.figures import Count, Share
from ppsdesk.domain.saved_reports import EVERYBODY, Asked, ReportKind, SavedReport
from ppsdesk.domain.school_terms import SchoolTerm
from tests.ui.on_desk import keyboard, label_texts, on_a_local_file, press, tab_to, write
from tests.ui.on_reports import Show, cells, opened
from ui.kit.desk import Desk
from ui.kit.dialogs import Dialogs, of_kind
from ui.reports.exporting import FORMATS
from ui.reports.reports_page import ReportsPage


@pytest.fixture
def page(reports_page: ReportsPage) -> ReportsPage:
    """The last three years, counted."""
    return reports_page


def count(page: ReportsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.counted, timeout=20_000):
        page.run()


def tick(page: ReportsPage, name: str, value: bool) -> None:
    page.chooser.form.editor(name).set_value(value)


# -- tables and reports ------------------------------------------------------------------------------------------------


def test_only_the_tables_that_are_ticked_are_counted(page: ReportsPage, qtbot: QtBot) -> None:
    tab_to("All tables")
    press(Qt.Key.Key_Space)
    assert all(box.isChecked() for box in page.chooser.tables.boxes())
    page.chooser.tables.set_value(("by-topic", "excluded"))
    press(Qt.Key.Key_Return)
    qtbot.waitSignal(page.counted, timeout=20_000).wait()
    assert [section.name for section in page.paper.sections] == ["by-topic", "excluded"]
    assert page.answer is not None
    assert [table.id for table in page.answer.report.tables] == ["by-topic", "excluded"]
    page.chooser.tables.set_value(())
    page.run()
    assert "at least one table" in page.chooser.form.problems()["tables"]


@on_a_local_file
def test_the_keys_lead_from_table_to_table(page: ReportsPage) -> None:
    names = [section.name for section in page.paper.sections]
    page.paper.figures.table.setFocus()
    seen = []
    for _ in names:
        seen.append(page.paper.shown)
        press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert seen == names
    press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.paper.shown == names[-2]


@on_a_local_file
def test_in_a_narrow_window_the_tables_are_a_list_that_drops_down(page: ReportsPage, qtbot: QtBot) -> None:
    assert page.paper.names.isVisible()
    page.resize(620, 700)
    qtbot.waitUntil(page.paper.picker.isVisible)
    assert not page.paper.names.isVisible()
    page.paper.picker.keys.setFocus()
    press(Qt.Key.Key_Down)
    assert page.paper.shown == page.paper.sections[1].name


def test_the_trend_sheet_is_of_one_term_against_the_term_before(page: ReportsPage, qtbot: QtBot) -> None:
    page.chooser.form.focus_field("report")
    write("trends")
    assert not page.chooser.years.isVisible()
    tab_to("Term")
    write("autumn 2001")
    with qtbot.waitSignal(page.counted, timeout=20_000):
        press(Qt.Key.Key_Return)
    assert page.line.startswith("Trends by area, September to July")
    assert page.answer is not None
    assert [period.text for period in page.answer.report.periods] == ["2001-02/autumn"]
    # the last section has a table: the terms and their calls stand in its head
    page.paper.show_section(page.paper.sections[-1].name)
    head = page.paper.figures.table.model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert head.headerData(1, Qt.Orientation.Horizontal, spoken) == "Autumn 2001-02"


def test_changed_term_dates_change_the_terms_at_once(page: ReportsPage, desk: Services, qtbot: QtBot) -> None:
    page.paper.show_section("by-term")
    before = {row[0]: row[1] for row in cells(page.paper.figures)}
    term = SchoolTerm(key=UUID(int=9), year=2000, term="summer", first=date(2001, 3, 31), last=date(2001, 7, 20))
    with qtbot.waitSignal(page.counted, timeout=20_000):
        page.desk.change(page, lambda: desk.school_terms.keep(term), lambda done: None)
    after = {row[0]: row[1] for row in cells(page.paper.figures)}
    assert (before["Summer 2000-01"], before["Spring 2000-01"]) == ("9", "8")
    assert (after["Summer 2000-01"], after["Spring 2000-01"]) == ("17", "0")


@on_a_local_file
def test_a_share_says_of_how_many(page: ReportsPage) -> None:
    page.paper.show_section("by-method")
    table = page.paper.figures.table
    column = next(
        at for at in range(table.model().columnCount())
        if "Share" in str(table.model().headerData(at, Qt.Orientation.Horizontal))
    )  # fmt: skip
    table.setCurrentIndex(table.model().index(0, column))
    words = str(table.model().index(0, column).data())
    assert f"{words} of 24." in page.paper.figures.told.text()
    assert table.model().index(0, column).data(Qt.ItemDataRole.ToolTipRole) == f"{words} of 24."
    assert "Base: 12 calls in 1999-00, 26 in 2000-01 and 24 in 2001-02 to March." in " ".join(label_texts(page))


# -- for readers outside -----------------------------------------------------------------------------------------------


def test_for_readers_outside_screen_and_files_hide_the_same_figures(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.paper.show_section("excluded")
    assert cells(page.paper.figures)[_row(page, "Taken in August")][:3] == ["Taken in August", "3", "4"]
    tab_to("For readers outside")
    with qtbot.waitSignal(page.counted, timeout=20_000):
        press(Qt.Key.Key_Space)
    shown = cells(page.paper.figures)
    row = _row(page, "Taken in August")
    assert shown[row][1:3] == ["1 to 4", "1 to 4"]
    assert page.line.endswith("small numbers hidden")
    view = page.paper.figures
    view.table.setCurrentIndex(view.table.model().index(row, 1))
    assert not view.show_calls.isEnabled()
    assert "1 to 4, as" in view.told.text()
    assert "Its calls are not shown either." in view.show_calls.accessibleDescription()
    target = tmp_path / "public.json"
    monkeypatch.setattr(Dialogs, "ask_file_to_save", lambda *_: target)
    page.on_export()
    qtbot.waitUntil(lambda: page.desk.notices.done.text == f"Saved to {target}")
    written = {table["id"]: table for table in json.loads(target.read_text(encoding="utf-8"))["tables"]}
    assert written["excluded"]["rows"][row][1:3] == [None, None]
    page.chooser.form.focus_field("public")
    with qtbot.waitSignal(page.counted, timeout=20_000):
        press(Qt.Key.Key_Space)
    assert cells(page.paper.figures)[row][1:3] == ["3", "4"]


def _row(page: ReportsPage, label: str) -> int:
    return [row[0] for row in cells(page.paper.figures)].index(label)


def test_no_small_number_is_left_in_any_table_for_readers_outside(page: ReportsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.counted, timeout=20_000):
        tick(page, "public", True)
    assert page.answer is not None
    cells_there = [cell for table in page.answer.report.tables for row in table.rows for cell in row]
    counts = [cell.value for cell in cells_there if isinstance(cell, Count) and cell.selection is not None]
    assert counts
    assert not [value for value in counts if value is not None and 1 <= value <= 4]
    assert any(isinstance(cell, Share) for cell in cells_there)


# -- progress and cancel -----------------------------------------------------------------------------------------------


def busy(page: ReportsPage, held: Event) -> None:
    """All three who answer questions are busy until `held` is set."""
    for _ in range(3):
        page.desk.ask(page, partial(held.wait, 20), lambda done: None)


@on_a_local_file
def test_a_count_says_how_far_it_is(page: ReportsPage, qtbot: QtBot) -> None:
    moved, held = list[tuple[int, int]](), Event()
    busy(page, held)
    page.run()
    assert page.counting.job is not None
    page.counting.job.moved.connect(lambda done, of: moved.append((done, of)))
    with qtbot.waitSignal(page.counted, timeout=20_000):
        held.set()
    assert moved[0][0] == 0
    assert moved[-1][0] == moved[-1][1] > 1
    assert page.counting.card.isHidden()
    assert page.counting.job is None


@on_a_local_file
def test_escape_stops_a_count_and_leaves_the_report_before(page: ReportsPage, qtbot: QtBot) -> None:
    before, line, held = cells(page.paper.figures), page.line, Event()
    busy(page, held)
    page.chooser.years.set_value(("2001-02",))
    page.run()
    qtbot.waitUntil(page.counting.card.isVisible)
    assert page.line == "Counting…"
    page.focus_first()
    with qtbot.waitSignal(page.stopped, timeout=20_000):
        press(Qt.Key.Key_Escape)
        assert not page.counting.card.cancel.isEnabled()
        held.set()
    assert page.counting.card.isHidden()
    assert (cells(page.paper.figures), page.line) == (before, line)
    assert page.desk.notices.done.text == "The count was stopped. Nothing was changed; the report before is still here."


# -- remembered and saved ----------------------------------------------------------------------------------------------


def test_what_was_asked_last_is_asked_again_at_the_next_start(
    page: ReportsPage, window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page.chooser.years.set_value(("2000-01",))
    page.chooser.form.editor("others").set_value(("2001-02/autumn",))
    tick(page, "all_tables", False)
    page.chooser.tables.set_value(("by-year", "by-method"))
    count(page, qtbot)
    with qtbot.waitSignal(page.counted, timeout=20_000):
        tick(page, "public", True)
    count(page, qtbot)
    qtbot.waitUntil(lambda: '"public": true' in window_desk.services.settings.read().asked)
    again = opened(window_desk, show, qtbot)
    assert again.answer is not None
    assert again.answer.asked == Asked(
        periods=("2000-01", "2001-02/autumn"), year_ends=YearEnds.JULY, tables=("by-year", "by-method"), public=True
    )
    assert again.chooser.asked() == again.answer.asked
    assert again.chooser.years.value() == ("2000-01",)


@on_a_local_file
def test_a_memory_that_cannot_be_read_begins_with_the_newest_years(
    page: ReportsPage, window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    for wrong in ("{", '{"report": "of the weather"}', "[]"):
        window_desk.services.settings.change(asked=wrong)
        assert opened(window_desk, show, qtbot).chooser.years.value() == ("1999-00", "2000-01", "2001-02")


def test_settings_are_saved_chosen_renamed_removed_and_put_back(
    page: ReportsPage, desk: Services, qtbot: QtBot
) -> None:
    page.chooser.years.set_value(("2001-02",))
    page.saving.save.click()
    assert keyboard().accessibleName() == "Name"
    write("Committee <b>")
    press(Qt.Key.Key_Return)  # to the next field
    press(Qt.Key.Key_Space)  # everybody's
    with qtbot.waitSignal(page.saving.kept, timeout=20_000):
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [saved] = desk.saved_reports.list()
    assert (saved.name, saved.owner, saved.asked.periods) == ("Committee <b>", EVERYBODY, ("2001-02",))
    assert page.chooser.saved.box.currentText() == "Committee <b> (everybody’s)"

    page.saving.rename.click()
    page.saving.asking.form.editor("name").set_value("Governors")
    page.saving.asking.form.editor("shared").set_value(False)
    with qtbot.waitSignal(page.saving.kept, timeout=20_000):
        page.saving.take()
    [renamed] = desk.saved_reports.list()
    assert (renamed.key, renamed.name, renamed.owner) == (saved.key, "Governors", desk.person)
    qtbot.waitUntil(lambda: page.chooser.saved.box.currentText() == "Governors")

    page.saving.remove.click()
    qtbot.waitUntil(lambda: page.chooser.saved.box.currentText() == "None")
    assert desk.saved_reports.list() == ()
    assert not page.saving.remove.isEnabled()
    with qtbot.waitSignal(page.saving.kept, timeout=20_000):
        page.desk.notices.undo_last()
    assert [one.name for one in desk.saved_reports.list()] == ["Governors"]


def test_choosing_saved_settings_counts_them(page: ReportsPage, desk: Services, qtbot: QtBot) -> None:
    asked = Asked(
        report=ReportKind.CALL_VOLUMES,
        periods=("2000-01", "2001-02/autumn"),
        year_ends=YearEnds.MARCH,
        tables=("by-year",),
        public=True,
    )
    saved = SavedReport(key=UUID(int=7), name="Board", asked=asked)
    page.desk.change(page, lambda: desk.saved_reports.keep(saved, shared=False), lambda done: None)
    qtbot.waitUntil(lambda: page.chooser.saved.box.findText("Board") > 0)
    page.chooser.form.focus_field("saved")
    write("board")
    qtbot.waitUntil(lambda: page.answer is not None and page.answer.asked == asked)
    assert page.chooser.asked() == asked
    assert desk.settings.read().year_ends is YearEnds.MARCH


@on_a_local_file
def test_a_name_that_is_there_already_is_said_at_the_name(page: ReportsPage, desk: Services, qtbot: QtBot) -> None:
    desk.saved_reports.keep(SavedReport(key=UUID(int=7), name="Board", asked=Asked(periods=("2001-02",))), shared=False)
    page.saving.save.click()
    write("Board")
    page.saving.take()
    qtbot.waitUntil(lambda: "already have" in page.saving.asking.form.problems().get("name", ""))
    assert page.saving.asking.isVisible()
    press(Qt.Key.Key_Escape)
    assert not page.saving.asking.isVisible()
    assert len(desk.saved_reports.list()) == 1


# -- files -------------------------------------------------------------------------------------------------------------


def test_every_format_is_offered_in_plain_words_and_written(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    for suffix, words in FORMATS:
        target = tmp_path / f"report{suffix}"

        def choose(parent: object, title: str, suggested: Path, filters: str, target: Path = target) -> Path:
            asked.append((suggested.name, filters))
            return target

        monkeypatch.setattr(Dialogs, "ask_file_to_save", choose)
        page.on_export()
        qtbot.waitUntil(lambda target=target: page.desk.notices.done.text == f"Saved to {target}", timeout=30_000)
        assert target.stat().st_size > 1_000
        assert f"{words} (*{suffix})" in asked[-1][1]
    assert {name for name, _ in asked} == {"call-volumes 2001-02 to March.pdf"}


@pytest.mark.parametrize(
    ("typed", "kind", "written"),
    [
        ("report.pdf", "Word, to write on in (*.docx)", "report.docx"),  # the name was left as it was suggested
        ("report", "Excel, to calculate with (*.xlsx)", "report.xlsx"),
        ("report 3.1.csv", "PDF, to print or send (*.pdf)", "report 3.1.csv"),  # somebody wrote it
        ("report", "", "report.pdf"),
    ],
)
def test_the_kind_of_file_that_is_chosen_is_the_one_that_is_written(typed: str, kind: str, written: str) -> None:
    assert of_kind(Path("folder") / typed, kind, ".pdf") == Path("folder") / written


@on_a_local_file
def test_a_file_the_system_did_not_ask_about_is_not_replaced_without_asking(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    there, asked = tmp_path / "report.csv", list[str]()
    there.write_text("mine")

    def keep(parent: object, sentence: str, yes: str, no: str) -> bool:
        asked.append(sentence)
        return False

    chosen = (str(tmp_path / "report.pdf"), "CSV, for other programs (*.csv)")
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: chosen)
    monkeypatch.setattr(Dialogs, "confirm", keep)
    page.on_export()
    assert asked == ["There is a file “report.csv” already."]
    assert there.read_text() == "mine"


@on_a_local_file
@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("autumn 2001", ("2001-02/autumn",)),
        ("Spring term 2002", ("2001-02/spring",)),
        ("summer 2000-01, autumn 1999", ("2000-01/summer", "1999-00/autumn")),
        ("2000-01/spring 2001-09..2002-03", ("2000-01/spring", "2001-09..2002-03")),
    ],
)
def test_a_term_may_be_typed_as_it_is_spoken(page: ReportsPage, typed: str, held: tuple[str, ...]) -> None:
    others = page.chooser.form.editor("others")
    others.keys.setText(typed)
    assert (others.value(), others.trouble()) == (held, "")
