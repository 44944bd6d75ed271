"""The window while its shared server has not answered yet: one card in place of the pages, and calls can be taken."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from ppsdesk.domain.changes import Topic
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.rights import Action, Subject, may
from ppsdesk.services.last_time import Known
from ui.instead_of_pages import InsteadOfPages
from ui.joined import JoinedWindow
from ui.kit.connection import Trouble
from ui.opening import ServicesSoon
from ui.start.waiting_room import WaitingRoom


class WithoutServer(InsteadOfPages):
    """Stands from the first question in vain until `end`; the window asks again by itself meanwhile."""

    address_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, window: JoinedWindow, services: ServicesSoon, known: Known) -> None:
        super().__init__(window, "Waiting for the server")
        self._services, self._desk = services, window.desk
        desk = self._desk
        services.whereabouts = known.place
        desk.rights.know(known.role)
        window.show_where(f"{known.person}, {known.place.words}", known.place.warning)
        if known.lists.terms:
            desk.remembered["lists"] = known.lists
        room = self.room = WaitingRoom(
            known.place.words,
            desk.services.clock,
            takes_calls=may(known.role, Subject.CALLS, Action.ADD),
            with_lists=bool(known.lists.terms),
        )
        room.seen.connect(self._say_it_once)
        room.try_wanted.connect(desk.connection.try_now)
        room.call_wanted.connect(partial(window.do, "new_call"))
        room.resume_wanted.connect(self._resume)
        room.address_wanted.connect(self.address_wanted)
        room.file_wanted.connect(self.file_wanted)
        room.leave_wanted.connect(window.close)
        desk.connection.asking.connect(room.show_asking)
        desk.touched.connect(self._look_for_drafts)
        self._stand(room)
        desk.touch(frozenset({Topic.VOCABULARIES, Topic.DRAFTS}))  # an open pad takes the lists of last time

    def end(self) -> None:
        """The server answers, or another place is asked."""
        desk, room = self._desk, self.room
        room.seen.disconnect(self._say_it_once)
        desk.touched.disconnect(self._look_for_drafts)
        desk.connection.asking.disconnect(room.show_asking)
        super().end()

    def _say_it_once(self, seen: bool) -> None:
        """The bar of the window says it where the room does not."""
        lost = self._window.lost
        lost.setHidden(not lost.text or (seen and self._desk.connection.trouble is Trouble.NO_ANSWER))

    def _back_in_room(self) -> None:
        self._look_for_drafts(frozenset({Topic.DRAFTS}))
        super()._back_in_room()

    def _look_for_drafts(self, topics: frozenset[Topic]) -> None:
        if Topic.DRAFTS in topics:
            self._desk.keep_here(self, self._services.drafts.here, self._offer, _not_now)

    def _offer(self, drafts: tuple[Draft, ...]) -> None:
        if not self._ended:
            self.room.show_drafts([draft for draft in drafts if self._window.pads.offers(draft)])

    def _resume(self, draft: Draft) -> None:
        self._window.open_pad()
        self._window.pads.resume(draft)
        self._look_for_drafts(frozenset({Topic.DRAFTS}))


def _not_now(error: DeskError) -> None:
    """They are looked for again soon."""
