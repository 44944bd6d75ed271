"""A window in a fresh process until it has taken a letter: `python -m tests.bench.window_child ours|floor [DESK]`.

Prints the clock (monotonic, in seconds) when the letter stood in the editor; whoever started the process knows when.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

os.environ["QT_QPA_PLATFORM"] = "offscreen"

LETTER = "p"
PATIENCE = 20.0  # seconds


def floor() -> None:
    """The least there is: one line to type in."""
    from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLineEdit())
    window.show()
    _type_into(app, opens_with=None)
    app.exec()


def ours(desk: str) -> None:
    """The program itself, from its command line on; only the fingers are ours."""
    import main
    from ui import application

    make = application.make_application

    def make_with_fingers() -> object:
        app = make()
        _type_into(app, opens_with="F8")
        return app

    application.make_application = make_with_fingers  # type: ignore[assignment]
    main.main(["--data-dir", desk, "--as", "Hana Helpline"])


def _type_into(app: object, opens_with: str | None) -> None:
    """Press keys as soon as the window can take them, then say so and leave."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    assert isinstance(app, QApplication)
    started = time.monotonic()
    pressed = [opens_with is None]
    timer = QTimer(app)

    def press() -> None:
        if time.monotonic() - started > PATIENCE:
            os._exit(1)  # the window never took the key
        window = app.activeWindow()
        if window is None or not window.isVisible():
            return
        if not pressed[0]:
            pressed[0] = True
            _key(window, opens_with or "")
        editor = app.focusWidget()
        if editor is None:
            return
        _letter(editor)
        if LETTER in _text_of(editor):
            print(time.monotonic(), flush=True)
            timer.stop()
            os._exit(0)  # what comes after is not measured

    timer.timeout.connect(press)
    timer.start(0)


def _key(window: object, name: str) -> None:
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    assert isinstance(window, QWidget)
    QTest.keyClick(window, QKeySequence.fromString(name)[0].key())


def _letter(editor: object) -> None:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    assert isinstance(editor, QWidget)
    QTest.keyClick(editor, LETTER)


def _text_of(editor: object) -> str:
    """What stands in the focused editor, whatever kind it is."""
    for name in ("text", "currentText", "toPlainText"):
        if hasattr(editor, name):
            return str(getattr(editor, name)()).casefold()
    return ""


if __name__ == "__main__":
    floor() if sys.argv[1] == "floor" else ours(sys.argv[2])
