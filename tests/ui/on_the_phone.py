"""Somebody who takes calls: knows whom they mean, types as people do, and goes by what stands on the screen.

Everything is done by key events to the window that is shown. What is known of the caller are words (name, town,
children, phone); a row or a chip is taken when its words say that, never by the key of a record. Where the program
is waited for it is only to be in step with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ppsdesk.domain.calls import Call
from ppsdesk.domain.people import NewPerson
from ppsdesk.domain.phones import digits
from tests.invented import slipped
from tests.keystrokes.hand import Hand
from tests.ui.look_alikes import LookAlikes, Ringing
from ui.calls.kept_keys import KeptKeys
from ui.calls.pad import CallPad
from ui.joined import JoinedWindow
from ui.kit.popup_list import PopupList
from ui.who.people_finder import PeopleFinder

TOPICS = ("annual rev", "transp", "ehcna", "suspen", "draft pl")
TRIES = 12  # until somebody gives a row up
_CHILD = re.compile(r"([\w’'-]+) \((\d+)\)")
_CHIP = re.compile(r"(?:(\d) )?(.+) \((.+)\)")
Fits = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """One call as it is meant. `changed_from` is whom the caller was taken for at first."""

    caller: Ringing
    about: tuple[NewPerson, ...]
    changed_from: Ringing | None = None


@dataclass
class Tally:
    """What happened over all calls."""

    calls: int = 0
    corrections: int = 0
    too_early: int = 0
    changed: int = 0
    parked: int = 0
    strays: int = 0  # children chosen that nobody had chosen for this caller
    wrong: list[str] = field(default_factory=list)

    def words(self, keys: int) -> str:
        """One line."""
        return (
            f"{self.calls} calls, {keys} keys, {self.corrections} corrections, Enter too early {self.too_early} times, "
            f"caller changed {self.changed} times, parked {self.parked} times, wrong = {len(self.wrong)}"
        )


class OnThePhone:
    """Takes calls in a window; the same calls in the same way for the same seed, but for the machine's own speed."""

    def __init__(self, window: JoinedWindow, qtbot: QtBot, known: LookAlikes, seed: int) -> None:
        self.window, self.known = window, known
        self.hand = Hand(qtbot)
        self.tally = Tally()
        self._random = Random(seed)
        self._logged: list[int] = []
        window.pads.logged.connect(self._logged.append)

    @property
    def pad(self) -> CallPad:
        """The call that is being written."""
        return self.window.pad

    def next_call(self) -> Meant:
        """Somebody rings, about one child, several, or none in particular."""
        caller = self._random.choice(self.known.callers)
        children = caller.mine or caller.others
        how_many = self._random.choices((0, 1, len(children)), (1, 7, 2))[0]
        about = tuple(child for child in children if child in self._random.sample(children, how_many))
        before = self._random.choice(self.known.callers) if self._sometimes(0.15) else None
        return Meant(caller=caller, about=about, changed_from=before if before is not caller else None)

    def take(self, call: Meant, *, may_park: bool = True) -> None:
        """From F8 to the saved call; what is on record then is compared with what was meant."""
        self._press("F8")
        if call.changed_from is not None:
            self._begin_with_another(call.changed_from)
        self._choose(call.caller, may_park=may_park)
        self._park(may_park, 0.06)
        self._choose_children(call)
        self._park(may_park, 0.06)
        self._write_the_rest()
        before = len(self._logged)
        self._press("Ctrl+Return")
        self.hand.wait(lambda: len(self._logged) > before or bool(self.pad.question.text))
        if len(self._logged) == before:
            self._press("Ctrl+Return")  # something unlikely, which is so
            self.hand.wait(lambda: len(self._logged) > before)
        self.tally.calls += 1
        self._compare(call, self.window.desk.services.calls.get(self._logged[-1]))

    # -- who it is -----------------------------------------------------------------------------------------------------

    def _begin_with_another(self, other: Ringing) -> None:
        """Taken for somebody else, with a child chosen already."""
        self._choose(other, may_park=False)
        if other.mine and self._sometimes(0.5):
            self._look_at_chips()
            self._press_digit_of(other.mine[0])
        self._press("Alt+L", "Backspace")
        self.tally.changed += 1
        self.tally.corrections += 1

    def _choose(self, caller: Ringing, *, may_park: bool) -> None:
        box = self.pad.form.box
        for clue in self._clues(caller):
            self._type_anew(box.line, clue)
            if self._park(may_park, 0.05):
                self._type_anew(box.line, clue)  # it counts as somebody new meanwhile, and says so
            if self._sometimes(0.15):
                if self._enter_too_early(caller):
                    return
                assert box.line.hasFocus(), f"Enter took what nobody had read: {self._state()}"
                self._type_anew(box.line, clue)
            if self._take_row(box.finder, self._says(caller), self._on_record):
                return
        raise AssertionError(f"{caller.who.name} is not found, whatever is typed.")

    def _clues(self, caller: Ringing) -> Iterator[str]:
        """What is typed: something of what they say, and if that is not enough the number they ring from."""
        who, random = caller.who, self._random
        given, family = who.given_names, who.family_name
        phone = who.contacts[0].value
        ways = [
            family[: random.randint(4, 7)],
            f"{given} {family[: random.randint(3, 6)]}",
            f"{family} {given}",
            f"{family.lower()}, {given.lower()}",
            digits(phone)[-random.randint(4, 6) :],
            f"{slipped(family, random)} {given}",
            f"{given} {family} {who.addresses[0].town}",
        ]
        if caller.mine:
            ways.append(f"{random.choice(caller.mine).given_names} {family}")
        yield from random.sample(ways, 2)
        yield from (phone, f"0044{digits(phone)[1:]}")

    def _says(self, caller: Ringing) -> Fits:
        """Whether a row says this caller: name, town or age, children with their ages; where somebody else is the same
        in all of that, also the phone they were found by."""
        expected = self.known.named(caller.mine) if caller.who not in caller.mine else frozenset()
        says = (*caller.says, "phone: ") if caller.double else caller.says

        def fits(words: str) -> bool:
            name, _, rest = words.partition(", ")
            children = frozenset(_CHILD.findall(rest))
            return name == caller.who.name and children == expected and all(one in rest for one in says)

        return fits

    def _enter_too_early(self, caller: Ringing) -> bool:
        """Enter before anything was read; then a look at who stands there. Whether it is who was meant."""
        self.tally.too_early += 1
        self._let_pass(self._random.randint(0, 60))
        self._press("Return")
        self._let_pass(30)
        self.hand.wait(self._fields_are_there)
        if not self._on_record():
            return False
        if self._is_shown(caller):
            return True
        self._press("Alt+L", "Backspace")
        self.tally.corrections += 1
        return False

    def _on_record(self) -> bool:
        box = self.pad.form.box
        return box.chip.isVisible() and box.chip.text() == "On record"

    def _is_shown(self, caller: Ringing) -> bool:
        """The name in the box, the phone and the children beside it are those of the caller."""
        self._look_at_chips()
        form = self.pad.form
        phone = digits(form.editor("phone").keys.text())
        return form.box.line.text() == caller.who.name and phone == digits(caller.who.contacts[0].value)

    def _fields_are_there(self) -> bool:
        kept = self.pad.form.findChild(KeptKeys)
        assert kept is not None
        return kept.is_idle

    def _state(self) -> str:
        """Where one stands, for whoever looks into a failure."""
        box, finder, focus = self.pad.form.box, self.pad.form.box.finder, QApplication.focusWidget()
        there = focus.accessibleName() if focus is not None else "nowhere"
        answers = finder.list.answers if finder.list is not None else None
        chip = box.chip.text() if box.chip.isVisible() else ""
        return f"keyboard in {there}, box {box.line.text()!r} {chip!r}, list open {finder.is_open()} for {answers!r}"

    # -- the list ------------------------------------------------------------------------------------------------------

    def _take_row(self, finder: PeopleFinder, fits: Fits, taken: Callable[[], bool]) -> bool:
        """Look for the one row that says who is meant, go to it, press Enter; False if the words do not tell."""
        for _ in range(TRIES):
            popup = self._read(finder)
            rows = [row for row, words in enumerate(_words(popup)) if fits(words)]
            if len(rows) != 1:
                if popup.answers == finder.text():
                    return False
                continue
            steps = rows[0] - popup.marked()
            self._press(*["Down" if steps > 0 else "Up"] * abs(steps))
            if not fits(popup.spoken()):
                continue  # another list came while the hand was on its way
            self._let_pass(self._random.choice((0, 0, 20, 90)))  # from the eye to the finger
            self._press("Return")
            self._let_pass(10)
            if taken():
                return True
            self._let_pass(150)  # a second look
            self.hand.wait(self._fields_are_there)
            if taken():
                return True
        return False

    def _read(self, finder: PeopleFinder) -> PopupList:
        """The list, mostly that of everything typed; sometimes one reads that of a moment ago."""
        if not finder.is_open():
            self._press("Down") if self._sometimes(0.2) else None
            self.hand.wait(finder.is_open)
        assert finder.list is not None
        if not self._sometimes(0.25):
            self.hand.wait(lambda: finder.list is not None and finder.list.answers == finder.text())
        return finder.list

    # -- children ------------------------------------------------------------------------------------------------------

    def _choose_children(self, call: Meant) -> None:
        children = self.pad.form.editor("children")
        if not children.line.hasFocus():
            self._press("Alt+I")
        if self._sometimes(0.1):
            self._type("1")  # before the chips are there
        self._look_at_chips()
        if not call.about:
            self._press("0") if not children.field.no_child.isChecked() else None
        for child in call.about:
            if child in call.caller.mine:
                self._slip_on_a_digit(child)
                self._press_digit_of(child)
            else:
                self._look_for_child(child)
        self._look_over(call)

    def _look_at_chips(self) -> None:
        self.hand.wait(lambda: self.pad.people.before is not None)

    def _press_digit_of(self, child: NewPerson) -> None:
        """The digit of the chip that says this child, unless it is chosen."""
        chips = [
            chip for chip in self.pad.form.editor("children").field.chips() if self._is_chip_of(child, chip.text())
        ]
        if len(chips) == 1 and not chips[0].isChecked():
            self._type(chips[0].text()[0])

    def _slip_on_a_digit(self, child: NewPerson) -> None:
        """A neighbour's digit, seen and taken back."""
        chips = [
            chip
            for chip in self.pad.form.editor("children").field.chips()
            if not chip.isChecked() and not self._is_chip_of(child, chip.text())
        ]
        if chips and self._sometimes(0.1):
            digit = self._random.choice(chips).text()[0]
            self._type(digit)
            self._press(self._random.choice((digit, "Backspace")) if len(chips) > 1 else digit)
            self.tally.corrections += 1

    def _is_chip_of(self, child: NewPerson, words: str) -> bool:
        match = _CHIP.fullmatch(words)
        if match is None or match[2] != child.name:
            return False
        born = child.born_on
        assert born is not None
        true = {str(self.known.age(child)), f"born {born.day} {born:%b} {born.year}"}
        facts = match[3].split(", ")
        mothers = {f"mother {name}" for name in self.known.adults[child.key]}
        return all(fact in true for fact in facts if not fact.startswith("mother ")) and all(
            fact in mothers for fact in facts if fact.startswith("mother ")
        )

    def _look_for_child(self, child: NewPerson) -> None:
        """By name, in the list of children."""
        children = self.pad.form.editor("children")
        adults = self.known.adults[child.key]

        def fits(words: str) -> bool:
            return words.startswith(f"{child.name}, {self.known.age(child)}") and all(one in words for one in adults)

        ways = (child.given_names, f"{child.family_name} {child.given_names[:2]}", child.name)
        for clue in (self._random.choice(ways), child.name, f"{child.name} {child.addresses[0].town}"):
            self._type_anew(children.line, clue)
            if self._take_row(children.finder, fits, lambda: not children.line.text()):
                return
        raise AssertionError(f"{child.name} is not found, whatever is typed.")

    def _look_over(self, call: Meant) -> None:
        """A last look at the chips: who is chosen and is not meant is taken back."""
        field_ = self.pad.form.editor("children").field
        for chip in field_.chips():
            meant = any(self._is_chip_of(child, chip.text()) for child in call.about)
            if chip.isChecked() and not meant:
                mine = any(self._is_chip_of(child, chip.text()) for child in call.caller.mine)
                self.tally.strays += not mine
                self.tally.corrections += 1
                self._type(chip.text()[0])

    # -- the rest ------------------------------------------------------------------------------------------------------

    def _write_the_rest(self) -> None:
        form = self.pad.form
        if form.editor("caller_kind").is_empty():
            self._press("Alt+K")
            self._type("par")
        self._press("Return")
        if QApplication.focusWidget() is not form.editor("topics").keys:
            self._press("Alt+T")
        self._type(self._random.choice(TOPICS))
        self._press("Return")

    def _park(self, may_park: bool, how_often: float) -> bool:
        """A second call, taken and saved, and back to the first; whether it was so."""
        if not may_park or not self._sometimes(how_often) or not self.pad.has_unsaved:
            return False
        first = self.pad
        self._press("Ctrl+Shift+P")
        self.tally.parked += 1
        self.take(self.next_call(), may_park=False)
        self._press("Ctrl+Tab")
        assert self.pad is first
        return True

    def _compare(self, call: Meant, saved: Call) -> None:
        meant = (call.caller.who.key, {child.key for child in call.about}, not call.about)
        kept = (saved.caller, set(saved.children), saved.not_one_child)
        if kept != meant or saved.caller_name != call.caller.who.name:
            names = ", ".join(child.name for child in call.about) or "no child"
            self.tally.wrong.append(
                f"meant {call.caller.who.name} about {names}, kept {saved.caller_name} about {saved.child_name}"
            )

    # -- fingers -------------------------------------------------------------------------------------------------------

    def _type_anew(self, line: QLineEdit, text: str) -> None:
        """This text in place of what stands there."""
        if line.text():
            self._press("Ctrl+A", "Backspace")
        self._type(text)

    def _type(self, text: str) -> None:
        for letter in text:
            if letter.isalpha() and self._sometimes(0.03):
                self.hand.type(self._random.choice("aeoprst"))
                self._press("Backspace")
                self.tally.corrections += 1
            self.hand.type(letter)
            if self._sometimes(0.1):
                self._let_pass(self._random.randint(0, 15))

    def _press(self, *keys: str) -> None:
        self.hand.press(*keys)

    def _sometimes(self, how_often: float) -> bool:
        return self._random.random() < how_often

    def _let_pass(self, milliseconds: int) -> None:
        """Time goes by, and what the program was about to do it does."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


def _words(popup: PopupList) -> list[str]:
    """The rows as they read, from the top."""
    model = popup.view.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return [str(row.data(Qt.ItemDataRole.AccessibleTextRole)) for row in rows]
