"""Many rows in few statements: what is kept is what was given, row by row, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import DBAPIError

from ppsdesk.domain.matters import Matter
from ppsdesk.domain.reworking import DateLine, Difference
from ppsdesk.services.reckoning import work_again
from ppsdesk.storage.in_bulk import ManyRows
from ppsdesk.storage.keyed import AT_ONCE
from ppsdesk.storage.matters import DATE
from ppsdesk.storage.work import Storage
from tests.builders import NOW
from tests.conftest import DATABASES

COLUMNS = ("matter_id", *DateLine._fields)
DATES = ManyRows(DATE, COLUMNS, key=("matter_id", "clock"))
words = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]) | st.sampled_from("'\"\\{},[]\n“NULL"),
    max_size=20,
)
lines = st.builds(
    DateLine, st.just(""), words, words, st.dates(date(1990, 1, 1)), st.booleans(), st.booleans(), st.booleans()
)
NOTHING = 10**9


@pytest.fixture
def matter(storage: Storage) -> int:
    """One that is on record, with no dates."""
    with storage.writing() as work:
        number, _ = work.matters.add_once(
            Matter(key=UUID(int=1), happening="review", facts={"meeting": date(2026, 6, 1)})
        )
        work.commit()
    return number


def kept(connection: Connection) -> set[tuple[object, ...]]:
    columns = (DATE.c[name] for name in COLUMNS)
    return {tuple(row) for row in connection.execute(select(*columns))}


def line(clock: int, title: str = "Review", due: date = date(2026, 6, 1)) -> DateLine:
    return DateLine(f"C{clock}", title, "council", due, True, False, False)


@settings(max_examples=30)
@given(
    first=st.lists(lines, max_size=6),
    second=st.lists(lines, max_size=6),
    gone=st.sets(st.integers(0, 7), max_size=4),
)
def test_rows_are_kept_changed_and_removed_as_they_were_given(
    storage: Storage, matter: int, first: list[DateLine], second: list[DateLine], gone: set[int]
) -> None:
    with storage.engine.connect() as connection:  # every example is taken back again
        wanted = {number: (matter, *one._replace(clock=f"C{number}")) for number, one in enumerate(first)}
        DATES.add(connection, list(wanted.values()))
        assert kept(connection) == set(wanted.values())
        others = {number: (matter, *one._replace(clock=f"C{number}")) for number, one in enumerate(second)}
        DATES.change(connection, list(others.values()))  # of rows that are not there nothing is changed
        wanted |= {number: row for number, row in others.items() if number in wanted}
        assert kept(connection) == set(wanted.values())
        DATES.remove(connection, [(matter, f"C{number}") for number in gone] + [(NOTHING, "C1")])
        assert kept(connection) == {row for number, row in wanted.items() if number not in gone}


def test_more_rows_than_go_into_one_statement_are_all_kept(storage: Storage, matter: int) -> None:
    many = 2 * AT_ONCE + 1
    rows = [(matter, *line(number)) for number in range(many)]
    later = [(matter, *line(number, due=date(2026, 7, 1) + timedelta(days=number % 9))) for number in range(many)]
    with storage.engine.connect() as connection:
        DATES.add(connection, rows)
        assert kept(connection) == set(rows)
        DATES.change(connection, later)
        assert kept(connection) == set(later)
        DATES.remove(connection, [row[:2] for row in later[1:]])
        assert kept(connection) == set(later[:1])


@pytest.mark.parametrize("make_storage", DATABASES[1:], indirect=True)
def test_a_text_too_long_for_a_server_s_column_is_refused_and_never_cut(storage: Storage, matter: int) -> None:
    for work in (DATES.add, DATES.change):
        with storage.engine.connect() as connection:
            if work == DATES.change:
                DATES.add(connection, [(matter, *line(1))])
            with pytest.raises(DBAPIError, match="too long"):
                work(connection, [(matter, *line(1, "x" * 201))])


def statements_for(storage: Storage, number: int) -> int:
    """How many statements a server works on when so many matters are worked out for the first time and all have moved
    since; a statement run again for each of several rows counts once for each."""
    with storage.writing() as work:
        for key in range(100, 100 + number):
            work.matters.add_once(
                Matter(key=UUID(int=key), happening="request", facts={"request": date(2026, 9, 3) + timedelta(key)})
            )
        work.commit()
    said = 0

    def note(_connection: object, _cursor: object, _statement: str, values: object, _more: object, many: bool) -> None:
        nonlocal said
        said += len(values) if many and isinstance(values, list) else 1

    event.listen(storage.engine, "before_cursor_execute", note)
    with storage.writing() as work:
        work_again(work, because="first", at=NOW)  # all new
        found = [
            Difference(matter.id, one, one._replace(due=one.due + timedelta(days=1)))
            for matter in work.matter_dates.open()
            for one in matter.lines
        ]
        work.matter_dates.write(found)
        assert work_again(work, because="second", at=NOW) == len(found) >= number  # all changed
        work.matter_dates.write([Difference(matter, after, None) for matter, _, after in found])
    event.remove(storage.engine, "before_cursor_execute", note)
    return said


@pytest.mark.parametrize("make_storage", DATABASES[1:], indirect=True)
def test_a_server_is_not_asked_more_often_for_many_dates_than_for_few(storage: Storage) -> None:
    statements_for(storage, 1)  # what is asked once in a connection
    assert statements_for(storage, 2) == statements_for(storage, 60)
