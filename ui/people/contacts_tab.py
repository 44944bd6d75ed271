"""How somebody is reached, and which way is safe: in words and by a sign, not by colour."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.codes import ContactKind, Safety
from ppsdesk.domain.people import Address, ContactPoint
from ui.kit.desk import Desk
from ui.kit.surfaces import Card
from ui.kit.words import WrappedLabel, apart
from ui.people.hidden_card import HiddenCard
from ui.people.parts import Columns, Lines, Shown, Tab, line
from ui.people.wording import SAFETY_KINDS, address_words, span_words


class ContactsTab(Tab):
    """Phones, e-mails, addresses; the present ones first, those that ended quietly after them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.phones, self.emails, self.addresses = _List("Phones"), _List("E-mails"), _List("Addresses")
        self.hidden = HiddenCard(desk)
        self.column.addWidget(Columns((self.phones, self.emails), (self.addresses, self.hidden)))

    def show_record(self, shown: Shown) -> None:
        """As it now is."""
        person = shown.record.person
        phones = [p for p in person.contacts if p.kind is ContactKind.PHONE]
        self.phones.show_parts(phones, shown, "No phone number. F2 adds one.")
        emails = [p for p in person.contacts if p.kind is ContactKind.EMAIL]
        self.emails.show_parts(emails, shown, "No e-mail address. F2 adds one.")
        self.addresses.show_parts(person.addresses, shown, "No address. F2 adds one.")
        self.hidden.show_record(shown)

    def put_away(self) -> None:
        """A hidden address is shown only while one stays here."""
        self.hidden.hide_addresses()


class _List(Card):
    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.nothing = WrappedLabel("", "muted")
        self.lines = Lines()
        self.add(self.nothing)
        self.add(self.lines)

    def show_parts(self, parts: list[ContactPoint] | tuple[Address, ...], shown: Shown, nothing: str) -> None:
        now = [part for part in parts if part.current_on(shown.today)]
        past = [part for part in parts if part not in now]
        self.lines.show_lines(
            [_line(part, shown, quiet=False) for part in now] + [_line(part, shown, quiet=True) for part in past]
        )
        self.nothing.setText(nothing)
        self.nothing.setHidden(bool(parts))


def _line(part: ContactPoint | Address, shown: Shown, *, quiet: bool) -> QWidget:
    words = address_words(part) if isinstance(part, Address) else apart(part.value)
    when = span_words(part.valid_from, part.valid_to, shown.today)
    under = "; ".join(said for said in (apart(part.note), when) if said)
    if quiet:
        return line(words, f"Not theirs now: {under}" if under else "", quiet=True)
    safety = part.safety if part.safety in Safety else Safety.NOT_ASKED
    sign = "Safety not asked" if safety is Safety.NOT_ASKED else safety.label
    return line(words, under, (sign, SAFETY_KINDS[safety]))
