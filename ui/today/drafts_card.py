"""Calls that were not finished, the oldest first; one Enter goes on after a crash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.changes import Done
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.rights import Action, Subject
from ui.kit.desk import Desk
from ui.kit.surfaces import Bar
from ui.kit.words import label, spaced

SHOWN = 5  # drafts with buttons of their own; there are hardly ever more


class DraftsCard(QWidget):
    """Not there while there is none. `resume_wanted` carries the draft somebody goes on with.

    `words` puts a draft into a sentence.
    """

    resume_wanted = Signal(object)

    def __init__(self, desk: Desk, words: Callable[[Draft, date], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._words = desk, words
        self._drafts: tuple[Draft, ...] = ()
        self._bars: dict[UUID, Bar] = {}
        self._column = QVBoxLayout(self)
        spaced(self._column, gap="xs")
        self._more = label("", "caption")
        self._column.addWidget(self._more)
        self.hide()

    def drafts(self) -> tuple[Draft, ...]:
        """What is offered, oldest first."""
        return self._drafts

    def show_drafts(self, drafts: Sequence[Draft], today: date) -> None:
        """Offer these; the keyboard stays where it was, or goes to the next one where its own has gone."""
        if tuple(drafts) == self._drafts:
            return
        had_keys = any(button.hasFocus() for bar in self._bars.values() for button in bar.buttons())
        self.hide()  # bars that come while it is shown are laid out one by one
        for bar in self._bars.values():
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self._drafts, self._bars = tuple(drafts), {}
        for place, draft in enumerate(self._drafts[:SHOWN]):
            bar = self._bars[draft.key] = Bar("info", self._words(draft, today), self)
            first = place == 0
            bar.add_button("Go on", partial(self.resume_wanted.emit, draft), "Enter" if first else "",
                           kind="primary" if first else "")  # fmt: skip
            discard = bar.add_button("Discard", partial(self._discard, draft))
            discard.needs(self._desk.rights, Subject.DRAFTS, Action.REMOVE)
            self._column.insertWidget(place, bar)
        more = len(self._drafts) - SHOWN
        self._more.setText(f"{more} more after these." if more > 0 else "")
        self._more.setVisible(more > 0)
        self.setVisible(bool(self._drafts))
        if had_keys:
            self.focus_first()

    def focus_first(self) -> bool:
        """The keyboard on "Go on" of the first; False where there is none."""
        if not self._drafts:
            return False
        self._bars[self._drafts[0].key].buttons()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _discard(self, draft: Draft) -> None:
        desk = self._desk

        def given_up(done: Done[UUID]) -> None:
            desk.notices.undoable("Unfinished call discarded.", keep_again)

        def keep_again() -> None:
            desk.change(desk, lambda: desk.services.drafts.keep(draft), kept)

        def kept(done: Done[Draft]) -> None:
            desk.notices.inform("The unfinished call is back.")

        desk.change(desk, lambda: desk.services.drafts.discard(draft.key), given_up)
