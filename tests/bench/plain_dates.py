"""The same dates as somebody counts them who writes them down in one loop: no rules, no records, no explanations."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

DAY, WEEK = timedelta(days=1), timedelta(days=7)


def plain_dates(told: Iterable[tuple[str, Mapping[str, date]]], holidays: Collection[date]) -> list[list[date]]:
    """For each matter its dates, in the order of their clocks' names."""
    return [_ONE[happening](facts, holidays) for happening, facts in told]


def _months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _skipped(day: date) -> bool:
    return day.month == 8 or (day.month == 12 and day.day >= 25) or (day.month == 1 and day.day == 1)


def _working(day: date, number: int, holidays: Collection[date], step: timedelta, tribunal: bool) -> date:
    while number:
        day += step
        if day.weekday() < 5 and day not in holidays and not (tribunal and _skipped(day)):
            number -= 1
    return day


def _decision(facts: Mapping[str, date], holidays: Collection[date]) -> list[date]:
    two = _months(facts["decision"], 2)
    appeal = max(two, _months(facts["certificate"], 1)) if "certificate" in facts else two
    if _skipped(appeal):
        while _skipped(appeal) or appeal.weekday() > 4 or appeal in holidays:
            appeal += DAY
    else:
        while appeal.weekday() > 4 or appeal in holidays:
            appeal += DAY
    return [appeal, two]


def _request(facts: Mapping[str, date], holidays: Collection[date]) -> list[date]:
    start = facts["request"]
    return [start + 16 * WEEK, start + 20 * WEEK, start + 6 * WEEK]


def _draft(facts: Mapping[str, date], holidays: Collection[date]) -> list[date]:
    comments = facts["draft"] + 14 * DAY
    return [comments, facts["request"] + 20 * WEEK] if "request" in facts else [comments]


def _review(facts: Mapping[str, date], holidays: Collection[date]) -> list[date]:
    day = facts["meeting"]
    two, four = 2 * WEEK, 4 * WEEK
    return [day + 12 * WEEK, day + four, day + four, day - two, day - two, _months(day, 12), day + two]


def _notice(facts: Mapping[str, date], holidays: Collection[date]) -> list[date]:
    day = facts["notice"]
    final = [facts["meeting"] + 12 * WEEK] if "meeting" in facts else []
    return [day + 14 * DAY, *final, day + 8 * WEEK, day + 8 * WEEK]


def _adviser(facts: Mapping[str, date], holidays: Collection[date]) -> list[date]:
    return [_working(facts["told"], 3, holidays, DAY, tribunal=False)]


def _appeal(facts: Mapping[str, date], holidays: Collection[date]) -> list[date]:
    return [
        _working(facts["hearing"], 10, holidays, -DAY, tribunal=True),
        _working(facts["hearing"], 10, holidays, DAY, tribunal=True),
        facts["registration"] + 12 * WEEK,
        _working(facts["sent"], 30, holidays, DAY, tribunal=True),
        _working(facts["received"], 10, holidays, DAY, tribunal=True),
    ]


_ONE = {
    "decision": _decision,
    "request": _request,
    "draft": _draft,
    "review": _review,
    "notice": _notice,
    "adviser": _adviser,
    "appeal": _appeal,
}
