"""Years to tick: one stop for the Tab key, the arrow keys go from year to year."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.kit.editor import Editor
from ui.kit.parts import Flow

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class YearTicks(Editor):
    """Holds the years that are ticked, oldest first, as a tuple of their names. Enter is left to the page."""

    enter_moves_on = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[QCheckBox] = []
        self._flow = Flow(gap="m")
        self._row.addLayout(self._flow)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # without one it has no place in the order of Tab

    def offer(self, years: Sequence[str]) -> None:
        """The years to tick, oldest first; a tick stays where its year stays."""
        if list(years) == [box.text() for box in self._boxes]:
            return
        ticked, had = self.value(), any(part.hasFocus() for part in (self, *self._boxes))
        self.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none for none
        for box in self._boxes:
            self._flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = [self._box(year) for year in years]
        before: QWidget = self
        for box in self._boxes:
            QWidget.setTabOrder(before, box)
            before = box
        self.set_value(ticked)
        if self._boxes:
            self._stand_on(self._boxes[-1])
            if had:
                self._boxes[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> tuple[str, ...]:
        """The years ticked."""
        return tuple(box.text() for box in self._boxes if box.isChecked())

    def set_value(self, value: object) -> None:
        """Tick these years and no others."""
        wanted = value if isinstance(value, tuple | list) else ()
        for box in self._boxes:
            box.setChecked(box.text() in wanted)

    def boxes(self) -> tuple[QCheckBox, ...]:
        """The years offered, oldest first."""
        return tuple(self._boxes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys, Home and End go from year to year."""
        if isinstance(watched, QCheckBox) and event.type() == QEvent.Type.FocusIn:
            self._stand_on(watched)
        if isinstance(watched, QCheckBox) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._moved(watched, Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _box(self, year: str) -> QCheckBox:
        box = QCheckBox(year, self)
        box.toggled.connect(self._ticked)
        box.installEventFilter(self)
        self._flow.addWidget(box)
        box.show()
        return box

    def _moved(self, box: QCheckBox, key: Qt.Key) -> bool:
        if key in _ENDS:
            target = self._boxes[_ENDS[key]]
        elif key in _STEPS:
            place = self._boxes.index(box) + _STEPS[key]
            target = self._boxes[max(0, min(place, len(self._boxes) - 1))]
        else:
            return False
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _stand_on(self, box: QCheckBox) -> None:
        for other in self._boxes:
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is box else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(box)

    def _ticked(self) -> None:
        self.edited.emit()
