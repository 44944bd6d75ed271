"""The command line as a person uses it, in this process and in one of its own, on both databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from main import main
from tests import postgres
from tests.conftest import DATABASES, PERSON

NOT_HANDED_ON = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONUNBUFFERED")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def refusal(self) -> str:
        """The one sentence of a command that was refused; anything else than that fails the test."""
        assert self.status == 1, self
        assert self.err.endswith("\n"), self
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.out + self.err
        return self.err.strip()

    @property
    def done(self) -> str:
        """What a command printed that was carried out without complaint."""
        assert (self.status, self.err) == (0, ""), self
        return self.out


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a command line to the program."""

    def run(*arguments: str) -> Said:
        try:
            status = main(list(arguments))
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        return Said(status, *capsys.readouterr())

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """This desk's folder, not there yet."""
    return tmp_path / "desk"


@pytest.fixture
def address(server: postgres.Server, shared_template: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A shared database with its tables made, and the password where the program looks for it."""
    monkeypatch.setenv("PPSDESK_PASSWORD", postgres.PASSWORD)
    with server.database(owner=PERSON, template=shared_template) as name:
        yield server.address(name, PERSON)


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, folder: Path) -> tuple[str, ...]:
    """The options that choose a database, on a local file and on a shared server in turn."""
    chosen = ("--data-dir", str(folder))
    if request.param == "sqlite":
        return chosen
    return (*chosen, "--database", request.getfixturevalue("address"))


def apart(*arguments: str, code: str = "") -> subprocess.Popen[str]:
    """The program in a process of its own, without a screen and without anybody at the keyboard."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # a test run started in the background ignores Ctrl+C, and so would every program it starts
        signal.signal(signal.SIGINT, signal.default_int_handler)
    surroundings = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}
    return subprocess.Popen(
        [sys.executable, *(["-c", code] if code else ["main.py"]), *arguments],
        cwd=ROOT,
        env={**surroundings, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def finished(process: subprocess.Popen[str]) -> Said:
    """Wait for it."""
    out, err = process.communicate(timeout=120)
    return Said(process.returncode, out, err)
