"""Several things in one field: typed, taken from a list, shown as chips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ui.kit.buttons import Chip
from ui.kit.flow import Flow
from ui.kit.listed import Listed
from ui.kit.theme import current
from ui.kit.words import announce, explain, say

WIDEST, WIDEST_EVER = 440, 560  # pixels of a chip's words at 100 %, and at any size
KEEP = "+"  # the code of the row that keeps what is on no list


class ChipRow(QFrame):
    """The field's frame: chips, then the line one types in. `pointed` is the chip under the keyboard, None for none."""

    removed = Signal(str)

    def __init__(self, line: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self.pointed: int | None = None
        self._line = line
        self._flow = Flow(self, gap="xs", fill=True)
        self._flow.addWidget(line)

    def chips(self) -> list[Chip]:
        """In order."""
        items = (self._flow.itemAt(index) for index in range(self._flow.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Chip)]

    def show_chips(self, chips: Sequence[tuple[str, str, str]]) -> None:
        """Other chips: code, words, kind."""
        self.pointed = None
        for chip in self.chips():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for place, (code, words, kind) in enumerate(chips):
            chip = Chip(fitting(words), kind, None, closable=True, parent=self)
            explain(chip, words)
            chip.setObjectName(code)
            chip.closed.connect(self._cross_pressed)
            self._flow.insert(place, chip)
            chip.show()
        self.setAccessibleName(", ".join(words for _, words, _ in chips))
        self.updateGeometry()

    def point_at(self, place: int | None) -> None:
        """Ring one chip, or none."""
        self.pointed = place
        for at, chip in enumerate(self.chips()):
            say(chip, state="focus" if at == place else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the field goes to its line."""
        self._line.setFocus(Qt.FocusReason.MouseFocusReason)

    def _cross_pressed(self) -> None:
        self.removed.emit(self.sender().objectName())


def fitting(words: str) -> str:
    """As many of the words as a chip may hold: in full at any usual size, cut where the text is twice as large."""
    theme = current()
    room = min(round(WIDEST * theme.scale), WIDEST_EVER)
    return QFontMetrics(theme.font()).elidedText(words, Qt.TextElideMode.ElideRight, room)


class Tokens(Listed):
    """Things as chips, in the order they were taken, each known by a code.

    In the empty field Left walks over the chips: Delete removes one; Backspace removes the last. What is chosen from
    says itself what it finds (`search`), how a code reads (`words`) and what taking a row does (`pick`).
    """

    takes_width = True
    placeholder = "Type to search, Down for the list"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: list[str] = []
        self.frame: ChipRow = ChipRow(self.line, self)
        self.frame.removed.connect(self.remove)
        self.take_keys(self.line, within=self.frame)
        self.line.textEdited.connect(self._typed)

    def words(self, code: str) -> str:
        """How a code reads."""
        raise NotImplementedError

    def chips(self) -> list[tuple[str, str, str]]:
        """Code, words and kind of each chip."""
        return [(code, self.words(code), "neutral") for code in self._chosen]

    def set_value(self, value: object) -> None:
        """Show these codes."""
        codes = value if isinstance(value, Iterable) and not isinstance(value, str) else ()
        self.line.clear()
        self._become([str(code) for code in codes])

    def content(self) -> object:
        """Codes, and what is half typed."""
        return {"codes": list(self._chosen), "typed": self.line.text()}

    def restore(self, content: object) -> None:
        """What `content` gave."""
        if isinstance(content, dict):
            self.set_value(content.get("codes", ()))
            self.line.setText(str(content.get("typed", "")))

    def is_empty(self) -> bool:
        """Nothing chosen."""
        return not self._chosen

    def trouble(self) -> str:
        """Something typed that was not taken."""
        typed = self.line.text().strip()
        if not typed:
            return ""
        return f"“{typed}” is not taken from the list. Choose an entry with Enter, or clear it."

    def set_wrong(self, wrong: bool) -> None:
        """Look wrong, or right again."""
        say(self.frame, state="wrong" if wrong else "")

    def take(self, code: str) -> None:
        """Add one."""
        self._taken([*self._chosen, code], f"{self.words(code)} taken.")

    def pick(self, code: str) -> None:
        """A row of the list is taken."""
        self.take(code)

    def remove(self, code: str) -> None:
        """Take one out."""
        words = self.words(code)
        self._become([kept for kept in self._chosen if kept != code])
        announce(self.line, f"{words} removed.")

    def key(self, event: QKeyEvent) -> bool:
        """The list's keys, then those of the chips while the field is empty."""
        if super().key(event):
            return True
        if self.list_is_open() or self.line.text():
            return False
        return self.key_on_chips(event.key(), ctrl=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def keys_come(self) -> None:
        """The whole field carries the ring."""
        say(self.frame, ring="on")

    def keys_gone(self) -> None:
        """The list closes, the ring goes."""
        say(self.frame, ring="off")
        self.close_list()
        self._point_at(None)

    def key_on_chips(self, key: int, *, ctrl: bool) -> bool:
        """A key in the empty field; True if that was all."""
        at = self.frame.pointed
        if key == Qt.Key.Key_Backspace and self._chosen:
            self.remove(self._chosen[-1 if at is None else at])
        elif key == Qt.Key.Key_Delete and at is not None:
            self.remove(self._chosen[at])
        elif key == Qt.Key.Key_Left and self._chosen:
            self._point_at(max(0, (len(self._chosen) if at is None else at) - 1))
        elif key == Qt.Key.Key_Right and at is not None:
            self._point_at(at + 1 if at + 1 < len(self._chosen) else None)
        else:
            return False
        return True

    def pointed_words(self, at: int) -> str:
        """The chip under the keyboard, for those who listen."""
        return f"{self.words(self._chosen[at])}, {at + 1} of {len(self._chosen)}. Delete removes it."

    def _point_at(self, at: int | None) -> None:
        self.frame.point_at(at)
        if at is not None:
            announce(self.line, self.pointed_words(at))

    def _taken(self, codes: list[str], said: str) -> None:
        self.line.clear()
        self.close_list()
        self._become(codes)
        announce(self.line, said)

    def _become(self, codes: list[str]) -> None:
        if codes == self._chosen:
            return
        self._chosen = list(dict.fromkeys(codes))
        self._show_chips()
        self.edited.emit()

    def _show_chips(self) -> None:
        self.frame.show_chips(self.chips())
        self.line.setPlaceholderText("" if self._chosen else self.placeholder)
        self.updateGeometry()

    def _typed(self, typed: str) -> None:
        self._point_at(None)
        if typed.strip():
            self.search(typed)
        else:
            self.close_list()
