"""Dates as a file for a calendar: an all-day event for each, with its rule and its law, and nothing about a person.

The library does the folding and escaping of RFC 5545.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from ppsdesk.domain.clocks import Reckoned
from ppsdesk.reports.safe_text import one_line

PRODUCT = "-//ppsdesk//dates of the law//EN"
SPACE = UUID("6d0f4c1e-52b7-4a59-9d38-0c7e2b91f6a4")  # drawn once, so that a date has the same name in every file
OUR_VIEW = "This is our own view of the date, and not the local authority's record."
LIMIT = 500  # signs of one text


def write(dates: Iterable[Reckoned], *, service: str, made: datetime) -> bytes:
    """The whole file. `made` is an aware instant; what was lifted or is done stands in no calendar."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for uid, one in {_uid(one): one for one in dates if one.binds}.items():
        calendar.add_component(_event(uid, one, service, made))
    content: bytes = calendar.to_ical()
    return content


def _event(uid: str, one: Reckoned, service: str, made: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made)
    event.add("dtstart", one.due)
    event.add("dtend", _after(one.due))
    event.add("summary", one_line(one.clock.title, limit=LIMIT))
    event.add("description", _description(one, service))
    event.add("transp", "TRANSPARENT")  # the day is not taken up by it
    return event


def _uid(one: Reckoned) -> str:
    """The same for the same rule and date, whoever asked, so that a file taken in twice makes one event."""
    return f"{uuid5(SPACE, f'{one.clock.code} {one.due.isoformat()}')}@ppsdesk"


def _after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _description(one: Reckoned, service: str) -> str:
    check = "" if one.certain else " Check this: we could not be sure of the law."
    law = one_line(one.clock.law, limit=LIMIT)
    return f"Law: {law}. Worked out by {one_line(service, limit=LIMIT) or 'the service'}. {OUR_VIEW}{check}"
