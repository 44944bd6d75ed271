"""The one box: whoever it is, by name, child, phone, postcode or reference. Searching and typing are the same thing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.codes import PersonKind
from ui.kit.buttons import Chip
from ui.kit.desk import Desk
from ui.kit.editor import Editor
from ui.kit.words import announce, explain, say, spaced
from ui.who.people_finder import PeopleFinder
from ui.who.who import Who, typed_again, who_as_json, who_found, who_from_json, who_typed

if TYPE_CHECKING:
    from ppsdesk.domain.finding import Found

__all__ = ["OneBox", "Who"]

_CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LOOKING = (Qt.Key.Key_Down, Qt.Key.Key_F4)


class _Frame(QFrame):
    def __init__(self, line: QLineEdit, chip: Chip, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self._line = line
        row = QHBoxLayout(self)
        spaced(row, around=("", "", "xs", ""), gap="xs")
        row.addWidget(line, 1)
        row.addWidget(chip)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._line.setFocus(Qt.FocusReason.MouseFocusReason)


class OneBox(Editor):
    """Finds people from two characters on, and takes what was typed for somebody new.

    Its value is a `Who`, or None. `chosen` carries the `Found` somebody took from the list, and the keyboard then goes
    on to the next field, unless a listener moved it. `typed_new` carries the `Typed` of somebody new: the last row was
    taken, or the box was left with text and nobody chosen. `cleared` when either of them stands in it no longer.
    `set_value` and `restore` say only `edited`.

    When Enter takes a row is told in `people_finder`. A chosen name stands in the box with the chip "On record";
    Backspace or typing puts somebody else in its place. With `create` False only people on record can be entered, and
    text that is none of them is a trouble.

    `lead_on` is handed whatever a key here leads on to: it does that at once, or when the next field is there.
    """

    chosen = Signal(object)
    typed_new = Signal(object)
    cleared = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        kinds: frozenset[PersonKind] | None = None,
        create: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._create = create
        self._who: Who | None = None
        self._shown = ""  # the text of that who
        self._being_typed = False
        self._hint = ""
        self.lead_on: Callable[[Callable[[], object]], None] = _at_once
        self.line = QLineEdit()
        self.line.setProperty("role", "bare")
        self.line.setMinimumWidth(90)
        self.line.setPlaceholderText("Name, child, phone, postcode or reference")
        self.chip = Chip("", "success")
        self.chip.hide()
        self.frame = _Frame(self.line, self.chip, self)
        self._desk = desk
        self.finder = PeopleFinder(
            desk, self.frame, self.line, kinds=kinds, last=_create_row if create else _no_row, parent=self
        )
        self.finder.taken.connect(lambda found: self.lead_on(partial(self.choose, found)))
        self.finder.last_taken.connect(lambda: self.lead_on(self._create_taken))
        self.take_keys(self.line, within=self.frame)
        self.line.textEdited.connect(self._typed)
        self.line.textChanged.connect(self.edited)

    # -- value ---------------------------------------------------------------------------------------------------------

    def value(self) -> Who | None:
        """Who stands in the box; text not yet taken for anybody counts as somebody new. None for an empty box."""
        text = self.line.text().strip()
        if self._who is not None and text == self._shown:
            return self._who
        if not text or not self._create:
            return None
        from ppsdesk.domain.typed_box import take_apart  # a window that starts has nothing to take apart yet

        today = local_day(self._desk.services.clock())
        return who_typed(typed_again(self._who.typed if self._who else None, take_apart(text, today)))

    def set_value(self, value: object) -> None:
        """Show who it is; None empties the box."""
        self.finder.close()
        self._become(value if isinstance(value, Who) else None)

    def content(self) -> object:
        """Who, and the text as it stands."""
        who, text = who_as_json(self._who), self.line.text()
        return {"who": who, "text": text} if who or text else None

    def restore(self, content: object) -> None:
        """What `content` gave; a text is taken for a name."""
        if isinstance(content, dict):
            self.set_value(who_from_json(content.get("who")))
            self.line.setText(str(content.get("text", "")))
            self._show_state()
        else:
            self.set_value(None)
            self.line.setText(str(content or ""))

    def trouble(self) -> str:
        """Text that is nobody on record, where only those are meant."""
        text = self.line.text().strip()
        if self._create or not text or self.value() is not None:
            return ""
        return f"“{text}” is nobody from the list. Choose somebody with Enter, or clear it."

    def is_empty(self) -> bool:
        """Nobody, and no text."""
        return self._who is None and not self.line.text().strip()

    def name(self, name: str, words: str, description: str = "") -> None:
        """The description is what is said while nobody stands in the box."""
        super().name(name, words, description)
        self._hint = description

    def set_wrong(self, wrong: bool) -> None:
        """Look wrong, or right again."""
        say(self.frame, state="wrong" if wrong else "")

    def choose(self, found: Found) -> None:
        """Take somebody on record (or an anonymous caller by reference), as Enter on a row does."""
        from ui.who.found_list import name_of, spoken_words

        self.finder.close()
        self._become(who_found(found), name_of(found))
        self._describe(spoken_words(found))
        announce(self.line, f"{name_of(found)} chosen. Backspace changes it.")
        self.chosen.emit(found)
        self._go_on()

    # -- keys ----------------------------------------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Somebody chosen gives way to Backspace and to typing; everything else is the list's. Somebody new can be
        looked for once more with Down."""
        if self._stands() and self._replaces(event):
            self._drop()
            self.line.clear()
            return event.key() in _CLEARING
        if self._stands() and not (self._is_text() and (self.finder.is_open() or event.key() in _LOOKING)):
            return False
        return self.finder.key(event)

    def keys_come(self) -> None:
        """The ring goes round the field a turn later: a first letter that is typed at once does not wait for it."""
        QTimer.singleShot(0, self, partial(_show_ring, self))

    def keys_gone(self) -> None:
        """The list closes; text with nobody chosen is somebody new. Not when the whole window is left: they may come
        back to go on typing."""
        _show_ring(self)
        self.finder.close()
        if self.window().isActiveWindow():
            self._take_for_new()

    def _moves(self, event: QKeyEvent) -> bool:
        if event.key() not in _ENTER:
            return False
        self.lead_on(partial(super()._moves, event.clone()))
        return True

    def _stands(self) -> bool:
        """Whether somebody is in the box, and nobody typed since."""
        return self._who is not None and not self._being_typed and self.line.text().strip() == self._shown

    def _replaces(self, event: QKeyEvent) -> bool:
        if event.key() in _CLEARING:
            # of a new name single letters are corrected; somebody on record is no text
            return not self._is_text()
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        printable = event.text().isprintable() and event.text() != ""
        return printable and held == Qt.KeyboardModifier.NoModifier and not self._is_text()

    def _is_text(self) -> bool:
        return self._who is not None and self._who.is_new

    def _typed(self) -> None:
        if self._who is not None and not self._is_text():
            self._drop()  # pasted into, or cut
        self._being_typed = True
        self._show_state()
        self.finder.typed()

    def _drop(self) -> None:
        who, self._who = self._who, None
        self._describe("")
        self._show_state()
        if who is not None:
            announce(self.line, f"{self._shown} is no longer chosen.")
            self.cleared.emit()

    # -- somebody new --------------------------------------------------------------------------------------------------

    def _create_taken(self) -> None:
        self._take_for_new()
        self._go_on()

    def _take_for_new(self) -> None:
        text = self.line.text().strip()
        if self._stands() or not self._create:
            return
        if not text:
            if self._who is not None:
                self._drop()
            return
        who = self.value()
        assert who is not None
        assert who.typed is not None
        self._become(who, who.name or text)
        announce(self.line, f"{self._shown} is new.")
        self.typed_new.emit(who.typed)

    def _become(self, who: Who | None, shown: str = "") -> None:
        before = self._who
        self._who, self._being_typed = who, False
        self._shown = (shown or _words(who)) if who else ""
        self._describe("")
        if self.line.text() != self._shown:
            self.line.setText(self._shown)
        elif before != who:
            self.edited.emit()
        self.line.setCursorPosition(0)
        self._show_state()

    def _show_state(self) -> None:
        stands = self._stands()
        self.chip.setVisible(stands)
        if stands and self._who is not None:
            words, kind = ("New", "info") if self._is_text() else ("On record", "success")
            if self._who.person is None and self._who.reference and not self._is_text():
                words, kind = "Anonymous", "neutral"
            self.chip.show_fact(words, kind)

    def _describe(self, who: str) -> None:
        explain(self.line, who or self._hint)

    def _go_on(self) -> None:
        if self.line.hasFocus():
            self.line.focusNextChild()


def _show_ring(box: OneBox) -> None:
    say(box.frame, ring="on" if box.line.hasFocus() else "off")


def _create_row(text: str) -> str:
    return f"Create “{text}”"


def _no_row(text: str) -> str:
    return ""


def _at_once(doing: Callable[[], object]) -> None:
    doing()


def _words(who: Who) -> str:
    typed = who.typed
    reached = (typed.phone, typed.email, typed.postcode) if typed is not None else ()
    parts = (who.name, *reached, who.reference)
    return next((part for part in parts if part), "")
