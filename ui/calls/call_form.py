"""The form of a call, as pad and page show it: it offers the lists of the call's own day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.vocabulary import Vocabularies
from ui.calls import fields
from ui.kit.desk import Desk
from ui.kit.form import Form


class CallForm(Form):
    """`lists_came` when the lists were read (again).

    With `always_dated` day and time are part of the form; otherwise they are hidden until `ask_when`.
    """

    lists_came = Signal()

    def __init__(self, desk: Desk, *, when: str, always_dated: bool, parent: QWidget | None = None) -> None:
        super().__init__(fields.call_fields(self._today, when=when), parent)
        self._desk = desk
        self._always_dated = always_dated
        self._held_in = ""
        self._offered_on: date | None = None
        self.lists = Vocabularies(())
        self.edited.connect(self._follow)
        desk.touched.connect(self._on_touched)
        self._show_times(always_dated)
        self._ask_lists()

    def fill(self, values: Mapping[str, object]) -> None:
        """Show these values as unchanged, with the lists of their day."""
        self.set_values(values)
        self.show_all_of_it()

    def put_back(self, content: Mapping[str, object]) -> None:
        """Show what a draft kept, as changed."""
        self.restore(content)
        self.show_all_of_it()

    def show_all_of_it(self) -> None:
        """Bring lists, ticks and hidden fields in step with the values."""
        dated = any(not self.editor(name).is_empty() for name in ("taken_on", "started_at"))
        self._show_times(self._always_dated or dated)
        self._follow_day(always=True)
        fields.follow_name(self)
        fields.follow_clock_change(self, self._today())

    def hold(self, held: bool) -> None:
        """Nothing can be typed while what stands here is on its way; afterwards the keyboard is where it was."""
        if held:
            self._held_in = next((name for name in self.names() if self.editor(name).keys.hasFocus()), "")
        self.setEnabled(not held)
        if not held:
            self.focus_field(self._held_in)

    def ask_when(self) -> None:
        """Ask for day and time."""
        self._show_times(True)
        self.focus_field("taken_on")

    def _show_times(self, shown: bool) -> None:
        for name in ("taken_on", "started_at"):
            self.show_field(name, shown)
        if not shown:
            self.show_field("later", False)

    def _today(self) -> date:
        return local_day(self._desk.services.clock())

    def _follow(self, name: str) -> None:
        if name == "method":
            direction = fields.direction_of(self.lists, self.editor("method").value())
            if direction:
                self.editor("direction").set_value(direction)
        elif name in ("caller_name", "anonymous"):
            fields.follow_name(self)
        elif name == "caller_kind" and self.editor("caller_kind").value() == fields.ANONYMOUS:
            if self.editor("caller_name").is_empty():
                self.editor("anonymous").set_value(True)
        elif name == "taken_on":
            self._follow_day()
        if name in ("taken_on", "started_at"):
            fields.follow_clock_change(self, self._today())

    def _follow_day(self, *, always: bool = False) -> None:
        day = fields.day_of(self, self._today())
        if self.lists.terms and (always or day != self._offered_on):
            self._offered_on = day
            fields.offer_lists(self, self.lists, day)

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        if Topic.VOCABULARIES in topics:
            self._ask_lists()

    def _ask_lists(self) -> None:
        services = self._desk.services

        def read() -> Vocabularies:
            return services.vocabularies.all()

        self._desk.latest(self, "lists", read, self._offer)

    def _offer(self, lists: Vocabularies) -> None:
        self.lists = lists
        self._follow_day(always=True)
        self.lists_came.emit()
