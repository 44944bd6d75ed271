"""The frame: menus, rail, page, call pad, status. It knows nothing of calls or reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.actions import ACTIONS, MENUS, Action
from ui.connection_words import connection_words
from ui.keys_sheet import KeysSheet
from ui.kit.desk import Desk
from ui.kit.form_here import submit_form_around
from ui.kit.geometry import Geometry
from ui.kit.page import Page
from ui.kit.surfaces import Bar
from ui.kit.theme import current
from ui.kit.words import label, no_access_key, spaced
from ui.places import PLACES
from ui.rail import Rail
from ui.way_back import WayBack

if TYPE_CHECKING:
    from ui.kit.notices import Notices

WAIT_FOR_SAVES = 5_000  # milliseconds
PAGE_ROWS = 10  # a page with less room than its title and a few rows gives way to the pad


class Pad(Protocol):
    """What the window needs to know of the call pad."""

    def start_new(self) -> None:
        """Open for a new call."""

    def close_pad(self) -> None:
        """Close; what was typed stays as a draft."""

    def save(self) -> None:
        """Save and finish."""


class MainWindow(QMainWindow):
    """Regions from the top: menus, warning, notices, rail and page, call pad, status line. F6 goes through them."""

    page_shown = Signal(object)
    text_size_wanted = Signal(int)
    closing = Signal()

    def __init__(self, desk: Desk, geometry: Geometry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._geometry = geometry
        self._pages: dict[str, Page] = {}
        self._prepared: dict[str, Page] = {}
        self._pad: QWidget | None = None
        self._may_close: Callable[[], bool] = lambda: True
        self._waiting_words = ""
        self._withheld: frozenset[str] = frozenset()
        self.setMinimumSize(640, 400)
        self.warning = Bar("warning")
        self.rail = Rail([place for place in PLACES if place.rail])
        self.stack = QStackedWidget()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.stack)
        self._build(desk.notices)
        for title in MENUS:
            self.menuBar().addMenu(title)
        self._actions = {known.name: self._make_action(known) for known in ACTIONS}
        self.way = WayBack(self.go, self.current_page, self._actions)
        desk.notices.undo_changed.connect(self._on_undo_changed)
        self._on_undo_changed("")
        self.rail.wanted.connect(self.go)
        desk.saving_changed.connect(self._on_saving)
        desk.connection.changed.connect(self._on_connection)
        desk.say_trouble_once()

    def _build(self, notices: Notices) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        spaced(column, gap="xs")
        self.bars = QVBoxLayout()
        spaced(self.bars, gap="xs")
        column.addLayout(self.bars)
        self.lost = Bar("danger")
        self.bars.addWidget(self.lost)
        self.bars.addWidget(notices)
        self.below_notices = QWidget()  # what can wait gives way to a pad that needs the room
        spaced(QVBoxLayout(self.below_notices), gap="")
        self.bars.addWidget(self.below_notices)
        column.addWidget(self.splitter, 1)
        below = QWidget()
        row = QHBoxLayout(below)
        spaced(row, gap="")
        row.addWidget(self.rail)
        row.addWidget(middle, 1)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        spaced(outer, gap="")
        outer.addWidget(self.warning)
        outer.addWidget(below, 1)
        self.setCentralWidget(whole)
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        self.where = label("", "caption")
        self.saving = label("", "caption")
        self.keys = label("New call F8     Keys Shift+F1", "caption")
        for words in (self.where, self.saving, self.keys):
            words.setContentsMargins(8, 2, 8, 2)
        status.addWidget(self.where)
        status.addWidget(self.saving)
        status.addPermanentWidget(self.keys)

    # -- pages -----------------------------------------------------------------------------------------------------

    def page(self, name: str) -> Page:
        """The page of that name, built when it is first asked for."""
        if name not in self._pages:
            self.prepare(name)
            page = self._pages[name] = self._prepared.pop(name)
            page.setObjectName(name)
            self.stack.addWidget(page)
            self.page_shown.emit(page)
        return self._pages[name]

    def prepare(self, name: str) -> None:
        """Build a page ahead of its being put into the window, which takes as long again."""
        if name not in self._pages and name not in self._prepared:
            place = next(place for place in PLACES if place.name == name)
            self._prepared[name] = place.build(self.desk)

    def go(self, name: str, *, behind: bool = False) -> Page:
        """Show a page, with the keyboard in it. A pad that takes all the room steps aside, unless `behind`; F8 brings
        it back, and its clock goes on."""
        page = self.page(name)
        if not behind and self.stack.isHidden() and self._pad is not None:
            self._pad.hide()
            self.stack.show()
            self.below_notices.show()
            self.say_keys()
        self.way.leave()
        self.way.come(name)
        self.stack.setCurrentWidget(page)
        self.rail.show_place({"call": "calls", "batch": "calls", "person": "people"}.get(name, name))
        words = next(place.words for place in PLACES if place.name == name)
        self.setWindowTitle(f"{words} – ppsdesk")  # never a child's name: screens are shared
        self._offer_actions(page)
        page.focus_first()
        return page

    def current_page(self) -> Page | None:
        """The page shown now."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    # -- call pad --------------------------------------------------------------------------------------------------

    def dock_pad(self, pad: QWidget) -> None:
        """Put the call pad under the pages, closed at first."""
        self._pad = pad
        pad.hide()
        self.splitter.addWidget(pad)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)

    def open_pad(self) -> None:
        """Show the pad; where there is no room for page and pad, the pad has it."""
        if self._pad is None:
            return
        self._pad.show()
        self.say_keys()
        self._offer_actions(self.current_page())
        self._share_room()

    def hide_pad(self) -> None:
        """The pad away, the keyboard back in the page."""
        if self._pad is not None:
            self._pad.hide()
        self.say_keys()
        self.stack.show()
        self.below_notices.show()
        self._offer_actions(self.current_page())
        if page := self.current_page():
            page.focus_first()

    def say_keys(self) -> None:
        """The keys that lead to a call now, at the foot."""
        aside = self._pad is not None and self._pad.isHidden() and getattr(self._pad, "has_unsaved", False)
        if "new_call" in self._withheld or not self._actions["new_call"].isEnabled():
            self.keys.setText("Keys Shift+F1")
            return
        self.keys.setText(f"{'Back to the call' if aside else 'New call'} F8     Keys Shift+F1")

    def _share_room(self) -> None:
        if self._pad is None or self._pad.isHidden():
            return
        room, wanted = self.splitter.height(), self._pad.sizeHint().height()
        roomy = room - wanted >= current().px("size_row") * PAGE_ROWS
        self.stack.setVisible(roomy)
        self.below_notices.setVisible(roomy)
        self.splitter.setSizes([max(room - wanted, 0), wanted])

    # -- actions ---------------------------------------------------------------------------------------------------

    def _make_action(self, known: Action) -> QAction:
        action = QAction(known.words, self)
        action.setObjectName(known.name)
        action.setShortcuts([QKeySequence(key) for key in known.keys])
        action.setStatusTip(known.says)
        action.triggered.connect(self._triggered)
        self.addAction(action)
        self._menu(known.menu).addAction(action)
        return action

    def _menu(self, title: str) -> QWidget:
        bar = self.menuBar()
        for action in bar.actions():
            menu = action.menu()
            if isinstance(menu, QWidget) and action.text() == title:
                return menu
        return bar.addMenu(title)

    def _triggered(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.do(sender.objectName())

    def do(self, name: str) -> None:
        """Carry out an action: the window's own, a place to go to, or the page's. Nothing for one that is withheld."""
        if name in self._withheld:
            return
        own = getattr(self, f"_do_{name}", None)
        if own is not None:
            own()
        elif any(place.name == name for place in PLACES):
            self.go(name)
        elif handler := self._handler(name):
            handler()

    def _handler(self, name: str) -> Callable[[], None] | None:
        """The pad's where the keyboard is in it, else the page's, else the pad's while it is open."""
        page = self.current_page()
        of_page = page.handler(name) if page else None
        of_pad = None if self._pad is None or self._pad.isHidden() else getattr(self._pad, f"on_{name}", None)
        focus = QApplication.focusWidget()
        in_pad = self._pad is not None and focus is not None and self._pad.isAncestorOf(focus)
        found: Callable[[], None] | None = (of_pad or of_page) if in_pad else (of_page or of_pad)
        return found

    def _offer_actions(self, page: Page | None) -> None:
        """An action that neither the page nor the open pad knows is switched off."""
        places = {place.name for place in PLACES}
        for name, action in self._actions.items():
            ours = name in places or hasattr(self, f"_do_{name}")
            of_pad = self._pad is not None and not self._pad.isHidden() and hasattr(self._pad, f"on_{name}")
            if not ours:
                action.setEnabled(of_pad or (page is not None and page.handler(name) is not None))

    def _do_new_call(self) -> None:
        if self._pad is not None:
            self.open_pad()
            self._pad.start_new()  # type: ignore[attr-defined]  # the pad is a Pad

    def _do_save(self) -> None:
        focus = QApplication.focusWidget()
        if self._pad is not None and focus is not None and self._pad.isAncestorOf(focus):
            self._pad.save()  # type: ignore[attr-defined]  # the pad is a Pad
        elif focus is not None and submit_form_around(focus):
            return
        elif (page := self.current_page()) and (handler := page.handler("save")):
            handler()

    def _do_undo(self) -> None:
        focus = QApplication.focusWidget()
        undo = getattr(focus, "undo", None)
        available = getattr(focus, "isUndoAvailable", None)
        if callable(undo) and callable(available) and available():
            undo()
        else:
            self.desk.notices.undo_last()

    def _do_next_region(self) -> None:
        focus = QApplication.focusWidget()
        regions: list[QWidget] = [
            self.rail,
            self.stack,
            *([self._pad] if self._pad and not self._pad.isHidden() else []),
        ]
        shown = [region for region in regions if region.isVisible() and region.isEnabled()]
        at = next((n for n, region in enumerate(shown) if focus is not None and region.isAncestorOf(focus)), -1)
        region = shown[(at + 1) % len(shown)]
        part = self.stack.currentWidget() if region is self.stack else region
        part.focus_first()  # type: ignore[union-attr]  # rail, page and pad all have it

    def _do_back(self) -> None:
        own = page.handler("back") if (page := self.current_page()) else None  # which asks about what is unsaved
        (own or self.way.back)()

    def _do_forward(self) -> None:
        self.way.forward()

    def _do_larger_text(self) -> None:
        self.text_size_wanted.emit(1)

    def _do_smaller_text(self) -> None:
        self.text_size_wanted.emit(-1)

    def _do_normal_text(self) -> None:
        self.text_size_wanted.emit(0)

    def _do_keys_sheet(self) -> None:
        KeysSheet(self).open()

    def _do_quit(self) -> None:
        self.close()

    # -- state -----------------------------------------------------------------------------------------------------

    def show_where(self, words: str, warning: str) -> None:
        """Where the records are, and the line that is always there while it matters."""
        self.where.setText(words)
        if warning != self.warning.text:
            self.warning.say(warning)

    def withhold(self, gone: frozenset[str]) -> None:
        """Take away what the role of whoever signed in has no right to: absent, not grey."""
        self._withheld = gone
        self.rail.hide_places(gone)
        for name in gone & self._actions.keys():
            self._actions[name].setVisible(False)  # which ends its keys too
        for pages in (self._pages, self._prepared):
            for name in gone & pages.keys():
                page = pages.pop(name)
                self.stack.removeWidget(page)
                page.deleteLater()  # with whatever it has asked already
        if "new_call" in gone:
            self.hide_pad()
        self.way.forget(gone)

    def before_closing(self, may_close: Callable[[], bool]) -> None:
        """Asked when somebody closes the window; False keeps it open."""
        self._may_close = may_close

    def _on_undo_changed(self, said: str) -> None:
        action = self._actions["undo"]
        action.setText(f"&Undo: {no_access_key(said.rstrip('.'))}" if said else "&Undo")

    def show_waiting(self, words: str) -> None:
        """What waits to be saved, "" for nothing."""
        self._waiting_words = words
        self._on_saving(self.desk.saving)

    def _on_saving(self, count: int) -> None:
        self.saving.setText(self._waiting_words or ("Saving…" if count else ""))

    def _on_connection(self) -> None:
        """Once for the whole window, and gone by itself."""
        self.lost.say(connection_words(self.desk.connection), "danger")
        if self.lost.text:
            self.lost.add_button("Try now", self.desk.connection.try_now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rail and pad take what room there is."""
        super().resizeEvent(event)
        self.rail.fit(self.width())
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text may need the narrow rail."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.rail.fit(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing that is being saved is abandoned."""
        if not self._may_close():
            event.ignore()
            return
        self._geometry.remember("main", self)
        self.closing.emit()
        event.accept()
