"""Back from a shared server to the file on this computer: where each call then is, and whether it is meant."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_clock, local_day, long_day
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.words import count_of
from ppsdesk.services.leaving_server import NAME_LIMIT, FileHere
from ui.kit.buttons import KeyButton
from ui.kit.editors import TextEditor
from ui.kit.form import Field, Form
from ui.kit.signed_lines import SignedLine, SignedLines
from ui.kit.surfaces import page_scroll
from ui.kit.words import apart, label, spaced

TITLE = "Work in the file on this computer?"
ON_SERVER = "What is on record on the server stays there, unfinished calls too: nothing is deleted, nothing is copied."
NOT_IN_IT = "What was entered on the server is not in it."
NONE_YET = "There is no file on this computer yet: an empty one is made, with the lists the program brings."
BACK = "The way back is in the settings: “Connect to a shared server”."
NOT_ENCRYPTED = "It is not encrypted yet: whoever can open this computer can read it. Do not enter real people."
LATER = "From the next start on. Until then this window goes on with the server."
AT_ONCE = "At once: the server is not asked any more."


class WorkHere(QDialog):
    """Enter and Escape stay with the server until somebody chooses otherwise; `at_once` says when it happens."""

    def __init__(self, found: FileHere, person: str, *, at_once: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.lines = SignedLines()
        self.form = Form(
            [
                Field("person", "Your &name", TextEditor(limit=NAME_LIMIT), required=True,
                      hint="It stands beside every call you log in the file."),
            ],
            goal="you can go on",
        )  # fmt: skip
        self.form.set_values({"person": person})
        self.form.submitted.connect(self.go_on)
        self.stay = KeyButton("Stay with the server", "Esc", "primary").when_pressed(self.reject)
        self.stay.setDefault(True)
        self.go = KeyButton("Work in the file", "Ctrl+Enter").when_pressed(self.go_on)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # before the button that has the keyboard takes them for Enter
            QShortcut(QKeySequence(keys), self).activated.connect(self.go_on)
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, around=("xl", "l", "xl", "l"), gap="m")
        column.addWidget(label(TITLE, "h2", wrap=True))
        column.addWidget(self.lines)
        column.addWidget(self.form)
        column.addStretch(1)
        row = QHBoxLayout()
        spaced(row, around=("xl", "s", "xl", "l"), gap="s")
        row.addWidget(self.go)
        row.addStretch(1)
        row.addWidget(self.stay)
        outer = QVBoxLayout(self)
        spaced(outer, gap="")
        self._area = page_scroll(inside)
        outer.addWidget(self._area, 1)
        outer.addLayout(row)
        self.lines.show_lines(_lines(found, at_once=at_once))  # not before they have their place
        self.setAccessibleDescription(" ".join(line.words for line in self.lines.lines()))
        self.resize(620, 480)
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def person(self) -> str:
        """The name for the file."""
        return str(self.form.values()["person"]).strip()

    def go_on(self) -> None:
        """Yes, where there is a name."""
        if self.person:
            self.accept()
        else:
            self.refuse(Invalid({"person": "Enter the name that should stand beside your calls."}))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down where large text does not fit."""
        if not self._area.turned_by(event):
            super().keyPressEvent(event)

    def refuse(self, error: Invalid) -> None:
        """Words beside the name."""
        self.form.show_problems(error.problems)


def _lines(found: FileHere, *, at_once: bool) -> list[SignedLine]:
    lines = [SignedLine(ON_SERVER, icon="network")]
    if found.unfinished:
        verb = "stays" if found.unfinished == 1 else "stay"
        words = f"{count_of(found.unfinished, 'call')} kept on this computer for the server {verb} here, and"
        offered = "is" if found.unfinished == 1 else "are"
        lines.append(SignedLine(f"{words} {offered} offered once it is connected to that server again.", icon="save"))
    if found.last_used is None:
        lines.append(SignedLine(NONE_YET, icon="hard-drive"))
    else:
        used = f"{long_day(local_day(found.last_used))}, {local_clock(found.last_used)}"
        words = f"The file {apart(found.name)} is opened as it was left on {used}. {NOT_IN_IT}"
        lines.append(SignedLine(words, icon="hard-drive"))
    lines += [SignedLine(NOT_ENCRYPTED, "warning"), SignedLine(AT_ONCE if at_once else LATER, icon="history")]
    return [*lines, SignedLine(BACK, icon="network")]
