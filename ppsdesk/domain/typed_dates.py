"""Days and times as people type them: `3/9`, `3.9.26`, `3 sep`, `yest`, `mon`, `0930`. Day, month, year, always.

A day without its year is the most recent one, today included: what a helpline writes down has happened. Two-digit
years 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999 (the POSIX convention).
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from ppsdesk.domain.calendar import MONTHS, WEEKDAYS, plain_day

HOW = "Type a day as 3/9, 3 sep, 3.9.26, mon or yest."

_NAMED = {"today": 0, "tod": 0, "yesterday": -1, "yest": -1, "yes": -1, "tomorrow": 1, "tom": 1}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?\.?", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .\-/]*([a-z]{3,9})\.?(?:[ .\-/]*(\d{2}|\d{4}))?", re.ASCII)
_WORDS_FIRST = re.compile(r"([a-z]{3,9})\.? *(\d{1,2})(?:st|nd|rd|th)?,?(?: +(\d{4}))?", re.ASCII)
_WEEKDAY_BEFORE = re.compile(r"([a-z]{2,9})\.?,? +(\d.*)", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h ](\d{2}))?", re.ASCII)
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_day(text: str, today: date) -> date:
    """The day somebody typed. ValueError with one sentence for the person if it is none."""
    typed = " ".join(text.split()).casefold()
    if not typed:
        raise ValueError(HOW)
    if typed in _NAMED:
        return today + timedelta(days=_NAMED[typed])
    weekday = _weekday(typed)
    if weekday is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    before = _WEEKDAY_BEFORE.fullmatch(typed)
    named = _weekday(before[1]) if before else None
    if before and named is not None:
        return _on_weekday(named, _calendar_day(text, before[2], today))
    return _calendar_day(text, typed, today)


def read_clock(text: str) -> time:
    """A time of day: `9`, `9.30`, `0930`, `09:30`. ValueError with one sentence for the person if it is none."""
    typed = text.strip()
    if typed.isascii() and typed.isdecimal() and len(typed) in (3, 4):
        typed = f"{typed[:-2]}:{typed[-2:]}"
    found = _CLOCK.fullmatch(typed.casefold())
    if not found:
        raise ValueError(f"“{text.strip()}” is not a time of day. Type it as 9:30, 0930 or 14.05.")
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:
        raise ValueError(f"“{text.strip()}” is not a time of day: times run from 00:00 to 23:59.")
    return time(hour, minute)


def _calendar_day(text: str, typed: str, today: date) -> date:
    if found := _ISO.fullmatch(typed):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _NUMBERS.fullmatch(typed):
        return _day_of(int(found[1]), int(found[2]), found[3], today)
    if found := _WORDS.fullmatch(typed):
        return _day_of(int(found[1]), _month(text, found[2]), found[3], today)
    if found := _WORDS_FIRST.fullmatch(typed):
        return _day_of(int(found[2]), _month(text, found[1]), found[3], today)
    raise _not_a_day(text)


def _day_of(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return _day(day, month, _full_year(year))
    if (day, month) == (29, 2):
        return _last_leap_day(today)
    this_year = _day(day, month, today.year)
    return this_year if this_year <= today else _day(day, month, today.year - 1)


def _last_leap_day(today: date) -> date:
    for year in range(today.year, today.year - 9, -1):
        if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0:
            leap = date(year, 2, 29)
            if leap <= today:
                return leap
    raise ValueError("There is no 29 February in these years.")


def _full_year(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return 2000 + number if number <= 68 else 1900 + number


def _day(day: int, month: int, year: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}. The day comes first, then the month: 3/9 is 3 September.")
    if year < 1000:
        raise ValueError(f"There is no year {year:04}. {HOW}")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no {day} {MONTHS[month - 1]} {year}.") from None


def _month(text: str, word: str) -> int:
    for number, name in enumerate(MONTHS, start=1):
        if name.casefold().startswith(word) or (word == "sept" and number == 9):
            return number
    raise _not_a_day(text)


def _weekday(word: str) -> int | None:
    for number, name in enumerate(_WEEKDAY_NAMES):
        if len(word) >= 2 and name.startswith(word):
            return number
    return None


def _on_weekday(weekday: int, day: date) -> date:
    if weekday != day.weekday():
        raise ValueError(f"{plain_day(day)} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[weekday]}.")
    return day


def _not_a_day(text: str) -> ValueError:
    return ValueError(f"“{text.strip()[:40]}” is not a day. {HOW}")
