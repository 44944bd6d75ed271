"""Parts of telling what happened, for whoever asks for it: the kinds, a day, and what lifts a limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ppsdesk.domain.happenings import FactWanted, Happening
from ui.kit.editors import ChoicePicker, DayEditor, TickEditor
from ui.kit.form import Field
from ui.kit.parts import label, no_access_key, spaced
from ui.kit.words import WrappedLabel

LIFTS = "Tick what holds. The limit does not apply then, and no other date takes its place."


def day_field(fact: FactWanted, today: Callable[[], date], *, hint: str = "") -> Field:
    """A day that is asked for, with the days it may be."""
    placeholder = "3/9, fri, +2w" if fact.ahead else "3/9, yest, mon"
    editor = DayEditor(today, ahead=fact.ahead, placeholder=placeholder)
    return Field(fact.name, no_access_key(fact.asks), editor, hint=hint, required=not fact.optional)


def offer_kinds(picker: ChoicePicker, happening: Happening | None, none: str) -> None:
    """Its kinds, what was chosen stays if it is among them; where the rules need none, `none` stands for it."""
    kinds = happening.kinds if happening else ()
    nothing = ("", none if happening and happening.rules else "")
    picker.offer([nothing, *((kind.code, kind.title) for kind in kinds)])
    picker.set_value(picker.value())


class Lifting(QWidget):
    """Sentences to tick, each wrapping where it must: a box of its own would cut it. `submitted` is Ctrl+Enter."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks: dict[str, TickEditor] = {}
        self._box = QVBoxLayout(self)
        spaced(self._box, gap="xs")
        self.hide()

    def value(self) -> tuple[str, ...]:
        """The codes ticked."""
        return tuple(code for code, tick in self.ticks.items() if tick.value())

    def offer(self, sentences: Mapping[str, str], ticked: Sequence[str] = ()) -> None:
        """What there is to tick, by its code; nothing is shown for none."""
        while (item := self._box.takeAt(0)) is not None:
            old = item.widget()
            assert old is not None
            old.hide()
            old.deleteLater()
        self.ticks = {}
        if sentences:
            self._box.addWidget(label("Does one of these hold?", "strong", wrap=True))
            self._box.addWidget(label(LIFTS, "caption", wrap=True))
        for code, sentence in sentences.items():
            tick = TickEditor()
            tick.name(f"lifts_{code}", sentence)
            tick.set_value(code in ticked)
            tick.edited.connect(self.edited)
            tick.submitted.connect(self.submitted)
            self.ticks[code] = tick
            line = _Ticked(tick, sentence)
            self._box.addWidget(line)
            line.show()
        self.setHidden(not sentences)


class _Ticked(QWidget):
    """A box with its sentence; a press on either ticks it."""

    def __init__(self, tick: TickEditor, sentence: str) -> None:
        super().__init__()
        self._tick = tick
        row = QHBoxLayout(self)
        spaced(row, gap="s")
        row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(WrappedLabel(sentence), 1, Qt.AlignmentFlag.AlignVCenter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Anywhere on the sentence."""
        super().mousePressEvent(event)
        self._tick.box.setFocus(Qt.FocusReason.MouseFocusReason)
        self._tick.box.click()
