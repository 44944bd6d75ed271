"""The rail at the left: where one can go, and where one is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.kit.enter import is_bare_enter
from ui.kit.surfaces import page_scroll
from ui.kit.theme import current, theme_box
from ui.kit.words import explain, spaced
from ui.places import Place

NARROW_BELOW, NARROW_ABOVE_SCALE = 1100, 1.5


class PlaceButton(QToolButton):
    """Leads to a place, by Space or by Enter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as it does every other button of the window."""
        if is_bare_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


class Rail(QFrame):
    """One button for each place, with its digit; icons alone where the window is narrow or the text large.

    In a low window with large text it scrolls, and the place the keyboard is on is always in sight.
    """

    wanted = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAccessibleName("Pages")
        self._buttons: dict[str, QToolButton] = {}
        self._places = {place.name: place for place in places}
        inner = QWidget()
        inner.setProperty("role", "rail_places")
        column = QVBoxLayout(inner)
        spaced(column, around=("s", "m", "s", "m"), gap="xs")
        for place in places:
            button = PlaceButton(inner)
            button.setProperty("role", "nav")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setAccessibleName(place.words)
            key = f"Ctrl+{place.number}" if place.number else ""
            explain(button, f"{place.words}, key {key}" if key else place.words)
            button.setProperty("place", place.name)
            button.clicked.connect(self._clicked)
            self._buttons[place.name] = button
            column.addWidget(button)
        column.addStretch(1)
        self._scroll = page_scroll(inner)
        spaced(outer := QVBoxLayout(self), gap="")
        outer.addWidget(self._scroll)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._widen)
        theme_box().changed.connect(self._draw)
        self._narrow = False
        self._draw()

    def show_place(self, name: str) -> None:
        """Mark where one is."""
        for known, button in self._buttons.items():
            button.setChecked(known == name)

    def hide_places(self, names: Collection[str]) -> None:
        """These are not offered to whoever is signed in."""
        for name, button in self._buttons.items():
            button.setHidden(name in names)

    def fit(self, window_width: int) -> None:
        """Wide or narrow, as the window allows."""
        scale = current().scale
        narrow = window_width < NARROW_BELOW or scale > NARROW_ABOVE_SCALE
        if narrow != self._narrow:
            self._narrow = narrow
            self._draw()

    def focus_first(self) -> None:
        """The keyboard on the place one is at."""
        checked = next((button for button in self._buttons.values() if button.isChecked()), None)
        shown = next(button for button in self._buttons.values() if not button.isHidden())
        (checked or shown).setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        theme = current()
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if self._narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self._widen()
        for name, button in self._buttons.items():
            place = self._places[name]
            digit = f"   {place.number}" if place.number else ""
            button.setToolButtonStyle(style)
            button.setText(f"  {place.words}{digit}")
            button.setIcon(theme.icon(place.icon, "text", int(theme.sizes["size_icon_nav"])))
            button.setIconSize(QSize(theme.px("size_icon_nav"), theme.px("size_icon_nav")))

    def _widen(self) -> None:
        """The bar that scrolls stands beside the places, not upon them."""
        bar = self._scroll.verticalScrollBar()
        extra = bar.sizeHint().width() if bar.maximum() > 0 else 0
        self.setFixedWidth(current().px("size_rail_narrow" if self._narrow else "size_rail") + extra)

    def _clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, QToolButton)
        button.setChecked(True)
        self.wanted.emit(button.property("place"))
