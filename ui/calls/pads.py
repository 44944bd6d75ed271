"""The calls that are open at one desk: one has the keyboard, the others are parked, each with its own draft."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.drafts import Draft
from ui.calls.pad import CallPad
from ui.calls.pads_stack import PadStack
from ui.kit.desk import Desk

if TYPE_CHECKING:
    from ppsdesk.domain.one_line import OneLine
    from ppsdesk.domain.steps import Step


class CallPads(PadStack):
    """What the window asks of the open calls, and its actions: a method `on_…` for each."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.header.park_button.when_pressed(self.on_park)
        self.header.quick_button.when_pressed(self.on_quick_close)
        self.header.pause_button.clicked.connect(self._pause_pressed)

    # -- what the window asks of it ------------------------------------------------------------------------------------

    @property
    def has_unsaved(self) -> bool:
        """Whether anything is written in any of them that is not on record."""
        return any(pad.has_unsaved for pad in self._pads.values())

    def offers(self, draft: Draft) -> bool:
        """Whether an unfinished call may be offered: no pad here holds it, and no other open window can.

        Of a window on this computer that is known; one on another computer renews its drafts twice a minute, and its
        draft is offered when it has not done so for a minute.
        """
        if any(pad.key() == draft.key and pad.has_unsaved for pad in self._pads.values()):
            return False
        return self._windows.may_offer(draft, self._desk.services.clock())

    def prepare(self) -> None:
        """Build what is not there yet, while nobody waits for it."""
        self._current.form.build_on()

    def start_new(self) -> None:
        """A new call in the pad; one that is being written goes on as it is, one that was sent goes its way."""
        (self._free() if self._current.is_sent else self._current).start_new()

    def call_about(self, person: UUID) -> None:
        """A call with somebody on record as the caller; what is being written is parked."""
        self._free().call_about(person)

    def ring(self, step: Step) -> None:
        """A call to somebody whom one promised to ring."""
        self._free().ring(step)

    def fill_from_line(self, line: OneLine) -> None:
        """A call as one line said, to be checked and saved."""
        self._free().fill_from_line(line)

    def resume(self, draft: Draft) -> None:
        """Go on with an unfinished call; what is being written is parked."""
        self._free().resume(draft)

    def save(self) -> None:
        """Save and finish the call that is being written."""
        self._current.save()

    def focus_first(self) -> None:
        """The keyboard into the pad."""
        self._current.focus_first()

    def close_pad(self) -> None:
        """Put the call away as a draft; the next parked one comes back, if there is one."""
        self._current.close_pad()

    def keep_drafts(self) -> None:
        """Keep what stands in every pad, as before the program ends."""
        for pad in self._pads.values():
            pad.keep_draft()

    def rest(self) -> None:
        """The window closes: nothing more is kept or looked up."""
        for pad in self._pads.values():
            pad.rest()

    def leave(self) -> None:
        """The window closes: its drafts may be offered by others at once."""
        self._windows.let_go()

    # -- actions -------------------------------------------------------------------------------------------------------

    def on_park(self) -> None:
        """Park the call and take another one; with nothing written there is nothing to park."""
        if self._current.has_unsaved:
            self._show(self._add())
        self._current.focus_first()

    def on_next_call(self) -> None:
        """The next open call, round and round."""
        numbers = sorted(self._pads)
        if len(numbers) > 1:
            at = numbers.index(self._number_of(self._current))
            self._show_number(numbers[(at + 1) % len(numbers)])

    def on_quick_close(self) -> None:
        """No enquiry: silent, hung up, wrong number."""
        self._current.quick_close(self.header.quick_button)

    def on_refer(self) -> None:
        """Save and refer."""
        self._current.refer()

    def on_texts(self) -> None:
        """Texts for the notes."""
        self._current.texts()

    def on_pause(self) -> None:
        """The clock stands, or goes on."""
        self._current.pause()
        self._ticked()

    def on_late(self) -> None:
        """Another day."""
        self._current.form.ask_when()

    def on_next_step(self) -> None:
        """What happens next."""
        self._current.next_step()

    def _free(self) -> CallPad:
        """A pad with nothing in it, shown."""
        if self._current.has_unsaved:
            free = next((pad for pad in self.pads() if not pad.has_unsaved), None)
            self._show(free or self._add())
        return self._current

    def _pause_pressed(self) -> None:
        self.on_pause()
