"""A date of the law as a row: how long there is, and how it came about; the same wherever dates are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ppsdesk.domain.clock_steps import Step, StepKind, days_left
from ui.kit.row_list import Row

CHECK, LIFTED, DONE = "Check this", "Lifted", "Done"
SOON = 7  # days in which a date needs care


def left_chip(due: date, today: date) -> tuple[str, str]:
    """How long there is, with a sign that differs for what is past, near and far."""
    left = days_left(due, today)
    if due < today:
        return f"Past: {left}", "danger"
    return left[0].upper() + left[1:], "warning" if (due - today).days <= SOON else "neutral"


def shown_by(done: str) -> str:
    """What shows that it is done, below a chip that says so: “The certificate shows it.”"""
    words = done.removeprefix(f"{DONE}: ")
    return f"{words[:1].upper()}{words[1:]}"


def step_rows(steps: Sequence[Step]) -> list[Row]:
    """One row for each sentence, in the order one would count; what is to be checked has its sign."""
    return [
        Row(key=place, words="", warning=step.words)
        if step.kind is StepKind.CHECK
        else Row(key=place, words=step.words)
        for place, step in enumerate(steps)
    ]
