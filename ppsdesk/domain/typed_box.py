"""What is typed into the one box, taken apart: for the fields of a new caller, and as clues to look for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from ppsdesk.domain.finding import Typed
from ppsdesk.domain.names import MOST_PARTS, PARTICLES, WORD_LIMIT, name_parts
from ppsdesk.domain.phones import SHORTEST_TAIL, digits
from ppsdesk.domain.postcodes import compact, find_postcode, without_postcode
from ppsdesk.domain.references import looks_like
from ppsdesk.domain.typed_dates import read_day

ASKED_LIMIT = 300  # signs of the box that are looked for; the rest goes to the fields only

_EMAIL = re.compile(r"[^\s@,;<>\"']{1,200}@[^\s@,;<>\"']{0,200}")
_DAY = re.compile(
    r"(?<![\w/.\-])(?:\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})|\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}(?:st|nd|rd|th)? ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} ?\d{4})(?![\w/\-]|\.\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}")
_PHONE = re.compile(r"[+(]*\d[\d\s().\-‐‑‒–/+]*(?:(?:ext(?:ension|n)?|x|#)[.:\s]*\d{1,6}(?!\w))?", re.IGNORECASE)
_BEGINNING = re.compile(r"(?<!\w)[a-z]{1,2}\d[a-z\d]?(?: ?\d[a-z]?)?(?!\w)", re.IGNORECASE)
_EDGES = " ,;:-–/|\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What is looked for, everything folded. `names` may be towns too; `phone` is a run of at least four digits.

    In `names` "o brien" is "obrien"; `apart` has the words as typed, for somebody whose name is "Le".
    """

    names: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    phone: str = ""
    postcode: str = ""  # or the beginning of one
    email: str = ""
    born: tuple[date, ...] = ()  # the days it may mean
    reference: str = ""

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.names or self.phone or self.postcode or self.email or self.born or self.reference)


def take_apart(text: str, today: date) -> Typed:
    """Digits to phone, a postcode to postcode, a reference to reference, an e-mail address and a day to theirs, the
    rest, spaces tidied, to name. "Thistle, Jane" stays so for `names.split_name`. A year of two digits is the last one
    before `today`."""
    rest, reference = _reference(_plain(text))
    rest, email = _cut(_EMAIL, rest)
    rest, day = _cut(_DAY, rest)
    born = _read(day, today)
    postcode = find_postcode(rest)
    rest, phone = _phone(without_postcode(rest) if postcode else rest)
    return Typed(
        name=" ".join(f"{rest} {'' if born else day}".split()).strip(_EDGES),
        phone=" ".join(phone.split()).strip(_EDGES),
        postcode=postcode,
        reference=reference,
        email=email,
        born_on=born,
    )


def clues(text: str, today: date) -> Clues:
    """What to look for. Signs that mean something to a database mean nothing here: they are no letters."""
    typed = take_apart(text[:ASKED_LIMIT], today)
    rest, beginning = ("", compact(typed.name)) if compact(typed.name) else _cut(_BEGINNING, typed.name)
    words = tuple(word for word in name_parts(rest) if not word.isdecimal())
    number = digits(typed.phone)
    eight = _eight_digits(number, today)
    return Clues(
        names=_joined(words),
        apart=words,
        phone=number if len(number) >= SHORTEST_TAIL else "",
        postcode=compact(typed.postcode or beginning),
        email=typed.email.lower(),
        born=(typed.born_on,) if typed.born_on else eight,
        reference=typed.reference,
    )


def _plain(text: str) -> str:
    # marks that only steer how a text is set (right to left, zero width) and control signs
    kept = (" " if unicodedata.category(sign) == "Cc" else sign for sign in text if unicodedata.category(sign) != "Cf")
    return "".join(kept)


def _reference(text: str) -> tuple[str, str]:
    words = text.split()
    for place, word in enumerate(words[:MOST_PARTS]):
        if reference := looks_like(word):
            return " ".join(words[:place] + words[place + 1 :]), reference
    reference = looks_like(text[:ASKED_LIMIT])
    return ("", reference) if reference else (text, "")


def _cut(sign: re.Pattern[str], text: str) -> tuple[str, str]:
    found = sign.search(text)
    return (f"{text[: found.start()]} {text[found.end() :]}", found[0]) if found else (text, "")


def _read(day: str, today: date) -> date | None:
    try:
        read = read_day(day, today) if day else None
        if read and read > today and not _YEAR.search(day):
            return read.replace(year=read.year - 100)
    except ValueError:  # no such day, or 29 February in a year that has none
        return None
    return read


def _phone(text: str) -> tuple[str, str]:
    """The first run of digits long enough to be a phone's end; any run where nothing else was typed."""
    alone = not any(sign.isalpha() for sign in text)
    for found in _PHONE.finditer(text):
        if alone or sum(sign.isdecimal() for sign in found[0]) >= SHORTEST_TAIL:
            return f"{text[: found.start()]} {text[found.end() :]}", found[0]
    return text, ""


def _joined(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "o brien" and "de la cruz" as the one word they are kept as."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in PARTICLES:
            joined[-1] += word
        else:
            joined.append(word)
    for place, word in enumerate(joined):
        joined[place] = word[:WORD_LIMIT]
    return tuple(dict.fromkeys(joined))


def _eight_digits(number: str, today: date) -> tuple[date, ...]:
    """A day of birth typed as 03092015 or 20150903."""
    if len(number) != 8:
        return ()
    days = {
        _read(f"{number[6:]}/{number[4:6]}/{number[:4]}", today),
        _read(f"{number[:2]}/{number[2:4]}/{number[4:]}", today),
    }
    return tuple(sorted(day for day in days if day and 1900 <= day.year <= 2100))
