"""What a machine can say of a screen: names, words, sizes, keys, what is cut. Each walker returns findings in words.

After the success criteria of WCAG 2.2, applied to programs as WCAG2ICT does; the number stands with each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

from tests.ui.windows import takes_the_keyboard, visible_children
from ui.kit.buttons import KeyButton
from ui.kit.theme import current

LEAST = 24  # pixels, 2.5.8
MARKUP = re.compile(r"<\s*/?\s*[a-z!][^>]*>|&(?:lt|gt|amp|quot|nbsp|#\d+);", re.IGNORECASE)
STRAY = re.compile(r"&(?=\S)(?!&)")  # an access key that was not taken out; "Smith & Jones" is none


def name_of(widget: QWidget) -> str:
    """What a screen reader says of it first."""
    if isinstance(widget, QComboBox):  # asked on Linux, Qt gives its value in place of its name
        return widget.accessibleName()
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def told(widget: QWidget) -> str:
    """A widget in words, for a list of findings."""
    parent = widget.parent()
    return f"{type(widget).__name__} “{name_of(widget)}” in {type(parent).__name__} “{parent.objectName()}”"


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab stops, in no order."""
    return [widget for widget in visible_children(window, takes_the_keyboard) if not isinstance(widget, QScrollArea)]


def buttons(window: QWidget) -> list[QWidget]:
    """What can be pressed with the mouse."""
    return visible_children(window, lambda w: isinstance(w, QAbstractButton) and w.isEnabled() and not _of_qt(w))


def _of_qt(widget: QWidget) -> bool:
    """Parts of Qt's own views that take no press here: the corner of a table."""
    return isinstance(widget.parent(), QAbstractItemView)


# -- names: 1.1.1, 1.3.1, 4.1.2, 2.5.3 ---------------------------------------------------------------------------------


def nameless(window: QWidget) -> list[str]:
    """Nothing to say of it."""
    return [told(widget) for widget in {*stops(window), *buttons(window)} if not name_of(widget).strip()]


def named_badly(window: QWidget) -> list[str]:
    """Names with markup, or with the sign of an access key."""
    return [
        told(widget)
        for widget in {*stops(window), *buttons(window)}
        if MARKUP.search(name_of(widget)) or STRAY.search(name_of(widget))
    ]


def named_alike(window: QWidget) -> list[str]:
    """Neighbours that somebody who listens cannot tell apart."""
    found = []
    groups: dict[QWidget, Counter[str]] = {}
    for widget in {*stops(window), *buttons(window)}:
        words = (name_of(widget), QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description))
        groups.setdefault(widget.parentWidget(), Counter())[" / ".join(words)] += 1
    for parent, names in groups.items():
        found += [f"{count} × “{name}” in {type(parent).__name__}" for name, count in names.items() if count > 1]
    return found


def labelled_otherwise(window: QWidget) -> list[str]:
    """The name does not hold the words one sees (2.5.3): who speaks to the computer says those."""
    found = []
    for button in buttons(window):
        assert isinstance(button, QAbstractButton)
        seen = plain_words(button.text())
        if seen and _folded(seen) not in _folded(name_of(button)):
            found.append(f"{told(button)} shows “{seen}”")
    for label in visible_children(window, lambda w: isinstance(w, QLabel) and w.buddy() is not None):
        assert isinstance(label, QLabel)
        if isinstance(label.buddy(), QAbstractButton):
            continue  # the first of several: the label names all of them together
        if _folded(plain_words(label.text())) not in _folded(name_of(label.buddy())):
            found.append(f"{told(label.buddy())} has the label “{plain_words(label.text())}”")
    return found


