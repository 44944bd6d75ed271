"""A radio button with a sentence under it; the whole card is the target and carries the ring."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from ui.kit.words import Icon, label, no_access_key, say, spaced


class ChoiceCard(QFrame):
    """One of several ways to go on. Put the cards of one choice under one parent: the radio buttons know each other."""

    def __init__(self, title: str, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.radio = QRadioButton(no_access_key(title), self)
        self.radio.setProperty("role", "held")
        self.radio.setAccessibleDescription(text)
        self.radio.setAutoExclusive(False)  # the cards are not siblings; `choose_between` does it
        self.radio.installEventFilter(self)
        self.radio.toggled.connect(self._toggled)
        self.setProperty("card", "choice")
        self.setFocusProxy(self.radio)
        words = QVBoxLayout()
        spaced(words, gap="xs")
        words.addWidget(self.radio)
        words.addWidget(label(text, "muted", wrap=True))
        row = QHBoxLayout(self)
        spaced(row, around=("m", "s", "l", "m"), gap="l")
        row.addLayout(words, 1)
        row.addWidget(Icon(icon, "muted"), 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def chosen(self) -> bool:
        """Whether this is the way."""
        return self.radio.isChecked()

    def choose(self) -> None:
        """Take this way."""
        self.radio.setChecked(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Anywhere on the card."""
        super().mousePressEvent(event)
        self.choose()
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The ring goes round the card."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            say(self, state="focus" if event.type() == QEvent.Type.FocusIn else "")
        return False

    def _toggled(self, chosen: bool) -> None:
        say(self, card="chosen" if chosen else "choice")


class Choice(QWidget):
    """Cards of which one is chosen; arrows go from one to the next."""

    def __init__(self, cards: dict[str, ChoiceCard], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = cards
        column = QVBoxLayout(self)
        spaced(column, gap="m")
        for card in cards.values():
            card.setParent(self)
            column.addWidget(card)
            card.radio.toggled.connect(self._toggled)
            card.radio.installEventFilter(self)
        self.choose(next(iter(cards)))

    @property
    def chosen(self) -> str:
        """The name of the chosen card."""
        return next(name for name, card in self._cards.items() if card.chosen)

    def choose(self, name: str) -> None:
        """Choose a card by name."""
        self._cards[name].choose()

    def focus_chosen(self) -> None:
        """The keyboard on the chosen card."""
        self._cards[self.chosen].radio.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose, as in any group of radio buttons."""
        if event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(event.key())  # type: ignore[attr-defined]  # a key press has a key
            if step:
                names = list(self._cards)
                name = names[(names.index(self.chosen) + step) % len(names)]
                self.choose(name)
                self._cards[name].radio.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def _toggled(self, chosen: bool) -> None:
        """Exactly one: choosing one leaves the others, and the chosen one cannot be switched off."""
        sender = self.sender()
        for card in self._cards.values():
            if chosen and card.radio is not sender:
                card.radio.setChecked(False)
        if not chosen and not any(card.chosen for card in self._cards.values()):
            assert isinstance(sender, QRadioButton)
            sender.setChecked(True)
