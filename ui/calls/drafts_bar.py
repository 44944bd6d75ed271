"""The bar that offers calls which were not finished: after a crash, or put away by Escape."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import DeskError
from ui.calls.pad_drafts import discard_draft
from ui.kit.desk import Desk
from ui.kit.surfaces import Bar
from ui.kit.words import spaced

AGAIN = 60_000  # milliseconds until drafts of other windows are looked at again


class DraftsBar(QWidget):
    """The oldest unfinished call, and how many more there are; not there while there is none.

    `resume_wanted` carries the draft somebody wants to go on with. `offers` says which drafts may be offered: none that
    an open window holds. One of another computer may be offered a minute later, so it is looked at again.
    """

    resume_wanted = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, offers: Callable[[Draft], bool] = lambda draft: True
    ) -> None:
        super().__init__(parent)
        self._desk, self._offers = desk, offers
        self._drafts: tuple[Draft, ...] = ()
        box = QVBoxLayout(self)
        spaced(box, gap="")
        self.bar = Bar("info")
        box.addWidget(self.bar)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.refresh)
        desk.touched.connect(self._on_touched)
        self.refresh()

    def refresh(self) -> None:
        """Look which calls were not finished."""
        services = self._desk.services

        def read() -> tuple[Draft, ...]:
            return services.drafts.mine()

        self._desk.latest(self, "drafts", read, self._show, self._unknown)

    def offered(self) -> tuple[Draft, ...]:
        """The drafts offered now, oldest first."""
        return self._drafts

    def _show(self, drafts: tuple[Draft, ...]) -> None:
        before = self._drafts
        self._drafts = tuple(draft for draft in drafts if self._offers(draft))
        if len(self._drafts) < len(drafts):
            self._again.start(AGAIN)
        if self._drafts == before:
            return
        if not self._drafts:
            self.bar.clear()
            return
        from ui.calls.wording import draft_words

        more = len(self._drafts) - 1
        words = draft_words(self._drafts[0], local_day(self._desk.services.clock()))
        self.bar.say(f"{words} {more} more after it." if more else words, "info")
        self.bar.add_button("Go on", self._go_on)
        self.bar.add_button("Discard", self._discard)

    def _unknown(self, error: DeskError) -> None:
        """The pages say already that the database does not answer; what was offered stays."""

    def _go_on(self) -> None:
        self.resume_wanted.emit(self._drafts[0])
        self.refresh()

    def _discard(self) -> None:
        discard_draft(self._desk, self._drafts[0], self._kept_again)

    def _kept_again(self, draft: Draft) -> None:
        self.refresh()

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        if Topic.DRAFTS in topics:
            self.refresh()
