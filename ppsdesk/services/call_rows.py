"""A table of calls into a plan: what each row would become, and everything that stands in the way, for all rows.

Nothing is kept here and no database is asked. Source of the rules: the import section of the README, domain
reference 1.1 to 1.9, reliability reference 4.6.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from hashlib import sha256

from ppsdesk.domain.calls import LONGEST, NAME_LIMIT, NOTES_LIMIT, CallFacts, checked
from ppsdesk.domain.codes import Direction
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.import_dates import NotADate, TakenAt, taken_at
from ppsdesk.domain.imports import (
    COLUMNS,
    REQUIRED,
    VOCABULARY_OF,
    Cell,
    ImportPlan,
    PlannedCall,
    Problem,
    Row,
    Table,
    cell_text,
    not_imported,
    shortened,
)
from ppsdesk.domain.progress import Progress, silent
from ppsdesk.domain.vocabulary import Vocabularies, Vocabulary
from ppsdesk.services.row_terms import Found, TermColumn

EVERY = 2_000  # rows between two reports of progress

_COLUMN_OF = {"taken_on": "taken_at", "started_at": "taken_at", "stages": "stage"}
_NEVER = TakenAt(date.min, None)  # stands in a row that has a problem and so becomes no call
_MIDNIGHT = re.compile(r"[ T]00?:00")
_NEEDED = {
    "line": "the line is missing",
    "caller_kind": "the kind of caller is missing",
    "topics": "a topic is missing",
}
_MINUTES = re.compile(r"(\d{1,6})(?:\.0+)?\s*(?:m|mins?|minutes?)?\.?", re.ASCII | re.IGNORECASE)
_LOST_ZERO = re.compile(r"[12378]\d{9}", re.ASCII)
_ROUNDED = re.compile(r"(\d)[.,](\d+)E\+?(\d\d?)", re.ASCII | re.IGNORECASE)


def plan(
    table: Table,
    lists: Vocabularies,
    *,
    now: datetime,
    file_name: str,
    add_unknown: bool = False,
    progress: Progress = silent,
) -> ImportPlan:
    """Check every row of the table against the lists as they stand; `now` is aware, `progress` counts rows.

    `Refused` when a required column is missing or one stands twice. Trouble in rows never raises: it is in the plan.
    """
    columns, ignored = _columns(table, file_name)
    reading = _Reading(columns, table.header, lists, now)
    for done, row in enumerate(table.rows, start=1):
        reading.read(row)
        if done % EVERY == 0:
            progress(done, len(table.rows))
    calls = [call for call, has_unknown in reading.calls if add_unknown or not has_unknown]
    return ImportPlan(
        file=file_name,
        rows=len(table.rows),
        calls=tuple(calls),
        unknown=tuple(value for terms in reading.terms.values() for value in terms.unknown()),
        new_terms=tuple(t for terms in reading.terms.values() for t in terms.new_terms()) if add_unknown else (),
        problems=tuple(reading.problems),
        notes=(*table.notes, *_ignored(ignored), *reading.notes()),
    )


def _columns(table: Table, file_name: str) -> tuple[dict[str, int], list[str]]:
    """Place of each known column in the header, and the names of the others."""
    places: dict[str, int] = {}
    ignored = []
    for place, name in enumerate(table.header):
        known = re.sub(r"[\s_-]+", "_", name.strip().casefold())
        if known not in COLUMNS:
            ignored.append(name or "one without a name")
        elif known in places:
            raise not_imported(file_name, f"the column {known} stands there twice")
        else:
            places[known] = place
    missing = [column for column in REQUIRED if column not in places]
    if missing:
        found = ", ".join(shortened(name, 40) for name in table.header[:20] if name) or "nothing"
        raise not_imported(
            file_name,
            f"its first row must name the columns {', '.join(REQUIRED)}, of which {', '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing; found were {shortened(found, 200)}",
        )
    return places, ignored


class _Reading:
    """One pass over the rows: understands each, and gathers what is worth saying about all of them."""

    def __init__(self, columns: dict[str, int], header: tuple[str, ...], lists: Vocabularies, now: datetime) -> None:
        self.terms = {name: TermColumn(name, of, lists) for name, of in VOCABULARY_OF.items()}
        self.problems: list[Problem] = []
        self.calls: list[tuple[PlannedCall, bool]] = []
        # an absent column is the empty cell put behind the last one of every row
        self._places = {name: columns.get(name, -1) for name in COLUMNS}
        self._lists = [(name, self._places[name], terms) for name, terms in self.terms.items()]
        self._names = {name: header[place] for name, place in columns.items()}
        self._width = len(header)
        self._now = now
        self._outgoing = {t.code for t in lists.of(Vocabulary.METHOD) if t.direction == Direction.OUT}
        self._references: dict[str, int] = {}
        self._occurrences: Counter[str] = Counter()
        self._noted: dict[str, list[int]] = defaultdict(list)

    def read(self, row: Row) -> None:
        """Take in one row: it becomes a planned call, or one problem or several."""
        known_problems = len(self.problems)
        cells = (*row.cells, "")
        if len(row.cells) > self._width:
            self._check_width(row)
        found, has_unknown = self._terms(row.number, cells)
        facts = self._facts(row.number, cells, found)
        if _may_be_too_long(facts):
            self._check(row.number, facts)
        identity = self._identity(row.number, facts, found)
        if len(self.problems) == known_problems:
            self._compare_days(row.number, found, facts.taken_on)
            self.calls.append((PlannedCall(row.number, identity, facts), has_unknown))

    def _facts(self, row: int, cells: tuple[Cell, ...], found: dict[str, Found]) -> CallFacts:
        places = self._places
        at = self._taken_at(row, cells[places["taken_at"]])
        minutes = self._minutes(row, cells[places["minutes"]])
        method = found["method"].only
        return CallFacts(
            caller_kind=found["caller_kind"].only,
            topics=found["topics"].codes,
            line=found["line"].only,
            taken_on=at.day,
            method=method,
            direction=Direction.OUT if method in self._outgoing else Direction.IN,
            started_at=at.started_at,
            minutes=minutes,
            minutes_by_hand=minutes is not None,
            caller_name=cell_text(cells[places["caller_name"]]),
            phone=self._phone(row, cells[places["phone"]]),
            child_name=cell_text(cells[places["child_name"]]),
            stages=found["stage"].codes,
            advice=found["advice"].codes,
            level=found["level"].only,
            outcome=found["outcome"].only,
            notes=cell_text(cells[places["notes"]]),
            taken_by=cell_text(cells[places["taken_by"]]),
            reference=cell_text(cells[places["reference"]]),
        )

    def notes(self) -> Iterator[str]:
        """What was decided or noticed, one sentence each, with the rows."""
        for words, rows in self._noted.items():
            yield f"{words} ({_rows(rows)})."

    def _problem(self, row: int, column: str, value: Cell, why: str) -> None:
        name = self._names.get(column, column)
        self.problems.append(Problem(row=row, column=name, value=shortened(cell_text(value)), why=why))

    def _check_width(self, row: Row) -> None:
        beyond = [cell for cell in row.cells[self._width :] if cell != ""]
        if beyond:
            why = "it stands beyond the last named column; a text that holds the separator needs quotation marks"
            self._problem(row.number, "after the last", beyond[0], why)

    def _terms(self, row: int, cells: tuple[Cell, ...]) -> tuple[dict[str, Found], bool]:
        """What the columns of lists say, and whether any value is on no list yet."""
        found = {}
        has_unknown = False
        for column, place, terms in self._lists:
            one = found[column] = terms.find(cells[place], row)
            if one.unknown:
                has_unknown = True
            if not one.codes and (one.trouble or column in _NEEDED):
                self._problem(row, column, cells[place], one.trouble or _NEEDED[column])
        return found, has_unknown

    def _taken_at(self, row: int, cell: Cell) -> TakenAt:
        try:
            at = taken_at(cell, now=self._now)
        except NotADate as why:
            self._problem(row, "taken_at", cell, str(why))
            return _NEVER
        if isinstance(cell, str) and at.started_at and _MIDNIGHT.search(cell):
            self._noted["Calls timed at midnight; where only the day is known, leave the time out"].append(row)
        return at

    def _minutes(self, row: int, cell: Cell) -> int | None:
        text = cell_text(cell)
        if not text:
            return None
        whole = _MINUTES.fullmatch(text)
        if isinstance(cell, date | time) or not whole:
            self._problem(row, "minutes", cell, "write whole minutes, as 12")
            return None
        minutes = int(whole[1])
        if minutes > LONGEST:
            self._problem(row, "minutes", cell, f"a call has at most {LONGEST} minutes")
            return None
        return minutes

    def _phone(self, row: int, cell: Cell) -> str:
        text = cell_text(cell)
        if "e" in text or "E" in text:
            text = self._unrounded(row, text)
        if _LOST_ZERO.fullmatch(text):
            self._noted["Phone numbers without their leading zero: 0 added back"].append(row)
            return f"0{text}"
        return text

    def _unrounded(self, row: int, text: str) -> str:
        """7.700900123E+09 has all its digits; 7.7009E+09 has lost some for good and stays as it is."""
        found = _ROUNDED.fullmatch(text)
        if not found:
            return text
        if len(found[2]) == int(found[3]):
            return found[1] + found[2]
        self._noted["Phone numbers that a spreadsheet has shortened: kept as they are"].append(row)
        return text

    def _check(self, row: int, facts: CallFacts) -> None:
        """The rules every call has to meet, for what has not been refused in a cell's own words yet."""
        try:
            checked(facts, now=self._now)
        except Invalid as invalid:
            for field, why in invalid.problems.items():
                if field not in _NEEDED:
                    self._problem(row, _COLUMN_OF.get(field, field), str(getattr(facts, field)), why.rstrip("."))

    def _compare_days(self, row: int, found: dict[str, Found], day: date) -> None:
        for column, one in found.items():
            if not one.first <= day <= one.last:
                name = self._names[column]
                self._noted[f"Values of {name} that were not offered on the day of the call: kept"].append(row)

    def _identity(self, row: int, facts: CallFacts, found: dict[str, Found]) -> str:
        if not facts.reference:
            content = _content(facts, found)
            self._occurrences[content] += 1
            return f"row:{content}:{self._occurrences[content]}"
        first = self._references.setdefault(facts.reference, row)
        if first != row:
            self._problem(row, "reference", facts.reference, f"row {first} has the same reference")
        return f"ref:{facts.reference}"


