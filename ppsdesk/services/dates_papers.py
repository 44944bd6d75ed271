"""Sheets of dates into files and onto the clipboard; and as pages, to look at and to print."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ppsdesk.domain.calendar import Clock, local_day
from ppsdesk.domain.document import Document
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.happenings import DatesSheet
from ppsdesk.reports import dates_sheet, writing
from ppsdesk.reports.dates_sheet import Told
from ppsdesk.reports.paper_pages import PaperPages
from ppsdesk.services.dates import DatesDesk

SUFFIXES = (".pdf", ".html", ".txt", ".ics")
KIND = "a sheet of dates is"


class DatesPapers:
    """What a parent gets: the sheet on paper, as a web page, as text, and as a file for a calendar."""

    def __init__(self, dates: DatesDesk, clock: Clock) -> None:
        self._dates = dates
        self._clock = clock

    def document(self, sheet: DatesSheet, *, service: str) -> Document:
        """The sheet as a paper."""
        return dates_sheet.document(self._told(sheet, service))

    def plain(self, sheet: DatesSheet, *, service: str) -> str:
        """The sheet as text, to be copied into an e-mail."""
        return dates_sheet.plain_text(self._told(sheet, service))

    def write(self, sheet: DatesSheet, path: Path, *, service: str) -> Path:
        """Write by suffix, one of `SUFFIXES`. `Refused`, in one sentence, when it cannot be done.

        A calendar file is refused for a sheet on which no date stands.
        """
        self.check_target(path)
        writing.replace(path, self._content(sheet, path.suffix.lower(), service))
        return path

    def pages(self, document: Document) -> PaperPages:
        """The pages of the PDF file, to look at and to print."""
        from ppsdesk.reports import paper_pages

        return paper_pages.pages(document)

    def check_target(self, path: Path) -> None:
        """Refuse a file that could not be written, before any work is done."""
        writing.check(path, SUFFIXES, KIND)

    def _content(self, sheet: DatesSheet, suffix: str, service: str) -> bytes:
        """Each loads its library only when it is asked."""
        if suffix == ".ics":
            return self._calendar(sheet, service, self._clock())
        if suffix == ".txt":
            return self.plain(sheet, service=service).encode()
        document = self.document(sheet, service=service)
        if suffix == ".html":
            from ppsdesk.reports import html_file

            return html_file.write(document)
        from ppsdesk.reports import pdf

        return pdf.write(document)

    def _calendar(self, sheet: DatesSheet, service: str, made: datetime) -> bytes:
        if not any(one.binds for one in sheet.dates):
            raise Refused("There is no date for a calendar here.", hint="Nothing was saved.")
        from ppsdesk.reports import calendar_file

        return calendar_file.write(sheet.dates, service=service, made=made)

    def _told(self, sheet: DatesSheet, service: str) -> Told:
        return Told(sheet=sheet, book=self._dates.book(), service=service, today=local_day(self._clock()))
