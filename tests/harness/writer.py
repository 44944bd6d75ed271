"""A desk that logs calls until somebody kills it.

Run as `python -m tests.harness.writer`: a nursery with everything imported, which for every line `DEED<tab>WHERE` on
its standard input forks a desk that does the deed. The desk says `child PID`, then `saved KEY` for each call *after*
it was told that the call is on record. When it is gone the nursery says `ended STATUS`.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from ppsdesk.domain.calls import NewCall
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.services import call_rows, tables_in
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.importing import Importing
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from ppsdesk.storage.rows import CallRow
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW, a_call
from tests.harness.checking import ADVICE, PERSON, TOPICS

WARMED = (call_rows, tables_in)


def a_full_call() -> NewCall:
    """A call with two topics and two pieces of advice: five rows that belong together."""
    return a_call(topics=tuple(map(TermCode, TOPICS)), advice=tuple(map(TermCode, ADVICE)))


def tell(words: str) -> None:
    """One line to whoever watches, at once and unbroken."""
    os.write(1, f"{words}\n".encode())


def storage_at(where: str) -> Storage:
    """A local file by its path, a shared database by its address."""
    if where.startswith("postgresql:"):
        return opening.open_shared(opening.read_address(where), postgres.PASSWORD)
    path = Path(where)
    return opening.open_local(path, starters(), person=PERSON, backups=path.parent / "backups", now=NOW)


def log_calls(where: str) -> None:
    """The real thing: a key is told once `log` has returned."""
    desk = CallDesk(storage_at(where), lambda: NOW)
    for _ in count():
        call = a_full_call()
        desk.log(call)
        tell(f"saved {call.key}")


def say_saved_too_early(where: str) -> None:
    """A faulty desk: it says “saved” before the database does."""
    storage = storage_at(where)
    for _ in count():
        call = a_full_call()
        with storage.writing() as work:
            work.calls.add_once(call, recorded_at=NOW)
            tell(f"saved {call.key}")
            work.commit()


def save_in_two_steps(where: str) -> None:
    """A faulty desk: the call in one transaction, its advice in another."""
    storage = storage_at(where)
    for _ in count():
        call = a_full_call()
        with storage.writing() as work:
            number = work.calls.add_once(replace(call, advice=()), recorded_at=NOW)
            work.commit()
        with storage.writing() as work:
            work.calls.amend(number, 1, call)
            work.commit()
        tell(f"saved {call.key}")


def bring_in(where: str) -> None:
    """Import the call log `calls.csv` that lies beside the database."""
    path = Path(where)
    Importing(storage_at(where), lambda: NOW).calls(path.with_name("calls.csv"), progress=lambda *_: tell("saved -"))


def bring_in_by_parts(where: str) -> None:
    """A faulty import: every hundred rows in a transaction of their own."""
    storage = storage_at(where)
    for start in range(0, 2_000, 100):
        with storage.writing() as work:
            work.calls.add_many([a_full_call() for _ in range(100)], recorded_at=NOW)
            work.commit()
        tell(f"saved {start}")


def make_database(where: str) -> None:
    """Open a database that is not there yet."""
    storage_at(where).close()


def warm_up() -> None:
    """Let SQLAlchemy and alembic load what they load at first use, as the making of a database is."""
    opening.read_address("postgresql://nobody@127.0.0.1/nothing")
    str(select(CallRow))
    import psycopg  # noqa: F401

    with TemporaryDirectory() as folder:
        make_database(str(Path(folder) / "ppsdesk.db"))


DEEDS: dict[str, Callable[[str], None]] = {
    deed.__name__: deed
    for deed in (log_calls, say_saved_too_early, save_in_two_steps, bring_in, bring_in_by_parts, make_database)
}


def rear(deeds: Mapping[str, Callable[[str], None]]) -> None:
    """Fork one desk after another, as the lines on the standard input say."""
    gc.freeze()  # what all of them share is looked through, and so copied, by none
    tell("ready")
    for line in iter(sys.stdin.readline, ""):
        deed, where = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            tell(f"child {os.getpid()}")
            try:
                deeds[deed](where)
            except BaseException:  # noqa: BLE001  # nothing may run on in a forked copy of the nursery
                sys.excepthook(*sys.exc_info())
                os._exit(1)
            os._exit(0)
        tell(f"ended {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}")


def main() -> None:
    """Let everything be imported, then rear desks."""
    warm_up()
    rear(DEEDS)


if __name__ == "__main__":
    main()
