"""Every word a screen shows, says or explains, and whether what somebody typed stands in it to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAction, QTextDocumentFragment
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from ppsdesk.domain.codes import Reason
from ui.kit.words import without_access_key

TAG = re.compile(r"zq[a-z]{3}")
TURNS = "\u202e"
APART, TOGETHER, BREAK = "\u2068", "\u2069", "\u200b"
# a list says which word of a name was met, and repeats what is typed into its box
_WHY = re.compile(rf"(?:{'|'.join(reason.label for reason in Reason)}): (?:child )?\S+|“zq[a-z]{{3}}”")
_MOST = 400  # rows of a list that are looked at
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.EditRole)


@dataclass(frozen=True, slots=True)
class Words:
    """Words and where they stand. `seen` words are painted; the others are spoken or come up when one points."""

    where: str
    text: str
    seen: bool = True


def shown_in(window: QWidget) -> Iterator[Words]:
    """All words of the window as it stands, as somebody sees or hears them."""
    for widget in (window, *window.findChildren(QWidget)):
        if widget is window or widget.isVisibleTo(window):
            yield from _of(widget)
    for action in window.findChildren(QAction):
        yield Words("action", without_access_key(action.text()))
    yield Words("title of the window", window.windowTitle())


def _of(widget: QWidget) -> Iterator[Words]:
    where = f"{type(widget).__name__} “{widget.accessibleName()[:40]}”"
    yield from (Words(where, text) for text in _painted(widget))
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from (Words(where, text, role == Qt.ItemDataRole.DisplayRole) for role, text in _cells(widget.model()))
    name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    for kind, text in (("name", name), ("name", widget.accessibleName()), ("tooltip", as_pointed_at(widget.toolTip())),
                       ("description", widget.accessibleDescription())):  # fmt: skip
        yield Words(f"{kind} of {where}", text, seen=False)


def _painted(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield without_access_key(widget.text()) if widget.buddy() is not None else widget.text()
    elif isinstance(widget, QAbstractButton):
        yield without_access_key(widget.text())
    elif isinstance(widget, QLineEdit):
        yield from (widget.text(), widget.placeholderText())
    elif isinstance(widget, QPlainTextEdit):
        yield from (widget.toPlainText(), widget.placeholderText())
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (without_access_key(widget.tabText(at)) for at in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield without_access_key(widget.title())


def _cells(model: QAbstractItemModel) -> Iterator[tuple[Qt.ItemDataRole, str]]:
    for row in range(min(model.rowCount(), _MOST)):
        columns = model.columnCount(QModelIndex()) if isinstance(model, QAbstractTableModel) else 1
        for column in range(columns):
            index = model.index(row, column)
            for role in _ROLES:
                if isinstance(text := index.data(role), str):
                    yield role, text
            yield Qt.ItemDataRole.ToolTipRole, as_pointed_at(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))


def as_pointed_at(tooltip: str) -> str:
    """What a tooltip shows, where Qt guesses whether it is markup."""
    return QTextDocumentFragment.fromHtml(tooltip).toPlainText() if GuiQt.mightBeRichText(tooltip) else tooltip


class Values:
    """What was typed, by tag; recognised however its lines are put together on a screen."""

    def __init__(self, raw: Mapping[str, str]) -> None:
        self._patterns = {tag: re.compile(_flexible(value), re.IGNORECASE) for tag, value in raw.items()}
        self._raw = raw

    def not_to_the_letter(self, words: Words) -> list[str]:
        """Values whose tag stands in these words, but not the whole of them."""
        text = _WHY.sub("", words.text.replace(APART, "").replace(TOGETHER, "").replace(BREAK, ""))
        tags = dict.fromkeys(TAG.findall(text))
        return [
            f"{words.where}: {text[:200]!a} does not hold {self._raw[tag]!a}"
            for tag in tags
            if text != tag and not self._patterns[tag].search(text)
        ]

    def turned(self, words: Words) -> bool:
        """Whether a sign that turns the direction of writing reaches words that were not typed with it."""
        if not words.seen or TURNS not in words.text or not self._ours(words.text):
            return False
        depth = 0
        for sign in words.text:
            depth += (sign == APART) - (sign == TOGETHER)
            if sign == TURNS and depth == 0:
                return True
        return depth != 0

    def _ours(self, text: str) -> bool:
        """Whether anything is left without what was typed."""
        text = text.replace(BREAK, "")
        for tag in TAG.findall(text):
            text = self._patterns[tag].sub("", text)
        return any(sign.isalnum() for sign in text)


def _flexible(value: str) -> str:
    lines = (r"\s+".join(re.escape(word) for word in line.split()) for line in value.splitlines())
    return r"(?:,?\s+)".join(lines)


def guessing(window: QWidget) -> list[str]:
    """Labels that may take text for markup, and documents that hold more than plain text."""
    found = [
        f"{type(label).__name__} “{label.text()[:60]}”"
        for label in window.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText
    ]
    found += [type(edit).__name__ for edit in window.findChildren(QTextEdit)]
    others = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window and w.parent() is None]
    return found + [f"{type(other).__name__} over the window" for other in others]
