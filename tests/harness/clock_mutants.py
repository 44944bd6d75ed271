"""Faults put into the engine that counts legal dates, one at a time: the tests of the engine must notice each of them.

    python -m tests.harness.clock_mutants [--emptied] [--jobs 2]

The faults are made by mutmut (another operator, another comparison, another number, a value or an argument left out),
which is no part of the development packages; run this with a Python that has `mutmut==3.8.1`, pytest and holidays. The
engine and its tests are copied into a folder of their own, so that nothing of this checkout is touched. It takes some
ten minutes of one processor. mutmut leaves alone what stands outside of functions, and properties: these the agreement
with the slow count covers.

It prints how many faults were made in each module, how many were noticed, and each that was not, with the line that was
changed. The status is 1 when one that was not noticed is not in `HARMLESS` below, where it is said why it changes
nothing. With `--emptied` the tests only look whether dates come out at all, not which: then faults must go unnoticed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
MODULES = ("clocks", "working_days", "happenings", "clock_rules")
TESTS = ("test_clocks", "test_clocks_changed", "test_clock_files", "test_happenings", "test_working_days")
NEEDED = ("ppsdesk/__init__.py", "ppsdesk/resources.py", "ppsdesk/services/__init__.py",
          "ppsdesk/services/shipped_rules.py", "ppsdesk/domain/*.py", "resources/clocks/*.toml",
          "resources/bank_holidays.toml", "tests/__init__.py", "tests/domain/__init__.py", "tests/domain/slow_*.py",
          "tests/harness/__init__.py", "tests/harness/clock_agreement.py")  # fmt: skip
SETTINGS = """
[tool.pytest.ini_options]
addopts = ["--import-mode=importlib", "-p", "no:cacheprovider"]
pythonpath = ["."]

[tool.mutmut]
source_paths = ["ppsdesk/domain"]
only_mutate = [{modules}]
also_copy = ["ppsdesk", "resources"]
pytest_add_cli_args = ["-k", "not by_day_and_name"]
"""
SOME_AGREEMENT = """
from tests.domain.slow_clocks import RULES
from tests.harness.clock_agreement import PAIRS, Asked, every_day

def test_some_days_agree():
    assert Asked().starts(RULES, every_day()[::1999]).differ == []

def test_some_pairs_agree():
    for rule in PAIRS:
        assert Asked().pairs(rule, 60).differ == []
"""
LOOKS_AT_NO_DATE = """
from datetime import date
from ppsdesk.domain.clock_rules import ClockChange, changed
from ppsdesk.domain.clocks import reckon
from ppsdesk.domain.happenings import all_dates
from ppsdesk.services.shipped_rules import shipped_book, shipped_days, shipped_happenings

def test_dates_come_out():
    book = changed(shipped_book(), [ClockChange(rule="EHC6", first=date(2020, 1, 1), reason="x")])
    reckon(book, "LAR30", {"start": date(2025, 7, 21)}, shipped_days())
    all_dates(book, shipped_happenings()[1], {"request": date(2025, 7, 21)}, shipped_days())
"""


class Change(NamedTuple):
    """A fault: the function it is in, the line as it was and as it became."""

    function: str
    was: str
    became: str


_BEFORE = "instead = next((clock.instead_before for clock in versions if clock.instead_before), {})"
_AFTER = "instead = next((clock.instead_after for clock in versions if clock.instead_after), {})"
HARMLESS = {
    Change("in_force", "if day < first:", "if day <= first:"): "on its first day a rule is law, and is not refused",
    Change("in_force", _BEFORE.format('""'), _BEFORE.format("None")): "it is only asked whether there is a name",
    Change("in_force", _AFTER.format('""'), _AFTER.format("None")): "it is only asked whether there is a name",
    Change("read_limit", "date(2001, month, day)", "date(2002, month, day)"): "neither year has a 29 February",
}


def prepare(folder: Path, *, emptied: bool) -> None:
    """The engine and its tests, by themselves."""
    for pattern in (*NEEDED, *(() if emptied else [f"tests/domain/{name}.py" for name in TESTS])):
        found = sorted(ROOT.glob(pattern))
        assert found, pattern
        for path in found:
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    more = LOOKS_AT_NO_DATE if emptied else SOME_AGREEMENT
    (folder / "tests/domain/test_more.py").write_text(more, encoding="utf-8")
    modules = ", ".join(f'"ppsdesk/domain/{name}.py"' for name in MODULES)
    (folder / "pyproject.toml").write_text(SETTINGS.format(modules=modules), encoding="utf-8")


def mutmut(folder: Path, *words: str) -> str:
    """What mutmut prints. It writes to a log of its own, too."""
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *words], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"mutmut {' '.join(words)}: {done.stdout[-800:]} {done.stderr[-2000:]}")
    return done.stdout


def unnoticed(folder: Path, name: str) -> Change:
    """The fault of that name, as a change of one line."""
    shown = mutmut(folder, "show", name).splitlines()
    was = " ".join(line[1:].strip() for line in shown if re.match(r"-(?!--)", line))
    became = " ".join(line[1:].strip() for line in shown if re.match(r"\+(?!\+\+)", line))
    function = re.sub(r"__mutmut_\d+$", "", name.rpartition(".")[2]).removeprefix("x").lstrip("_ǁ").replace("ǁ", ".")
    return Change(function, was, became)


def main(arguments: list[str] | None = None) -> int:
    """Run it, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.clock_mutants", description=__doc__.split("\n")[0])
    parser.add_argument("--emptied", action="store_true", help="with tests that look at no date: faults go unnoticed")
    parser.add_argument("--jobs", type=int, default=2)
    said = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ppsdesk-clock-mutants-") as name:
        folder = Path(name)
        prepare(folder, emptied=said.emptied)
        mutmut(folder, "run", "--max-children", str(said.jobs))
        return told(folder)


def told(folder: Path) -> int:
    """The figures of a run, and its status."""
    lines = re.findall(r"^\s*(ppsdesk\.\S+): (.+)$", mutmut(folder, "results", "--all", "true"), re.MULTILINE)
    assert lines, "no fault was made"
    made = Counter(name.split(".")[2] for name, _ in lines)
    survived = [name for name, how in lines if how not in ("killed", "timeout")]
    left = Counter(name.split(".")[2] for name in survived)
    for module, number in sorted(made.items()):
        print(f"{module}: {number} faults, {number - left[module]} noticed")
    ways = ", ".join(f"{number} {how}" for how, number in Counter(how for _, how in lines).most_common())
    print(f"together: {len(lines)} faults ({ways})")
    harmful = 0
    for name in survived:
        change = unnoticed(folder, name)
        why = HARMLESS.get(change, "")
        harmful += not why
        print(f"{'harmless' if why else 'UNNOTICED'}: {change.function}\n  - {change.was}\n  + {change.became}")
        if why:
            print(f"  because {why}")
    print(f"{harmful} went unnoticed that should not have")
    return 1 if harmful else 0


if __name__ == "__main__":
    sys.exit(main())
