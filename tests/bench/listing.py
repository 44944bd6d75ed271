"""The list of a million calls: memory and waiting, beside an array of ids with pages fetched by the driver alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.bench.files import Files
from tests.bench.measuring import Outcome, Pair, Scale, side_by_side

GOAL = 1.5
ROOT = Path(__file__).resolve().parents[2]
WAITS = {"first": "first rows", "end": "jump to the end", "sort": "sort by caller"}


def list_memory(files: Files, scale: Scale) -> Outcome:
    """The most memory the list needs on top of the opened program, in KiB, each time in a fresh process.

    It is opened, taken to its end, scrolled through 60 pages, sorted by caller and taken to its end again.
    """
    desk = files.holding(scale.largest)
    runs: dict[str, list[dict[str, float]]] = {"ours": [], "floor": []}

    def memory(kind: str) -> float:
        runs[kind].append(_run(kind, desk))
        return runs[kind][-1]["memory"]

    pair = side_by_side(lambda: memory("ours"), lambda: memory("floor"), rounds=scale.rounds)
    notes = tuple(_waiting(runs, name).words(words, "ms") for name, words in WAITS.items())
    return Outcome(name="list-memory", unit="KiB", pair=pair, goal=GOAL, notes=notes)


def _waiting(runs: dict[str, list[dict[str, float]]], name: str) -> Pair:
    ours, floor = (median(run[name] for run in runs[kind]) for kind in ("ours", "floor"))
    return Pair(ours, floor, len(runs["ours"]), 0)


def _run(kind: str, desk: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.list_child", kind, str(desk)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
