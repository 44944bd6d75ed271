"""Opening the desk for a command, and telling how far a long job is."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from ppsdesk import assembly
from ppsdesk.commands.line import chosen
from ppsdesk.services import logs


@contextmanager
def services(line: Namespace) -> Iterator[assembly.Services]:
    """The services, closed again afterwards."""
    choices = chosen(line)
    logs.start(choices.folder.logs)
    opened = assembly.open_services(choices, ask_for_password)
    try:
        yield opened
    finally:
        opened.close()


def ask_for_password(question: str) -> str | None:
    """Ask on the terminal; nothing where there is none."""
    return getpass.getpass(f"{question}: ") if sys.stdin and sys.stdin.isatty() else None


class Counter:
    """Progress on the terminal: one line that is written over, or a line for each tenth where it goes to a file."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._over = sys.stderr.isatty()
        self._tenth = -1

    def __call__(self, done: int, of: int) -> None:
        """Tell how far the job is."""
        tenth = done * 10 // of if of else 10
        if self._over:
            print(f"\r{self._what}: {done:,} of {of:,}", end="" if done < of else "\n", file=sys.stderr, flush=True)
        elif tenth != self._tenth:
            print(f"{self._what}: {done:,} of {of:,}", flush=True)
        self._tenth = tenth
