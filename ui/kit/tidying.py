"""Python's clearing of cycles, kept on the window's thread.

Python clears cycles in whatever thread happens to make the next object. A worker that so clears a forgotten window
destroys its widgets off the main thread, and that ends the program.
"""

from __future__ import annotations

import gc
from functools import partial

from PySide6.QtCore import QObject, QTimer

EVERY = 1_000  # milliseconds


_at_work: dict[int, bool] = {}  # whether Python cleared cycles by itself before


class Tidying(QObject):
    """From `begin` to `stop` cycles are cleared on this object's thread only, where there is need once a second."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = QTimer(self)
        self._clock.setInterval(EVERY)
        self._clock.timeout.connect(self.tidy)
        self.destroyed.connect(partial(_end, id(self)))

    def begin(self) -> None:
        """No thread clears cycles by itself any more."""
        _at_work[id(self)] = gc.isenabled() or any(_at_work.values())
        gc.disable()
        self._clock.start()

    def stop(self) -> None:
        """As it was before, once nobody else wants it here."""
        self._clock.stop()
        _end(id(self))

    def tidy(self) -> None:
        """Clear what Python itself would clear now."""
        clear_what_is_due()


def clear_what_is_due() -> None:
    """What Python itself would do now: the oldest generation that is due, and the younger ones with it."""
    counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [age for age, (count, most) in enumerate(counts) if count > most > 0]
    if due:
        gc.collect(max(due))


def _end(one: int) -> None:
    by_itself = any(_at_work.values())
    _at_work.pop(one, None)
    if by_itself and not _at_work:
        gc.enable()
