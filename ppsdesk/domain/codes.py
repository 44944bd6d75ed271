"""Lists the program itself branches on. Lists that people choose from and edit are in `vocabulary.py`."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A stored value with the words shown for it: `MEMBER = "stored", "Shown"`.

    Stored values are for ever: `tests/samples/codes.txt` lists them, and one that disappears fails the build.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


class Direction(Code):
    """Who rang whom."""

    IN = "in", "Incoming"
    OUT = "out", "Outgoing"


class YearEnds(Code):
    """Where a year stops. Hertfordshire printed September to July in 2002; councils' accounts run April to March."""

    JULY = "july", "September to July"
    AUGUST = "august", "September to August"
    MARCH = "march", "April to March"


class Unit(Code):
    """What is being counted. A call is one conversation, a caller one person on record however often they rang, a
    child one child of one call, a call-back one promise to ring somebody."""

    CALLS = "calls", "Calls"
    CALLERS = "callers", "Callers"
    CHILDREN = "children", "Children"
    CALL_BACKS = "call_backs", "Call-backs"


class CallerState(Code):
    """Whether the first call a caller ever made lies in the days that are counted."""

    NEW = "new", "New callers"
    RETURNING = "returning", "Returning callers"
    NOT_KNOWN = "not_known", "Cannot be classified"


class Waited(Code):
    """How long somebody waited from asking for a call-back until they were reached, in days of the calendar."""

    SAME_DAY = "same_day", "Reached on the same day"
    ONE_DAY = "one_day", "Reached after 1 day"
    TWO_DAYS = "two_days", "Reached after 2 days"
    UP_TO_FIVE = "up_to_five", "Reached after 3 to 5 days"
    UP_TO_TEN = "up_to_ten", "Reached after 6 to 10 days"
    LONGER = "longer", "Reached after more than 10 days"
    GIVEN_UP = "given_up", "Ended without reaching them"
    OPEN = "open", "Still waiting"


class PersonKind(Code):
    """Whom a record is about. A young person who acts in their own right is a CHILD with `own_right`."""

    ADULT = "adult", "Parent, carer or other family"
    CHILD = "child", "Child or young person"
    PROFESSIONAL = "professional", "Professional"


class ContactKind(Code):
    """A way to reach somebody."""

    PHONE = "phone", "Phone"
    EMAIL = "email", "E-mail"


class Safety(Code):
    """Whether a way to reach somebody may be used. Not asked is not the same as safe."""

    NOT_ASKED = "not_asked", "Not asked"
    SAFE = "safe", "Safe to use"
    CAREFUL = "careful", "With care"
    NOT_SAFE = "not_safe", "Do not use"


class AlertKind(Code):
    """What a banner warns of, the most urgent first."""

    SAFE_CONTACT = "safe_contact", "Safe contact"
    TAKE_CARE = "take_care", "Take care"
    HANDLING = "handling", "How to help"


class ConsentSubject(Code):
    """What somebody was asked to agree to."""

    RECORD = "record", "Keep a record"
    SCHOOL = "school", "Talk to the school"
    COUNCIL = "council", "Talk to the council"
    HEALTH = "health", "Talk to health services"
    SURVEY = "survey", "Ask how we did"


class ConsentAnswer(Code):
    """What they said. The newest answer counts, the older ones stay readable."""

    GIVEN = "given", "Given"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_ASKED = "not_asked", "Not asked"


class Known(Code):
    """Yes, no, or nobody knows: three different answers."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class StepKind(Code):
    """What happens next after a call."""

    CALL_BACK = "call_back", "Call back"
    REFER = "refer", "Hand over"
    SEND = "send", "Send information"
    OTHER = "other", "Something else"


class StepState(Code):
    """Where a next step stands."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    GIVEN_UP = "given_up", "Given up"


class StepOwner(Code):
    """Who an outcome gives the next step to."""

    ME = "me", "Whoever took the call"
    COORDINATOR = "coordinator", "The coordinator"
    SUPPORTER = "supporter", "A supporter, to be named"


class AttemptResult(Code):
    """How one attempt to reach somebody ended."""

    REACHED = "reached", "Reached"
    NO_ANSWER = "no_answer", "No answer"
    ENGAGED = "engaged", "Engaged"
    MESSAGE = "message", "Left a message"
    NOT_SAFE = "not_safe", "Not safe to leave a message"
    WRONG_NUMBER = "wrong_number", "Wrong number"


class NonDataKind(Code):
    """A ring of the phone that was no enquiry. Counted apart from calls, never among them."""

    SILENT = "silent", "Silent"
    HUNG_UP = "hung_up", "Caller hung up"
    WRONG_NUMBER = "wrong_number", "Wrong number"


class Reason(Code):
    """Why a person was found."""

    NAME = "name", "name"
    KNOWN_AS = "known_as", "known as"
    SOUND = "sound", "sounds alike"
    SPELLING = "spelling", "spelled nearly so"
    FAMILY = "family", "family"
    PHONE = "phone", "phone"
    EMAIL = "email", "e-mail"
    POSTCODE = "postcode", "postcode"
    BORN = "born", "born"
    PLACE = "place", "town"
    REFERENCE = "reference", "reference"
