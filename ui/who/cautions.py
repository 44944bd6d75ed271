"""What must be known before anybody speaks, in words, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ppsdesk.domain.codes import AlertKind, ContactKind, Known, Safety
from ppsdesk.domain.families import PersonRecord, Tie
from ppsdesk.domain.people import ContactPoint, Person
from ppsdesk.domain.phones import shown
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ui.kit.signed_lines import SignedLine
from ui.kit.words import apart

HIDDEN = "Address hidden: it must not be disclosed."
_KINDS = {AlertKind.SAFE_CONTACT: "warning", AlertKind.TAKE_CARE: "warning", AlertKind.HANDLING: "info"}

Label = Callable[[Vocabulary, TermCode], str]


def warning_lines(record: PersonRecord, today: date, lists: Vocabularies) -> tuple[SignedLine, ...]:
    """Alerts that hold today, what may not be told to whom, what not to use, and how to be understood.

    A line of kind warning is to mind before speaking; info helps. Hidden addresses are named, never shown.
    """
    alerts = record.alerts_on(today)
    lines = [SignedLine(f"{alert.kind.label}: {apart(alert.words)}", _KINDS[alert.kind]) for alert in alerts]
    person = record.person
    lines += [SignedLine(words, "warning") for words in _not_to_be_told(record, today)]
    lines += [SignedLine(HIDDEN, "warning")] if record.hidden_addresses else []
    lines += [SignedLine(words, "warning") for words in _not_to_use(person, today)]
    understood = _to_be_understood(person, lists)
    lines += [SignedLine(understood, "info")] if understood else []
    return tuple(sorted(lines, key=lambda line: line.kind != "warning"))


def _not_to_be_told(record: PersonRecord, today: date) -> list[str]:
    return list(dict.fromkeys(_do_not_tell(record.person.name, tie) for tie in record.ties if _kept_from(tie, today)))


def _kept_from(tie: Tie, today: date) -> bool:
    relationship = tie.relationship
    begun = relationship.valid_from is None or relationship.valid_from <= today
    ended = relationship.valid_to is not None and relationship.valid_to < today
    return relationship.may_know is Known.NO and begun and not ended


def _do_not_tell(name: str, tie: Tie) -> str:
    told, about = (name, tie.other_name) if tie.outgoing else (tie.other_name, name)
    return f"Do not tell {apart(told)} anything about {apart(about)}."


def _not_to_use(person: Person, today: date) -> list[str]:
    current = [point for point in person.contacts if point.current_on(today)]
    words = [f"Do not use {_contact(point)}" for point in current if point.safety is Safety.NOT_SAFE]
    words += [f"Use with care: {_contact(point)}" for point in current if point.safety is Safety.CAREFUL]
    for address in person.addresses:
        if address.current_on(today) and address.safety in (Safety.NOT_SAFE, Safety.CAREFUL):
            place = f" in {apart(address.town)}" if address.town else ""
            note = f" ({apart(address.note)})" if address.note else ""
            begins = "Do not write to" if address.safety is Safety.NOT_SAFE else "Write with care to"
            words.append(f"{begins} the address{place}{note}")
    return words


def _contact(point: ContactPoint) -> str:
    value = apart(shown(point.value) if point.kind is ContactKind.PHONE else point.value)
    return f"{value} ({apart(point.note)})" if point.note else value


def _to_be_understood(person: Person, lists: Vocabularies) -> str:
    language = _label(lists, Vocabulary.LANGUAGE, person.language)
    parts = []
    if person.interpreter:
        parts.append(f"Interpreter needed: {language}" if language else "Interpreter needed")
    elif language:
        parts.append(f"Language: {language}")
    formats = [_label(lists, Vocabulary.FORMAT, code) for code in person.formats]
    parts += [f"Formats: {', '.join(formats)}"] if formats else []
    return " · ".join(parts)


def _label(lists: Vocabularies, vocabulary: Vocabulary, code: TermCode | None) -> str:
    words = lists.label(vocabulary, code)
    # a list not read yet: its codes are words joined by hyphens
    return apart(words if words != code else words.replace("-", " ").capitalize())
