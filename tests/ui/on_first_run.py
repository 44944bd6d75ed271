"""The first run on a shared server: its questions answered by keys, and servers that are not as they should be."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ppsdesk.domain.rights import Role
from tests import postgres
from tests.storage.shared_server import Shared
from tests.ui.windows import press, type_text
from ui.start.connect import PASSWORD, Connect

PATIENCE = 20_000  # milliseconds


def lines(connect: Connect) -> list[tuple[str, str]]:
    """What the check says, with the kind of each line."""
    return [(line.kind, line.words) for line in connect.check.lines.lines()]


def place(connect: Connect, server: str, database: str = "", name: str = "", port: int | None = None) -> None:
    """Answer the first question by keys, as the sheet has it."""
    for text in (server, database, name, "" if port is None else str(port)):
        type_text(text)
        press("Return")
    press("Ctrl+Return")


def sign_in(connect: Connect, qtbot: QtBot, password: str = postgres.PASSWORD) -> None:
    """Type the password and wait for the end of the check."""
    assert connect.step == PASSWORD
    type_text(password)
    press("Return")
    qtbot.waitUntil(lambda: not connect._checking, timeout=PATIENCE)


def pasted(connect: Connect, address: str) -> None:
    """Paste a whole address into the first field and go on."""
    QApplication.clipboard().setText(address)
    press("Ctrl+V")
    press("Ctrl+Return")


def without_tables(shared: Shared) -> str:
    """The address of a database nobody has set up."""
    shared.as_server("CREATE DATABASE without_tables")
    shared.server.add_login("hana")
    return shared.server.address("without_tables", "hana")


def newer(shared: Shared) -> str:
    """Of one that a later version made."""
    shared.as_server("UPDATE alembic_version SET version_num = '9999'")
    return shared.server.address(shared.database, shared.login(Role.HELPLINE))


def older(shared: Shared) -> str:
    """Of one that an earlier version made."""
    shared.as_server("UPDATE alembic_version SET version_num = '0001'")
    return shared.server.address(shared.database, shared.login(Role.HELPLINE))


def no_role(shared: Shared) -> str:
    """With a login that nobody gave a role."""
    shared.server.add_login("stefan")
    return shared.server.address(shared.database, "stefan")


def let_in_without_rights(shared: Shared) -> str:
    """With a login that may connect, and no more."""
    shared.server.add_login("stefan")
    shared.as_server(f'GRANT CONNECT ON DATABASE "{shared.database}" TO stefan')
    return shared.server.address(shared.database, "stefan")
