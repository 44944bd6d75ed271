"""What every editor can do. A form speaks to its fields only through this."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from ui.kit.enter import ENTER
from ui.kit.words import say


class Editor(QWidget):
    """A field's widget: it holds one value, says when a person changed it, and when the keyboard left it.

    `edited` follows what people do and `set_value` alike. `submitted` is Ctrl+Enter. `trouble()` is "" or the sentence
    for what was typed and cannot be read; `value()` is then None. `content()` and `restore()` carry what stands in the
    field, readable or not, as a plain JSON value, for drafts. `reshaped` when it `wants_line`, or no longer.
    """

    edited = Signal()
    left = Signal()
    submitted = Signal()
    reshaped = Signal()

    enter_moves_on = True
    takes_width = False  # all there is: in a field of one line words further on than one can follow are no use

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._keys: QWidget = self

    @property
    def keys(self) -> QWidget:
        """The widget the keyboard is in: it carries the name for those who listen."""
        return self._keys

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops in it, in order."""
        return (self.keys,)

    @property
    def wants_line(self) -> bool:
        """Whether it needs the form's whole width now, as far as the form has places for that."""
        return False

    def value(self) -> object:
        """What the field holds."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show this value."""
        raise NotImplementedError

    def trouble(self) -> str:
        """Why what was typed cannot be read, in one sentence; "" when it can."""
        return ""

    def content(self) -> object:
        """What stands in the field as text, number, list or nothing."""
        return self.value()

    def restore(self, content: object) -> None:
        """Put back what `content` gave."""
        self.set_value(content)

    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return self.content() in (None, "", [], ())

    def set_wrong(self, wrong: bool) -> None:
        """Look wrong, or right again."""
        say(self._keys, state="wrong" if wrong else "")

    def name(self, name: str, words: str, description: str = "") -> None:
        """Identifier for tests and tools, words and description for those who listen."""
        self._keys.setAccessibleName(words)
        self._keys.setAccessibleDescription(description)
        self._keys.setAccessibleIdentifier(name)
        self.setObjectName(name)

    def take_keys(self, inner: QWidget, stretch: int = 1, within: QWidget | None = None) -> None:
        """The inner widget is where one types; the editor listens to its keys.

        `within` is the frame that stands around it, if it has one. The editor itself takes no focus: as a stop of its
        own beside its inner widget it would lead Tab back there from wherever it stands in the order.
        """
        self._keys = inner
        self._row.addWidget(within or inner, stretch)
        inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Shift+Enter back, Ctrl+Enter submits; leaving is told."""
        # while Python clears a forgotten field, Qt still tells it what happens to its line
        if watched is getattr(self, "_keys", None):
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                return self._leaves_undo(event)
            if isinstance(event, QFocusEvent) and event.lostFocus():
                # A list or menu of the field's own is not leaving it.
                if event.reason() != Qt.FocusReason.PopupFocusReason:
                    self.keys_gone()
                    self.left.emit()
            elif isinstance(event, QFocusEvent) and event.gotFocus():
                if event.reason() != Qt.FocusReason.PopupFocusReason:
                    self.keys_come()
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self.key(event) or self._moves(event)
        return super().eventFilter(watched, event)

    def key(self, event: QKeyEvent) -> bool:
        """A key before the field sees it; True if that was all."""
        return False

    def keys_come(self) -> None:
        """The keyboard came."""

    def keys_gone(self) -> None:
        """The keyboard left."""

    def _leaves_undo(self, event: QKeyEvent) -> bool:
        """A field with nothing of its own to take back leaves Ctrl+Z to the last thing done; Qt's keep it always."""
        if not event.matches(QKeySequence.StandardKey.Undo) or self._can_undo():
            return False
        event.ignore()
        return True

    def _can_undo(self) -> bool:
        if isinstance(self._keys, QPlainTextEdit):
            return self._keys.document().isUndoAvailable()
        return isinstance(self._keys, QLineEdit) and self._keys.isUndoAvailable()

    def _moves(self, event: QKeyEvent) -> bool:
        if event.key() not in ENTER:
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
            self.submitted.emit()
            return True
        if not self.enter_moves_on:
            return False
        if held == Qt.KeyboardModifier.NoModifier:
            return self._keys.focusNextChild()
        if held == Qt.KeyboardModifier.ShiftModifier:
            return self._keys.focusPreviousChild()
        return False


class LineEditor(Editor):
    """An editor of one typed line."""

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", width: int = 0) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(placeholder)
        if width:
            self.line.setMaximumWidth(width)
        self.take_keys(self.line)
        self.line.textChanged.connect(self._typed)

    def content(self) -> object:
        """The text as typed."""
        return self.line.text()

    def restore(self, content: object) -> None:
        """Text as it was typed."""
        self.line.setText(str(content or ""))

    def keys_come(self) -> None:
        """What is there is selected, so that typing replaces it (12 typed over 0 is 12, not 10)."""
        self.line.selectAll()

    def _typed(self) -> None:
        self.edited.emit()
