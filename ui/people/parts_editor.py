"""A short list one edits in place, in a form: phones and e-mails, addresses. Each part has its own few fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.buttons import KeyButton
from ui.kit.editor import Editor
from ui.kit.flow import Flow
from ui.kit.tab_order import tab_in_order
from ui.kit.theme import current, theme_box
from ui.kit.words import WrappedLabel, label, spaced


@dataclass(frozen=True, slots=True)
class PartField:
    """One field of a part: name, label, editor, width in pixels at 100 % text; `blank` is what an empty part holds."""

    name: str
    words: str
    editor: Editor
    width: int
    blank: object = ""


MakeFields = Callable[[], tuple[PartField, ...]]


class Part(QFrame):
    """One part: its fields beside each other, wrapping; taken out it stays as one line until all is saved."""

    edited = Signal()
    submitted = Signal()
    left = Signal()

    def __init__(self, thing: str, fields: tuple[PartField, ...], key: UUID, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, self.thing = key, thing
        self.removed = False
        self.fields = {field.name: field for field in fields}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        spaced(column, around=("", "", "", "s"), gap="xs")
        self._inner = QWidget()
        flow = Flow(self._inner, gap="s")
        for field in fields:
            flow.addWidget(_Labelled(field))
            field.editor.edited.connect(self.edited)
            field.editor.submitted.connect(self.submitted)
            field.editor.left.connect(self.left)
        self.remove = KeyButton("Take out", kind="quiet", icon="x").when_pressed(self._remove)
        flow.addWidget(_Labelled(PartField("", "", _Holder(self.remove), 0)))
        self._gone = QWidget()
        gone = Flow(self._gone, gap="s")
        self._gone_words = WrappedLabel("", "muted")
        self.put_back = KeyButton("Put back", kind="quiet", icon="undo-2").when_pressed(self._put_back)
        gone.addWidget(self._gone_words)
        gone.addWidget(self.put_back)
        column.addWidget(self._inner)
        column.addWidget(self._gone)
        self._gone.hide()

    def number(self, place: int) -> None:
        """Names for those who listen: "Phone or e-mail 2: number or address"."""
        for field in self.fields.values():
            field.editor.keys.setAccessibleName(f"{self.thing} {place}: {field.words.lower()}")
        self.remove.setAccessibleName(f"Take out {self.thing.lower()} {place}")
        self.put_back.setAccessibleName(f"Put back {self.thing.lower()} {place}")

    def values(self) -> dict[str, object]:
        """What its fields hold."""
        return {name: field.editor.value() for name, field in self.fields.items()}

    def content(self) -> dict[str, object]:
        """What stands in it, as plain JSON values."""
        held = {name: field.editor.content() for name, field in self.fields.items()}
        return {**held, "key": str(self.key), "removed": self.removed}

    def restore(self, content: Mapping[str, object]) -> None:
        """Put that back."""
        for name, field in self.fields.items():
            if name in content:
                field.editor.restore(content[name])
        self._take_out(bool(content.get("removed")))

    def is_blank(self, telling: tuple[str, ...]) -> bool:
        """Whether nothing stands in the fields that make it one."""
        return all(self.fields[name].editor.is_empty() for name in telling)

    def trouble(self) -> str:
        """The first sentence about what cannot be read."""
        return next((t for field in self.fields.values() if (t := field.editor.trouble())), "")

    def focus_first(self) -> None:
        """The keyboard into its first field."""
        first = self.put_back if self.removed else next(iter(self.fields.values())).editor.keys
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        self._take_out(True)
        self.put_back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _put_back(self) -> None:
        self._take_out(False)
        self.focus_first()
        self.edited.emit()

    def _take_out(self, removed: bool) -> None:
        self.removed = removed
        self._inner.setHidden(removed)
        self._gone.setHidden(not removed)
        said = next((str(f.editor.content()) for f in self.fields.values() if not f.editor.is_empty()
                     and isinstance(f.blank, str) and f.width >= 200), self.thing)  # fmt: skip
        self._gone_words.setText(f"{' '.join(said.split())[:60]} will be taken out when you save.")


class PartsEditor(Editor):
    """The parts as a tuple of records, in order.

    `make` builds a part's fields, `read` makes a record of a key and values, `shows` the values of a record. `telling`
    are the fields without which a part is not kept. `begins` are the buttons that add one: words to values.
    """

    enter_moves_on = False

    def __init__(
        self,
        thing: str,
        make: MakeFields,
        *,
        read: Callable[[UUID, dict[str, object]], object],
        shows: Callable[[object], dict[str, object]],
        telling: tuple[str, ...],
        begins: Mapping[str, Mapping[str, object]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._thing, self._make, self._read, self._shows, self._telling = thing, make, read, shows, telling
        self._parts: list[Part] = []
        whole = QWidget()
        column = QVBoxLayout(whole)
        spaced(column, gap="xs")
        self._column = QVBoxLayout()
        spaced(self._column, gap="xs")
        column.addLayout(self._column)
        row = Flow(gap="xs")
        self._add = [self._adding(words, values) for words, values in begins.items()]
        for button in self._add:
            row.addWidget(button)
        column.addLayout(row)
        self._row.addWidget(whole, 1)

    @property
    def keys(self) -> QWidget:
        """The first field of the first part, or the button that adds one."""
        first = next((part for part in self._parts if not part.removed), None)
        return next(iter(first.fields.values())).editor.keys if first else self._add[0]

    def name(self, name: str, words: str, description: str = "") -> None:
        """Each field has its own; the whole has a name as a group."""
        self.setObjectName(name)
        self.setAccessibleName(words)

    def parts(self) -> tuple[Part, ...]:
        """What is there, taken out or not."""
        return tuple(self._parts)

    def add(self, values: Mapping[str, object], key: UUID | None = None) -> Part:
        """One more part."""
        part = Part(self._thing, self._make(), key or uuid4(), self)
        for name, value in values.items():
            part.fields[name].editor.set_value(value)
        part.edited.connect(self.edited)
        part.submitted.connect(self.submitted)
        part.left.connect(self.left)
        self._parts.append(part)
        self._column.addWidget(part)
        tab_in_order((*self._parts, *self._add), at=self)
        if self.isVisible():
            part.show()  # at once: the keyboard may be sent into it
        part.number(len(self._parts))
        return part

    def value(self) -> tuple[object, ...]:
        """The records of the parts that stay and say something."""
        kept = [part for part in self._parts if not part.removed and not part.is_blank(self._telling)]
        return tuple(self._read(part.key, part.values()) for part in kept)

    def set_value(self, value: object) -> None:
        """Show these records."""
        self._clear()
        for record in value if isinstance(value, tuple) else ():
            self.add(self._shows(record), record.key)

    def content(self) -> object:
        """Every part as plain JSON values."""
        return [part.content() for part in self._parts if part.removed or not part.is_blank(self._telling)]

    def restore(self, content: object) -> None:
        """What `content` gave."""
        self._clear()
        for held in content if isinstance(content, list) else ():
            self.add({}, UUID(held["key"])).restore(held)

    def is_empty(self) -> bool:
        """Nothing that would be kept."""
        return not self.content()

    def trouble(self) -> str:
        """The first sentence about a part that cannot be read."""
        return next((t for part in self._parts if not part.removed and (t := part.trouble())), "")

    def set_wrong(self, wrong: bool) -> None:
        """The words under the list say it: which field it is only they know."""

    def _adding(self, words: str, values: Mapping[str, object]) -> KeyButton:
        def begin() -> None:
            self.add(values).focus_first()
            self.edited.emit()

        return KeyButton(words, kind="quiet", icon="plus").when_pressed(begin)

    def _clear(self) -> None:
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []


class _Labelled(QWidget):
    """A field with its name above it, as wide as it was declared."""

    def __init__(self, field: PartField) -> None:
        super().__init__()
        self._field = field
        column = QVBoxLayout(self)
        spaced(column, gap="")
        words = label(field.words, "caption")
        column.addWidget(words)
        column.addWidget(field.editor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._fit()
        theme_box().changed.connect(self._fit)

    def _fit(self) -> None:
        if self._field.width:
            self.setFixedWidth(round(self._field.width * current().scale))


class _Holder(Editor):
    """A button in the place of an editor."""

    def __init__(self, button: QWidget) -> None:
        super().__init__()
        self._row.addWidget(button)
