"""Term dates: entered for each authority, changed, removed; removing is taken back, not asked about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day, long_day, month_name
from ppsdesk.domain.changes import Done
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.school_terms import SchoolTerm, TermName, authorities_of, calendar_of
from ppsdesk.domain.spans import school_year_of, year_name
from ui.kit.desk import Desk
from ui.kit.editors import ChoicePicker, CodePicker, DayEditor, TextEditor
from ui.kit.form import Field
from ui.kit.records import Column
from ui.kit.words import apart
from ui.lists.ask_card import Values
from ui.lists.panel import ListPanel, no_entry

NOTHING = (
    "No term dates are entered; reports assume September to December, January to March and April to the year's end, "
    "and say so."
)
LINE = "Term dates decide which days a term has in reports. Years without dates are assumed, and reports say so."
OLDEST, AHEAD = 1990, 2  # school years on offer: from this one to so many after this year's
NEEDED = {"year": "Choose the school year.", "term": "Choose the term.", "first": "Enter the first day of the term.",
          "last": "Enter the last day of the term."}  # fmt: skip


class TermDatesPanel(ListPanel[SchoolTerm]):
    """The newest year on top, each year from autumn to summer."""

    subject = Subject.SCHOOL_TERMS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        columns = (
            Column[SchoolTerm]("School year", lambda term: year_name(term.year), width=95),
            Column[SchoolTerm]("Term", lambda term: TermName(term.term).label, width=80),
            Column[SchoolTerm]("First day", lambda term: long_day(term.first), width=130),
            Column[SchoolTerm]("Last day", lambda term: long_day(term.last), width=130),
            Column[SchoolTerm]("Half-term", half_term_words, width=130, why=lambda _: "Half-term is not entered."),
            Column[SchoolTerm]("Authority", lambda term: apart(term.authority) or "–", least=110),
        )
        super().__init__(desk, "Term dates", columns, NOTHING, parent)
        self.add = self.add_button("Add", None, icon="plus", action=Action.ADD).when_pressed(self.ask_new)
        self.change_it = self.add_button("Edit", self.edit, "F2", "pencil")
        self.remove = self.add_button("Remove", self._remove, "Del", action=Action.REMOVE)
        self.show_terms(())

    def show_terms(self, terms: Sequence[SchoolTerm]) -> None:
        """Show these."""
        self.show_records(terms)

    def identity(self, record: SchoolTerm) -> object:
        """Its key."""
        return record.key

    def searched(self, record: SchoolTerm) -> str:
        """Authority, year and term."""
        return f"{record.authority} {year_name(record.year)} {TermName(record.term).label}"

    def follow(self, record: SchoolTerm | None) -> str:
        """What can be done with this one, and which days reports count to it."""
        if no_entry((self.change_it, self.remove), record) or record is None:
            return ""
        counted = authorities_of(self.records())[0]
        if record.authority != counted:
            whose = apart(counted) or "the entries without an authority"
            return f"Reports use the dates of {whose}, where most are entered."
        days, assumed = calendar_of(self.records()).term(record.year, record.term)
        doubt = " Where it ends is assumed, as the first day of the next term is not entered." if assumed else ""
        return f"In reports {record.name} is {days.words}: it runs to the day before the next term begins.{doubt}"

    # -- what people do ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the row the keyboard is on."""
        record = self.current()
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and record is not None:
            self.remove.click()
        else:
            super().keyPressEvent(event)

    def ask_new(self) -> None:
        """Add the dates of a term; the one that comes next is proposed."""
        year, term = self._next()
        here = self.current()
        authority = here.authority if here else next(iter(authorities_of(self.records())), "")
        values = {"authority": authority, "year": str(year), "term": term}
        self._ask("Add term dates", "Add", values, self._add, focus="first")

    def edit(self, record: SchoolTerm) -> None:
        """Change the dates."""
        values = {
            "year": str(record.year),
            "term": record.term,
            "first": record.first,
            "last": record.last,
            "half_first": record.half_first,
            "half_last": record.half_last,
            "authority": record.authority,
        }
        self._ask(f"Dates of {record.name}", "Save", values, partial(self._amend, record), focus="first")

    def _ask(self, title: str, verb: str, values: Values, take: Callable[[Values], None], *, focus: str) -> None:
        year = ChoicePicker()
        year.offer([(str(start), year_name(start)) for start in self._years(int(str(values["year"])))])

        def begins() -> date:  # days are read as those of the school year that is chosen
            return date(int(year.value() or self._this_year()), 8, 15)

        def day() -> DayEditor:
            return DayEditor(begins, placeholder="3/9, 3 sep", ahead=True)

        fields = (
            Field("year", "School year", year, required=True),
            Field("term", "Term", CodePicker(TermName), required=True),
            Field(
                "first", "First day", day(), hint="A day typed without a year is of that school year.", required=True
            ),
            Field("last", "Last day", day(), required=True),
            Field("half_first", "Half-term from", day(), hint="May stay empty, both days together."),
            Field("half_last", "Half-term to", day()),
            Field("authority", "Authority", TextEditor(), hint="May stay empty where all terms are of one."),
        )
        self.asking.ask(title, verb, fields, values, take).focus_field(focus)

    def _add(self, values: Values) -> None:
        term = self._read(values, None)
        if term is None:
            return
        desk = self.desk.services.school_terms

        def undo(done: Done[SchoolTerm]) -> Callable[[], Done[SchoolTerm]]:
            return partial(desk.remove, done.value.key, done.value.version)

        self.change(partial(desk.keep, term), undo, on=lambda done: done.value.key)

    def _amend(self, record: SchoolTerm, values: Values) -> None:
        term = self._read(values, record)
        if term is None:
            return
        desk = self.desk.services.school_terms

        def undo(done: Done[SchoolTerm]) -> Callable[[], Done[SchoolTerm]]:
            return partial(desk.keep, replace(record, version=done.value.version))

        self.change(partial(desk.keep, term), undo, on=lambda done: done.value.key)

    def _remove(self, record: SchoolTerm) -> None:
        desk = self.desk.services.school_terms
        self.change(partial(desk.remove, record.key, record.version), lambda done: partial(desk.keep, done.value))

    def _read(self, values: Values, record: SchoolTerm | None) -> SchoolTerm | None:
        """The term that was typed; None, and words beside the fields, where something it needs is not there."""
        missing = {name: words for name, words in NEEDED.items() if values[name] in (None, "")}
        first, last = _day(values["first"]), _day(values["last"])
        if missing or first is None or last is None:
            if self.asking.form is not None:
                self.asking.form.show_problems(missing)
            return None
        return SchoolTerm(
            key=record.key if record else uuid4(),
            version=record.version if record else 0,
            authority=str(values["authority"]),
            year=int(str(values["year"])),
            term=str(values["term"]),
            first=first,
            last=last,
            half_first=_day(values["half_first"]),
            half_last=_day(values["half_last"]),
        )

    # -- which terms there are -----------------------------------------------------------------------------------------

    def _next(self) -> tuple[int, TermName]:
        """The term that is entered next: the one after the latest, of whoever the entry under the keyboard is of."""
        here, names = self.current(), list(TermName)
        places = [term.place for term in self.records() if here is None or term.authority == here.authority]
        if not places:
            return self._this_year(), TermName.AUTUMN
        year, place = max(places)
        return (year, names[place + 1]) if place + 1 < len(names) else (year + 1, names[0])

    def _years(self, also: int) -> list[int]:
        offered = range(self._this_year() + AHEAD, OLDEST - 1, -1)
        return sorted({*offered, also}, reverse=True)

    def _this_year(self) -> int:
        return school_year_of(local_day(self.desk.services.clock()))


def half_term_words(term: SchoolTerm) -> str:
    """ "26 Oct – 30 Oct", "" where it is not entered."""
    if term.half_first is None or term.half_last is None:
        return ""
    begins, ends = (f"{day.day} {month_name(day.month)[:3]}" for day in (term.half_first, term.half_last))
    return f"{begins} – {ends}"


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
