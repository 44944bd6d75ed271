"""The pages before they are printed, and on the printer: the very pages of the PDF file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL.Image import Resampling
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.on_desk import CTRL, keyboard, on_a_local_file, press
from tests.ui.walkers import ALWAYS, LARGE, findings
from ui.kit import theme
from ui.kit.dialogs import Dialogs
from ui.kit.print_preview import FIRST, LARGEST, LAST, Preview
from ui.reports.reports_page import ReportsPage

pytestmark = on_a_local_file
ALIKE = 12  # of 255


@pytest.fixture
def preview(reports_page: ReportsPage, qtbot: QtBot) -> Preview:
    """The pages of the last three years, the first one on the screen."""
    reports_page.on_preview()
    made = reports_page.pages
    assert made is not None
    with qtbot.waitSignal(made.shown, timeout=20_000):
        pass
    return made


def drawn(preview: Preview) -> bytes:
    """The dots that stand on the screen."""
    return bytes(preview.sheet.picture.pixmap.toImage().bits())


def test_pages_are_turned_by_keyboard_and_each_says_which_it_is(preview: Preview, qtbot: QtBot) -> None:
    assert keyboard() is preview.sheet
    many = int(preview.sheet.accessibleName().split()[-1])
    assert many > 2
    assert not preview.before.isEnabled()
    assert preview.before.accessibleDescription() == FIRST
    seen = set()
    for number in range(1, many + 1):
        assert preview.sheet.accessibleName() == f"Page {number} of {many}"
        assert preview.words.text() == f"Page {number} of {many}, 75 %"
        seen.add(drawn(preview))
        if number < many:
            with qtbot.waitSignal(preview.shown, timeout=20_000):
                press(Qt.Key.Key_PageDown)
    assert len(seen) == many
    assert preview.after.accessibleDescription() == LAST
    with qtbot.waitSignal(preview.shown, timeout=20_000):
        press(Qt.Key.Key_PageUp)
    assert preview.sheet.accessibleName() == f"Page {many - 1} of {many}"


def test_a_page_is_made_larger_and_smaller(preview: Preview, qtbot: QtBot) -> None:
    wide = preview.sheet.picture.pixmap.width()
    with qtbot.waitSignal(preview.shown, timeout=20_000):
        press(Qt.Key.Key_Plus, CTRL)
    assert preview.sheet.picture.pixmap.width() == pytest.approx(wide * 100 / 75, abs=2)
    while preview.larger.isEnabled():
        with qtbot.waitSignal(preview.shown, timeout=20_000):
            preview.zoom(1)
    assert preview.larger.accessibleDescription() == LARGEST


def test_everything_in_it_has_a_name_a_size_and_plain_words(preview: Preview) -> None:
    assert findings(preview, ALWAYS) == {}


def test_nothing_of_it_is_cut_at_200_per_cent(reports_page: ReportsPage, qtbot: QtBot, qapp: QApplication) -> None:
    theme.switch(qapp, scale=2.0)
    reports_page.on_preview()
    preview = reports_page.pages
    assert preview is not None
    with qtbot.waitSignal(preview.shown, timeout=20_000):
        preview.resize(1000, 560)
    assert findings(preview, LARGE) == {}


def test_escape_leads_back_to_the_report(preview: Preview, reports_page: ReportsPage) -> None:
    press(Qt.Key.Key_Escape)
    assert not preview.isVisible()
    assert reports_page.isVisible()


def a_printer_into(path: Path) -> Callable[..., QPrinter]:
    """A printer that writes what it prints into a file."""

    def asked(parent: object, title: str, pages: int) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setFullPage(True)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        return printer

    return asked


def seen(page: pypdfium2.PdfPage) -> list[int]:
    """How dark the page is in each of 20 by 28 parts."""
    return list(page.render(scale=2, grayscale=True).to_pil().resize((20, 28), Resampling.BOX).tobytes())


def apart(one: list[int], other: list[int]) -> int:
    """How much two pages differ where they differ most."""
    return max(abs(left - right) for left, right in zip(one, other, strict=True))


def test_the_printer_gets_the_pages_of_the_pdf(
    preview: Preview, reports_page: ReportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "paper.pdf"
    monkeypatch.setattr(Dialogs, "ask_printer", a_printer_into(paper))
    with qtbot.waitSignal(preview.printed, timeout=60_000) as done:
        press(Qt.Key.Key_P, CTRL)
    answer = reports_page.answer
    assert answer is not None
    file = reports_page.desk.services.reporting.write(answer.report, tmp_path / "file.pdf", service=answer.service)
    printed, written = pypdfium2.PdfDocument(paper), pypdfium2.PdfDocument(file)
    try:
        assert done.args == [len(written)]
        assert len(printed) == len(written)
        for number in range(len(written)):
            assert printed.get_page_size(number) == pytest.approx(written.get_page_size(number), abs=1)
            assert apart(seen(printed[number]), seen(written[number])) < ALIKE
        assert apart(seen(printed[0]), seen(written[1])) > 2 * ALIKE  # it would tell two pages apart
    finally:
        printed.close()
        written.close()
    assert "pages were sent to the printer." in reports_page.desk.notices.done.text


@pytest.mark.qt_log_ignore("QPainter::begin.*")
def test_a_printer_that_does_not_answer_is_one_sentence(
    preview: Preview, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Dialogs, "ask_printer", a_printer_into(tmp_path / "nowhere" / "paper.pdf"))
    preview.ask_printer()
    qtbot.waitUntil(lambda: "The printer does not answer." in preview.trouble.text)
    assert preview.print.isEnabled()


def test_no_printer_chosen_prints_nothing(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Dialogs, "ask_printer", lambda *_: None)
    preview.ask_printer()
    assert preview.print.isEnabled()
    assert preview.trouble.text == ""
