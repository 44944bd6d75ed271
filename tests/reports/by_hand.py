"""Figures made by hand: the three totals Hertfordshire printed in June 2002, and what else a test needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ppsdesk.domain.breakdowns import AreaTrends, Breakdown, BreakdownRow, CallVolumes, PeriodVolume, TrendRow
from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.document import Document
from ppsdesk.domain.figures import Count
from ppsdesk.domain.periods import Period, months_in, parse, terms_in
from ppsdesk.domain.selection import Selection
from ppsdesk.reports import call_volumes

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


LABELS: dict[str, tuple[str, ...]] = {
    "by-line": ("Central", "North area", "East area", "South area", "West area"),
    "by-area": ("North", "East", "South", "West", "Outside the authority", "Not entered"),
    "by-caller-kind": ("Parent", "Carer / foster carer / special guardian", "School / setting / college staff",
                       "Health professional", "Other professional (solicitor, MP/councillor office, employer)",
                       "Not entered"),
    "by-method": ("Phone call answered", "Voicemail message", "Phone call made", "Email", "Through an interpreter"),
    "by-topic": ("SEN concern", "SEN Support / graduated approach", "EHCNA request", "Refusal to assess", "Draft plan",
                 "Placement / section I", "Provision not delivered (s.42)", "Annual review", "Exclusion", "Transport",
                 "Tribunal and appeal", "Mediation", "Moving school", "Attendance", "Short breaks", "Other",
                 "Not entered"),
    "by-stage": ("Stage 1 (school-based, 1994 Code)", "Stage 2 (school-based, 1994 Code)",
                 "Stage 3 (school-based, 1994 Code)", "Stage 4 statutory assessment (1994 Code)",
                 "Stage 5 statement (1994 Code)", "School Action Plus and statutory assessment in progress",
                 "EHC plan", "Not entered"),
    "by-level": ("Level 1: information and advice", "Level 2: help with documents, school or LA",
                 "Level 3: sustained casework with several agencies", "Level 4: support during a tribunal",
                 "Not entered"),
    "by-advice": ("Information sent", "Advice (legal/procedural)", "Signposting", "Letter/form drafting help",
                  "Meeting preparation", "Meeting attendance", "Not entered"),
    "by-outcome": ("Information need met", "Informed & confident to proceed alone", "Resolved with LA",
                   "Signposted elsewhere", "Handed over to a supporter", "Not entered"),
    "how-heard": ("School/SENCO", "LA SEN team / decision letter", "GP/paediatrician", "Friend/family",
                  "Website search", "Event/workshop", "Other", "Not entered"),
    "new-and-returning": ("New callers", "Returning callers", "Calls that cannot be classified"),
    "waiting": ("Reached on the same day", "Reached after 1 day", "Reached after 2 days", "Reached after 3 to 5 days",
                "Still waiting", "Reached at attempt 1", "Reached at attempt 3 or later"),
}  # fmt: skip
UNITS = {"by-stage": Unit.CHILDREN, "new-and-returning": Unit.CALLERS, "waiting": Unit.CALL_BACKS}
SEVERAL = ("by-topic", "by-advice")


def breakdown(
    table: str, rows: Sequence[tuple[str, tuple[int, ...], int]], bases: tuple[int, ...], before: int = 0
) -> Breakdown:
    """One breakdown of (label, count for each period, count of the days the last is compared with)."""
    return Breakdown(
        table=table,
        unit=UNITS.get(table, Unit.CALLS),
        rows=tuple(
            BreakdownRow(label=label, now=tuple(map(Count, now)), before=Count(then)) for label, now, then in rows
        ),
        bases=tuple(map(Count, bases)),
        base_before=Count(before),
        several=table in SEVERAL,
    )


def full(figures: CallVolumes, *, labels: Mapping[str, tuple[str, ...]] = LABELS) -> CallVolumes:
    """The same with every table there is: each entry has a part of the period's calls, the last but one none."""
    made = []
    for place, (table, entries) in enumerate(labels.items()):
        bases = tuple(volume.now.value or 0 for volume in figures.volumes)
        then = figures.volumes[-1].before.value or 0
        parts = [_part(place, at, len(entries)) for at in range(len(entries))]
        rows = [
            (label, tuple(int(base * part) for base in bases), int(then * other))
            for label, part, other in zip(entries, parts, parts[1:] + parts[:1], strict=True)
        ]
        made.append(breakdown(table, rows, bases, then))
    rings = (("Silent", Count(12)), ("Caller hung up", Count(7)), ("Wrong number", Count(0)))
    return replace(
        figures,
        volumes=tuple(replace(volume, non_data=rings) for volume in figures.volumes),
        terms=tuple(_parted(figures, terms_in)),
        months=tuple(_parted(figures, lambda period, _year_ends: months_in(period))),
        breakdowns=tuple(made),
    )


def _part(place: int, at: int, number: int) -> float:
    """Some share of the whole, different for each entry; the last but two have none."""
    return 0.0 if at == number - 3 and number > 5 else (1 + (at * 7 + place * 3) % 11) / (5.5 * number)


def _parted(figures: CallVolumes, parts: Callable[[Period, YearEnds], tuple[Period, ...]]) -> Iterator[PeriodVolume]:
    for volume in figures.volumes:
        cut = parts(volume.period, figures.year_ends)
        for at, period in enumerate(cut):
            now, before = ((count.value or 0) // len(cut) + 5 * at for count in (volume.now, volume.before))
            then = Count(None, why=NOTHING) if volume.before.value is None else Count(before)
            yield PeriodVolume(period=period, now=Count(now), before=then)


def trends(*areas: str) -> AreaTrends:
    """Summer 2000-01 against the spring before, in these areas: topics that rose, fell and stayed."""
    period, against = (parse(f"2000-01/{term}", YearEnds.JULY) for term in ("summer", "spring"))
    topics = LABELS["by-topic"]
    rows = tuple(
        TrendRow(
            area=area,
            topic=topic,
            now=Count((at * 5 + place * 3) % 23),
            before=Count((at * 11 + place * 7) % 29),
        )
        for place, area in enumerate(areas)
        for at, topic in enumerate(topics)
    )
    bases = tuple((area, Count(150 + 20 * place), Count(170 + 7 * place)) for place, area in enumerate(areas))
    return AreaTrends(as_of=AS_OF, year_ends=YearEnds.JULY, period=period, against=against, rows=rows, bases=bases)
