"""Days and times as people type them: `3/9`, `3.9.26`, `3 sep`, `yest`, `mon`, `+2w`, `0930`. Day, month, year, always.

A day without its year, and a weekday, is the most recent one, today included: what a helpline writes down has happened.
For what is still to come (`ahead`) it is the next one, and a weekday is then never today. Where both may be
(`nearest`) a day without its year is the one nearest to today; a weekday is the next one. A year of two digits is the
latest that is at most ten years ahead, so that 26 is 2026 and 68 is 1968. What could be two days is refused.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from ppsdesk.domain.calendar import MONTHS, WEEKDAYS, plain_day
from ppsdesk.domain.names import slips_between

HOW = "Type a day as 3/9, 3 sep, 3.9.26, mon, yest or +2w."
HOW_AHEAD = "Type a day as fri, +1w, +3d, 3/9 or tomorrow."

_NAMED = {"today": 0, "now": 0, "tonight": 0, "yesterday": -1, "yday": -1, "tomorrow": 1, "tommorow": 1, "tmrw": 1,
          "day before yesterday": -2, "day after tomorrow": 2}  # fmt: skip
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NAMES = tuple(name.casefold() for name in MONTHS)
_ALIASES = {"weds": "wednesday", "wensday": "wednesday", "sept": "september"}
_LAST_OF_TWO_DIGITS = 2068  # the POSIX convention, where today is of another century

_SIGNS = str.maketrans({**dict.fromkeys("–—−‑‐‒", "-"), **dict.fromkeys("⁄∕\\", "/"), "’": "'", "‘": "'"})
_BETWEEN = r"(?: ?[/.\-,;]+ ?| )"
_MAYBE = r"[ /.\-,;]*"
_YEAR = r"'?(\d{4}|\d{2})"
_TH = r"(?: ?(?:st|nd|rd|th)\b)?"
_ISO = re.compile(rf"(\d{{4}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{1,2}})")
_NUMBERS = re.compile(rf"(\d{{1,2}}){_BETWEEN}(\d{{1,2}})(?:{_BETWEEN}{_YEAR})?")
_CLOSE = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_CLOSE_ISO = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_WORDS = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?: of )?{_MAYBE}([a-z]{{3,11}})(?:{_MAYBE}{_YEAR})?")
_WORDS_FIRST = re.compile(rf"([a-z]{{3,11}})[. ]*(?:the )?(\d{{1,2}}){_TH}(?:(?:, ?| ){_YEAR})?")
_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_WITH_WEEKDAY = re.compile(r"([a-z]{2,10})(?:[.,]+ ?| )(?:the )?(\d.*)")
_WEEKDAY_BEHIND = re.compile(r"(\d.*?)[, (]+([a-z]{2,10})\)?")
_LOOSE = re.compile(r"(?:next|last|this|coming|past) ([a-z]+)")
_COUNTED = re.compile(r"(in |\+ ?|- ?)?(\d{1,3}|an?) ?([a-z]*)( ago| time)?")
_UNITS = {  # months, days
    **dict.fromkeys(("", "d", "day", "days"), (0, 1)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), (0, 7)),
    **dict.fromkeys(("fortnight", "fortnights"), (0, 14)),
    **dict.fromkeys(("m", "mth", "month", "months"), (1, 0)),
    **dict.fromkeys(("y", "yr", "year", "years"), (12, 0)),
}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h ](\d{2}))?", re.ASCII)


def read_day(text: str, today: date, *, ahead: bool = False, nearest: bool = False, since: date | None = None) -> date:
    """The day somebody typed; `ahead` for one still to come, `nearest` for one that may be either, `since` for one that
    is not before that day, wherever today is. ValueError with one sentence for the person if it is none.

    Counted days (`+2w`, `in 3 days`, `2 weeks ago`) always count from today.
    """
    try:
        return _Reader(text, today, ahead=ahead or nearest or since is not None, nearest=nearest, since=since).day()
    except OverflowError:
        raise ValueError(f"“{text.strip()[:40]}” is further away than the calendar goes.") from None


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


class _Reader:
    """One text, the day it is typed on, and which way it looks."""

    def __init__(self, text: str, today: date, *, ahead: bool, nearest: bool, since: date | None) -> None:
        self._text, self._today, self._ahead, self._nearest = text, today, ahead, nearest
        self._from = since or today  # where a day without its year, or month, is looked for
        typed = unicodedata.normalize("NFKC", text).translate(_SIGNS).casefold()
        self._typed = " ".join(typed.split()).removeprefix("on ").removeprefix("the ").rstrip(".,; ")
        self._how = HOW_AHEAD if ahead else HOW

    def day(self) -> date:
        """The day, or ValueError."""
        typed = self._typed
        if not typed:
            raise ValueError(self._how)
        if not typed.isascii():
            raise self._not_a_day()
        if (named := self._named(typed)) is not None:
            return self._today + timedelta(days=named)
        if (counted := self._counted(typed)) is not None:
            return counted
        week = typed.removesuffix(" week")  # "mon week" is the Monday after the coming one
        if (weekday := _one_of(week, _WEEKDAY_NAMES, least=2)) is not None:
            return self._weekday(weekday) if week == typed else self._coming(weekday) + timedelta(days=7)
        if (found := _LOOSE.fullmatch(typed)) and _one_of(found[1], _WEEKDAY_NAMES, least=2) is not None:
            raise ValueError(f"“{typed}” could be two days. {self._how}")
        return self._with_weekday(typed)

    def _named(self, typed: str) -> int | None:
        if typed in _NAMED:
            return _NAMED[typed]
        words = ("today", "yesterday", "tomorrow", *_WEEKDAY_NAMES)
        found = _one_of(typed, words, least=3)
        return None if found is None or found > 2 else _NAMED[words[found]]

    def _counted(self, typed: str) -> date | None:
        found = _COUNTED.fullmatch(typed)
        if not found or found[3] not in _UNITS:
            return None
        sign, number, unit, behind = (found[1] or "").strip(), found[2], found[3], (found[4] or "").strip()
        ways = {("+", ""): 1, ("-", ""): -1, ("in", ""): 1, ("in", "time"): 1, ("", "ago"): -1}
        way = ways.get((sign, behind), 1 if self._ahead and not sign and not behind and unit else 0)
        if not way or not (unit or sign in ("+", "-")):  # "3 weeks" may be before or behind us
            return None
        months, days = _UNITS[unit]
        much = way * (int(number) if number.isdecimal() else 1)
        return _months_on(self._today, much * months) + timedelta(days=much * days)

    def _weekday(self, weekday: int) -> date:
        return self._coming(weekday) if self._ahead else self._today - timedelta((self._today.weekday() - weekday) % 7)

    def _coming(self, weekday: int) -> date:
        return self._today + timedelta(days=(weekday - self._today.weekday() - 1) % 7 + 1)

    def _with_weekday(self, typed: str) -> date:
        before, behind = _WITH_WEEKDAY.fullmatch(typed), _WEEKDAY_BEHIND.fullmatch(typed)
        if before and (named := _one_of(before[1], _WEEKDAY_NAMES, least=2)) is not None:
            number = before[2]
            return _on_weekday(named, self._of_month(int(number)) if number.isdecimal() and len(number) < 3
                               else self._calendar_day(number))  # fmt: skip
        if behind and (named := _one_of(behind[2], _WEEKDAY_NAMES, least=2)) is not None:
            return _on_weekday(named, self._calendar_day(behind[1]))
        return self._calendar_day(typed)

    def _calendar_day(self, typed: str) -> date:
        if found := _ISO.fullmatch(typed) or _CLOSE_ISO.fullmatch(typed):
            return _day(int(found[3]), int(found[2]), int(found[1]))
        if found := _NUMBERS.fullmatch(typed) or _CLOSE.fullmatch(typed):
            return self._day_of(int(found[1]), int(found[2]), found[3])
        if found := _OF_MONTH.fullmatch(typed):
            return self._of_month(int(found[1]))
        if found := _WORDS.fullmatch(typed):
            return self._day_of(int(found[1]), self._month(found[2]), found[3])
        if found := _WORDS_FIRST.fullmatch(typed):
            return self._day_of(int(found[2]), self._month(found[1]), found[3])
        raise self._not_a_day()

    def _day_of(self, day: int, month: int, year: str | None) -> date:
        if year is not None:
            return _day(day, month, self._full_year(year))
        if not 1 <= day <= calendar.monthrange(2024, _checked(month))[1]:
            raise ValueError(f"There is no {day} {MONTHS[month - 1]}.")
        return self._first(_in_years(day, month, self._years()))

    def _of_month(self, day: int) -> date:
        """The 3rd: of this month, or of the one before or after it."""
        if not 1 <= day <= 31:
            raise ValueError(f"No month has a day {day}.")
        months = (_months_on(self._from.replace(day=1), number) for number in self._steps(4))
        return self._first(m.replace(day=day) for m in months if day <= calendar.monthrange(m.year, m.month)[1])

    def _years(self) -> Iterator[int]:
        return (year for year in (self._from.year + number for number in self._steps(10)) if 1 <= year <= 9999)

    def _steps(self, most: int) -> Iterable[int]:
        """From here on, or back, or both ways."""
        if self._nearest:
            return range(1 - most, most)
        return range(most) if self._ahead else range(0, -most, -1)

    def _first(self, days: Iterable[date]) -> date:
        if self._nearest and (near := min(days, key=lambda day: abs(day - self._from), default=None)):
            return near
        for day in days:
            if day >= self._from if self._ahead else day <= self._from:
                return day
        raise self._not_a_day()

    def _full_year(self, year: str) -> int:
        number = int(year)
        if len(year) == 4:
            return number
        newest = min(self._today.year + 10, _LAST_OF_TWO_DIGITS)
        return newest - (newest - number) % 100

    def _month(self, word: str) -> int:
        found = _one_of(word, _MONTH_NAMES, least=3)
        if found is None:
            raise self._not_a_day()
        return found + 1

    def _not_a_day(self) -> ValueError:
        return ValueError(f"“{self._text.strip()[:40]}” is not a day. {self._how}")


def _one_of(word: str, names: tuple[str, ...], *, least: int) -> int | None:
    """The place of the name that the word begins, or is but for one slip; None for none or for several."""
    word = _ALIASES.get(word, word)
    begun = [place for place, name in enumerate(names) if len(word) >= least and name.startswith(word)]
    if not begun and len(word) >= 5:
        begun = [place for place, name in enumerate(names) if slips_between(word, name, most=2) < 2]
    return begun[0] if len(begun) == 1 else None


def _in_years(day: int, month: int, years: Iterable[int]) -> Iterator[date]:
    for year in years:
        if day <= calendar.monthrange(year, month)[1]:
            yield date(year, month, day)


def _months_on(day: date, number: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _day(day: int, month: int, year: int) -> date:
    _checked(month)
    if year < 1000:
        raise ValueError(f"There is no year {year:04}. {HOW}")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no {day} {MONTHS[month - 1]} {year}.") from None


def _checked(month: int) -> int:
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}. The day comes first, then the month: 3/9 is 3 September.")
    return month


def _on_weekday(weekday: int, day: date) -> date:
    if weekday != day.weekday():
        raise ValueError(f"{plain_day(day)} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[weekday]}.")
    return day
