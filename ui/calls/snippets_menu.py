"""Texts put in by one key: Ctrl+J opens the list, typing finds, Enter puts one in where the cursor is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ppsdesk.domain.changes import Topic
from ppsdesk.domain.snippets import SLOT, Snippet
from ui.kit.desk import Desk
from ui.kit.enter import ENTER
from ui.kit.matching import found_by
from ui.kit.suggestions import Suggestion, Suggestions
from ui.kit.theme import current
from ui.kit.words import announce

HINT = "Up, Down choose · Enter puts it in · Tab then goes from … to … · Esc closes"
_NONE = "No text of yours fits. Texts are kept on the page Lists."


class SnippetsMenu(QObject):
    """The list over the notes. `…` in the notes, after the cursor, is a slot: Tab goes there, and at last leaves."""

    def __init__(self, desk: Desk, notes: QPlainTextEdit) -> None:
        super().__init__(notes)
        self._desk, self._notes = desk, notes
        self._snippets: dict[str, Snippet] | None = None
        self._line: QLineEdit | None = None
        self._list: Suggestions | None = None
        notes.installEventFilter(self)
        desk.touched.connect(self._on_touched)

    def open(self) -> None:
        """Show the list over the notes, with the keyboard in the line that finds."""
        line = self._line or self._make_line()
        if line.parentWidget() is not self._notes.window():
            line.setParent(self._notes.window())
        line.clear()
        line.resize(QSize(min(self._notes.width(), round(360 * current().scale)), line.sizeHint().height()))
        line.move(self._notes.mapTo(self._notes.window(), QPoint(0, 0)))
        line.show()
        line.raise_()
        line.setFocus(Qt.FocusReason.PopupFocusReason)
        if self._snippets is None:
            self._ask()
        self._search("")

    def put_in(self, body: str) -> None:
        """Put a text in where the cursor is, in place of what is selected, and go to its first slot."""
        cursor = self._notes.textCursor()
        if cursor.selectedText() != SLOT and not cursor.atBlockStart() and "\n" in body:
            body = "\n" + body
        began = cursor.selectionStart()
        cursor.insertText(body)
        ended = cursor.position()
        cursor.setPosition(began)
        self._notes.setTextCursor(cursor)
        if not self._next_slot(until=ended):
            cursor.setPosition(ended)
            self._notes.setTextCursor(cursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab in the notes goes from slot to slot; the line's keys are the list's."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self._notes:
                plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
                return event.key() == Qt.Key.Key_Tab and plain and self._next_slot()
            if watched is self._line:
                return self._key(event)
        if watched is self._line and event.type() == QEvent.Type.FocusOut:
            self._close()
        return super().eventFilter(watched, event)

    def _next_slot(self, until: int | None = None) -> bool:
        document, cursor = self._notes.document(), self._notes.textCursor()
        found = document.find(SLOT, cursor, QTextDocument.FindFlag.FindCaseSensitively)
        if found.isNull() or (until is not None and found.selectionStart() >= until):
            return False
        self._notes.setTextCursor(found)
        line = found.block().text()
        announce(self._notes, f"Slot in: {line}")
        return True

    def _make_line(self) -> QLineEdit:
        line = self._line = QLineEdit(self._notes.window())
        line.setAccessibleName("Find a text")
        line.setPlaceholderText("Find a text")
        line.installEventFilter(self)
        line.textEdited.connect(self._search)
        self._list = Suggestions(line, HINT)
        self._list.taken.connect(self._take)
        return line

    def _ask(self) -> None:
        services = self._desk.services

        def read() -> tuple[Snippet, ...]:
            return services.snippets.all()

        self._desk.latest(self, "snippets", read, self._came)

    def _came(self, snippets: tuple[Snippet, ...]) -> None:
        self._snippets = {str(snippet.key): snippet for snippet in snippets if not snippet.ended}
        if self._line is not None and self._line.hasFocus():
            self._search(self._line.text())

    def _search(self, typed: str) -> None:
        if self._list is None or self._snippets is None:
            return
        rows: list[Suggestion] = [
            (key, snippet.title, " ".join(snippet.body.split())) for key, snippet in self._snippets.items()
        ]
        found = found_by(typed, rows, key=_searched)
        self._list.show_rows(found)
        if not found:
            announce(self._notes, _NONE)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        assert self._list is not None
        if key in ENTER:
            self._take(self._list.current_code())
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._back()
        else:
            return False
        return True

    def _take(self, key: str) -> None:
        snippet = (self._snippets or {}).get(key)
        self._back()
        if snippet is not None:
            self.put_in(snippet.body)
            announce(self._notes, f"{snippet.title} put in.")

    def _back(self) -> None:
        self._close()
        self._notes.setFocus(Qt.FocusReason.PopupFocusReason)
        self._notes.setTextCursor(QTextCursor(self._notes.textCursor()))

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()
        if self._line is not None:
            self._line.hide()

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        if Topic.SNIPPETS in topics:
            self._snippets = None


def _searched(row: Suggestion) -> tuple[str, str]:
    _, title, body = row
    return title, body
