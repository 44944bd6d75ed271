"""Looking for people on record who may be the new caller, while the caller is written down. Never in the way."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.finding import Alike, Typed
from ppsdesk.domain.people import NewPerson
from ui.calls import fields
from ui.calls.brought import new_caller
from ui.calls.call_form import CallForm
from ui.calls.caller_side import CallerSide
from ui.kit.desk import Desk
from ui.who.who import Who

SOON = 300  # milliseconds after a key


class AlikeSearch(QObject):
    """`use_wanted` carries key and name of whoever it is after all.

    `not_same` are people on record who are said to be others than the new caller: kept with the draft, and written down
    when the call is saved. `key` gives the key of the call.
    """

    use_wanted = Signal(object, str)

    def __init__(self, desk: Desk, form: CallForm, side: CallerSide, key: Callable[[], UUID]) -> None:
        super().__init__(form)
        self._desk, self._form, self._side, self._key = desk, form, side, key
        self.not_same: set[UUID] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look)
        side.alike.keys_in(form)
        side.alike.use_wanted.connect(self._use)
        side.alike.different_wanted.connect(self._different)

    def soon(self, wait: int = SOON) -> None:
        """Look in a moment, in milliseconds: the last key of several counts."""
        self._soon.start(wait)

    def clear(self) -> None:
        """Show nobody."""
        self._soon.stop()
        self._show(())

    def _look(self) -> None:
        who = self._form.box.value()
        if not isinstance(who, Who) or not who.is_new or not self._form.is_complete:
            self._show(())
            return
        values = {name: self._form.editor(name).value() for name in (*fields.NEW_CALLER, "phone", "caller_kind")}
        facts: NewPerson = new_caller(self._key(), values, who.typed or Typed())
        services = self._desk.services

        def read() -> tuple[Alike, ...]:
            return services.people.alike(facts)

        self._desk.latest(self, "alike", read, self._came, _ignore)

    def _came(self, alike: tuple[Alike, ...]) -> None:
        who = self._form.box.value()
        if isinstance(who, Who) and who.is_new:  # somebody may have been chosen meanwhile
            self._show(alike)

    def _show(self, alike: tuple[Alike, ...]) -> None:
        if not alike and not self._side.is_made:
            return
        self._side.alike.show_alike([each for each in alike if each.person not in self.not_same])
        self._form.order_tabs()

    def _use(self, person: UUID) -> None:
        alike = next((each for each in self._side.alike.alike() if each.person == person), None)
        self.use_wanted.emit(person, alike.name if alike else "")

    def _different(self, person: UUID) -> None:
        self.not_same.add(person)
        self._form.edited.emit("caller")  # it is part of the draft


def _ignore(error: DeskError) -> None:
    """People who may be the same are a help, never a hindrance."""
