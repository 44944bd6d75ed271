"""Find or do: one line over the page for whatever one wants next, by Ctrl+K. Not a dialog: the page stays in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.finding import Found
from ppsdesk.domain.selection import Selection
from ui.kit.desk import Desk
from ui.kit.enter import ENTER
from ui.kit.theme import current, theme_box
from ui.kit.words import announce, label, spaced
from ui.palette.entries import Doing, Entry, entry_of, found_entry, matching, recent_first
from ui.palette.line_view import LineView
from ui.palette.rows import ENTRY, EntryPainter, EntryRows

FROM_LETTERS = 2  # a person is looked for from so many letters
REMEMBERED, ROWS = 6, 10
WIDE = 680  # pixels at 100 % text
KEYS = "Up, Down choose · Enter does it · Esc closes · a whole call in one line begins with “call”"
NOTHING = "Nothing is called that, and nobody was found. Try a surname, four digits of a phone, or a postcode."


class Palette(QFrame):
    """`action_wanted` carries an action's or page's name, `person_wanted` a key, `calls_wanted` a `Selection`, and
    `line_wanted` what was read from a call in one line.

    `doings` says what can be done now; it is asked each time the palette opens.
    """

    action_wanted = Signal(str)
    person_wanted = Signal(object)
    calls_wanted = Signal(object)
    line_wanted = Signal(object)

    def __init__(self, desk: Desk, doings: Callable[[], Sequence[Doing]], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._doings_now = desk, doings
        self._doings: list[Entry] = []
        self._people: list[Entry] = []
        self._recent: list[str] = []
        self._used: dict[str, Entry] = {}
        self._before: QWidget | None = None
        self.setProperty("card", "popup")
        self.setAccessibleName("Find or do")
        self.line = QLineEdit(self)
        self.line.setAccessibleName("Find or do")
        self.line.setPlaceholderText("Find a person or a call, or type what to do")
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        self.rows = EntryRows(self)
        self.view = QListView(self)
        self.view.setProperty("role", "popup")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName("Found")
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setModel(self.rows)
        self.view.setItemDelegate(EntryPainter(self.view))
        self.view.clicked.connect(self._clicked)
        self.call = LineView(desk, self)
        self.call.read.connect(self._place)
        self.nothing = label(NOTHING, "muted", wrap=True)
        self.hint = label(KEYS, "caption", wrap=True)
        box = QVBoxLayout(self)
        spaced(box, around="s", gap="xs")
        for part in (self.line, self.view, self.call, self.nothing, self.hint):
            box.addWidget(part)
        parent.installEventFilter(self)
        theme_box().changed.connect(self._place)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self.hide()

    # -- opening and closing -------------------------------------------------------------------------------------------

    def open_line(self) -> None:
        """Show the line with what can be done now; open already, its text is selected."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
            self._doings = [entry_of(doing, self.action_wanted.emit) for doing in self._doings_now()]
            self._people = []
            self.line.clear()
            self._show()
            self.show()
            self.raise_()
            self._place()
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_line(self) -> None:
        """Away with it; the keyboard goes back to where it was."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_entry(self) -> Entry | None:
        """The line under the mark."""
        entry = self.view.currentIndex().data(ENTRY)
        return entry if isinstance(entry, Entry) else None

    def take(self) -> None:
        """Do what the mark is on, with the keyboard back where it was, so that "save" means what it meant there."""
        if self.call.isVisible():
            line = self.call.line
            if line is not None:
                self.close_line()
                self.line_wanted.emit(line)
            return
        entry = self.current_entry()
        if entry is None:
            return
        self._recent = [entry.name, *(name for name in self._recent if name != entry.name)][:REMEMBERED]
        self._used[entry.name] = entry
        self.close_line()
        entry.run()

    # -- keys ----------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list's keys while one types; the place in the window when that changes."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
        if key == Qt.Key.Key_Escape:
            self.close_line()
        elif key in ENTER:
            self.take()
        elif key in steps and self.call.isVisible():
            self.call.turn(1 if steps[Qt.Key(key)] > 0 else -1)
        elif key in steps:
            self._mark(max(0, min(self.view.currentIndex().row() + steps[Qt.Key(key)], self.rows.rowCount() - 1)))
            announce(self.line, self._marked_words())
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            pass  # one line: there is nowhere else to go but back, by Escape
        else:
            return False
        return True

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if not self.isHidden() and new is not None and new is not self.line and not self.isAncestorOf(new):
            self._before = None
            self.hide()

    # -- what is offered -----------------------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        if self.isHidden():
            return
        if len(text.strip()) >= FROM_LETTERS and not self.call.is_call(text):
            self._look_for(text)
        else:
            self._people = []
        self._show()
        announce(self.line, f"{self.rows.rowCount()} found. {self._marked_words()}" if self.rows.rowCount() else "")

    def _look_for(self, text: str) -> None:
        services = self._desk.services

        def find() -> tuple[Found, ...]:
            return services.people.find(text)

        self._desk.latest(self, "found", find, partial(self._found, text), self._not_found)

    def _found(self, text: str, found: tuple[Found, ...]) -> None:
        if text != self.line.text() or self.isHidden():
            return
        self._people = [found_entry(one, self._open_person, self._open_reference) for one in found]
        self._show()

    def _not_found(self, error: DeskError) -> None:
        """Pages and actions are offered all the same; the page says that the database does not answer."""

    def _open_person(self, found: Found) -> None:
        self.person_wanted.emit(found.person)

    def _open_reference(self, found: Found) -> None:
        self.calls_wanted.emit(Selection(reference=found.reference))

    def _show(self) -> None:
        text = self.line.text()
        a_call = self.call.is_call(text)
        self.call.show_line(text if a_call else "")
        entries = [] if a_call else self._entries(text)
        marked = self.current_entry()
        self.rows.show(entries)
        self.view.setHidden(not entries)
        self.nothing.setHidden(bool(entries) or a_call)
        names = [entry.name for entry in entries]
        self._mark(names.index(marked.name) if marked and marked.name in names and text else 0)
        self._place()

    def _entries(self, text: str) -> list[Entry]:
        if text.strip():
            return [*matching(text, self._doings), *self._people]
        people = [self._used[name] for name in self._recent if self._used[name].kind in ("person", "call")]
        return recent_first(self._recent, [*self._doings, *people])

    def _mark(self, row: int) -> None:
        self.view.setCurrentIndex(self.rows.index(row))

    def _marked_words(self) -> str:
        entry = self.current_entry()
        return entry.spoken if entry else ""

    def _clicked(self, index: QModelIndex) -> None:
        self.take()

    # -- place ---------------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        window = self.parentWidget()
        if self.isHidden() or window is None:
            return
        theme, margin = current(), current().px("space_l", grows=False)
        width = min(round(WIDE * theme.scale), window.width() - 2 * margin)
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None
        self.view.setFixedHeight(theme.px("size_row"))
        is_call = not self.call.isHidden()
        if is_call:
            self.call.setFixedHeight(1)
        rest = self._height(width) - (0 if self.view.isHidden() else theme.px("size_row"))
        left = window.height() - 2 * margin - rest
        if is_call:
            self.call.setFixedHeight(max(min(self.call.wanted_height(width), left), theme.px("size_row")))
        fits = max(2, left // theme.px("size_row"))
        self.view.setFixedHeight(min(self.rows.rowCount(), ROWS, fits) * theme.px("size_row") + 2)
        self.resize(width, min(self._height(width), window.height() - 2 * margin))
        self.move((window.width() - width) // 2, margin)

    def _height(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        layout.activate()
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()
