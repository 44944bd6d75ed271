"""What cannot be kept of consents, schools over time, hidden addresses and safeguarding notes."""

from __future__ import annotations

from datetime import date, datetime

from ppsdesk.domain.calendar import local_day, plain_day
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.families import Affiliation, Consent, HiddenAddress, SafeguardingNote
from ppsdesk.domain.people import LINES_LIMIT, NAME_LIMIT, unfit

NOTE_LIMIT = 10_000


def check_consent(consent: Consent, *, now: datetime) -> None:
    """Raises `Invalid`: an answer of a day to come, words that do not fit."""
    problems = _texts(("how", "How", consent.how, NAME_LIMIT), ("noted_by", "Noted by", consent.noted_by, NAME_LIMIT))
    if consent.given_on > local_day(now):
        problems["given_on"] = f"Nobody has answered yet on {plain_day(consent.given_on)}."
    if problems:
        raise Invalid(problems)


def check_affiliation(affiliation: Affiliation) -> None:
    """Raises `Invalid`: an end before its start, a role that does not fit."""
    problems = _texts(("role", "Role", affiliation.role, NAME_LIMIT))
    problems |= _span(affiliation.valid_from, affiliation.valid_to)
    if problems:
        raise Invalid(problems)


def check_hidden_address(address: HiddenAddress) -> None:
    """Raises `Invalid`: nothing written, an end before its start, words that do not fit."""
    problems = _texts(
        ("lines", "Address", address.lines, LINES_LIMIT),
        ("town", "Town", address.town, NAME_LIMIT),
        ("postcode", "Postcode", address.postcode, 20),
        ("note", "Note", address.note, NAME_LIMIT),
        ("told_to_nobody_but", "Told to nobody but", address.told_to_nobody_but, NAME_LIMIT),
    )
    if not any((address.lines.strip(), address.town.strip(), address.postcode.strip(), address.note.strip())):
        problems.setdefault("lines", "Enter the address, or a note on where to write to.")
    problems |= _span(address.valid_from, address.valid_to)
    if problems:
        raise Invalid(problems)


def check_safeguarding(note: SafeguardingNote) -> None:
    """Raises `Invalid`: nothing written, or too much."""
    problems = _texts(("words", "Note", note.words, NOTE_LIMIT))
    if not note.words.strip():
        problems["words"] = "Write the note first; an empty one cannot be kept."
    if problems:
        raise Invalid(problems)


def _texts(*texts: tuple[str, str, str, int]) -> dict[str, str]:
    return {field: trouble for field, label, text, limit in texts if (trouble := unfit(label, text, limit))}


def _span(first: date | None, last: date | None) -> dict[str, str]:
    if first and last and last < first:
        return {"valid_to": f"It cannot end on {plain_day(last)}, before it begins."}
    return {}
