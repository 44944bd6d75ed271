"""The way one came through the pages, and back along it: each as it was left, with the keyboard where it stood."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.kit.page import Page

LONGEST = 50  # steps that are remembered
# of pages that show one thing or another: which it is, and how it is shown again
SHOWN: dict[str, tuple[Callable[[Any], object], Callable[[Any, Any], None]]] = {
    "call": (lambda page: page.call.id if page.call else None, lambda page, call: page.open_call(call)),
    "calls": (lambda page: page.selection, lambda page, selection: page.show_selection(selection)),
    "person": (lambda page: page.shown.record.person.key if page.shown else None,
               lambda page, person: page.open_person(person)),
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Stop:
    """A page one was on; what it showed and what had the keyboard there, as one left it."""

    name: str
    shown: object = None
    keys: QWidget | None = None


class WayBack:
    """Every stop, and at which one is. Whoever goes somewhere new from an earlier stop has nothing ahead any more.

    The actions `back` and `forward` are switched on where they lead somewhere.
    """

    def __init__(
        self, go: Callable[[str], Page], here: Callable[[], Page | None], actions: Mapping[str, QAction]
    ) -> None:
        self._go, self._here, self._actions = go, here, actions
        self._stops: list[Stop] = []
        self._at = -1
        self._offer()

    def leave(self) -> None:
        """Remember the page one is on as it stands now: one is about to go."""
        page = self._here()
        if page is None or not self._stops or page.objectName() != self._stops[self._at].name:
            return
        stop = self._stops[self._at]
        stop.shown, stop.keys = _shown(page), page.focusWidget()

    def come(self, name: str) -> None:
        """One is on this page now."""
        if not self._stops or self._stops[self._at].name != name:
            self._stops = [*self._stops[: self._at + 1], Stop(name)][-LONGEST:]
            self._at = len(self._stops) - 1
        self._offer()

    def back(self) -> None:
        """The page one came from."""
        self._step(-1)

    def forward(self) -> None:
        """The page one went back from."""
        self._step(1)

    def forget(self, names: Collection[str]) -> None:
        """These are not offered any more."""
        here = self._stops[self._at] if self._stops else None
        kept: list[Stop] = []
        for stop in self._stops:
            if stop.name not in names and (not kept or kept[-1].name != stop.name or stop is here):
                kept.append(stop)
        self._stops = kept
        self._at = kept.index(here) if here in kept else len(kept) - 1
        self._offer()

    def _step(self, by: int) -> None:
        at = self._at + by
        if not 0 <= at < len(self._stops):
            return
        self.leave()
        self._at = at
        stop = self._stops[at]
        page = self._go(stop.name)
        if stop.shown is not None and stop.shown != _shown(page):
            SHOWN[stop.name][1](page, stop.shown)
        keys = stop.keys
        if keys is not None and shiboken6.isValid(keys) and keys.isVisible() and keys.isEnabled():
            keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        self._actions["back"].setEnabled(self._at > 0)
        self._actions["forward"].setEnabled(self._at + 1 < len(self._stops))


def _shown(page: Page) -> object:
    known = SHOWN.get(page.objectName())
    return known[0](page) if known else None
