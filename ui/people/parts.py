"""What the tabs of a record are: cards below each other, shown anew whenever the record was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ppsdesk.domain.families import PersonRecord
from ppsdesk.domain.vocabulary import Vocabularies
from ui.kit.buttons import Chip
from ui.kit.tab_order import tab_in_order
from ui.kit.theme import current, theme_box
from ui.kit.words import WrappedLabel, label, spaced
from ui.people.wording import breakable

_BESIDE = 820  # pixels at 100 % text: less room, and two columns become one


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a tab is given: the record, the lists its codes stand in, and today."""

    record: PersonRecord
    lists: Vocabularies
    today: date


class Tab(QWidget):
    """One tab of a record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        spaced(self.column, gap="m")

    def show_record(self, shown: Shown) -> None:
        """The record as it now is."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """The keyboard to where one begins; nothing where there is nothing to do."""

    def come(self) -> None:
        """The tab was opened."""

    def put_away(self) -> None:
        """The tab was left: what was asked for specially is no longer shown."""

    def minimumSizeHint(self) -> QSize:
        """No height: it is taken from the width."""
        return QSize(super().minimumSizeHint().width(), 0)


class Columns(QWidget):
    """Two columns of cards beside each other, or one where there is less room."""

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QHBoxLayout(self)
        spaced(self._box, gap="m")
        for parts in (left, right):
            column = QVBoxLayout()
            spaced(column, gap="m")
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
            self._box.addLayout(column, 1)
        theme_box().changed.connect(self._turn)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The room may have come or gone."""
        super().resizeEvent(event)
        self._turn()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column, whichever way they stand."""
        items = (self._box.itemAt(place) for place in range(self._box.count()))
        return QSize(max(item.minimumSize().width() for item in items if item is not None), 0)

    def _turn(self) -> None:
        beside = self.width() >= _BESIDE * current().scale
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)


class Facts(QWidget):
    """Names and what they hold, below each other; the name above where there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        spaced(self._grid, gap="xs")
        self._grid.setHorizontalSpacing(current().px("space_l"))
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """These, leaving out what is empty."""
        empty(self._grid)
        for row, (name, words) in enumerate((name, words) for name, words in facts if words):
            quiet, said = label(name, "muted"), WrappedLabel(breakable(words))
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._grid.addWidget(quiet, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, row, 1)


class Lines(QWidget):
    """A few lines, each with a chip before its words, and buttons after them; rebuilt whenever it is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        spaced(self._box, gap="s")

    def show_lines(self, lines: Sequence[QWidget]) -> None:
        """These instead."""
        self.hide()  # lines that come while it is shown are laid out one by one
        empty(self._box)
        for line in lines:
            self._box.addWidget(line)
        tab_in_order(lines, at=self)
        self.setHidden(not lines)


def line(
    words: str, under: str = "", chip: tuple[str, str] | None = None, *buttons: QWidget, quiet: bool = False
) -> QWidget:
    """Words that wrap with a quiet line under them; a chip and at most two buttons at the right."""
    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    row = QHBoxLayout(made)
    spaced(row, gap="s")
    texts = QVBoxLayout()
    spaced(texts, gap="")
    for text, role in ((words, "muted" if quiet else ""), (under, "muted")):
        if text:
            texts.addWidget(WrappedLabel(breakable(text), role))
    row.addLayout(texts, 1)
    beside = QHBoxLayout()
    spaced(beside, gap="s")
    for part in ([Chip(*chip)] if chip else []) + list(buttons):
        beside.addWidget(part)
    row.addLayout(beside)
    row.setAlignment(beside, Qt.AlignmentFlag.AlignTop)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
