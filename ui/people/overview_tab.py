"""Who somebody is: what one must know of them at a glance."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day, long_day
from ppsdesk.domain.people import Person
from ppsdesk.domain.vocabulary import Vocabulary
from ui.kit.desk import Desk
from ui.kit.surfaces import Card
from ui.kit.words import WrappedLabel, apart
from ui.people.alerts_card import AlertsCard
from ui.people.parts import Columns, Facts, Shown, Tab
from ui.people.safeguarding_card import SafeguardingCard
from ui.people.schools_card import SchoolsCard
from ui.people.wording import age_words, breakable, kind_words, value_words

_WISHED_FOR = (("born_on", "date of birth"), ("area", "area"), ("language", "language"))


class OverviewTab(Tab):
    """The person, schools over time, alerts, the note, and notes for few eyes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = Card("About")
        self.facts = Facts()
        self.missing = WrappedLabel("", "caption")
        self.note = WrappedLabel("")
        self.note_card = Card("Note")
        self.note_card.add(self.note)
        self.about.add(self.facts)
        self.about.add(self.missing)
        self.schools = SchoolsCard(desk)
        self.alerts = AlertsCard(desk)
        self.safeguarding = SafeguardingCard(desk)
        self.column.addWidget(Columns((self.about, self.schools), (self.alerts, self.note_card, self.safeguarding)))

    def show_record(self, shown: Shown) -> None:
        """As it now is."""
        person = shown.record.person
        self.facts.show_facts(_facts(shown))
        absent = [words for name, words in _WISHED_FOR if not getattr(person, name)]
        self.missing.setText(f"Not written down: {', '.join(absent)}." if absent else "")
        self.missing.setHidden(not absent)
        self.note.setText(breakable(person.note))
        self.note_card.setHidden(not person.note)
        for part in (self.schools, self.alerts, self.safeguarding):
            part.show_record(shown)

    def put_away(self) -> None:
        """Notes for few eyes are shown only while one stays here."""
        self.safeguarding.hide_notes()


def _facts(shown: Shown) -> list[tuple[str, str]]:
    person, lists = shown.record.person, shown.lists
    return [
        ("Who this is", kind_words(person)),
        ("Born", _born(person, shown)),
        ("Known as", apart(person.known_as)),
        ("Former names", apart(person.former_names)),
        ("Language", _language(person, shown)),
        ("Formats", value_words("formats", person.formats, lists) if person.formats else ""),
        ("Area", apart(lists.label(Vocabulary.AREA, person.area))),
        ("Town", _towns(person, shown)),
        ("On record", f"since {long_day(local_day(person.recorded_at))}"),
    ]


def _born(person: Person, shown: Shown) -> str:
    if person.born_on is None:
        return ""
    age = age_words(person.born_on, shown.today)
    return f"{long_day(person.born_on)}{f', {age} years old' if age.isdecimal() else f', {age} a year old'}"


def _language(person: Person, shown: Shown) -> str:
    words = apart(shown.lists.label(Vocabulary.LANGUAGE, person.language))
    needed = "interpreter needed" if person.interpreter else ""
    return (
        ", ".join(part for part in (words, needed) if part).capitalize()
        if not words
        else ", ".join(part for part in (words, needed) if part)
    )


def _towns(person: Person, shown: Shown) -> str:
    towns = [a.town for a in person.addresses if a.town and a.current_on(shown.today)]
    return apart(", ".join(dict.fromkeys(towns)))
