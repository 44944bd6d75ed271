"""The form of a call, as pad and page show it: it offers the lists of the call's own day."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from importlib import import_module
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.vocabulary import Vocabularies
from ui.calls import fields
from ui.calls.form_layout import CallLayout
from ui.calls.kept_keys import KeptKeys
from ui.kit.connection import Trouble
from ui.kit.desk import Desk
from ui.kit.editor import Editor
from ui.kit.form import Form
from ui.kit.still import laid_out_once

if TYPE_CHECKING:
    from ui.who.one_box import OneBox

FIRST = "caller"
AT_ONCE = 3  # fields that are built in one go
# each is a turn of its own: together they would hold up somebody who types
LOADED_FIRST = ("ppsdesk.domain.typed_box", "ui.who.found_list", "ppsdesk.domain.calls", "ui.kit.editors",
                "ui.who.child_chips", "ui.who.organisation_tokens", "ui.calls.next_step", "ui.calls.dates_line",
                "ui.calls.stages_editor", "ui.calls.pad_people", "ui.who.banner", "ui.who.alike_panel")  # fmt: skip
HIDDEN = frozenset({*fields.NEW_CALLER, "relation", "child_name", "next_day", "next_owner", "next_from", "next_to",
                    "next_words", "dates"})  # fmt: skip


class CallForm(Form):
    """`lists_came` when the lists were read (again), `completed` when all fields are there.

    At first only the one box is, so that the window opens at once; the others follow by `complete`, or when somebody
    asks for one of them. With `always_dated` day and time are part of the form; otherwise they are hidden until
    `ask_when`. `pad` asks what a new caller and a next step need. `beside` stands below the caller, over the width.
    """

    lists_came = Signal()
    completed = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        when: str,
        always_dated: bool,
        pad: bool,
        beside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._beside = beside
        self.is_complete = False
        self._filled: Mapping[str, object] = {}
        self._to_load = [name for name in LOADED_FIRST if name not in sys.modules]
        super().__init__([fields.first_field(desk)], parent, arranged=CallLayout(beside).arrange)
        self._desk = desk
        self._others = fields.other_fields(desk, self.today, when=when, pad=pad)
        self._always_dated = always_dated
        self._held_in = ""
        self._offered_on: date | None = None
        self.lists = Vocabularies(())
        self.edited.connect(self._follow)
        desk.touched.connect(self._on_touched)
        self._building = QTimer(self)
        self._building.setInterval(0)
        self._building.timeout.connect(self.build_some)
        self.completed.connect(self._building.stop)
        KeptKeys(self)

    @property
    def box(self) -> OneBox:
        """The one box, which is always there."""
        return self._boxes[FIRST].editor  # type: ignore[return-value]  # declared so in `fields`

    # -- piece by piece ------------------------------------------------------------------------------------------------

    def complete(self) -> None:
        """Build the fields that are not there yet; what was typed meanwhile stays."""
        if self.is_complete:
            return
        with laid_out_once(self):
            while not self.is_complete:
                self.build_some()

    def build_on(self, on: bool = True) -> None:
        """Build the rest a few fields in each turn of the loop, whether or not anybody looks; then `completed`.

        Not `on`: no more of it, as the window closes.
        """
        if on and not self.is_complete:
            self._building.start()
        elif not on:
            self._building.stop()

    def build_some(self) -> None:
        """Build a few fields, so that nobody who types has to wait for all of them."""
        if self.is_complete:
            return
        if self._to_load:
            import_module(self._to_load.pop(0))
            return
        with laid_out_once(self):
            some = list(islice(self._others, AT_ONCE))
            self.add(some, hidden=HIDDEN if self._always_dated else HIDDEN | set(fields.WHEN))
        if len(some) < AT_ONCE:
            self._finish()

    def _finish(self) -> None:
        self.is_complete = True
        clean = self._clean[FIRST]
        self._fill({name: self._filled[name] for name in self._boxes if name in self._filled and name != FIRST}, _show)
        self._clean = self.content() | {FIRST: clean}
        self.show_all_of_it()
        self.completed.emit()
        self._ask_lists()

    def editor(self, name: str) -> Editor:
        """The editor of a field, built now if it must be."""
        if name != FIRST:
            self.complete()
        return super().editor(name)

    def names(self) -> tuple[str, ...]:
        """Every field, in order."""
        self.complete()
        return super().names()

    def values(self) -> dict[str, object]:
        """What the fields hold, with the children's names in words as `child_words`."""
        self.complete()
        words = self.editor("children").words()  # type: ignore[attr-defined]  # declared so in `fields`
        return super().values() | {"child_words": words}

    def show_field(self, name: str, shown: bool) -> None:
        """Show or hide a field, if the form has it."""
        if name in self._boxes:
            super().show_field(name, shown)

    def focus_field(self, name: str) -> None:
        """The keyboard into that field."""
        if name and name != FIRST:
            self.complete()
        super().focus_field(name)

    # -- as a whole ----------------------------------------------------------------------------------------------------

    def fill(self, values: Mapping[str, object]) -> None:
        """Show these values as unchanged, with the lists of their day."""
        if not self.is_complete:
            self._filled = values
            self.set_values({FIRST: values.get(FIRST)})
            return
        self.set_values(values)
        self.show_all_of_it()

    def put_back(self, content: Mapping[str, object]) -> None:
        """Show what a draft kept, as changed."""
        self.complete()
        self.restore(content)
        self.show_all_of_it()

    def show_all_of_it(self) -> None:
        """Bring lists, ticks and hidden fields in step with the values."""
        dated = any(not self.editor(name).is_empty() for name in ("taken_on", "started_at"))
        with laid_out_once(self):
            self._show_times(self._always_dated or dated)
            self._follow_day(always=True)
            fields.follow_name(self)
            fields.follow_clock_change(self, self.today())

    def hold(self, held: bool) -> None:
        """Nothing can be typed while what stands here is on its way; afterwards the keyboard is where it was."""
        if held:
            self._held_in = next((name for name in self.names() if self.editor(name).keys.hasFocus()), "")
        self.setEnabled(not held)
        if not held:
            self.focus_field(self._held_in)

    def ask_when(self) -> None:
        """Ask for day and time."""
        self.complete()
        self._show_times(True)
        self.focus_field("taken_on")

    def order_tabs(self, after: Sequence[QWidget] = ()) -> None:
        """Tab goes in the order one reads: field by field, what stands below the caller in its place, then `after`."""
        chain: list[QWidget] = []
        for name, box in self._boxes.items():
            if name == "phone" and self._beside is not None:
                chain += self._beside.findChildren(QAbstractButton)
            chain += box.editor.stops
        chain += after
        for before, behind in pairwise(chain):
            QWidget.setTabOrder(before, behind)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _show_times(self, shown: bool) -> None:
        for name in ("taken_on", "started_at"):
            self.show_field(name, shown)
        if not shown:
            self.show_field("later", False)

    def today(self) -> date:
        """The day on the London calendar."""
        return local_day(self._desk.services.clock())

    def _follow(self, name: str) -> None:
        if name == "method":
            direction = fields.direction_of(self.lists, self.editor("method").value())
            if direction:
                self.editor("direction").set_value(direction)
        elif name in (FIRST, "anonymous") and self.is_complete:
            fields.follow_name(self)
        elif name == "caller_kind" and self.editor("caller_kind").value() == fields.ANONYMOUS:
            if self.box.is_empty():
                self.editor("anonymous").set_value(True)
        elif name == "taken_on":
            self._follow_day()
        if name in ("taken_on", "started_at"):
            fields.follow_clock_change(self, self.today())

    def _follow_day(self, *, always: bool = False) -> None:
        day = fields.day_of(self, self.today())
        if self.lists.terms and (always or day != self._offered_on):
            self._offered_on = day
            fields.offer_lists(self, self.lists, day)
            self.editor("organisations").on(day)  # type: ignore[attr-defined]  # declared so in `fields`

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        if Topic.VOCABULARIES in topics and self.is_complete:
            self._ask_lists()

    def _ask_lists(self) -> None:
        services = self._desk.services
        known = self._desk.remembered.get("lists")
        if isinstance(known, Vocabularies) and self._desk.connection.trouble is Trouble.NO_ANSWER:
            QTimer.singleShot(0, self, partial(self._offer, known))  # a call can be taken; asked again when it answers
            return

        def read() -> Vocabularies:
            return services.vocabularies.all()

        self._desk.latest(self, "lists", read, self._offer)

    def _offer(self, lists: Vocabularies) -> None:
        self.lists = self._desk.remembered["lists"] = lists
        self._follow_day(always=True)
        self.lists_came.emit()


def _show(editor: Editor, value: object) -> None:
    editor.set_value(value)
