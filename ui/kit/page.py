"""What every page is: a title, a quiet line under it, its actions, its content; and when it looks again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.changes import Topic
from ppsdesk.domain.rights import Action, Subject
from ui.kit.desk import Desk
from ui.kit.flow import Flow
from ui.kit.head_row import HeadRow
from ui.kit.surfaces import PageScroll
from ui.kit.words import label, spaced

Needs = Mapping[str, tuple[Subject, Action]]


class Page(QWidget):
    """A page of the main window.

    A subclass names the subjects it `shows` and overrides `refresh`, which is called when the page comes up, and again
    when a change touched one of them: at once while it is visible, otherwise when it is next shown.

    `needs` says which right an action of the window needs on this page: without it the page does not know the action.
    """

    needs: ClassVar[Needs] = {}
    shows: ClassVar[frozenset[Topic]] = frozenset()
    title: ClassVar[str] = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        self.setProperty("role", "page")
        self.setAccessibleName(self.title)
        whole = _Whole()
        outer = QVBoxLayout(whole)
        spaced(outer, around=("xl", "l", "xl", "l"), gap="m")
        words = QVBoxLayout()
        spaced(words, gap="xs")
        self._title = label(self.title, "h1", wrap=True)
        self._line = label("", "muted", wrap=True)
        words.addWidget(self._title)
        words.addWidget(self._line)
        self._actions = Flow()
        outer.addLayout(HeadRow(words, self._actions))
        self.body = QVBoxLayout()
        spaced(self.body, gap="m")
        outer.addLayout(self.body, 1)
        around = QVBoxLayout(self)
        spaced(around, gap="")
        around.addWidget(PageScroll(whole))
        desk.touched.connect(self._on_touched)

    def set_title(self, text: str) -> None:
        """Another title, as on the page of one record."""
        self._title.setText(text)
        self.setAccessibleName(text)

    @property
    def line(self) -> str:
        """The quiet line under the title."""
        return self._line.text()

    def set_line(self, text: str) -> None:
        """Date, count or number, under the title."""
        self._line.setText(text)

    def add_action(self, button: QWidget) -> None:
        """A button at the right of the title; below it where there is little room."""
        self._actions.addWidget(button)

    def handler(self, action: str) -> Callable[[], None] | None:
        """What the page does at an action of the window, None where it knows none or its person may not."""
        if action in self.needs and not self.desk.rights.may(*self.needs[action]):
            return None
        found: Callable[[], None] | None = getattr(self, f"on_{action}", None)
        return found

    def refresh(self) -> None:
        """Ask for what the page shows."""

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        self.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again if something changed while the page was away."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        if not topics & self.shows:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True


class _Whole(QWidget):
    """Title and content, as high as the window; where that is too little for all of it, the page scrolls as one."""

    def minimumSizeHint(self) -> QSize:
        """No height: it is taken from the width."""
        return QSize(super().minimumSizeHint().width(), 0)

    def heightForWidth(self, width: int) -> int:
        """The least height in pixels in which nothing is cut, where Qt would take the height that is wished for."""
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1
