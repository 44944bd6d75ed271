"""When a call was taken, as the cells of old files say it: a day, or a day and a time of the London clock.

Nothing is guessed: the year has four digits, the day comes before the month unless the year comes first, and what
could be read in two ways is refused with words for the person who has the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from ppsdesk.domain.calendar import NoSuchTime, bounds, instant_of, local_day, plain_day
from ppsdesk.domain.imports import Cell

# spreadsheets turn small numbers into days of 1900; no helpline of this kind is as old as this
EARLIEST = date(1970, 1, 1)
LATEST = date(9000, 1, 1)  # clear of the end of the calendar, where instants overflow
HOW = "write it as 2001-09-03 or 03/09/2001, with a time as 10:30 behind it if there is one"

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d+)", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(?:([Zz])|([+-])(\d{2}):?(\d{2}))?", re.ASCII)


class NotADate(ValueError):
    """A cell that does not say when; its words say why, without the value."""


@dataclass(frozen=True, slots=True)
class TakenAt:
    """The London day, and the instant (UTC) if a time was given. A day without a time stays one."""

    day: date
    started_at: datetime | None


def taken_at(value: Cell, *, now: datetime) -> TakenAt:
    """Read a cell. `NotADate` for anything that is not one day of the past, or a time that did not occur.

    A time that occurs twice in October is the earlier one; an offset or Z behind the time settles which it is.
    """
    found = _of_text(value.strip()) if isinstance(value, str) else _of_cell(value)
    if found.day < EARLIEST:
        raise NotADate(f"{plain_day(found.day)} is too long ago for a call; check the year")
    if found.day > _today(now) or (found.started_at and found.started_at > now + timedelta(minutes=5)):
        raise NotADate("a call cannot be in the future")
    return found


@lru_cache(maxsize=8)
def _today(now: datetime) -> date:
    return local_day(now)


def _of_cell(value: Cell) -> TakenAt:
    if isinstance(value, datetime):
        local = _to_the_second(value)
        return TakenAt(local.date(), _instant(local.date(), local - datetime.combine(local, time())))
    if isinstance(value, date):
        return TakenAt(value, None)
    if isinstance(value, time | timedelta):
        raise NotADate("this is a time without a day")
    raise NotADate("this is a number, not a date; format the column as dates")


def _of_text(text: str) -> TakenAt:
    if not text:
        raise NotADate("the date is missing")
    words, _, rest = text.partition("T" if "T" in text else " ")
    day = _day(words.rstrip(","))
    if not rest:
        return TakenAt(day, None)
    clock, ahead = _clock(rest)
    if ahead is None:
        return TakenAt(day, _instant(day, clock))
    if not EARLIEST <= day <= LATEST:
        return TakenAt(day, None)
    instant = datetime.combine(day, time(), UTC) + clock - ahead
    return TakenAt(local_day(instant), instant)


@lru_cache(maxsize=50_000)
def _day(text: str) -> date:
    if found := _YEAR_FIRST.fullmatch(text):
        return _real_day(int(found[1]), int(found[3]), int(found[4]))
    if found := _DAY_FIRST.fullmatch(text):
        if len(found[4]) != 4:
            raise NotADate("write the year in full, with four digits")
        return _real_day(int(found[4]), int(found[3]), int(found[1]))
    raise NotADate(f"this is not a date; {HOW}")


def _real_day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise NotADate(f"there is no month {month}; the day comes before the month")
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate("there is no such day in the calendar") from None


@lru_cache(maxsize=10_000)
def _clock(text: str) -> tuple[timedelta, timedelta | None]:
    """Time since midnight, and how far ahead of Greenwich it is if that is said."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        raise NotADate("what follows the day is not a time; write it as 10:30")
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        raise NotADate("there is no such time; hours are 0 to 23, minutes 0 to 59")
    clock = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if found[4]:
        return clock, timedelta()
    if not found[5]:
        return clock, None
    ahead = timedelta(hours=int(found[6]), minutes=int(found[7]))
    if ahead > timedelta(hours=14) or int(found[7]) > 59:
        raise NotADate("there is no such difference to Greenwich time")
    return clock, -ahead if found[5] == "-" else ahead


def _instant(day: date, clock: timedelta) -> datetime:
    """The instant of a local time; quickly on the days of 24 hours, which all but two a year are."""
    midnight = _start_of_even_day(day)
    if midnight is not None:
        return midnight + clock
    try:
        return instant_of(day, (datetime.combine(day, time(), UTC) + clock).time())
    except NoSuchTime as skipped:
        raise NotADate(str(skipped).rstrip(".")) from None


@lru_cache(maxsize=50_000)
def _start_of_even_day(day: date) -> datetime | None:
    """Local midnight in UTC, or None where the clocks change. Days that will be refused anyway are not looked up."""
    if not EARLIEST <= day <= LATEST:
        return datetime.combine(day, time(), UTC)
    start, end = bounds(day, day)
    return start if end - start == timedelta(days=1) else None


def _to_the_second(value: datetime) -> datetime:
    """Spreadsheets keep times as fractions of a day, so 10:30 may come as 10:29:59.999999."""
    plain = value.replace(tzinfo=None)
    if not plain.microsecond:
        return plain
    carried = timedelta(seconds=1) if plain.microsecond >= 500_000 and plain.year < 9999 else timedelta()
    return plain.replace(microsecond=0) + carried
