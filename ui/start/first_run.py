"""The first run, in plain words: practise, this computer, or a shared server."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.buttons import KeyButton
from ui.kit.choice_card import Choice, ChoiceCard
from ui.kit.editors import TextEditor
from ui.kit.form import Field, Form
from ui.kit.surfaces import page_scroll
from ui.kit.words import label, spaced
from ui.start.connect import Connect

PRACTICE, LOCAL, SHARED = "practice", "local", "shared"


@dataclass(frozen=True, slots=True)
class FirstChoice:
    """How somebody wants to begin. `database` is the address of a shared one, `password` what it was opened with."""

    kind: str
    person: str = ""
    database: str = ""
    password: str = field(default="", repr=False)


class FirstRun(QDialog):
    """Asked once, before the first window."""

    def __init__(self, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Welcome to ppsdesk")
        self._choice = Choice(
            {
                PRACTICE: ChoiceCard(
                    "Try it with practice data",
                    "Invented calls of two years, thrown away when the window closes. Nothing can go wrong.",
                    "book-open",
                ),
                LOCAL: ChoiceCard(
                    "Only me, on this computer",
                    "One file in your own folder. It is not encrypted yet, so do not enter real people.",
                    "monitor",
                ),
                SHARED: ChoiceCard(
                    "Several people at once",
                    "A PostgreSQL server that your council or host looks after. You sign in with a name of your own.",
                    "network",
                ),
            }
        )
        self._form = Form(
            [
                Field(
                    "person", "Your &name", TextEditor(), hint="It stands beside every call you log and every change."
                ),
            ]
        )
        self._form.set_values({"person": person})
        self._form.submitted.connect(self._go_on)
        self._go = KeyButton("Go on", "Ctrl+Enter", "primary").when_pressed(self._go_on)
        self._go.setDefault(True)
        leave = KeyButton("Leave", "Esc").when_pressed(self.reject)
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, around=("xl", "l", "xl", "l"), gap="m")
        column.addWidget(label("How do you want to begin?", "h1", wrap=True))
        column.addWidget(label("You can change this later without losing anything.", "muted", wrap=True))
        column.addWidget(self._choice)
        column.addWidget(self._form)
        column.addStretch(1)
        row = QHBoxLayout()
        spaced(row, around=("xl", "s", "xl", "l"), gap="s")
        row.addWidget(leave)
        row.addStretch(1)
        row.addWidget(self._go)
        outer = QVBoxLayout(self)
        spaced(outer, gap="")
        outer.addWidget(page_scroll(inside), 1)
        outer.addLayout(row)
        for card in self._choice.findChildren(ChoiceCard):
            card.radio.toggled.connect(self._fit)
        self._fit()
        self._choice.focus_chosen()
        self.resize(680, 620)

    @classmethod
    def ask(cls, person: str, parent: QWidget | None = None) -> FirstChoice | None:
        """The answer, or None when somebody would rather leave."""
        dialog = cls(person, parent)
        while dialog.exec():
            answer = dialog.answer()
            if answer.kind != SHARED:
                return answer
            connected = Connect.ask(parent)
            if connected is not None:
                return FirstChoice(kind=SHARED, database=connected.address, password=connected.password)
        return None

    def answer(self) -> FirstChoice:
        """What is chosen now."""
        values = self._form.values()
        kind = self._choice.chosen
        return FirstChoice(
            kind=kind,
            person=str(values["person"]) if kind == LOCAL else "",
        )

    def choose(self, kind: str) -> None:
        """Choose one of the ways."""
        self._choice.choose(kind)

    def _fit(self) -> None:
        self._form.show_field("person", self._choice.chosen == LOCAL)
        self._go.setText("Connect" if self._choice.chosen == SHARED else "Go on")

    def _go_on(self) -> None:
        answer = self.answer()
        problems = {}
        if answer.kind == LOCAL and not answer.person:
            problems["person"] = "Enter the name that should stand beside your calls."
        if problems:
            self._form.show_problems(problems)
            return
        self.accept()

    def keyPressEvent(self, event: object) -> None:
        """Ctrl+Enter anywhere goes on."""
        key, modifiers = event.key(), event.modifiers()  # type: ignore[attr-defined]  # Qt hands a key event
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers & Qt.KeyboardModifier.ControlModifier:
            self._go_on()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]  # the same event
