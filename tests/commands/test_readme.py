"""What the README says to type is what is tried."""

from __future__ import annotations

import re

import pytest

from ppsdesk.commands.line import read_line
from tests.commands.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md"]


def typed(text: str) -> list[str]:
    """Every line of every block of commands."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.replace("\\\n", " ").splitlines() if line.strip()]


def test_the_same_command_that_the_readme_names_runs_all_tests_for_every_change() -> None:
    [tests] = [line for line in typed(README) if line.endswith("pytest")]
    assert tests in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_two_commands_set_everything_up() -> None:
    window, tests = (line for line in typed(README) if "venv" in line)
    assert window.split(" && ")[:2] == tests.split(" && ")[:2] == ["sh .ci/prepare", "python3 -m venv .venv"]
    assert window.endswith("main.py --practice")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_shown_can_be_typed(page) -> None:
    for line in typed(page.read_text(encoding="utf-8")):
        for step in line.partition("  #")[0].split(" && "):
            program, found, rest = step.strip().partition("main.py")
            if found and "python" in program:
                words = [word.strip("'\"") for word in rest.split()]
                assert read_line(words), line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_that_is_pointed_to_is_there(page) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target
