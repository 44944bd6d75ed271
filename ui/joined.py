"""The parts joined: which wish of which screen is fulfilled by which other. No screen knows another."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from ppsdesk.domain.changes import Topic
from ppsdesk.domain.errors import DeskError
from ppsdesk.services import logs
from ppsdesk.services.settings import Settings
from ui.calls.drafts_bar import DraftsBar
from ui.calls.pad import CallPad
from ui.kit import theme
from ui.kit.background import Background
from ui.kit.desk import Desk
from ui.kit.geometry import Geometry
from ui.kit.page import Page
from ui.main_window import WAIT_FOR_SAVES, MainWindow
from ui.opening import ServicesSoon

if TYPE_CHECKING:
    from ppsdesk.domain.drafts import Draft
    from ppsdesk.domain.selection import Selection

AFTER_FIRST_PAINT = 100  # milliseconds


class JoinedWindow(MainWindow):
    """The main window with pad, drafts and pages wired to each other and to the desk's settings."""

    hooks: QObject | None = None

    def __init__(
        self, desk: Desk, services: ServicesSoon, background: Background, geometry: Geometry, settings: Settings
    ) -> None:
        super().__init__(desk, geometry)
        self._services = services
        self._background = background
        self._settings = settings
        self._changed = False
        desk.touched.connect(self._on_touched)
        self.pad = CallPad(desk, self)
        self.pad.closed.connect(self.hide_pad)
        self.dock_pad(self.pad)
        self.drafts = DraftsBar(desk, self, open_key=self.pad.open_key)
        self.drafts.resume_wanted.connect(self._resume)
        place = self.below_notices.layout()
        assert place is not None
        place.addWidget(self.drafts)
        self.page_shown.connect(self._join)
        self.text_size_wanted.connect(self._change_text_size)
        self.before_closing(self._may_leave)
        self._show_where()
        if not geometry.recall("main", self):
            self.resize(1280, 800)
        self._after_first_paint: list[Callable[[], None]] = [self._first_page]

    def when_shown(self, begin: Callable[[], None]) -> None:
        """Begin what can wait until the window takes keys: the first call may ring before the database is open."""
        self._after_first_paint.append(begin)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time, what waited begins."""
        super().showEvent(event)
        if self._after_first_paint:
            QTimer.singleShot(AFTER_FIRST_PAINT, self, self._begin_what_waited)

    def _begin_what_waited(self) -> None:
        waiting, self._after_first_paint = self._after_first_paint, []
        for begin in reversed(waiting):
            begin()

    def _first_page(self) -> None:
        """The calls, with the keyboard in them unless somebody is writing already."""
        writing = QApplication.focusWidget() if self.pad.isVisible() else None
        self.go("calls")
        if writing is not None:
            writing.setFocus()

    def database_opened(self, error: DeskError | None) -> None:
        """The database is open behind the window, or cannot be opened."""
        if error is not None:
            self.desk.notices.clear()
            self.cannot_start(error)
            return
        self._show_where()

    def leave(self) -> None:
        """Close the database when everything is saved, with a backup if calls changed."""
        self._background.finish(WAIT_FOR_SAVES)
        if self._changed and self._services.is_open and not self._services.whereabouts.practice:
            try:
                self._services.back_up("at-close")
            except DeskError as error:  # the calls are safe; the next start says how old the newest backup is
                logging.getLogger(logs.ROOT).warning("no backup at close: %s", error)
        self._services.close()
        logs.stop()

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        self._changed = self._changed or Topic.CALLS in topics

    def _show_where(self) -> None:
        place = self._services.whereabouts
        person = f"{self._services.person}, " if self._services.person else ""
        self.show_where(f"{person}{place.words}", place.warning)

    def _join(self, page: Page) -> None:
        """A page that has just been built: its wishes are joined to what fulfils them."""
        for wish, fulfil in (
            ("call_wanted", self._open_call),
            ("calls_wanted", self._show_calls),
            ("new_call_wanted", self._new_call),
            ("back_wanted", self.back),
            ("import_wanted", self._go_to_import),
        ):
            signal = getattr(page, wish, None)
            if signal is not None:
                signal.connect(fulfil)

    def _open_call(self, call_id: int) -> None:
        page = self.page("call")
        page.open_call(call_id)  # type: ignore[attr-defined]  # the place's own page
        self.go("call")

    def _show_calls(self, selection: Selection) -> None:
        page = self.page("calls")
        page.show_selection(selection)  # type: ignore[attr-defined]  # the place's own page
        self.go("calls")

    def _new_call(self) -> None:
        self.do("new_call")

    def _go_to_import(self) -> None:
        self.go("imports")

    def _resume(self, draft: Draft) -> None:
        self.open_pad()
        self.pad.resume(draft)

    def _change_text_size(self, step: int) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        used = theme.switch(app, scale=theme.next_scale(step))
        settings = replace(self._services.settings.read(), text_scale=used.scale)
        self._services.settings.keep(settings)

    def _may_leave(self) -> bool:
        """Not while something is being saved; what stands in the pad is kept as a draft first."""
        self.pad.close_pad()
        page: QWidget | None = self.current_page()
        if getattr(page, "has_unsaved", False):
            self.desk.notices.show_error(
                DeskError("This call is not saved yet.", hint="Save it with Ctrl+Enter, or leave it with Esc.")
            )
            return False
        # the first wait may end with the pad's last state just sent off
        if not (self._background.finish(WAIT_FOR_SAVES) or self._background.finish(WAIT_FOR_SAVES)):
            self.desk.notices.show_error(
                DeskError("Something is still being saved.", hint="The window stays open until it is safe; try again.")
            )
            return False
        return True
