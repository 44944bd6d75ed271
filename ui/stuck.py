"""The window when its records cannot be opened: one card in place of the pages, from which every way on begins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ppsdesk.domain.errors import DeskError
from ppsdesk.services.last_time import unseen
from ui.instead_of_pages import InsteadOfPages
from ui.joined import JoinedWindow
from ui.kit.dialogs import Dialogs
from ui.opening import ServicesSoon
from ui.start.stuck_room import StuckRoom, at_minute

if TYPE_CHECKING:
    from ppsdesk.services.bringing_back import GoodBackup

ASIDE = "The file that could not be opened is kept as “{}”, beside the one that is used now."
REALLY = (
    "Use {} in place of the file that cannot be opened? What was entered since it was made is not in it. The file that"
    " cannot be opened stays in its folder under another name."
)
FILES = "Files of ppsdesk (*.db);;All files (*)"


class Stuck(InsteadOfPages):
    """`again_wanted` opens the records once more; `server_wanted` asks for a server, `file_wanted` for the file."""

    again_wanted = Signal()
    server_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, window: JoinedWindow, services: ServicesSoon, error: DeskError, *, address: str) -> None:
        super().__init__(window, "Not open")
        self._services, self._desk = services, window.desk
        self._newest: GoodBackup | None = None
        place, shared = services.whereabouts, bool(address)
        room = self.room = StuckRoom(_where(services, address), error, shared=shared, throw_away=place.practice)
        room.try_wanted.connect(self.again_wanted)
        room.backup_wanted.connect(self._use_newest)
        room.other_wanted.connect(self._choose)
        room.server_wanted.connect(self.server_wanted)
        room.file_wanted.connect(self.file_wanted)
        room.leave_wanted.connect(window.close)
        if window.pads.has_unsaved:
            room.say_call_begun()
        self._stand(room)
        if not window.pads.isHidden():  # it might have all the room
            window.hide_pad()
            self._take_keys()
        if not shared and not place.practice:
            self._desk.keep_here(self, self._look, self._found, self._desk.notices.show_error)

    def _look(self) -> GoodBackup | None:
        from ppsdesk.services.bringing_back import newest_backup

        return newest_backup(self._services.folder)

    def _found(self, newest: GoodBackup | None) -> None:
        if not self._ended:
            self._newest = newest
            self.room.show_backup(newest.made_at if newest is not None else None)

    def _use_newest(self) -> None:
        if self._newest is not None:
            self._use(self._newest.path, f"the backup of {at_minute(self._newest.made_at)}")

    def _choose(self) -> None:
        folder = self._services.folder
        begin = folder.backups if folder.backups.is_dir() else folder.root
        chosen = Dialogs.ask_file_to_open(self._window, "A backup or a copy of the file", begin, FILES)
        if chosen is not None:
            self._use(chosen, f"“{chosen.name}”")

    def _use(self, chosen: Path, words: str) -> None:
        if not Dialogs.confirm(self._window, REALLY.format(words), "Use it", "Leave all as it is"):
            return
        services = self._services

        def work() -> Path | None:
            from ppsdesk.services.bringing_back import bring_back

            return bring_back(services.folder, chosen, now=services.clock())

        self._desk.keep_here(self, work, self._brought_back, self._desk.notices.show_error)

    def _brought_back(self, aside: Path | None) -> None:
        if aside is not None:
            self._desk.notices.inform(ASIDE.format(aside.name), 60)
        self.again_wanted.emit()


def _where(services: ServicesSoon, address: str) -> str:
    if address:
        known = unseen(address)
        return f"{known.person}, {known.place.words}" if known.person else known.place.words
    place = services.whereabouts
    return place.words if place.path is None else f"{place.words} in the folder {place.path.parent}"
