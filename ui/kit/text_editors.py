"""Words, numbers, yes or no."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QRegularExpression, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QRegularExpressionValidator, QShortcutEvent
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QSizePolicy, QWidget

from ui.kit.editor import Editor, LineEditor
from ui.kit.theme import current, theme_box


class TextEditor(LineEditor):
    """One line of text, without spaces around it."""

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", limit: int = 200) -> None:
        super().__init__(parent, placeholder=placeholder)
        self.line.setMaxLength(limit)

    def value(self) -> str:
        """The text."""
        return self.line.text().strip()

    def set_value(self, value: object) -> None:
        """Show the text, from its beginning."""
        self.line.setText(str(value or ""))
        self.line.setCursorPosition(0)

    def keys_come(self) -> None:
        """A sentence is not selected: one slip of a key would lose it."""


class NumberEditor(LineEditor):
    """A whole number, or None for an empty field. Out of bounds is said in words, not prevented by silence."""

    def __init__(self, parent: QWidget | None = None, *, minimum: int = 0, maximum: int = 999_999) -> None:
        super().__init__(parent)
        self._minimum, self._maximum = minimum, maximum
        self.line.setValidator(QRegularExpressionValidator(QRegularExpression(r"\s*\d{0,9}\s*"), self.line))
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._fit()
        theme_box().changed.connect(self._fit)

    def value(self) -> int | None:
        """The number, or None."""
        number = self._number()
        return number if number is not None and self._minimum <= number <= self._maximum else None

    def set_value(self, value: object) -> None:
        """Show the number; None empties the field."""
        self.line.setText("" if value is None else str(value))

    def trouble(self) -> str:
        """Out of bounds."""
        number = self._number()
        if number is None or self._minimum <= number <= self._maximum:
            return ""
        return f"Enter a number from {self._minimum:,} to {self._maximum:,}. You entered {number:,}."

    def _number(self) -> int | None:
        typed = self.line.text().strip()
        return int(typed) if typed.isdecimal() else None

    def _fit(self) -> None:
        digits = QFontMetrics(current().font()).horizontalAdvance("0" * max(len(str(self._maximum)), 4))
        self.line.setMaximumWidth(digits + 6 * current().px("space_s"))
        self._row.setAlignment(self.line, Qt.AlignmentFlag.AlignLeft)


class _Notes(QPlainTextEdit):
    """Takes text alone from the clipboard, whatever else is offered with it.

    `lowest` is the least height in pixels: a minimum height would be lost to that of the style sheet.
    """

    lowest = 0

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Text, without the character no database keeps."""
        plain = QMimeData()
        plain.setText(source.text().replace("\0", ""))
        super().insertFromMimeData(plain)

    def sizeHint(self) -> QSize:
        """The least it was given."""
        return QSize(super().sizeHint().width(), self.lowest)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return QSize(super().minimumSizeHint().width(), self.lowest)


class NotesEditor(Editor):
    """Plain text of any length: Enter is a new line, Tab leaves.

    `rows` high at least, up to `most` with what is typed, and as high as there is room: notes are what it is for.
    """

    enter_moves_on = False
    takes_width = True

    def __init__(self, parent: QWidget | None = None, *, rows: int = 3, most: int = 6, placeholder: str = "") -> None:
        super().__init__(parent)
        self._rows, self._most = rows, max(rows, most)
        self.text = _Notes(self)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(placeholder)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.take_keys(self.text)
        self.text.textChanged.connect(self._typed)
        theme_box().changed.connect(self._fit)
        self._fit()

    def value(self) -> str:
        """The text, without empty lines around it."""
        return self.text.toPlainText().strip()

    def set_value(self, value: object) -> None:
        """Show the text."""
        self.text.setPlainText(str(value or ""))

    def content(self) -> object:
        """The text as it stands."""
        return self.text.toPlainText()

    def key(self, event: QKeyEvent) -> bool:
        """Escape is left to the page."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        return False

    def _typed(self) -> None:
        self._fit()
        self.edited.emit()

    def _fit(self) -> None:
        line = QFontMetrics(current().font()).lineSpacing()
        rows = min(max(self._rows, self.text.document().blockCount()), self._most)
        around = 2 * (round(self.text.document().documentMargin()) + 4)
        self.text.lowest = max(rows * line + around, current().px("size_control"))
        self.text.updateGeometry()


class _Box(QCheckBox):
    def event(self, event: QEvent) -> bool:
        """Its access key ticks at once: Qt would wait a tenth of a second, and the next letters would be lost in it."""
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.click()
            return True
        return super().event(event)


class TickEditor(Editor):
    """Yes or no. Its words stand beside the box, and the whole of it is the target."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = _Box(words, self)
        self.take_keys(self.box, 0)
        self._row.addStretch(1)
        self.box.toggled.connect(self._ticked)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, value: object) -> None:
        """Tick it or not."""
        self.box.setChecked(bool(value))

    def is_empty(self) -> bool:
        """Not ticked."""
        return not self.box.isChecked()

    def set_words(self, words: str) -> None:
        """The words beside the box; `&` marks the access key."""
        self.box.setText(words)

    def _ticked(self) -> None:
        self.edited.emit()
