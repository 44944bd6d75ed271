"""Storage on both databases, copied from a template for each test; the desk's services on top of it."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # without it and without a screen Qt aborts the whole run
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings

from ppsdesk import assembly
from ppsdesk.domain.places import Whereabouts
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW
from tests.fakes import Clock
from tests.harness.proxy import Proxy, bad_network

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("ours")

PERSON = "hana"
HELD_UP = "The window did not answer for"  # as the watchdog begins
DATABASES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--brief`: a part of each of the longest proofs, for a look in between; without it, all of them."""
    parser.addoption("--brief", action="store_true", help="only a part of each of the longest proofs")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """What the watchdog saw is looked at a second time: a processor that others share may falter.

    A window that is really held up is held up again. Whatever else went wrong counts at once.
    """
    if "watchdog" not in getattr(item, "fixturenames", ()):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    wrong = [str(report.longrepr) for report in reports if report.failed]
    if wrong and all(words.startswith(HELD_UP) for words in wrong):
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Once a window was opened Python clears cycles by itself no more: here, on the thread of the windows, instead."""
    if not gc.isenabled():
        from ui.kit.tidying import clear_what_is_due

        clear_what_is_due()


@pytest.fixture(scope="session")
def whole(pytestconfig: pytest.Config) -> bool:
    """Whether the long proofs run at their full length."""
    return not pytestconfig.getoption("--brief")


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """As the test library's own, with the patience a busy machine needs."""
    from tests.ui.patience import PatientBot

    return PatientBot(request)


@pytest.fixture
def clock() -> Clock:
    """Friday 20 November 2026, 10:43."""
    return Clock()


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """The PostgreSQL server of this test run."""
    with postgres.running_server() as started:
        started.add_login(PERSON)
        yield started


@pytest.fixture(scope="session")
def shared_template(server: postgres.Server) -> Iterator[str]:
    """A database with the schema, to copy from."""
    with server.database(owner=PERSON) as name:
        url = opening.read_address(server.address(name, PERSON))
        opening.create_shared(url, postgres.PASSWORD, starters(), now=NOW)
        yield name


@pytest.fixture(scope="session")
def local_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema, to copy from; closed, so it may be copied as a file."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "ppsdesk.db"
    opening.open_local(path, starters(), person=PERSON, backups=folder / "backups", now=NOW).close()
    return path


@pytest.fixture
def database(server: postgres.Server, shared_template: str) -> Iterator[str]:
    """A shared database with the schema."""
    with server.database(owner=PERSON, template=shared_template) as name:
        yield name


@pytest.fixture
def network(server: postgres.Server) -> Iterator[Proxy]:
    """The way to the server."""
    with bad_network(server) as proxy:
        yield proxy


MakeStorage = Callable[[], Storage]


@pytest.fixture(params=DATABASES)
def make_storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStorage]:
    """Opens the test's database once more, as another desk would; on a local file and on a shared server in turn."""
    opened: list[Storage] = []
    if request.param == "sqlite":
        folder = DeskFolder(tmp_path / "desk").make()
        shutil.copy(request.getfixturevalue("local_template"), folder.database)

        def make() -> Storage:
            opened.append(
                opening.open_local(folder.database, starters(), person=PERSON, backups=folder.backups, now=NOW)
            )
            return opened[-1]

        yield make
        _close(opened)
        return
    server: postgres.Server = request.getfixturevalue("server")
    with server.database(owner=PERSON, template=request.getfixturevalue("shared_template")) as name:

        def sign_in() -> Storage:
            opened.append(opening.open_shared(opening.read_address(server.address(name, PERSON)), postgres.PASSWORD))
            return opened[-1]

        yield sign_in
        _close(opened)


def _close(opened: list[Storage]) -> None:
    for storage in opened:
        storage.close()


@pytest.fixture
def storage(make_storage: MakeStorage) -> Storage:
    """The test's database, on a local file and on a shared server in turn."""
    return make_storage()


def services_on(storage: Storage, folder: Path, clock: Clock) -> assembly.Services:
    """The desk's services on a storage, with the test's clock."""
    chosen = Choices(folder=DeskFolder(folder).make(), person=PERSON)
    path = None if storage.engine.dialect.name == "postgresql" else DeskFolder(folder).database
    return assembly.services_on(storage, chosen, Whereabouts(words="A database of the tests", path=path), clock=clock)


@pytest.fixture
def desk(storage: Storage, tmp_path: Path, clock: Clock) -> assembly.Services:
    """The desk's services, on both databases in turn."""
    return services_on(storage, tmp_path / "desk", clock)
