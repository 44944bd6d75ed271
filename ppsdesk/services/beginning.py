"""What was said at the start: folder, shared address, who acts, which day counts as today. Opens nothing."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from ppsdesk.domain.calendar import LONDON, Clock, system_clock
from ppsdesk.services.locations import DeskFolder, usual_folder
from ppsdesk.services.settings import SettingsDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Everything that decides which database is opened, and as whom."""

    folder: DeskFolder
    database: str = ""
    person: str = ""
    as_of: date | None = None

    @property
    def clock(self) -> Clock:
        """The present, or the end of the day that was said."""
        return system_clock if self.as_of is None else fixed_clock(self.as_of)


def fixed_clock(day: date) -> Clock:
    """A clock that stands at the end of a day, so that calls of that day are not in the future."""
    instant = datetime.combine(day, time(23, 59), LONDON).astimezone(UTC)
    return lambda: instant


def choices(
    *, folder: DeskFolder | None = None, database: str = "", person: str = "", as_of: date | None = None
) -> Choices:
    """With the usual folder where none was said, and what the desk's settings remember."""
    made = (folder or usual_folder()).make()
    settings = SettingsDesk(made.settings).read()
    return Choices(
        folder=made,
        database=database or settings.database,
        person=person or settings.person or _login_name(),
        as_of=as_of,
    )


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a login without a name
        return "unnamed person"
