"""The call report of one term from a million calls, beside hand-written SQL for the same on the same database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.figures import Count, Report
from ppsdesk.services.reporting import Reporting
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from ppsdesk.storage.base import Base
from tests import postgres
from tests.bench.beside import beside
from tests.bench.by_hand import DAYS_LOCAL, DAYS_SHARED, answers, differences, statements
from tests.bench.files import CLOCK, PERSON, Files, bare, services
from tests.bench.measuring import Outcome, Pair, Scale, milliseconds, side_by_side

GOAL = 1.2
AT_ONCE = 5  # times in a round
AS_OF = date(2026, 3, 31)
TERM = "2025-26/spring"
NOT_COPIED = ("alembic_version", "data_set", "maintenance", "acting_person", "audit_entry", "audit_value", "draft")
LOGIN = "hana"


def figures(files: Files, scale: Scale) -> Outcome:
    """Every table of one term with its comparison, through `Reporting.call_volumes`.

    Measured at three sizes for the growth; the largest is the one that counts, and is told beside other programs.
    """
    pairs = {calls: _local(files.holding(calls), scale.rounds) for calls in scale.growth}
    notes = tuple(pair.words(f"{calls:,} calls", "ms") for calls, pair in pairs.items())
    pair, desk = pairs[scale.largest], files.holding(scale.largest)
    opened = services(desk)
    [[_, now, before, *_]] = _report(opened.reporting, ["by-year"]).table("by-year").rows
    opened.close()
    assert isinstance(now, Count)
    assert isinstance(before, Count)
    others = beside(desk, files.folder, pair.ours, scale.rounds, (now.value or 0, before.value or 0))
    return Outcome(name="figures", unit="ms", pair=pair, goal=GOAL, notes=(*notes, *others))


def figures_shared(files: Files, scale: Scale) -> Outcome:
    """The same on a PostgreSQL server of this run, with a copy of the same records."""
    pairs: dict[int, Pair] = {}
    with postgres.running_server() as server:
        server.add_login(LOGIN)
        for calls in scale.growth:
            with server.database(owner=LOGIN) as name:
                _copy(files.holding(calls), server, name)
                pairs[calls] = _shared(server, name, scale.rounds)
    notes = tuple(pair.words(f"{calls:,} calls", "ms") for calls, pair in pairs.items())
    return Outcome(name="figures-shared", unit="ms", pair=pairs[scale.largest], goal=GOAL, notes=notes)


def _local(desk: Path, rounds: int) -> Pair:
    opened = services(desk)
    with bare(desk) as connection:
        pair = _beside(opened.reporting, lambda text: connection.execute(text).fetchall(), DAYS_LOCAL, rounds)
    opened.close()
    return pair


def _shared(server: postgres.Server, name: str, rounds: int) -> Pair:
    storage = opening.open_shared(opening.read_address(server.address(name, LOGIN)), postgres.PASSWORD)
    with server.connect(name, LOGIN) as connection:

        def run(text: str) -> Any:
            found = connection.execute(text)
            return found.fetchall() if found.description else ()

        pair = _beside(Reporting(storage, CLOCK, person=PERSON), run, DAYS_SHARED, rounds)
    storage.close()
    return pair


def _beside(reporting: Reporting, run: Callable[[str], Any], days_waited: str, rounds: int) -> Pair:
    asked = statements(days_waited)

    def ours() -> None:
        _report(reporting)

    def floor() -> None:
        answers(run, asked)

    wrong = differences(_report(reporting), answers(run, asked))
    assert wrong == [], wrong
    return side_by_side(lambda: _typical(ours), lambda: _typical(floor), rounds=rounds)


def _typical(work: Callable[[], None]) -> float:
    """The middle of several times: one of a few milliseconds says more about what else the computer did."""
    return median(milliseconds(work) for _ in range(AT_ONCE))


def _report(reporting: Reporting, tables: list[str] | None = None) -> Report:
    return reporting.call_volumes([TERM], year_ends=YearEnds.JULY, as_of=AS_OF, tables=tables)


def _copy(desk: Path, server: postgres.Server, name: str) -> None:
    """Every record of a desk's file into an empty database of the server, as it stands."""
    url = opening.read_address(server.address(name, LOGIN))
    opening.create_shared(url, postgres.PASSWORD, starters(), now=CLOCK())
    with bare(desk) as source, server.connect(name) as target:
        [schema] = target.execute("SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                                  "WHERE c.relname = 'call' AND c.relkind = 'r'").fetchone() or ("public",)  # fmt: skip
        target.execute(f"SET search_path TO {schema}")
        with _without_triggers(target):
            for table in Base.metadata.sorted_tables:
                if table.name not in NOT_COPIED:
                    target.execute(f'DELETE FROM "{table.name}"')  # what a new database begins with
                    columns = ", ".join(f'"{column.name}"' for column in table.columns)
                    rows = source.execute(f'SELECT {columns} FROM "{table.name}"')
                    with target.cursor().copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copying:
                        for row in rows:
                            copying.write_row(row)
        target.execute("VACUUM ANALYZE")


@contextmanager
def _without_triggers(target: Any) -> Iterator[None]:
    target.execute("SET session_replication_role = replica")
    yield
    target.execute("SET session_replication_role = origin")
