"""The program in a process of its own: no Qt, no screen, stopped half-way, read by somebody who walks away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import ROOT, Run, Said, apart, finished
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
    ("command", "told"),
    [
        (("practice", "--years", "20", "--calls-per-year", "5000"), signal.SIGINT),
        (("practice", "--years", "20", "--calls-per-year", "5000"), signal.SIGTERM),
        (("import", "calls", "LOG"), signal.SIGINT),
    ],
)
def test_a_long_job_that_is_stopped_leaves_nothing_half_done(
    run: Run, place: tuple[str, ...], log: Path, command: tuple[str, ...], told: signal.Signals
) -> None:
    process = apart(*(str(log) if word == "LOG" else word for word in command), *place)
    assert process.stdout
    assert process.stdout.readline().strip()  # its first word on how far it is
    process.send_signal(told)
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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a place that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", [("check",), ("dates", "--list", "--json")])
def test_an_answer_that_finds_no_room_is_told_in_one_sentence(
    folder: Path, command: tuple[str, ...], unbuffered: str
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "main.py", *command, *(("--data-dir", str(folder)) if command == ("check",) else ())],
            check=False, cwd=ROOT, env=os.environ | {"PYTHONUNBUFFERED": unbuffered}, stdin=subprocess.DEVNULL,
            stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    said = Said(done.returncode, "", done.stderr)
    assert said.refusal.startswith("The answer could not be written: no space left on device.")


def test_a_command_that_was_given_no_place_for_its_answer_does_its_work(folder: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", sys.executable, "main.py", "check", "--data-dir", str(folder)],
        check=False, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "ppsdesk.db").is_file()
