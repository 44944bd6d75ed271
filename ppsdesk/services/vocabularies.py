"""The lists people choose from, as offered on a date."""

from __future__ import annotations

from ppsdesk.domain.vocabulary import Vocabularies
from ppsdesk.storage.work import Storage


class VocabularyDesk:
    """Reading the lists. They are small and asked for whole."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def all(self) -> Vocabularies:
        """Every list as it stands."""
        with self._storage.reading() as work:
            return work.vocabularies.all()
