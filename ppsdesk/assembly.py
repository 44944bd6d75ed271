"""Opens storage and makes the services: the one place that the window, the commands and the tests call."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from ppsdesk.domain.calendar import LONDON, Clock, system_clock
from ppsdesk.domain.places import Finding, Whereabouts
from ppsdesk.services import passwords
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.drafts import Drafts
from ppsdesk.services.importing import Importing
from ppsdesk.services.locations import DeskFolder, usual_folder
from ppsdesk.services.practice import Practice
from ppsdesk.services.reporting import Reporting
from ppsdesk.services.settings import SettingsDesk
from ppsdesk.services.starter_lists import starter_terms
from ppsdesk.services.vocabularies import VocabularyDesk
from ppsdesk.storage import opening
from ppsdesk.storage.work import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What was said at the start: folder, shared address, who acts, which day counts as today."""

    folder: DeskFolder
    database: str = ""
    person: str = ""
    as_of: date | None = None

    @property
    def clock(self) -> Clock:
        """The present, or noon of the day that was said."""
        return system_clock if self.as_of is None else fixed_clock(self.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a screen or a command may ask of the helpline's desk."""

    calls: CallDesk
    drafts: Drafts
    vocabularies: VocabularyDesk
    reporting: Reporting
    importing: Importing
    practice: Practice
    settings: SettingsDesk
    folder: DeskFolder
    whereabouts: Whereabouts
    person: str
    clock: Clock
    check: Callable[[], tuple[Finding, ...]]
    back_up: Callable[[], object]
    close: Callable[[], None]


def fixed_clock(day: date) -> Clock:
    """A clock that stands at the end of a day, so that calls of that day are not in the future."""
    instant = datetime.combine(day, time(23, 59), LONDON).astimezone(UTC)
    return lambda: instant


def choices(
    *, data_dir: DeskFolder | None = None, database: str = "", person: str = "", as_of: date | None = None
) -> Choices:
    """With the usual folder where none was said, and what the desk's settings remember."""
    folder = (data_dir or usual_folder()).make()
    settings = SettingsDesk(folder.settings).read()
    return Choices(
        folder=folder,
        database=database or settings.database,
        person=person or settings.person or _login_name(),
        as_of=as_of,
    )


def open_services(chosen: Choices, ask: passwords.Ask, *, practice: bool = False) -> Services:
    """Open the database and make the services. Raises `CannotStart`, `Refused` or `StorageUnavailable`."""
    if chosen.database:
        url = opening.read_address(chosen.database)
        storage = opening.open_shared(url, passwords.find(chosen.database, ask))
        place = opening.whereabouts(storage, None, url)
        return services_on(storage, chosen, place)
    path = chosen.folder.database
    storage = opening.open_local(
        path, starter_terms(), person=chosen.person, backups=chosen.folder.backups, now=chosen.clock(), practice=practice
    )
    return services_on(storage, chosen, opening.whereabouts(storage, path, None))


def create_shared(chosen: Choices, ask: passwords.Ask) -> bool:
    """Make or upgrade the schema of a shared database, as its owner; False when there was nothing to do."""
    url = opening.read_address(chosen.database)
    password = passwords.find(chosen.database, ask)
    return opening.create_shared(url, password, starter_terms(), now=chosen.clock())


def services_on(
    storage: Storage, chosen: Choices, place: Whereabouts, *, clock: Clock | None = None
) -> Services:
    """The services on a storage that is open already; `clock` in place of the one that was chosen."""
    clock = clock or chosen.clock

    def back_up() -> object:
        if place.path is None:
            return None
        return opening.copy_of(place.path, chosen.folder.backups, now=clock(), reason="at-close")

    return Services(
        calls=CallDesk(storage, clock),
        drafts=Drafts(storage),
        vocabularies=VocabularyDesk(storage),
        reporting=Reporting(storage, clock, person=storage.person),
        importing=Importing(storage, clock),
        practice=Practice(storage, clock),
        settings=SettingsDesk(chosen.folder.settings),
        folder=chosen.folder,
        whereabouts=place,
        person=storage.person,
        clock=clock,
        check=lambda: opening.check(storage),
        back_up=back_up,
        close=storage.close,
    )


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a login without a name
        return "unnamed person"
