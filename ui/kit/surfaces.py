"""What words and fields stand on: cards, message bars, pages that scroll one way, charts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.kit.buttons import SIGNS, KeyButton
from ui.kit.flow import Flow
from ui.kit.tab_order import tab_in_order
from ui.kit.theme import current, theme_box
from ui.kit.words import Icon, PlainLabel, WrappedLabel, announce, spaced


class Bar(QFrame):
    """One sentence across the page with at most two buttons; not there while it has nothing to say.

    `kind` is info, warning, danger or success. Danger and success are spoken when they appear.
    """

    def __init__(self, kind: str = "info", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._parts: _BarParts | None = None  # most bars of a window never say anything
        self._show(kind, text)

    @property
    def text(self) -> str:
        """The sentence, "" while there is none."""
        return self._parts.words.text() if self._parts is not None else ""

    def say(self, text: str, kind: str = "") -> None:
        """Show the sentence, speak it if it matters, and drop the buttons of the one before; "" takes the bar away."""
        self.drop_buttons()
        self._show(kind or str(self.property("bar")), text)
        if self.property("bar") in ("danger", "success"):
            announce(self, text, urgent=self.property("bar") == "danger")

    def clear(self) -> None:
        """Nothing to say."""
        self.drop_buttons()
        self._show(str(self.property("bar")), "")

    def changeEvent(self, event: QEvent) -> None:
        """Shown as soon as it stands somewhere."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ParentChange:
            self._appear()

    def add_button(self, words: str, pressed: Callable[[], None], key: str = "", kind: str = "quiet") -> KeyButton:
        """One of at most two buttons; ValueError for a third."""
        before = self.buttons()
        if len(before) >= 2:
            raise ValueError("A message bar has at most two buttons.")
        button = KeyButton(words, key, kind, parent=self)
        button.when_pressed(pressed)
        self._made().buttons.addWidget(button)
        button.setVisible(True)
        if before:
            QWidget.setTabOrder(before[0], button)
        else:
            tab_in_order((button,), at=self)
        return button

    def buttons(self) -> tuple[KeyButton, ...]:
        """The buttons shown now, left to right."""
        if self._parts is None:
            return ()
        row = self._parts.buttons
        items = (row.itemAt(index) for index in range(row.count()))
        found = (item.widget() for item in items if item is not None)
        return tuple(widget for widget in found if isinstance(widget, KeyButton))

    def drop_buttons(self) -> None:
        """Take the buttons away."""
        for button in self.buttons():
            self._made().buttons.removeWidget(button)
            button.hide()
            button.deleteLater()

    def _made(self) -> _BarParts:
        if self._parts is None:
            self._parts = _BarParts(self)
        return self._parts

    def _show(self, kind: str, text: str) -> None:
        looks_other = self.property("bar") not in (None, kind)  # before it is first seen it has no look to change
        self.setProperty("bar", kind)
        parts = self._made() if text else self._parts
        if parts is not None:
            parts.sign.show_icon(SIGNS[kind], f"{kind}_text")
            parts.words.setText(text)
        if looks_other:
            for part in (self,) if parts is None else (self, parts.words):
                part.style().unpolish(part)
                part.style().polish(part)
        self._appear()

    def _appear(self) -> None:
        # Without a parent it would open a window of its own.
        self.setHidden(not self.text or self.parentWidget() is None)


class _BarParts:
    """Sign, words and buttons of a bar."""

    def __init__(self, bar: QFrame) -> None:
        row = QHBoxLayout(bar)
        spaced(row, around=("m", "s", "s", "s"), gap="m")
        self.sign = Icon(SIGNS["info"])
        self.words = WrappedLabel()
        self.buttons = QHBoxLayout()
        spaced(self.buttons, gap="xs")
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        row.addLayout(self.buttons)


