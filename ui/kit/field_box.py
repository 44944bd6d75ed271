"""One field of a form: label, editor, and the line under it that says what is meant or what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.text_editors import NotesEditor, TickEditor
from ui.kit.theme import current
from ui.kit.words import Icon, PlainLabel, announce, label, say, spaced, without_access_key

if TYPE_CHECKING:
    from ui.kit.form import Field

WIDEST = 700  # pixels at 100 % text; a longer line cannot be followed


class FieldBox(QWidget):
    """The editor with its note line; the label is placed beside or above it by the form's grid."""

    def __init__(self, field: Field, *, shown: bool = True) -> None:
        super().__init__()
        self.name, self.editor, self.wide = field.name, field.editor, field.wide
        self.words = without_access_key(field.label)
        self.problem = ""
        self.without_label = False
        self._hint, self._required = field.hint, field.required
        self._shown = shown
        if not shown:
            self.hide()
        self.label = _label(field)
        self.label.setParent(self)
        self._line: tuple[Icon, PlainLabel] | None = None  # most fields never have one
        self._box = QVBoxLayout(self)
        spaced(self._box, gap="")
        self._editors = QHBoxLayout()
        spaced(self._editors, gap="s")
        self._editors.addWidget(self.editor, 1)
        self._editors.addStretch(0)  # an editor that may grow no further stays at the left
        self._box.addLayout(self._editors)
        self.editor.name(field.name, self.words + (", required" if field.required else ""), field.hint)
        self._say(field.hint)
        if isinstance(self.editor, NotesEditor):
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_problem(self, problem: str, *, keep_room: bool = True) -> None:
        """Words and sign under the field; "" clears them but keeps their room, so that nothing jumps while typing."""
        room = keep_room and bool(self.problem)
        self.problem = problem
        self.editor.set_wrong(bool(problem))
        self._say(problem or self._hint, room=room)
        self.editor.keys.setAccessibleDescription(problem or self._hint)
        if problem:
            announce(self.editor.keys, problem)

    def take_beside(self, other: FieldBox) -> None:
        """Let another field stand at the right of this one's editor; what says its name is its words or its list."""
        other.label.hide()
        other.without_label = True
        self._editors.insertWidget(self._editors.count() - 1, other, 0, Qt.AlignmentFlag.AlignTop)

    def is_right(self) -> bool:
        """Readable, and there if it must be."""
        return not self.editor.trouble() and not (self._required and self.editor.is_empty())

    def set_shown(self, shown: bool) -> None:
        """With its label."""
        self._shown = shown
        self.setVisible(shown)
        self.label.setVisible(shown and bool(self.label.text()) and not self.without_label)

    def put_into(self, grid: QGridLayout, row: int, column: int, span: int, *, above: bool) -> None:
        """Into the form's grid, whose columns are label, field, label, field."""
        theme = current()
        full = self.wide or self.editor.takes_width
        widest = 16_777_215 if full else round(WIDEST * theme.scale)
        self.editor.setMaximumWidth(widest)
        top = Qt.AlignmentFlag.AlignTop
        place = Qt.AlignmentFlag(0) if isinstance(self.editor, NotesEditor) else top
        self._box.removeWidget(self.label)
        self.label.setMinimumHeight(0 if above else theme.px("size_control"))
        if above:
            self._box.insertWidget(0, self.label)
            grid.addWidget(self, row, 0, place)
        else:
            grid.addWidget(self.label, row, 2 * column, top)
            grid.addWidget(self, row, 2 * column + 1, 1, 2 * span - 1, place)
        self.set_shown(self._shown)

    def _say(self, text: str, *, room: bool = False) -> None:
        if self._line is None and not text:
            return
        sign, note = self._line = self._line or self._made_line()
        note.setMinimumHeight(note.height() if room else 0)
        say(note, role="error" if self.problem else "caption")
        note.setText(text or (" " if room else ""))
        note.setVisible(bool(text) or room)
        sign.setVisible(bool(self.problem))

    def _made_line(self) -> tuple[Icon, PlainLabel]:
        sign, note = Icon("circle-alert", "danger_text", 14, parent=self), label("", "caption", wrap=True)
        row = QHBoxLayout()
        spaced(row, gap="xs")
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(note, 1)
        self._box.addLayout(row)
        return sign, note


def _label(field: Field) -> PlainLabel:
    # A box to tick bears its words itself.
    if isinstance(field.editor, TickEditor):
        field.editor.set_words(field.label)
        return PlainLabel("", mnemonic=True)
    made = PlainLabel(field.label, mnemonic=True)
    made.setBuddy(field.editor.keys)
    return made
