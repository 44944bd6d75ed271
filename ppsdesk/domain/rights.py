"""Who may do what on a shared server: one table, from which rights, screens, tests and the manual are made.

In a local file nobody is kept from anything: whoever can open the file can read all of it with other tools as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ppsdesk.domain.codes import Code


class Role(Code):
    """What somebody does at the service. On a server everybody has exactly one."""

    HELPLINE = "helpline", "Helpline"
    SUPPORTER = "supporter", "Supporter"
    VOLUNTEER = "volunteer", "Volunteer"
    COORDINATOR = "coordinator", "Coordinator"
    ANALYST = "analyst", "Analyst"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


class Subject(Code):
    """What a right is about. Every table of the database belongs to exactly one; reports have no table of their own."""

    CALLS = "calls", "Calls"
    RINGS = "rings", "Rings that were no enquiry"
    STEPS = "steps", "Next steps"
    DRAFTS = "drafts", "Unfinished calls"
    PEOPLE = "people", "People"
    FAMILIES = "families", "Families, alerts, consent, schools of a child"
    HIDDEN_ADDRESSES = "hidden_addresses", "Hidden addresses"
    SAFEGUARDING = "safeguarding", "Safeguarding notes"
    LOOKS = "looks", "Who looked at what is hidden"
    ORGANISATIONS = "organisations", "Schools and other organisations"
    LISTS = "lists", "Lists of words"
    TEXTS = "texts", "Texts put in by one key"
    SCHOOL_TERMS = "school_terms", "School terms"
    REPORTS = "reports", "Reports"
    SAVED_REPORTS = "saved_reports", "Saved settings of reports"
    DATES = "dates", "Dates of the law in a matter"
    RULES = "rules", "Rules and bank holidays"
    IMPORTS = "imports", "Imports"
    SERVICE = "service", "Settings of the service"
    AUDIT = "audit", "The audit trail"
    SCHEMA = "schema", "The age of the tables"


class Action(Code):
    """What may be done with a subject."""

    PART = "part", "in part"
    READ = "read", "read"
    ADD = "add", "add"
    CHANGE = "change", "change"
    REMOVE = "remove", "remove"


_LETTERS = {"p": Action.PART, "r": Action.READ, "a": Action.ADD, "c": Action.CHANGE, "d": Action.REMOVE}

# p in part, r read, a add, c change, d remove (for good: a call that is “removed” on the screen is only changed).
# The columns are the roles in their order.
_TABLE = """
                  helpline  supporter volunteer coordinator analyst auditor administrator
calls             rac       rac       -         racd        p       -       -
rings             rac       rac       -         rac         p       -       -
steps             rac       rac       -         rac         p       -       -
drafts            racd      racd      -         racd        -       -       -
people            rac       rac       -         rac         -       -       -
families          rac       rac       -         rac         -       -       -
hidden_addresses  pa        rac       -         rac         -       -       -
safeguarding      pa        ra        -         ra          -       -       -
looks             -         pa        -         ra          -       r       -
organisations     rac       rac       r         rac         -       -       rac
lists             ra        ra        r         rac         r       r       rac
texts             r         r         r         rac         -       -       rac
school_terms      r         r         r         racd        r       -       racd
reports           -         r         -         r           r       -       -
saved_reports     -         racd      -         racd        racd    -       -
dates             rac       rac       -         racd        -       -       -
rules             r         r         r         racd        r       r       r
imports           r         r         -         rac         -       -       -
service           r         r         r         rc          r       r       rc
audit             p         p         -         p           -       r       p
schema            r         r         r         r           r       r       r
"""

# what “in part” leaves out, for the manual
IN_PART: Mapping[Subject, str] = MappingProxyType(
    {
        Subject.CALLS: "days, line, topics and other lists, times, numbers of caller and child; "
        "no name, phone number, reference, note or adviser",
        Subject.RINGS: "kind, line and day",
        Subject.STEPS: "kind, state and times; no words, phone number or name",
        Subject.HIDDEN_ADDRESSES: "that there is one",
        Subject.SAFEGUARDING: "that there is one",
        Subject.LOOKS: "the number of the entry that was just made",
        Subject.AUDIT: "the history of what the role may read, and that something hidden was added or changed",
    }
)

# Seconds: a question that takes longer than that is stopped; a change waits that long for somebody else's; a
# transaction that is left standing is ended. How often one login may be signed in at once, on the whole server.
ANSWER_WITHIN, ANALYST_WITHIN = 30, 120
LOCK_WITHIN, IDLE_WITHIN = 5, 60
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """What a login's sessions are held to, in seconds."""

    statement: int
    lock: int = LOCK_WITHIN
    idle: int = IDLE_WITHIN


def limits(role: Role) -> Limits:
    """The time-outs of a role: who counts years of calls may wait longer."""
    return Limits(ANALYST_WITHIN if role is Role.ANALYST else ANSWER_WITHIN)


def _read(table: str) -> dict[tuple[Role, Subject], frozenset[Action]]:
    head, *lines = (line.split() for line in table.strip().splitlines())
    roles = [Role(name) for name in head]
    return {
        (role, Subject(subject)): frozenset(_LETTERS[letter] for letter in cell.replace("-", ""))
        for subject, *cells in lines
        for role, cell in zip(roles, cells, strict=True)
    }


RIGHTS: Mapping[tuple[Role, Subject], frozenset[Action]] = MappingProxyType(_read(_TABLE))


def may(role: Role | None, subject: Subject, action: Action = Action.READ) -> bool:
    """Whether a role may do that. None is a local file, or a login outside of the roles: nothing is held back here.

    Who may read all of a subject may read it in part.
    """
    if role is None:
        return True
    given = RIGHTS[role, subject]
    return action in given or (action is Action.PART and Action.READ in given)


def in_words(role: Role, subject: Subject) -> str:
    """One cell of the manual's table: “read, add, change”, “in part”, “no”."""
    given = RIGHTS[role, subject]
    return ", ".join(action.label for action in Action if action in given) or "no"
