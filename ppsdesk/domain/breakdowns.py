"""What storage and services hand to a report's builder: counts by period and by the entries of a list.

Every `Count` carries the `Selection` that opens exactly what it counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.figures import Count
from ppsdesk.domain.periods import Period
from ppsdesk.domain.vocabulary import TermCode, Vocabulary

BY_YEAR, BY_TERM, BY_MONTH, EXCLUDED = "by-year", "by-term", "by-month", "excluded"
NEW_AND_RETURNING, WAITING = "new-and-returning", "waiting"
# the tables that count by the entries of a list
LISTS: Mapping[str, Vocabulary] = {
    "by-line": Vocabulary.LINE,
    "by-area": Vocabulary.AREA,
    "by-caller-kind": Vocabulary.CALLER_KIND,
    "by-method": Vocabulary.METHOD,
    "by-topic": Vocabulary.TOPIC,
    "by-stage": Vocabulary.STAGE,
    "by-level": Vocabulary.LEVEL,
    "by-advice": Vocabulary.ADVICE,
    "by-outcome": Vocabulary.OUTCOME,
    "how-heard": Vocabulary.HOW_HEARD,
}
# every table of the call report, in its fixed order
TABLES = (BY_YEAR, BY_TERM, BY_MONTH, *LISTS, NEW_AND_RETURNING, WAITING, EXCLUDED)

NOT_ENTERED = "Not entered"
NOT_CLASSIFIED = "Calls that cannot be classified"  # this row counts calls in a table of callers
ALL_AREAS = ""  # no area by name: all of them together, calls without an area too


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodVolume:
    """The calls of one period.

    `now` are the calls of its days, `before` those it is compared with (None with a why where nothing is on record for
    then). `august` are the calls its September-to-July year leaves out, or None where no August is left out; `later`
    those of its days that come after the as-of day; `removed` those entered by mistake; `non_data` the rings that were
    no enquiry, which are in no table of calls and open no list of them.
    """

    period: Period
    now: Count
    before: Count
    august: Count | None = None
    later: Count | None = None
    removed: Count | None = None
    non_data: tuple[tuple[str, Count], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakdownRow:
    """One entry: a count for each period, oldest first, and that of the days the last period is compared with."""

    label: str
    now: tuple[Count, ...]
    before: Count
    code: TermCode | None = None  # None: nothing was entered, or the row is no entry of a list
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """One table: `table` is its fixed id. `bases` are the whole of each period in the table's unit, `base_before` that
    of the days compared. `several`: one call may be in several rows, so that rows add up to more than the base.
    """

    table: str
    unit: Unit
    rows: tuple[BreakdownRow, ...]
    bases: tuple[Count, ...]
    base_before: Count
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallVolumes:
    """Everything the call report is made from, periods oldest first. `earliest` is the day of the first call on
    record: a comparison with days before it is none."""

    as_of: date
    year_ends: YearEnds
    volumes: tuple[PeriodVolume, ...]
    terms: tuple[PeriodVolume, ...] = ()
    months: tuple[PeriodVolume, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    earliest: date | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        """What was asked for, oldest first."""
        return tuple(volume.period for volume in self.volumes)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """One topic in one area, or in `ALL_AREAS`: this term against the one before it."""

    area: str
    topic: str
    now: Count
    before: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaTrends:
    """Topics by area, `period` against `against`, the term before it.

    `bases` are all calls, then those of each area in the list's order: name, now, before.
    """

    as_of: date
    year_ends: YearEnds
    period: Period
    against: Period
    rows: tuple[TrendRow, ...]
    bases: tuple[tuple[str, Count, Count], ...]
