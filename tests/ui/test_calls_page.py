"""The list of calls: found and filtered by keyboard, exact behind every figure, and never in anybody's way."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.lists import CallLine
from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from ppsdesk.storage.rows import CallRow
from ppsdesk.storage.work import Storage
from tests.builders import TODAY, a_call, a_call_on
from tests.ui.on_desk import keyboard, label_texts, press, tab_to, write
from ui.calls import spans
from ui.calls.calls_page import CallsPage
from ui.calls.selection_parts import counted_sentence, parts_of
from ui.kit.desk import Desk

Show = Callable[..., QWidget]
Key = Qt.Key
HOSTILE = '<img src="x"> Mum said <b>urgent &Save \u202eevil\nand a second line'


@pytest.fixture
def page(record: None, window_desk: Desk, show: Show, qtbot: QtBot) -> CallsPage:
    """The list, shown and counted."""
    return opened(window_desk, show, qtbot)


@pytest.fixture
def record(desk: Services) -> None:
    """Five calls: three of this term, one of last year, one of 1999."""
    for call in (
        a_call(caller_name="Rowan Thistledown"),
        a_call(caller_name="Bryony Meadowlark", line=TermCode("north"), minutes=None, ended_at=None),
        a_call_on(
            date(2026, 9, 7), caller_name="", anonymous=True, topics=(TermCode("transport"), TermCode("draft-plan"))
        ),
        a_call_on(date(2025, 11, 20), caller_kind=TermCode("SCHOOL"), taken_by="Priya Practice"),
        a_call_on(date(1999, 10, 14), stages=(TermCode("S94_3"),)),
    ):
        desk.calls.log(call)


def opened(desk: Desk, show: Show, qtbot: QtBot) -> CallsPage:
    """The page in an active window, with its answer."""
    made = CallsPage(desk)
    show(made, 1100, 700)
    qtbot.waitUntil(lambda: "as of" in made.line, timeout=20_000)
    made.focus_first()
    return made


def counted(page: CallsPage, count: int, qtbot: QtBot) -> None:
    """Wait until so many calls are said and shown."""
    word = "call," if count == 1 else "calls,"
    qtbot.waitUntil(lambda: page.line.startswith(f"{count:,} {word}") and page.model.size() == count, timeout=20_000)


def column(page: CallsPage, place: int) -> list[str]:
    """A column as it is on the screen."""
    return [str(page.model.index(row, place).data()) for row in range(page.model.size())]


def test_the_newest_call_comes_first_and_every_column_speaks_in_words(page: CallsPage) -> None:
    """When, caller and kind, child, topics, line, length, who took it; the chip says what is missing."""
    assert page.line == "5 calls, as of 10:43"
    assert column(page, 0) == ["Today 10:31", "Today 10:31", "Mon 7 Sep", "20 Nov 2025", "14 Oct 1999"]
    assert column(page, 1)[1:4] == [
        "Rowan Thistledown, Parent",
        "Anonymous, Parent",
        "Rowan Thistledown, School / setting / college staff",
    ]
    assert column(page, 3)[2] == "Transport + 1 more"
    assert column(page, 5)[:2] == ["–", "9 min"]
    assert page.model.words(1)[7] == "To complete (4)"


def test_enter_opens_the_call_under_the_keyboard(page: CallsPage, qtbot: QtBot) -> None:
    """Down to the second one, Enter."""
    press(Key.Key_Down)
    with qtbot.waitSignal(page.call_wanted) as wanted:
        press(Key.Key_Return)
    assert wanted.args == [page.model.ids()[1]]


def test_typing_finds_and_the_latest_answer_wins(page: CallsPage, qtbot: QtBot) -> None:
    """Ctrl+F, letters; each part of the filter has a button that drops it."""
    page.on_filter()
    write("bryony")
    counted(page, 1, qtbot)
    assert page.line == "1 call, with “bryony”, as of 10:43"
    [drop] = page.parts.buttons()
    assert drop.accessibleName() == "Drop with “bryony”"
    drop.click()
    counted(page, 5, qtbot)
    assert page.filters.words.value() == ""


def test_the_filter_is_a_sentence_made_by_keyboard(page: CallsPage, qtbot: QtBot) -> None:
    """Term, line, to complete."""
    page.on_filter()
    tab_to("When")
    write("this term")
    counted(page, 3, qtbot)
    tab_to("Line")
    write("central")
    counted(page, 2, qtbot)
    tab_to("To complete")
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: "to complete" in page.line)
    assert page.line == "2 calls, 1 September 2026 to 20 November 2026, line Central, to complete, as of 10:43"
    assert [button.text() for button in page.parts.buttons()] == [
        "1 September 2026 to 20 November 2026",
        "line Central",
        "to complete",
        "Show all calls",
    ]


def test_days_can_be_typed(page: CallsPage, qtbot: QtBot) -> None:
    """From … to …, read as people write them."""
    page.on_filter()
    tab_to("When")
    write("from")
    press(Key.Key_Tab)
    assert keyboard() is page.filters.first.keys
    write("1/9/1999")
    press(Key.Key_Tab)
    write("31.7.2000")
    counted(page, 1, qtbot)
    assert page.selection == Selection(first=date(1999, 9, 1), last=date(2000, 7, 31))


def test_exactly_the_calls_behind_a_figure_are_shown(page: CallsPage, desk: Services, qtbot: QtBot) -> None:
    """Parts that no field of the filter can say are kept too, and said in the sentence."""
    north_or_none = Chosen(vocabulary=Vocabulary.LINE, codes=frozenset({TermCode("north"), TermCode("east")}))
    behind = Selection(first=date(2025, 9, 1), last=TODAY, chosen=(north_or_none,))
    page.show_selection(behind)
    counted(page, 1, qtbot)
    assert list(page.model.ids()) == list(desk.calls.ids(behind))
    assert "line East area or North area" in page.line
    page.on_filter()
    tab_to("Taken by")
    write("hana")
    qtbot.waitUntil(lambda: "taken by Hana Helpline" in page.line)
    assert page.selection.chosen == (north_or_none,)


def test_a_filter_that_fits_nothing_and_an_empty_record_say_different_things(
    page: CallsPage, window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    """Each with the one button that helps."""
    page.show_selection(Selection(words="nobody of that name"))
    counted(page, 0, qtbot)
    assert "No call fits this filter" in page.nothing.words.text()
    assert page.nothing.everything.isVisible()
    assert not page.nothing.new_call.isVisible()
    assert not page.table.isVisible()
    page.nothing.everything.click()
    counted(page, 5, qtbot)
    assert page.table.isVisible()


def test_an_empty_record_says_how_it_begins(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """New call, F8."""
    page = opened(window_desk, show, qtbot)
    assert "No call is on record yet" in page.nothing.words.text()
    with qtbot.waitSignal(page.new_call_wanted):
        page.nothing.new_call.click()


def test_sorting_is_the_databases_and_both_ways(page: CallsPage, qtbot: QtBot) -> None:
    """By caller, upwards and downwards."""
    page.table.sort_by(1, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: column(page, 1)[-1].startswith("Rowan") and column(page, 1)[0].startswith("Anonymous"))
    page.table.sort_by(1, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: column(page, 1)[-1].startswith("Anonymous"))
    assert page.model.size() == 5


def test_a_call_logged_by_a_colleague_comes_in_and_the_keyboard_stays_on_its_call(
    page: CallsPage, desk: Services, qtbot: QtBot
) -> None:
    """F5, a minute later, or back in the window."""
    press(Key.Key_Down, times=2)
    here = page.table.current_record()
    desk.calls.log(a_call(caller_name="Somebody New"))
    page.on_refresh()
    counted(page, 6, qtbot)
    assert page.table.current_record() == here
    assert page.table.currentIndex().row() == 3


def test_a_call_changed_elsewhere_is_shown_as_it_now_is(page: CallsPage, desk: Services, qtbot: QtBot) -> None:
    """The same rows, read anew."""
    call_id = page.model.ids()[0]
    desk.calls.remove(call_id, 1)
    page.on_refresh()
    counted(page, 4, qtbot)
    desk.calls.put_back(call_id, 2)
    page.on_refresh()
    counted(page, 5, qtbot)
    assert "…" not in column(page, 1)


def test_what_looks_like_markup_is_shown_letter_by_letter_on_one_line(
    desk: Services, window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    """In cells, sentences and buttons; a sign that turns the direction turns nothing after it."""
    desk.calls.log(a_call(caller_name=HOSTILE, child_name=HOSTILE, taken_by=HOSTILE))
    page = opened(window_desk, show, qtbot)
    assert column(page, 2) == [HOSTILE.replace("\n", " ")]
    page.show_selection(Selection(taken_by=HOSTILE))
    qtbot.waitUntil(lambda: "taken by" in page.line and "as of" in page.line)
    assert f"taken by \u2068{HOSTILE}\u2069, as of" in page.line
    assert page.line in label_texts(page)
    assert page.parts.buttons()[0].text().startswith('taken by \u2068<img src="x"> Mum said <b>urgent &&Save')


def test_when_the_list_cannot_be_read_it_says_so_and_tries_again(
    page: CallsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was shown stays."""
    from ppsdesk.domain.errors import StorageUnavailable

    page._failed(StorageUnavailable("The database server did not answer."))
    assert (
        page.trouble.text == "The list could not be read. The database server did not answer. What is shown may be old."
    )
    assert page.model.size() == 5
    page.trouble.buttons()[0].click()
    qtbot.waitUntil(lambda: page.trouble.text == "")


