"""A window closed before its database is open: the program ends, whatever still waits for that database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLOSES_EARLY = """
import sys, threading
from pathlib import Path
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.settings import SettingsDesk
from ui import application, opening

never = threading.Event()
application.open_services = lambda *_, **__: never.wait()  # a server that neither answers nor refuses
{change}
folder = DeskFolder(Path(sys.argv[1])).make()
app = application.make_application()
settings = SettingsDesk(folder.settings).read()
window = application.start(app, Choices(folder=folder, person="Hana Helpline"), settings)
window.show()
window.desk.latest(window, "lists", lambda: window._services.vocabularies.all(), print)
for _ in range(20):
    app.processEvents()
window.close()
window.leave()
print("left", flush=True)
"""


def ends_after_closing_early(folder: Path, change: str = "", *, within: float) -> bool:
    """Whether a program that opened a window and closed it at once ends within so many seconds of that."""
    words = [sys.executable, "-c", CLOSES_EARLY.format(change=change), str(folder)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            assert program.stdout.readline() == "left\n"
            return program.wait(within) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            program.kill()


def test_a_window_that_is_closed_before_its_database_is_open_leaves_no_program_behind(tmp_path: Path) -> None:
    assert ends_after_closing_early(tmp_path / "desk", within=60)


def test_a_program_that_waits_for_ever_is_found_out(tmp_path: Path) -> None:
    """The negative control: nobody tells those who wait that the window is closed."""
    change = "opening.ServicesSoon.close = lambda soon: None"
    assert not ends_after_closing_early(tmp_path / "desk", change, within=5)
