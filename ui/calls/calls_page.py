"""The calls on record: found, filtered, opened. A million of them hold nobody up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_clock, local_day
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.lists import CallLine, CallOrder
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Vocabularies, Vocabulary
from ui.calls import wording
from ui.calls.filter_row import FilterRow
from ui.calls.list_question import InSight, ListAnswer, ListQuestion, first_page, whole_list
from ui.calls.selection_parts import EVERYTHING, counted_sentence, looked_for, parts_of
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.flow import Flow
from ui.kit.page import Page
from ui.kit.paged import PagedModel
from ui.kit.records import Column
from ui.kit.surfaces import Bar, Card, page_scroll
from ui.kit.table import RecordsTable
from ui.kit.theme import current
from ui.kit.words import label, no_access_key, spaced

MINUTE = 60_000
# Columns that give way where there is less room: below so many pixels at 100 % text, which column.
_GIVE_WAY = ((1_000, 4), (820, 2), (700, 5), (600, 6))


class CallsPage(Page):
    """`call_wanted` carries the id of the call somebody opens; `selection` says which calls are shown."""

    call_wanted = Signal(int)
    new_call_wanted = Signal()

    shows = frozenset({Topic.CALLS, Topic.VOCABULARIES, Topic.IMPORTS, Topic.SCHOOL_TERMS})
    title = "Calls"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._question = ListQuestion(selection=EVERYTHING)
        self._answered: ListQuestion | None = None
        self._asked_at = 0
        self._lists = Vocabularies(())
        self.model: PagedModel[CallLine] = PagedModel(_columns(lambda: self._lists, self._today), self)
        self.model.sort_wanted.connect(self._sort)
        self.table = RecordsTable(self.model, "Calls")
        self.table.opened.connect(self._open)
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        self.filters = FilterRow(self._today(), desk.services.settings.read().year_ends)
        self.filters.changed.connect(self._choose)
        self.trouble = Bar("danger")
        self.parts = PartsRow()
        self.parts.chosen.connect(self.show_selection)
        self.nothing = NothingThere()
        self.nothing.everything.when_pressed(self.show_everything)
        new_call = KeyButton("New call", "F8", "primary", "phone")
        for button in (new_call, self.nothing.new_call):
            button.when_pressed(self.new_call_wanted.emit).needs(desk.rights, Subject.CALLS, Action.ADD)
        self.add_action(new_call)
        inner = QWidget()
        column = QVBoxLayout(inner)
        spaced(column, gap="m")
        for part in (self.trouble, self.filters, self.parts, self.nothing):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.body.addWidget(page_scroll(inner), 1)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self._look_again)
        self._minute.start()

    @property
    def selection(self) -> Selection:
        """Which calls are shown."""
        return self._question.selection

    def show_selection(self, selection: Selection) -> None:
        """Show exactly these calls, as behind a figure of a report."""
        self.filters.show_selection(selection)
        self._choose(selection)

    def show_everything(self) -> None:
        """Every call that was not removed."""
        self.show_selection(EVERYTHING)

    def refresh(self) -> None:
        """Ask again; the row under the keyboard stays where it was."""
        services, question = self.desk.services, self._question
        if self._answered == question:
            sight = self._in_sight()
            self.desk.latest(self, "list", lambda: whole_list(services, question, sight), self._show, self._failed)
        else:
            self.desk.latest(self, "list", lambda: first_page(services, question), self._show, self._failed)
            self._ask_people()

    def focus_first(self) -> None:
        """The keyboard into the list; where there is none, on the button that goes on from there."""
        for part in (self.table, self.nothing.everything, self.nothing.new_call, self.filters.words.keys):
            if part.isVisibleTo(self):
                part.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def on_refresh(self) -> None:
        """F5."""
        self.refresh()

    def on_filter(self) -> None:
        """Ctrl+F."""
        self.filters.focus_first()

    def changeEvent(self, event: QEvent) -> None:
        """Back from another window: a colleague may have logged calls meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._look_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the less telling columns give way; the call itself has everything."""
        super().resizeEvent(event)
        for least, column in _GIVE_WAY:
            self.table.setColumnHidden(column, self.width() < least * current().scale)

    # -- answers -------------------------------------------------------------------------------------------------------

    def _show(self, answer: ListAnswer) -> None:
        self.trouble.clear()
        self._asked_at += 1  # lines asked for before are older than these
        first_time, self._answered = self._answered != answer.question, answer.question
        if answer.lists != self._lists:
            self._lists = answer.lists
            self.filters.offer_lists(answer.lists)
        self.filters.offer_terms(answer.terms)
        if answer.ids == self.model.ids() and not first_time:
            self.model.look_again()
        else:
            self._exchange(answer)
        for page in answer.pages:
            self.model.hold(page, answer.lines)
        self._say(answer)
        if not answer.whole:
            self.refresh()

    def _exchange(self, answer: ListAnswer) -> None:
        self.model.show(answer.ids, self._fetch)
        if answer.ids:
            self.table.selectRow(answer.row)
        self.table.verticalScrollBar().setValue(answer.top)

    def _say(self, answer: ListAnswer) -> None:
        selection, count = answer.question.selection, len(answer.ids)
        at = f"as of {local_clock(answer.at)}"
        if answer.whole:
            self.set_line(f"{counted_sentence(selection, self._lists, count)}, {at}")
        else:
            self.set_line(f"{looked_for(selection, self._lists)}: counting…")
        self.parts.show_parts(parts_of(selection, self._lists))
        self.nothing.explain(selection, self._lists, there=bool(count))
        self.table.setVisible(bool(count))

    def _failed(self, error: DeskError) -> None:
        shown = "What is shown may be old." if self.model.size() else "The calls themselves are safe."
        self.trouble.say(f"The list could not be read. {error.message} {shown}", "danger")
        self.trouble.add_button("Try again", self.refresh, "F5", kind="")

    def _fetch(self, ids: Sequence[int]) -> None:
        services, wanted, asked_at = self.desk.services, list(ids), self._asked_at

        def supply(lines: Mapping[int, CallLine]) -> None:
            if asked_at == self._asked_at:
                self.model.supply(lines)

        self.desk.ask(self, lambda: services.calls.lines(wanted), supply, self._lines_failed)

    def _lines_failed(self, error: DeskError) -> None:
        self.model.lost()
        self._failed(error)

    def _ask_people(self) -> None:
        services = self.desk.services

        def read() -> tuple[str, ...]:
            return services.calls.people()

        self.desk.latest(self, "people", read, self._offer_people, self._failed)

    def _offer_people(self, people: tuple[str, ...]) -> None:
        self.filters.offer_people(people)

    # -- what people do ------------------------------------------------------------------------------------------------

    def _choose(self, selection: Selection) -> None:
        self._question = ListQuestion(
            selection=selection, order=self._question.order, descending=self._question.descending
        )
        self.refresh()

    def _sort(self, key: str, descending: bool) -> None:
        self._question = ListQuestion(selection=self.selection, order=CallOrder(key), descending=descending)
        self.refresh()

    def _open(self, line: CallLine) -> None:
        self.call_wanted.emit(line.id)

    def _look_again(self) -> None:
        # Nobody else writes to a local file.
        if self.isVisible() and self.desk.services.whereabouts.shared:
            self.refresh()

    def _in_sight(self) -> InSight:
        here = self.table.current_record()
        top = self.table.verticalScrollBar().value()
        seen = self.table.viewport().height() // max(self.table.verticalHeader().defaultSectionSize(), 1) + 1
        row = max(self.table.currentIndex().row(), 0)
        return InSight(row=row, call_id=here.id if here else None, top=top, seen=seen)

    def _today(self) -> date:
        return local_day(self.desk.services.clock())


class PartsRow(QWidget):
    """The parts of the filter as buttons: pressing one drops it. `chosen` carries the selection that is left."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self, gap="xs")
        self._buttons: list[KeyButton] = []
        self.hide()

    def show_parts(self, parts: Sequence[tuple[str, Selection]]) -> None:
        """A button for each part, and one for all of them where there are several."""
        wanted = [*parts, ("Show all calls", EVERYTHING)] if len(parts) > 1 else list(parts)
        self._drop()
        for words, rest in wanted:
            button = KeyButton(no_access_key(_short(words)), kind="quiet", icon="x", parent=self)
            button.setAccessibleName(words if rest == EVERYTHING and len(parts) > 1 else f"Drop {words}")
            button.when_pressed(self._dropping(rest))
            self._flow.addWidget(button)
            self._buttons.append(button)
            button.show()
        self.setVisible(bool(wanted))

    def buttons(self) -> tuple[KeyButton, ...]:
        """The buttons, left to right."""
        return tuple(self._buttons)

    def _dropping(self, rest: Selection) -> Callable[[], None]:
        return lambda: self.chosen.emit(rest)

    def _drop(self) -> None:
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []


