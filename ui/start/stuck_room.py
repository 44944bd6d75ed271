"""What the window shows in place of its pages when the records cannot be opened: why, and every way on."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_clock, local_day, long_day
from ppsdesk.domain.errors import DeskError
from ui.kit.buttons import KeyButton
from ui.kit.flow import Flow
from ui.kit.page_body import PageBody
from ui.kit.signed_lines import SignedLine, SignedLines
from ui.kit.surfaces import Card, page_scroll
from ui.kit.words import announce, label, spaced

OF_FILE, OF_SERVER = "The file on this computer cannot be opened", "The shared records cannot be opened"
AGAIN = "“Try again” when the file, its folder or its disk is back, or another program has let go of it."
SIGN_IN_AGAIN = "“Try again” asks the server once more, for your password too where it was not accepted."
SINCE = "The newest backup that can be used was made on {}. What was entered since then is not in it."
NO_BACKUP = "There is no backup in its folder that could be used."
ELSEWHERE = "A backup or a copy of the file that lies in another folder can be put in its place."
KEPT = "The file that cannot be opened is never thrown away: it stays in its folder under another name."
TO_A_SERVER = (
    "If your service has a shared server, this computer is connected to it step by step, and at once. The file stays"
    " where it is."
)
CALL_BEGUN = "The call you began stays in this window: F8 goes back to it as soon as the records are open."
TO_THE_FILE = "Without the server the program works in a file on this computer; you are asked before."


class StuckRoom(QWidget):
    """`shared`: whether it is a server that does not let one in, and not the file; `throw_away`: practice data."""

    takes_calls = False
    try_wanted = Signal()
    backup_wanted = Signal()
    other_wanted = Signal()
    server_wanted = Signal()
    file_wanted = Signal()
    leave_wanted = Signal()

    def __init__(
        self, where: str, error: DeskError, *, shared: bool, throw_away: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.title = OF_SERVER if shared else OF_FILE
        self.setAccessibleName(self.title)
        self._shared, self._throw_away = shared, throw_away
        self._call_begun, self._about_backup = False, ""
        self.again = KeyButton("Try again", kind="primary", icon="refresh-cw").when_pressed(self.try_wanted.emit)
        self.backup = KeyButton("Use the newest backup", icon="history").when_pressed(self.backup_wanted.emit)
        self.other = KeyButton("Choose another file", icon="folder-open").when_pressed(self.other_wanted.emit)
        self.server = KeyButton(
            "Change the address" if shared else "Connect to a shared server", icon="network"
        ).when_pressed(self.server_wanted.emit)
        self.file = KeyButton("Work in the file on this computer", icon="monitor").when_pressed(self.file_wanted.emit)
        self.leave = KeyButton("Close ppsdesk", "Ctrl+Q").when_pressed(self.leave_wanted.emit)
        self.lines = SignedLines(self)
        card = Card()
        card.add(label(where, "strong", wrap=True))
        why = SignedLines(self)
        card.add(why)
        buttons = Flow()
        for button in (self.again, self.backup, self.other, self.server, self.file, self.leave):
            buttons.addWidget(button)
        card.body.addLayout(buttons)
        card.add(self.lines)
        body = PageBody(label(self.title, "h1", wrap=True), card)
        spaced(body.box, around=("xl", "l", "xl", "l"), gap="m")
        outer = QVBoxLayout(self)
        spaced(outer, gap="")
        self._area = page_scroll(body)
        outer.addWidget(self._area)
        self.backup.hide()
        self.other.setVisible(not shared and not throw_away)
        self.server.setVisible(not throw_away)
        self.file.setVisible(shared)
        why.show_lines([SignedLine(error.sentence, "danger")])
        self._say()
        announce(self, f"{self.title}. {error.sentence}", urgent=True)

    def focus_first(self) -> None:
        """On the one thing that can do no harm."""
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down where large text does not fit."""
        if not self._area.turned_by(event):
            super().keyPressEvent(event)

    def show_backup(self, made_at: datetime | None) -> None:
        """Offer the newest backup, where one can be used."""
        self.backup.setVisible(made_at is not None)
        self._about_backup = NO_BACKUP if made_at is None else SINCE.format(at_minute(made_at))
        self._say()

    def say_call_begun(self) -> None:
        """Somebody was writing already."""
        self._call_begun = True
        self._say()

    def _say(self) -> None:
        lines = [SignedLine(CALL_BEGUN, icon="phone")] if self._call_begun else []
        lines.append(SignedLine(SIGN_IN_AGAIN if self._shared else AGAIN, icon="refresh-cw"))
        if self._about_backup:
            lines.append(SignedLine(self._about_backup, icon="history"))
        if self._shared:
            lines.append(SignedLine(TO_THE_FILE, icon="monitor"))
        elif not self._throw_away:
            lines += [SignedLine(ELSEWHERE, icon="folder-open"), SignedLine(KEPT, "success")]
            lines.append(SignedLine(TO_A_SERVER, icon="network"))
        self.lines.show_lines(lines)


def at_minute(instant: datetime) -> str:
    """A day and a time as one says them."""
    return f"{long_day(local_day(instant))}, {local_clock(instant)}"
