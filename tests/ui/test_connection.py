"""Whether the database answers: asked again and again but never in a storm, one question at a time, said once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ppsdesk.domain.errors import (
    CannotStart,
    DeskError,
    SignInRefused,
    StorageTooNew,
    StorageUnavailable,
    WritingPaused,
)
from ppsdesk.domain.selection import Selection
from tests.conftest import PERSON
from tests.fakes import Clock
from tests.harness.proxy import Proxy
from tests.ui.test_server_gone import PATIENCE, write_a_call
from tests.ui.windows import Windows, press
from ui.kit.background import Background
from ui.kit.connection import LEAST, PAUSES, Connection, Trouble
from ui.kit.gate import Gate

AWAY = StorageUnavailable("The database server did not answer.", hint="What you typed is still here.")
Make = Callable[..., Connection]


class Server:
    """Answers, or raises what it was told to; counts how often it was asked."""

    def __init__(self, trouble: Exception | None) -> None:
        self.trouble, self.asked = trouble, 0

    def __call__(self) -> None:
        """A try."""
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble


def unexpected(error: BaseException) -> None:
    """Nothing here is a fault of the program."""
    raise AssertionError from error


@pytest.fixture
def make(qapp: QApplication) -> Iterator[Make]:
    """Makes connections to servers of the test."""
    background = Background()

    def made(server: Server, *, shared: bool = True, pauses: tuple[float, ...] = (0.01,)) -> Connection:
        return Connection(background, server, shared=lambda: shared, clock=Clock(), pauses=pauses, fault=unexpected)

    yield made
    assert background.finish(PATIENCE)


# -- trying again ------------------------------------------------------------------------------------------------------


def test_it_is_asked_until_it_answers_and_what_waits_is_told_once(make: Make, qtbot: QtBot) -> None:
    server = Server(AWAY)
    connection = make(server)
    back: list[int] = []
    connection.back.connect(lambda: back.append(1))
    connection.failed(AWAY, changing=True)
    assert connection.trouble is Trouble.NO_ANSWER
    qtbot.waitUntil(lambda: server.asked > 3, timeout=PATIENCE)
    server.trouble = None
    qtbot.waitUntil(lambda: bool(back), timeout=PATIENCE)
    assert (connection.trouble, back) == (Trouble.NONE, [1])


def test_after_the_third_try_there_is_at_most_one_a_second_whoever_asks(make: Make, qtbot: QtBot) -> None:
    """Saves, buttons and a window that comes to the front all at once."""
    assert all(pause >= LEAST for pause in PAUSES[3:])
    server = Server(AWAY)
    connection = make(server, pauses=(0.0, 0.0, 0.0, 5.0))
    connection.failed(AWAY, changing=True)
    qtbot.waitUntil(lambda: server.asked == 3 and not connection._under_way, timeout=PATIENCE)
    for _ in range(50):
        connection.try_now()
        connection.failed(AWAY, changing=True)
        QApplication.processEvents()
    assert server.asked == 3
    assert 0 < connection._next.remainingTime() <= LEAST * 1000


def test_trouble_that_comes_back_at_once_does_not_begin_to_count_anew(make: Make, qtbot: QtBot) -> None:
    """The try succeeds and every save fails: a storm, if each success forgot the tries before."""
    server = Server(None)
    connection = make(server)
    for number in range(1, 6):
        connection.failed(WritingPaused("Held.", hint=""), changing=True)
        qtbot.waitUntil(lambda: connection.trouble is Trouble.NONE, timeout=PATIENCE)
        assert connection.tries == number


def test_a_server_that_says_something_else_when_it_is_asked_does_answer(make: Make, qtbot: QtBot) -> None:
    server = Server(AWAY)
    connection = make(server)
    back: list[int] = []
    connection.back.connect(lambda: back.append(1))
    connection.failed(AWAY, changing=True)
    server.trouble = CannotStart("There are no tables yet.", hint="Ask the administrator.")
    qtbot.waitUntil(lambda: bool(back), timeout=PATIENCE)
    assert connection.trouble is Trouble.NONE
    assert not connection._next.isActive()


@pytest.mark.parametrize(
    "error", [SignInRefused("Switched off.", hint="Ask."), StorageTooNew("Upgraded.", hint="Install.")]
)
def test_where_only_a_person_can_help_nothing_is_tried_but_by_hand(make: Make, qtbot: QtBot, error: DeskError) -> None:
    """A login that is refused again and again would be locked."""
    server = Server(error)
    connection = make(server)
    connection.failed(error, changing=True)
    assert connection.trouble is Trouble.SHUT_OUT
    assert not connection._next.isActive()
    connection.try_now()
    qtbot.waitUntil(lambda: server.asked == 1 and not connection._under_way, timeout=PATIENCE)
    assert not connection._next.isActive()


@pytest.mark.parametrize(
    ("error", "shared", "changing", "trouble"),
    [
        (AWAY, True, False, Trouble.NO_ANSWER),
        (AWAY, False, True, Trouble.NONE),  # a backup of a local file that could not be made
        (WritingPaused("Locked.", hint=""), False, True, Trouble.NO_CHANGES),
        (WritingPaused("Too slow.", hint=""), True, False, Trouble.NONE),  # a question that took too long
        (CannotStart("No tables.", hint=""), True, True, Trouble.NONE),
        (ValueError("ours"), True, True, Trouble.NONE),
    ],
)
def test_only_what_is_trouble_with_the_connection_counts_as_such(
    make: Make, *, error: Exception, shared: bool, changing: bool, trouble: Trouble
) -> None:
    connection = make(Server(AWAY), shared=shared, pauses=(60.0,))
    connection.failed(error, changing=changing)
    assert connection.trouble is trouble
    connection.stop()


def test_a_late_answer_from_before_does_not_end_the_trouble_only_a_try_does(make: Make, qtbot: QtBot) -> None:
    connection = make(Server(None), pauses=(60.0,))
    connection.failed(AWAY, changing=False)
    connection.answered(changed=False)
    assert connection.trouble is Trouble.NO_ANSWER
    qtbot.waitUntil(lambda: connection.trouble is Trouble.NONE, timeout=PATIENCE)


def test_while_no_change_is_taken_an_answered_question_ends_nothing_and_a_change_that_is_taken_does(
    make: Make,
) -> None:
    connection = make(Server(AWAY), pauses=(60.0,))
    connection.failed(WritingPaused("Held.", hint=""), changing=True)
    connection.answered(changed=False)
    assert connection.trouble is Trouble.NO_CHANGES
    connection.answered(changed=True)
    assert connection.trouble is Trouble.NONE


def test_the_answer_to_a_try_is_as_old_as_what_is_said_to_be_seen(make: Make, qtbot: QtBot) -> None:
    connection = make(Server(None))
    connection.failed(AWAY, changing=False)
    assert connection.as_of is None
    qtbot.waitUntil(lambda: connection.trouble is Trouble.NONE, timeout=PATIENCE)
    assert connection.as_of == Clock()()


# -- one at a time -----------------------------------------------------------------------------------------------------


def test_questions_to_a_server_that_is_gone_fail_with_the_one_that_was_tried() -> None:
    """A page of ten questions takes as long as one."""
    gate, asked, ended = Gate(lambda: True), list[int](), list[str]()
    first = gate.through(Server(AWAY))
    with pytest.raises(StorageUnavailable):
        first()
    going, let_go = threading.Event(), threading.Event()

    def stalls() -> None:
        asked.append(1)
        going.set()
        let_go.wait(20)
        raise AWAY

    def run(work: Callable[[], None]) -> None:
        with pytest.raises(StorageUnavailable) as said:
            work()
        ended.append(said.value.message)

    jobs = [gate.through(stalls) for _ in range(10)]
    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    assert going.wait(20)
    let_go.set()
    for thread in threads:
        thread.join(20)
    assert (sum(asked), len(ended)) == (1, 10)


def test_the_first_answer_opens_the_way_for_all() -> None:
    gate = Gate(lambda: True)
    with pytest.raises(StorageUnavailable):
        gate.through(Server(AWAY))()
    assert gate.closed
    waited = gate.through(lambda: 7)
    assert waited() == 7
    assert not gate.closed


def test_a_local_file_is_never_gone() -> None:
    gate = Gate(lambda: False)
    with pytest.raises(StorageUnavailable):
        gate.through(Server(AWAY))()
    assert not gate.closed


# -- the whole window --------------------------------------------------------------------------------------------------


@pytest.fixture
def windows(qtbot: QtBot, theme: object) -> Iterator[Windows]:
    """Opens windows."""
    opened = Windows(qtbot, [])
    yield opened
    opened.close()


def test_the_window_says_it_once_and_looks_again_when_the_server_is_back(
    network: Proxy, database: str, windows: Windows, tmp_path: Path, qtbot: QtBot
) -> None:
    """One bar, as old as what it shows; calls that wait in the status line; nobody leaves without being told."""
    window = windows.ready(windows.open(tmp_path, database=network.address(database, PERSON)))
    page = window.page("today")
    assert window.lost.text == ""
    network.cut(and_refuse=True)
    page.refresh()  # type: ignore[attr-defined]  # the page's own
    qtbot.waitUntil(lambda: bool(window.lost.text), timeout=PATIENCE)
    assert window.lost.text.startswith("The shared database does not answer. What you see is as of ")
    qtbot.waitUntil(lambda: not window._background._jobs, timeout=PATIENCE)
    assert page.trouble.text == ""  # type: ignore[attr-defined]
    assert window.desk.notices.trouble.text == ""
    press("F8")
    write_a_call("Bryony Meadowlark")
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: window.pads.waiting == 1, timeout=PATIENCE)
    assert window.saving.text() == "1 call waits to be saved (kept on this computer, not encrypted)"
    assert not window.close()
    assert "offered as unfinished at the next start" in window.desk.notices.trouble.text
    network.flow()
    qtbot.waitUntil(lambda: window.pads.waiting == 0 and window.lost.text == "", timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window._background._jobs, timeout=PATIENCE)
    assert "waits" not in window.saving.text()
    desk = window.desk.services
    assert [desk.calls.get(call).caller_name for call in desk.calls.ids(Selection())] == ["Bryony Meadowlark"]
    assert window.close()
    window.leave()
