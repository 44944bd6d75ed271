"""What stands below the caller: what to mind, the reference to quote, and people on record who may be the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.flow import Flow
from ui.kit.surfaces import Bar
from ui.kit.theme import current
from ui.kit.words import announce, label, spaced

if TYPE_CHECKING:
    from ppsdesk.domain.families import PersonRecord
    from ui.kit.rights import Rights
    from ui.who.alike_panel import AlikePanel
    from ui.who.banner import PersonBanner

WARNING = 420  # pixels at 100 % text: most warnings are one line of it


class ReferenceCard(QFrame):
    """The reference of an anonymous caller, big enough to be read out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "info")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = Flow(self, gap="m")
        spaced(row, around=("m", "xs", "m", "xs"), gap="m")
        row.addWidget(label("Reference for the caller to write down:"))
        self._reference = label("", "h2")
        row.addWidget(self._reference)
        self._again = label("the same as last time", "muted")
        row.addWidget(self._again)
        self.hide()

    @property
    def text(self) -> str:
        """The reference shown, "" for none."""
        return self._reference.text()

    def show_reference(self, reference: str, *, quoted: bool) -> None:
        """Show it, or nothing for ""; `quoted` when the caller had it already."""
        changed = reference != self.text
        self._reference.setText(reference)
        self._again.setVisible(quoted)
        self.setVisible(bool(reference))
        if reference and changed:
            announce(self, f"Reference {' '.join(reference.replace('-', ' '))}")


class CallerSide(QWidget):
    """Takes no room while there is nothing to say. `hidden_wanted`: somebody wants to see a hidden address."""

    renew_wanted = Signal()
    hidden_wanted = Signal()

    def __init__(self, rights: Rights, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rights = rights
        self._box = QVBoxLayout(self)
        spaced(self._box, gap="xs")
        self._parts: tuple[PersonBanner, ReferenceCard, AlikePanel, Bar] | None = None

    def show_record(self, record: PersonRecord | None, today: date) -> None:
        """Warn of what is to be minded with this person, or with nobody."""
        if record is not None or self._parts is not None:
            self.banner.show_record(record, today)
            self.addresses.clear()
            if record is None:
                self.banner.consent_chip.hide()
                self.banner.hidden_button.hide()

    def warnings(self) -> tuple[str, ...]:
        """What the banner warns of now, in words; not what it only tells."""
        return self.banner.warnings() if self._parts is not None else ()

    @property
    def banner(self) -> PersonBanner:
        """Alerts and the consent chip."""
        return self._made()[0]

    @property
    def reference(self) -> ReferenceCard:
        """What an anonymous caller writes down."""
        return self._made()[1]

    @property
    def alike(self) -> AlikePanel:
        """Perhaps the same."""
        return self._made()[2]

    @property
    def addresses(self) -> Bar:
        """Hidden addresses, while somebody looks at them."""
        return self._made()[3]

    @property
    def is_made(self) -> bool:
        """Whether anything was ever shown here."""
        return self._parts is not None

    def _made(self) -> tuple[PersonBanner, ReferenceCard, AlikePanel, Bar]:
        if self._parts is None:
            from ui.who.alike_panel import AlikePanel
            from ui.who.banner import PersonBanner

            banner_of_caller = PersonBanner(self).guarded(self._rights)
            self._parts = (banner_of_caller, ReferenceCard(self), AlikePanel(self), Bar("warning", parent=self))
            banner, *others = self._parts
            # Beside the warnings where there is room: every line here is one less of the form.
            row = Flow(gap="s")
            banner.setMinimumWidth(round(WARNING * current().scale))
            for part in (banner, banner.consent_chip, banner.hidden_button):
                row.addWidget(part)
                part.hide()
            self._box.addLayout(row)
            for other in others:
                self._box.addWidget(other)
            self._parts[0].renew_wanted.connect(self.renew_wanted)
            self._parts[0].show_hidden_wanted.connect(self.hidden_wanted)
        return self._parts
