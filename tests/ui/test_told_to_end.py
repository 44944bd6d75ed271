"""The program is told to end from outside: it closes as somebody closes it, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ppsdesk import assembly
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds
PRACTISES = """
import sys
from pathlib import Path
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ui import application

begin = application.start

def start(*said, **more):
    window = begin(*said, **more)
    print("begun", flush=True)
    return window

application.start = start
sys.exit(application.open_window(Choices(folder=DeskFolder(Path(sys.argv[1])).make()), practice=True))
"""
WRITES_A_CALL = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ui import application

begin = application.start

def start(*said, **more):
    window = begin(*said, **more)
    def write():
        if not window._services.is_open or not window.isVisible():
            QTimer.singleShot(20, window, write)
            return
        window.do("new_call")
        QTimer.singleShot(0, window, type_in)
    def type_in():
        if not window.pad.form.is_complete:
            QTimer.singleShot(20, window, type_in)
            return
        window.pad.form.restore(window.pad.form.content() | {"notes": "Rang about the bus."})
        print("written", flush=True)
    QTimer.singleShot(20, window, write)
    return window

application.start = start
folder = DeskFolder(Path(sys.argv[1])).make()
sys.exit(application.open_window(Choices(folder=folder, person="Hana Helpline"), practice=False))
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without telling it")


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_practice_window_that_is_told_to_end_throws_its_records_away(tmp_path: Path, told: signal.Signals) -> None:
    words = [sys.executable, "-c", PRACTISES, str(tmp_path / "desk")]
    env = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "begun\n"
            assert len(list(tmp_path.glob("ppsdesk-practice-*"))) == 1
            program.send_signal(told)
            said = program.communicate(timeout=PATIENCE)[1]
            assert program.returncode == 0, said
            assert "Traceback" not in said
        finally:
            program.kill()
    assert not list(tmp_path.glob("ppsdesk-practice-*"))


def test_what_stands_in_the_pad_is_kept_when_the_program_is_told_to_end(tmp_path: Path) -> None:
    folder = DeskFolder(tmp_path / "desk").make()
    words = [sys.executable, "-c", WRITES_A_CALL, str(folder.root)]
    env = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    assembly.SettingsDesk(folder.settings).change(set_up=True)
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "written\n"
            program.send_signal(signal.SIGTERM)
            assert program.wait(PATIENCE) == 0
        finally:
            program.kill()
    desk = assembly.open_services(Choices(folder=folder, person="Hana Helpline"), lambda _question: None)
    [draft] = desk.drafts.mine()
    desk.close()
    assert "Rang about the bus." in str(draft.content)
