"""The sheet for the parent as files and as text, of the desk's own dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from ppsdesk.assembly import Services
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.happenings import DatesSheet
from ppsdesk.services.dates_papers import SUFFIXES
from tests.reports import reading

SERVICE = "Anyshire Parent Partnership"


@pytest.fixture
def sheet(desk: Services) -> DatesSheet:
    """Of a decision letter of 2 November 2026."""
    return desk.dates.ask("decision", {"decision": date(2026, 11, 2)}, kind="RTA")


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".PDF"])
def test_every_kind_of_file_holds_the_last_day_to_appeal(
    desk: Services, sheet: DatesSheet, tmp_path: Path, suffix: str
) -> None:
    path = desk.dates_papers.write(sheet, tmp_path / f"dates{suffix}", service=SERVICE)
    content = path.read_bytes()
    text = reading.pages(content)[0] if suffix.lower() == ".pdf" else content.decode()
    assert SERVICE in text.replace("\r\n ", "")
    if suffix == ".ics":
        days = {str(event["SUMMARY"]): event.decoded("DTSTART") for event in Calendar.from_ical(content).walk("VEVENT")}
        assert days["Last day to appeal"] == date(2027, 1, 4)
    else:
        assert "Mon 4 Jan 2027" in text or "Monday 4 January 2027" in text
    assert [found.name for found in tmp_path.iterdir() if found.suffix == ".part"] == []


def test_days_left_are_counted_from_the_desks_own_today(desk: Services, sheet: DatesSheet) -> None:
    text = desk.dates_papers.plain(sheet, service=SERVICE)
    assert "Made on: 20 November 2026." in text
    assert "Monday 4 January 2027, in 45 days." in text
    assert len(desk.dates_papers.pages(desk.dates_papers.document(sheet, service=SERVICE))) == 1


def test_a_kind_of_file_that_is_not_written_is_refused(desk: Services, sheet: DatesSheet, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"“dates\.docx” cannot be written: a sheet of dates is saved as \.pdf, \.html"):
        desk.dates_papers.write(sheet, tmp_path / "dates.docx", service=SERVICE)
    with pytest.raises(Refused, match="There is no folder"):
        desk.dates_papers.check_target(tmp_path / "none" / "dates.pdf")
    assert not (tmp_path / "dates.docx").exists()


def test_a_calendar_without_a_date_is_refused_and_the_file_of_before_stays(desk: Services, tmp_path: Path) -> None:
    path = tmp_path / "dates.ics"
    path.write_text("before")
    nothing = desk.dates.ask("order", {"order": date(2010, 3, 1)}, kind="assess")
    with pytest.raises(Refused, match="There is no date for a calendar here"):
        desk.dates_papers.write(nothing, path, service=SERVICE)
    assert path.read_text() == "before"


def test_what_the_certificate_shows_to_be_done_stands_in_no_calendar(desk: Services, tmp_path: Path) -> None:
    held = {"decision": date(2026, 11, 2), "certificate": date(2026, 11, 20)}
    sheet = desk.dates.ask("decision", held, kind="RTA")
    path = desk.dates_papers.write(sheet, tmp_path / "dates.ics", service=SERVICE)
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["Last day to appeal"]
    text = desk.dates_papers.plain(sheet, service=SERVICE)
    assert "- Contact a mediation adviser: Saturday 2 January 2027. Done: the certificate shows it.\n" in text
    assert "get in touch with the mediation adviser" not in text
    [adviser] = [one for one in sheet.dates if one.done]
    only = replace(sheet, dates=(adviser,))
    with pytest.raises(Refused, match="There is no date for a calendar here"):
        desk.dates_papers.write(only, path, service=SERVICE)


def test_nobody_is_named_on_a_sheet(desk: Services, sheet: DatesSheet, tmp_path: Path) -> None:
    assert desk.person == "hana"
    for suffix in (".html", ".txt", ".ics"):
        content = desk.dates_papers.write(sheet, tmp_path / f"dates{suffix}", service=SERVICE).read_text()
        assert "hana" not in content.lower()
