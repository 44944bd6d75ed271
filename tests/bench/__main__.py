"""`python -m tests.bench [--json FILE] [--only NAME]`: what the program costs beside the least it could cost."""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlcipher3 import dbapi2

from tests.bench.bringing_in import import_
from tests.bench.clocks import clocks
from tests.bench.counting import figures, figures_shared
from tests.bench.files import Files
from tests.bench.listing import list_memory
from tests.bench.measuring import FULL, Outcome, Scale, figure
from tests.bench.papers import pdf_paper, xlsx_rows
from tests.bench.saving import save
from tests.bench.type_ahead import type_ahead
from tests.bench.type_ahead_list import type_ahead_list
from tests.bench.window import window

MEASURES: dict[str, Callable[[Files, Scale], Outcome]] = {
    "window": window,
    "save": save,
    "figures": figures,
    "figures-shared": figures_shared,
    "pdf": pdf_paper,
    "xlsx": xlsx_rows,
    "import": import_,
    "list-memory": list_memory,
    "clocks": clocks,
    "type-ahead": type_ahead,
    "type-ahead-list": type_ahead_list,
}
HEAD = f"{'what':<15} {'ours':>10} {'floor':>10}  {'unit':<7} {'ratio':>6} {'goal':>6}"


def main(arguments: list[str] | None = None, *, scale: Scale = FULL) -> int:
    """Measure, print a table, and write the JSON file if one is wanted. The exit status says nothing about goals."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file")
    parser.add_argument("--only", choices=MEASURES, action="append", help="measure only this (may be said again)")
    said = parser.parse_args(arguments)
    outcomes = measure(said.only or tuple(MEASURES), scale)
    if said.json:
        said.json.write_text(json.dumps([outcome.entry() for outcome in outcomes], indent=2) + "\n", encoding="utf-8")
    return 0


def measure(names: Sequence[str], scale: Scale) -> list[Outcome]:
    """Measure each in turn on databases made for this run, telling each result as it comes."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    started = time.monotonic()
    print(f"Python {platform.python_version()}, SQLite {dbapi2.sqlite_version}, {os.cpu_count()} cores, {load()}")
    print(HEAD, flush=True)
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="ppsdesk-bench-") as folder:
        files = Files(Path(folder))
        for name in names:
            outcomes.append(MEASURES[name](files, scale))
            tell(outcomes[-1])
            gc.collect()
    print(f"Took {time.monotonic() - started:,.0f} s, {load()}.")
    return outcomes


def tell(outcome: Outcome) -> None:
    """One line of the table, and what belongs to it."""
    pair = outcome.pair
    reached = "reached" if outcome.ratio <= outcome.goal else "NOT reached"
    print(
        f"{outcome.name:<15} {figure(pair.ours):>10} {figure(pair.floor):>10}  {outcome.unit:<7} "
        f"{outcome.ratio:>6.2f} {outcome.goal:>6.2f}  {reached}"
    )
    for note in outcome.notes:
        print(f"{'':<16}{note}")
    thrown = f", {pair.thrown_away} thrown away as the floor moved by more than 30 %" if pair.thrown_away else ""
    print(f"{'':<16}{pair.rounds} rounds{thrown}; {load()}", flush=True)


def load() -> str:
    """ "load 0.63 1.12 0.80": what else this computer is doing."""
    return f"load {' '.join(f'{one:.2f}' for one in os.getloadavg())}"


if __name__ == "__main__":
    sys.exit(main())
