"""Which children a call is about: numbered chips of the caller's children, and any other child by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.codes import PersonKind
from ppsdesk.domain.families import Tie
from ppsdesk.domain.finding import Found
from ppsdesk.domain.names import split_name
from ppsdesk.domain.people import NAME_LIMIT, NewPerson, Person
from ui.kit.desk import Desk
from ui.kit.editor import Editor
from ui.kit.words import announce, say
from ui.who.child_field import ChildField
from ui.who.child_words import Child, child_found, child_from_json, child_made, child_of_tie, child_to_json, chip_words
from ui.who.found_list import UNREAD
from ui.who.people_finder import PeopleFinder

NO_NAME = "Child on record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Children:
    """Whom a call is about: `keys` of children on record, `new` ones to be put there, or no child in particular.

    `keys` does not hold the keys of `new`; `all_keys` holds both.
    """

    keys: tuple[UUID, ...] = ()
    not_one_child: bool = False
    new: tuple[NewPerson, ...] = ()

    @property
    def all_keys(self) -> tuple[UUID, ...]:
        """What stands in the call once the new ones are on record with it."""
        return (*self.keys, *(person.key for person in self.new))


class ChildChips(Editor):
    """Digits choose and take back, 0 is "not about one child", letters look for any other child; Enter moves on.

    With the line empty Left and Right walk over the chips and Space chooses; Backspace takes back the last. An only
    child is chosen when it is offered, visibly and spoken, and not again once somebody took it back. Children of
    another caller go when that caller does, except those that were looked for by name. `shown` when the chips say
    something else: other children, another choice, a name that was looked up.
    """

    shown = Signal()

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offered: tuple[Child, ...] = ()
        self._others: list[Child] = []
        self._chosen: list[UUID] = []
        self._no_child = False
        self._today: date | None = None
        self._replaced = QElapsedTimer()
        self.field = ChildField(self)
        self.line = self.field.line
        self.field.toggled.connect(self.toggle)
        self.field.no_child_toggled.connect(self.toggle_no_child)
        self.finder = PeopleFinder(
            desk,
            self.field,
            self.line,
            kinds=frozenset({PersonKind.CHILD}),
            last=_last_row,
            parent=self,
        )
        self.finder.taken.connect(self._take)
        self.finder.last_taken.connect(partial(self._take, None))
        self.take_keys(self.line, within=self.field)
        self.line.textEdited.connect(self.finder.typed)
        self.line.textChanged.connect(self.edited)
        self._show_chips()

    # -- what the screen says ------------------------------------------------------------------------------------------

    def offer(self, ties: tuple[Tie, ...], today: date) -> None:
        """The caller's children, in this order; ended ties are left out. An only child is chosen, once."""
        offered = tuple(child_of_tie(tie) for tie in ties if tie.other_kind == PersonKind.CHILD and _holds(tie, today))
        before, now = {child.key for child in self._offered}, {child.key for child in offered}
        if before and now and [child.key for child in offered] != [child.key for child in self._offered]:
            self._replaced.start()
        self._offered, self._today = offered, today
        self._others = [child for child in self._others if child.key not in now]
        kept = [key for key in self._chosen if key not in before - now]
        if len(offered) == 1 and before != now and not kept and not self._no_child:
            kept = [offered[0].key]
            words = chip_words(offered, today)[offered[0].key]
            announce(self.line, f"{words} is chosen, the only child on record.")
        self._become(kept, self._no_child)

    def words(self) -> str:
        """The children's names as they are now, for the record of the call: "Tom Thistledown, Ella Thistledown"."""
        return ", ".join(child.name for child in self._children() if child.key in self._chosen)

    def chosen(self) -> tuple[tuple[UUID, str], ...]:
        """The children chosen and their names, in the order of the chips; as on the chip where two have one name."""
        children = [child for child in self._children() if child.key in self._chosen]
        names = [child.name for child in children]
        on_chips = {chip.key: chip.words for chip in self.field.chips()}
        return tuple(
            (child.key, child.name if names.count(child.name) == 1 else on_chips[child.key]) for child in children
        )

    def toggle(self, key: UUID) -> None:
        """Choose a child of the chips, or take it back."""
        chosen = key not in self._chosen
        self._become([*self._chosen, key] if chosen else [kept for kept in self._chosen if kept != key], False)
        self._say(key, "chosen" if chosen else "not chosen")

    def toggle_no_child(self) -> None:
        """Not about one child, or about one after all."""
        self._become([], not self._no_child)
        announce(self.line, "Not about one child." if self._no_child else "About a child.")

    # -- value ---------------------------------------------------------------------------------------------------------

    def value(self) -> Children:
        """Whom the call is about, in the order of the chips."""
        chosen = [child for child in self._children() if child.key in self._chosen]
        return Children(
            keys=tuple(child.key for child in chosen if child.new is None),
            not_one_child=self._no_child,
            new=tuple(child.new for child in chosen if child.new is not None),
        )

    def set_value(self, value: object) -> None:
        """Show these children; names that are not known here are looked up. None for none."""
        children = value if isinstance(value, Children) else Children()
        self.line.clear()
        self.finder.close()
        known = {child.key for child in self._offered}
        mine = {child.key: child for child in self._others}
        self._others = [mine.get(key, Child(key=key, name=NO_NAME)) for key in children.keys if key not in known]
        self._others += [child_made(person) for person in children.new]
        self._become(list(children.all_keys), children.not_one_child)
        self._look_up_names()

    def content(self) -> object:
        """Chips, choice and half a name."""
        if self.is_empty() and not self.line.text() and not self._others and not self._offered:
            return None
        return {
            "chosen": [str(key) for key in self._chosen],
            "not_one_child": self._no_child,
            "offered": [child_to_json(child) for child in self._offered],
            "others": [child_to_json(child) for child in self._others],
            "typed": self.line.text(),
        }

    def restore(self, content: object) -> None:
        """What `content` gave: the only child is not chosen again over what was decided."""
        kept = content if isinstance(content, dict) else {}
        self.finder.close()
        self._offered = tuple(child_from_json(child) for child in kept.get("offered", ()))
        self._others = [child_from_json(child) for child in kept.get("others", ())]
        self.line.setText(str(kept.get("typed", "")))
        self._become([UUID(key) for key in kept.get("chosen", ())], bool(kept.get("not_one_child")))

    def is_empty(self) -> bool:
        """Nobody chosen, and not said that it is about no child."""
        return not self._chosen and not self._no_child

    def trouble(self) -> str:
        """A name that was typed and not taken."""
        typed = self.line.text().strip()
        if not typed:
            return ""
        return f"“{typed}” is no child chosen. Take one from the list with Enter, or clear it."

    def set_wrong(self, wrong: bool) -> None:
        """Look wrong, or right again."""
        say(self.field, state="wrong" if wrong else "")

    # -- keys ----------------------------------------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """The list's keys, then those of the chips while nothing is typed."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.line.text():
            return self.finder.key(event)
        if held == Qt.KeyboardModifier.NoModifier:
            return self._key_on_digit(event.text()) or self._key_on_chips(event.key())
        return False

    def keys_come(self) -> None:
        """The whole field carries the ring; the chips are spoken."""
        say(self.field, ring="on")
        announce(self.line, self.field.spoken())

    def keys_gone(self) -> None:
        """The list closes, the ring goes."""
        say(self.field, ring="off")
        self.finder.close()
        self.field.point_at(None)

    def _key_on_digit(self, digit: str) -> bool:
        if len(digit) != 1 or digit not in "0123456789":
            return False
        if self._replaced.isValid() and self._replaced.elapsed() < UNREAD:
            return True  # the digit was meant for chips that are no longer there
        children = self._children()
        if digit == "0":
            self.toggle_no_child()
        elif int(digit) <= len(children):
            self.toggle(children[int(digit) - 1].key)
        else:
            announce(self.line, f"There is no child {digit}.")
        return True

    def _key_on_chips(self, key: int) -> bool:
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            words = self.field.walk(-1 if key == Qt.Key.Key_Left else 1)
            announce(self.line, f"{words} Space chooses." if words else "")
        elif key == Qt.Key.Key_Space:
            self.field.press_pointed()
        elif key == Qt.Key.Key_Backspace and self._no_child:
            self.toggle_no_child()
        elif key == Qt.Key.Key_Backspace and self._chosen:
            self.toggle(self._chosen[-1])
        else:
            return False
        return True

    # -- other children ------------------------------------------------------------------------------------------------

    def _take(self, found: Found | None) -> None:
        child = _new_child(self.line.text()) if found is None else child_found(found)
        self.line.clear()
        if child.key not in {each.key for each in self._children()}:
            self._others.append(child)
        self._become([*self._chosen, child.key], False)
        self._say(child.key, "chosen")

    def _look_up_names(self) -> None:
        unknown = tuple(child.key for child in self._others if child.name == NO_NAME and child.new is None)
        services = self._desk.services

        def read() -> dict[UUID, Person]:
            return services.people.get_many(unknown)

        if unknown:
            self._desk.latest(self, "names", read, self._name)

    def _name(self, people: dict[UUID, Person]) -> None:
        self._others = [
            Child(key=child.key, name=people[child.key].name, born_on=people[child.key].born_on)
            if child.key in people
            else child
            for child in self._others
        ]
        self._show_chips()

    # -- what is seen --------------------------------------------------------------------------------------------------

    def _children(self) -> tuple[Child, ...]:
        return (*self._offered, *self._others)

    def _become(self, chosen: list[UUID], no_child: bool) -> None:
        changed = chosen != self._chosen or no_child != self._no_child
        self._chosen, self._no_child = list(dict.fromkeys(chosen)), no_child
        self.finder.leave_out = frozenset(self._chosen)
        self._show_chips()
        if changed:
            self.edited.emit()

    def _show_chips(self) -> None:
        today = self._today or local_day(self._desk.services.clock())
        children = self._children()
        words = chip_words(children, today)
        self.field.show_chips([(child.key, words[child.key]) for child in children])
        self.field.show_choice(frozenset(self._chosen), no_child=self._no_child)
        self.updateGeometry()
        self.shown.emit()

    def _say(self, key: UUID, state: str) -> None:
        words = next((chip.words for chip in self.field.chips() if chip.key == key), "")
        announce(self.line, f"{words} {state}.")


def _holds(tie: Tie, today: date) -> bool:
    return tie.relationship.valid_to is None or tie.relationship.valid_to >= today


def _last_row(text: str) -> str:
    return f"New child “{text}”" if len(text) <= NAME_LIMIT else ""


def _new_child(typed: str) -> Child:
    given, family = split_name(typed)
    return child_made(NewPerson(key=uuid4(), kind=PersonKind.CHILD, given_names=given, family_name=family))
