"""What the banner over a call offers: to renew consent, and to look at an address that must not be disclosed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.codes import ConsentAnswer, ConsentSubject
from ppsdesk.domain.families import Consent, HiddenAddress, PersonRecord
from ui.calls.caller_side import CallerSide
from ui.kit.desk import Desk


class CallerWishes(QObject):
    """`changed` carries the key of a person whose record is to be read again. `record` gives whoever is shown now."""

    changed = Signal(object)

    def __init__(self, desk: Desk, side: CallerSide, record: Callable[[], PersonRecord | None]) -> None:
        super().__init__(side)
        self._desk, self._side, self._record = desk, side, record
        side.renew_wanted.connect(self._renew)
        side.hidden_wanted.connect(self._show_hidden)

    def _renew(self) -> None:
        record = self._record()
        if record is None:
            return
        services, person = self._desk.services, record.person.key
        consent = Consent(
            key=uuid4(),
            person=person,
            subject=ConsentSubject.RECORD,
            answer=ConsentAnswer.GIVEN,
            given_on=local_day(services.clock()),
            how="by phone",
            noted_by=services.person,
        )

        def done(answer: Done[Consent]) -> None:
            self.changed.emit(person)
            self._desk.notices.undoable(answer.said, lambda: take_back(answer.value.key))

        def take_back(key: UUID) -> None:
            self._desk.change(self, lambda: services.families.take_back_consent(key), taken)

        def taken(answer: Done[Consent]) -> None:
            self._desk.notices.inform(answer.said)
            self.changed.emit(person)

        self._desk.change(self, lambda: services.families.consent(consent), done)

    def _show_hidden(self) -> None:
        record = self._record()
        if record is None:
            return
        services, person = self._desk.services, record.person.key

        def done(answer: Done[tuple[HiddenAddress, ...]]) -> None:
            now = self._record()
            if now is None or now.person.key != person:
                return
            found = "; ".join(_address_words(address) for address in answer.value)
            self._side.addresses.say(f"Do not disclose. {found} It is noted that you looked.", "warning")
            self._side.addresses.add_button("Hide again", self._side.addresses.clear)

        self._desk.change(self, lambda: services.families.show_hidden_addresses(person), done)


def _address_words(address: HiddenAddress) -> str:
    parts = (" ".join(address.lines.split()), address.town, address.postcode, address.note)
    return f"{', '.join(part for part in parts if part)}."
