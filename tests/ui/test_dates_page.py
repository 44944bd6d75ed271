"""Ask the dates: keys in, the sheet of rights and duties out; asked again with every key, explained, given away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.calendar import long_day
from tests.conftest import Clock
from tests.ui.on_desk import CTRL, keyboard, on_a_local_file, press, tab_to, write
from ui.dates.asking import CHOOSE, CHOOSE_KIND, Content
from ui.dates.dates_page import COPIED, NOTHING_YET, DatesPage
from ui.kit.date_rows import CHECK, DONE, LIFTED
from ui.kit.desk import Desk
from ui.kit.dialogs import Dialogs
from ui.kit.row_list import Row
from ui.kit.wrapped_rows import WrappedList

Show = Callable[..., QWidget]

# the charity's own examples: what is typed, and the days that must stand on the sheet
EXAMPLES = [
    ("somebody asked for an", "", ["1/9/25"], ["13 Oct 2025", "22 Dec 2025", "19 Jan 2026"]),
    ("somebody asked for an", "", ["5/1/26"], ["16 Feb 2026", "27 Apr 2026", "25 May 2026"]),
    ("draft plan", "", ["1/9/25"], ["15 Sep 2025"]),
    ("review meeting", "", ["12/11/25"], ["29 Oct 2025", "26 Nov 2025", "10 Dec 2025", "4 Feb 2026"]),
    ("decision letter", "what the plan", ["1/10/25", "29/11/25"], ["1 Dec 2025", "2 Jan 2026"]),
    ("decision letter", "only the school", ["10/6/25"], ["1 Sep 2025"]),
    ("decision letter", "", ["30/5/25", "20/6/25"], ["30 Jul 2025"]),
    ("order", "make", ["2/3/26"], ["6 Apr 2026"]),
    ("statements", "", ["3/9/01"], ["15 Oct 2001", "4 Mar 2002"]),
    ("own data", "", ["31/1/26"], ["2 Mar 2026"]),
]


@pytest.fixture
def page(window_desk: Desk, show: Show, clock: Clock, qtbot: QtBot) -> DatesPage:
    """The page as it is opened on a Thursday, the keyboard on what happened."""
    clock.now = datetime(2025, 12, 4, 10, 0, tzinfo=UTC)
    made = DatesPage(window_desk)
    with qtbot.waitSignal(made.answered):
        show(made)
    made.focus_first()
    return made


def tell(page: DatesPage, qtbot: QtBot, happening: str, days: list[str], kind: str = "") -> None:
    """Choose what happened and type its days, Enter after each, as a clerk does."""
    page.focus_first()
    write(happening)
    press(Qt.Key.Key_Return)
    happened = page.asking.happening
    assert happened is not None
    if happened.kinds:
        write(kind)
        press(Qt.Key.Key_Return)
    for typed in days:
        write(typed)
        press(Qt.Key.Key_Return)
    answered(page, qtbot)
    qtbot.waitUntil(lambda: not page._goes_on)


def answered(page: DatesPage, qtbot: QtBot) -> None:
    """The sheet is that of what stands in the fields."""

    def there() -> bool:
        question, answer = page.asking.question(), page.answer
        if question is None or answer is None:
            return question is None and answer is None
        kind = answer.sheet.kind.code if answer.sheet.kind else ""
        return (answer.sheet.happening.code, kind, dict(answer.sheet.facts)) == (
            question.happening, question.kind, dict(question.facts)
        )  # fmt: skip

    qtbot.waitUntil(there)


def rows(page: DatesPage) -> tuple[Row, ...]:
    return page.view.rows.rows.rows


def row_of(page: DatesPage, title: str) -> Row:
    return next(row for row in rows(page) if row.words == title)


def test_a_decision_letter_and_its_certificate_give_the_last_day_to_appeal(page: DatesPage, qtbot: QtBot) -> None:
    tell(page, qtbot, "decision letter", ["1/10/25", "29.11.25"], kind="what the plan")
    assert [(row.right, row.words, row.beside, row.chip) for row in rows(page)] == [
        ("Mon 1 Dec 2025", "Contact a mediation adviser", "Parent or young person", (DONE, "success")),
        ("Fri 2 Jan 2026", "Last day to appeal", "Parent or young person", ("In 29 days", "neutral")),
    ]
    assert page.line == "2 dates as of Thu 4 Dec 2025"
    assert [(row.under, row.past) for row in rows(page)] == [("The certificate shows it.", True), ("", False)]
    assert page.view.next.text() == "Next: Last day to appeal, Fri 2 Jan 2026, in 29 days."
    assert page.view.questions.text == ""
    assert keyboard() is page.view.rows  # Enter after the last day leads on to the sheet


@on_a_local_file
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: " ".join([one[0], *one[2]]))
def test_typed_days_give_the_dates_of_the_law(
    page: DatesPage, qtbot: QtBot, example: tuple[str, str, list[str], list[str]]
) -> None:
    happening, kind, typed, days = example
    tell(page, qtbot, happening, typed, kind)
    shown = [row.right.split(maxsplit=1)[1] for row in rows(page)]
    assert set(days) <= set(shown)
    answer = page.answer
    assert answer is not None
    assert [row.right for row in rows(page)] == [long_day(found.due) for found in answer.sheet.dates]
    assert sorted(answer.sheet.dates, key=lambda found: found.due) == list(answer.sheet.dates)


@on_a_local_file
def test_the_sheet_follows_every_key_without_a_button(page: DatesPage, qtbot: QtBot) -> None:
    write("draft plan")
    press(Qt.Key.Key_Return)
    write("1/9/25")
    answered(page, qtbot)
    assert [row.right for row in rows(page)] == ["Mon 15 Sep 2025"]
    press(Qt.Key.Key_Backspace)
    write("6")
    answered(page, qtbot)
    assert [row.right for row in rows(page)] == ["Tue 15 Sep 2026"]


@on_a_local_file
def test_what_is_needed_is_asked_for_and_one_key_leads_to_it(page: DatesPage, qtbot: QtBot) -> None:
    assert page.view.missing.text == CHOOSE
    write("tribunal made an order")
    qtbot.waitUntil(lambda: page.view.missing.text == CHOOSE_KIND)
    press(Qt.Key.Key_Return)
    write("make a plan")
    qtbot.waitUntil(lambda: page.view.missing.text == "Needed: Date of the order.")
    (button,) = page.view.missing.buttons()
    button.setFocus()
    press(Qt.Key.Key_Return)
    assert keyboard().accessibleIdentifier() == "order"
    assert page.answer is None
    assert not page.print.isEnabled()
    assert page.print.accessibleDescription() == NOTHING_YET


@on_a_local_file
def test_a_day_that_would_give_more_is_asked_for_in_one_line(page: DatesPage, qtbot: QtBot) -> None:
    tell(page, qtbot, "decision letter", ["1/10/25"])
    assert page.view.missing.text == "More follows from: Date on the mediation certificate."
    (button,) = page.view.missing.buttons()
    button.setFocus()
    press(Qt.Key.Key_Return)
    assert keyboard().accessibleIdentifier() == "certificate"
    write("29/11/25")
    answered(page, qtbot)
    assert page.view.missing.text == ""
    assert row_of(page, "Last day to appeal").right == "Fri 2 Jan 2026"


@on_a_local_file
def test_days_that_contradict_each_other_are_questioned_not_refused(page: DatesPage, qtbot: QtBot) -> None:
    tell(page, qtbot, "decision letter", ["1/12/25", "29/11/25"])
    assert "The certificate is dated before the decision letter." in page.view.questions.text
    assert len(rows(page)) == 2
    tell(page, qtbot, "own data", ["1/2/26"])
    assert "Sun 1 Feb 2026 is in the future" in page.view.questions.text
    assert rows(page)


@on_a_local_file
def test_a_review_may_lie_ahead_and_a_weekday_is_then_the_next(page: DatesPage, qtbot: QtBot) -> None:
    tell(page, qtbot, "review meeting", ["+2w"])
    assert page.view.questions.text == ""
    assert row_of(page, "Report of the review meeting").right == "Thu 1 Jan 2026"
    assert row_of(page, "Report of the review meeting").warning == CHECK


@on_a_local_file
def test_what_the_law_of_that_day_had_no_date_for_is_said(page: DatesPage, qtbot: QtBot) -> None:
    tell(page, qtbot, "asked a school", ["3/9/01"])
    assert page.view.unknown.text.startswith("On Mon 3 Sep 2001 the law, as known here, had no date for")
    assert rows(page) == ()
    assert not page.view.why.isVisible()


@on_a_local_file
def test_a_ticked_exception_lifts_the_limit_and_sets_no_other_day(page: DatesPage, qtbot: QtBot) -> None:
    tell(page, qtbot, "somebody asked for an", ["1/9/25"])
    days = [row.right for row in rows(page)]
    assert not page.asking.lifting.isVisible()
    page.asking.focus_field("request")
    press(Qt.Key.Key_Tab)
    assert keyboard() is page.asking.lift_button
    press(Qt.Key.Key_Space)
    assert "A school or college was closed" in keyboard().accessibleName()
    tab_to("The family was away from the area for 4 weeks")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: all(row.chip == (LIFTED, "info") for row in rows(page)))
    assert [row.right for row in rows(page)] == days
    assert page.view.next.text() == "Every time limit here is lifted."
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not any(row.chip == (LIFTED, "info") for row in rows(page)))


@on_a_local_file
def test_enter_explains_the_date_in_the_words_of_the_law_and_escape_leads_back(
    page: DatesPage, desk: Services, qtbot: QtBot
) -> None:
    tell(page, qtbot, "decision letter", ["1/10/25", "29/11/25"])
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Down)
    answer = page.answer
    assert answer is not None
    found = answer.sheet.dates[1]
    assert [row.words or row.warning for row in page.view.steps.rows.rows] == [
        step.words for step in desk.dates.steps(found, answer.sheet.asks)
    ]
    assert any("it moves to Fri 2 Jan 2026" in row.words for row in page.view.steps.rows.rows)
    press(Qt.Key.Key_Return)
    assert keyboard() is page.view.steps
    press(Qt.Key.Key_Escape)
    assert keyboard() is page.view.rows
    assert page.view.rows.current_key() == 1


@on_a_local_file
def test_a_day_that_cannot_be_read_is_said_at_its_field(page: DatesPage, qtbot: QtBot) -> None:
    write("own data")
    press(Qt.Key.Key_Return)
    write("31/2/26")
    press(Qt.Key.Key_Return)
    assert page.asking.days is not None
    assert "asked" in page.asking.days.problems()
    qtbot.waitUntil(lambda: page.view.missing.text == "Needed: Day we got the request.")
    assert page.answer is None


@on_a_local_file
def test_a_day_at_the_end_of_the_calendar_is_one_sentence(page: DatesPage, qtbot: QtBot) -> None:
    write("own data")
    press(Qt.Key.Key_Return)
    write("31/12/9999")
    qtbot.waitUntil(lambda: page.view.trouble.text != "" or page.asking.question() is None)
    assert page.answer is None


@on_a_local_file
def test_a_day_that_two_happenings_ask_for_is_typed_once(page: DatesPage, qtbot: QtBot) -> None:
    tell(page, qtbot, "somebody asked for an", ["1/9/25"])
    page.focus_first()
    write("draft plan")
    assert page.asking.content().days == {"draft": "", "request": "1/9/25"}


@on_a_local_file
def test_clear_forgets_what_was_typed_and_can_be_taken_back(page: DatesPage, qtbot: QtBot) -> None:
    tell(page, qtbot, "order", ["2/3/26"], kind="make a plan")
    before = page.asking.content()
    page.asking.empty.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.answer is None)
    assert page.asking.content() == Content(happening="")
    assert keyboard().accessibleIdentifier() == "happening"
    page.desk.notices.undo_last()
    answered(page, qtbot)
    assert page.asking.content() == before
    assert rows(page)


def test_the_sheet_is_copied_for_the_parent_in_plain_language(page: DatesPage, desk: Services, qtbot: QtBot) -> None:
    tell(page, qtbot, "decision letter", ["1/10/25", "29/11/25"])
    QApplication.clipboard().clear()
    page.copy.setFocus()
    with qtbot.waitSignal(page.copied):
        press(Qt.Key.Key_Return)
    answer = page.answer
    assert answer is not None
    text = QApplication.clipboard().text()
    assert text == desk.dates_papers.plain(answer.sheet, service=answer.service)
    assert "Last day to appeal" in text
    assert page.desk.notices.done.text == COPIED


@on_a_local_file
@pytest.mark.parametrize("suffix", [".pdf", ".ics", ".html", ".txt"])
def test_the_sheet_is_saved_as_each_kind_of_file(
    page: DatesPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    tell(page, qtbot, "decision letter", ["1/10/25", "29/11/25"])
    chosen = tmp_path / f"dates{suffix}"
    asked: list[str] = []

    def choose(parent: QWidget, title: str, suggested: Path, filters: str) -> Path:
        asked.append(filters)
        return chosen

    monkeypatch.setattr(Dialogs, "ask_file_to_save", choose)
    with qtbot.waitSignal(page.saved, timeout=60_000):
        page.on_export()
    assert chosen.stat().st_size > 100
    assert f"(*{suffix})" in asked[0]
    assert page.desk.notices.done.text == f"Saved to {chosen}"


@on_a_local_file
def test_a_file_that_cannot_be_written_is_one_sentence(
    page: DatesPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(page, qtbot, "own data", ["31/1/26"])
    nowhere = tmp_path / "nowhere" / "dates.pdf"
    monkeypatch.setattr(Dialogs, "ask_file_to_save", lambda *_: nowhere)
    page.on_export()
    qtbot.waitUntil(lambda: page.desk.notices.trouble.text != "")
    assert not nowhere.exists()


@on_a_local_file
def test_the_sheet_is_looked_at_as_pages_before_it_is_printed(page: DatesPage, qtbot: QtBot) -> None:
    tell(page, qtbot, "review meeting", ["12/11/25"])
    page.on_preview()
    qtbot.waitUntil(lambda: page.pages is not None)
    pages = page.pages
    assert pages is not None
    with qtbot.waitSignal(pages.shown, timeout=60_000):
        pass
    assert pages.sheet.accessibleName().startswith("Page 1 of ")
    pages.close()


@on_a_local_file
def test_without_a_sheet_nothing_is_copied_saved_or_printed(
    page: DatesPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Dialogs, "ask_file_to_save", lambda *_: pytest.fail("asked for a file"))
    QApplication.clipboard().setText("as before")
    for key in (page.on_copy_plain, page.on_export, page.on_preview):
        page.desk.notices.clear()
        key()
        assert NOTHING_YET in page.desk.notices.trouble.text
    assert QApplication.clipboard().text() == "as before"


@on_a_local_file
def test_ctrl_enter_leads_from_the_days_to_the_sheet(page: DatesPage, qtbot: QtBot) -> None:
    tell(page, qtbot, "somebody asked for an", ["1/9/25"])
    tab_to("Day the council got the request")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: keyboard() is page.view.rows)


@on_a_local_file
def test_a_date_is_told_whole_to_whoever_listens(page: DatesPage, qtbot: QtBot) -> None:
    tell(page, qtbot, "review meeting", ["12/11/25"])
    assert row_of(page, "Report of the review meeting").spoken == (
        "Report of the review meeting, alert: Check this, School, college or setting, Past: 8 days ago, Wed 26 Nov 2025"
    )


@on_a_local_file
def test_days_left_are_told_from_the_day_of_the_clock(page: DatesPage, clock: Clock, qtbot: QtBot) -> None:
    clock.now = datetime(2026, 1, 2, 10, 0, tzinfo=UTC)
    tell(page, qtbot, "decision letter", ["1/10/25", "29/11/25"])
    assert row_of(page, "Last day to appeal").chip == ("Today", "warning")
    assert page.answer is not None
    assert page.answer.today == date(2026, 1, 2)


LONG = "Words that go on and on, about a plan for a young person and who must send it to whom, and by when " * 3


def test_rows_are_as_high_as_their_words_need(show: Show, qtbot: QtBot) -> None:
    made = WrappedList("Dates")
    made.show_rows(
        [Row(key=1, words="Short"), Row(key=2, words=LONG, right="Fri 2 Jan 2026", chip=("Today", "warning"))]
    )
    holder = QWidget()
    made.setParent(holder)
    show(holder, 900, 600)
    heights = []
    for width in (800, 300):
        made.setGeometry(0, 0, width, 50)
        QApplication.processEvents()
        assert made.height() >= sum(made.sizeHintForRow(row) for row in range(2))
        assert made.visualRect(made.rows.index(1, 0)).height() == made.sizeHintForRow(1)
        heights.append(made.sizeHintForRow(1))
    assert heights[0] > made.sizeHintForRow(0)
    assert heights[1] > 1.5 * heights[0]