def plain_words(text: str) -> str:
    """The words of a button or label without the sign of its access key."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").strip()


def _folded(text: str) -> str:
    # a digit after the words of the rail, or before those of a chip, is the key it is taken with, not its name
    return re.sub(r"\s{2,}\d$|^\d\s+", "", text.lower()).strip()


# -- words: markup in none of them -------------------------------------------------------------------------------------


def rich(window: QWidget) -> list[str]:
    """Labels that guess whether what somebody typed is markup."""
    return [label.text() for label in window.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText]


# -- size: 2.5.8 -------------------------------------------------------------------------------------------------------


def too_small(window: QWidget) -> list[str]:
    """Whatever one presses, by mouse or finger."""
    return [
        f"{told(widget)} {widget.width()}×{widget.height()}"
        for widget in {*stops(window), *buttons(window)}
        if min(widget.width(), widget.height()) < LEAST
    ] + [
        f"tab “{bar.tabText(at)}” {bar.tabRect(at).width()}×{bar.tabRect(at).height()}"
        for bar in window.findChildren(QTabBar)
        if bar.isVisibleTo(window)
        for at in range(bar.count())
        if min(bar.tabRect(at).width(), bar.tabRect(at).height()) < LEAST
    ]


# -- room: 1.4.4, 1.4.10 -----------------------------------------------------------------------------------------------


def cut(window: QWidget) -> list[str]:
    """Labels, buttons and chosen entries whose words do not fit where they stand."""
    found = []
    for widget in visible_children(window, lambda w: isinstance(w, QLabel | QPushButton | QToolButton | QComboBox)):
        text, room = _words_and_room(widget)
        if text and QFontMetrics(widget.font()).horizontalAdvance(text) > room + 2:
            found.append(f"{told(widget)} “{text}” in {room} px")
    return found + [
        f"{told(words)} “{words.text()}” is {words.heightForWidth(words.width())} px high in {words.height()}"
        for words in visible_children(window, _wraps)
        if isinstance(words, QLabel | KeyButton)
        and words.text()
        and words.heightForWidth(words.width()) > words.height() + 2
    ]


def _wraps(widget: QWidget) -> bool:
    return widget.wordWrap() if isinstance(widget, QLabel) else isinstance(widget, KeyButton) and widget.wraps


def _words_and_room(widget: QWidget) -> tuple[str, int]:
    if _wraps(widget):
        return "", 0
    if isinstance(widget, QLabel):
        shown = "" if not widget.pixmap().isNull() else plain_words(widget.text())
        return max(shown.splitlines(), key=len, default=""), widget.width()
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return "", 0
    if isinstance(widget, QComboBox):
        return ("", 0) if widget.isEditable() else (widget.currentText(), widget.width())
    assert isinstance(widget, QAbstractButton)
    return plain_words(widget.text()), widget.width()


def outside(window: QWidget) -> list[str]:
    """Controls that stick out of what they stand in, sideways: nothing brings them back."""
    found = []
    for widget in {*stops(window), *buttons(window)}:
        parent = widget.parentWidget()
        while parent is not None and parent is not window:
            left = widget.mapTo(parent, widget.rect().topLeft()).x()
            if left < -1 or left + widget.width() > parent.width() + 1:
                found.append(f"{told(widget)} from {left} to {left + widget.width()} of {parent.width()} px")
                break
            parent = None if _scrolls(parent) else parent.parentWidget()
    return found


def _scrolls(widget: QWidget) -> bool:
    return isinstance(widget.parentWidget(), QAbstractItemView)


def sideways(window: QWidget) -> list[str]:
    """Areas (tables apart) that would have to be scrolled sideways."""
    return [
        type(area.widget()).__name__
        for area in visible_children(window, lambda w: isinstance(w, QScrollArea))
        if isinstance(area, QScrollArea)
        and (area.horizontalScrollBar().maximum() > 0 or area.widget().width() > area.viewport().width() + 1)
    ]


# -- sight: 2.4.11 -----------------------------------------------------------------------------------------------------


def unseen(widget: QWidget) -> str:
    """Why one does not see all of a widget that has the keyboard; "" when one does, or it is larger than its area."""
    seen = widget.visibleRegion().boundingRect()
    room = widget.rect()
    area = _area_of(widget)
    if area is not None:  # which keeps a little room around what it shows
        around, view = 2 * current().px("space_l"), area.viewport()
        room = QRect(0, 0, min(room.width(), view.width()), min(room.height(), view.height() - around))
    if seen.width() + 2 < room.width() or seen.height() + 2 < room.height():
        return f"{told(widget)} shows {seen.width()}×{seen.height()} of {room.width()}×{room.height()}"
    return ""


def _area_of(widget: QWidget) -> QAbstractScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QAbstractScrollArea):
        parent = parent.parentWidget()
    return parent


# -- keys: 2.1.4 -------------------------------------------------------------------------------------------------------


def letters_twice(*parts: QWidget, menus: QWidget | None = None) -> list[str]:
    """Access keys that are there twice in parts of a window that are open together, and in its menu bar."""
    texts = [action.text() for action in menus.actions()] if menus is not None else []
    for part in parts:
        labels = visible_children(part, lambda w: isinstance(w, QLabel) and w.buddy() is not None)
        pressed = visible_children(part, lambda w: isinstance(w, QAbstractButton))
        texts += [w.text() for w in (*labels, *pressed) if isinstance(w, QLabel | QAbstractButton)]
    keys = Counter(key for text in texts if (key := QKeySequence.mnemonic(text).toString()))
    return sorted(key for key, count in keys.items() if count > 1)


def keys_twice(window: QWidget) -> list[str]:
    """Keys that mean two things now: of actions and shortcuts that are on."""
    keys: Counter[str] = Counter()
    for action in window.findChildren(QAction):
        if action.isEnabled():
            keys.update({key.toString() for key in action.shortcuts()})
    for shortcut in window.findChildren(QShortcut):
        if shortcut.isEnabled() and shortcut.context() != Qt.ShortcutContext.WidgetWithChildrenShortcut:
            keys.update({shortcut.key().toString()})
    return sorted(key for key, count in keys.items() if key and count > 1)


ALWAYS: dict[str, Callable[[QWidget], list[str]]] = {
    "without a name": nameless,
    "markup or & in the name": named_badly,
    "named like a neighbour": named_alike,
    "named otherwise than it shows": labelled_otherwise,
    "label that guesses at markup": rich,
    "smaller than 24 by 24": too_small,
    "key with two meanings": keys_twice,
}
LARGE: dict[str, Callable[[QWidget], list[str]]] = {
    "words cut off": cut,
    "outside of its place": outside,
    "scrolls sideways": sideways,
    "smaller than 24 by 24": too_small,
}


def findings(window: QWidget, walkers: dict[str, Callable[[QWidget], list[str]]]) -> dict[str, list[str]]:
    """What the walkers find, by what is wrong; nothing where all is well."""
    found = {wrong: walk(window) for wrong, walk in walkers.items()}
    return {wrong: where for wrong, where in found.items() if where}
