"""How people, their ties and what was agreed are put into words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.codes import Code, ConsentAnswer, Known, PersonKind, Safety
from ppsdesk.domain.families import Consent, Relationship, Tie, months_between
from ppsdesk.domain.finding import Found
from ppsdesk.domain.people import Address, ContactPoint, PersonFacts
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ppsdesk.domain.words import count_of
from ui.kit.row_list import Row
from ui.kit.words import apart
from ui.who.found_list import last_words, name_of, why_words

NOTHING = "–"
_LONG = 16  # letters
SAFETY_KINDS = {
    Safety.NOT_ASKED: "neutral",
    Safety.SAFE: "success",
    Safety.CAREFUL: "warning",
    Safety.NOT_SAFE: "danger",
}
ANSWER_KINDS = {
    ConsentAnswer.GIVEN: "success",
    ConsentAnswer.REFUSED: "danger",
    ConsentAnswer.WITHDRAWN: "danger",
    ConsentAnswer.NOT_ASKED: "neutral",
}
_VOCABULARIES = {"area": Vocabulary.AREA, "language": Vocabulary.LANGUAGE, "formats": Vocabulary.FORMAT}


def kind_words(person: PersonFacts) -> str:
    """ "Parent, carer or other family", "SENCO", "Young person in their own right"."""
    if person.kind is PersonKind.PROFESSIONAL and person.role:
        return apart(person.role)
    if person.kind is PersonKind.CHILD and person.own_right:
        return "Young person in their own right"
    return person.kind.label


def name_words(person: PersonFacts, today: date) -> str:
    """ "Nia Bramblecombe, 8", as a title: very long words may break."""
    age = age_words(person.born_on, today)
    return breakable(f"{apart(flat(person.name))}{f', {age}' if age else ''}")


def flat(text: str) -> str:
    """In one line."""
    return " ".join(text.split())


def breakable(text: str) -> str:
    """A word no window has room for may go on in the next line: a sign without width says where."""
    return re.sub(rf"\S{{{_LONG}}}(?=\S{{{_LONG // 2}}})", lambda found: f"{found[0]}\u200b", text)


def age_words(born_on: date | None, today: date) -> str:
    """ "8", "under 1", or "" where the day of birth is not known."""
    if born_on is None or born_on > today:
        return ""
    years = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    return str(years) if years else "under 1"


def span_words(first: date | None, last: date | None, today: date) -> str:
    """ "since 3 Sep 2024", "until Thu 3 Dec 2026", "3 Sep 2022 to 20 Jul 2024", or "" for always."""
    if first and last:
        return f"{long_day(first)} to {long_day(last)}"
    if first:
        return f"{'from' if first > today else 'since'} {long_day(first)}"
    return f"{'until' if last >= today else 'to'} {long_day(last)}" if last else ""


def point_words(point: ContactPoint) -> str:
    """ "07700 900123 (safe to use, text only)" for one line."""
    more = [point.safety.label.lower()] if point.safety is not Safety.NOT_ASKED else []
    more += [apart(point.note)] if point.note else []
    return f"{apart(point.value)} ({', '.join(more)})" if more else apart(point.value)


def address_words(address: Address) -> str:
    """One line: lines, town, postcode; or that there is none."""
    parts = [*address.lines.splitlines(), address.town, address.postcode]
    written = ", ".join(part.strip(" ,") for part in parts if part.strip(" ,"))
    if address.no_fixed_address:
        return f"No fixed address{f': {apart(written)}' if written else ''}"
    return apart(written) or NOTHING


def relation_words(tie: Tie, lists: Vocabularies, name: str) -> str:
    """What the two are to each other: "father" of the other one, "Siân is the mother" of the one whose record it is."""
    kind = term_words(lists, Vocabulary.RELATIONSHIP, tie.relationship.kind)
    if not tie.outgoing or tie.relationship.kind in ("sibling",):
        return kind
    return f"{apart(name)} is the {kind}"


def known_words(tie: Relationship, today: date, *, told: bool = False) -> str:
    """What is known about a tie, then what is not, in one line; `told` leaves out what a chip says already."""
    said = {
        "parental responsibility": (tie.responsibility, "parental responsibility", "no parental responsibility"),
        "who lives with whom": (tie.lives_with, "live together", "live apart"),
    } | ({} if told else {"who may be told": (tie.may_know, "may be told", "not to be told")})
    known = [yes if answer is Known.YES else no for answer, yes, no in said.values() if answer is not Known.NOT_KNOWN]
    unknown = [thing for thing, (answer, *_) in said.items() if answer is Known.NOT_KNOWN]
    parts = [", ".join(known)] if known else []
    parts += [f"not known: {', '.join(unknown)}"] if unknown else []
    parts += [part for part in (span_words(tie.valid_from, tie.valid_to, today), apart(tie.note)) if part]
    line = "; ".join(parts)
    return line[:1].upper() + line[1:]


def consent_words(consent: Consent, today: date) -> str:
    """ "Wed 3 Nov 2026, 8 months ago, by phone, noted by hana"."""
    how = [apart(consent.how)] if consent.how else []
    by = [f"noted by {apart(consent.noted_by)}"] if consent.noted_by else []
    return ", ".join([long_day(consent.given_on), ago_words(consent.given_on, today), *how, *by])


def ago_words(day: date, today: date) -> str:
    """ "today", "3 days ago", "8 months ago", "2 years ago"."""
    if day >= today:
        return "today" if day == today else f"in {count_of((day - today).days, 'day')}"
    months = months_between(day, today)
    if months >= 24:
        return f"{months // 12} years ago"
    return f"{count_of(months, 'month')} ago" if months else f"{count_of((today - day).days, 'day')} ago"


def term_words(lists: Vocabularies, vocabulary: Vocabulary, code: TermCode) -> str:
    """A term in the middle of a sentence: as it stands in the list."""
    return apart(next((term.label for term in lists.of(vocabulary) if term.code == code), code))


def value_words(field: str, value: object, lists: Vocabularies) -> str:
    """What a field of a person holds, as one line; an en dash for nothing."""
    if field in _VOCABULARIES:
        codes = value if isinstance(value, tuple) else (value,) if value else ()
        return ", ".join(apart(lists.label(_VOCABULARIES[field], TermCode(str(code)))) for code in codes) or NOTHING
    if isinstance(value, tuple):
        return "; ".join(_part_words(part) for part in value) or NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Code):
        return value.label
    if isinstance(value, date):
        return long_day(value)
    return apart(str(value)) if value else NOTHING


def listed(names: Sequence[str], most: int = 3) -> str:
    """ "Tom, Ella and 2 more"."""
    if len(names) <= most:
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def _part_words(part: object) -> str:
    if isinstance(part, ContactPoint):
        return point_words(part)
    return address_words(part) if isinstance(part, Address) else apart(str(part))


def found_row(found: Found) -> Row:
    """Somebody found: who, whose, where, and why they are in the list."""
    alert = (
        f"{found.alerts[0]}{f' (+{len(found.alerts) - 1})' if len(found.alerts) > 1 else ''}" if found.alerts else ""
    )
    parts = (apart(found.town), why_words(found), last_words(found))
    return Row(
        key=found.person or found.reference,
        words=apart(name_of(found)),
        beside=apart(found.about),
        under=" · ".join(part for part in parts if part),
        warning=apart(alert),
    )
