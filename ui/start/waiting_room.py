"""What the window shows in place of its pages while the shared server has not answered yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import Clock, local_clock
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.words import count_of
from ui.kit.buttons import KeyButton
from ui.kit.flow import Flow
from ui.kit.page_body import PageBody
from ui.kit.signed_lines import SignedLine, SignedLines
from ui.kit.surfaces import Card, page_scroll
from ui.kit.words import announce, label, spaced

TITLE = "The shared server does not answer yet"
SAFE = "What is on record is safe: it is on the server, and nothing was changed."
BY_ITSELF = "The server is asked again by itself; the program goes on as soon as it answers."
CALLS = (
    "Calls can be taken meanwhile. Each is kept on this computer, not encrypted. Saved calls are put on record by"
    " themselves when the server is back; unfinished ones are offered again."
)
NOTES = (
    "A call can be written down meanwhile, but not finished: the lists to choose from come from the server, which has"
    " not answered on this computer before. It is kept on this computer, not encrypted."
)
NO_LOOK_UP = "Until then people, earlier calls and reports cannot be looked up."
WHAT_TO_DO = (
    "Check the network. Away from the office you may have to connect to the council's network first. If colleagues are"
    " cut off too, tell whoever looks after the server."
)


class WaitingRoom(QWidget):
    """`takes_calls`: whether this person may log any; `with_lists`: whether there are lists to choose from.

    `seen`: whether it is in sight; a pad may need all the room.
    """

    seen = Signal(bool)
    try_wanted = Signal()
    call_wanted = Signal()
    resume_wanted = Signal(object)
    address_wanted = Signal()
    file_wanted = Signal()
    leave_wanted = Signal()

    def __init__(
        self, where: str, clock: Clock, *, takes_calls: bool, with_lists: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName(TITLE)
        self._clock, self.takes_calls, self._with_lists = clock, takes_calls, with_lists
        self._drafts: tuple[Draft, ...] = ()
        self.lines = SignedLines(self)
        self.state = label("", "muted", wrap=True)
        self.again = KeyButton("Try now", kind="primary", icon="refresh-cw").when_pressed(self.try_wanted.emit)
        self.new_call = KeyButton("New call", "F8", icon="phone").when_pressed(self.call_wanted.emit)
        self.resume = KeyButton("Go on with the unfinished call").when_pressed(self._resume)
        self.address = KeyButton("Change the address").when_pressed(self.address_wanted.emit)
        self.file = KeyButton("Work in the file on this computer").when_pressed(self.file_wanted.emit)
        self.leave = KeyButton("Close ppsdesk", "Ctrl+Q").when_pressed(self.leave_wanted.emit)
        card = Card()
        card.add(label(where, "strong", wrap=True))
        card.add(self.state)
        buttons = Flow()
        for button in (self.again, self.new_call, self.resume, self.address, self.file, self.leave):
            buttons.addWidget(button)
        card.body.addLayout(buttons)
        card.add(self.lines)
        body = PageBody(label(TITLE, "h1", wrap=True), card)
        spaced(body.box, around=("xl", "l", "xl", "l"), gap="m")
        outer = QVBoxLayout(self)
        spaced(outer, gap="")
        self._area = page_scroll(body)
        outer.addWidget(self._area)
        self.new_call.setVisible(takes_calls)
        self.show_drafts(())
        self.show_asking(False)

    def focus_first(self) -> None:
        """On the one thing to do."""
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down where large text does not fit."""
        if not self._area.turned_by(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """In sight."""
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight."""
        super().hideEvent(event)
        self.seen.emit(False)

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """The unfinished calls that this computer keeps, oldest first."""
        self._drafts = tuple(drafts)
        lines = [SignedLine(SAFE, "success"), SignedLine(BY_ITSELF, icon="refresh-cw")]
        if self.takes_calls:
            lines.append(SignedLine(CALLS if self._with_lists else NOTES, icon="phone"))
        if drafts:
            kept = (
                "is kept on this computer and offered" if len(drafts) == 1 else "are kept on this computer and offered"
            )
            lines.append(
                SignedLine(f"{count_of(len(drafts), 'unfinished call')} {kept} when the server is back.", icon="save")
            )
        lines += [SignedLine(NO_LOOK_UP), SignedLine(WHAT_TO_DO, icon="network")]
        self.lines.show_lines(lines)
        self.resume.setText("Go on with the unfinished call" if len(drafts) == 1 else "Go on with the oldest of them")
        self.resume.setVisible(bool(drafts) and self.takes_calls)

    def drafts(self) -> tuple[Draft, ...]:
        """What is offered now."""
        return self._drafts

    def show_asking(self, asking: bool) -> None:
        """Whether the server is being asked just now."""
        self.state.setText("Asking the server…" if asking else f"Asked at {local_clock(self._clock())}: no answer.")

    def answered(self) -> None:
        """Say so to whoever cannot see it."""
        announce(self, "The shared server answers again.")

    def _resume(self) -> None:
        if self._drafts:
            self.resume_wanted.emit(self._drafts[0])
