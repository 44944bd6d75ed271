"""What happened and its days: told anew in the card of a call, or those on record opened there to be corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.errors import DeskError, Invalid
from ppsdesk.domain.happenings import Happening
from ppsdesk.domain.matters import Matter
from ui.kit.desk import Desk
from ui.kit.editors import ChoicePicker
from ui.kit.form import Field, Form
from ui.kit.parts import Bar, Flow, KeyButton, label, spaced
from ui.kit.still import laid_out_once
from ui.kit.tab_order import tab_in_order
from ui.who.matter_words import CHILD, FOR_CHILD, HAPPENING, KIND, KIND_NOT_GIVEN
from ui.who.telling import Lifting, day_field, offer_kinds
from ui.who.what_follows import DatesTold, WhatFollows, lacking

CHOOSE = "Choose what happened. Letters find: “draft”, “order”, “letter”."
CHOOSE_CHILD = "Choose which child the dates are for."


class MatterForm(QWidget):
    """`wanted` carries the matter as it is to be, `closed` when it is away. Escape closes it, and drops what was typed.

    `before` is the matter it was opened with: of version 0 while it is not on record.
    """

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.before: Matter | None = None
        self._offered: dict[str, Happening] = {}
        self._topics: Sequence[str] = ()
        self._names: Mapping[UUID, str] = {}
        self._exceptions: Mapping[str, str] = {}
        self._lifted: tuple[str, ...] = ()
        self._what = ChoicePicker()
        self.what = Form([Field(HAPPENING, "What happened", self._what, required=True)])
        self.what.edited.connect(self._chosen)
        self.what.submitted.connect(self.save)
        self.form = Form([])
        self.lifting = Lifting()
        self.lifting.edited.connect(self._ask)
        self.lifting.submitted.connect(self.save)
        self.follows = WhatFollows(desk, self._today, self)
        self.trouble, self.unsaved = Bar("danger"), Bar("warning")
        self.title = label("", "strong", wrap=True)
        self.save_button = KeyButton("Save the dates", "Ctrl+Enter", icon="check").when_pressed(self.save)
        self.close_button = KeyButton("Close", "Esc", "quiet").when_pressed(self.put_away)
        self._column = QVBoxLayout(self)
        spaced(self._column, gap="s")
        for part in (self.trouble, self.unsaved, self.title, self.what, self.form, self.follows, self.lifting):
            self._column.addWidget(part)
        row = Flow(gap="s")
        row.addWidget(self.save_button)
        row.addWidget(self.close_button)
        self._column.addLayout(row)
        self.hide()

    @property
    def has_unsaved(self) -> bool:
        """Whether it is open with something typed into it."""
        dirty = self.form.dirty or self.what.dirty or self.lifting.value() != self._lifted
        return not self.isHidden() and dirty

    def open_form(self, matter: Matter, offered: Sequence[Happening], exceptions: Mapping[str, str],
                  topics: Sequence[str] = (), names: Mapping[UUID, str] | None = None) -> None:  # fmt: skip
        """Open with what was told. For a matter that is not on record what happened is chosen of those `offered`, and
        its kind follows from the `topics` until one is chosen. `exceptions` are the sentences that lift a limit, by
        code; `names` those of the children of its call: of several, one is chosen."""
        self.before, self._exceptions, self._topics = matter, exceptions, topics
        self._names = names if names is not None and len(names) > 1 else {}
        self._offered = {one.code: one for one in offered}
        self.trouble.clear()
        self.unsaved.clear()
        happening = self._offered.get(matter.happening)
        self.title.setText(f"Correct: {happening.title}" if happening else "Add a date")
        self._what.offer([("", ""), *((one.code, one.title) for one in offered)])
        self.what.set_values({HAPPENING: matter.happening})
        self.what.setHidden(matter.version > 0)
        with laid_out_once(self):
            self._build(happening)
            days = {one.name: matter.facts.get(one.name) for one in happening.facts} if happening else {}
            self.form.set_values({KIND: matter.kind, CHILD: str(matter.child or ""), **days})
            self._offer_lifting(matter.lifted)
            self._lifted = self.lifting.value()
        self.show()
        self._order()
        self._ask()
        if happening is not None and matter.version:
            self.form.focus_field(happening.facts[0].name)
        else:
            self.what.focus_first()

    def know_children(self, names: Mapping[UUID, str]) -> None:
        """The call is about these now: while it is open the list of them follows, and what was typed stays."""
        several = names if len(names) > 1 else {}
        if self.isHidden() or several == self._names:
            return
        typed, here = self.form.content(), next((name for name in self.form.names() if self._has_keys(name)), "")
        self._names = several
        with laid_out_once(self):
            self._build(self._happening)
            self.form.restore({name: typed[name] for name in self.form.names() if name in typed})
        self._order()
        self.form.focus_field(here)

    def save(self) -> None:
        """Tell what is to be kept; a day that cannot be read is told beside it."""
        if self.before is None:
            return
        self.trouble.clear()
        self.unsaved.clear()
        if self._happening is None:
            self.what.show_problems({HAPPENING: CHOOSE})
            return
        child = self._child()
        if troubles := self.form.troubles() | ({CHILD: CHOOSE_CHILD} if self._asks_child and child is None else {}):
            self.refuse(Invalid(troubles))
            return
        self.what.clear_problems()
        self.form.clear_problems()
        told = self._told(self._happening)
        self.wanted.emit(
            replace(
                self.before, child=child if self._names else self.before.child, happening=told.happening,
                kind=told.kind, facts=told.facts, lifted=told.lifted,
            )
        )  # fmt: skip

    def refuse(self, error: DeskError) -> None:
        """It could not be saved: words beside the fields, or above them."""
        if isinstance(error, Invalid):
            self.form.show_problems(error.problems)
        else:
            self.trouble.say(f"Not saved. {error.sentence}", "danger")

    def put_away(self) -> None:
        """Leave it, and what was typed with it."""
        if self.isHidden():
            return
        self.form.set_clean()
        self.follows.ask(None)
        self.before = None
        self.hide()
        self.closed.emit()

    def leave(self, go: Callable[[], None]) -> None:
        """Go away by `go`: at once where nothing is typed, otherwise when the person has said what to do."""
        if not self.has_unsaved:
            go()
            return

        def stay() -> None:
            self.unsaved.clear()
            (self.what if self._happening is None else self.form).focus_first()

        def drop() -> None:
            self.unsaved.clear()
            self.put_away()
            go()

        self.unsaved.say("What you typed into the dates is not saved yet.", "warning")
        self.unsaved.add_button("Stay here", stay, kind="").setFocus(Qt.FocusReason.OtherFocusReason)
        self.unsaved.add_button("Leave it", drop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------------

    @property
    def _happening(self) -> Happening | None:
        return self._offered.get(self._what.value())

    def _today(self) -> date:
        return local_day(self._desk.services.clock())

    def _chosen(self, name: str) -> None:
        """The fields of what was chosen; a day that it asks for too stays, and the child."""
        typed = {name: content for name, content in self.form.content().items() if name != KIND}
        if self._happening is not None and self._happening.kinds:
            typed[KIND] = self._happening.kind_for(self._topics)
        with laid_out_once(self):
            self._build(self._happening)
            self.form.restore(typed)
            self._offer_lifting(self.lifting.value())
        self._order()
        self._ask()

    def _build(self, happening: Happening | None) -> None:
        place = self._column.indexOf(self.form)
        self._column.removeWidget(self.form)
        self.form.hide()
        self.form.deleteLater()
        fields = []
        if happening is not None and self._names:
            fields.append(Field(CHILD, FOR_CHILD, self._child_picker(), required=self._asks_child))
        if happening is not None and happening.kinds:
            kind = ChoicePicker()
            offer_kinds(kind, happening, KIND_NOT_GIVEN)
            fields.append(Field(KIND, "Which kind", kind))
        fields += [day_field(fact, self._today) for fact in happening.facts] if happening is not None else []
        self.form = Form(fields)
        self.form.submitted.connect(self.save)
        self.form.edited.connect(self._ask)
        for fact in happening.facts if happening is not None else ():
            self.form.editor(fact.name).left.connect(self.follows.speak)
        self._column.insertWidget(place, self.form)
        self.form.show()

    def _has_keys(self, name: str) -> bool:
        return self.form.editor(name).keys.hasFocus()

    @property
    def _asks_child(self) -> bool:
        """What is added to a call about several children is for one of them; what is on record may be for none."""
        return bool(self._names) and self.before is not None and not self.before.version

    def _child_picker(self) -> ChoicePicker:
        picker = ChoicePicker()
        picker.offer([("", ""), *((str(key), name) for key, name in self._names.items())])
        return picker

    def _child(self) -> UUID | None:
        code = self.form.editor(CHILD).value() if CHILD in self.form.names() else ""
        return UUID(str(code)) if code else None

    def _order(self) -> None:
        tab_in_order((self.what, self.form, self.lifting, self.save_button, self.close_button), at=self)

    def _offer_lifting(self, ticked: Sequence[str]) -> None:
        codes = self._happening.exceptions if self._happening is not None else ()
        self.lifting.offer({code: self._exceptions.get(code, code) for code in codes}, ticked)

    def _ask(self, name: str = "") -> None:
        """What follows from what stands here now."""
        told = self._told(self._happening) if self._happening is not None else None
        if told is None or not told.facts or lacking(self._offered[told.happening], told.kind, told.facts)[1]:
            told = None
        self.follows.ask(told)

    def _told(self, happening: Happening) -> DatesTold:
        """What can be read. What lifts a limit and cannot be ticked here stays as it was told."""
        values = {name: self.form.editor(name).value() for name in self.form.names()}
        held = () if self.before is None else (c for c in self.before.lifted if c not in self.lifting.ticks)
        return DatesTold(
            happening=happening.code,
            kind=str(values.get(KIND) or ""),
            facts={name: value for name, value in values.items() if isinstance(value, date)},
            lifted=tuple(sorted({*held, *self.lifting.value()})),
        )
