"""Closing while something is being saved: the window goes on, and closes by itself when all of it is safe."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ui.kit.background import Background
from ui.kit.notices import Notices

AT_ONCE = 40  # milliseconds one may wait for what is nearly saved; twice, as the pad's last state may follow
LOOK_AGAIN = 50  # milliseconds
SAVING = "Something is still being saved. The window closes by itself as soon as that is safe, or says what is not."


class Leaving(QObject):
    """`close` is tried again when nothing is on its way any more; a save that fails says so itself then."""

    def __init__(self, background: Background, notices: Notices, close: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._notices, self._close = background, notices, close
        self._look = QTimer(self)
        self._look.setInterval(LOOK_AGAIN)
        self._look.timeout.connect(self._look_again)

    @property
    def waits(self) -> bool:
        """Whether it closes by itself."""
        return self._look.isActive()

    def all_is_saved(self) -> bool:
        """Whether the window may close now; if not, it will. Nobody waits for questions that are still asked."""
        if self._background.all_kept(AT_ONCE) or self._background.all_kept(AT_ONCE):
            return self._background.finish(0)
        if not self.waits:
            self._notices.inform(SAVING, 60)
            self._look.start()
        return False

    def stay(self) -> None:
        """There is something else to say first."""
        self._look.stop()

    def _look_again(self) -> None:
        if not self._background.saving:
            self._look.stop()
            self._close()
