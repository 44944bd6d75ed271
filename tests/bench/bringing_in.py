"""Taking in a workbook: the whole import, beside the bare parser and the bare driver one after the other."""

from __future__ import annotations

import time
from datetime import datetime
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from ppsdesk.domain.calendar import LONDON
from ppsdesk.domain.calls import NewCall
from ppsdesk.domain.imports import COLUMNS, ImportPlan
from ppsdesk.domain.practice import PracticeCalls
from ppsdesk.domain.progress import Progress
from ppsdesk.services.importing import Importing, ImportOutcome
from ppsdesk.services.tables_in import read_table
from tests.bench.files import CLOCK, LINKS, YEARS, Files, bare, closing_storage
from tests.bench.measuring import Outcome, Pair, Scale, figure, milliseconds, side_by_side
from tests.builders import TODAY

GOAL_READ, GOAL_INSERT = 1.3, 1.5
WRITTEN = ("import_batch", "call", *LINKS)
Prepared = dict[str, list[tuple[Any, ...]]]  # statement and its rows


class TimedImporting(Importing):
    """The service as it is, noting how long the keeping of the calls took, in milliseconds."""

    keeping = 0.0

    def _keep(self, made: ImportPlan, progress: Progress) -> ImportOutcome:
        start = time.perf_counter()
        outcome = super()._keep(made, progress)
        self.keeping = (time.perf_counter() - start) * 1000
        return outcome


def import_(files: Files, scale: Scale) -> Outcome:
    """What `import calls` does with a workbook of 16 columns: reading it and keeping all of it.

    The floor parses the same workbook with python-calamine and inserts the same rows with `executemany` into the same
    tables, indexes, foreign keys and triggers. The goal is that of reading and that of inserting, each by its share of
    the floor. Checking every row has no floor: neither parser nor driver does it; it is printed, with the whole.
    """
    empty, workbook = files.folder / "empty", files.folder / "calls.xlsx"
    with closing_storage(empty) as storage, storage.reading() as work:
        write_workbook(workbook, PracticeCalls(work.vocabularies.all(), 7), scale.rows)
    prepared: Prepared = {}
    kept: list[float] = []
    inserted: list[float] = []

    def ours() -> float:
        desk = files.copy_of(empty)
        took, keeping = _import(desk, workbook)
        kept.append(keeping)
        if not prepared:  # ours comes first; the floor then writes the same rows
            prepared.update(_what_is_written(desk))
        files.give_back(desk)
        return took

    def floor() -> float:
        inserted.append(_insert(files, empty, prepared))
        return milliseconds(lambda: _parse(workbook)) + inserted[-1]

    whole = side_by_side(ours, floor, rounds=scale.rounds)
    read = side_by_side(
        lambda: milliseconds(lambda: read_table(workbook)),
        lambda: milliseconds(lambda: _parse(workbook)),
        rounds=scale.rounds,
    )
    insert = Pair(median(kept), median(inserted), whole.rounds, whole.thrown_away)
    notes = (
        f"{read.words('reading', 'ms')} (goal {GOAL_READ})",
        f"{insert.words('inserting', 'ms')} (goal {GOAL_INSERT})",
        f"checking every row: {figure(whole.ours - read.ours - insert.ours)} ms, no floor",
        whole.words("with the checking", "ms"),
    )
    both = Pair(read.ours + insert.ours, read.floor + insert.floor, whole.rounds, whole.thrown_away)
    goal = (GOAL_READ * read.floor + GOAL_INSERT * insert.floor) / both.floor
    return Outcome(name="import", unit="ms", pair=both, goal=round(goal, 2), notes=notes)


def write_workbook(path: Path, practice: PracticeCalls, rows: int) -> None:
    """A call log of so many invented calls over twenty years, as a spreadsheet program would save it."""
    latest, per_year = CLOCK(), max(1, rows // YEARS)
    years = (TODAY.replace(year=TODAY.year - back) for back in range(YEARS))
    calls = (call for last in years for call in practice.year(last, per_year, latest))
    options = {"constant_memory": True, "default_date_format": "dd/mm/yyyy hh:mm", "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Calls")
        sheet.write_row(0, 0, COLUMNS)
        for number, call in enumerate(islice(calls, rows), start=1):
            sheet.write_row(number, 0, _cells(call, number))


def _cells(call: NewCall, number: int) -> tuple[Any, ...]:
    assert call.started_at is not None
    at: datetime = call.started_at.astimezone(LONDON).replace(tzinfo=None)
    several = ("; ".join(codes) for codes in (call.topics, call.stages, call.advice))
    topics, stages, advice = several
    return (f"R{number}", at, call.line, call.caller_kind, call.method, topics, stages, call.level or "", call.minutes,
            call.outcome or "", advice, call.taken_by, call.caller_name, call.phone, call.child_name,
            call.notes)  # fmt: skip


def _parse(workbook: Path) -> None:
    CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()


def _import(desk: Path, workbook: Path) -> tuple[float, float]:
    """Milliseconds for the whole, and for keeping the calls alone."""
    with closing_storage(desk) as storage:
        importing = TimedImporting(storage, CLOCK)
        took = milliseconds(lambda: importing.calls(workbook))
        assert importing.keeping, "nothing was imported"
    return took, importing.keeping


def _what_is_written(desk: Path) -> Prepared:
    """Every row the program wrote, as the driver takes it."""
    prepared: Prepared = {}
    with bare(desk) as connection:
        for table in WRITTEN:
            found = connection.execute(f"SELECT * FROM {table} ORDER BY rowid")
            places = ", ".join("?" * len(found.description))
            prepared[f"INSERT INTO {table} VALUES ({places})"] = found.fetchall()
    return prepared


def _insert(files: Files, empty: Path, prepared: Prepared) -> float:
    desk = files.copy_of(empty)
    with bare(desk) as connection:

        def write() -> None:
            connection.execute("BEGIN IMMEDIATE")
            for statement, rows in prepared.items():
                connection.executemany(statement, rows)
            connection.execute("COMMIT")

        took = milliseconds(write)
    files.give_back(desk)
    return took