class _Title(PlainLabel):
    """Asks for the width of its words in one line; where there is less, and it may wrap, it takes another line."""

    def sizeHint(self) -> QSize:
        """Qt would ask for a narrow block of words that wrap."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().size(0, self.text()).width(), hint.height()) if self.wordWrap() else hint


class Card(QFrame):
    """A titled group on the canvas: title at the left, its action at the right, the rest below."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "plain")
        self.body = QVBoxLayout(self)
        spaced(self.body, around=("l", "m", "l", "m"), gap="s")
        self._head = Flow(gap="m")
        self.title: PlainLabel = _Title(title)
        self.title.setProperty("role", "h3")
        if title:
            self._head.addWidget(self.title)
            self.body.addLayout(self._head)
            self.setAccessibleName(title)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Below what is there."""
        self.body.addWidget(widget, stretch)

    def add_action(self, widget: QWidget) -> None:
        """Beside the title."""
        self._head.addWidget(widget)


LEAST_ROWS = 4  # heights of a row


class PageScroll(QScrollArea):
    """Scrolls up and down only, and never leaves the field with the keyboard out of sight."""

    def __init__(self, page: QWidget, parent: QWidget | None = None, *, rows: int = LEAST_ROWS) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setViewport(_port())
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def minimumSizeHint(self) -> QSize:
        """As high as so many rows: a field and a button can always be seen."""
        return QSize(super().minimumSizeHint().width(), self._rows * current().px("size_row"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that became smaller still shows the field."""
        super().resizeEvent(event)
        self.show_widget(QApplication.focusWidget())

    def turned_by(self, event: QKeyEvent) -> bool:
        """Go half a page on or back by Page Down or Page Up; whether the key was one of these."""
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if pages is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + pages * bar.pageStep() // 2)
        return pages is not None

    def show_widget(self, widget: QWidget | None) -> None:
        """Scroll as little as needed, here and in the areas around this one.

        What is taller than an area shows its top there; a list shows the row one is on, and fills the area. An area
        around this one shows the whole of this one where it can: there is more than one field to see.
        """
        page = self.widget()
        if widget is None or page is None or widget is page or not page.isAncestorOf(widget):
            return
        seen, room, place = self.viewport().height(), current().px("space_l"), widget.mapTo(page, QPoint())
        whole, row = widget.rect(), QRect()
        if whole.height() > seen:
            row = _row_one_is_on(widget)
            if row.isEmpty():
                whole.setHeight(max(seen - 2 * room, 1))
        self._show_part(whole.translated(place), room)
        if not row.isEmpty():
            self._show_part(row.translated(place), current().px("size_row"))  # with one beside it
        outer = area_around(self)  # which sees it where it is now
        if outer is not None:
            outer.show_widget(self if self.height() <= outer.viewport().height() else widget)

    def _show_part(self, part: QRect, room: int) -> None:
        # with so many pixels around it where there is room for them; a part that is taller fills the area
        bar, seen = self.verticalScrollBar(), self.viewport().height()
        if part.height() <= seen:
            room = min(room, (seen - part.height()) // 2)
        first, last = sorted((part.top() - room, part.top() + part.height() + room - seen))
        bar.setValue(max(first, min(bar.value(), last)))

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and area_around(new) is self:
            self.show_widget(new)
            QTimer.singleShot(0, self, self._show_again)  # what the keyboard leads to may make the page grow

    def _show_again(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and area_around(focus) is self:
            self.show_widget(focus)


def _port() -> QWidget:
    """As Qt's own. Asked for the first widget that Qt made itself, PySide loads every kind of widget to name it: twenty
    milliseconds of a window's start."""
    port = QWidget()
    port.setObjectName("qt_scrollarea_viewport")
    port.setAutoFillBackground(True)
    return port


def load_every_kind() -> None:
    """What PySide would load at the first widget of Qt's own that somebody asks for, and the style: in one turn."""
    area = QScrollArea()
    area.viewport()
    area.style()


def _row_one_is_on(view: QWidget) -> QRect:
    """In the list's own pixels; empty for what is no list."""
    from PySide6.QtWidgets import QAbstractItemView

    if not isinstance(view, QAbstractItemView):
        return QRect()
    row, port = view.visualRect(view.currentIndex()), view.viewport()
    return row.intersected(port.rect()).translated(port.pos())


def scroll_to(widget: QWidget | None) -> None:
    """Scroll the areas around a widget, from the nearest outwards, until it is in sight."""
    area = area_around(widget) if widget is not None else None
    if area is not None:
        area.show_widget(widget)


def area_around(widget: QWidget) -> PageScroll | None:
    """The nearest area that a widget scrolls with."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, PageScroll):
        parent = parent.parentWidget()
    return parent


def page_scroll(widget: QWidget, *, rows: int = LEAST_ROWS) -> PageScroll:
    """The widget in an area that scrolls one way, never lower than so many rows."""
    return PageScroll(widget, rows=rows)


class Svg(QWidget):
    """A chart, as large as its drawing or smaller where there is less room. `name` says in words what it shows."""

    def __init__(self, svg: bytes, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._renderer = QSvgRenderer(self)
        self.show_drawing(svg, name)
        theme_box().changed.connect(self._grown)

    def show_drawing(self, svg: bytes, name: str) -> None:
        """Another drawing, other words. ValueError if it is not SVG."""
        if not self._renderer.load(QByteArray(svg)):
            raise ValueError("The drawing is not SVG.")
        self.setAccessibleName(name)
        self._grown()

    def sizeHint(self) -> QSize:
        """The drawing's own size at this text size."""
        return self._renderer.defaultSize() * current().scale

    def minimumSizeHint(self) -> QSize:
        """Half of it can still be read."""
        return self.sizeHint() / 2

    def hasHeightForWidth(self) -> bool:
        """Keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Pixels, by its own proportions."""
        size = self.sizeHint()
        return round(size.height() * min(width, size.width()) / max(size.width(), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Into the top left of the room, undistorted."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self.sizeHint().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        self._renderer.render(painter, QRectF(0, 0, size.width(), size.height()))

    def _grown(self) -> None:
        self.updateGeometry()
        self.update()
