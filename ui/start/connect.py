"""Connecting to a shared server, step by step: where, the password, whether it works, a password of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ppsdesk.domain.errors import DeskError, Interrupted
from ppsdesk.domain.server_place import CheckLine
from ui.kit.buttons import KeyButton
from ui.kit.surfaces import PageScroll, page_scroll
from ui.kit.words import label, spaced
from ui.start.attempt import Attempt
from ui.start.steps import CheckStep, OwnPasswordStep, PasswordStep, PlaceStep, Step

PLACE, PASSWORD, CHECK, OWN = range(4)
WIDE, HIGH = 680, 620  # pixels: a first dialog, as high as the smallest screen lets it be
SCROLL = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
STOPPED = "The check was stopped before the server answered."


@dataclass(frozen=True, slots=True)
class Connected:
    """The address that works, and the password for this start."""

    address: str
    password: str = field(repr=False)


class Connect(QDialog):
    """Goes on only from an answer that holds: a failing check lets nobody past it. `checked` follows its end.

    `address` stands in the first step already; `last` are the words of the last button.
    """

    checked = Signal()

    def __init__(self, parent: QWidget | None = None, *, address: str = "", last: str = "") -> None:
        super().__init__(parent)
        self.place, self.password, self.check, self.own = PlaceStep(), PasswordStep(), CheckStep(), OwnPasswordStep()
        if address:
            self.place.begin_with(address)
        self.own.forward = last or self.own.forward
        self._steps: tuple[Step, ...] = (self.place, self.password, self.check, self.own)
        self._checking = self._saving = self._works = False
        self._chosen = ""
        self._attempt = Attempt()
        self._attempt.answered.connect(self._answered)
        self._attempt.trouble.connect(self._ended)
        self._attempt.let_in.connect(self._let_in)
        self._attempt.finished.connect(self._finished)
        self._attempt.refused.connect(self._refused)
        self.count = label("", "caption")
        self.stack = QStackedWidget()
        for step in self._steps:
            step.submitted.connect(self.go_on)
            self.stack.addWidget(page_scroll(step))
        answers = self.stack.widget(CHECK)
        assert isinstance(answers, PageScroll)
        answers.verticalScrollBar().rangeChanged.connect(lambda _top, end: answers.verticalScrollBar().setValue(end))
        self.back = KeyButton("Back", "Esc").when_pressed(self.go_back)
        self.mend = KeyButton("Change the answer").when_pressed(self._put_right)
        self.go = KeyButton("Go on", "Ctrl+Enter", "primary").when_pressed(self.go_on)
        self.go.setDefault(True)
        self._lay_out()
        self._show(PLACE)
        self.resize(WIDE, HIGH)

    @classmethod
    def ask(cls, parent: QWidget | None = None) -> Connected | None:
        """The address and password that work, or None when somebody would rather begin otherwise."""
        dialog = cls(parent)
        accepted = dialog.exec()
        answer = dialog.answer() if accepted else None
        dialog.deleteLater()
        return answer

    def answer(self) -> Connected:
        """What worked."""
        return Connected(self.place.place().address, self._chosen or self.password.password)

    @property
    def step(self) -> int:
        """Which question is asked now."""
        return self.stack.currentIndex()

    def go_on(self) -> None:
        """The next question, where this one is answered."""
        if self._checking or self._saving or not self._steps[self.step].is_answered():
            return
        if self.step == PLACE:
            self.password.ask_for(self.place.place())
            self._show(PASSWORD)
        elif self.step == PASSWORD or (self.step == CHECK and not self._works):
            self._check()
        elif self.step == CHECK:
            self._show(OWN)
        else:
            self._save()

    def go_back(self) -> None:
        """The question before; from the first one to the choice of how to begin. A check under way is stopped."""
        if self._saving:
            return
        if self._checking:
            self._attempt.stop()
            self._ended(Interrupted(STOPPED, hint="Check again, or go back and change an answer."))
        elif self.step == PLACE:
            self.reject()
        else:
            self._show({PASSWORD: PLACE, CHECK: PASSWORD, OWN: CHECK}[self.step])

    def reject(self) -> None:
        """Esc and the window's cross; a change of password is waited for."""
        if not self._saving:
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard to where one answers, whatever a dialog would give it to."""
        super().showEvent(event)
        self._steps[self.step].take_keys()

    def done(self, result: int) -> None:
        """Let go of the server."""
        self._attempt.leave()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter anywhere goes on, Esc goes back; Page Up and Page Down where large text does not fit."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif pages := SCROLL.get(Qt.Key(event.key())):
            self._scroll(pages)
        else:
            super().keyPressEvent(event)

    # -- the check -----------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        self._works, self._checking = False, True
        self.check.begin()
        self._show(CHECK)
        self._attempt.begin(self.place.place(), self.password.password)

    def _answered(self, line: CheckLine) -> None:
        self.check.take(line)
        if not line.good:
            self._no_more()

    def _ended(self, error: DeskError) -> None:
        self.check.stop(error)
        self._no_more()

    def _no_more(self) -> None:
        self._checking = False
        self._fit()
        (self.mend if self.check.field else self.go).setFocus(Qt.FocusReason.OtherFocusReason)
        self.checked.emit()

    def _let_in(self, one_time: bool) -> None:
        self._checking, self._works = False, True
        self.check.works()
        self.own.ask(one_time=one_time)
        self._fit()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)
        self.checked.emit()

    def _put_right(self) -> None:
        name = self.check.field
        step = PASSWORD if name == "password" else PLACE
        self._show(step, name)

    # -- a password of one's own ---------------------------------------------------------------------------------------

    def _save(self) -> None:
        self._saving = True
        self._fit()
        self._attempt.finish(self.own.new, remember=self.own.remember)

    def _finished(self, kept: bool) -> None:
        self._saving = False
        self._chosen = self.own.new or self._chosen
        self._fit()
        if kept:
            self.accept()
        else:
            self.own.no_keyring()

    def _refused(self, error: DeskError) -> None:
        self._saving = False
        self._fit()
        self.own.refuse(error)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _show(self, step: int, field: str = "") -> None:
        self.stack.setCurrentIndex(step)
        shown = self._steps[step]
        self.count.setText(f"Step {step + 1} of {len(self._steps)}")
        asked = shown.title if shown.title.endswith("?") else f"{shown.title}."
        self.setWindowTitle(f"{asked} Connect to shared records, step {step + 1} of {len(self._steps)}")
        self._fit()
        shown.take_keys(field)

    def _scroll(self, pages: int) -> None:
        area = self.stack.currentWidget()
        assert isinstance(area, PageScroll)
        bar = area.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep() // 2)

    def _fit(self) -> None:
        words = self._steps[self.step].forward
        if self.step == CHECK and not self._works:
            words = "Checking…" if self._checking else "Check again"
        self.go.setText("Saving…" if self._saving else words)
        self.mend.setVisible(self.step == CHECK and bool(self.check.field))
        self.back.setText("Stop" if self._checking else "Back")
        if self._checking or self._saving:
            self.go.switch_off("The server is asked.")
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go.switch_on()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        spaced(top, around=("xl", "l", "xl", ""), gap="s")
        top.addWidget(self.count)
        row = QHBoxLayout()
        spaced(row, around=("xl", "s", "xl", "l"), gap="s")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.mend)
        row.addWidget(self.go)
        outer = QVBoxLayout(self)
        spaced(outer, gap="")
        outer.addLayout(top)
        outer.addWidget(self.stack, 1)
        outer.addLayout(row)
