"""Terms in, terms out; and the numbers that calls refer to them by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ppsdesk.domain.errors import Conflict, NotFound
from ppsdesk.domain.list_checks import check_merge
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from ppsdesk.storage import audit, merging
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.rows import TermRow

TERM: Table = TermRow.__table__  # type: ignore[assignment]


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

    # -- reading ---------------------------------------------------------------------------------------------------

    @stored_values()
    def all(self, only: Collection[Vocabulary] = ()) -> Vocabularies:
        """Every list, or `only` some, each in its own order."""
        question = select(TERM).order_by(TERM.c.vocabulary, TERM.c.position, TERM.c.id)
        if only:
            question = question.where(TERM.c.vocabulary.in_(sorted(vocabulary.value for vocabulary in only)))
        found = self._connection.execute(question).all()
        codes = {row.id: TermCode(row.code) for row in found}
        return Vocabularies(tuple(_term(row, codes) for row in found))

    def get(self, vocabulary: Vocabulary, code: TermCode) -> Term:
        """One entry. `NotFound` when the list has none of that code."""
        term = self.all().term(vocabulary, code)
        if term is None:
            raise NotFound(f"“{code}” is not in the list {vocabulary.label}.", hint="The list shows what is there now.")
        return term

    def codes(self, vocabulary: Vocabulary) -> Sequence[str]:
        """Every code of one list."""
        return (
            self._connection.execute(select(TermRow.code).where(TermRow.vocabulary == vocabulary.value)).scalars().all()
        )

    # -- writing ---------------------------------------------------------------------------------------------------

    def add_missing(self, terms: Iterable[Term]) -> int:
        """Add those whose vocabulary and code are not there yet; never touch one that is. How many were added."""
        known = set(self._connection.execute(select(TermRow.vocabulary, TermRow.code)))
        new = [term for term in terms if (term.vocabulary.value, str(term.code)) not in known]
        if new:
            make = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
            # another desk may add the same word at this very moment
            once = make(TERM).on_conflict_do_nothing(index_elements=["vocabulary", "code"])
            self._connection.execute(once, [_values(term) for term in new])
        return len(new)

    def change(self, term: Term, version: int, values: Mapping[str, Any]) -> Term:
        """Change columns of an entry. `Conflict`, with the entry as it now is, when somebody changed it since."""
        mine = (TERM.c.vocabulary == term.vocabulary.value, TERM.c.code == term.code, TERM.c.version == version)
        changed = self._connection.execute(update(TERM).where(*mine).values(**values, version=version + 1))
        if changed.rowcount != 1:
            raise self._changed(self.get(term.vocabulary, term.code))
        return self.get(term.vocabulary, term.code)

    def reorder(self, vocabulary: Vocabulary, codes: Sequence[TermCode], seen: Sequence[TermCode] = ()) -> None:
        """Put these entries in this order, in the places they hold among them; all others stay where they are.

        `Conflict` when one of them is not in the list, or their order is not the one that was `seen`.
        """
        self._lock(vocabulary)
        now = [term.code for term in self.all().of(vocabulary)]
        held = [code for code in now if code in set(codes)]
        if sorted(held) != sorted(codes) or (seen and held != list(seen)):
            raise Conflict(
                f"Somebody changed the list {vocabulary.label} while you had it open.",
                hint="Nothing was changed. The list shows its order as it is now.",
                theirs=self.all(),
            )
        following = iter(codes)
        order = [next(following) if code in set(codes) else code for code in now]
        rows = [{"code_": code, "place": place} for place, code in enumerate(order, start=1)]
        mine = (TERM.c.vocabulary == vocabulary.value, TERM.c.code == bindparam("code_"))
        moved = update(TERM).where(*mine, TERM.c.position != bindparam("place")).values(position=bindparam("place"))
        self._connection.execute(moved, rows)

    def merge(self, term: Term, into: TermCode, version: int, day: date) -> Term:
        """Let an entry, and all that count as it, count as `into` or as what that one counts as; offered no more.

        `Refused` where the two cannot be one, `Conflict` when somebody changed the entry since.
        """
        self._lock(term.vocabulary)
        survivor = self.get(term.vocabulary, into)
        if survivor.merged_into is not None:
            survivor = self.get(term.vocabulary, survivor.merged_into)
        now = self.get(term.vocabulary, term.code)
        check_merge(now, survivor)
        if now.merged_into == survivor.code:
            return now
        number, target = self._number(now), self._number(survivor)
        last = max(day, now.valid_from or day)
        if now.valid_to is not None and now.valid_to < last:
            last = now.valid_to
        merged = self.change(now, version, {"merged_into_id": target, "valid_to": last})
        self._move(select(TERM.c.id).where(TERM.c.merged_into_id == number), target)
        return merged

    def unmerge(self, term: Term, version: int) -> Term:
        """Let an entry count as itself again, with the last day it had, and all that had come with it as it."""
        self._lock(term.vocabulary)
        now = self.get(term.vocabulary, term.code)
        if now.merged_into is None:
            return now
        number, survivor = self._number(now), self._number(self.get(term.vocabulary, now.merged_into))
        last = merging.last_day_before(self._connection, number, now.valid_to)
        beside = select(TERM.c.id).where(TERM.c.merged_into_id == survivor, TERM.c.id != number)
        back = [one for one in self._connection.execute(beside).scalars().all()
                if merging.counted_as_before(self._connection, one, number)]  # fmt: skip
        alone = self.change(now, version, {"merged_into_id": None, "valid_to": last})
        self._move(back, number)
        return alone

    # -- inside ----------------------------------------------------------------------------------------------------

    def _lock(self, vocabulary: Vocabulary) -> None:
        """Two who merge or reorder the same list come one after the other. A local file has one writer anyway."""
        if self._connection.dialect.name != "sqlite":
            self._connection.execute(select(TERM.c.id).where(TERM.c.vocabulary == vocabulary.value).with_for_update())

    def _number(self, term: Term) -> int:
        mine = (TERM.c.vocabulary == term.vocabulary.value, TERM.c.code == term.code)
        return int(self._connection.execute(select(TERM.c.id).where(*mine)).scalar_one())

    def _move(self, those: Any, target: int) -> None:
        self._connection.execute(
            update(TERM).where(TERM.c.id.in_(those)).values(merged_into_id=target, version=TERM.c.version + 1)
        )

    def _changed(self, theirs: Term) -> Conflict:
        who = audit.last_person(self._connection, (TERM.name,), self._number(theirs)) or "Somebody"
        return Conflict(
            f"{who} changed “{theirs.shown}” while you had the list open.",
            hint="Nothing was changed. The list shows it as it is now.",
            theirs=theirs,
        )


def _term(row: Any, codes: Mapping[int, TermCode]) -> Term:
    return Term(
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
