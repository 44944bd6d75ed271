"""What is possible but unlikely: asked once, accepted with one key, and remembered."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.kit.surfaces import Bar
from ui.kit.words import announce


class QuestionBar(Bar):
    """`accepted` when somebody says that it is right: what was asked is not asked again for the same value."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warning", parent=parent)
        self._asked: set[tuple[str, object]] = set()
        self._open: set[tuple[str, object]] = set()

    def ask(self, questions: Mapping[str, str], record: object) -> bool:
        """Ask about these fields of the record, with the keyboard on the answer; False when nothing need be asked.

        Asked the second time, as when Ctrl+Enter is pressed again, it is taken as said.
        """
        self._asked |= self._open
        self._open = {(name, getattr(record, name)) for name in questions} - self._asked
        if not self._open:
            self.clear()
            return False
        open_names = {name for name, _ in self._open}
        sentence = " ".join(words for name, words in questions.items() if name in open_names)
        self.say(sentence, "warning")
        announce(self, sentence, urgent=True)
        button = self.add_button("It is right, save it", self._accept, "Enter", kind="")
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear(self) -> None:
        """Nothing is asked."""
        self._open = set()
        super().clear()

    def _accept(self) -> None:
        self._asked |= self._open
        self._open = set()
        self.clear()
        self.accepted.emit()
