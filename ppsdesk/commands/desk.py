"""Opening the desk for a command, and telling how far a long job is."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from ppsdesk import assembly
from ppsdesk.commands.line import day
from ppsdesk.domain.errors import Refused
from ppsdesk.services import logs
from ppsdesk.services.locations import DeskFolder


def chosen(line: Namespace) -> assembly.Choices:
    """What the command line and this desk's settings say together."""
    made = assembly.choices(
        data_dir=DeskFolder(line.data_dir) if line.data_dir else None,
        database=line.database,
        person=_person(line.person),
        as_of=day(line.as_of, "--as-of"),
    )
    logs.start(made.folder.logs)
    return made


@contextmanager
def services(line: Namespace) -> Iterator[assembly.Services]:
    """The services, closed again afterwards."""
    opened = assembly.open_services(chosen(line), ask_for_password)
    try:
        yield opened
    finally:
        opened.close()
        logs.stop()


def ask_for_password(question: str) -> str | None:
    """Ask on the terminal; nothing where there is none."""
    return getpass.getpass(f"{question}: ") if sys.stdin and sys.stdin.isatty() else None


def _person(name: str) -> str:
    name = " ".join(name.split())
    if len(name) > 200 or not name.isprintable():
        raise Refused("--as takes a name of up to 200 printable characters.")
    return name


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
