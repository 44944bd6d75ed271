"""While a shared database is upgraded nobody else writes; an upgrade that was killed keeps nobody out."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from ppsdesk.domain.errors import StorageUnavailable
from ppsdesk.domain.selection import Selection
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import audit, opening
from tests import postgres
from tests.builders import NOW, a_call
from tests.conftest import PERSON


@pytest.fixture
def calls(server: postgres.Server, database: str) -> Iterator[CallDesk]:
    """A desk that works with it."""
    storage = opening.open_shared(opening.read_address(server.address(database, PERSON)), postgres.PASSWORD)
    yield CallDesk(storage, lambda: NOW)
    storage.close()


@pytest.fixture
def upgrader(server: postgres.Server, database: str) -> Iterator[psycopg.Connection]:
    """Somebody in the middle of an upgrade, as `schema.upgrade_shared` announces it."""
    connection = server.connect(database, PERSON)
    connection.execute("SELECT pg_advisory_lock(%s)", (audit.UPGRADE_LOCK,))
    connection.execute("UPDATE maintenance SET upgrading_by = 'priya', since = now()")
    yield connection
    connection.close()


def test_during_an_upgrade_a_save_is_refused_in_one_sentence_and_reading_goes_on(
    calls: CallDesk, upgrader: psycopg.Connection
) -> None:
    with pytest.raises(StorageUnavailable, match="is being upgraded just now, so this was not saved") as refused:
        calls.log(a_call())
    assert "still here" in refused.value.hint
    assert calls.count(Selection()) == 0


def test_the_check_says_who_is_upgrading(calls: CallDesk, upgrader: psycopg.Connection) -> None:
    bad = [finding.words for finding in opening.check(calls._storage) if not finding.good]
    assert bad == ["priya is upgrading it."]


def test_an_upgrader_that_was_killed_keeps_nobody_out(
    server: postgres.Server, database: str, calls: CallDesk, upgrader: psycopg.Connection
) -> None:
    with server.connect() as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", (upgrader.info.backend_pid,))
    calls.log(a_call())
    assert calls.count(Selection()) == 1


def test_somebody_who_only_holds_the_lock_keeps_nobody_out(
    server: postgres.Server, database: str, calls: CallDesk
) -> None:
    with server.connect(database, PERSON) as mischief:
        mischief.execute("SELECT pg_advisory_lock(%s)", (audit.UPGRADE_LOCK,))
        calls.log(a_call())
    assert calls.count(Selection()) == 1


def test_the_next_upgrader_clears_away_what_a_killed_one_announced(
    server: postgres.Server, database: str, upgrader: psycopg.Connection
) -> None:
    upgrader.close()
    url = opening.read_address(server.address(database, PERSON))
    assert opening.create_shared(url, postgres.PASSWORD, starters(), now=NOW) is False
    with server.connect(database) as connection:
        assert connection.execute("SELECT upgrading_by FROM maintenance").fetchone() == (None,)
