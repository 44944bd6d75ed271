"""Figures made by hand: the three totals Hertfordshire printed in June 2002, and what else a test needs."""

from __future__ import annotations

from datetime import date

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.document import Document
from ppsdesk.domain.figures import Count
from ppsdesk.domain.periods import parse
from ppsdesk.domain.selection import Selection
from ppsdesk.reports import call_volumes
from ppsdesk.reports.call_volumes import CallVolumes, PeriodVolume

AS_OF = date(2002, 3, 31)
SERVICE = "Hertfordshire Parent Partnership Service"
PRINTED = "Printed Sun 31 Mar 2002 10:43 by Practice Person"
NOTHING = "nothing is on record for then"

HERTFORDSHIRE = (("1999-00", 1249, None), ("2000-01", 2647, 1249), ("2001-02", 2402, 1650))


def volumes(
    *asked: tuple[str, int | None, int | None],
    year_ends: YearEnds = YearEnds.JULY,
    as_of: date = AS_OF,
    august: int = 41,
    later: int = 3,
    removed: int = 2,
) -> CallVolumes:
    """The answer for (period, calls, calls the year before); None before means nothing is on record."""
    made = []
    for text, now, before in asked:
        period = parse(text, year_ends).up_to(as_of)
        leaves_out = year_ends is YearEnds.JULY and period.year
        made.append(
            PeriodVolume(
                period=period,
                now=Count(now, Selection.of(period.span)),
                before=Count(before, Selection.of(period.before), why=NOTHING if before is None else ""),
                august=Count(august) if leaves_out else None,
                later=Count(later if period.part else 0),
                removed=Count(removed),
            )
        )
    return CallVolumes(as_of=as_of, year_ends=year_ends, volumes=tuple(made))


def hertfordshire() -> CallVolumes:
    """As the committee paper of 19 June 2002 counts them."""
    return volumes(*HERTFORDSHIRE)


def paper(figures: CallVolumes, *, service: str = SERVICE, printed: str = PRINTED) -> Document:
    """The finished paper of these figures."""
    return call_volumes.document(call_volumes.report(figures), service=service, printed=printed)


def many(years: int) -> CallVolumes:
    """That many years up to 2001-02, each with 37 calls more than the one before."""
    starts = range(2002 - years, 2002)
    return volumes(*((f"{y}-{(y + 1) % 100:02}", 1000 + 37 * (y - 1900), 963 + 37 * (y - 1900)) for y in starts))
