"""Somebody else changed the same record: both versions line by line, and nothing is lost whatever one chooses."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from ui.kit.buttons import KeyButton
from ui.kit.enter import ENTER
from ui.kit.flow import Flow
from ui.kit.surfaces import Bar, Card, page_scroll
from ui.kit.theme import current
from ui.kit.words import label, no_access_key, spaced

_LONGEST = 160
_LETTERS, _ROWS = 30, 6
_WIDE = 760  # pixels at 100 % text


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line to choose on: the fields it stands for, and in words what was before, theirs and yours."""

    fields: tuple[str, ...]
    words: str
    before: str
    theirs: str
    yours: str
    both_changed: bool
    only_you: bool


class TwoVersionsDialog(QDialog):
    """Gathers a choice for each line; `mine()` are those where yours was chosen. It saves nothing.

    Where only one side changed a field that side is chosen already; where both did, nothing is, and one must choose.
    `thing` is what was changed ("call"), `who` the sentence on who did.
    """

    def __init__(self, choices: Sequence[Choice], *, thing: str, who: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thing = thing
        self.lines = [_Line(choice, self) for choice in choices]
        self.setWindowTitle(f"Somebody else changed this {thing}")
        self._fit_size(parent)
        outer = QVBoxLayout(self)
        spaced(outer, around="xl", gap="m")
        inner = QWidget()
        column = QVBoxLayout(inner)
        spaced(column, gap="m")
        self.trouble = Bar("danger")
        column.addWidget(label(f"Somebody else changed this {thing}", "h1", wrap=True))
        column.addWidget(label(who, "muted", wrap=True))
        column.addWidget(self.trouble)
        column.addWidget(self._card())
        column.addStretch(1)
        outer.addWidget(page_scroll(inner), 1)
        buttons = Flow(gap="s")
        self.save = KeyButton("Save these choices", "Ctrl+Enter", "primary", "check").when_pressed(self.accept)
        self.later = KeyButton("Decide later", "Esc").when_pressed(self.reject)
        buttons.addWidget(self.save)
        buttons.addWidget(self.later)
        outer.addLayout(buttons)
        if self.lines:
            self.lines[0].focus()

    def mine(self) -> list[Choice]:
        """The lines in which yours was chosen."""
        return [line.choice for line in self.lines if line.yours.isChecked()]

    def accept(self) -> None:
        """Only when every line has its choice."""
        undecided = [line for line in self.lines if not line.is_chosen()]
        if undecided:
            names = ", ".join(line.choice.words for line in undecided)
            self.trouble.say(f"Both of you changed: {names}. Choose which to keep.", "danger")
            undecided[0].focus()
            return
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves; Enter alone only moves on, so that nobody saves by habit."""
        if event.key() in ENTER:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.accept()
            else:
                self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Four columns where there is room, else everything of a line one below the other."""
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= _WIDE * current().scale)

    def _card(self) -> Card:
        card = Card("Choose what to keep, line by line")
        lost = f"Nothing is lost: what you do not choose stays in the history of the {self._thing}."
        card.add(label(lost, "muted", wrap=True))
        card.add(
            label("Tab goes from line to line, the arrow keys from side to side, Space chooses.", "caption", wrap=True)
        )
        self._heads = [label(head, "caption") for head in ("Field", "Before", "Saved now", "Yours")]
        self._grid = QGridLayout()
        spaced(self._grid, gap="s")
        card.body.addLayout(self._grid)
        return card

    def _arrange(self, *, wide: bool) -> None:
        for column, head in enumerate(self._heads):
            head.setVisible(wide)
            self._grid.addWidget(head, 0, column if wide else 0)
            self._grid.setColumnStretch(column, (2, 2, 3, 3)[column] if wide else int(column == 0))
        for row, line in enumerate(self.lines):
            for place, part in enumerate(line.parts):
                if wide:
                    self._grid.addWidget(part, row + 1, place)
                else:
                    self._grid.addWidget(part, 1 + row * len(line.parts) + place, 0)

    def _fit_size(self, parent: QWidget | None) -> None:
        wanted = QSize(880, 480) * current().scale
        self.resize(wanted.boundedTo(parent.window().size()) if parent else wanted)


class _Line:
    """One line of the dialog: two radio buttons, the arrow keys choose between them."""

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        self.choice = choice
        self.theirs = _radio(choice, "saved now", choice.theirs, parent)
        self.yours = _radio(choice, "yours", choice.yours, parent)
        self._group = QButtonGroup(parent)
        self._group.addButton(self.theirs)
        self._group.addButton(self.yours)
        if not choice.both_changed:
            (self.yours if choice.only_you else self.theirs).setChecked(True)
        words = label(choice.words, "strong", wrap=True)
        self.parts = (words, label(short(choice.before), "muted", wrap=True), self.theirs, self.yours)

    def is_chosen(self) -> bool:
        """Whether somebody has decided."""
        return self._group.checkedButton() is not None

    def focus(self) -> None:
        """The keyboard to what is chosen, or to the first of the two."""
        (self._group.checkedButton() or self.theirs).setFocus(Qt.FocusReason.OtherFocusReason)


def _radio(choice: Choice, whose: str, words: str, parent: QWidget) -> QRadioButton:
    # A radio button does not wrap its words.
    lines = textwrap.wrap(short(words), _LETTERS)[:_ROWS]
    button = QRadioButton(no_access_key("\n".join(lines)), parent)
    button.setProperty("card", "choice")
    button.setMinimumWidth(1)
    button.setAccessibleName(f"{choice.words}, {whose}: {words}")
    if not choice.both_changed and (whose == "yours") == choice.only_you:
        button.setAccessibleDescription("Only this side changed it.")
    return button


def short(words: str) -> str:
    """One line of it, and no more than one can compare."""
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"
