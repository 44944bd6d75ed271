"""Several terms of one list in one field: typed, taken from a list, shown as chips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from ui.kit.buttons import Chip
from ui.kit.editor import Editor
from ui.kit.flow import Flow
from ui.kit.matching import found_by
from ui.kit.pickers import Offered
from ui.kit.suggestions import Suggestion, Suggestions
from ui.kit.theme import current
from ui.kit.words import announce, explain, say

MAIN = "Main: "
WIDEST, WIDEST_EVER = 440, 560  # pixels of a chip's words at 100 %, and at any size
KEYS = "Up, Down choose · Enter takes it · Esc closes"


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

    def show_chips(self, chips: Sequence[tuple[TermCode, str, str]]) -> None:
        """Other chips: code, words, kind."""
        self.pointed = None
        for chip in self.chips():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for place, (code, words, kind) in enumerate(chips):
            chip = Chip(_fitting(words), kind, None, closable=True, parent=self)
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


def _fitting(words: str) -> str:
    """As many of the words as a chip may hold: in full at any usual size, cut where the text is twice as large."""
    theme = current()
    room = min(round(WIDEST * theme.scale), WIDEST_EVER)
    return QFontMetrics(theme.font()).elidedText(words, Qt.TextElideMode.ElideRight, room)


class TermTokens(Editor):
    """Terms as chips in the order they were taken; with `with_main` the first is the main one, and says so.

    Typing searches code and words in any order. Down opens the whole list, Up and Down move, Enter takes, Escape
    closes; nothing is taken by itself. In the empty field Left walks over the chips: Delete removes one, Ctrl+Up makes
    it the main one; Backspace removes the last. In the list Ctrl+Up takes a term as the main one.
    """

    def __init__(self, vocabulary: Vocabulary, parent: QWidget | None = None, *, with_main: bool = True) -> None:
        super().__init__(parent)
        self.vocabulary = vocabulary
        self._with_main = with_main
        self._terms = Offered()
        self._chosen: list[TermCode] = []
        self._list: Suggestions | None = None
        self.line = QLineEdit()
        self.line.setProperty("role", "bare")
        self.line.setMinimumWidth(90)
        self.frame = ChipRow(self.line, self)
        self.frame.removed.connect(self._crossed)
        self.take_keys(self.line, within=self.frame)
        self.line.textEdited.connect(self._search)
        self.line.textChanged.connect(self.edited)

    def offer(self, terms: Sequence[Term], on: date | None = None) -> None:
        """The terms to choose from. Those that are not offered on that day are there because the record has them."""
        early = not self._terms.terms
        self._terms.take(terms, on)
        self._show_chips()
        if early and self.line.hasFocus() and self.line.text():
            self._search(self.line.text())  # typed while the lists were still on their way

    def value(self) -> tuple[TermCode, ...]:
        """The stored codes, the main one first."""
        return tuple(self._chosen)

    def set_value(self, value: object) -> None:
        """Show these codes."""
        codes = value if isinstance(value, Iterable) and not isinstance(value, str) else ()
        self.line.clear()
        self._become([TermCode(str(code)) for code in codes])

    def content(self) -> object:
        """Codes, and what is half typed."""
        return {"codes": list(self._chosen), "typed": self.line.text()}

    def restore(self, content: object) -> None:
        """What `content` gave."""
        if isinstance(content, dict):
            self.set_value(content.get("codes", ()))
            self.line.setText(str(content.get("typed", "")))

    def is_empty(self) -> bool:
        """No term chosen."""
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

    def take(self, code: TermCode, *, main: bool = False) -> None:
        """Add a term, or make one that is there the main one."""
        others = [kept for kept in self._chosen if kept != code]
        self.line.clear()
        self._close()
        if main or code not in self._chosen:
            self._become([code, *others] if main else [*others, code])
        announce(self.line, f"{self._terms.words(code)} {'is the main one' if main else 'taken'}.")

    def remove(self, code: TermCode) -> None:
        """Take a term out."""
        self._become([kept for kept in self._chosen if kept != code])
        announce(self.line, f"{self._terms.words(code)} removed.")

    def key(self, event: QKeyEvent) -> bool:
        """The list's keys while it is open, the chips' while the field is empty."""
        key, ctrl = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self._list is not None and self._list.isVisible():
            return self._key_in_list(key, ctrl)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self._open(self._found(self.line.text()))
            return True
        if not self.line.text():
            return self._key_on_chips(key, ctrl)
        return False

    def keys_come(self) -> None:
        """The whole field carries the ring."""
        say(self.frame, ring="on")

    def keys_gone(self) -> None:
        """The list closes, the ring goes."""
        say(self.frame, ring="off")
        self._close()
        self._point_at(None)

    def _key_in_list(self, key: int, ctrl: bool) -> bool:
        assert self._list is not None
        code = TermCode(self._list.current_code())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not ctrl:
            self.take(code)
        elif key == Qt.Key.Key_Up and ctrl and self._with_main:
            self.take(code, main=True)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self._close()
        else:
            return False
        return True

    def _key_on_chips(self, key: int, ctrl: bool) -> bool:
        at = self.frame.pointed
        if key == Qt.Key.Key_Up and ctrl and self._with_main and self._chosen:
            self.take(self._chosen[-1 if at is None else at], main=True)
        elif key == Qt.Key.Key_Backspace and self._chosen:
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

    def _point_at(self, at: int | None) -> None:
        self.frame.point_at(at)
        if at is not None:
            more = "Ctrl+Up makes it the main one, " if self._with_main and at else ""
            words = self._terms.words(self._chosen[at])
            announce(self.line, f"{words}, {at + 1} of {len(self._chosen)}. {more}Delete removes it.")

    def _become(self, codes: list[TermCode]) -> None:
        if codes == self._chosen:
            return
        self._chosen = list(dict.fromkeys(codes))
        self._show_chips()
        self.edited.emit()

    def _show_chips(self) -> None:
        chips = [(code, self._terms.words(code), "neutral") for code in self._chosen]
        if chips and self._with_main:
            code, words, _ = chips[0]
            chips[0] = (code, f"{MAIN}{words}", "info")
        self.frame.show_chips(chips)
        self.line.setPlaceholderText("" if chips else "Type to search, Down for the list")
        self.updateGeometry()

    def _crossed(self, code: str) -> None:
        self.remove(TermCode(code))

    def _search(self, typed: str) -> None:
        self._point_at(None)
        if typed.strip():
            self._open(self._found(typed))
        else:
            self._close()

    def _found(self, typed: str) -> list[Suggestion]:
        free = [term for term in self._terms.open_terms() if term.code not in self._chosen]
        rows: list[Suggestion] = [(str(term.code), term.shown, term.group) for term in free]
        return found_by(typed, rows, key=_searched)

    def _open(self, rows: list[Suggestion]) -> None:
        if self._list is None:
            self._list = Suggestions(self.frame, KEYS + (" · Ctrl+Up as the main one" if self._with_main else ""))
            self._list.taken.connect(self._clicked)
        self._list.show_rows(rows)

    def _clicked(self, code: str) -> None:
        self.take(TermCode(code))

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()


def _searched(row: Suggestion) -> tuple[str, str]:
    code, words, more = row
    return code, f"{words} {more}"
