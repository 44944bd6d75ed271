"""The person under the keyboard at a glance, beside the list: banner, phones, family, the last calls."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.lists import CallLine
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.selection import Selection
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.flow import Flow
from ui.kit.page_body import PageBody
from ui.kit.row_list import RowList
from ui.kit.surfaces import Card, page_scroll
from ui.kit.words import WrappedLabel, apart, label, spaced
from ui.people.parts import Facts, Shown
from ui.people.wording import age_words, kind_words, listed, name_words, point_words, relation_words
from ui.who.banner import PersonBanner
from ui.who.call_rows import call_rows

CALLS = 5


class Preview(Card):
    """`open_wanted` and `call_about_wanted` carry the person's key, `call_wanted` the id of a call."""

    open_wanted = Signal(object)
    call_about_wanted = Signal(object)
    call_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Preview")
        self._desk = desk
        self.key: UUID | None = None
        self.name, self.kind = WrappedLabel("", "h2"), WrappedLabel("", "muted")
        self.open_button = KeyButton("Open", "Enter").when_pressed(self._open)
        self.call_button = KeyButton("Call", kind="quiet", icon="phone-call").when_pressed(self._call)
        self.call_button.needs(desk.rights, Subject.CALLS, Action.ADD)
        self.banner = PersonBanner().guarded(desk.rights)
        for wish in (self.banner.renew_wanted, self.banner.show_hidden_wanted):
            wish.connect(self._open)  # both are done on the record
        self.facts = Facts()
        self.calls_title = label("Last calls", "h3")
        self.calls = RowList("Last calls", fitting=True)
        self.calls.opened.connect(self._call_opened)
        head = QWidget()
        words = QVBoxLayout(head)
        spaced(words, gap="xs")
        words.addWidget(self.name)
        words.addWidget(self.kind)
        buttons = Flow(gap="s")
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.call_button)
        words.addLayout(buttons)
        self.add(page_scroll(PageBody(head, self.banner, self.facts, self.calls_title, self.calls)), 1)
        self.hide()

    def show_person(self, key: UUID | None) -> None:
        """Ask for somebody, or show nobody."""
        self.key = key
        if key is None:
            self.hide()
            return
        services = self._desk.services

        def read() -> tuple[Shown, list[CallLine]]:
            record, lists = services.people.record(key), services.vocabularies.all()
            ids = services.calls.ids(Selection(person=key), limit=CALLS) if record.calls else []
            lines = services.calls.lines(ids)
            shown = Shown(record=record, lists=lists, today=local_day(services.clock()))
            return shown, [lines[id_] for id_ in ids if id_ in lines]

        self._desk.latest(self, "preview", read, self._show, self._failed)

    def _show(self, answer: tuple[Shown, list[CallLine]]) -> None:
        shown, lines = answer
        person = shown.record.person
        self.name.setText(name_words(person, shown.today))
        self.kind.setText(kind_words(person))
        self.open_button.setAccessibleName(f"Open {person.name}")
        self.call_button.setAccessibleName(f"Call with {person.name}")
        self.banner.know(shown.lists)
        self.banner.show_record(shown.record, shown.today)
        self.facts.show_facts(_facts(shown))
        self.calls.show_rows(call_rows(lines, shown.lists, shown.today))
        for part in (self.calls_title, self.calls):
            part.setHidden(not lines)
        self.show()

    def _failed(self, error: DeskError) -> None:
        self.hide()

    def _call_opened(self, call_id: int) -> None:
        self.call_wanted.emit(call_id)

    def _open(self) -> None:
        if self.key is not None:
            self.open_wanted.emit(self.key)

    def _call(self) -> None:
        if self.key is not None:
            self.call_about_wanted.emit(self.key)


def _facts(shown: Shown) -> list[tuple[str, str]]:
    person = shown.record.person
    phones = [point_words(point) for point in person.contacts if point.current_on(shown.today)]
    schools = [a.organisation.name for a in shown.record.attendances
               if a.affiliation.valid_to is None or a.affiliation.valid_to >= shown.today]  # fmt: skip
    towns = [a.town for a in person.addresses if a.town and a.current_on(shown.today)]
    return [
        ("Reach by", "\n".join(phones)),
        ("Family", "\n".join(_family(shown))),
        ("School", apart(listed(schools))),
        ("Town", apart(listed(list(dict.fromkeys(towns))))),
    ]


def _family(shown: Shown) -> list[str]:
    name = shown.record.person.given_names or shown.record.person.name
    now = [t for t in shown.record.ties if t.relationship.valid_to is None or t.relationship.valid_to >= shown.today]
    lines = []
    for tie in now[:6]:
        age = age_words(tie.other_born_on, shown.today)
        words = relation_words(tie, shown.lists, name)
        lines.append(f"{apart(tie.other_name)}{f', {age}' if age else ''}: {words}")
    return lines + ([f"and {len(now) - 6} more"] if len(now) > 6 else [])
