"""A window in a fresh process until it has taken a letter: `python -m tests.bench.window_child ours|floor [DESK]`.

Prints the clock (monotonic, in seconds) when the letter stood in the editor; whoever started the process knows when.
"""

from __future__ import annotations

import os
import sys
import time

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
    _type_into(app, opens_pad=False)
    app.exec()


def ours(desk: str) -> None:
    """The program itself, from its command line on; only the fingers are ours."""
    import main
    from ppsdesk.commands import line

    chosen = line.chosen

    def chosen_then_fingers(said: line.Line) -> object:
        """The last thing the program asks for before it loads its window, which it is left to do in its own way."""
        _put_fingers_on()
        return chosen(said)

    line.chosen = chosen_then_fingers  # type: ignore[assignment]
    main.main(["--data-dir", desk, "--as", "Hana Helpline"])


def _put_fingers_on() -> None:
    from ui import application

    make = application.make_application

    def make_with_fingers() -> object:
        app = make()
        _type_into(app, opens_pad=True)
        return app

    application.make_application = make_with_fingers  # type: ignore[assignment]


def _type_into(app: object, *, opens_pad: bool) -> None:
    """Press keys as soon as the window can take them, then say so and leave."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    assert isinstance(app, QApplication)
    started = time.monotonic()
    pressed = [not opens_pad]
    timer = QTimer(app)

    def press() -> None:
        if time.monotonic() - started > PATIENCE:
            os._exit(1)  # the window never took the key
        window = app.activeWindow()
        if window is None or not window.isVisible():
            return
        if not pressed[0]:
            pressed[0] = True
            QTest.keyClick(window, Qt.Key.Key_F8)
        editor = app.focusWidget()
        if editor is None:
            return
        QTest.keyClick(editor, Qt.Key.Key_P)
        if LETTER in _text_of(editor):
            print(time.monotonic(), flush=True)
            timer.stop()
            os._exit(0)  # what comes after is not measured

    timer.timeout.connect(press)
    timer.start(0)


def _text_of(editor: object) -> str:
    """What stands in the focused editor, whatever kind it is."""
    for name in ("text", "currentText", "toPlainText"):
        if hasattr(editor, name):
            return str(getattr(editor, name)()).casefold()
    return ""


if __name__ == "__main__":
    floor() if sys.argv[1] == "floor" else ours(sys.argv[2])
