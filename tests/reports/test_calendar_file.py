"""Dates for a calendar, read back by the library; nobody is named in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from ppsdesk.domain.clocks import Reckoned
from ppsdesk.reports import calendar_file
from tests.reports.sheets import SERVICE, every, told

MADE = datetime(2025, 10, 6, 9, 30, tzinfo=UTC)
HOSTILE = (
    "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:DISPLAY",
    "x\nATTACH:file:///etc/hostname",
    'x;CN="y":mailto:a@b.c,\\n\\;',
    "\x00\x1b\u202egnp\u2028z",
    "ü" * 400,
    "😀" * 100,
)


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def dates() -> tuple[Reckoned, ...]:
    return told("review", meeting="2025-11-12").sheet.dates


def written(found: tuple[Reckoned, ...], service: str = SERVICE) -> bytes:
    return calendar_file.write(found, service=service, made=MADE)


def test_every_date_is_an_event_of_the_whole_day() -> None:
    found = {str(event["SUMMARY"]): event for event in events(written(dates()))}
    assert {title: event.decoded("DTSTART") for title, event in found.items()} == {
        one.clock.title: one.due for one in dates()
    }
    for event in found.values():
        assert type(event.decoded("DTSTART")) is date
        assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)
        assert event.decoded("DTSTAMP") == MADE
        assert event["TRANSP"] == "TRANSPARENT"


def test_an_event_says_its_rule_its_law_and_who_worked_it_out_and_nothing_else() -> None:
    [event] = events(written(told("data", asked="2025-10-01").sheet.dates))
    assert event["SUMMARY"] == "Answer a request for somebody's own data"
    assert event["DESCRIPTION"] == (
        "Law: UK GDPR Article 12(3). Worked out by Anyshire Parent Partnership. This is our own view of the date, and"
        " not the local authority's record. Check this: we could not be sure of the law."
    )
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}


def test_the_same_date_has_the_same_name_in_every_file_and_every_other_date_another() -> None:
    names = [str(event["UID"]) for event in events(written(dates()))]
    later = calendar_file.write(dates(), service="Another", made=MADE + timedelta(days=9))
    assert [str(event["UID"]) for event in events(later)] == names
    assert len(set(names)) == len(names) == len(dates())
    moved = told("review", meeting="2025-11-13").sheet.dates
    assert not {str(event["UID"]) for event in events(written(moved))} & set(names)
    twice = told("decision", "RTA", decision="2025-10-01").sheet.dates * 2
    assert len(events(written(twice))) == len(twice) / 2


def test_what_is_lifted_stands_in_no_calendar() -> None:
    found = told("request", lifted=["EX_SCHOOL"], request="2025-09-01").sheet.dates
    assert len(found) == 3
    assert events(written(found)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_adds_no_line_and_no_event(text: str) -> None:
    one = dates()[0]
    found = (replace(one, clock=replace(one.clock, title=text, law=text)),)
    content = written(found, service=text)
    [event] = events(content)
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}
    assert event.subcomponents == []
    assert event["SUMMARY"].isprintable()
    assert event["DESCRIPTION"].isprintable()
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert len([line for line in lines if line.startswith(("BEGIN:", "END:"))]) == 4
    assert not any(line.startswith(("ATTACH", "ACTION")) for line in lines)


@pytest.mark.parametrize("text", [SERVICE, *HOSTILE])
def test_no_line_is_longer_than_a_calendar_may_have(text: str) -> None:
    content = written(dates(), service=text)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode()  # folded between characters, not within one


def test_every_happening_makes_a_file_that_is_read_back_without_an_error() -> None:
    for one in every():
        content = written(one.sheet.dates)
        calendar = Calendar.from_ical(content)
        assert calendar.errors == []
        assert {event.decoded("DTSTART") for event in events(content)} == {
            found.due for found in one.sheet.dates if not (found.lifted or found.done)
        }


def test_the_last_day_of_the_calendar_is_no_trouble() -> None:
    [event] = events(written((replace(dates()[0], due=date.max),)))
    assert event.decoded("DTSTART") == date.max
