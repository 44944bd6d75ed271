"""A form is declared, one `Field` per line; labels, keys, problems, order and names come from here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ppsdesk.domain.errors import Invalid
from ui.kit.editor import Editor
from ui.kit.enter import ENTER
from ui.kit.field_box import FieldBox
from ui.kit.problem_bar import ProblemBar
from ui.kit.still import laid_out_once
from ui.kit.text_editors import NotesEditor
from ui.kit.theme import current, theme_box
from ui.kit.words import spaced

_TWO_COLUMNS, _LABELS_BESIDE = 840, 460  # pixels at 100 % text
_SLACK = 16  # a scroll bar that comes or goes must not turn the columns round

Arranged = Callable[[QGridLayout, Sequence[FieldBox], str], None]


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form.

    `label` may mark an access key with `&`. `hint` stands under the field until a problem does. `wide` spans both
    columns. `beside` names an earlier field whose place this one shares, at its right and without a label of its own.
    """

    name: str
    label: str
    editor: Editor
    hint: str = ""
    required: bool = False
    wide: bool = False
    beside: str = ""


class Form(QWidget):
    """Fields in their declared order, two columns when there is room.

    `edited` carries the name of the field somebody changed. `submitted` is Ctrl+Enter in any field. `goal` says in the
    summary of problems what they stand in the way of. `arranged` places the fields in a way of the form's own.
    """

    edited = Signal(str)
    submitted = Signal()

    def __init__(
        self,
        fields: Sequence[Field],
        parent: QWidget | None = None,
        *,
        goal: str = "this can be saved",
        arranged: Arranged | None = None,
    ) -> None:
        super().__init__(parent)
        self._arrange = arranged or arrange
        self._boxes: dict[str, FieldBox] = {}
        self._placed: tuple[FieldBox, ...] = ()
        self._clean: dict[str, object] = {}
        self._shape = "one"
        self._filling = False
        self.problem_bar = ProblemBar(self, goal=goal)
        self.problem_bar.wanted.connect(self.focus_field)
        column = QVBoxLayout(self)
        spaced(column, gap="m")
        column.addWidget(self.problem_bar)
        self._grid = QGridLayout()
        column.addLayout(self._grid, 0)
        column.addStretch(1)
        self._column = column
        self.add(fields)
        theme_box().changed.connect(self._refit)

    def add(self, fields: Sequence[Field], *, hidden: Collection[str] = ()) -> None:
        """Further fields below those that are there, as they are now counting as unchanged; some `hidden` at first."""
        with laid_out_once(self):
            made = {field.name: FieldBox(field, shown=field.name not in hidden) for field in fields}
            self._boxes |= made
            self._placed += tuple(made[field.name] for field in fields if not field.beside)
            for field in fields:
                box = made[field.name]
                if field.beside:
                    self._boxes[field.beside].take_beside(box)
                box.editor.edited.connect(self._edited)
                box.editor.left.connect(self._left)
                box.editor.submitted.connect(self.submitted)
                self._clean[field.name] = box.editor.content()
            tall = any(isinstance(box.editor, NotesEditor) for box in self._placed)
            self._column.setStretchFactor(self._grid, int(tall))
            self._column.setStretch(self._column.count() - 1, int(not tall))
            self._arrange(self._grid, self._placed, self._shape)

    def editor(self, name: str) -> Editor:
        """The editor of a field. KeyError for a name that was not declared."""
        return self._boxes[name].editor

    def names(self) -> tuple[str, ...]:
        """The fields' names in order."""
        return tuple(self._boxes)

    def values(self) -> dict[str, object]:
        """What the fields hold. `Invalid` names those whose text cannot be read."""
        troubles = self.troubles()
        if troubles:
            raise Invalid(troubles)
        return {name: box.editor.value() for name, box in self._boxes.items()}

    def troubles(self) -> dict[str, str]:
        """Fields whose text cannot be read, with the sentence for each."""
        found = {name: box.editor.trouble() for name, box in self._boxes.items()}
        return {name: sentence for name, sentence in found.items() if sentence}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show these values and take the form as unchanged; fields not named stay as they are."""
        self._fill({name: values[name] for name in self._boxes if name in values}, _set_value)
        self.clear_problems()
        self.set_clean()

    def content(self) -> dict[str, object]:
        """What stands in the fields, readable or not, as plain JSON values: for a draft."""
        return {name: box.editor.content() for name, box in self._boxes.items()}

    def restore(self, content: Mapping[str, object]) -> None:
        """Put a draft back. The form counts as changed where it differs from before."""
        self._fill({name: content[name] for name in self._boxes if name in content}, _restore)
        self.clear_problems()

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what was shown last."""
        return self.content() != self._clean

    def set_clean(self) -> None:
        """What stands here now is what is kept."""
        self._clean = self.content()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Words at each field and in a summary on top, which takes the keyboard; Enter there goes to the first field.

        A problem of a field this form does not have is shown in the summary alone.
        """
        for name, box in self._boxes.items():
            box.show_problem(problems.get(name, ""))
        labels = {name: self._boxes[name].words for name in problems if name in self._boxes}
        self.problem_bar.show_problems(problems, labels)
        if problems:
            self.problem_bar.take_focus()

    def clear_problems(self) -> None:
        """Nothing is wrong."""
        for box in self._boxes.values():
            box.show_problem("", keep_room=False)
        self.problem_bar.clear()

    def problems(self) -> dict[str, str]:
        """The problems shown at the fields now."""
        return {name: box.problem for name, box in self._boxes.items() if box.problem}

    def focus_first(self) -> None:
        """The keyboard into the first field that is open."""
        for box in self._boxes.values():
            if box.editor.isEnabled() and not box.isHidden():
                box.editor.keys.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def focus_field(self, name: str) -> None:
        """The keyboard into that field."""
        if name in self._boxes:
            self._boxes[name].editor.keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_field(self, name: str, shown: bool) -> None:
        """Show or hide a field with its label."""
        self._boxes[name].set_shown(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter from anywhere in the form."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if ctrl and event.key() in ENTER:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns become one, and labels beside fields stand above them, as the room goes."""
        super().resizeEvent(event)
        self._refit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column with its labels above: the columns follow the room, never the other way round."""
        narrowest = max((box.editor.minimumSizeHint().width() for box in self._boxes.values()), default=0)
        return QSize(narrowest, super().minimumSizeHint().height())

    def _refit(self) -> None:
        width = self.width() / current().scale
        slack = _SLACK if self._shape == "two" else 0
        shape = "two" if width + slack >= _TWO_COLUMNS else "one" if width >= _LABELS_BESIDE else "above"
        if shape != self._shape:
            self._shape = shape
            self._arrange(self._grid, self._placed, shape)

    def _fill(self, values: Mapping[str, object], how: Callable[[Editor, object], None]) -> None:
        self._filling = True
        try:
            with laid_out_once(self):
                for name, value in values.items():
                    how(self._boxes[name].editor, value)
        finally:
            self._filling = False

    def _edited(self) -> None:
        box = self._box_of(self.sender())
        if box is None or self._filling:
            return
        if box.problem and box.is_right():
            box.show_problem("")
            self.problem_bar.drop(box.name)
        self.edited.emit(box.name)

    def _left(self) -> None:
        box = self._box_of(self.sender())
        if box is not None and box.editor.trouble() and not self._filling:
            box.show_problem(box.editor.trouble())

    def _box_of(self, editor: object) -> FieldBox | None:
        return next((box for box in self._boxes.values() if box.editor is editor), None)


def _set_value(editor: Editor, value: object) -> None:
    editor.set_value(value)


def _restore(editor: Editor, content: object) -> None:
    editor.restore(content)


def arrange(grid: QGridLayout, boxes: Sequence[FieldBox], shape: str) -> None:
    """Place the fields anew: "two" columns, "one" with labels beside, or "above" with labels above them."""
    # Not `takeAt`: an item that outlives its place keeps the widget's new place from hearing of a new height.
    for box in boxes:
        grid.removeWidget(box.label)
        grid.removeWidget(box)
    for row in range(grid.rowCount()):
        grid.setRowStretch(row, 0)
    spaced(grid, gap="s")
    grid.setHorizontalSpacing(current().px("space_m"))
    columns = 2 if shape == "two" else 1
    row = column = 0
    for box in boxes:
        span = columns if box.wide else 1
        if column + span > columns:
            row, column = row + 1, 0
        box.put_into(grid, row, column, span, above=shape == "above")
        if isinstance(box.editor, NotesEditor):
            grid.setRowStretch(row, 1)
        column += span
    fields = (0,) if shape == "above" else (1, 3)[:columns]
    for place in range(4):
        grid.setColumnStretch(place, int(place in fields))