def _content(facts: CallFacts, found: dict[str, Found]) -> str:
    """A digest of what the row says, whatever the order of columns or rows and however its dates are written.

    List values count as they are written, not by their code: a list may be reworked between two imports of one file.
    """
    says = (
        (facts.started_at or facts.taken_on).isoformat(),
        "" if facts.minutes is None else str(facts.minutes),
        *[one.canonical for one in found.values()],
        *[" ".join(t.split()) for t in (facts.taken_by, facts.caller_name, facts.phone, facts.child_name, facts.notes)],
    )
    return sha256("\x1f".join(says).encode("utf-8", "surrogatepass")).hexdigest()


def _may_be_too_long(facts: CallFacts) -> bool:
    """A quick look that spares nearly every row the full check of the domain."""
    texts = (facts.caller_name, facts.phone, facts.child_name, facts.taken_by, facts.reference, facts.notes)
    return len(facts.notes) > NOTES_LIMIT or max(map(len, texts[:-1])) > NAME_LIMIT or "\x00" in "".join(texts)


def _ignored(names: list[str]) -> Iterator[str]:
    if names:
        shown = ", ".join(shortened(name, 40) for name in names[:10])
        more = f" and {len(names) - 10} more" if len(names) > 10 else ""
        yield f"Columns that are not known were left out: {shown}{more}."


def _rows(rows: list[int]) -> str:
    shown = ", ".join(str(row) for row in rows[:5])
    if len(rows) == 1:
        return f"row {shown}"
    return f"{len(rows):,} rows: {shown}{', …' if len(rows) > 5 else ''}"
