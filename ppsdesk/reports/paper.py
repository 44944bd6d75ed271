"""What every paper has: its facts, what it says about small numbers, and its tables as they stand on paper."""

from __future__ import annotations

from dataclasses import replace

from ppsdesk.domain.breakdowns import NEW_AND_RETURNING, WAITING
from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.document import Block, Facts, Paragraph, Table
from ppsdesk.domain.figures import Cell, Count, FigureTable, Report
from ppsdesk.domain.words import count_of
from ppsdesk.reports import definitions
from ppsdesk.reports.definitions import WORDINGS
from ppsdesk.reports.house_style import MARKING, hidden_words, listed

NAMED = 5  # periods that one line can still name
FIXED = (NEW_AND_RETURNING, WAITING)  # short lists that are read whole


def facts(report: Report, service: str, *, covers: str, against: str) -> Facts:
    """The lines under the title."""
    return Facts(
        rows=(
            ("From", service),
            ("Covers", covers),
            ("Against", against),
            ("As of", plain_day(report.as_of)),
            ("Figures", small_numbers(report)),
        )
    )


def covered(report: Report) -> str:
    """The periods, and which months make a year."""
    labels = tuple(period.label for period in report.periods)
    many = f"{len(labels)} periods, the first {labels[0]}, the last {labels[-1]}"
    covers = listed(labels) if len(labels) <= NAMED else many
    if any(period.year for period in report.periods):
        covers = f"{covers}; years run {report.year_ends.label}"
    return covers


def small_numbers(report: Report) -> str:
    """Whether small numbers are in it; where they are hidden, that this alone may not be enough."""
    least = report.least_published
    if least is None:
        return MARKING
    if least <= 1:
        return "Every count is shown, small numbers among them"
    hidden = hidden_words(least)
    return (
        f"Counts of {hidden} are hidden and shown as “{hidden}”. In some places a hidden figure might still be worked"
        " out from others, as from a total less the other rows, or from a report of other days: check before you"
        " publish"
    )


def table(figures: FigureTable) -> Block:
    """A table on paper: its unit in the caption, its base under it, and no row that is nought in every column."""
    folded = _folded(figures)
    if not folded.rows and figures.rows:
        return Paragraph(f"{figures.title}: none in any period.")
    base = definitions.base_words(figures.bases, figures.unit)
    notes = (base, *folded.notes) if base else folded.notes
    return Table(f"{figures.title} (unit: {figures.unit.label.lower()})", replace(folded, notes=notes))


def _folded(figures: FigureTable) -> FigureTable:
    """Entries of a list that nobody had are told by their number; the files have every one of them."""
    if figures.id not in WORDINGS or figures.id in FIXED:
        return figures
    kept = tuple(row for row in figures.rows if not _nought(row))
    gone = len(figures.rows) - len(kept)
    if not gone:
        return figures
    one = definitions.one_or_more(figures.unit, Count(1))
    said = f"Not shown: {count_of(gone, 'entry', 'entries')} with no {one} in any period."
    return replace(figures, rows=kept, notes=(*figures.notes, said))


def _nought(row: tuple[Cell, ...]) -> bool:
    """Every count is nought; one that is hidden or missing is not."""
    return all(cell.value == 0 for cell in row if isinstance(cell, Count))
