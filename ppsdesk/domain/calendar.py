"""Instants are aware and in UTC, days are `date`, and this is the only place that turns one into the other."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


class NoSuchTime(ValueError):
    """A time the clocks skipped, as 01:30 on the last Sunday of March."""


def local_day(instant: datetime, zone: ZoneInfo = LONDON) -> date:
    """The day on the wall calendar: 23:30 UTC on 31 August is already 1 September in London."""
    return instant.astimezone(zone).date()


def instant_of(day: date, clock: time, *, later: bool = False, zone: ZoneInfo = LONDON) -> datetime:
    """The UTC instant of a local day and time.

    When the clocks go back a time occurs twice: the earlier one is meant unless `later`. When they go forward an hour
    does not occur at all: `NoSuchTime`.
    """
    local = datetime.combine(day, clock.replace(tzinfo=None), zone).replace(fold=1 if later else 0)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(f"{clock:%H:%M} did not occur on {long_day(day)}: the clocks went forward.")
    return instant


def occurs_twice(day: date, clock: time, zone: ZoneInfo = LONDON) -> bool:
    """Whether the clocks went back over this time, so that it must be said which one is meant."""
    naive = datetime.combine(day, clock.replace(tzinfo=None))
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    return first.utcoffset() > second.utcoffset()  # type: ignore[operator]  # a zone's offset is never None


def bounds(first: date, last: date, zone: ZoneInfo = LONDON) -> tuple[datetime, datetime]:
    """The instants [start, end) that the days first to last (inclusive) cover."""
    start = datetime.combine(first, time.min, zone)
    end = datetime.combine(last + timedelta(days=1), time.min, zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def month_end(day: date) -> date:
    """The last day of that day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def year_before(day: date) -> date:
    """The same day a year earlier; 29 February becomes 28 February."""
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def month_name(month: int) -> str:
    """1 is January. English whatever the machine's language, as the papers are English."""
    return MONTHS[month - 1]


def long_day(day: date) -> str:
    """ "Thu 3 Sep 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {month_name(day.month)[:3]} {day.year}"


def plain_day(day: date) -> str:
    """ "21 November 2026"."""
    return f"{day.day} {month_name(day.month)} {day.year}"


def local_clock(instant: datetime, zone: ZoneInfo = LONDON) -> str:
    """ "10:43"."""
    return f"{instant.astimezone(zone):%H:%M}"


def clock_to_the_second(instant: datetime, zone: ZoneInfo = LONDON) -> str:
    """ "10:43:15"."""
    return f"{instant.astimezone(zone):%H:%M:%S}"


def clock_with_zone(instant: datetime, zone: ZoneInfo = LONDON) -> str:
    """ "01:50 BST": for the hour that occurs twice."""
    local = instant.astimezone(zone)
    return f"{local:%H:%M} {local.tzname()}"


def span_words(started: datetime, ended: datetime, zone: ZoneInfo = LONDON) -> str:
    """ "10:40 – 10:52 (12 min)"; with BST and GMT named when the clocks changed in between."""
    minutes = whole_minutes(started, ended)
    if started.astimezone(zone).utcoffset() != ended.astimezone(zone).utcoffset():
        return f"{clock_with_zone(started, zone)} – {clock_with_zone(ended, zone)} ({minutes} min)"
    return f"{local_clock(started, zone)} – {local_clock(ended, zone)} ({minutes} min)"


def whole_minutes(started: datetime, ended: datetime) -> int:
    """Length in minutes, to the nearest; anything that happened at all is at least one."""
    seconds = (ended - started).total_seconds()
    return max(1, int(seconds / 60 + 0.5)) if seconds > 0 else 0
