"""Whether what one types is kept, always with a sign, words and the time."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.kit.words import Icon, announce, label, spaced

_SIGNS = {
    "": ("circle", "muted"),
    "draft": ("pencil", "muted"),
    "saving": ("refresh-cw", "muted"),
    "saved": ("circle-check", "success_text"),
    "failed": ("cloud-off", "danger_text"),
}


class SaveState(QWidget):
    """ "Not saved yet", "Draft kept 10:42:07", "Saving…", "Saved 10:43:15", or why not. The last two are spoken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        spaced(row, gap="xs")
        self._sign = Icon("circle")
        self._words = label("", "muted")
        row.addWidget(self._sign)
        row.addWidget(self._words)
        self.setAccessibleName("State")

    @property
    def text(self) -> str:
        """The words shown now."""
        return self._words.text()

    def not_saved(self) -> None:
        """Something was typed that is kept nowhere else."""
        self._show("", "Not saved yet")

    def draft_kept(self, at: str, *, here: bool = False) -> None:
        """The draft is in the database; `here` in a file of this computer, as the database did not take it."""
        self._show("draft", f"{'Kept on this computer' if here else 'Draft kept'} {at}")

    def saving(self) -> None:
        """On its way."""
        self._show("saving", "Saving…")

    def saved(self, at: str) -> None:
        """On record."""
        self._show("saved", f"Saved {at}")
        announce(self, self.text)

    def failed(self, words: str) -> None:
        """Not kept where it should be."""
        self._show("failed", words)
        announce(self, words, urgent=True)

    def clear(self) -> None:
        """Nothing was typed."""
        self._show("", "")

    def _show(self, state: str, words: str) -> None:
        self._sign.show_icon(*_SIGNS[state])
        self._words.setText(words)
        self.setVisible(bool(words))
