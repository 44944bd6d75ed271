"""The dates of matters as they were last worked out, which of them moved, and what they were worked out with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection, Select, Table, and_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ppsdesk.domain.matters import Moved
from ppsdesk.domain.reworking import DateLine, Difference, Lines
from ppsdesk.storage.date_rows import DatesWorkedOutRow, MovedDateRow
from ppsdesk.storage.in_bulk import ManyRows
from ppsdesk.storage.keyed import AT_ONCE
from ppsdesk.storage.matters import CALL, DATE, FACT, MATTER, NAMES, PERSON, STANDING, name_of
from ppsdesk.storage.plain_words import stored_values

MOVED: Table = MovedDateRow.__table__  # type: ignore[assignment]
WITH: Table = DatesWorkedOutRow.__table__  # type: ignore[assignment]
LOCK = 5_787_332  # any number, the same in every copy of this program
DATES = ManyRows(DATE, ("matter_id", *DateLine._fields), key=("matter_id", "clock"))
MOVES = ManyRows(
    MOVED, ("key", "matter_id", "clock", "title", "was_due", "now_due", "because", "noticed_at"), key=("key",)
)


class OpenMatter(NamedTuple):
    """What is needed of a matter to work it out: `lines` are its dates as they are kept."""

    id: int
    happening: str
    kind: str
    lifted: tuple[str, ...]
    facts: dict[str, date]
    lines: Lines


class WorkedOutWith(NamedTuple):
    """What all open matters were worked out with: a stamp of rules and bank holidays, and the program's version."""

    stamp: str
    program: str


class MatterDates:
    """Dates and moves, on one unit of work's connection."""

    def __init__(self, connection: Connection, person: str) -> None:
        self._connection = connection
        self._person = person

    # -- one after the other ---------------------------------------------------------------------------------------

    def while_rules_stay(self) -> None:
        """Until the end of this transaction nobody changes a rule: what is worked out now is not outdated when it is
        kept. A local file has one writer at a time anyway."""
        self._hold("pg_advisory_xact_lock_shared")

    def while_nobody_works_out(self) -> None:
        """Until the end of this transaction nobody else works a matter out or changes a rule."""
        self._hold("pg_advisory_xact_lock")

    def _hold(self, function: str) -> None:
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(f"SELECT {function}({LOCK})")

    # -- dates -----------------------------------------------------------------------------------------------------

    @stored_values()
    def one(self, matter: int) -> OpenMatter:
        """One matter to be worked out, open or closed."""
        [found] = self._matters(MATTER.c.id == matter)
        return found

    @stored_values()
    def open(self) -> list[OpenMatter]:
        """Every open matter, three questions in all."""
        return list(self._matters(MATTER.c.closed_on.is_(None)))

    def _matters(self, wanted: Any) -> Iterator[OpenMatter]:
        ask = self._connection.execute
        facts: dict[int, dict[str, date]] = {}
        for matter, name, day in ask(_of(FACT, "name", "day").where(wanted)).all():
            facts.setdefault(matter, {})[name] = day
        dates = ask(_of(DATE, *DateLine._fields).where(wanted).order_by(DATE.c.matter_id, DATE.c.clock)).all()
        lines = {
            matter: tuple([DateLine._make(row[1:]) for row in rows]) for matter, rows in groupby(dates, itemgetter(0))
        }
        columns = (MATTER.c.id, MATTER.c.happening, MATTER.c.kind, MATTER.c.lifted)
        for number, happening, kind, lifted in ask(select(*columns).where(wanted)).all():
            known = facts.get(number, {}), lines.get(number, ())
            yield OpenMatter(number, happening, kind, tuple(lifted), *known)

    def write(self, found: Iterable[Difference]) -> None:
        """Keep what is not as it was."""
        new: list[tuple[Any, ...]] = []
        other: list[tuple[Any, ...]] = []
        gone: list[tuple[int, str]] = []
        for matter, before, after in found:
            if after is None:
                assert before is not None
                gone.append((matter, before.clock))
            else:
                (new if before is None else other).append((matter, *after))
        DATES.add(self._connection, new)
        DATES.change(self._connection, other)
        DATES.remove(self._connection, gone)

    # -- what moved ------------------------------------------------------------------------------------------------

    def note_moved(self, found: Iterable[Difference], *, because: str, at: datetime) -> int:
        """Put those that moved on the list; how many."""
        rows = []
        for matter, before, after in found:
            line = after or before
            assert line is not None  # one of the two is there
            days = before and before.due, after and after.due
            rows.append((uuid4(), matter, line.clock, line.title, *days, because, at))
        MOVES.add(self._connection, rows)
        return len(rows)

    @stored_values()
    def moved(self, *, unseen_only: bool) -> tuple[Moved, ...]:
        """What moved, newest first, and together what moved together; nothing of a call or child that was removed."""
        question = _MOVED.where(MOVED.c.seen_at.is_(None)) if unseen_only else _MOVED
        return tuple(
            Moved(
                key=row.key,
                matter=row.matter_key,
                clock=row.clock,
                title=row.title,
                was=row.was_due,
                now=row.now_due,
                because=row.because,
                noticed_at=row.noticed_at,
                seen_by=row.seen_by or "",
                seen_at=row.seen_at,
                happening=row.happening,
                child=row.person_key,
                name=name_of(row),
                call_id=row.call_id,
            )
            for row in self._connection.execute(question)
        )

    def seen(self, keys: Iterable[UUID], *, at: datetime) -> int:
        """Take those off the list that nobody took note of yet; how many."""
        wanted, found = list(dict.fromkeys(keys)), 0
        for start in range(0, len(wanted), AT_ONCE):
            mine = and_(MOVED.c.key.in_(wanted[start : start + AT_ONCE]), MOVED.c.seen_at.is_(None))
            found += self._connection.execute(
                update(MOVED).where(mine).values(seen_by=self._person, seen_at=at)
            ).rowcount  # fmt: skip
        return found

    # -- what with -------------------------------------------------------------------------------------------------

    def worked_out_with(self) -> WorkedOutWith | None:
        """What all open matters were last worked out with; None where they never were."""
        row = self._connection.execute(select(WITH.c.stamp, WITH.c.program)).one_or_none()
        return None if row is None else WorkedOutWith(row.stamp, row.program)

    def note_worked_out(self, stamp: str, program: str, *, at: datetime) -> None:
        """All open matters are worked out with this now; an empty stamp says that some are not."""
        values = {"stamp": stamp, "program": program, "at": at}
        made = sqlite.insert(WITH) if self._connection.dialect.name == "sqlite" else postgresql.insert(WITH)
        self._connection.execute(
            made.values(id=1, **values).on_conflict_do_update(index_elements=["id"], set_=values)
        )  # fmt: skip


def _of(table: Table, *columns: str) -> Select[Any]:
    question = select(table.c.matter_id, *(table.c[name] for name in columns))
    return question.join_from(table, MATTER, table.c.matter_id == MATTER.c.id)


_MOVED = (
    select(
        MOVED,
        MATTER.c.key.label("matter_key"),
        MATTER.c.happening,
        MATTER.c.call_id,
        PERSON.c.key.label("person_key"),
        *NAMES,
    )
    .join_from(MOVED, MATTER, MOVED.c.matter_id == MATTER.c.id)
    .join(CALL, MATTER.c.call_id == CALL.c.id, isouter=True)
    .join(PERSON, MATTER.c.person_id == PERSON.c.id, isouter=True)
    .where(*STANDING)
    .order_by(MOVED.c.noticed_at.desc(), MOVED.c.id)
)