# -- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "first", "last"),
    [
        (spans.TODAY, TODAY, TODAY),
        (spans.WEEK, date(2026, 11, 16), TODAY),
        (spans.TERM, date(2026, 9, 1), TODAY),
        ("2026-27", date(2026, 9, 1), TODAY),
        ("2000-01", date(2000, 9, 1), date(2001, 7, 31)),
    ],
)
def test_a_stretch_of_days_ends_today_at_the_latest(choice: str, first: date, last: date) -> None:
    """Years end as the desk's settings say."""
    span = spans.span_of(choice, TODAY, YearEnds.JULY)
    assert span is not None
    assert (span.first, span.last) == (first, last)


def test_the_sentence_of_a_list_names_count_and_every_part(desk: Services) -> None:
    """The heading of the list behind a figure."""
    lists = desk.vocabularies.all()
    asked = Selection(first=date(2000, 9, 1), last=date(2001, 7, 31)).narrowed(Vocabulary.LINE, TermCode("central"))
    assert counted_sentence(asked, lists, 2647) == "2,647 calls, September 2000 to July 2001, line Central"
    assert [words for words, _ in parts_of(asked, lists)] == ["September 2000 to July 2001", "line Central"]
    assert [rest.chosen for _, rest in parts_of(asked, lists)] == [asked.chosen, ()]


