"""A report with its paper. Screen, preview, print and files are all made from the same one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ppsdesk.domain.calendar import local_clock, local_day, long_day
from ppsdesk.domain.document import Document
from ppsdesk.domain.figures import Report
from ppsdesk.domain.progress import Progress
from ppsdesk.domain.saved_reports import Asked, ReportKind
from ui.kit.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`true` holds every figure, `report` what is shown: the same, or with small numbers hidden."""

    asked: Asked
    true: Report
    report: Report
    document: Document
    service: str
    counted: str

    @property
    def line(self) -> str:
        """What is shown, in one line."""
        hidden = ", small numbers hidden" if self.report.least_published is not None else ""
        return f"{self.report.title}, {self.report.year_ends.label}, as of {self.counted}{hidden}"

    @property
    def file_name(self) -> str:
        """What a file of it is called unless somebody says otherwise, without its ending."""
        hidden = " public" if self.report.least_published is not None else ""
        return f"{self.report.name} {self.report.periods[-1].label}{hidden}"


def count(desk: Desk, asked: Asked, progress: Progress) -> Answer:
    """Ask the database. `progress` may stop it."""
    services = desk.services
    now = services.clock()
    reporting, service = services.reporting, services.settings.read().service
    if asked.report is ReportKind.AREA_TRENDS:
        true = reporting.area_trends(asked.periods[0], year_ends=asked.year_ends, progress=progress)
    else:
        true = reporting.call_volumes(asked.periods, year_ends=asked.year_ends, tables=asked.tables, progress=progress)
    counted = Answer(
        asked=asked,
        true=true,
        report=true,
        document=reporting.document(true, service=service),
        service=service,
        counted=f"{long_day(local_day(now))}, {local_clock(now)}",
    )
    return published(desk, counted, public=asked.public)


def published(desk: Desk, answer: Answer, *, public: bool) -> Answer:
    """The same figures for readers outside or inside; nothing is counted again."""
    reporting = desk.services.reporting
    report = reporting.public(answer.true) if public else answer.true
    if report is answer.report:
        return answer
    return replace(
        answer,
        asked=replace(answer.asked, public=public),
        report=report,
        document=reporting.document(report, service=answer.service),
    )
