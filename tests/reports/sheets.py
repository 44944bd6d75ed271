"""Sheets of dates, asked as a person at the desk asks them on 6 October 2025."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ppsdesk.domain.happenings import DatesSheet, Happening, all_dates
from ppsdesk.reports.dates_sheet import Told
from ppsdesk.services.shipped_rules import shipped_book, shipped_days, shipped_happenings

TODAY = date(2025, 10, 6)
SERVICE = "Anyshire Parent Partnership"


def sheet(code: str, kind: str = "", lifted: Iterable[str] = (), **days: str) -> DatesSheet:
    """What follows from that happening; days are written 2025-10-01."""
    [happening] = [one for one in shipped_happenings() if one.code == code]
    facts = {name: date.fromisoformat(day) for name, day in days.items()}
    return all_dates(
        shipped_book(), happening, facts, shipped_days(), kind=kind, lifted=tuple(lifted), today=TODAY
    )  # fmt: skip


def told(code: str, kind: str = "", lifted: Iterable[str] = (), service: str = SERVICE, **days: str) -> Told:
    """The same, ready to be written down."""
    return Told(sheet=sheet(code, kind, lifted, **days), book=shipped_book(), service=service, today=TODAY)


def appeal() -> Told:
    """A decision letter and a certificate, whose dates meet Christmas."""
    return told("decision", "RTA", decision="2025-10-01", certificate="2025-11-29")


def every() -> Iterator[Told]:
    """Every happening of every kind, all of its days known, under the law of today; statements under that of 2009."""
    for happening in shipped_happenings():
        for kind in [one.code for one in happening.kinds] or [""]:
            yield told(happening.code, kind, **_days(happening))


def _days(happening: Happening) -> dict[str, str]:
    year = 2009 if happening.code == "statement" else 2025
    return {wanted.name: f"{year}-09-{at + 1:02}" for at, wanted in enumerate(happening.facts)}
