"""The filter of the list of calls: one line of small fields, each of which changes one part of the selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.school_terms import ASSUMED, TermCalendar
from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ui.calls import spans
from ui.kit.editors import ChoicePicker, DayEditor, Editor, TextEditor, TickEditor
from ui.kit.flow import Flow
from ui.kit.theme import current, theme_box
from ui.kit.words import PlainLabel

LISTS = {"line": Vocabulary.LINE, "kind": Vocabulary.CALLER_KIND, "topic": Vocabulary.TOPIC}
_TYPED = 150  # milliseconds after a key


class FilterRow(QWidget):
    """`changed` carries the selection with the part somebody changed; parts it has no field for stay as they are."""

    changed = Signal(object)

    def __init__(self, today: date, year_ends: YearEnds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._year_ends = today, year_ends
        self._selection = Selection()
        self._calendar: TermCalendar = ASSUMED
        self._showing = False
        self._flow = Flow(self, gap="s")
        self._cells: list[tuple[Editor, QWidget, int]] = []
        self.words = TextEditor(placeholder="name, phone or words")
        self.period, self.line, self.kind = ChoicePicker(), ChoicePicker(), ChoicePicker()
        self.topic, self.taken_by = ChoicePicker(), ChoicePicker()
        self.first, self.last = DayEditor(lambda: today), DayEditor(lambda: today)
        self.to_complete = TickEditor("To complete")
        for day in (self.first, self.last):
            day.understood.hide()
        self._add("words", "Find", self.words, 210)
        self._add("period", "When", self.period, 170)
        self._first_cell = self._add("first", "from", self.first, 115)
        self._last_cell = self._add("last", "to", self.last, 115)
        self._add("line", "Line", self.line, 120)
        self._add("kind", "Caller", self.kind, 140)
        self._add("topic", "Topic", self.topic, 160)
        self._add("taken_by", "Taken by", self.taken_by, 135)
        self._add("to_complete", "", self.to_complete, 0, name="To complete")
        self.period.offer(spans.choices(today, year_ends))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TYPED)
        self._soon.timeout.connect(self._words_typed)
        self._connect()
        theme_box().changed.connect(self._fit)
        self._fit()
        self.show_selection(self._selection)

    def offer_lists(self, lists: Vocabularies) -> None:
        """The entries of the lists, ended ones too: old calls have them. What was merged counts as its new entry."""
        for name, vocabulary in LISTS.items():
            entries = [(str(term.code), term.shown) for term in lists.of(vocabulary) if not term.merged_into]
            self._picker(name).offer([("", "any"), *entries])
        self._show_pickers()

    def offer_terms(self, calendar: TermCalendar) -> None:
        """What "this term" is from now on."""
        if calendar != self._calendar:
            self._calendar = calendar
            self._show_period()

    def offer_people(self, people: Sequence[str]) -> None:
        """Everybody who took a call."""
        self.taken_by.offer([("", "anybody"), *((person, person) for person in people)])
        self._show_pickers()

    def show_selection(self, selection: Selection) -> None:
        """Show what the fields can say of a selection."""
        self._soon.stop()
        self._selection, self._showing = selection, True
        self._show_period()
        self.to_complete.set_value(selection.to_complete)
        if self.words.value() != selection.words:
            self.words.set_value(selection.words)
        self._show_pickers()

    def _show_period(self) -> None:
        showing, self._showing = self._showing, True
        first, last = self._selection.first, self._selection.last
        period = spans.choice_of(first, last, self._today, self._year_ends, self._calendar)
        self.period.set_value(period)
        self._show_days(period == spans.DAYS)
        if period == spans.DAYS:
            self.first.set_value(first)
            self.last.set_value(last)
        self._showing = showing

    def _show_pickers(self) -> None:
        self._showing = True
        for name, vocabulary in LISTS.items():
            self._picker(name).set_value(_single(self._selection, vocabulary))
        self.taken_by.set_value(self._selection.taken_by)
        self._showing = False

    def focus_first(self) -> None:
        """The keyboard into the field where one types what to find."""
        self.words.keys.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- what people change --------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.words.edited.connect(self._words_soon)
        self.period.edited.connect(self._period_chosen)
        self.first.edited.connect(self._days_typed)
        self.last.edited.connect(self._days_typed)
        for name in LISTS:
            self._picker(name).edited.connect(self._term_chosen)
        self.taken_by.edited.connect(self._person_chosen)
        self.to_complete.edited.connect(self._tick_changed)

    def _words_soon(self) -> None:
        if not self._showing:
            self._soon.start()

    def _words_typed(self) -> None:
        self._become(replace(self._selection, words=self.words.value()))

    def _period_chosen(self) -> None:
        choice = self.period.value()
        if not self._showing:
            self._show_days(choice == spans.DAYS)
        span = spans.span_of(choice, self._today, self._year_ends, self._calendar)
        if choice == spans.DAYS:
            self._days_typed()
        else:
            first, last = (span.first, span.last) if span else (None, None)
            self._become(replace(self._selection, first=first, last=last))

    def _days_typed(self) -> None:
        if not (self.first.trouble() or self.last.trouble()):
            self._become(replace(self._selection, first=self.first.value(), last=self.last.value()))

    def _term_chosen(self) -> None:
        name = self.sender().objectName()
        others = tuple(part for part in self._selection.chosen if part.vocabulary is not LISTS[name])
        code = self._picker(name).value()
        chosen = (Chosen(vocabulary=LISTS[name], codes=frozenset({TermCode(code)})),) if code else ()
        self._become(replace(self._selection, chosen=(*others, *chosen)))

    def _person_chosen(self) -> None:
        self._become(replace(self._selection, taken_by=self.taken_by.value()))

    def _tick_changed(self) -> None:
        self._become(replace(self._selection, to_complete=self.to_complete.value()))

    def _become(self, selection: Selection) -> None:
        if not self._showing and selection != self._selection:
            self._selection = selection
            self.changed.emit(selection)

    # -- how it stands -------------------------------------------------------------------------------------------------

    def _picker(self, name: str) -> ChoicePicker:
        found = {"line": self.line, "kind": self.kind, "topic": self.topic}
        return found[name]

    def _show_days(self, shown: bool) -> None:
        self._first_cell.setVisible(shown)
        self._last_cell.setVisible(shown)

    def _add(self, identifier: str, words: str, editor: Editor, width: int, name: str = "") -> QWidget:
        cell = QWidget()
        row = QHBoxLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        if words:
            row.addWidget(PlainLabel(words))
        row.addWidget(editor)
        editor.name(identifier, name or words)
        self._cells.append((editor, cell, width))
        self._flow.addWidget(cell)
        return cell

    def _fit(self) -> None:
        for editor, _, width in self._cells:
            if width:
                editor.setFixedWidth(round(width * current().scale))


def _single(selection: Selection, vocabulary: Vocabulary) -> str:
    """The one term of a list that is chosen; "" for none or several, which only the sentence can say."""
    parts = [part for part in selection.chosen if part.vocabulary is vocabulary]
    if len(parts) == 1 and len(parts[0].codes) == 1 and not parts[0].none:
        return next(iter(parts[0].codes))
    return ""
