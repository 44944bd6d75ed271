"""Opening the database while the window is already there.

A window shows in a fifth of a second; the libraries of the database take longer than that to load. So screens get a
stand-in for the services: what it knows from the start (who, which folder, which clock) it answers at once, and
everything else it fetches when the database is open. Screens ask in the background anyway, so nobody notices.

A shared server may not answer at the start. Then the services of the time in between stand there: they keep calls on
this computer and refuse the rest, until somebody tries again and the server answers.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ppsdesk.domain.calendar import Clock
from ppsdesk.domain.errors import DeskError, StorageUnavailable
from ppsdesk.domain.places import Whereabouts
from ppsdesk.domain.rights import Role
from ppsdesk.services import logs
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.settings import SettingsDesk

if TYPE_CHECKING:
    from ppsdesk.assembly import Services

Told = Callable[[DeskError | None], None]
KEPT_HERE = frozenset({"keep_here", "here", "saved"})
MISTAKE = "The program made a mistake while opening the database."
CLOSED = "The window was closed before the database was open."


class ServicesSoon:
    """Stands in for `Services`: the early facts are attributes, the rest waits for the database (in the background)."""

    def __init__(self, *, person: str, clock: Clock, folder: DeskFolder, whereabouts: Whereabouts) -> None:
        self.person = person
        self.clock = clock
        self.folder = folder
        self.settings = SettingsDesk(folder.settings)
        self.whereabouts = whereabouts
        self.role: Role | None = None  # nobody knows yet
        self._heard = threading.Event()  # what came of opening it
        self._here = threading.Event()  # whether this computer can keep calls until then
        self._services: Services | None = None
        self._meanwhile: Services | None = None
        self._error: DeskError | None = None
        self._work: Callable[[], Services] | None = None
        self._told: Told = _nobody
        self._turn = threading.Lock()
        self._closed = False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        self._heard.wait()
        error, there = self._error, self._services or self._meanwhile
        if self._services is None and error is not None:
            raise type(error)(error.message, hint=error.hint)
        return getattr(there, name)

    @property
    def drafts(self) -> Any:
        """Unfinished calls: what this computer keeps of them needs no database, so nobody waits for one."""
        return DraftsSoon(self) if self._services is None else self._services.drafts

    @property
    def is_open(self) -> bool:
        """Whether the database was opened; False while it is not yet, or could not be."""
        return self._services is not None

    @property
    def is_away(self) -> bool:
        """Whether its server has not answered yet: it is tried again."""
        return self._services is None and self._error is None and self._heard.is_set()

    def open(self, work: Callable[[], Services], told: Told, meanwhile: Callable[[], Services] | None = None) -> None:
        """Open in a thread of its own; `told` is called there with None, or with what stood in the way.

        `meanwhile` makes the services of the time until the server answers, for a database that has one. May be called
        again after a refusal, or for another place while nobody answers at this one.
        """
        self._heard.clear()
        self._work, self._told, self._error = work, told, None

        def run() -> None:
            self._meanwhile = _made(meanwhile) if meanwhile is not None else None
            self._here.set()
            try:
                self._try()
            except StorageUnavailable as error:
                self._stand_by(error)
            except DeskError:
                pass  # it was told

        threading.Thread(target=run, name="opening", daemon=True).start()

    def try_out(self) -> None:
        """Whether the database answers and takes changes; one that was not open yet is opened now."""
        if self.is_away:
            self._try()
        else:
            self.__getattr__("try_out")()

    def close(self) -> None:
        """Give the database back, if it was opened; one that is opened later is given back at once.

        Whoever still waits for it is told, as a program does not end while one of its threads waits.
        """
        self._closed = True
        if self._services is not None:
            self._services.close()
            return
        self._error = self._error or DeskError(CLOSED, hint="Calls begun in it are kept as drafts.")
        self._here.set()
        self._heard.set()

    # -- inside, off the window's thread -------------------------------------------------------------------------------

    def _try(self) -> None:
        with self._turn:
            if self._services is None:
                self._open_now()

    def _open_now(self) -> None:
        work = self._work
        assert work is not None
        try:
            services = work()
        except StorageUnavailable:
            raise
        except DeskError as error:
            self._give_up(error)
            raise
        except BaseException:
            self._give_up(DeskError(MISTAKE, hint="The log has the details."))
            raise
        if self._closed or work is not self._work:  # nobody waits for this one any more
            services.close()
            return
        self.whereabouts, self.person, self.role = services.whereabouts, services.person, services.role
        self._services = services
        self._heard.set()
        self._told(None)

    def _stand_by(self, error: StorageUnavailable) -> None:
        if self._meanwhile is None:
            self._give_up(error)
            return
        self._heard.set()
        self._told(error)

    def _give_up(self, error: DeskError) -> None:
        self._error = error  # calls are kept here all the same, where that can be done
        self._heard.set()
        self._told(error)

    def _drafts_for(self, name: str) -> Any:
        if name in KEPT_HERE:
            self._here.wait()
            there = self._services or self._meanwhile
            if there is not None:
                return there.drafts
        return self.__getattr__("drafts")


class DraftsSoon:
    """Stands in for `Drafts` until there is a database: it may be asked for on the window's thread, and used off it."""

    def __init__(self, soon: ServicesSoon) -> None:
        self._soon = soon

    def __getattr__(self, name: str) -> Callable[..., Any]:
        soon = self._soon

        def do(*said: Any) -> Any:
            return getattr(soon._drafts_for(name), name)(*said)  # its other half

        return do


def _made(meanwhile: Callable[[], Services]) -> Services | None:
    try:
        return meanwhile()
    except Exception as fault:
        logging.getLogger(logs.ROOT).error("no services meanwhile", exc_info=fault)
        return None


def _nobody(_error: DeskError | None) -> None:
    """Nobody waits for it."""
