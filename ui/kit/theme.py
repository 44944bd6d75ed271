"""The look: tokens in, palette and style sheet out, on top of Fusion. The only place that knows colours.

Widgets ask for a role by a dynamic property (`kind`, `role`, `chip`, `bar`, `card`, `state`), never for a colour.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QByteArray, QLocale, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from ppsdesk import resources
from ui.kit import sheet

MODES = ("light", "dark", "contrast")
DRESSED = "dressed"  # property of a window that carries the style sheet itself
FUSION = "fusion"  # property of a program that began with that style
STATUS = sheet.STATUS

_PALETTE = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger_text",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border_strong",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "accent_text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent_ink",
    QPalette.ColorRole.LinkVisited: "accent_ink",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
}
_SHEET_IMAGES = {
    "img_check": ("check", "accent_text"),
    "img_down": ("chevron-down", "muted"),
    "img_up": ("chevron-up", "muted"),
}


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One mode at one text size.

    `sizes` are device-independent pixels named `space_*`, `radius_*` and `size_*`; `points` are type sizes. `series`
    and `patterns` belong to charts, in drawing order.
    """

    mode: str
    scale: float
    family: str
    scales: tuple[float, ...]
    colours: Mapping[str, str]
    sizes: Mapping[str, float]
    points: Mapping[str, float]
    series: tuple[str, ...]
    patterns: tuple[str, ...]

    @classmethod
    def load(cls, mode: str = "light", scale: float = 1.0) -> Theme:
        """Read the tokens. ValueError for a mode that is not light, dark or contrast."""
        if mode not in MODES:
            raise ValueError(f"There is no look called “{mode}”.")
        raw = tokens()
        colours = {name: value for name, value in raw[mode].items() if isinstance(value, str)}
        sizes = {f"{group}_{name}": size for group in ("space", "radius", "size") for name, size in raw[group].items()}
        return cls(
            mode=mode,
            scale=scale,
            family=raw["type"]["family"],
            scales=tuple(raw["type"]["scales"]),
            colours=MappingProxyType(colours),
            sizes=MappingProxyType(sizes),
            points=MappingProxyType({n: p for n, p in raw["type"].items() if isinstance(p, float)}),
            series=tuple(raw[mode]["series"]),
            patterns=tuple(raw["chart"]["patterns"]),
        )

    def apply(self, app: QApplication) -> None:
        """Dress every open window and all to come; `theme_box().changed` tells those who paint for themselves."""
        QLocale.setDefault(QLocale("en_GB"))
        _load_fonts()
        # a program that began with that style is not asked for it: the ten milliseconds of loading it come later
        if not app.property(FUSION) and app.style().objectName() != "fusion":
            app.setStyle(QStyleFactory.create("Fusion"))
        _Current.theme = self
        app.setPalette(self.palette())
        app.setFont(self.font())
        dressed = [window for window in app.topLevelWidgets() if window.property(DRESSED) and window.isVisible()]
        sheet_text = self.style_sheet()
        for window in dressed:
            window.setStyleSheet(sheet_text)
        if not dressed:
            app.setStyleSheet(sheet_text)
        theme_box().changed.emit(self)

    def px(self, name: str, *, grows: bool = True) -> int:
        """A size token in pixels. What holds text grows with it; rings, hairlines and radii ask for `grows=False`."""
        return round(self.sizes[name] * (self.scale if grows else 1.0))

    def font(self, step: str = "base", *, strong: bool = False) -> QFont:
        """One of the type sizes, in one of the two weights."""
        font = QFont(self.family)
        font.setPointSizeF(self.points[step] * self.scale)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        return font

    def colour(self, name: str) -> QColor:
        """A colour token. KeyError for a name the tokens do not have."""
        return QColor(self.colours[name])

    def svg(self, name: str, colour: str = "text") -> bytes:
        """An icon's drawing, tinted."""
        return _tinted(name, self.colour(colour).name())

    def pixmap(self, name: str, colour: str = "text", size: int | None = None, ratio: float = 1.0) -> QPixmap:
        """An icon as a picture; `size` in pixels at 100 % text (16 by default), `ratio` of the screen."""
        side = round(size * self.scale) if size else self.px("size_icon")
        return _drawn(name, self.colour(colour).name(), side, ratio)

    def icon(self, name: str, colour: str = "text", size: int | None = None) -> QIcon:
        """An icon with its switched-off and selected tones."""
        tones = ((colour, QIcon.Mode.Normal), ("disabled", QIcon.Mode.Disabled), (colour, QIcon.Mode.Active))
        icon = QIcon()
        for ratio in _ratios():
            for tone, mode in tones:
                icon.addPixmap(self.pixmap(name, tone, size, ratio), mode)
        return icon

    def palette(self) -> QPalette:
        """The colours Qt's own parts take."""
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled"))
        return palette

    def style_sheet(self) -> str:
        """The sheet with every token filled in."""
        return Template(sheet.template()).substitute(self._sheet_values())

    def _sheet_values(self) -> dict[str, object]:
        ring = int(self.sizes["size_focus_contrast" if self.mode == "contrast" else "size_focus"])
        fixed = ("radius", "size_focus", "size_bar_accent")
        values: dict[str, object] = dict(self.colours)
        values |= {name: self.px(name, grows=not name.startswith(fixed)) for name in self.sizes}
        values |= {f"pt_{name}": f"{points * self.scale:.2f}" for name, points in self.points.items()}
        values |= {
            "field": self.px("size_control") - 6,
            "field_x": self.px("space_s") - 2,
            "press": self.px("size_button") - 8,
            "tool": self.px("size_target"),
            "bare": self.px("size_target") - 4,
            "cross": max(24, self.px("size_check")),
            "dot": (self.px("size_check") + 2) // 2,
            "head_x": self.px("space_s") + 3,
            "ring": ring,
            "ring_y": 4 - ring,
            "ring_s": self.px("space_s") + 2 - ring,
            "ring_m": self.px("space_m") + 2 - ring,
        }
        return values | {name: self._image(*image) for name, image in _SHEET_IMAGES.items()}

    def _image(self, name: str, colour: str) -> str:
        # A style sheet takes pictures from files only.
        path = _image_folder() / f"{name}-{self.colour(colour).name()[1:]}.svg"
        if not path.exists():
            path.write_bytes(self.svg(name, colour))
        return path.as_posix()


