"""Who belongs to whom, who may be told what, and what to know before anybody speaks.

Families are not tidy: a child may live in two homes, have several adults with different rights, and adults who must
not learn each other's address. So nothing here is a household; there are dated ties between two people each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.codes import AlertKind, ConsentAnswer, ConsentSubject, Known
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.history import MATTER_CHANGES
from ppsdesk.domain.organisations import Organisation
from ppsdesk.domain.people import LABELS, Address, Person, unfit
from ppsdesk.domain.vocabulary import TermCode

WORDS_LIMIT = 1_000
RENEW_AFTER = 6  # months: consent older than this is asked for again

# what a line of a person's history is about
CHANGE_LABELS: dict[str, str] = (
    LABELS
    | {
        "removed_at": "Removed",
        "relationships": "Relationship",
        "alerts": "Alert",
        "consents": "Consent",
        "affiliations": "School or organisation",
        "hidden_addresses": "Hidden address",
        "safeguarding_notes": "Safeguarding note",
        "disclosures": "Looked at what is hidden",
    }
    | MATTER_CHANGES
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """`person` is the `kind` (mother, grandparent, sibling, social worker…) of `other`.

    `responsibility` is parental responsibility. `lives_with` may be true of several adults: two homes. `may_know`
    says whether this person may be told about the other at all. Days are inclusive; None is open.
    """

    key: UUID
    person: UUID
    other: UUID
    kind: TermCode
    responsibility: Known = Known.NOT_KNOWN
    lives_with: Known = Known.NOT_KNOWN
    may_know: Known = Known.NOT_KNOWN
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something to know before speaking; in the banner on every tab while it holds. `valid_to` ends it by itself."""

    key: UUID
    person: UUID
    kind: AlertKind
    words: str
    valid_from: date | None = None
    valid_to: date | None = None
    version: int = 1

    def current_on(self, day: date) -> bool:
        """Whether it is shown on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One answer to one question, and how it was given ("by phone"). The newest of a subject counts."""

    key: UUID
    person: UUID
    subject: ConsentSubject
    answer: ConsentAnswer
    given_on: date
    how: str = ""
    noted_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """A person and an organisation: a child's school over time, where a professional works."""

    key: UUID
    person: UUID
    organisation: UUID
    role: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenAddress(Address):
    """An address that must not be disclosed. Whoever looks at it is noted."""

    person: UUID
    told_to_nobody_but: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardingNote:
    """A note that only those may read who need to. Never part of the person's record; added to, never changed."""

    key: UUID
    person: UUID
    words: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A relationship as seen from the person whose record is open: who the other one is, in words.

    `words` is "mother of Tom" seen from the mother and "Tom's mother" never: the record shows `other` and its label.
    """

    relationship: Relationship
    other: UUID
    other_name: str
    other_kind: str  # PersonKind value
    other_born_on: date | None
    outgoing: bool  # True: the open record is `relationship.person`


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """An affiliation with its organisation."""

    affiliation: Affiliation
    organisation: Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """Everything the page and the pad show of a person, read in one moment.

    `hidden_addresses` is how many there are, never what they say. `alerts` and `consents` hold ended ones too.
    `calls` counts calls by or about this person.
    """

    person: Person
    ties: tuple[Tie, ...] = ()
    attendances: tuple[Attendance, ...] = ()
    alerts: tuple[Alert, ...] = ()
    consents: tuple[Consent, ...] = ()
    hidden_addresses: int = 0
    safeguarding_notes: int = 0
    calls: int = 0
    last_call: date | None = None

    def alerts_on(self, day: date) -> tuple[Alert, ...]:
        """What the banner shows on that day, the most urgent first."""
        order = list(AlertKind)
        return tuple(sorted((a for a in self.alerts if a.current_on(day)), key=lambda a: order.index(a.kind)))

    def consent(self, subject: ConsentSubject) -> Consent | None:
        """The answer that counts now, None when nobody asked."""
        answers = [consent for consent in self.consents if consent.subject is subject]
        return max(answers, key=lambda consent: consent.given_on, default=None)

    def children(self) -> tuple[Tie, ...]:
        """Ties to children and young people, eldest first, then by name: the numbered chips of the pad."""
        ties = {tie.other: tie for tie in self.ties if tie.other_kind == "child"}
        return tuple(sorted(ties.values(), key=lambda tie: (tie.other_born_on or date.max, tie.other_name)))


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another: the age of a consent."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def check_relationship(tie: Relationship) -> None:
    """Raises `Invalid`: somebody made their own parent, an end before its start, a note too long."""
    problems: dict[str, str] = {}
    if tie.person == tie.other:
        problems["other"] = "Nobody is their own relative. Choose the other person."
    if tie.valid_from and tie.valid_to and tie.valid_to < tie.valid_from:
        problems["valid_to"] = f"It cannot end on {plain_day(tie.valid_to)}, before it begins."
    if trouble := unfit("Note", tie.note, WORDS_LIMIT):
        problems["note"] = trouble
    if problems:
        raise Invalid(problems)


def check_alert(alert: Alert) -> None:
    """Raises `Invalid`: no words, too many, an end before its start."""
    problems: dict[str, str] = {}
    if not alert.words.strip():
        problems["words"] = "Write what the next person to speak must know."
    elif trouble := unfit("Alert", alert.words, WORDS_LIMIT):
        problems["words"] = trouble
    if alert.valid_from and alert.valid_to and alert.valid_to < alert.valid_from:
        problems["valid_to"] = f"It cannot end on {plain_day(alert.valid_to)}, before it begins."
    if problems:
        raise Invalid(problems)