class NothingThere(Card):
    """Says why the list is empty: nothing on record yet, or nothing that fits the filter; with the one way on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.words = label("", wrap=True)
        self.new_call = KeyButton("New call", "F8", icon="phone")
        self.everything = KeyButton("Show all calls")
        self.add(self.words)
        row = Flow(gap="s")
        row.addWidget(self.new_call)
        row.addWidget(self.everything)
        self.body.addLayout(row)
        self.hide()

    def explain(self, selection: Selection, lists: Vocabularies, *, there: bool) -> None:
        """Not there while there are calls."""
        self.setHidden(there)
        yet = selection == EVERYTHING
        if yet:
            self.words.setText("No call is on record yet. Press F8 when the phone rings: your first call appears here.")
        else:
            self.words.setText(f"No call fits this filter. It looks for: {looked_for(selection, lists)}.")
        self.new_call.setVisible(yet)
        self.everything.setVisible(not yet)


def _columns(lists: Callable[[], Vocabularies], today: Callable[[], date]) -> tuple[Column[CallLine], ...]:
    def when(line: CallLine) -> str:
        return wording.when_words(line.taken_on, line.started_at, today())

    return (
        Column("When", when, key=CallOrder.WHEN, width=140),
        Column("Caller", lambda line: wording.caller_words(line, lists()), key=CallOrder.CALLER),
        Column("Child", lambda line: line.child_name, width=125),
        Column("Topics", lambda line: wording.topics_words(line, lists())),
        Column("Line", lambda line: lists().label(Vocabulary.LINE, line.line), key=CallOrder.LINE, width=90),
        Column("Length", _length, numeric=True, key=CallOrder.MINUTES, width=75),
        Column("Taken by", lambda line: line.taken_by, key=CallOrder.TAKEN_BY, width=125),
        Column("State", lambda line: "", state=wording.state_words, width=145),
    )


def _length(line: CallLine) -> str:
    return wording.NOTHING if line.minutes is None else f"{line.minutes:,} min"


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:60]}…"
