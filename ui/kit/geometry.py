"""Window sizes, kept apart from the settings because losing them does not matter."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter, QWidget

FILE = "windows.ini"


class Geometry:
    """Remembers in the desk's own folder how large windows were and where splitters stood."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    def remember(self, name: str, widget: QWidget) -> None:
        """Keep the size of a window, or the place of a splitter."""
        state = widget.saveState() if isinstance(widget, QSplitter) else widget.saveGeometry()
        self._settings.setValue(name, state)
        self._settings.sync()

    def recall(self, name: str, widget: QWidget) -> bool:
        """As it was last time; False when nothing (useful) is remembered. Never off the screen: Qt sees to that."""
        state = self._settings.value(name)
        if not isinstance(state, QByteArray):
            return False
        return widget.restoreState(state) if isinstance(widget, QSplitter) else widget.restoreGeometry(state)
