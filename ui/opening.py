"""Opening the database while the window is already there.

A window shows in a fifth of a second; the libraries of the database take longer than that to load. So screens get a
stand-in for the services: what it knows from the start (who, which folder, which clock) it answers at once, and
everything else it fetches when the database is open. Screens ask in the background anyway, so nobody notices.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from ppsdesk.domain.calendar import Clock
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.places import Whereabouts
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.settings import SettingsDesk

if TYPE_CHECKING:
    from ppsdesk.assembly import Services


class ServicesSoon:
    """Stands in for `Services`: the early facts are attributes, the rest waits for the database (in the background)."""

    def __init__(self, *, person: str, clock: Clock, folder: DeskFolder, whereabouts: Whereabouts) -> None:
        self.person = person
        self.clock = clock
        self.folder = folder
        self.settings = SettingsDesk(folder.settings)
        self.whereabouts = whereabouts
        self._services: Future[Services] = Future()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._services.result(), name)

    @property
    def is_open(self) -> bool:
        """Whether the database was opened; False while it is not yet, or could not be."""
        return self._services.done() and self._services.exception() is None

    def open(self, work: Callable[[], Services], told: Callable[[DeskError | None], None]) -> None:
        """Open in a thread of its own; `told` is called there with None, or with what stood in the way."""

        def run() -> None:
            try:
                services = work()
            except DeskError as error:
                self._services.set_exception(error)
                told(error)
                return
            except BaseException as error:
                self._services.set_exception(error)
                told(
                    DeskError("The program made a mistake while opening the database.", hint="The log has the details.")
                )
                raise
            self.whereabouts, self.person = services.whereabouts, services.person
            self._services.set_result(services)
            told(None)

        threading.Thread(target=run, name="opening", daemon=True).start()

    def close(self) -> None:
        """Give the database back, if it was opened."""
        if self.is_open:
            self._services.result().close()
