"""The program in a process of its own: no Qt, no screen, stopped half-way, read by somebody who walks away."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.commands.conftest import Run, apart, finished
from tests.samples import hertfordshire

WATCHED = (
    "import sys; from main import main; status = main(sys.argv[1:]);"
    "sys.exit(9 if any(name.partition('.')[0] in ('PySide6', 'shiboken6') for name in sys.modules) else status)"
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("logs") / "log.xlsx"
    hertfordshire.write(path)
    return path


def test_no_command_loads_qt(folder: Path, log: Path, tmp_path: Path) -> None:
    report = ("report", "call-volumes", "--period", "2000-01", "--to", str(tmp_path / "volumes.pdf"))
    for command in (("practice", "--calls-per-year", "30"), report, ("check",), ("import", "calls", str(log))):
        said = finished(apart(*command, "--data-dir", str(folder), code=WATCHED))
        assert said.status == 0, said


def test_the_watch_for_qt_would_notice_it(folder: Path) -> None:
    assert finished(apart("check", "--data-dir", str(folder), code=f"import PySide6; {WATCHED}")).status == 9


@pytest.mark.parametrize("options", [(), ("--practice",)])
def test_without_a_screen_the_window_says_so_in_one_sentence(folder: Path, options: tuple[str, ...]) -> None:
    refusal = finished(apart(*options, "--data-dir", str(folder))).refusal
    assert refusal.startswith("There is no screen here")
    for command in ("practice", "report", "import", "dates", "check"):
        assert command in refusal


@pytest.mark.parametrize(
    "command", [("practice", "--years", "20", "--calls-per-year", "5000"), ("import", "calls", "LOG")]
)
def test_a_long_job_that_is_stopped_leaves_nothing_half_done(
    run: Run, place: tuple[str, ...], log: Path, command: tuple[str, ...]
) -> None:
    process = apart(*(str(log) if word == "LOG" else word for word in command), *place)
    assert process.stdout
    assert process.stdout.readline().strip()  # its first word on how far it is
    process.send_signal(signal.SIGINT)
    said = finished(process)
    assert said.refusal == "Stopped. Nothing was changed."
    assert "0 calls on record." in run(*place, "check").done
    assert "Nothing has been imported." in run(*place, "import", "list").done


def test_a_reader_who_stops_reading_gets_no_complaint(folder: Path) -> None:
    process = apart("check", "--data-dir", str(folder))
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=120), said) == (1, "")
