"""Finding people while somebody types: question, list, and the keys between them.

The rule of Enter, so that nobody is ever taken by mistake. Enter takes the row under the mark only while the list is
the answer to exactly the text in the box, and not in the moment after another row came under the mark. Enter before
the answer is there waits: the list opens, nothing is taken, and the next Enter takes. After Escape, and when nobody
was found, Enter belongs to the form again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.codes import PersonKind
from ppsdesk.domain.errors import DeskError
from ui.kit.desk import Desk
from ui.kit.words import announce
from ui.who.looking_up import LookingUp

if TYPE_CHECKING:  # a window that starts has found nobody yet
    from ppsdesk.domain.finding import Found
    from ui.who.found_list import FoundList

LEAST = 2  # characters from which people are looked for
MORE = 48  # asked for where most kinds of people are left out
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PeopleFinder(QObject):
    """Serves one line of a field. `taken` carries the `Found`; `last_taken` is the row for what was typed.

    `last` gives that row's words for a text, "" for no such row. `leave_out` are people never offered.
    """

    taken = Signal(object)
    last_taken = Signal()

    def __init__(
        self,
        desk: Desk,
        frame: QWidget,
        line: QLineEdit,
        *,
        kinds: frozenset[PersonKind] | None,
        last: Callable[[str], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._frame, self._line, self._last = frame, line, last
        self._list: FoundList | None = None
        self._done_with = ""  # the text Enter has nothing more to ask about
        self.leave_out: frozenset[object] = frozenset()
        services = self._services = desk.services

        def find(text: str) -> tuple[Found, ...]:
            from ppsdesk.domain.finding import MOST

            if kinds is None:
                return tuple(sorted(services.people.find(text, limit=2 * MOST), key=_grown_ups_first))
            return tuple(found for found in services.people.find(text, limit=MORE) if found.kind in kinds)

        self._look = LookingUp(desk, find, self)
        self._look.came.connect(self._show)
        self._look.failed.connect(self._failed)

    @property
    def list(self) -> FoundList | None:
        """The list, once there was one."""
        return self._list

    def is_open(self) -> bool:
        """Whether the list is over the form."""
        return self._list is not None and self._list.isVisible()

    def text(self) -> str:
        """What is looked for."""
        return self._line.text().strip()

    def typed(self) -> None:
        """The text was changed by a person: look for it, or close."""
        self._done_with = ""
        text = self.text()
        if len(text) < LEAST:
            self.close()
            return
        self._look.want(text)

    def close(self) -> None:
        """No list, no question."""
        self._look.want("")
        if self._list is not None:
            self._list.hide()

    def key(self, event: QKeyEvent) -> bool:
        """The list's keys while it is open, Down and Enter when it is not; True if that was all."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held != Qt.KeyboardModifier.NoModifier:
            return False
        if key in _ENTER:
            return self._enter()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_F4) and not self.is_open():
            return self._ask_again()
        if not self.is_open():
            return False
        assert self._list is not None
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.close()
            self._done_with = self.text()
        else:
            return False
        return True

    def _enter(self) -> bool:
        text = self.text()
        if self.is_open():
            assert self._list is not None
            if self._list.may_take(text):
                self._take(self._list.row())
            elif self._list.is_silent() and self._list.answers == text:
                self.close()
                return False
            return True
        return text != self._done_with and self._ask_again()

    def _ask_again(self) -> bool:
        self._done_with = ""
        if len(self.text()) < LEAST:
            return False
        self._look.want(self.text())
        return True

    def _take(self, found: Found | None) -> None:
        self.close()
        if found is None:
            self.last_taken.emit()
        else:
            self.taken.emit(found)

    def _show(self, text: str, found: tuple[Found, ...]) -> None:
        if text != self.text() or not self._line.hasFocus():
            return
        from ppsdesk.domain.finding import MOST

        offered = [each for each in found if each.person is None or each.person not in self.leave_out][:MOST]
        last = self._last(text)
        if not offered and not last:
            self._opened().say_nothing_found(text, f"Nobody found for “{text}”.")
        else:
            self._opened().show_found(text, offered, last, today=local_day(self._services.clock()))

    def _failed(self, text: str, error: DeskError) -> None:
        announce(self._line, error.sentence, urgent=True)
        if not self._line.hasFocus():
            return
        self._opened().say_nothing_found(text, f"Nobody could be looked up. {error.sentence}")

    def _opened(self) -> FoundList:
        if self._list is None:
            from ui.who.found_list import FoundList

            self._list = FoundList(self._frame)
            self._list.taken.connect(self._take)
        return self._list


def _grown_ups_first(found: Found) -> tuple[float, bool]:
    """Among rows equally well found: whole families have one name, and it is seldom the child who rings."""
    return -found.score, found.kind is PersonKind.CHILD
