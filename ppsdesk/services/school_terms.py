"""The terms of the schools, which reports by term are made with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.school_terms import SchoolTerm, TermCalendar, authorities_of, calendar_of, check_school_term
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.SCHOOL_TERMS})


class SchoolTerms:
    """The term dates that are entered. Calls hold no term: changed dates change the reports of old years too.

    Changes raise `Conflict`, holding the term as it now is, when somebody changed it since `version` was read.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def list(self, authority: str | None = None) -> tuple[SchoolTerm, ...]:
        """The terms of one authority or, with None, of all: newest year first, each year from autumn to summer."""
        with self._storage.reading() as work:
            terms = work.school_terms.all()
        return terms if authority is None else tuple(term for term in terms if term.authority == authority)

    def authorities(self) -> tuple[str, ...]:
        """Every authority that has terms, the one with most of them first."""
        return authorities_of(self.list())

    def calendar(self, authority: str = "") -> TermCalendar:
        """What divides years into terms: the dates of one authority, or of the one with most terms."""
        return calendar_of(self.list(), authority)

    def keep(self, term: SchoolTerm) -> Done[SchoolTerm]:
        """Add a term (version 0) or change the one of that key. Raises `Invalid` with words for each field."""
        with self._storage.writing() as work:
            every = work.school_terms.all()
            term = replace(term, authority=_as_written(term.authority, every))
            check_school_term(term, every)
            kept = work.school_terms.keep(term)
            work.commit()
        return Done(kept, TOUCHED, said=f"Dates of {kept.name} saved.")

    def remove(self, key: UUID, version: int) -> Done[SchoolTerm]:
        """Take a term out, so that its dates are assumed again. The value is what it was, ready to be kept again."""
        with self._storage.writing() as work:
            gone = work.school_terms.remove(key, version)
            work.commit()
        return Done(replace(gone, version=0), TOUCHED, said=f"Dates of {gone.name} removed.")


def _as_written(authority: str, terms: Iterable[SchoolTerm]) -> str:
    """One authority is not two because of a capital or a space: as it was written first."""
    plain = " ".join(authority.split())
    return next((term.authority for term in terms if term.authority.casefold() == plain.casefold()), plain)
