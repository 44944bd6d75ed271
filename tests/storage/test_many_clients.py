"""Many desks at one database: nobody's change is gone without somebody having read it, and a report stands still."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from uuid import uuid4

import pytest

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.figures import Count, FigureTable
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.people import facts_of_person
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.people import PeopleDesk
from ppsdesk.services.reporting import Reporting
from tests.builders import NOW, a_call, a_person, a_phone
from tests.conftest import MakeStorage
from tests.harness import many_clients
from tests.harness.many_clients import on_whatever_version, past_the_version

CLIENTS, SAVES, ROUNDS = 8, 5, 40
REPORTS = 6
TABLES = ("by-year", "by-month", "by-line", "by-caller-kind")


def test_of_eight_desks_that_change_one_call_over_and_over_no_change_is_lost(make_storage: MakeStorage) -> None:
    happened = Counter[str]()
    for seed in range(1, ROUNDS + 1):  # how they meet is the machine's affair; both kinds of meeting must be seen
        figures = many_clients.run(make_storage, clients=CLIENTS, saves=SAVES, seed=seed)
        print(figures.told())
        assert figures.found == ()
        assert figures.saved + figures.happened["gave up"] == CLIENTS * SAVES
        happened += figures.happened
        if happened["merged"] and happened["gave up"] + happened["chose"]:
            return
    raise AssertionError(f"They never met in both ways: {happened}")


@pytest.mark.parametrize(("amend", "found"), [(on_whatever_version, "of others"), (past_the_version, "was told to")])
def test_a_desk_that_ignores_the_version_is_found_out(
    make_storage: MakeStorage, amend: many_clients.Amend, found: str
) -> None:
    figures = many_clients.run(make_storage, clients=CLIENTS, saves=SAVES, amend=amend)
    assert any(found in words for words in figures.found), figures.found


def test_a_new_parent_whom_all_desks_write_down_at_once_is_on_the_list_of_those_perhaps_the_same(
    make_storage: MakeStorage,
) -> None:
    desks = [CallDesk(make_storage(), lambda: NOW) for _ in range(CLIENTS)]
    parents = [a_person(contacts=(a_phone(),)) for _ in desks]
    begin = threading.Barrier(len(desks))

    def log(number: int) -> None:
        begin.wait(30)
        call = a_call(caller=parents[number].key)
        desks[number].log(call, Intake(people=(parents[number],)))

    threads = [threading.Thread(target=log, args=(number,)) for number in range(len(desks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    people = PeopleDesk(make_storage(), lambda: NOW)
    assert people.get_many(tuple(parent.key for parent in parents)).keys() == {parent.key for parent in parents}
    named = {key for pair in people.perhaps_same() for key in (pair.person, pair.other)}
    assert named == {parent.key for parent in parents}
    late = replace(parents[0], key=uuid4())
    assert people.alike(facts_of_person(late)), "whoever writes them down once more is warned"


@contextmanager
def four_desks_at_work(make_storage: MakeStorage) -> Iterator[None]:
    """They log calls on every line for as long as it lasts."""
    stop = threading.Event()
    faults: list[BaseException] = []

    def log(desk: CallDesk) -> None:
        lines = cycle(("central", "north", "south", "east", "west"))
        try:
            while not stop.is_set():
                desk.log(a_call(line=TermCode(next(lines))))
        except BaseException as fault:  # noqa: BLE001  # reported by the test, in its own thread
            faults.append(fault)

    threads = [threading.Thread(target=log, args=(CallDesk(make_storage(), lambda: NOW),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
    assert faults == []


def total(table: FigureTable) -> int:
    """Of its first column of counts."""
    return sum(cell.value or 0 for row in table.rows if isinstance(cell := row[1], Count))


def totals(reporting: Reporting, *asked: str) -> list[int]:
    """Of the tables of one report of this year."""
    report = reporting.call_volumes(["2026-27"], year_ends=YearEnds.AUGUST, tables=asked)
    return [total(report.table(name)) for name in asked]


def test_a_report_that_is_made_while_four_desks_save_is_of_one_moment(make_storage: MakeStorage) -> None:
    reporting = Reporting(make_storage(), lambda: NOW, person="")
    with four_desks_at_work(make_storage):
        seen = [totals(reporting, *TABLES)]
        while len(seen) < REPORTS or seen[-1][0] == seen[0][0]:  # until some of what they save was seen
            seen.append(totals(reporting, *TABLES))
    assert all(len(set(of_one)) == 1 for of_one in seen), seen
    assert seen[-1][0] > seen[0][0] >= 0


def test_tables_that_are_asked_for_one_after_the_other_are_not(make_storage: MakeStorage) -> None:
    """So the desks do save in between: the test above would find it out."""
    reporting = Reporting(make_storage(), lambda: NOW, person="")
    with four_desks_at_work(make_storage):
        while len({totals(reporting, name)[0] for name in TABLES}) == 1:
            pass  # the tables still agree
