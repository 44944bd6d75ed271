"""The list of people under a box: who they are, whose, where, and why each was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractListModel, QElapsedTimer, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ppsdesk.domain.calendar import MONTHS
from ppsdesk.domain.finding import MOST, Found
from ppsdesk.domain.words import count_of
from ui.kit.buttons import SIGNS
from ui.kit.popup_list import Index, PopupList
from ui.kit.suggestions import paint_marked, paint_words
from ui.kit.theme import current
from ui.kit.words import announce, apart

KEYS = "Up, Down choose · Enter takes it · Esc closes"
WIDE = 700  # pixels at 100 % text, where the window has them
UNREAD = 150  # milliseconds: nobody reads a row and answers it with a key in less

_ROW = Qt.ItemDataRole.UserRole
_LAST_CALL = Qt.ItemDataRole.UserRole + 1


def name_of(found: Found) -> str:
    """The name in the row; an anonymous caller has a reference instead."""
    return found.name or f"Anonymous caller {found.reference}"


def last_words(found: Found, today: date | None = None) -> str:
    """ "last call 3 Nov 2026", "last call 3 Nov" in the year of `today`, "" for none."""
    day = found.last_call
    if day is None:
        return ""
    year = "" if today is not None and day.year == today.year else f" {day.year}"
    return f"last call {day.day} {MONTHS[day.month - 1][:3]}{year}"


def why_words(found: Found) -> str:
    """Why it was found: "sounds alike: Smyth · phone: …900 123"."""
    return " · ".join(f"{why.reason.label}: {apart(why.words)}" if why.words else why.reason.label for why in found.why)


def spoken_words(found: Found) -> str:
    """Everything in the row, for those who listen; alerts directly after the name."""
    alerts = [f"alert: {words}" for words in found.alerts]
    parts = (name_of(found), *alerts, found.about, found.town, last_words(found), why_words(found))
    return ", ".join(part for part in parts if part)


class _Rows(QAbstractListModel):
    """People; then, where there are words for it, the row that takes what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: tuple[Found, ...] = ()
        self.last = ""
        self.today: date | None = None

    def show(self, found: Sequence[Found], last: str, today: date | None) -> None:
        self.beginResetModel()
        self.found, self.last, self.today = tuple(found), last, today
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.found) + bool(self.last)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self.found[index.row()] if index.row() < len(self.found) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return name_of(found) if found else self.last
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_words(found) if found else self.last
        if role == _LAST_CALL:
            return last_words(found, self.today) if found else ""
        return found if role == _ROW else None


