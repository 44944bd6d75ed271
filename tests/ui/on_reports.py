"""The page of reports on a small record, as tests of it begin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import NewCall
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.selection import Selection
from ppsdesk.storage.work import Storage
from tests.builders import a_call_on
from tests.conftest import Clock
from ui.kit.desk import Desk
from ui.reports.figures_view import FiguresView
from ui.reports.reports_page import ReportsPage

Show = Callable[..., QWidget]

LAST_OF_MARCH = datetime(2002, 3, 31, 11, 43, tzinfo=UTC)
HOSTILE = "County <b>service & <img src=x> 'Ünïon' =1+1"


@pytest.fixture
def reports_record(storage: Storage, desk: Services, clock: Clock) -> None:
    """A small call log to March 2002: 12 calls in 1999-00, 26 in 2000-01, 24 in 2001-02, and some left out."""
    clock.now = LAST_OF_MARCH
    days = [date(1999, 9, 1)] * 5 + [date(2000, 7, 31)] * 7  # 12, 5 of them by the end of March
    days += [date(2000, 10, 2)] * 9 + [date(2001, 3, 31)] * 8 + [date(2001, 4, 1)] * 9  # 26, 17 by the end of March
    days += [date(2001, 9, 1)] * 10 + [date(2002, 3, 31)] * 14  # 24
    days += [date(2000, 8, 15)] * 3 + [date(2001, 8, 1)] * 4  # in no September-to-July year
    days += [date(2002, 3, 20)] * 2  # removed below
    calls: list[NewCall] = [a_call_on(day) for day in days]
    with storage.writing() as work:
        work.calls.add_many(calls, recorded_at=clock())
        work.commit()
    for call_id in desk.calls.ids(Selection(first=date(2002, 3, 20), last=date(2002, 3, 20))):
        desk.calls.remove(call_id, 1)


@pytest.fixture
def reports_page(reports_record: None, window_desk: Desk, show: Show, qtbot: QtBot) -> ReportsPage:
    """The page as it stands when it is opened: the last three years counted, September to July."""
    window_desk.services.settings.change(year_ends=YearEnds.JULY, service=HOSTILE)
    return opened(window_desk, show, qtbot)


def opened(desk: Desk, show: Show, qtbot: QtBot) -> ReportsPage:
    """The page, shown and counted."""
    made = ReportsPage(desk)
    with qtbot.waitSignal(made.counted, timeout=20_000):
        show(made)
    made.focus_first()
    return made


def cells(view: FiguresView) -> list[list[str]]:
    """A table as it is on the screen."""
    model = view.table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
