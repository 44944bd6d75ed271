"""Report settings under a name: a person's own, and everybody's."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.saved_reports import EVERYBODY, SavedReport, check_saved_report
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.SAVED_REPORTS})


class SavedReports:
    """What reports are asked with again and again. Nobody sees the own ones of somebody else here.

    Changes raise `Conflict`, holding the settings as they now are, when somebody changed them since `version`.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def list(self) -> tuple[SavedReport, ...]:
        """This person's own and everybody's, by name."""
        with self._storage.reading() as work:
            return work.saved_reports.all()

    def keep(self, saved: SavedReport, *, shared: bool | None = None) -> Done[SavedReport]:
        """Add settings (version 0) or change those of that key: another name, another question.

        They are everybody's when `shared`, this person's own when not; None leaves them whose they are. Raises
        `Invalid` with words for the name, `Refused` for those of somebody else.
        """
        saved = replace(saved, name=" ".join(saved.name.split()))
        check_saved_report(saved)
        with self._storage.writing() as work:
            if shared is not None:
                saved = replace(saved, owner=EVERYBODY if shared else work.person)
            if saved.owner not in (EVERYBODY, work.person):
                raise Refused("These report settings are somebody else's own.", hint="Save yours under a name.")
            kept = work.saved_reports.keep(saved)
            work.commit()
        return Done(kept, TOUCHED, said=f"Report settings “{kept.name}” saved.")

    def rename(self, key: UUID, version: int, name: str) -> Done[SavedReport]:
        """Another name for the same settings."""
        with self._storage.reading() as work:
            there = work.saved_reports.get(key)
        return self.keep(replace(there, name=name, version=version))

    def remove(self, key: UUID, version: int) -> Done[SavedReport]:
        """Take settings out. The value is what they were, ready to be kept again."""
        with self._storage.writing() as work:
            gone = work.saved_reports.remove(key, version)
            work.commit()
        return Done(replace(gone, version=0), TOUCHED, said=f"Report settings “{gone.name}” removed.")
