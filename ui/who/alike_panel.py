"""People on record who may be the one that is being typed, with what they share. It never stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ppsdesk.domain.finding import Alike
from ui.kit.buttons import KeyButton
from ui.kit.words import WrappedLabel, announce, apart, label, spaced

MOST = 3


class _Row(QWidget):
    """One person: who it is, what is shared, and the two answers."""

    def __init__(self, alike: Alike, number: int, panel: AlikePanel) -> None:
        super().__init__(panel)
        self.alike = alike
        row = QHBoxLayout(self)
        spaced(row, gap="s")
        words = QVBoxLayout()
        spaced(words, gap="")
        for text, role in ((alike_name(alike), "strong"), (", ".join(apart(fact) for fact in alike.shared), "")):
            words.addWidget(WrappedLabel(text, role))
        row.addLayout(words, 1)
        self.use = KeyButton("Use this one", f"Alt+{number}", parent=self)
        self.use.setAccessibleName(f"Use this one: {alike_name(alike)}")
        self.use.when_pressed(partial(panel.take, number))
        self.different = KeyButton("Different person", kind="quiet", parent=self)
        self.different.setAccessibleName(f"Different person: {alike_name(alike)}")
        self.different.when_pressed(partial(panel.put_aside, alike.person))
        row.addWidget(self.use)
        row.addWidget(self.different)


class AlikePanel(QWidget):
    """ "Perhaps the same: …" with up to three people; no room when there are none.

    `use_wanted` and `different_wanted` carry the key of the person on record. Alt+1 to Alt+3 work in the widget given
    to `keys_in`, while the panel is shown; the keyboard is never moved. The same people are announced once.
    """

    use_wanted = Signal(UUID)
    different_wanted = Signal(UUID)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alike: tuple[Alike, ...] = ()
        self._rows: list[_Row] = []
        self._shortcuts: list[QShortcut] = []
        self._frame = QFrame(self)
        self._frame.setProperty("bar", "info")
        self._frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._box = QVBoxLayout(self._frame)
        spaced(self._box, around=("m", "s", "s", "s"), gap="xs")
        self._box.addWidget(label("Perhaps the same:", "strong"))
        outside = QVBoxLayout(self)
        spaced(outside, gap="")
        outside.addWidget(self._frame)
        self.hide()

    def show_alike(self, alike: Sequence[Alike]) -> None:
        """The people to ask about, the likeliest first; those after the third wait their turn."""
        shown = tuple(alike)[:MOST]
        if shown == self._alike:
            return
        new = {each.person for each in shown} - {each.person for each in self._alike}
        self._alike = shown
        self._renew()
        if new:
            announce(self, " ".join(("Perhaps the same:", *(_spoken(at, each) for at, each in enumerate(shown, 1)))))

    def alike(self) -> tuple[Alike, ...]:
        """The people shown."""
        return self._alike

    def take(self, number: int) -> None:
        """Use the 1st, 2nd or 3rd of them; nothing happens where there are fewer."""
        if not self.isHidden() and number <= len(self._alike):
            self.use_wanted.emit(self._alike[number - 1].person)

    def put_aside(self, person: UUID) -> None:
        """Somebody says that this is another person: the row goes, and the wish is told."""
        had_keys = any(row.different.hasFocus() for row in self._rows if row.alike.person == person)
        self._alike = tuple(each for each in self._alike if each.person != person)
        self._renew()
        if had_keys and self._rows:
            self._rows[0].different.setFocus(Qt.FocusReason.OtherFocusReason)
        self.different_wanted.emit(person)

    def keys_in(self, widget: QWidget) -> None:
        """Let Alt+1 to Alt+3 work while the keyboard is in this widget: the form that the panel speaks of."""
        for number in range(1, MOST + 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.take, number))
            shortcut.setEnabled(number <= len(self._alike))
            self._shortcuts.append(shortcut)

    def _renew(self) -> None:
        for row in self._rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_Row(each, at, self) for at, each in enumerate(self._alike, 1)]
        for row in self._rows:
            self._box.addWidget(row)
            row.show()
        for at, shortcut in enumerate(self._shortcuts):
            shortcut.setEnabled(at % MOST < len(self._alike))
        self.setHidden(not self._alike or self.parentWidget() is None)


def alike_name(alike: Alike) -> str:
    """Who it is: "Jane Thistledown, mother of Tom (8)"."""
    return f"{apart(alike.name)}, {apart(alike.about)}" if alike.about else apart(alike.name)


def _spoken(number: int, alike: Alike) -> str:
    return f"{alike_name(alike)}, {', '.join(alike.shared)}, Alt+{number} uses this one."
