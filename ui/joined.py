"""The parts joined: which wish of which screen is fulfilled by which other. No screen knows another."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication

from ppsdesk.domain.changes import Topic
from ppsdesk.domain.errors import DeskError
from ppsdesk.services import logs
from ppsdesk.services.settings import Settings
from ui.actions import ACTIONS
from ui.calls.drafts_bar import DraftsBar
from ui.calls.pads import CallPads
from ui.calls.waiting import OFFERED_AGAIN
from ui.kit import theme
from ui.kit.background import Background
from ui.kit.desk import Desk
from ui.kit.geometry import Geometry
from ui.kit.page import Page
from ui.kit.surfaces import Bar, load_every_kind
from ui.kit.words import without_access_key
from ui.leaving import Leaving
from ui.main_window import WAIT_FOR_SAVES, MainWindow
from ui.offered import about, withheld
from ui.opening import ServicesSoon
from ui.places import PLACES
from ui.working_out_again import WorkingOutAgain

if TYPE_CHECKING:
    from ppsdesk.domain.drafts import Draft
    from ppsdesk.domain.one_line import OneLine
    from ppsdesk.domain.selection import Selection
    from ppsdesk.domain.steps import Step
    from ui.calls.pad import CallPad
    from ui.palette.entries import Doing
    from ui.palette.palette import Palette

MAKING = "Practice records are being made, which takes some seconds."
AFTER_FIRST_PAINT = 100  # milliseconds
WIDE, HIGH, TITLE_BAR = 1280, 800, 40  # pixels: a first window, where the screen has room for it with its title


class JoinedWindow(MainWindow):
    """The main window with pad, drafts and pages wired to each other and to the desk's settings."""

    hooks: QObject | None = None
    signing_in: QObject | None = None
    server_wanted = Signal()
    file_wanted = Signal()

    def __init__(
        self, desk: Desk, services: ServicesSoon, background: Background, geometry: Geometry, settings: Settings
    ) -> None:
        super().__init__(desk, geometry)
        self._services = services
        self._background = background
        self._settings = settings
        self._changed = False
        desk.touched.connect(self._on_touched)
        self.pads = CallPads(desk, self)
        self.pads.closed.connect(self.hide_pad)
        self.pads.call_wanted.connect(self._open_call)
        self.pads.grown.connect(self._share_room)
        self.pads.waiting_said.connect(self.show_waiting)
        self.closing.connect(self.pads.rest)
        self.dock_pad(self.pads)
        self.drafts = DraftsBar(desk, self, offers=self.pads.offers)
        self.drafts.resume_wanted.connect(self._resume)
        self.about_role = Bar()
        place = self.below_notices.layout()
        assert place is not None
        place.addWidget(self.about_role)
        place.addWidget(self.drafts)
        self._finder: Palette | None = None
        self.page_shown.connect(self._join)
        self.stack.currentChanged.connect(self._offer_drafts_once)
        self.text_size_wanted.connect(self._change_text_size)
        self.leaving = Leaving(background, desk.notices, self.close, self)
        self.before_closing(self._may_leave)
        self._show_where()
        if not geometry.recall("main", self):
            room = self.screen().availableSize()
            self.resize(min(WIDE, room.width()), min(HIGH, room.height() - TITLE_BAR))
        first: list[Callable[[], object]] = [
            self.first_page,
            partial(self.page, "today"),
            partial(self.prepare, "today"),
            load_every_kind,
            partial(import_module, "ui.today.today_page"),
        ]
        self._after_first_paint: list[Callable[[], object]] = [
            partial(import_module, "ui.palette.palette"),
            self.pads.prepare,
            *first,
        ]

    @property
    def pad(self) -> CallPad:
        """The call that is being written."""
        return self.pads.current

    @property
    def finder(self) -> Palette:
        """Find or do, made when it is first wanted."""
        if self._finder is None:
            from ui.palette.palette import Palette

            middle = self.centralWidget()
            assert middle is not None
            self._finder = finder = Palette(self.desk, self._doings, middle)
            finder.action_wanted.connect(self.do)
            finder.person_wanted.connect(self._open_person)
            finder.calls_wanted.connect(self._show_calls)
            finder.line_wanted.connect(self._fill_from_line)
        return self._finder

    def when_shown(self, begin: Callable[[], None]) -> None:
        """Begin what can wait until the window takes keys: the first call may ring before the database is open."""
        self._after_first_paint.append(begin)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time, what waited begins."""
        super().showEvent(event)
        if self._after_first_paint:
            QTimer.singleShot(AFTER_FIRST_PAINT, self, self._begin_what_waited)

    def _begin_what_waited(self) -> None:
        """The last thing that was put there first; one in each turn of the loop, so that keys come between.

        A pad that was opened meanwhile has the turns first, until all its fields are there.
        """
        if not self._after_first_paint:
            return
        if self.pads.isHidden() or self.pad.form.is_complete:
            self._after_first_paint.pop()()
        QTimer.singleShot(0, self, self._begin_what_waited)

    def first_page(self) -> None:
        """Today, with the keyboard where work goes on, unless somebody is writing already."""
        writing = QApplication.focusWidget() if self.pads.isVisible() else None
        self.go("today", behind=True)
        if writing is not None:
            writing.setFocus()

    def database_opened(self) -> None:
        """The database is open behind the window."""
        self._show_where()
        self.desk.rights.know(self._services.role)
        self.about_role.say(about(self._services.role))
        WorkingOutAgain(self.desk, self._services, partial(self.go, "dates"), self).begin()
        if gone := withheld(self._services.role):
            self.withhold(gone)
            self._offer_drafts_once()
            if "today" in gone:
                left = (place.name for place in PLACES if place.rail and place.name not in {*gone, "settings"})
                self._after_first_paint = self._steps_to(next(left, "settings"))
                QTimer.singleShot(0, self, self._begin_what_waited)

    def _steps_to(self, name: str) -> list[Callable[[], object]]:
        """To a page that was never shown, the last step first: each is short, so that keys come between."""
        return [
            partial(self.go, name),
            partial(self.page, name),
            partial(self.prepare, name),
            partial(import_module, f"ui.{name}.{name}_page"),
        ]

    def leave(self) -> None:
        """Close the database when everything is saved, with a backup if calls changed."""
        if not self._services.is_open and not self._background.saving:
            self._services.close()  # nobody need wait for questions that only wait for it
        self._background.finish(WAIT_FOR_SAVES)
        self.pads.leave()
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
            ("person_wanted", self._open_person),
            ("resume_wanted", self._resume),
            ("ring_wanted", self._ring),
            ("call_about_wanted", self._call_about),
            ("batch_wanted", partial(self.go, "batch")),
            ("lists_wanted", partial(self.go, "lists")),
            ("dates_wanted", partial(self.go, "dates")),
            ("new_call_wanted", partial(self.do, "new_call")),
            ("back_wanted", self.way.back),
            ("import_wanted", partial(self.go, "imports")),
            ("server_wanted", self.server_wanted),
            ("file_wanted", self.file_wanted),
        ):
            signal = getattr(page, wish, None)
            if signal is not None:
                signal.connect(fulfil)
        if hasattr(page, "offers"):  # Today offers drafts: not those that stand in a pad
            page.offers = self.pads.offers
            if self._services.whereabouts.practice and not self._services.is_open:
                page.set_line(f"{page.line}. {MAKING}")  # until it says the term

    def _offer_drafts_once(self) -> None:
        """Today offers unfinished calls itself."""
        page = self.current_page()
        today = page is not None and page.objectName() == "today"
        self.drafts.setHidden(today or "new_call" in self._withheld)

    def _do_find_or_do(self) -> None:
        self.finder.open_line()

    def _doings(self) -> list[Doing]:
        """What can be done now: every action that is switched on, and pages without an action of their own."""
        from ui.palette.entries import Doing

        icons = {place.name: place.icon for place in PLACES}
        names = {action.objectName() for action in self._actions.values()}
        doings = [
            Doing(name=known.name, words=without_access_key(known.words), says=known.says,
                  key=known.keys[0] if known.keys else "", kind="page" if known.name in icons else "action",
                  icon=icons.get(known.name, ""))
            for known in ACTIONS
            if known.name != "find_or_do" and self._actions[known.name].isEnabled() and known.name not in self._withheld
        ]  # fmt: skip
        more = [place for place in PLACES if place.rail and place.name not in {*names, *self._withheld}]
        return [*doings, *(Doing(name=place.name, words=place.words, kind="page", icon=place.icon) for place in more)]

    def _open_person(self, person: UUID) -> None:
        page = self.page("person")
        page.open_person(person)  # type: ignore[attr-defined]  # the place's own page
        self.go("person")

    def _open_call(self, call_id: int) -> None:
        page = self.page("call")
        page.open_call(call_id)  # type: ignore[attr-defined]  # the place's own page
        self.go("call")

    def _show_calls(self, selection: Selection) -> None:
        page = self.page("calls")
        page.show_selection(selection)  # type: ignore[attr-defined]  # the place's own page
        self.go("calls")

    def _resume(self, draft: Draft) -> None:
        self.open_pad()
        self.pads.resume(draft)

    def _ring(self, step: Step) -> None:
        self.open_pad()
        self.pads.ring(step)

    def _call_about(self, person: UUID) -> None:
        self.open_pad()
        self.pads.call_about(person)

    def _fill_from_line(self, line: OneLine) -> None:
        self.open_pad()
        self.pads.fill_from_line(line)

    def _change_text_size(self, step: int) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        used = theme.switch(app, scale=theme.next_scale(step))
        settings = replace(self._services.settings.read(), text_scale=used.scale)
        self._services.settings.keep(settings)

    def _may_leave(self) -> bool:
        """Not while something is being saved; what stands in the pad is kept as a draft first."""
        self.leaving.stay()
        self.pads.keep_drafts()
        if words := self.pads.to_be_told():
            self.desk.notices.show_error(DeskError(words, hint=OFFERED_AGAIN))
            return False
        for name, page in self._pages.items():
            if getattr(page, "has_unsaved", False):
                self.go(name)
                words = getattr(page, "unsaved_words", "This call is not saved yet.")
                self.desk.notices.show_error(
                    DeskError(words, hint="Save it with Ctrl+Enter, or give it up; then close the window.")
                )
                return False
        return self.leaving.all_is_saved()
