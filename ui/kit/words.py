"""Words on the screen. What people type is never taken for markup, in no label and no tooltip."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QSizePolicy, QWidget

from ui.kit.theme import current, theme_box

_TURNING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class PlainLabel(QLabel):
    """The only label screens use: whatever it is given, it shows it letter by letter.

    `&` stays an `&` unless `mnemonic` says that the text is ours and marks an access key.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, mnemonic: bool = False) -> None:
        super().__init__(parent)
        self._mnemonic = mnemonic
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802  # Qt's name, made safe
        """Show the text as it is."""
        super().setText(text)
        if not self._mnemonic:
            self.setAccessibleName(text)

    def buddy_for(self, field: QWidget) -> None:
        """Let the access key lead to the field."""
        self.setBuddy(field)


class WrappedLabel(PlainLabel):
    """Words that wrap, and ask for no more height than they take at the width they have.

    Without it a label that may become narrow asks for the height of one word a line, and its window grows by that.
    """

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        self._heights: dict[int, int] = {}  # by width: layouts ask for them again and again
        super().__init__(text, parent)
        self.setProperty("role", role)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:  # noqa: N802  # Qt's name
        """Other words take another height."""
        self._heights.clear()
        super().setText(text)

    def heightForWidth(self, width: int) -> int:
        """Pixels its words take at that width."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def minimumSizeHint(self) -> QSize:
        """As high as its words at this width."""
        return QSize(1, self.heightForWidth(self.width()))

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style may need another height."""
        self._heights.clear()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


def label(text: str, role: str = "", wrap: bool = False) -> PlainLabel:
    """A label in one of the roles h1, h2, h3, strong, muted, caption, error, figure."""
    made = PlainLabel(text)
    made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def say(widget: QWidget, **roles: str | bool) -> None:
    """Change the roles of a widget, and let the style sheet look at it again if it has done so before."""
    if all((widget.property(name) or "") == (value or "") for name, value in roles.items()):
        return
    for name, value in roles.items():
        widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader speak the text. Only *saved*, failures and answers to a key are worth it."""
    if not text:
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def plain_tooltip(text: str) -> str:
    """Text for `setToolTip`, where Qt guesses at markup: shown letter by letter, and wrapped when it is long."""
    if "<" not in text and "&" not in text and len(text) < 80:
        return text
    import html

    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'


def explain(widget: QWidget, text: str) -> None:
    """Tooltip for those who point, description for those who listen: the same words."""
    widget.setToolTip(plain_tooltip(text) if text else "")
    widget.setAccessibleDescription(text)


def without_access_key(text: str) -> str:
    """ "&Topic" is "Topic"; "Smith && Jones" is "Smith & Jones"."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def no_access_key(text: str) -> str:
    """Any text as the words of a button or menu, with no letter taken for an access key."""
    return text.replace("&", "&&")


def spaced(layout: QLayout, *, around: tuple[str, str, str, str] | str = "", gap: str = "s") -> None:
    """Margins (left, top, right, bottom) and gap by the names of the space tokens; "" is none.

    They follow the text size at run time.
    """
    _follow_text_size()
    names = (around,) * 4 if isinstance(around, str) else around
    layout.setProperty("around", list(names))
    layout.setProperty("gap", gap)
    _space(layout)


def _space(layout: QLayout) -> None:
    theme = current()
    around, gap = layout.property("around"), layout.property("gap")
    layout.setContentsMargins(*(theme.px(f"space_{name}") if name else 0 for name in around))
    layout.setSpacing(theme.px(f"space_{gap}") if gap else 0)


@lru_cache(maxsize=1)
def _follow_text_size() -> None:
    theme_box().changed.connect(_respace)


def _respace() -> None:
    for window in QApplication.topLevelWidgets():
        for layout in window.findChildren(QLayout):
            if layout.property("around") is not None:
                _space(layout)


def apart(text: str) -> str:
    """What somebody typed, so that signs in it which turn the direction of writing end with it."""
    return f"\u2068{text}\u2069" if any(sign in text for sign in _TURNING) else text


class Icon(QLabel):
    """A small drawing beside words; keeps to the theme. Alone it needs a `name` for those who listen."""

    def __init__(
        self, icon: str, colour: str = "muted", size: int | None = None, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._colour, self._size = icon, colour, size
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._draw()
        theme_box().changed.connect(self._draw)

    def show_icon(self, icon: str, colour: str) -> None:
        """Another drawing, another tone."""
        self._icon, self._colour = icon, colour
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """A screen of another density needs another picture."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw()

    def _draw(self) -> None:
        self.setPixmap(current().pixmap(self._icon, self._colour, self._size, self.devicePixelRatioF()))
