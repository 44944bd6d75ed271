"""A call log that comes in as a table: what was read, what would be kept, and everything that stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ppsdesk.domain.calls import CallFacts
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.vocabulary import Term, Vocabulary
from ppsdesk.domain.words import count_of

# what a cell can hold; an empty cell is "", and a date cell without a time is a `date`
Cell = str | int | float | bool | date | datetime | time | timedelta

COLUMNS = ("reference", "taken_at", "line", "caller_kind", "method", "topics", "stage", "level", "minutes", "outcome",
           "advice", "taken_by", "caller_name", "phone", "child_name", "notes")  # fmt: skip
REQUIRED = ("taken_at", "line", "caller_kind", "topics")
SEVERAL = frozenset({"topics", "stage", "advice"})
VOCABULARY_OF: dict[str, Vocabulary] = {
    "line": Vocabulary.LINE,
    "caller_kind": Vocabulary.CALLER_KIND,
    "method": Vocabulary.METHOD,
    "topics": Vocabulary.TOPIC,
    "stage": Vocabulary.STAGE,
    "level": Vocabulary.LEVEL,
    "outcome": Vocabulary.OUTCOME,
    "advice": Vocabulary.ADVICE,
}

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file. `number` is the row a spreadsheet shows for it: the header is usually row 1.

    `cells` has at least one cell for each column of the header, and more where the row was longer.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file's header and its rows, empty rows left out; `notes` says in sentences what the reading had to decide."""

    header: tuple[str, ...]
    rows: Sequence[Row]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One cell that cannot be kept: where it is (the header's own words), what it holds, and why not."""

    row: int
    column: str
    value: str
    why: str

    @property
    def words(self) -> str:
        """ "row 14, column taken_at, “31/02/2002”: there is no such day"."""
        held = f", “{self.value}”" if self.value else ""
        return f"row {self.row}, column {self.column}{held}: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownValue:
    """A value that is on no list yet, as first typed, and in how many rows of the column it stands."""

    column: str
    vocabulary: Vocabulary
    value: str
    count: int
    first_row: int


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A call as it would be kept; `identity` is the same whenever the same row comes again."""

    row: int
    identity: str
    facts: CallFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What importing a table would do. Nothing may be kept of it unless `ready`.

    `rows` counts every row with content. `calls` are those that could be kept; `new_terms` the list entries they need,
    empty unless unknown values were to be added. `unknown` is filled either way. `problems` covers all rows.
    """

    file: str
    rows: int
    calls: tuple[PlannedCall, ...]
    unknown: tuple[UnknownValue, ...]
    new_terms: tuple[Term, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether every row of the file can be kept."""
        return not self.problems and len(self.calls) == self.rows

    @property
    def refusal(self) -> Refused | None:
        """Why nothing may be imported, in one sentence, or None when the plan is ready."""
        if self.problems:
            return not_imported(self.file, f"{self.problems[0].words.rstrip('.')}{_and_more(len(self.problems))}")
        if not self.ready:
            listed = ", ".join(f"{u.column} “{shortened(u.value)}” ({u.count:,})" for u in self.unknown[:5])
            more = f" and {len(self.unknown) - 5:,} more" if len(self.unknown) > 5 else ""
            return not_imported(
                self.file, f"these values are on no list yet: {listed}{more}; correct them, or let them be added"
            )
        return None


def not_imported(file: str, why: str) -> Refused:
    """One sentence about a file that cannot be used: nothing happened, which file, and why."""
    return Refused(f"Nothing was imported from “{shortened(file, 120)}”: {why}.")


def column_names(cells: Sequence[Cell]) -> tuple[str, ...]:
    """A header out of a file's first row; empty cells behind the last name are no columns."""
    names = [cell_text(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def cell_text(cell: Cell) -> str:
    """What stands in a cell, without blanks around it; 2 for the whole number, 2001-09-03 for a day."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def shortened(text: str, limit: int = SHOWN) -> str:
    """A value fit to stand in a sentence: on one line, printable, at most `limit` characters."""
    line = "".join(sign if sign.isprintable() else "�" for sign in " ".join(text[: limit * 4].split()))
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def _and_more(problems: int) -> str:
    if problems == 1:
        return ""
    return f" (and {count_of(problems - 1, 'more problem')})"