# -- very many calls ---------------------------------------------------------------------------------------------------


def copied(storage: Storage, times: int) -> None:
    """The first call so many times more, spread over ten years."""
    columns = ", ".join(c.name for c in CallRow.__table__.columns if c.name not in ("id", "key", "taken_on"))
    copies = (
        f"INSERT INTO call (key, taken_on, {columns}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        f" WHERE i < {times}) SELECT lower(hex(randomblob(16))), date('2026-11-20', '-' || (i % 3650) || ' days'),"
        f" {columns} FROM n, (SELECT {columns} FROM call LIMIT 1)"
    )
    with storage.engine.begin() as connection:
        connection.exec_driver_sql(copies)


@pytest.mark.parametrize("make_storage", ["sqlite"], indirect=True)
def test_a_hundred_thousand_calls_never_hold_the_window_up(
    storage: Storage, window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    """Opened, scrolled to the end, filtered: nothing is asked on the window's thread, and the watchdog looks on."""
    window_desk.services.calls.log(a_call())
    copied(storage, 99_999)
    asked_by: set[int] = set()
    event.listen(storage.engine, "before_cursor_execute", lambda *_: asked_by.add(threading.get_ident()))
    page = opened(window_desk, show, qtbot)
    counted(page, 100_000, qtbot)

    press(Key.Key_End)
    qtbot.waitUntil(lambda: page.table.current_record() is not None)
    press(Key.Key_Home)
    page.show_selection(Selection(last=TODAY - timedelta(days=1)))
    qtbot.waitUntil(lambda: "as of" in page.line and page.model.size() < 100_000)
    page.show_everything()
    counted(page, 100_000, qtbot)
    assert asked_by
    assert threading.get_ident() not in asked_by


def test_a_million_numbers_in_the_list_hold_nobody_up(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """Only the pages one looks at are asked for; the watchdog looks on."""
    page = opened(window_desk, show, qtbot)
    asked: list[int] = []

    def fetch(ids: Sequence[int]) -> None:
        asked.extend(ids)
        page.model.supply({number: line(number) for number in ids})

    page.table.show()
    page.focus_first()

    million = array("q", range(1_000_000))

    page.model.show(million, fetch)
    for _ in range(20):
        press(Key.Key_PageDown)
    press(Key.Key_End)
    qtbot.waitUntil(lambda: page.table.current_record() is not None)
    assert page.table.current_record() == line(999_999)
    assert page.model.held() <= 4_000
    assert len(set(asked)) < 5_000


def line(number: int) -> CallLine:
    """A line as the database would give it."""
    return CallLine(
        id=number, taken_on=TODAY, started_at=None, direction="in", line=TermCode("central"), missing=0, removed=False,
        caller_kind=TermCode("PARENT"), anonymous=False, caller_name=f"Caller {number}", child_name="",
        topics=(), minutes=None, taken_by="", reference="",
    )  # fmt: skip
