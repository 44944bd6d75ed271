"""What each task may cost: keys that are no text, decisions, overhead and total in seconds, presses of the mouse.

From the helpline's goals: a call of a known caller with 17 keys and 12 seconds beside the text, a new family in under
a minute, no mouse. What it costs today stands in `costs.csv`, so that a change that adds a key is seen.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

COSTS = Path(__file__).with_name("costs.csv")


@dataclass(frozen=True, slots=True)
class Limit:
    """The most a task may take; None where the goal names none."""

    task: str
    keys: int
    overhead: float | None
    total: float | None
    waiting: float = 0.1  # seconds the goal's own sum allows for


LIMITS = {
    "T1": Limit("Call of a known caller, one topic, a note of 120 letters", 17, 12.0, 46.0, waiting=0.5),
    "T2": Limit("Anonymous call for information, a note of 60 letters", 13, 9.5, 27.0, waiting=0.4),
    "T3": Limit("New caller with child, school and topic, a note of 120 letters", 48, 25.0, 59.0, waiting=0.5),
    "T4": Limit("Find a family by the last four digits", 8, 5.0, 5.0),
    "T8": Limit("Undo the last action", 2, 2.0, None),
    "T9": Limit("Go on with a draft after a crash", 1, 2.0, None),
    "T11": Limit("Park, take a second call, come back", 4, 4.0, None),
}


def costs() -> dict[str, int]:
    """Keys of each task as they were when last looked at."""
    with COSTS.open(encoding="utf-8", newline="") as file:
        return {row["task"]: int(row["keys"]) for row in csv.DictReader(file)}
