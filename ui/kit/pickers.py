"""Lists to choose one thing from. Typing letters finds; nothing is picked by scrolling past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QListView, QSizePolicy, QWidget

from ppsdesk.domain.codes import Code
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from ui.kit.editor import Editor
from ui.kit.matching import found_by

Choice = tuple[str, str]  # stored code, words shown
NO_LONGER = "(no longer offered)"


class Choices(QComboBox):
    """A drop-down list whose letters search code and words, not only the first word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = self._early = ""
        self._since = QElapsedTimer()
        view = QListView(self)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setView(view)
        self.setMaxVisibleItems(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over a closed list scrolls the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters find, Delete empties, the rest is as everywhere."""
        text = event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if text and text.isprintable() and held & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # a key of the window, no letter to find by
        elif text and text.isprintable() and not held and (text != " " or self._searching()):
            self._search(text)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.itemData(0) == "":
            self.setCurrentIndex(0)
        else:
            super().keyPressEvent(event)

    def forget_typed(self) -> None:
        """The next letter begins anew."""
        self._since.invalidate()

    def _searching(self) -> bool:
        return self._since.isValid() and self._since.elapsed() < QApplication.keyboardInputInterval() * 2

    def _search(self, text: str) -> None:
        self._typed = self._typed + text if self._searching() else text
        self._since.start()
        rows = [(str(self.itemData(row)), self.itemText(row)) for row in range(self.count())]
        found = found_by(self._typed, rows, key=_both)
        if found:
            self.setCurrentIndex(rows.index(found[0]))
        elif not any(code for code, _ in rows):
            self._early = self._typed

    def catch_up(self) -> bool:
        """Choose what was typed before there was anything to choose from, as while the database opens."""
        early, self._early = self._early, ""
        rows = [(str(self.itemData(row)), self.itemText(row)) for row in range(self.count())]
        found = found_by(early, rows, key=_both) if early and not self.currentData() else []
        if found:
            self.setCurrentIndex(rows.index(found[0]))
        return bool(found)


def _both(choice: Choice) -> Choice:
    return choice


class _Picker(Editor):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = Choices(self)
        self.take_keys(self.box)
        self.box.currentIndexChanged.connect(self._picked)

    def keys_come(self) -> None:
        """Letters typed into the list before are another search."""
        self.box.forget_typed()

    def content(self) -> object:
        """The stored code, "" for none."""
        return self._code()

    def _code(self) -> str:
        return str(self.box.currentData() or "")

    def _offer(self, choices: Sequence[Choice]) -> None:
        """Other entries; what was chosen stays chosen, and nothing is announced as edited."""
        chosen = self._code()
        self.box.blockSignals(True)
        self.box.clear()
        for code, words in choices:
            self.box.addItem(words, code)
        self._choose(chosen)
        caught_up = self.box.catch_up()
        self.box.blockSignals(False)
        self.box.update()
        if caught_up:
            self.edited.emit()

    def _choose(self, code: str) -> None:
        self.box.setCurrentIndex(self.box.findData(code))

    def _picked(self) -> None:
        self.edited.emit()


class CodePicker(_Picker):
    """One of the program's own codes; with `empty`, an empty entry before them."""

    def __init__(self, codes: type[Code], parent: QWidget | None = None, *, empty: bool = False) -> None:
        super().__init__(parent)
        self._codes = codes
        entries = [(code.value, code.label) for code in codes]
        self._offer([("", ""), *entries] if empty else entries)
        if self.box.currentIndex() < 0:
            self.box.setCurrentIndex(0)

    def value(self) -> Code | None:
        """The code, or None for the empty entry."""
        return self._codes(self._code()) if self._code() else None

    def set_value(self, value: object) -> None:
        """Choose the code."""
        self._choose(str(value or ""))

    def content(self) -> object:
        """The stored value."""
        return self._code()


class ChoicePicker(_Picker):
    """One of some entries given as stored code and words, in their order."""

    def offer(self, choices: Sequence[Choice]) -> None:
        """The entries to choose from; what was chosen stays chosen if it is among them."""
        self._offer(choices)

    def value(self) -> str:
        """The stored code, "" for none."""
        return self._code()

    def set_value(self, value: object) -> None:
        """Choose the entry."""
        self._choose(str(value or ""))


class TermPicker(_Picker):
    """One term of a list, or none. A stored term that is no longer offered stays, and says so."""

    def __init__(self, vocabulary: Vocabulary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.vocabulary = vocabulary
        self._terms = Offered()
        self._offer([("", "")])

    def offer(self, terms: Sequence[Term], on: date | None = None) -> None:
        """The terms to choose from. Those that are not offered on that day are there because the record has them."""
        self._terms.take(terms, on)
        self._refill(self._code())

    def value(self) -> TermCode | None:
        """The stored code, or None."""
        return TermCode(self._code()) if self._code() else None

    def set_value(self, value: object) -> None:
        """Choose the term; a code that is not offered is added and marked."""
        code = str(value or "")
        if self.box.findData(code) < 0:
            self._refill(code)
        self._choose(code)

    def _refill(self, keeping: str) -> None:
        entries = [(str(term.code), self._terms.words(term.code)) for term in self._terms.terms]
        if keeping and keeping not in dict(entries):
            entries.append((keeping, self._terms.words(keeping)))
        self._offer([("", ""), *entries])


class Offered:
    """The terms of a list as offered for a record, with words for those that no longer are."""

    def __init__(self) -> None:
        self.terms: tuple[Term, ...] = ()
        self._on: date | None = None
        self._seen: dict[str, str] = {}

    def take(self, terms: Sequence[Term], on: date | None) -> None:
        """Offer these from now on; what was offered before keeps its words."""
        self.terms, self._on = tuple(terms), on
        self._seen |= {str(term.code): term.shown for term in terms}

    def words(self, code: str) -> str:
        """Words for a code; marked when the list does not offer it (any more)."""
        words = self._seen.get(code, code)
        return words if self._offers(code) else f"{words} {NO_LONGER}"

    def open_terms(self) -> tuple[Term, ...]:
        """Those that may be newly chosen."""
        return tuple(term for term in self.terms if self._offers(term.code))

    def _offers(self, code: str) -> bool:
        term = next((term for term in self.terms if term.code == code), None)
        return term is not None and (self._on is None or term.offered_on(self._on))
