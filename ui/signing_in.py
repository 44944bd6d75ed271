"""From the first paint of a window to its open database: waiting for a server, signing in, a password of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import DeskError, SignInRefused
from ppsdesk.domain.server_place import take_apart
from ppsdesk.services.beginning import Choices
from ui.joined import JoinedWindow
from ui.kit import theme
from ui.kit.desk import Desk
from ui.offered import withheld
from ui.opening import ServicesSoon

if TYPE_CHECKING:
    from ppsdesk.assembly import Services
    from ppsdesk.services.last_time import Known
    from ppsdesk.services.leaving_server import FileHere
    from ui.start.own_password import OwnPassword
    from ui.start.waiting_room import WaitingRoom
    from ui.stuck import Stuck
    from ui.without_server import WithoutServer

NEXT_START = "From the next start on this window signs in to {}. Until then everything is as it was."
FILE_NEXT_START = (
    "From the next start on ppsdesk works in the file on this computer. Until then everything is as it was. What is on"
    " the server stays there."
)
CHANGED = "Your password is changed. The old one opens nothing any more."
NO_KEYRING = "This computer has no keyring that takes it: you will be asked for your password at each start."


@dataclass(slots=True)
class Entry:
    """How somebody signs in. `remember`: keep the password in the keyring, or not any more; None leaves it as it is."""

    choices: Choices
    password: str | None = field(default=None, repr=False)
    remember: bool | None = None


class SigningIn(QObject):
    """One for a window. `opened` when all of the program can be used."""

    opened = Signal()
    _told = Signal(object)

    def __init__(
        self, window: JoinedWindow, services: ServicesSoon, entry: Entry, open_with: Callable[[Entry], Services]
    ) -> None:
        super().__init__(window)
        self._window, self._services, self._entry, self._open_with = window, services, entry, open_with
        self._known: Known | None = None
        self._without: WithoutServer | None = None
        self._stuck: Stuck | None = None
        self._late = False
        self._dialog: QDialog | None = None
        self._told.connect(self._heard, Qt.ConnectionType.QueuedConnection)
        window.server_wanted.connect(self.change_address)
        window.file_wanted.connect(self.work_here)

    @property
    def _desk(self) -> Desk:
        return self._window.desk

    @property
    def room(self) -> WaitingRoom | None:
        """What stands in place of the pages, while the server has not answered."""
        return self._without.room if self._without is not None else None

    @property
    def stuck(self) -> Stuck | None:
        """What stands in place of the pages, while the records cannot be opened."""
        return self._stuck

    @property
    def dialog(self) -> QDialog | None:
        """What is asked just now."""
        return self._dialog

    def begin(self) -> None:
        """Open the database; what comes of it is heard later."""
        entry = replace(self._entry)
        shared = bool(entry.choices.database)
        meanwhile = partial(self._meanwhile, entry.choices) if shared else None
        self._desk.connection.go_on()
        self._services.open(partial(self._open_with, entry), self._told.emit, meanwhile)

    def change_address(self) -> None:
        """Ask for another server, step by step as at the first run. At once while nothing is open, else next time."""
        from ui.start.connect import Connect

        if self._dialog is not None:
            self._dialog.raise_()
            return
        now = self._entry.choices.database or self._last_address()
        dialog = Connect(self._window, address=now, last="Connect" if self._not_open else "Keep this address")
        self._ask(dialog, lambda: self._address_changed(dialog.answer().address, dialog.answer().password))

    def work_here(self) -> None:
        """Ask whether it shall be the file on this computer. At once while nothing is open and nothing unfinished, else
        next time."""
        services = self._services

        def look() -> FileHere:
            from ppsdesk.services.leaving_server import file_here

            return file_here(services.folder, unfinished=len(services.drafts.here()))

        self._desk.keep_here(self, look, self._ask_for_file, self._desk.notices.show_error)

    # -- what came of it -----------------------------------------------------------------------------------------------

    def _heard(self, error: DeskError | None) -> None:
        if error is None:
            self._opened()
        elif self._services.is_away:
            self._wait(error)
        elif isinstance(error, SignInRefused) and self._entry.choices.database:
            self._sign_in_again(error)
        else:
            self._give_up(error)

    def _opened(self) -> None:
        window, instead = self._window, self._without or self._stuck
        if self._without is not None and self._entry.choices.database:
            self._without.room.answered()
        self._pages_back()
        window.database_opened()
        if instead is not None and "today" not in withheld(self._services.role):
            window.first_page()
        if self._late:  # what was asked meanwhile was refused
            self._late = False
            self._desk.connection.try_now()
            self._desk.touch(frozenset(Topic))
        if self._entry.choices.database:
            entry, services = replace(self._entry), self._services
            self._entry.remember = None
            self._desk.ask(self, lambda: _after_signing_in(entry, services), self._settle_in, _not_now)
        self.opened.emit()

    def _give_up(self, error: DeskError) -> None:
        from ui.stuck import Stuck

        window, desk = self._window, self._desk
        window.pads.keep_drafts()
        self._pages_back()
        desk.connection.stop()
        desk.notices.clear()
        self._late = True
        self._stuck = stuck = Stuck(window, self._services, error, address=self._entry.choices.database)
        stuck.again_wanted.connect(self.begin)
        stuck.server_wanted.connect(self.change_address)
        stuck.file_wanted.connect(self.work_here)

    def _pages_back(self) -> None:
        """Whatever stands in their place goes."""
        for instead in (self._without, self._stuck):
            if instead is not None:
                instead.end()
        self._without = self._stuck = None

    @property
    def _not_open(self) -> bool:
        return self._services.is_away or self._stuck is not None

    def _last_address(self) -> str:
        """Where somebody comes back to, who left the server for the file."""
        from ppsdesk.services.last_time import LastTime

        return LastTime(self._services.folder.last_time).address()

    # -- a server that does not answer ---------------------------------------------------------------------------------

    def _meanwhile(self, choices: Choices) -> Services:
        """In the opening thread, before the server is asked."""
        from ppsdesk import assembly
        from ppsdesk.services.last_time import LastTime

        self._known = known = LastTime(choices.folder.last_time).of(choices.database)
        return assembly.services_meanwhile(choices, known)

    def _wait(self, error: DeskError) -> None:
        from ui.without_server import WithoutServer

        self._late = True
        self._desk.connection.failed(error, changing=False)
        if self._stuck is not None:
            self._pages_back()
        if self._without is None and self._known is not None:
            self._without = WithoutServer(self._window, self._services, self._known)
            self._without.address_wanted.connect(self.change_address)
            self._without.file_wanted.connect(self.work_here)

    # -- what is asked -------------------------------------------------------------------------------------------------

    def _ask(self, dialog: QDialog, accepted: Callable[[], None], rejected: Callable[[], None] = lambda: None) -> None:
        """Over the window, which goes on taking answers of the server."""
        if self._dialog is not None:
            self._dialog.raise_()
            dialog.deleteLater()
            return
        self._dialog = dialog

        def ended(result: int) -> None:
            self._dialog = None
            (accepted if result == QDialog.DialogCode.Accepted else rejected)()
            dialog.deleteLater()

        dialog.finished.connect(ended)
        theme.dress(dialog)
        dialog.open()

    def _address_changed(self, address: str, password: str) -> None:
        services, choices = self._services, self._entry.choices
        try:
            services.settings.change(database=address, set_up=True)
        except DeskError as error:
            self._desk.notices.show_error(error)
            return
        place = take_apart(address)
        if not self._not_open:
            self._desk.notices.inform(NEXT_START.format(f"{place.database} on {place.server or 'this computer'}"), 30)
            return
        self._entry = Entry(replace(choices, database=address), password)
        services.person = place.name
        self.begin()

    def _ask_for_file(self, found: FileHere) -> None:
        from ui.start.work_here import WorkHere

        services = self._services
        at_once = self._not_open and not found.unfinished and not self._window.pads.has_unsaved
        name = services.settings.read().person or services.person
        dialog = WorkHere(found, name, at_once=at_once, parent=self._window)
        self._ask(dialog, lambda: self._go_to_file(dialog.person, at_once=at_once))

    def _go_to_file(self, person: str, *, at_once: bool) -> None:
        from ppsdesk.services.leaving_server import work_in_file

        services, window, choices = self._services, self._window, self._entry.choices
        try:
            work_in_file(services.settings, person)
        except DeskError as error:
            self._desk.notices.show_error(error)
            return
        if at_once and self._not_open and not window.pads.has_unsaved:
            self._desk.remembered.clear()  # lists of the server
            self._entry = Entry(replace(choices, database="", person=person))
            services.person = person
            self.begin()
        else:
            self._desk.notices.inform(FILE_NEXT_START, 30)

    def _sign_in_again(self, error: SignInRefused) -> None:
        from ui.start.sign_in import SignIn

        self._late = True
        dialog = SignIn(error.message, self._window)

        def signed_in() -> None:
            self._entry.password, self._entry.remember = dialog.answer()
            self.begin()

        self._ask(dialog, signed_in, partial(self._give_up, error))

    # -- signed in -----------------------------------------------------------------------------------------------------

    def _settle_in(self, found: SignedIn) -> None:
        if not found.one_time:
            return
        pads = self._window.pads
        if pads.isVisible():  # a call goes before
            pads.closed.connect(partial(self._ask_for_own, found), Qt.ConnectionType.SingleShotConnection)
        else:
            self._ask_for_own(found)

    def _ask_for_own(self, found: SignedIn) -> None:
        from ui.start.own_password import OwnPassword

        dialog = OwnPassword(self._window, remember=found.remembered)
        dialog.chosen.connect(partial(self._change_password, dialog))
        self._ask(dialog, lambda: None)

    def _change_password(self, dialog: OwnPassword, new: str, remember: bool) -> None:
        services, address = self._services, self._entry.choices.database

        def work() -> Done[bool]:
            from ppsdesk.services import passwords

            services.password.change(new)
            kept = passwords.keep(address, new, wished=remember)
            return Done(kept, frozenset())

        def changed(done: Done[bool]) -> None:
            self._entry.password = new
            self._desk.notices.inform(CHANGED if done.value else f"{CHANGED} {NO_KEYRING}", 20)
            dialog.done_with()

        self._desk.change(dialog, work, changed, dialog.refuse)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whether the password is a one-time one, and whether the keyring has it."""

    one_time: bool
    remembered: bool


def _after_signing_in(entry: Entry, services: ServicesSoon) -> SignedIn:
    """What is kept of it, off the window's thread: the password where wished, and what is known for the next start."""
    from ppsdesk.services import passwords
    from ppsdesk.services.last_time import Known, LastTime

    address = entry.choices.database
    if entry.remember is not None and entry.password:
        passwords.keep(address, entry.password, wished=entry.remember)
    known = Known(
        address=address,
        data_set=services.data_set,
        person=services.person,
        role=services.role,
        place=services.whereabouts,
        lists=services.vocabularies.all(),
    )
    LastTime(entry.choices.folder.last_time).keep(known)
    return SignedIn(services.password.is_one_time(), passwords.is_remembered(address))


def _not_now(error: DeskError) -> None:
    """It is tried again at the next start."""
