"""The dates of the law in the history of a call and of a person, for whoever may look at dates."""

from __future__ import annotations

from collections.abc import Sequence

from ppsdesk.domain.history import Change
from ppsdesk.domain.rights import Role, Subject, may
from ppsdesk.services.shipped_rules import shipped_book, shipped_happenings
from ppsdesk.storage.work import UnitOfWork


def with_dates(
    work: UnitOfWork, own: Sequence[Change], role: Role | None, *, call: int | None = None, person: int | None = None
) -> tuple[Change, ...]:
    """The history of a call or a person with what became of its matters, oldest first."""
    if not may(role, Subject.DATES):
        return tuple(own)
    happenings, exceptions = shipped_happenings(), shipped_book().exceptions
    found = list(own)
    if call is not None:
        found += work.matter_history.of_call(call, happenings, exceptions)
    if person is not None:
        found += work.matter_history.of_person(person, happenings, exceptions)
    return tuple(sorted(found, key=lambda change: change.at))
