"""Several things to tick: one stop for the Tab key, the arrow keys go from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.kit.editor import Editor
from ui.kit.parts import Flow, no_access_key
from ui.kit.pickers import Choice

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class Ticks(Editor):
    """Holds the codes of what is ticked, in the order offered, as a tuple. Enter is left to the page."""

    enter_moves_on = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[QCheckBox] = []
        self._choices: list[Choice] = []
        self._flow = Flow(gap="m")
        self._row.addLayout(self._flow)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # without one it has no place in the order of Tab

    def offer(self, choices: Sequence[Choice]) -> None:
        """What there is to tick, code and words; a tick stays where its code stays."""
        if list(choices) == self._choices:
            return
        self._choices = list(choices)
        ticked, had = self.value(), any(part.hasFocus() for part in (self, *self._boxes))
        self.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none for none
        for box in self._boxes:
            self._flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = [self._box(code, words) for code, words in choices]
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
        """The codes ticked."""
        return tuple(box.objectName() for box in self._boxes if box.isChecked())

    def set_value(self, value: object) -> None:
        """Tick these and no others."""
        wanted = value if isinstance(value, tuple | list) else ()
        for box in self._boxes:
            box.setChecked(box.objectName() in wanted)

    def boxes(self) -> tuple[QCheckBox, ...]:
        """What is offered, in its order."""
        return tuple(self._boxes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys, Home and End go from one to the next."""
        if isinstance(watched, QCheckBox) and event.type() == QEvent.Type.FocusIn:
            self._stand_on(watched)
        if isinstance(watched, QCheckBox) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._moved(watched, Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _box(self, code: str, words: str) -> QCheckBox:
        box = QCheckBox(no_access_key(words), self)
        box.setObjectName(code)
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
