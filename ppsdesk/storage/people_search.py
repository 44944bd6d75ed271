"""The one box: people by name, sound, child, phone, postcode, reference; ranked, each saying why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from ppsdesk.domain.codes import PersonKind, Reason
from ppsdesk.domain.finding import MOST, Alike, Found, Why
from ppsdesk.domain.people import PersonFacts
from ppsdesk.domain.typed_box import Clues, clues
from ppsdesk.storage import people_alike, people_found
from ppsdesk.storage.people_matching import Matching, Rank, clues_of
from ppsdesk.storage.search_keys import rebuild, renew

__all__ = ["PeopleSearch", "rebuild", "renew"]

MOST_ALIKE = 3  # people shown beside somebody who is being typed
BEST = 1_000.0
ANONYMOUS = "Anonymous caller"


class PeopleSearch:
    """Finding people, on one unit of work's connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, text: str, *, today: date, limit: int = MOST) -> tuple[Found, ...]:
        """The best rows for what was typed, at most `limit`; none when there is nothing to look for.

        Nothing typed is an error: signs that mean something to a database are no letters here.
        """
        asked_for = clues(text, today)
        if not asked_for or limit < 1:
            return ()
        quoted = self._quoted(asked_for, today)
        found = self._found(asked_for, asked_for.names, today, limit)
        if not found and asked_for.apart != asked_for.names:
            found = self._found(asked_for, asked_for.apart, today, limit)
        known = {row.person for row in quoted if row.person}
        return (*quoted, *(row for row in found if row.person not in known))[:limit]

    def alike(
        self, facts: PersonFacts, *, but: UUID | None = None, today: date, limit: int = MOST_ALIKE
    ) -> tuple[Alike, ...]:
        """Who on record may be the person being typed, with the facts both share; never `but`, nor who was said not to
        be, nor who is known to be related to `but`."""
        return people_alike.alike(self._connection, facts, but=but, today=today, limit=limit)

    def perhaps_same(self, *, today: date, limit: int) -> tuple[Alike, ...]:
        """Pairs on record that may be one person, the most alike first: `person` and `other`."""
        return people_alike.perhaps_same(self._connection, today=today, limit=limit)

    def say_not_same(self, first: UUID, second: UUID, by: str, at: datetime) -> None:
        """Remember that these are two people, whichever is named first; saying it twice is no error."""
        people_alike.say_not_same(self._connection, first, second, by=by, at=at)

    def forget_not_same(self, first: UUID, second: UUID) -> None:
        """They may be the same after all."""
        people_alike.forget_not_same(self._connection, first, second)

    def _found(self, typed: Clues, words: Sequence[str], today: date, limit: int) -> list[Found]:
        wanted = clues_of(typed, words)
        if not wanted:
            return []
        chosen: list[tuple[int, Rank]] = []
        for rank, people in Matching(self._connection, wanted, limit).ranked():
            room = limit - len(chosen)
            chosen += [(person, rank) for person in people_found.latest(self._connection, people, room)[:room]]
            if len(chosen) >= limit:
                break
        shown = people_found.read(self._connection, [person for person, _ in chosen], today)
        return [
            people_found.row_of(shown[person], typed, words, today=today, score=_score(rank), also=None)
            for person, rank in chosen
            if person in shown
        ]

    def _quoted(self, typed: Clues, today: date) -> list[Found]:
        """Whoever the reference belongs to: the caller it was attached to, or the anonymous call itself."""
        if not typed.reference:
            return []
        callers, anonymous = people_found.calls_of_reference(self._connection, typed.reference)
        why = Why(reason=Reason.REFERENCE, words=typed.reference)
        shown = people_found.read(self._connection, sorted(callers), today)
        rows = [
            people_found.row_of(one, typed, (), today=today, score=BEST, also=why) for _, one in sorted(shown.items())
        ]
        if anonymous:
            nobody = Found(person=None, kind=PersonKind.ADULT, name=ANONYMOUS, last_call=anonymous, why=(why,),
                           score=BEST, reference=typed.reference)  # fmt: skip
            rows.append(nobody)
        return rows


def _score(rank: Rank) -> float:
    band, total = rank
    return BEST - 100 * band - min(total, 99)