class _Painter(QStyledItemDelegate):
    """Two lines: name, whose, last call; then alert, town, and why. The last row is one line after a plus."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = current()
        if index.data(_ROW) is None:
            return QSize(100, theme.px("size_row"))
        return QSize(100, 2 * QFontMetrics(theme.font()).lineSpacing() + theme.px("space_s"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        found = index.data(_ROW)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            paint_marked(painter, option.rect)
        room = option.rect.adjusted(theme.px("space_m"), 0, -theme.px("space_m"), 0)
        if isinstance(found, Found):
            half = theme.px("space_xs")
            line = QFontMetrics(theme.font()).lineSpacing()
            upper = QRect(room.left(), room.top() + half, room.width(), line)
            self._upper(painter, upper, found, str(index.data(_LAST_CALL)), chosen)
            self._lower(painter, upper.translated(0, line), found, chosen)
        else:
            self._last(painter, room, str(index.data()), chosen)
        painter.restore()

    def _upper(self, painter: QPainter, room: QRect, found: Found, last: str, chosen: bool) -> None:
        theme = current()
        quiet = "selection_text" if chosen else "muted"
        gap = theme.px("space_m")
        # parts of a pixel are rounded off, and half of one would cut the words
        wide = QFontMetrics(theme.font()).horizontalAdvance(last) + 2
        used = paint_words(painter, room, name_of(found), "selection_text" if chosen else "text", strong=True)
        room = room.adjusted(used + gap, 0, 0, 0)
        # the day gives way before a word of who this is does
        if last and room.width() > wide + gap + QFontMetrics(theme.font()).horizontalAdvance(found.about):
            paint_words(painter, room.adjusted(room.width() - wide, 0, 0, 0), last, quiet)
        paint_words(painter, room, apart(found.about), quiet)

    def _lower(self, painter: QPainter, room: QRect, found: Found, chosen: bool) -> None:
        theme = current()
        quiet = "selection_text" if chosen else "muted"
        if found.alerts:
            tone = "selection_text" if chosen else "warning_text"
            more = f" (+{len(found.alerts) - 1})" if len(found.alerts) > 1 else ""
            side = theme.px("size_icon")
            sign = theme.pixmap(SIGNS["warning"], tone, ratio=painter.device().devicePixelRatio())
            painter.drawPixmap(room.left(), room.center().y() - side // 2 + 1, sign)
            room = room.adjusted(side + theme.px("space_xs"), 0, 0, 0)
            part = QRect(room.left(), room.top(), room.width() * 3 // 5, room.height())
            used = paint_words(painter, part, apart(found.alerts[0]) + more, tone, strong=True)
            room = room.adjusted(used + theme.px("space_m"), 0, 0, 0)
        paint_words(painter, room, " · ".join(part for part in (apart(found.town), why_words(found)) if part), quiet)

    @staticmethod
    def _last(painter: QPainter, room: QRect, words: str, chosen: bool) -> None:
        theme = current()
        tone = "selection_text" if chosen else "accent_ink"
        side = theme.px("size_icon")
        plus = theme.pixmap("plus", tone, ratio=painter.device().devicePixelRatio())
        painter.drawPixmap(room.left(), room.center().y() - side // 2 + 1, plus)
        paint_words(painter, room.adjusted(side + theme.px("space_s"), 0, 0, 0), words, tone)


class FoundList(PopupList):
    """Up to eight people and a last row for what was typed; `taken` carries the `Found`, None for the last row.

    The list knows which text it answers (`answers`). Enter may take the row under the mark only when that is the text
    in the box, and when the row has been there long enough to be read: see `may_take`.
    """

    taken = Signal(object)

    def __init__(self, field: QWidget, hint: str = KEYS) -> None:
        self._rows = _Rows()
        super().__init__(field, self._rows, _Painter(), hint, most=MOST + 1, narrowest=WIDE)
        self.view.setAccessibleName("People found")
        self.answers = ""
        self._changed = QElapsedTimer()
        self.picked.connect(self._picked)

    def show_found(self, answers: str, found: Sequence[Found], last: str = "", *, today: date | None = None) -> None:
        """Open with the people found for that text, the mark on the one it was on, else on the first row.

        Days of the year of `today` are said without the year.
        """
        before = self._under_the_mark() if self.isVisible() else None
        was_open = self.isVisible()
        self.answers = answers
        self._rows.show(found, last, today)
        keys = [_identity(each) for each in found]
        row = keys.index(before) if before in keys else 0
        self.open_at(row)
        if was_open and self._under_the_mark() != before:
            self._changed.start()
        elif not was_open:
            self._changed.invalidate()
        if found or last:
            announce(self._field, f"{count_of(len(found), 'person', 'people')} found. {self.spoken()}")

    def say_nothing_found(self, answers: str, words: str) -> None:
        """Open with these words in place of rows."""
        self.answers = answers
        self._rows.show((), "", None)
        self.open_with(words)

    def is_silent(self) -> bool:
        """Whether it is open without a row to take."""
        return self.isVisible() and not self._rows.rowCount()

    def may_take(self, text: str) -> bool:
        """Whether Enter means the row under the mark: the list answers this very text, and it was not exchanged
        for another row in the moment before the key."""
        return self.marked() >= 0 and self.answers == text and self._settled()

    def move_by(self, step: int) -> None:
        """The mark up or down; who moves it has seen it."""
        self._changed.invalidate()
        super().move_by(step)

    def row(self) -> Found | None:
        """The person under the mark; None for the last row, and for a closed list."""
        at = self.marked()
        return self._rows.found[at] if 0 <= at < len(self._rows.found) else None

    def found(self) -> tuple[Found, ...]:
        """The people in the list, in order."""
        return self._rows.found

    def last(self) -> str:
        """The words of the last row, "" where there is none."""
        return self._rows.last

    def _under_the_mark(self) -> object:
        found = self.row()
        return _identity(found) if found else None

    def _settled(self) -> bool:
        return not self._changed.isValid() or self._changed.elapsed() >= UNREAD

    def _picked(self, row: int) -> None:
        if self._settled():
            self.taken.emit(self._rows.found[row] if row < len(self._rows.found) else None)


def _identity(found: Found) -> object:
    return found.person or found.reference
