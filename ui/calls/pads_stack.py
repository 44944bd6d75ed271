"""The pads of a desk: each with a number and a tab, one shown, the others parked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QVBoxLayout, QWidget

from ui.calls.pad import CallPad
from ui.calls.pads_header import PadsHeader
from ui.calls.waiting import KEPT_UNENCRYPTED, waiting_calls
from ui.kit.desk import Desk
from ui.kit.live_windows import LiveWindows
from ui.kit.words import announce, spaced


class PadStack(QFrame):
    """`logged` carries the id of a saved call, `call_wanted` that of one to open.

    `closed` asks to be put away: nothing is being written here any more. `waiting_said` carries how many calls wait
    until the database takes them, in words. `grown` when it would take more room or less,
    not counting the notes.
    """

    logged = Signal(int)
    call_wanted = Signal(int)
    closed = Signal()
    draft_kept = Signal()
    waiting_said = Signal(str)
    grown = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "dock")
        self.setAccessibleName("Calls being written")
        self._desk = desk
        self._windows = LiveWindows(desk.services.folder.root)
        self._pads: dict[int, CallPad] = {}
        self._told = False
        self._left_in: dict[CallPad, QWidget] = {}
        self.header = PadsHeader()
        self.header.wanted.connect(self._show_number)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        spaced(column, gap="")
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        self._current = self._add()
        self._shown()

    @property
    def current(self) -> CallPad:
        """The pad that has the keyboard, or would have it."""
        return self._current

    def pads(self) -> tuple[CallPad, ...]:
        """Every open pad, by number."""
        return tuple(self._pads[number] for number in sorted(self._pads))

    def sizeHint(self) -> QSize:
        """Tabs and pad."""
        pad, head = self._current.sizeHint(), self.header.sizeHint()
        return QSize(max(pad.width(), head.width()), pad.height() + head.height())

    def on_panel(self) -> None:
        """The last calls of whoever is calling."""
        self._current.panel.turn()

    def on_call_dates(self) -> None:
        """The day that dates of the law follow from, whatever the topics are."""
        self._current.form.complete()
        dates = self._current.form.editor("dates")
        dates.open()  # type: ignore[attr-defined]  # a DatesLine, declared so in `fields`

    # -- inside --------------------------------------------------------------------------------------------------------

    def _add(self) -> CallPad:
        number = next(n for n in range(1, len(self._pads) + 2) if n not in self._pads)
        pad = self._pads[number] = CallPad(self._desk, self._windows, self)
        pad.setObjectName(str(number))
        pad.logged.connect(self.logged)
        pad.logged.connect(self._put_away_if_parked)
        pad.waiting.changed.connect(self._waiting_changed)
        pad.panel.call_wanted.connect(self.call_wanted)
        pad.draft_kept.connect(self.draft_kept)
        pad.closed.connect(self._pad_closed)
        pad.timer.ticked.connect(self._ticked)
        pad.grown.connect(self.grown)
        self.header.take_clock(pad.timer)
        self._stack.addWidget(pad)
        return pad

    def _show_number(self, number: int) -> None:
        if number in self._pads:
            self._show(self._pads[number])

    def _show(self, pad: CallPad) -> None:
        before = self._current
        if pad is before:
            return
        focus = QApplication.focusWidget()
        if focus is not None and before.isAncestorOf(focus):
            self._left_in[before] = focus
        self._current = pad
        if before.has_unsaved:
            before.park()
        else:
            self._drop(before)
        self._stack.setCurrentWidget(pad)
        pad.come_back()
        left_in = self._left_in.pop(pad, None)
        if left_in is not None:
            left_in.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            pad.focus_first()
        self._shown()
        announce(self, f"Call {self._number_of(pad)}.")

    def _pad_closed(self) -> None:
        others = [pad for pad in self.pads() if pad is not self._current]
        if others:
            self._show(others[-1])
        else:
            self.closed.emit()

    @property
    def waiting(self) -> int:
        """How many calls wait until the database takes them."""
        return sum(pad.waiting.waits for pad in self._pads.values())

    def to_be_told(self) -> str:
        """What whoever closes the window should know first: once, "" for nothing or when it was told."""
        told, self._told = self._told, True
        return "" if told or not self.waiting else f"{waiting_calls(self.waiting)}."

    def _waiting_changed(self) -> None:
        self._told = False
        self.waiting_said.emit(f"{waiting_calls(self.waiting)} {KEPT_UNENCRYPTED}" if self.waiting else "")
        self._ticked()

    def _put_away_if_parked(self) -> None:
        """A call that was saved by itself behind another one leaves no empty pad."""
        for pad in self.pads():
            if pad is not self._current and not pad.has_unsaved:
                self._drop(pad)
        self._shown()

    def _drop(self, pad: CallPad) -> None:
        del self._pads[self._number_of(pad)]
        self._left_in.pop(pad, None)
        self._stack.removeWidget(pad)
        pad.timer.hide()
        pad.timer.deleteLater()
        pad.deleteLater()

    def _number_of(self, pad: CallPad) -> int:
        return next(number for number, known in self._pads.items() if known is pad)

    def _shown(self) -> None:
        for pad in self._pads.values():
            pad.timer.setVisible(pad is self._current)
        self._ticked()
        self.updateGeometry()

    def _ticked(self) -> None:
        self.header.show_calls(
            [(number, _words(number, pad, self._current)) for number, pad in sorted(self._pads.items())],
            self._number_of(self._current),
            paused=self._current.timer.paused,
            running=self._current.timer.started_at is not None,
        )


def _words(number: int, pad: CallPad, current: CallPad) -> str:
    """ "Call 1 · 02:14", "Call 2 parked · 01:07", "Call 3 not saved yet · 03:20"."""
    # of the one in front its own bar says that it waits, and there may be little room for both
    parked = "" if pad is current else " not saved yet" if pad.waiting.waits else " parked"
    return f"Call {number}{parked} · {pad.timer.words}"
