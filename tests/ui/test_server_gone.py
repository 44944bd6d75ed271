"""The shared server goes away while somebody takes calls, and comes back: each call is saved once, by itself.

Every test here runs under the watchdog: whatever the network does, the window goes on taking keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.selection import Selection
from ppsdesk.storage import audit, opening
from ppsdesk.storage.listening import Listening
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.conftest import PERSON, services_on
from tests.fakes import Clock
from tests.harness.proxy import COMMIT, Proxy
from tests.ui.on_desk import CTRL, WatchedNotices, press, tab_to, write
from ui.calls.drafts_bar import DraftsBar
from ui.calls.pad import CallPad
from ui.calls.pads import CallPads
from ui.calls.waiting import NOT_SAVED_YET, SAVED_AFTER_ALL
from ui.kit.background import Background
from ui.kit.connection import Trouble
from ui.kit.desk import Desk

Show = Callable[..., QWidget]
Folders = Callable[[Storage, str], Services]
Key = Qt.Key
PATIENCE = 20_000  # milliseconds
QUICK = (0.05, 0.05, 0.05, 0.2)


@dataclass
class Shift:
    """A desk at work: its open calls, the network it is on, and the database seen past it."""

    desk: Desk
    pads: CallPads
    network: Proxy
    database: str
    server: postgres.Server
    on_record: Services

    @property
    def pad(self) -> CallPad:
        """The call that has the keyboard."""
        return self.pads.current

    @property
    def files(self) -> list[Path]:
        """What this computer keeps."""
        return sorted(self.desk.services.folder.unfinished.glob("*"))

    def callers(self) -> list[str]:
        """Who is on record, by name."""
        calls = self.on_record.calls
        return sorted(calls.get(number).caller_name for number in calls.ids(Selection()))


def signed_in(address: str) -> Storage:
    """The database at an address; silence is noticed after a second and a half."""
    return opening.open_shared(opening.read_address(address), postgres.PASSWORD, Listening(quiet=0.4, reply=1.0))


@pytest.fixture
def folders(tmp_path: Path, clock: Clock) -> Folders:
    """Makes services on a storage, with a folder of that name."""
    return lambda storage, name: services_on(storage, tmp_path / name, clock)


@pytest.fixture
def storages(server: postgres.Server, database: str, network: Proxy) -> Iterator[tuple[Storage, Storage]]:
    """The database through the network, and past it."""
    opened = signed_in(network.address(database, PERSON)), signed_in(server.address(database, PERSON))
    yield opened
    for storage in opened:
        storage.close()


@pytest.fixture
def shift(  # noqa: PLR0917  # what pytest hands in is named
    server: postgres.Server,
    network: Proxy,
    storages: tuple[Storage, Storage],
    show: Show,
    qtbot: QtBot,
    folders: Folders,
) -> Iterator[Shift]:
    """A pad opened by F8, on a server behind a network that does what a test tells it."""
    storage, straight = storages
    background, notices = Background(), WatchedNotices()
    qtbot.addWidget(notices)
    desk = Desk(folders(storage, "desk"), background, notices, pauses=QUICK)
    pads = CallPads(desk)
    with qtbot.waitSignal(pads.current.form.lists_came):
        show(pads, 968, 514)
    pads.start_new()
    yield Shift(desk, pads, network, str(straight.engine.url.database), server, folders(straight, "elsewhere"))
    network.flow()
    pads.rest()
    pads.leave()
    assert background.finish(PATIENCE)
    assert notices.faults == []


def write_a_call(name: str) -> None:
    """Who, what kind, what about, and a note; the keyboard is left in the notes."""
    write(name)
    press(Key.Key_Tab)
    write("parent")
    tab_to("Topics")
    write("annual")
    press(Key.Key_Return)
    press(Key.Key_Tab)
    write("Asked about the date.")


def waits(pad: CallPad, qtbot: QtBot) -> str:
    """Press Ctrl+Enter, and wait until the pad says that the call waits; what it says."""
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: pad.trouble.text.startswith(NOT_SAVED_YET), timeout=PATIENCE)
    assert pad.waiting.waits
    assert pad.form.editor("notes").value() == "Asked about the date."
    return pad.trouble.text


def saved_by_itself(shift: Shift, qtbot: QtBot, *callers: str) -> None:
    """Wait until these are on record, once each, and nothing is left behind."""
    qtbot.waitUntil(lambda: shift.pads.waiting == 0 and not shift.pads.has_unsaved, timeout=PATIENCE)
    assert shift.callers() == sorted(callers)
    assert shift.files == []
    assert shift.on_record.drafts.mine() == ()


def test_a_server_that_goes_away_amid_a_call_gets_it_when_it_is_back(shift: Shift, qtbot: QtBot) -> None:
    write_a_call("Bryony Meadowlark")
    shift.network.cut(and_refuse=True)
    said = waits(shift.pad, qtbot)
    assert said == (
        "Not saved yet: the shared database does not answer. Your call is kept on this computer; "
        "it is saved by itself when the server is back."
    )
    assert shift.pad.state.text == NOT_SAVED_YET
    assert len(shift.files) == 1
    assert shift.callers() == []
    shift.network.flow()
    saved_by_itself(shift, qtbot, "Bryony Meadowlark")
    assert shift.pad.trouble.text == SAVED_AFTER_ALL
    assert shift.pad.state.text.startswith("Saved ")


@pytest.mark.parametrize("when", ["before", "while typing"])
def test_a_connection_that_stalls_is_noticed_and_the_call_saved_once(shift: Shift, qtbot: QtBot, when: str) -> None:
    """Half-open: nothing comes back, and nothing says so."""
    if when == "before":
        shift.network.stall()
    write_a_call("Bryony Meadowlark")
    shift.network.stall()
    assert "does not answer" in waits(shift.pad, qtbot)
    shift.network.cut()
    shift.network.flow()
    saved_by_itself(shift, qtbot, "Bryony Meadowlark")


def test_a_call_whose_acknowledgement_was_lost_is_there_once(shift: Shift, qtbot: QtBot) -> None:
    write_a_call("Bryony Meadowlark")
    qtbot.waitUntil(shift.pad._keeper.keep_now, timeout=PATIENCE)  # the COMMIT that is lost is not a draft's
    shift.network.refuses = True
    shift.network.lose_the_answer_to(COMMIT)
    waits(shift.pad, qtbot)
    assert shift.callers() == ["Bryony Meadowlark"]
    shift.network.flow()
    saved_by_itself(shift, qtbot, "Bryony Meadowlark")


def test_further_calls_are_taken_meanwhile_and_each_is_saved_once(shift: Shift, qtbot: QtBot) -> None:
    said: list[str] = []
    shift.pads.waiting_said.connect(said.append)
    shift.network.cut(and_refuse=True)
    names = ("Bryony Meadowlark", "Idris Fernhollow", "Cai Marshlark")
    for number, name in enumerate(names, start=1):
        write_a_call(name)
        waits(shift.pad, qtbot)
        assert shift.pads.waiting == number
        shift.pads.start_new()
        qtbot.waitUntil(lambda: shift.pad.form.is_complete and bool(shift.pad.form.lists.terms), timeout=PATIENCE)
    assert len(shift.pads.pads()) == 4
    assert len(shift.files) == 3
    write("Nell")  # the fourth caller is being written down when the server comes back
    shift.network.flow()
    qtbot.waitUntil(lambda: shift.pads.waiting == 0 and len(shift.pads.pads()) == 1, timeout=PATIENCE)
    assert shift.callers() == sorted(names)
    assert any(words.startswith("3 calls wait to be saved") for words in said)
    assert said[-1] == ""
    assert shift.pad.form.box.line.text() == "Nell"
    qtbot.waitUntil(lambda: shift.files == [], timeout=PATIENCE)
    assert len(shift.on_record.drafts.mine()) == 1


def test_somebody_who_types_on_saves_it_again_by_hand(shift: Shift, qtbot: QtBot) -> None:
    """Nobody finds half a sentence on record."""
    write_a_call("Bryony Meadowlark")
    shift.network.cut(and_refuse=True)
    waits(shift.pad, qtbot)
    write(" And")
    assert "changed since" in shift.pad.trouble.text
    with qtbot.waitSignal(shift.desk.connection.back, timeout=PATIENCE):
        shift.network.flow()
    assert shift.callers() == []
    write(" more.")
    with qtbot.waitSignal(shift.pad.logged, timeout=PATIENCE):
        press(Key.Key_Return, CTRL)
    [number] = shift.on_record.calls.ids(Selection())
    assert shift.on_record.calls.get(number).notes == "Asked about the date. And more."


def test_what_waits_is_offered_at_the_next_start_and_never_saved_by_itself(
    shift: Shift, qtbot: QtBot, tmp_path: Path, show: Show
) -> None:
    """The program ends while the server is gone."""
    write_a_call("Bryony Meadowlark")
    shift.network.cut(and_refuse=True)
    waits(shift.pad, qtbot)
    shift.pads.rest()
    shift.desk.connection.stop()
    shift.network.flow()
    desk = Desk(shift.desk.services, shift.desk._background, shift.desk.notices, pauses=QUICK)
    pads = CallPads(desk)
    bar = DraftsBar(desk, offers=pads.offers)
    show(bar, 900, 60)
    shift.pads.leave()
    bar.refresh()
    qtbot.waitUntil(lambda: len(bar.offered()) == 1, timeout=PATIENCE)
    assert "Bryony" in bar.bar.text
    assert shift.callers() == []
    show(pads, 968, 514)
    pads.resume(bar.offered()[0])
    qtbot.waitUntil(lambda: shift.files == [], timeout=PATIENCE)  # the database has it again
    with qtbot.waitSignal(pads.logged, timeout=PATIENCE):
        pads.save()
    assert shift.callers() == ["Bryony Meadowlark"]
    pads.rest()
    pads.leave()


@pytest.mark.parametrize("how", ["cut", "stalled"])
def test_what_is_typed_while_the_server_is_gone_is_on_this_computers_disk(shift: Shift, qtbot: QtBot, how: str) -> None:
    """Nobody has pressed Save; the program may end at any moment. Back again, the database has it and no file stays."""
    write_a_call("Bryony Meadowlark")
    qtbot.waitUntil(shift.pad._keeper.keep_now, timeout=PATIENCE)
    if how == "cut":
        shift.network.cut(and_refuse=True)
    else:
        shift.network.stall()
    write(" And more.")

    def kept() -> list[object]:
        return [draft.content.get("notes") for draft in shift.desk.services.drafts.here()]

    qtbot.waitUntil(lambda: kept() == ["Asked about the date. And more."], timeout=PATIENCE)
    shift.network.cut()
    shift.network.flow()
    qtbot.waitUntil(lambda: shift.files == [], timeout=PATIENCE)
    [draft] = shift.on_record.drafts.mine()
    assert draft.content["notes"] == "Asked about the date. And more."


def test_during_an_upgrade_calls_wait_and_go_through_afterwards(shift: Shift, qtbot: QtBot) -> None:
    with shift.server.connect(shift.database, PERSON) as upgrader:
        upgrader.execute("SELECT pg_advisory_lock(%s)", (audit.UPGRADE_LOCK,))
        upgrader.execute("UPDATE maintenance SET upgrading_by = 'priya', since = now()")
        write_a_call("Bryony Meadowlark")
        said = waits(shift.pad, qtbot)
        assert "is being upgraded just now." in said
        assert "Your call is kept on this computer; it is saved by itself as soon as that is over." in said
        upgrader.execute("UPDATE maintenance SET upgrading_by = NULL, since = NULL")
    saved_by_itself(shift, qtbot, "Bryony Meadowlark")


def test_a_server_that_takes_no_changes_gets_them_when_it_does(shift: Shift, qtbot: QtBot) -> None:
    name = shift.database
    with shift.server.connect() as administrator:
        administrator.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        shift.network.cut()
        write_a_call("Bryony Meadowlark")
        assert "takes no changes just now (read-only)." in waits(shift.pad, qtbot)
        assert shift.desk.connection.trouble is Trouble.NO_CHANGES
        administrator.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
        shift.network.cut()
    saved_by_itself(shift, qtbot, "Bryony Meadowlark")


def test_a_program_that_has_become_too_old_keeps_the_call_and_tries_no_more(shift: Shift, qtbot: QtBot) -> None:
    """Only a person can help: the newer program, on this computer too."""
    with shift.server.connect(shift.database) as administrator:
        administrator.execute("UPDATE alembic_version SET version_num = '9999'")
    write_a_call("Bryony Meadowlark")
    said = waits(shift.pad, qtbot)
    assert "was upgraded" in said
    assert "install the newer version: the call is offered there again." in said
    assert shift.desk.connection.trouble is Trouble.SHUT_OUT
    assert shift.desk.connection.tries == 0
    assert not shift.desk.connection._next.isActive()
    assert len(shift.files) == 1
