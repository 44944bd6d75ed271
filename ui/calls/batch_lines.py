"""A tally of calls, one line each: what was typed in a cell, and what it means.

A cell keeps its words, so that what cannot be read yet stays as it was typed; `read_cell` says what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from uuid import UUID, uuid4

from ppsdesk.domain.calendar import NoSuchTime, instant_of, month_name
from ppsdesk.domain.calls import LABELS, LONGEST, NewCall, checked
from ppsdesk.domain.codes import Direction
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.typed_dates import read_clock, read_day
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from ui.calls.fields import ANONYMOUS, direction_of
from ui.kit.matching import found_by

BETWEEN = "; "  # stands between several topics of one cell
REPEATED = ("taken_on", "line")  # a new line has these from the line above


@dataclass(frozen=True, slots=True)
class BatchColumn:
    """One column: field of the call, head, list it is chosen from; `several` may hold more than one. `width` is in
    pixels at 100 % text, 0 shares what is left."""

    name: str
    head: str
    vocabulary: Vocabulary | None = None
    several: bool = False
    width: int = 0
    hint: str = ""


COLUMNS = (
    BatchColumn("taken_on", "Day", width=110, hint="3/9, yest, mon"),
    BatchColumn("started_at", "Time", width=70, hint="10:30, may stay empty"),
    BatchColumn("line", "Line", Vocabulary.LINE, width=100, hint="Type to search, Down for the list"),
    BatchColumn("caller_kind", "Kind of caller", Vocabulary.CALLER_KIND, width=130, hint="Type to search"),
    BatchColumn("topics", "Topics", Vocabulary.TOPIC, several=True, hint="Several one after the other, main one first"),
    BatchColumn("minutes", "Minutes", width=75, hint="How long it took"),
    BatchColumn("outcome", "Outcome", Vocabulary.OUTCOME, width=130, hint="Type to search"),
    BatchColumn("notes", "Notes", hint="What was asked, what was said"),
)
NAMES = tuple(column.name for column in COLUMNS)


@dataclass
class BatchLine:
    """One line as typed. `key` is the key its call will have, so that saving twice leaves one."""

    key: UUID = field(default_factory=uuid4)
    texts: dict[str, str] = field(default_factory=dict)
    preset: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What stands in a cell."""
        return self.texts.get(name, self.preset.get(name, ""))

    @property
    def is_empty(self) -> bool:
        """Nothing but what was repeated from the line above."""
        return all(text == self.preset.get(name, "") for name, text in self.texts.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a cell is read with: the lists, today, and the day of its line."""

    lists: Vocabularies
    today: date
    day: date

    def offered(self, vocabulary: Vocabulary) -> tuple[Term, ...]:
        """What a call of that day may choose."""
        return self.lists.offered(vocabulary, on=self.day)


def following(above: BatchLine) -> BatchLine:
    """The next line, with day and line of the one above."""
    return BatchLine(preset={name: above.text(name) for name in REPEATED})


def read_cell(column: BatchColumn, text: str, reading: Reading) -> object:
    """What the words mean: a day, a time, a number, a code, codes, or text; None for an empty cell.

    ValueError with one sentence for the person where they cannot be read.
    """
    typed = " ".join(text.split())
    if not typed:
        return () if column.several else None
    if column.vocabulary is not None:
        codes = _terms(column, typed, reading)
        return codes if column.several else codes[0]
    return _PLAIN[column.name](typed, text, reading)


def shown_cell(column: BatchColumn, text: str, reading: Reading) -> str:
    """The words as they are shown once they are understood; as typed while they are not."""
    try:
        value = read_cell(column, text, reading)
    except ValueError:
        return text
    if isinstance(value, tuple) and column.vocabulary is not None:
        return BETWEEN.join(reading.lists.label(column.vocabulary, code) for code in value)
    if column.vocabulary is not None and value:
        return reading.lists.label(column.vocabulary, TermCode(str(value)))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return short_day(value) if isinstance(value, date) else text.strip()


def short_day(day: date) -> str:
    """ "3 Sep 2026"."""
    return f"{day.day} {month_name(day.month)[:3]} {day.year}"


def candidates(column: BatchColumn, typed: str, reading: Reading) -> list[Term]:
    """Terms that begin with what was typed last in the cell, best first."""
    assert column.vocabulary is not None
    last = typed.rsplit(BETWEEN.strip(), 1)[-1].strip() if column.several else typed.strip()
    return found_by(last, reading.offered(column.vocabulary), key=_searched)


def taken(column: BatchColumn, typed: str, term: Term) -> str:
    """The cell's words after a term was taken from the list."""
    if not column.several:
        return term.shown
    before = typed.rsplit(BETWEEN.strip(), 1)[0].strip() if BETWEEN.strip() in typed else ""
    parts = [part.strip() for part in before.split(BETWEEN.strip()) if part.strip()]
    return BETWEEN.join(dict.fromkeys([*parts, term.shown])) + BETWEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """What all lines have in common."""

    method: TermCode | None
    taken_by: str


def call_of(line: BatchLine, reading: Reading, alike: Alike, *, now: datetime) -> NewCall:
    """The call a line stands for, entered late. `Invalid` names the fields that are wrong."""
    values: dict[str, object] = {}
    problems: dict[str, str] = {}
    for column in COLUMNS:
        try:
            values[column.name] = read_cell(column, line.text(column.name), reading)
        except ValueError as error:
            problems[column.name] = str(error)
    if values.get("taken_on") is None and "taken_on" not in problems:
        problems["taken_on"] = "Enter the day of the call."
    if not problems:
        try:
            call = _call(line.key, values, reading, alike)
            checked(call, now=now)
            return call
        except NoSuchTime as error:
            problems["started_at"] = str(error)
        except Invalid as error:
            problems |= error.problems
    raise Invalid(problems)


def call_problems(number: int, error: Invalid) -> dict[str, str]:
    """The problems of a line with its number, for the summary: "Row 3, Topics: …", by "3.topics"."""
    heads = {column.name: column.head for column in COLUMNS}
    return {
        f"{number}.{name}": f"Row {number}, {heads.get(name) or LABELS.get(name, name)}: {words}"
        for name, words in error.problems.items()
    }


def _call(key: UUID, values: dict[str, object], reading: Reading, alike: Alike) -> NewCall:
    day, clock, minutes = values["taken_on"], values["started_at"], values["minutes"]
    assert isinstance(day, date)
    kind, topics = values["caller_kind"], values["topics"]
    call = NewCall(
        key=key,
        caller_kind=TermCode(str(kind)) if kind else None,
        topics=topics if isinstance(topics, tuple) else (),
        line=TermCode(str(values["line"])) if values["line"] else None,
        taken_on=day,
        method=alike.method,
        direction=direction_of(reading.lists, alike.method) or Direction.IN,
        started_at=instant_of(day, clock) if isinstance(clock, time) else None,
        anonymous=kind == ANONYMOUS,
        outcome=TermCode(str(values["outcome"])) if values["outcome"] else None,
        notes=str(values["notes"] or ""),
        taken_by=alike.taken_by,
        entered_late=True,
    )
    return replace(call, minutes=minutes, minutes_by_hand=True) if isinstance(minutes, int) else call


def _day(typed: str, text: str, reading: Reading) -> object:
    return read_day(typed, reading.today)


def _clock(typed: str, text: str, reading: Reading) -> object:
    return read_clock(typed)


def _minutes(typed: str, text: str, reading: Reading) -> object:
    number = typed.removesuffix("min").removesuffix("m").strip()
    if not (number.isascii() and number.isdecimal()) or int(number[:9]) > LONGEST:
        raise ValueError(f"“{typed[:40]}” is not a length. Type minutes as a number, at most {LONGEST:,}.")
    return int(number)


def _notes(typed: str, text: str, reading: Reading) -> object:
    return text.strip()


_PLAIN: dict[str, Callable[[str, str, Reading], object]] = {
    "taken_on": _day,
    "started_at": _clock,
    "minutes": _minutes,
    "notes": _notes,
}


def _terms(column: BatchColumn, typed: str, reading: Reading) -> tuple[TermCode, ...]:
    assert column.vocabulary is not None
    terms = reading.offered(column.vocabulary)
    whole = _exact(typed, terms)
    if whole is not None or not column.several:
        return (whole.code if whole else _one(column, typed, terms).code,)
    parts = [part.strip() for part in typed.split(BETWEEN.strip()) if part.strip()]
    found = [code for part in parts for code in _several(column, part, terms)]
    return tuple(dict.fromkeys(found))


def _several(column: BatchColumn, part: str, terms: Sequence[Term]) -> list[TermCode]:
    whole = _exact(part, terms)
    if whole is not None or "," not in part:  # words of a list may hold a comma themselves
        return [(whole or _one(column, part, terms)).code]
    return [(_exact(piece.strip(), terms) or _one(column, piece.strip(), terms)).code for piece in part.split(",")]


def _exact(typed: str, terms: Sequence[Term]) -> Term | None:
    wanted = typed.casefold()
    return next((term for term in terms if wanted in (term.code.casefold(), term.label.casefold())), None)


def _one(column: BatchColumn, typed: str, terms: Sequence[Term]) -> Term:
    """The only term that begins so. Where there are several nothing is chosen by itself."""
    found = found_by(typed, terms, key=_searched)
    if len(found) == 1:
        return found[0]
    short = typed if len(typed) <= 40 else f"{typed[:39]}…"
    if not found:
        raise ValueError(f"“{short}” is not in the list {column.head}. Down opens the list.")
    names = " or ".join(f"“{term.shown}”" for term in found[:2])
    more = f" and {len(found) - 2} more" if len(found) > 2 else ""
    raise ValueError(f"“{short}” may be {names}{more}. Choose one from the list.")


def _searched(term: Term) -> tuple[str, str]:
    return str(term.code), f"{term.shown} {term.group}"
