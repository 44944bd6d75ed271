"""The summary of what is wrong, on top of a form: the same words as at the fields, each leading to its field."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.buttons import KeyButton
from ui.kit.tab_order import tab_in_order
from ui.kit.theme import current
from ui.kit.words import Icon, announce, label, no_access_key, say, spaced


class ProblemBar(QFrame):
    """Not there while nothing is wrong. `wanted` carries the name of the field somebody wants to go to."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, goal: str = "this can be saved") -> None:
        super().__init__(parent)
        self.setProperty("bar", "danger")
        self._goal = goal
        self._links: dict[str, Link] = {}
        row = QHBoxLayout(self)
        spaced(row, around=("m", "s", "m", "s"), gap="m")
        self._sign = Icon("octagon-alert", "danger_text")
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        spaced(self._column, gap="")
        self.head = label("", "strong", wrap=True)
        self._column.addWidget(self.head)
        row.addLayout(self._column, 1)
        self.hide()

    def show_problems(self, problems: Mapping[str, str], labels: Mapping[str, str]) -> None:
        """A heading and one line per problem; those with a label lead to their field."""
        self.clear()
        if not problems:
            return
        self._heading(len(problems))
        for name, sentence in problems.items():
            link = Link(sentence, f"{labels[name]}: {sentence}" if labels.get(name) else sentence)
            link.setObjectName(name)
            link.setEnabled(name in labels)
            link.clicked.connect(self._pressed)
            self._links[name] = link
            self._column.addWidget(link)
        tab_in_order(self.links(), at=self)
        self.show()
        announce(self, f"{self.head.text()} {' '.join(problems.values())}", urgent=True)

    def drop(self, name: str) -> None:
        """That one is right now. The bar stays until the next look, so that the fields stay where they are."""
        link = self._links.pop(name, None)
        if link is None:
            return
        link.setEnabled(False)
        self._heading(len(self._links))
        if not self._links:
            self._leave_room()

    def _leave_room(self) -> None:
        """Of what is right now no word is left, only its room."""
        for link in self.findChildren(Link):
            policy = link.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            link.setSizePolicy(policy)
            link.hide()

    def clear(self) -> None:
        """Nothing is wrong."""
        for link in self.findChildren(Link):
            self._column.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = {}
        self.hide()

    def links(self) -> tuple[Link, ...]:
        """What is still wrong, in order."""
        return tuple(self._links.values())

    def take_focus(self) -> None:
        """The keyboard to the first problem; Enter there goes to its field."""
        for link in self._links.values():
            if link.isEnabled():
                link.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _pressed(self) -> None:
        self.wanted.emit(self.sender().objectName())

    def _heading(self, count: int) -> None:
        kind = "danger" if count else "success"
        things = "1 thing needs" if count == 1 else f"{count} things need"
        self.head.setText(f"{things} putting right before {self._goal}." if count else "Everything is right now.")
        self._sign.show_icon("octagon-alert" if count else "circle-check", f"{kind}_text")
        say(self, bar=kind)
        self.head.style().unpolish(self.head)
        self.head.style().polish(self.head)


class Link(KeyButton):
    """One problem in words, all of them; as a button, so that keyboard and screen reader know what to do with it."""

    wraps = True

    def __init__(self, words: str, spoken: str) -> None:
        super().__init__(no_access_key(words), kind="listed")
        self.setAccessibleName(spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """Pixels its words take at that width, and never less than can be pressed."""
        room = QRect(0, 0, max(width - 2 * self._edge(), 1), 0)
        flags = Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextShowMnemonic.value
        words = self.fontMetrics().boundingRect(room, flags, self.text()).height()
        one = self.fontMetrics().height()
        return max(self.sizeHint().height() - one, 0) + max(words, one)

    def minimumSizeHint(self) -> QSize:
        """As high as its words at this width."""
        return QSize(current().px("size_target"), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
