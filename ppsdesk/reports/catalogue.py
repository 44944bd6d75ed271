"""Every report there is: its name on the command line, its title, the question it answers, and who makes the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ppsdesk.domain.document import Document
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.figures import Report
from ppsdesk.reports import area_trends, call_volumes


class Builder(Protocol):
    """Makes the paper from the figures; `printed` says when and by whom."""

    def __call__(self, report: Report, *, service: str, printed: str) -> Document:
        """The finished paper."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """One report that can be asked for."""

    name: str
    title: str
    question: str
    document: Builder


REPORTS: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        name=area_trends.NAME,
        title=area_trends.TITLE,
        question=area_trends.QUESTION,
        document=area_trends.document,
    ),
    CatalogueEntry(
        name=call_volumes.NAME,
        title=call_volumes.TITLE,
        question=call_volumes.QUESTION,
        document=call_volumes.document,
    ),
)


def named(name: str) -> CatalogueEntry:
    """The report of that name. Refused, naming those there are, when there is none."""
    for entry in REPORTS:
        if entry.name == name:
            return entry
    raise Refused(f"There is no report “{name}”.", hint=f"There is: {', '.join(entry.name for entry in REPORTS)}.")


def document(report: Report, *, service: str, printed: str) -> Document:
    """The paper of a report, by the report's own builder."""
    return named(report.name).document(report, service=service, printed=printed)
