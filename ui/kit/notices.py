"""Where the program speaks: a bar over the page for what a person can act upon, one dialog for its own faults."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ppsdesk.domain.errors import DeskError
from ui.kit import faults
from ui.kit.surfaces import Bar
from ui.kit.words import announce, spaced

if TYPE_CHECKING:
    from ui.kit.report_dialog import ReportDialog

Undo = Callable[[], None]


class Notices(QWidget):
    """Two bars above the page: the last thing that went wrong, and what was just done (with its undo).

    `undo_changed` carries the sentence that `undo_last` would take back, "" for none.
    """

    undo_changed = Signal(str)
    _reported = Signal(object)

    def __init__(self, log_folder: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._log_folder = log_folder
        self._undo: Undo | None = None
        self._dialog: ReportDialog | None = None
        box = QVBoxLayout(self)
        spaced(box, gap="s")
        self.trouble = Bar("danger", parent=self)
        self.done = Bar("success", parent=self)
        box.addWidget(self.trouble)
        box.addWidget(self.done)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.done.clear)
        self._reported.connect(self._show_report)

    def show_error(self, error: DeskError) -> None:
        """What happened, what is safe, what to do; stays until it is closed or something else goes wrong."""
        self.trouble.say(error.sentence, "danger")
        self.trouble.add_button("Close", self.trouble.clear)

    def inform(self, text: str, seconds: int = 10) -> None:
        """Something was done; spoken, and gone by itself."""
        self.done.say(text, "success")
        self._clock.start(seconds * 1000)

    def undoable(self, text: str, undo: Undo, seconds: int = 10) -> None:
        """Something was done that can be taken back: by the bar's button for a while, by `undo_last` for longer."""
        self.inform(text, seconds)
        self._undo = undo
        self.done.add_button("Undo", self.undo_last, "Ctrl+Z")
        self.undo_changed.emit(text)

    def undo_last(self) -> None:
        """Take back the last thing done, if it can be; once."""
        undo, self._undo = self._undo, None
        if undo is None:
            return
        self._clock.stop()
        self.done.clear()
        self.undo_changed.emit("")
        undo()

    def forget_undo(self) -> None:
        """The last thing done can no longer be taken back."""
        self._undo = None
        self.done.clear()
        self.undo_changed.emit("")

    def report(self, error: BaseException) -> None:
        """A fault of the program: to the log at once, to the person as soon as the window can. From any thread."""
        faults.keep(error)
        self._reported.emit(faults.details_of(error))

    def clear(self) -> None:
        """Take both bars away; what can be undone still can."""
        self._clock.stop()
        self.trouble.clear()
        self.done.clear()

    def _show_report(self, details: str) -> None:
        # One dialog: a fault in a paint event comes sixty times a second.
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.add(details)
            return
        from ui.kit.report_dialog import ReportDialog

        self._dialog = ReportDialog(details, self._log_folder, self.window())
        self._dialog.open()
        announce(self._dialog, self._dialog.sentence, urgent=True)


class Hooks(QObject):
    """Every way a fault can surface leads to the notices. Keep it, and call `remove` to have the old ways back."""

    def __init__(self, notices: Notices) -> None:
        super().__init__(notices)
        self._notices = notices
        self._old = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_main
        threading.excepthook = self._on_thread
        self._old_qt = qInstallMessageHandler(qt_message)

    def remove(self) -> None:
        """As it was before."""
        sys.excepthook, threading.excepthook = self._old
        qInstallMessageHandler(self._old_qt)

    def _on_main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
        elif isinstance(error, DeskError):
            self._notices.show_error(error)
        else:
            self._notices.report(error.with_traceback(trace))

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._notices.report(args.exc_value)


def install_hooks(notices: Notices) -> Hooks:
    """Lead `sys.excepthook`, `threading.excepthook` and Qt's own messages to the notices and the log."""
    return Hooks(notices)


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def qt_message(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    """Qt's own messages go to the log."""
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)
