"""The one box in a window of its own process: `python -m tests.bench.type_ahead_child ours|floor DESK < QUESTIONS`.

Types each question (one a line) letter by letter; a key is timed from its press until the list for the text as it then
stands has been painted. Prints one JSON object: p50, p95 and the longest in milliseconds, and how many keys there were.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

LEAST = 2  # letters from which people are looked for
PATIENCE = 30_000  # milliseconds
Press = Callable[[str], None]


def floor(desk: str, questions: Sequence[str]) -> None:
    """A line, a list, and SQLite's own full-text index asked in between."""
    from PySide6.QtCore import QStringListModel
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QMainWindow, QVBoxLayout, QWidget

    from tests.bench.files import bare
    from tests.bench.type_ahead import full_text

    app = QApplication(sys.argv[:1])
    window, inside = QMainWindow(), QWidget()
    line, rows, model = QLineEdit(), QListView(), QStringListModel()
    rows.setModel(model)
    box = QVBoxLayout(inside)
    box.addWidget(line)
    box.addWidget(rows)
    window.setCentralWidget(inside)
    window.resize(1280, 800)
    window.show()
    with bare(Path(desk)) as connection:
        ask = full_text(connection)

        def find(text: str) -> None:
            if len(text) >= LEAST:
                model.setStringList([" ".join(str(part) for part in row) for row in ask(text)])

        line.textEdited.connect(find)

        def press(letter: str) -> None:
            QTest.keyClick(line, letter)
            app.processEvents()

        tell(timed(questions, press, line.clear))


def ours(desk: str, questions: Sequence[str]) -> None:
    """The program itself, from its command line on; only the fingers are ours."""
    import main
    from ui import application

    make = application.make_application

    def make_with_fingers() -> object:
        app = make()
        _when_ready(app, questions)
        return app

    application.make_application = make_with_fingers  # type: ignore[assignment]
    main.main(["--data-dir", desk, "--as", "Hana Helpline"])


def _when_ready(app: Any, questions: Sequence[str]) -> None:
    """Open the pad as soon as the database is open, type, say what it took, and leave."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest

    waiting = QTimer(app)

    def look() -> None:
        window = app.activeWindow()
        if window is None or not window._services.is_open or window._background._jobs:
            return
        waiting.stop()
        QTest.keyClick(window, Qt.Key.Key_F8)
        window.pad.form.complete()
        tell(timed(questions, _presser(app, window.pad.form.box), window.pad.form.box.line.clear))
        os._exit(0)  # what comes after is not measured

    waiting.timeout.connect(look)
    waiting.start(50)
    QTimer.singleShot(PATIENCE, app, lambda: os._exit(1) if waiting.isActive() else None)


def _presser(app: Any, box: Any) -> Press:
    """Presses a key, and comes back when the list that answers it has been painted."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtTest import QTest

    loop, late = QEventLoop(), QTimer()
    late.setSingleShot(True)
    late.timeout.connect(lambda: os._exit(1))
    box.finder._look.came.connect(loop.quit)  # the finder hears it first, and has opened its list

    def press(letter: str) -> None:
        QTest.keyClick(box.line, letter)
        if len(box.finder.text()) < LEAST or letter == " ":
            return
        late.start(PATIENCE)
        loop.exec()
        late.stop()
        app.processEvents()
        assert box.finder.list.answers == box.finder.text()

    return press


def timed(questions: Sequence[str], press: Press, clear: Callable[[], object]) -> list[float]:
    """Milliseconds of every key from the second letter on; a blank asks nothing new."""
    times = []
    for question in questions:
        clear()
        for place, letter in enumerate(question):
            start = time.perf_counter()
            press(letter)
            if place + 1 >= LEAST and letter != " ":
                times.append((time.perf_counter() - start) * 1000)
    return times


def tell(times: Sequence[float]) -> None:
    """As one line for whoever started the process."""
    ordered = sorted(times)
    found = {"p50": median(ordered), "p95": ordered[int(len(ordered) * 0.95)], "max": ordered[-1], "keys": len(ordered)}
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    (floor if sys.argv[1] == "floor" else ours)(sys.argv[2], sys.stdin.read().splitlines())
