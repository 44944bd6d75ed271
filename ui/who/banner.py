"""The banner over every tab of a person: what to mind, in words, before anybody speaks."""

from __future__ import annotations

from datetime import date
from typing import Self

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ppsdesk.domain.codes import ConsentSubject
from ppsdesk.domain.families import PersonRecord
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.vocabulary import Vocabularies
from ui.kit.buttons import KeyButton
from ui.kit.flow import Flow
from ui.kit.rights import Rights
from ui.kit.signed_lines import SignedLine, SignedLines
from ui.kit.words import announce, apart, say, spaced
from ui.who.cautions import warning_lines
from ui.who.consent_chip import ConsentChip


class PersonBanner(QWidget):
    """Warnings of one person with their signs, and the consent chip; the keyboard is never moved into it.

    Warnings are spoken at once when they are those of somebody else, or others than before. Without any only the chip
    is there, and without a record nothing. `show_hidden_wanted`: somebody wants to see the hidden addresses, which is
    noted; the banner itself never has them.
    """

    renew_wanted = Signal()
    show_hidden_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lists = Vocabularies(())
        self._shown: tuple[PersonRecord, date] | None = None
        self._spoken: tuple[object, tuple[str, ...]] | None = None
        self._bar = QFrame(self)
        self._bar.setProperty("bar", "warning")
        self._bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inside = QVBoxLayout(self._bar)
        spaced(inside, around=("m", "s", "s", "s"), gap="xs")
        self._lines = SignedLines(self._bar)
        inside.addWidget(self._lines)
        self.consent_chip = ConsentChip(ConsentSubject.RECORD, self)
        self.consent_chip.renew_wanted.connect(self.renew_wanted)
        self.hidden_button = KeyButton("Show the hidden address", kind="quiet", parent=self)
        self.hidden_button.setAccessibleDescription("Who looks at it is noted")
        self.hidden_button.when_pressed(self.show_hidden_wanted.emit)
        self._foot = Flow(gap="s")
        self._foot.addWidget(self.consent_chip)
        self._foot.addWidget(self.hidden_button)
        box = QVBoxLayout(self)
        spaced(box, gap="xs")
        box.addWidget(self._bar)
        box.addLayout(self._foot)
        self.hide()

    def guarded(self, rights: Rights) -> Self:
        """With the buttons that whoever is signed in may press; returns the banner."""
        self.hidden_button.needs(rights, Subject.HIDDEN_ADDRESSES, Action.READ)
        self.consent_chip.button.needs(rights, Subject.FAMILIES, Action.ADD)
        return self

    def add_button(self, button: QWidget) -> None:
        """One more thing to do with this person, after the others."""
        self._foot.addWidget(button)

    def know(self, lists: Vocabularies) -> None:
        """The lists that languages and formats are named from."""
        if lists == self._lists:
            return
        self._lists = lists
        if self._shown is not None:
            self.show_record(*self._shown)

    def show_record(self, record: PersonRecord | None, today: date) -> None:
        """Warn of this person, or of nobody."""
        self._shown = (record, today) if record is not None else None
        if record is None:
            self._spoken = None
            self._lines.show_lines(())
            self.hide()
            return
        lines = warning_lines(record, today, self._lists)
        # before its lines: the style sheet colours words as they come, by the bar they come into
        say(self._bar, bar="warning" if any(line.kind == "warning" for line in lines) else "info")
        self._lines.show_lines(lines)
        self._bar.setVisible(bool(lines))
        self._bar.setAccessibleName(f"What to mind with {apart(record.person.name)}")
        self.consent_chip.show_consent(record.consent(ConsentSubject.RECORD), today)
        several = record.hidden_addresses > 1
        self.hidden_button.setText("Show the hidden addresses" if several else "Show the hidden address")
        self.hidden_button.setVisible(record.hidden_addresses > 0)
        self.setHidden(self.parentWidget() is None)
        self._speak(record, lines)

    def lines(self) -> tuple[str, ...]:
        """What it warns of, most urgent first."""
        return tuple(line.words for line in self._lines.lines())

    def warnings(self) -> tuple[str, ...]:
        """Those of its lines that are warnings."""
        return tuple(line.words for line in self._lines.lines() if line.kind == "warning")

    def _speak(self, record: PersonRecord, lines: tuple[SignedLine, ...]) -> None:
        said = (record.person.key, tuple(line.words for line in lines))
        if said == self._spoken:
            return
        self._spoken = said
        if lines:
            announce(
                self,
                f"{apart(record.person.name)}. " + " ".join(f"{words.rstrip('.')}." for words in said[1]),
                urgent=True,
            )
