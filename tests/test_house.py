"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import gc
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for top in ("ppsdesk", "ui") for path in (ROOT / top).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TOP_LEVEL = {"main.py", "pyproject.toml", "ppsdesk", "ui", "resources", "tests", "README.md", "ARCHITECTURE.md",
             "CONTRIBUTING.md", "LICENSE", "docs", ".ci", ".gitignore"}  # fmt: skip
LONGEST_FILE, MOST_METHODS = 400, 25


def parsed(path: Path) -> ast.Module:
    """A file's tree. A clearing of cycles amid the parsing can end it with a SystemError on Python 3.11."""
    text, clears = path.read_text(encoding="utf-8"), gc.isenabled()
    gc.disable()
    try:
        return ast.parse(text)
    finally:
        if clears:
            gc.enable()


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tracked() -> set[str]:
    git = shutil.which("git")
    listed = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False) if git else None
    if listed is None or listed.returncode:
        pytest.skip("not a checkout, or no git to ask")
    return set(listed.stdout.split("\n")) - {""}


def test_the_top_level_holds_only_what_was_agreed() -> None:
    assert {name.split("/")[0] for name in _tracked()} <= TOP_LEVEL


@pytest.mark.parametrize("path", SOURCES, ids=_relative)
def test_no_file_has_outgrown_its_room(path: Path) -> None:
    tree = parsed(path)
    if "migrations/versions" not in _relative(path):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            methods = [part for part in node.body if isinstance(part, ast.FunctionDef)]
            assert len(methods) <= MOST_METHODS or node.name == "MainWindow", f"{node.name} has {len(methods)} methods"


def test_screens_show_text_by_the_plain_label_only() -> None:
    """A caller's name may hold markup; QLabel, QMessageBox and setHtml would show or follow it."""
    raw = ("QMessageBox", "setHtml", "QTextEdit", "setToolTip", "QTextBrowser")
    for path in SOURCES:
        if _relative(path) in ("ui/kit/words.py",):
            continue
        names = {node.id for node in ast.walk(parsed(path)) if isinstance(node, ast.Name)}
        called = {node.attr for node in ast.walk(parsed(path)) if isinstance(node, ast.Attribute)}
        assert not (names | called) & set(raw), _relative(path)
        if "QLabel" in names:
            assert _relative(path).startswith("ui/kit/"), _relative(path)


def test_tests_wait_for_something_and_mock_nothing() -> None:
    for path in TESTS:
        if path.name == "test_house.py":
            continue
        text = path.read_text(encoding="utf-8")
        assert "qtbot.wait(" not in text, _relative(path)
        assert "unittest.mock" not in text, _relative(path)
        assert "time.sleep(" not in text or "tests/harness" in _relative(path), _relative(path)


def test_the_live_database_is_opened_by_the_engine_alone() -> None:
    """Any other descriptor on the file, when closed, drops the locks of the whole process."""
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        name = _relative(path)
        assert "import sqlite3" not in text, name
        if name not in ("ppsdesk/storage/engine.py", "ppsdesk/storage/backup.py"):
            assert "dbapi2.connect" not in text, name
        assert "shutil.copy" not in text, name


def test_the_window_module_waits_for_the_database_libraries() -> None:
    """They take longer to load than the window to show."""
    code = "import ui.application, ui.joined, sys; sys.exit('sqlalchemy' in sys.modules or 'reportlab' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=_offscreen(), check=False)
    assert done.returncode == 0


def _offscreen() -> dict[str, str]:
    import os

    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
