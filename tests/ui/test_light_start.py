"""A window loads what its first key needs, and the rest when somebody wants it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# F8 and a letter, pressed before anything that waits for the first paint has begun
START = """
import builtins, json, os, sys
from pathlib import Path
from ppsdesk.services.beginning import choices
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.settings import Settings
from ui import application, joined
from PySide6 import QtWidgets
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

joined.AFTER_FIRST_PAINT = 600_000
app = application.make_application()
application.show_theme(app, Settings())
window = application.start(app, choices(folder=DeskFolder(Path(sys.argv[1])), person="Hana Helpline"), Settings())
window.show()
QTest.qWaitForWindowActive(window)
QTest.keyClick(window, Qt.Key.Key_F8)
QTest.keyClick(app.focusWidget(), Qt.Key.Key_P)
typed = app.focusWidget().text()
exec(sys.argv[2])
print(json.dumps({
    "typed": typed,
    "modules": sorted(name for name in sys.modules if name.startswith(("ppsdesk.", "ui."))),
    "widgets": sorted(name for name, kind in vars(QtWidgets).items() if isinstance(kind, type)),
    "import": builtins.__import__.__name__,
}), flush=True)
os._exit(0)
"""
LATER = {
    "ui.palette.palette",
    "ui.who.found_list",
    "ui.calls.wording",
    "ppsdesk.domain.calls",
    "ppsdesk.domain.finding",
}
NEVER_ASKED = {"QWizard", "QCalendarWidget", "QStyle"}


@pytest.fixture
def started(tmp_path: Path) -> dict[str, object]:
    """What a window had loaded when the first letter stood in the pad."""
    return until_the_letter(tmp_path)


def until_the_letter(folder: Path, then: str = "") -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", START, str(folder), then],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


def names(answer: dict[str, object], what: str) -> set[str]:
    found = answer[what]
    assert isinstance(found, list)
    return set(found)


def test_the_first_letter_waits_for_nothing_that_comes_later(started: dict[str, object]) -> None:
    assert started["typed"] == "p"
    assert not names(started, "modules") & LATER


def test_no_kind_of_widget_is_loaded_that_nobody_asked_for(started: dict[str, object]) -> None:
    """PySide loads them all, for tens of milliseconds, to name one that Qt made itself."""
    assert "QLineEdit" in names(started, "widgets")
    assert not names(started, "widgets") & NEVER_ASKED


def test_modules_are_loaded_without_reading_their_source_again(started: dict[str, object]) -> None:
    assert started["import"] != "__feature_import__"


def test_what_somebody_asks_for_is_seen_here(tmp_path: Path) -> None:
    """The control: this test would notice."""
    answer = until_the_letter(tmp_path, "window.finder.open_line(); window.style()")
    assert "ui.palette.palette" in names(answer, "modules")
    assert "QStyle" in names(answer, "widgets")
