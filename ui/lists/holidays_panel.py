"""Bank holidays of a year, with those the service added and took out, each with its reason; taken back by undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day, long_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.rights import Action
from ppsdesk.domain.rule_changes import NAME_LIMIT, REASON_LIMIT, BankHoliday, HolidayOrigin
from ui.kit.desk import Desk
from ui.kit.editors import ChoicePicker, DayEditor, TextEditor
from ui.kit.form import Field
from ui.kit.records import Column
from ui.kit.words import apart, label
from ui.lists.ask_card import Values
from ui.lists.law_panel import LawPanel
from ui.lists.panel import no_entry

NOTHING = "No bank holiday is listed for that year."
LINE = "Bank holidays are not working days. Those the service adds or takes out move the dates that count over them."
WHY = "Say why: everybody who sees the change will ask."


class HolidaysPanel(LawPanel[BankHoliday]):
    """One year, its days in order. This year at first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        columns = (
            Column[BankHoliday]("Day", lambda one: long_day(one.day), width=140),
            Column[BankHoliday]("Name", lambda one: apart(one.name), least=200),
            Column[BankHoliday]("Where from", _where_from, state=_origin, width=190),
            Column[BankHoliday]("Reason", lambda one: apart(one.reason), least=165),
        )
        super().__init__(desk, "Bank holidays", columns, NOTHING, parent)
        self.year = ChoicePicker(self)
        self.year.name("year", "Year")
        words = label("Year")
        words.buddy_for(self.year.keys)
        self._top.addWidget(words)
        self._top.addWidget(self.year)
        self._offer_years()
        self.year.edited.connect(self.refresh)
        self.add = self.add_button("Add", None, icon="plus", action=Action.ADD).when_pressed(self.ask_new)
        self.take_out = self.add_button("Take out…", self.ask_take_out, "Del", action=Action.ADD)
        self.back = self.add_button("Put back", self._put_back, "Del", action=Action.REMOVE)
        self.show_records(())

    # -- what the list says of itself ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the year again."""
        year = self.shown_year()
        work = partial(self.desk.services.rules.holidays, year)
        self.desk.latest(self, "holidays", work, self.show_records, self.read_failed.emit)

    def shown_year(self) -> int:
        """The year one looks at."""
        return int(self.year.value() or self._today().year)

    def identity(self, record: BankHoliday) -> object:
        """Its day."""
        return record.day

    def searched(self, record: BankHoliday) -> str:
        """Day, name, origin and reason."""
        return f"{long_day(record.day)} {record.name} {record.origin.label} {record.reason}"

    def edit(self, record: BankHoliday) -> None:
        """F2 asks why it is taken out; what was decided is put back by its own key."""
        if record.origin is HolidayOrigin.SHIPPED and self.may(Action.ADD):
            self.ask_take_out(record)

    def follow(self, record: BankHoliday | None) -> str:
        """What can be done with this day, and who decided about it."""
        if no_entry((self.take_out, self.back), record) or record is None:
            self.back.setVisible(False)
            return ""
        decided = record.key is not None
        self.take_out.setVisible(not decided)
        self.back.setVisible(decided)
        self.back.setText("Take away again" if record.origin is HolidayOrigin.ADDED else "Put back")
        if not decided:
            return f"{long_day(record.day)} is not a working day. It comes with the program."
        by = f" by {apart(record.decided_by)}" if record.decided_by else ""
        on = f" on {long_day(local_day(record.decided_at))}" if record.decided_at else ""
        counts = "not a working day" if record.origin is HolidayOrigin.ADDED else "counted as any other day"
        return f"{long_day(record.day)} is {counts}. {record.origin.label}{by}{on}: {apart(record.reason)}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes out the day the keyboard is on, or puts it back."""
        record = self.current()
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and record is not None:
            (self.take_out if record.key is None else self.back).click()
        else:
            super().keyPressEvent(event)

    # -- what people do ------------------------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """Make a day a bank holiday."""
        year = self.shown_year()

        def begins() -> date:  # days are read as those of the year that is shown
            return date(year, 1, 1)

        fields = (
            Field("day", "Day", DayEditor(begins, placeholder="8/5", ahead=True),
                  hint=f"A day typed without a year is of {year}.", required=True),
            Field("name", "Name", TextEditor(limit=NAME_LIMIT), required=True),
            Field("reason", "Reason", TextEditor(limit=REASON_LIMIT), hint="Where it was announced.", required=True,
                  wide=True),
        )  # fmt: skip
        self.asking.ask("Add a bank holiday", "Add", fields, {}, self._add)

    def ask_take_out(self, record: BankHoliday) -> None:
        """Make a bank holiday a day as any other."""
        field = Field("reason", "Reason", TextEditor(limit=REASON_LIMIT), required=True, wide=True)
        self.asking.ask(f"Take out {record.words}", "Take out", (field,), {}, partial(self._take_out, record),
                        note="It is counted as any other day; it can be put back at any time.")  # fmt: skip

    def _add(self, values: Values) -> None:
        day = values["day"]
        needed = {"day": "Enter the day.", "name": "Enter its name.", "reason": WHY}
        if self.missing({name: words for name, words in needed.items() if values[name] in (None, "")}):
            return
        if isinstance(day, date):
            work = partial(self.desk.services.rules.add_holiday, day, str(values["name"]), str(values["reason"]))
            self.change(work, self._taking_back, on=self._go_to)

    def _take_out(self, record: BankHoliday, values: Values) -> None:
        if self.missing({} if values["reason"] else {"reason": WHY}):
            return
        work = partial(self.desk.services.rules.take_out_holiday, record.day, str(values["reason"]))
        self.change(work, self._taking_back, on=self._go_to)

    def _put_back(self, record: BankHoliday) -> None:
        desk = self.desk.services.rules
        if record.key is not None:
            self.change(partial(desk.put_back, record.key, record.version),
                        lambda done: partial(desk.keep_holiday, done.value))  # fmt: skip

    def _taking_back(self, done: Done[BankHoliday]) -> Callable[[], Done[BankHoliday]]:
        assert done.value.key is not None
        return partial(self.desk.services.rules.put_back, done.value.key, done.value.version)

    def _go_to(self, done: Done[BankHoliday]) -> object:
        """The keyboard goes to the day, in the list of its year."""
        self.year.set_value(str(done.value.day.year))
        return done.value.day

    def _offer_years(self) -> None:
        """This year on top, then those to come, then those before."""
        first, last = self.desk.services.rules.years()
        this = min(max(self._today().year, first), last)
        years = [*range(this, last + 1), *range(this - 1, first - 1, -1)]
        self.year.offer([(str(year), str(year)) for year in years])
        self.year.set_value(str(this))

    def _today(self) -> date:
        return local_day(self.desk.services.clock())


def _where_from(one: BankHoliday) -> str:
    return one.origin.label if one.origin is HolidayOrigin.SHIPPED else ""


def _origin(one: BankHoliday) -> tuple[str, str] | None:
    """What the service decided stands out."""
    if one.origin is HolidayOrigin.SHIPPED:
        return None
    return ("Added by us", "info") if one.origin is HolidayOrigin.ADDED else (one.origin.label, "warning")
