"""`import`: a call log from a spreadsheet, all of it or nothing; and taking an import back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from ppsdesk.commands.line import whole_number
from ppsdesk.domain.calendar import local_clock, local_day
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.imports import ImportPlan

SHOWN = 50


def add_to(parser: ArgumentParser, common: ArgumentParser) -> None:
    """Say what can be typed."""
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True, title="what")
    about = "take in a call log (.csv or .xlsx), all of it or nothing"
    calls = what.add_parser("calls", help=about, description=about, parents=[common], allow_abbrev=False)
    calls.add_argument("file", metavar="FILE", help="the call log")
    calls.add_argument("--dry-run", action="store_true", help="only say what would happen")
    calls.add_argument("--add-unknown", action="store_true", help="add values that are on no list yet to the lists")
    about = "show what was imported"
    what.add_parser("list", help=about, description=about, parents=[common], allow_abbrev=False)
    about = "take an import back: calls nobody changed since are taken out again"
    undo = what.add_parser("undo", help=about, description=about, parents=[common], allow_abbrev=False)
    undo.add_argument("number", metavar="NUMBER", help="the import's number, as `import list` shows it")


def run(line: Namespace) -> int:
    """Carry it out."""
    return {"calls": _calls, "list": _list, "undo": _undo}[line.what](line)


def _calls(line: Namespace) -> int:
    from ppsdesk.commands.desk import Counter, services

    if not line.file.strip():
        raise Refused("No file was named.", hint="Nothing was imported. Write its name behind “import calls”.")
    with services(line) as desk:
        done = desk.importing.calls(
            Path(line.file), dry_run=line.dry_run, add_unknown=line.add_unknown, progress=Counter("Rows")
        )
    outcome = done.value
    _tell(outcome.plan, added=line.add_unknown)
    if refusal := outcome.plan.refusal:
        raise refusal
    if line.dry_run:
        print(
            f"Dry run: {_so_many(outcome.added, 'call')} would be added, {outcome.known:,} on record already."
            " Nothing was changed."
        )
    else:
        number = f" Import number {outcome.batch_id}." if outcome.batch_id else ""
        print(f"{_so_many(outcome.added, 'call')} added, {outcome.known:,} on record already.{number}")
    return 0


def _tell(plan: ImportPlan, *, added: bool) -> None:
    for note in plan.notes:
        print(note)
    for unknown in plan.unknown:
        fate = "added to the list" if added else "on no list"
        rows = _so_many(unknown.count, "row")
        print(f"{unknown.column} “{unknown.value}”: {rows}, first in row {unknown.first_row}, {fate}")
    for problem in plan.problems[:SHOWN]:
        print(f"{problem.words[:1].upper()}{problem.words[1:]}")
    if len(plan.problems) > SHOWN:
        print(f"… and {len(plan.problems) - SHOWN:,} more problems.")


def _list(line: Namespace) -> int:
    from ppsdesk.commands.desk import services

    with services(line) as desk:
        batches = desk.importing.batches()
    if not batches:
        print("Nothing has been imported.")
    for batch in batches:
        state = f", taken back {_moment(batch.undone_at)}" if batch.undone_at else ""
        calls = _so_many(batch.rows_added, "call")
        print(f"{batch.id}  {_moment(batch.imported_at)}  {batch.file_name}: {calls}{state}")
    return 0


def _moment(instant: datetime) -> str:
    return f"{local_day(instant)} {local_clock(instant)}"


def _so_many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _undo(line: Namespace) -> int:
    from ppsdesk.commands.desk import services

    with services(line) as desk:
        done = desk.importing.undo(whole_number(line.number, "The number"))
    print(done.said)
    return 0
