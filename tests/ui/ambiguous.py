"""Keys pressed to see whether they mean two things, while none of them does anything."""

from __future__ import annotations

from types import TracebackType

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QShortcutEvent
from PySide6.QtWidgets import QApplication


class Ambiguous(QObject):
    """`heard` are the keys that reached an action, a shortcut or an access key; `keys` those that reached two."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.keys: list[str] = []

    def __enter__(self) -> Ambiguous:
        QApplication.instance().installEventFilter(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Listen, and let none of them through."""
        if isinstance(event, QShortcutEvent):
            self.heard.append(event.key().toString())
            if event.isAmbiguous():
                self.keys.append(event.key().toString())
            return True
        return False
