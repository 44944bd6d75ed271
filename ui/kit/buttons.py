"""Buttons that teach their key, and chips: a fact in two or three words with a sign."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Self

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QShortcutEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ppsdesk.domain.rights import Action, Subject
from ui.kit.enter import is_bare_enter
from ui.kit.rights import Rights
from ui.kit.theme import current, theme_box
from ui.kit.words import Icon, PlainLabel, explain, spaced, without_access_key

# The forms differ, so that they hold in grey and in print.
SIGNS = {
    "danger": "octagon-alert",
    "warning": "triangle-alert",
    "info": "info",
    "success": "circle-check",
    "neutral": "clock",
}
_INK = {
    "primary": "primary_text",
    "danger": "danger_text",
    "quiet": "accent_ink",
    "link": "accent_ink",
    "listed": "danger_text",
}


class KeyButton(QPushButton):
    """A push button: words first, its key after them in a quieter tone, an icon before them if it has one.

    `kind` is "", primary (one on a screen), quiet, link, danger or listed. `key` is only shown; actions press keys.
    """

    wraps: ClassVar[bool] = False  # words that do not fit go on below

    def __init__(self, text: str, key: str = "", kind: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._key, self._icon = key, icon
        self._handler: Callable[[], None] | None = None
        self.need: tuple[Rights, Subject, Action] | None = None
        self._wanted, self._withheld = True, False
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        if key:
            self.setAccessibleDescription(f"Key {key}")
        theme_box().changed.connect(self._grown)

    def when_pressed(self, handler: Callable[[], None]) -> KeyButton:
        """Call the handler, without the flag that `clicked` carries; returns the button."""
        if self._handler is None:
            self.clicked.connect(self._call)
        self._handler = handler
        return self

    def _call(self) -> None:
        if self._handler and self.permitted:
            self._handler()

    def needs(self, rights: Rights, subject: Subject, action: Action) -> Self:
        """Who has no right to that never sees it, whatever a screen shows; returns the button."""
        self.need = (rights, subject, action)
        rights.changed.connect(self._offer)
        self._offer()
        return self

    @property
    def permitted(self) -> bool:
        """Whether whoever is signed in may do what it does: its key asks this too."""
        return self.need is None or self.need[0].may(*self.need[1:])

    def setVisible(self, visible: bool) -> None:
        """As wished for, where it is permitted."""
        self._wanted = visible
        super().setVisible(visible and self.permitted)

    def _offer(self) -> None:
        if self.permitted is not self._withheld:
            return
        self._withheld = not self._withheld
        super().setVisible(not self._withheld and self._wanted and self.parentWidget() is not None)

    def show_icon(self, icon: str) -> None:
        """Another icon, "" for none."""
        self._icon = icon
        self._grown()

    def switch_off(self, why: str) -> None:
        """Impossible for the moment, and why: the reason is tooltip and description."""
        self.setEnabled(False)
        explain(self, why)

    def switch_on(self) -> None:
        """Possible again."""
        self.setEnabled(True)
        explain(self, f"Key {self._key}" if self._key else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button the keyboard is on, as Space does; with Ctrl it belongs to the page."""
        if is_bare_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Icon, words and key beside each other."""
        around = self._edge() if self._leftwards() else current().px("space_m") + 2
        height = max(super().sizeHint().height(), current().px("size_target"))
        return QSize(sum(self._widths()) + 2 * around, height)

    def minimumSizeHint(self) -> QSize:
        """A button never cuts its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws the ground and the ring; words, icon and key are drawn here."""
        from PySide6.QtWidgets import QStyle, QStyleOptionButton  # ten milliseconds, before any button is seen

        painter, option = QPainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        theme, (icon, words, key), ink = current(), self._widths(), self._ink()
        room = self.rect()
        room.setLeft(self._edge() if self._leftwards() else max((room.width() - icon - words - key) // 2, 0))
        if icon:
            top = room.center().y() - theme.px("size_icon") // 2 + 1
            painter.drawPixmap(room.left(), top, theme.pixmap(self._icon, ink, ratio=self.devicePixelRatioF()))
        room.adjust(icon, 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextShowMnemonic.value
        if self.wraps:
            flags |= Qt.TextFlag.TextWordWrap.value
            room.setRight(room.right() - self._edge())
        painter.setFont(self.font())
        painter.setPen(theme.colour(ink))
        painter.drawText(room, flags, self.text())
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour(ink if self._kind() == "primary" or not self.isEnabled() else "muted"))
        painter.drawText(room.adjusted(words + theme.px("space_s"), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._key)

    def _kind(self) -> str:
        return str(self.property("kind") or "")

    def _leftwards(self) -> bool:
        return self._kind() in ("link", "listed")

    def _edge(self) -> int:
        return current().px("space_xs") + 2

    def _ink(self) -> str:
        if not self.isEnabled():
            return "disabled"
        return _INK.get(self._kind(), "accent_ink" if self.isChecked() else "text")

    def _widths(self) -> tuple[int, int, int]:
        """Pixels of icon, words and key, each with the gap that parts it from the words."""
        self.ensurePolished()
        theme = current()
        gap = theme.px("space_s")
        icon = theme.px("size_icon") + gap if self._icon else 0
        words = QFontMetrics(self.font()).horizontalAdvance(without_access_key(self.text())) + 1
        key = QFontMetrics(theme.font("caption")).horizontalAdvance(self._key) + gap + 2 if self._key else 0
        return icon, words, key

    def _grown(self) -> None:
        self.updateGeometry()
        self.update()


class PromptButton(KeyButton):
    """Its access key presses it at once: Qt would wait a tenth of a second, in which the next letters go elsewhere."""

    def event(self, event: QEvent) -> bool:
        """The access key."""
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.click()
            return True
        return super().event(event)


class IconButton(QToolButton):
    """A button of an icon alone. Its name is spoken and shown as a tooltip."""

    def __init__(
        self, icon: str, name: str, colour: str = "muted", size: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._colour, self._size = icon, colour, size
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        explain(self, name)
        self._draw()
        theme_box().changed.connect(self._draw)

    def _draw(self) -> None:
        theme = current()
        side = round(self._size * theme.scale) if self._size else theme.px("size_icon")
        self.setIcon(theme.icon(self._icon, self._colour, self._size))
        self.setIconSize(QSize(side, side))


class Chip(QFrame):
    """A fact in two or three words with a sign; not a button, unless `closable` gives it a cross.

    `kind` is success, warning, danger, info or neutral; `icon` "" takes the sign of the kind, None shows none.
    """

    closed = Signal()

    def __init__(
        self,
        text: str,
        kind: str = "neutral",
        icon: str | None = "",
        *,
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("chip", kind)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._own_sign = icon
        self._row = QHBoxLayout(self)
        spaced(self._row, around=("s", "", "xs" if closable else "s", ""), gap="xs")
        self._sign = Icon(icon or SIGNS[kind], f"{kind}_text", 14)
        self._words = PlainLabel(text)
        self._row.addWidget(self._sign)
        self._sign.setHidden(icon is None)
        self._row.addWidget(self._words)
        self._cross: IconButton | None = None
        if closable:
            self._cross = IconButton("x", f"Remove {text}", f"{kind}_text", 14)
            self._cross.setProperty("role", "in-chip")
            self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._cross.clicked.connect(self.closed)
            self._row.addWidget(self._cross)
        self._grown()
        theme_box().changed.connect(self._grown)

    def text(self) -> str:
        """The words."""
        return self._words.text()

    def show_fact(self, text: str, kind: str) -> None:
        """Other words, another status."""
        self._words.setText(text)
        self._sign.show_icon(self._own_sign or SIGNS[kind], f"{kind}_text")
        self.setProperty("chip", kind)
        for part in (self, self._words):
            part.style().unpolish(part)
            part.style().polish(part)

    def _grown(self) -> None:
        self.setFixedHeight(current().px("size_target"))
