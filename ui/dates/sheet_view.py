"""Every right and duty on one sheet, in the order of their days, and how the chosen one came about."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.dates.answer import Answer
from ui.dates.asking import Lack
from ui.dates.wording import missing_line, next_line, next_place, sheet_rows
from ui.kit.date_rows import step_rows
from ui.kit.parts import Bar, Card, announce, label, spaced
from ui.kit.still import laid_out_once
from ui.kit.theme import current, theme_box
from ui.kit.wrapped_rows import DetailRows, WrappedList

BESIDE = 860  # pixels at 100 % text from which the explanation stands beside the sheet
NO_DATES = "No date follows from that."


class SheetView(QWidget):
    """`field_wanted` carries the name of the field that takes a day which is asked for."""

    field_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self._field = ""
        self._beside: bool | None = None
        self.questions, self.missing, self.unknown = Bar("warning"), Bar("info"), Bar("warning")
        self.trouble = Bar("danger")
        self.sheet = Card("All rights and duties")
        self.next = label(NO_DATES, "strong", wrap=True)
        self.rows = WrappedList("All rights and duties")
        self.rows.chosen.connect(self._chosen)
        self.rows.opened.connect(self._explain)
        self.sheet.add(self.next)
        self.sheet.add(self.rows)
        self._keys = label("Up and Down choose a date · Enter explains it", "caption", wrap=True)
        self.sheet.add(self._keys)
        self.why = Card("How it came about")
        self._which, self._duty = label("", "strong", wrap=True), label("", "", wrap=True)
        self.steps = DetailRows("How it came about")
        self.steps.left.connect(self._back)
        self.steps.left_upwards.connect(self._back)
        for part in (self._which, self._duty, self.steps):
            self.why.add(part)
        box = QVBoxLayout(self)
        spaced(box, gap="m")
        for bar in (self.trouble, self.questions, self.unknown, self.missing):
            box.addWidget(bar)
        self._grid = QGridLayout()
        spaced(self._grid, gap="m")
        box.addLayout(self._grid)
        theme_box().changed.connect(self._fit)
        self._fit()
        self.show_lack(None)

    @property
    def answer(self) -> Answer | None:
        """What is shown."""
        return self._answer

    def show_lack(self, lack: Lack | None, *, field_shown: bool = False) -> None:
        """No dates yet, and what is needed before there are any."""
        self._answer = None
        with laid_out_once(self):
            for bar in (self.trouble, self.questions, self.unknown):
                bar.clear()
            self._ask_for(lack.words if lack else "", lack.field if lack and field_shown else "")
            self.rows.show_rows([])
            self._show_cards()

    def show_refused(self, sentence: str) -> None:
        """Why there are no dates."""
        self.show_lack(None)
        self.trouble.say(sentence, "danger")

    def show_answer(self, answer: Answer) -> None:
        """The whole sheet; the row one was on stays where what happened is the same."""
        before = self._answer
        self._answer = answer
        same = before is not None and _codes(before) == _codes(answer)
        with laid_out_once(self):
            self.trouble.clear()
            _say(self.questions, "\n".join(answer.sheet.questions))
            _say(self.unknown, "\n".join(answer.sheet.unknown))
            missing = answer.sheet.missing
            self._ask_for(missing_line(answer), missing[0].name if missing else "")
            self.next.setText(next_line(answer) or NO_DATES)
            self.rows.show_rows(sheet_rows(answer), keep=same)
            if answer.sheet.dates and self.rows.current_key() is None:
                self.rows.choose_row(next_place(answer))
            self._show_cards()
        self._chosen(self.rows.current_key())

    def focus_rows(self) -> None:
        """The keyboard into the sheet, where there is one."""
        if self.rows.rows.rows:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the explanation stands below."""
        super().resizeEvent(event)
        self._fit()

    def _ask_for(self, words: str, field: str) -> None:
        if (words, field) == (self.missing.text, self._field):
            return
        self._field = field
        self.missing.say(words)
        if words and field:
            self.missing.add_button("Type it", self._wish)

    def _wish(self) -> None:
        self.field_wanted.emit(self._field)

    def _chosen(self, key: object) -> None:
        """Explain the date one is on."""
        answer = self._answer
        if answer is None or not isinstance(key, int) or not 0 <= key < len(answer.steps):
            return
        found = answer.sheet.dates[key]
        self._which.setText(found.clock.title)
        self._duty.setText(found.done or found.clock.duty)
        self.steps.show_rows(step_rows(answer.steps[key]))

    def _explain(self, key: object) -> None:
        """Enter: sentence by sentence."""
        self._chosen(key)
        self.steps.choose_row(0)
        self.steps.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.steps, f"{self._which.text()}. {self._duty.text()}")

    def _back(self) -> None:
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_cards(self) -> None:
        there = self._answer is not None
        dates = self._answer is not None and bool(self._answer.sheet.dates)
        self.sheet.setVisible(there)
        self.why.setVisible(dates)
        self.rows.setVisible(dates)
        self._keys.setVisible(dates)

    def _fit(self) -> None:
        beside = self.width() / current().scale >= BESIDE
        if beside == self._beside:
            return
        self._beside = beside
        with laid_out_once(self):
            for part in (self.sheet, self.why):
                self._grid.removeWidget(part)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(self.sheet, 0, 0, top)
            self._grid.addWidget(self.why, 0 if beside else 1, 1 if beside else 0, top)
            self._grid.setColumnStretch(0, 1)
            self._grid.setColumnStretch(1, 1 if beside else 0)


def _say(bar: Bar, words: str) -> None:
    """Only what is new: a bar that is said again would flicker with every key."""
    if bar.text != words:
        bar.say(words)


def _codes(answer: Answer) -> list[str]:
    return [found.clock.code for found in answer.sheet.dates]
