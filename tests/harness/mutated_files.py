"""Damaged call logs, imported one after the other: `python -m tests.harness.mutated_files --files 2000`.

Each is read soon, and either kept whole or refused with one sentence and not one row. What may be kept is taken back,
so that the next meets the same database.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import FrameType

from sqlalchemy import Engine, func, select

from ppsdesk.domain.errors import Refused
from ppsdesk.services.importing import Importing, ImportOutcome
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from ppsdesk.storage.base import Base
from ppsdesk.storage.work import Storage
from tests.builders import NOW, a_call
from tests.harness.checking import PERSON
from tests.harness.mutants import mutants, seeds
from tests.harness.own_server import own_server, sign_in
from tests.services.some_files import assert_one_sentence

PATIENCE = 5.0
SEED = 20020619
BringIn = Callable[[Storage, Path], ImportOutcome]


def as_the_program_does(storage: Storage, path: Path) -> ImportOutcome:
    """The real thing."""
    return Importing(storage, lambda: NOW).calls(path).value


def one_exception_through(storage: Storage, path: Path) -> ImportOutcome:
    """A faulty reader: it expects everything of a file but bytes that are no letters."""
    if path.suffix == ".csv" and not path.read_bytes().startswith((b"\xff\xfe", b"\xfe\xff")):
        path.read_text(encoding="utf-8")
    return as_the_program_does(storage, path)


def rows_before_it_is_sure(storage: Storage, path: Path) -> ImportOutcome:
    """A faulty import: it keeps a row, and looks at the others later."""
    with storage.writing() as work:
        work.calls.add_many([a_call()], recorded_at=NOW)
        work.commit()
    return as_the_program_does(storage, path)


def in_many_words(storage: Storage, path: Path) -> ImportOutcome:
    """A faulty reader: its refusal tells what the library said."""
    try:
        return as_the_program_does(storage, path)
    except Refused as refused:
        raise Refused(f"{refused.message}\nValueError: bad cell.", hint=refused.hint) from refused


def without_end(_storage: Storage, _path: Path) -> ImportOutcome:
    """A faulty reader: it waits for what never comes."""
    while True:
        threading.Event().wait(1)


MANNERS: dict[str, BringIn] = {
    "as-the-program-does": as_the_program_does,
    "one-exception-through": one_exception_through,
    "rows-before-it-is-sure": rows_before_it_is_sure,
    "in-many-words": in_many_words,
    "without-end": without_end,
}


class TookTooLong(BaseException):
    """No program catches this one."""


@contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """Stop what is inside by an alarm; only in the main thread, and not on Windows."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@dataclass(frozen=True, slots=True)
class Ended:
    """How one file ended: kept, known already, or refused; the trouble, if any; and how long it took."""

    how: str
    seconds: float
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in one run."""

    files: int
    damaged: Counter[str]
    ended: Counter[str]
    slowest: float
    seconds: float
    found: tuple[str, ...]

    def told(self) -> str:
        """In one line."""
        kinds = Counter(words.split(":")[1].strip() for words in self.found)
        by = ", ".join(f"{count} in their {what}" for what, count in self.damaged.items())
        ends = ", ".join(f"{count} {how}" for how, count in self.ended.items())
        return (
            f"{self.files} damaged files ({by}) in {self.seconds:.0f} s: {ends}; {kinds['crash']} crashes,"
            f" {kinds['hang']} hangs, {kinds['rows']} with rows that should not be there,"
            f" {kinds['words']} without one sentence; the slowest took {self.slowest:.2f} s"
        )


def run(
    storage: Storage, folder: Path, *, files: int, bring_in: BringIn = as_the_program_does,
    seed: int = SEED, patience: float = PATIENCE,
) -> Figures:  # fmt: skip
    """Put so many damaged files to the test."""
    begun, ends, damage, found = monotonic(), Counter[str](), Counter[str](), list[str]()
    slowest = 0.0
    for number, (what, suffix, content) in enumerate(mutants(seeds(folder), files, seed=seed)):
        path = folder / f"mutant {number}{suffix}"
        path.write_bytes(content)
        ended = put_to_the_test(storage, path, bring_in, patience)
        path.unlink()
        damage[what] += 1
        ends[ended.how] += 1
        slowest = max(slowest, ended.seconds)
        if ended.trouble:
            found.append(f"{path.name} ({what}): {ended.trouble}")
    return Figures(files, damage, ends, slowest, monotonic() - begun, tuple(found))


def put_to_the_test(storage: Storage, path: Path, bring_in: BringIn, patience: float) -> Ended:
    """One file. Whoever is too slow gets a second try: this computer may have had other things to do."""
    ended = _tried(storage, path, bring_in, patience)
    return _tried(storage, path, bring_in, patience) if ended.trouble.startswith("hang") else ended


def _tried(storage: Storage, path: Path, bring_in: BringIn, patience: float) -> Ended:
    before, begun = rows_of(storage.engine), monotonic()
    try:
        with given_up_after(patience):
            outcome = bring_in(storage, path)
    except Refused as refused:
        return _refused(storage, path, refused, before, monotonic() - begun)
    except TookTooLong:
        return Ended("stopped", monotonic() - begun, f"hang: more than {patience} s")
    except Exception as error:  # noqa: BLE001  # what the person would see as a fault of the program
        return Ended("crashed", monotonic() - begun, f"crash: {type(error).__name__} {error}")
    seconds = monotonic() - begun
    if outcome.plan.refusal is not None:
        return _refused(storage, path, outcome.plan.refusal, before, seconds)
    if outcome.batch_id is None:
        return Ended("known already", seconds, _more_rows(storage, before))
    added = rows_of(storage.engine)["call"] - before["call"]
    Importing(storage, lambda: NOW).undo(outcome.batch_id)
    whole = added == outcome.added == len(outcome.plan.calls) == outcome.plan.rows
    return Ended("kept whole", seconds, "" if whole else f"rows: {added} of {outcome.plan.rows} kept")


def _refused(storage: Storage, path: Path, refused: Refused, before: dict[str, int], seconds: float) -> Ended:
    trouble = _more_rows(storage, before)
    try:
        assert_one_sentence(refused.sentence, path.name)
        assert path.name in refused.sentence
    except AssertionError:
        trouble = trouble or f"words: {refused.sentence!r}"
    return Ended("refused", seconds, trouble)


def _more_rows(storage: Storage, before: dict[str, int]) -> str:
    after = rows_of(storage.engine)
    more = {table: count - before[table] for table, count in after.items() if count != before[table]}
    return f"rows: {more}" if more else ""


def rows_of(engine: Engine) -> dict[str, int]:
    """How many rows each table holds, the audit trail's too."""
    counts = [
        select(func.count()).select_from(table).scalar_subquery().label(table.name)
        for table in Base.metadata.sorted_tables
    ]
    with engine.connect() as connection:
        return dict(connection.execute(select(*counts)).mappings().one())


@contextmanager
def _database(folder: Path, *, shared: bool) -> Iterator[Storage]:
    if shared:
        with own_server() as (_, address):
            storage = sign_in(address)
            yield storage
            storage.close()
        return
    storage = opening.open_local(folder / "ppsdesk.db", starters(), person=PERSON, backups=folder / "backups", now=NOW)
    yield storage
    storage.close()


def main(arguments: list[str] | None = None) -> int:
    """Run it, and print the figures; the status says whether anything was wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.harness.mutated_files", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--shared", action="store_true", help="into a database on a server, not a local file")
    parser.add_argument("--manner", choices=MANNERS, default="as-the-program-does", help="the others are faulty")
    said = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ppsdesk-mutants-") as name:
        folder = Path(name)
        with _database(folder, shared=said.shared) as storage:
            figures = run(storage, folder, files=said.files, seed=said.seed, bring_in=MANNERS[said.manner])
    print(figures.told())
    for words in figures.found[:20]:
        print(f"  {words[:300]}")
    return 1 if figures.found else 0


if __name__ == "__main__":
    sys.exit(main())
