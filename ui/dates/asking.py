"""What one tells: what happened, which kind, its days, and what lifts a limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.happenings import FactWanted, Happening
from ui.kit.editors import ChoicePicker
from ui.kit.form import Field, Form
from ui.kit.parts import Card, KeyButton, spaced
from ui.kit.still import laid_out_once
from ui.kit.tab_order import tab_in_order
from ui.who.telling import Lifting, day_field, offer_kinds
from ui.who.what_follows import CHOOSE_KIND, DatesTold

CHOOSE = "Choose what happened. Letters find: “draft”, “order”, “letter”."
ANY_DAY = "Type at least one of the days."
NOT_KNOWN = "Not known, or not in the list"
MAY_LIFT = "Something lifts a limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stands in the fields, readable or not: days as they were typed, by name."""

    happening: str
    kind: str = ""
    days: Mapping[str, object] = field(default_factory=dict)
    lifted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """What is still needed, in one sentence, and the field that takes it."""

    words: str
    field: str


class Asking(Card):
    """`edited` follows every key; `clear_wanted` is the button.

    `submitted` is Ctrl+Enter, and Enter where nothing more is to be told: on to the dates.

    A day that another happening asks for too is kept.
    """

    edited = Signal()
    submitted = Signal()
    clear_wanted = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("What is known", parent)
        self.empty = KeyButton("Clear", icon="x").when_pressed(self.clear_wanted.emit)
        self.add_action(self.empty)
        self._today = today
        self._happenings: dict[str, Happening] = {}
        self._exceptions: Mapping[str, str] = {}
        self._shown: Happening | None = None
        self._typed: dict[str, object] = {}  # days by what asks for them: what was typed once is not typed again
        self._happening, self._kind = ChoicePicker(), ChoicePicker()
        # no access keys: the pad, which may be open beside it, has theirs, and Ctrl+F leads here
        fields = [Field("happening", "What happened", self._happening), Field("kind", "Which kind", self._kind)]
        self.form = Form(fields, goal="the dates can be told")
        self.form.show_field("kind", False)
        self.form.edited.connect(self._edited)
        self.form.submitted.connect(self.submitted)
        self.days: Form | None = None
        self._place = QWidget()  # the tree has the days before what lifts them, as they are read
        spaced(QVBoxLayout(self._place), gap="")
        self._place.hide()
        self.lifting = Lifting()
        self.lifting.edited.connect(self.edited)
        self.lifting.submitted.connect(self.submitted)
        # it seldom holds, and its sentences would push the dates out of sight
        self.lift_button = KeyButton(MAY_LIFT, "", "quiet", "plus").when_pressed(self._unfold)
        self.lift_button.hide()
        self.add(self.form)
        self.add(self._place)
        self.add(self.lift_button)
        self.add(self.lifting)

    # -- what is told --------------------------------------------------------------------------------------------------

    @property
    def happening(self) -> Happening | None:
        """What was chosen."""
        return self._happenings.get(self._happening.value())

    def question(self) -> DatesTold | None:
        """What is asked, None while something needed is not there."""
        happening = self.happening
        if happening is None or self.lack() is not None:
            return None
        return DatesTold(
            happening=happening.code, kind=self._kind.value(), facts=self._facts(), lifted=self.lifting.value()
        )

    def lack(self) -> Lack | None:
        """What must come first before there is any date."""
        happening, facts = self.happening, self._facts()
        if happening is None:
            return Lack(CHOOSE, "happening")
        if happening.kinds and not happening.rules and not self._kind.value():
            return Lack(CHOOSE_KIND, "kind")
        for fact in happening.facts:
            if not fact.optional and fact.name not in facts:
                return Lack(f"Needed: {fact.asks}.", fact.name)
        return None if facts else Lack(ANY_DAY, happening.facts[0].name)

    def _facts(self) -> dict[str, date]:
        if self.days is None:
            return {}
        values = {name: self.days.editor(name).value() for name in self.days.names()}
        return {name: value for name, value in values.items() if isinstance(value, date)}

    # -- what it is asked to do ----------------------------------------------------------------------------------------

    def offer(self, happenings: Sequence[Happening], exceptions: Mapping[str, str]) -> None:
        """What can have happened; what was chosen and typed stays."""
        self._happenings = {happening.code: happening for happening in happenings}
        self._exceptions = exceptions
        self._happening.offer([("", ""), *((code, one.title) for code, one in self._happenings.items())])
        self._take()

    def focus_first(self) -> None:
        """Where one begins."""
        self.form.focus_field("happening")

    def focus_field(self, name: str) -> None:
        """The keyboard into that field."""
        self.form.focus_field(name)
        if self.days is not None:
            self.days.focus_field(name)

    def check(self, name: str) -> None:
        """The keyboard into a field that needs something; what cannot be read there is said."""
        self.focus_field(name)
        if self.days is not None and name in self.days.troubles():
            self.days.editor(name).left.emit()

    def clear(self) -> None:
        """Forget everything that was typed."""
        self._typed = {}
        if self.days is not None:
            for name in self.days.names():
                self.days.editor(name).set_value(None)
        self._typed = {}
        self._happening.set_value("")
        self.focus_first()

    def content(self) -> Content:
        """What stands here now."""
        days = self.days.content() if self.days is not None else {}
        return Content(
            happening=self._happening.value(), kind=self._kind.value(), days=days, lifted=self.lifting.value()
        )

    def restore(self, content: Content) -> None:
        """Fill it in."""
        self._happening.set_value(content.happening)
        self._kind.set_value(content.kind)
        if self.days is not None:
            for name, typed in content.days.items():
                self.days.editor(name).restore(typed)
        for code in content.lifted:
            self.lifting.ticks[code].set_value(True)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the last field, Ctrl+Enter in any."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _edited(self, name: str) -> None:
        if name == "happening":
            self._take()
        self.edited.emit()

    def _day_edited(self, name: str) -> None:
        if self._shown is not None and self.days is not None:
            asks = next(fact.asks for fact in self._shown.facts if fact.name == name)
            self._typed[asks] = self.days.editor(name).content()
        self.edited.emit()

    def _take(self) -> None:
        """The fields of what was chosen."""
        happening = self.happening
        if happening == self._shown:
            return
        with laid_out_once(self):
            self._shown = happening
            offer_kinds(self._kind, happening, NOT_KNOWN)
            self.form.show_field("kind", bool(happening and happening.kinds))
            self._build_days(happening.facts if happening else ())
            lifting = happening.exceptions if happening else ()
            self.lifting.offer({code: self._exceptions[code] for code in lifting}, self.lifting.value())
            self._fold()
        if self.days is not None:
            tab_in_order((self.form, self.days, self.lift_button, self.lifting))

    def _fold(self, folded: bool = True) -> None:
        """What lifts a limit is one button while nobody asked for it and nothing is ticked. Enter in the last of the
        fields is left to the card."""
        ticks = self.lifting.ticks
        folded = folded and not self.lifting.value()
        self.lifting.setVisible(bool(ticks) and not folded)
        self.lift_button.setVisible(bool(ticks) and folded)
        days = [self.days.editor(name) for name in self.days.names()] if self.days is not None else []
        fields = [*days, *(() if folded else ticks.values())]
        for field_ in fields:
            field_.enter_moves_on = field_ is not fields[-1]

    def _unfold(self) -> None:
        self._fold(False)
        next(iter(self.lifting.ticks.values())).keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_days(self, facts: Sequence[FactWanted]) -> None:
        if self.days is not None:
            self.days.hide()
            self.days.deleteLater()
            self.days = None
        self._place.setHidden(not facts)
        if not facts:
            return
        some = all(fact.optional for fact in facts)
        days = Form([self._field(fact, some=some) for fact in facts], goal="the dates can be told")
        days.restore({fact.name: self._typed[fact.asks] for fact in facts if fact.asks in self._typed})
        days.edited.connect(self._day_edited)
        days.submitted.connect(self.submitted)
        self.days = days
        box = self._place.layout()
        assert box is not None
        box.addWidget(days)
        days.show()  # at once: the next key may be Enter, which goes on to the first day

    def _field(self, fact: FactWanted, *, some: bool) -> Field:
        hint = "" if not fact.optional else "One of the days is enough." if some else "If there is one."
        return day_field(fact, self._today, hint=hint)
