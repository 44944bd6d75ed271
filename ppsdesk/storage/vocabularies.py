"""Terms in, terms out; and the numbers that calls refer to them by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.rows import TermRow


class TermIds:
    """Code to row number and back, for one database. Terms are never deleted, so what is committed stays true."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], int] = {}
        self._codes: dict[int, TermCode] = {}

    def aside(self) -> TermIds:
        """A copy for one writing job: numbers of terms that are taken back again must not be remembered."""
        copy = TermIds()
        copy.learn(self)
        return copy

    def learn(self, other: TermIds) -> None:
        """Take over what a committed job read."""
        self._ids.update(other._ids)
        self._codes.update(other._codes)

    def load(self, connection: Connection) -> None:
        """Read all numbers again: another desk may have added terms."""
        found = connection.execute(select(TermRow.id, TermRow.vocabulary, TermRow.code))
        for number, vocabulary, code in found:
            self._ids[vocabulary, code] = number
            self._codes[number] = TermCode(code)

    def id(self, connection: Connection, vocabulary: Vocabulary, code: TermCode) -> int:
        """The number of a term. KeyError when no list has it."""
        found = self._ids.get((vocabulary, code))
        if found is None:
            self.load(connection)
            found = self._ids[vocabulary, code]
        return found

    def code(self, connection: Connection, number: int) -> TermCode:
        """The code behind a number."""
        if number not in self._codes:
            self.load(connection)
        return self._codes[number]


class VocabularyRepository:
    """The dated lists, on one unit of work's connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @stored_values()
    def all(self) -> Vocabularies:
        """Every list, each in its own order."""
        table = TermRow.__table__
        question = select(table).order_by(table.c.vocabulary, table.c.position, table.c.id)
        found = self._connection.execute(question).all()
        codes = {row.id: TermCode(row.code) for row in found}
        return Vocabularies(
            tuple(
                Term(
                    vocabulary=Vocabulary(row.vocabulary),
                    code=TermCode(row.code),
                    label=row.label,
                    group=row.group_label,
                    position=row.position,
                    valid_from=row.valid_from,
                    valid_to=row.valid_to,
                    no_answer=row.no_answer,
                    direction=row.direction,
                    ours=row.ours,
                    to_check=row.to_check,
                    next_step=row.next_step,
                    next_days=row.next_days,
                    next_owner=row.next_owner,
                    merged_into=codes.get(row.merged_into_id),
                    key=row.key,
                    version=row.version,
                )
                for row in found
            )
        )

    def add_missing(self, terms: Iterable[Term]) -> int:
        """Add those whose vocabulary and code are not there yet; never touch one that is. How many were added."""
        known = set(self._connection.execute(select(TermRow.vocabulary, TermRow.code)))
        new = [term for term in terms if (term.vocabulary.value, str(term.code)) not in known]
        if new:
            self._connection.execute(insert(TermRow.__table__), [_values(term) for term in new])  # type: ignore[arg-type]
        return len(new)

    def codes(self, vocabulary: Vocabulary) -> Sequence[str]:
        """Every code of one list."""
        return (
            self._connection.execute(select(TermRow.code).where(TermRow.vocabulary == vocabulary.value)).scalars().all()
        )


def _values(term: Term) -> dict[str, object]:
    return {
        "key": term.key or uuid4(),
        "vocabulary": term.vocabulary.value,
        "code": term.code,
        "label": term.label,
        "group_label": term.group,
        "position": term.position,
        "valid_from": term.valid_from,
        "valid_to": term.valid_to,
        "no_answer": term.no_answer,
        "direction": term.direction,
        "ours": term.ours,
        "to_check": term.to_check,
        "next_step": term.next_step,
        "next_days": term.next_days,
        "next_owner": term.next_owner,
        "version": term.version,
    }