class ThemeBox(QObject):
    """Tells everybody who paints for themselves that look or text size changed."""

    changed = Signal(object)


class _Current:
    theme: Theme | None = None


def current() -> Theme:
    """The theme in use; light at 100 % before any was applied."""
    if _Current.theme is None:
        _Current.theme = Theme.load()
    return _Current.theme


@lru_cache(maxsize=1)
def theme_box() -> ThemeBox:
    """The one box of the program."""
    return ThemeBox()


def switch(app: QApplication, *, mode: str | None = None, scale: float | None = None) -> Theme:
    """Change look or text size of all open windows at once; returns the theme now in use."""
    now = current()
    theme = Theme.load(mode or now.mode, scale or now.scale)
    theme.apply(app)
    return theme


def undress(app: QApplication) -> None:
    """The program no longer carries the style sheet: each window is to, once it is made.

    While the program carries it, Qt dresses a widget again each time one of those around it is put into another, shown
    or not: four fifths of the time in which a page is built.
    """
    app.setStyleSheet("")


def dress(window: QWidget) -> None:
    """Let a window carry the style sheet, for all that is and will be in it."""
    window.setProperty(DRESSED, True)
    window.setStyleSheet(current().style_sheet())


def next_scale(step: int) -> float:
    """The text size one step larger (1), smaller (-1), or normal (0); stays within what is offered."""
    now = current()
    if step == 0:
        return 1.0
    nearest = min(range(len(now.scales)), key=lambda index: abs(now.scales[index] - now.scale))
    return now.scales[max(0, min(nearest + step, len(now.scales) - 1))]


def system_mode(app: QApplication) -> str:
    """What the system asks for: "contrast", "dark" or "light" (also when it does not say)."""
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


@lru_cache(maxsize=1)
def tokens() -> dict[str, Any]:
    """The token file as it is: tables of names to values, and the list `pairs` of contrasts to hold."""
    return tomllib.loads((resources.folder() / "tokens.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _load_fonts() -> None:
    for path in sorted((resources.folder() / "fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"The font {path.name} of the program cannot be used.")


def _ratios() -> tuple[float, ...]:
    """Pixels of the usual screen and of the densest there is: pictures for others would only take time."""
    app = QApplication.instance()
    densest = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return (1.0,) if densest <= 1.0 else (1.0, densest)


@lru_cache(maxsize=512)
def _tinted(name: str, colour: str) -> bytes:
    text = (resources.folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace("currentColor", colour).encode()


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(_tinted(name, colour))).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=1)
def _image_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="ppsdesk-look-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
