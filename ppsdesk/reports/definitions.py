"""What every table of the call report counts, in plain words: title, first head, numerator, denominator, exclusions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ppsdesk.domain.breakdowns import NEW_AND_RETURNING, WAITING
from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.figures import Count
from ppsdesk.domain.periods import Period
from ppsdesk.reports.house_style import listed, shown

EXCLUDED_TITLE = "Left out of the count"
YEAR_BEFORE = "Year before, same days"
TERM_BEFORE = "Same term, year before"
CUT_BEFORE = "Same days, year before"  # of a term that is not over: the whole one may stand right beside it
MIXED_BEFORE = "Year before"
SPOKEN = {
    YEAR_BEFORE: "in the same days of the year before",
    TERM_BEFORE: "in the same term of the year before",
    CUT_BEFORE: "in the same days of that term, the year before",
    MIXED_BEFORE: "in the year before",
}

A_CALL = (
    "A call is one conversation, incoming or outgoing, logged by the service, and is counted once, on the day it was"
    " taken (London time)."
)
NOT_COUNTED = (
    "Not counted: unfinished drafts, calls removed as entered by mistake, and rings of the phone that were no enquiry."
)
FEW = 5  # bases that one sentence can still name
FEW_NAMED = 2  # terms whose assumed dates are written out


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of one breakdown. `counted` and `share_of` are sentences; `several` names what a call may have more
    than one of; `ordered` lists keep their own order in a chart, as a scale does.
    """

    title: str
    head: str
    counted: str
    share_of: str = "The share is of all calls of the period."
    several: str = ""
    ordered: bool = False


WORDINGS: Mapping[str, Wording] = {
    "by-line": Wording(
        title="Calls by line",
        head="Line",
        counted="Each call is counted under the line it was taken on or made from.",
    ),
    "by-area": Wording(
        title="Calls by area",
        head="Area",
        counted="Each call is counted under the area that was entered for it.",
    ),
    "by-caller-kind": Wording(
        title="Calls by kind of caller",
        head="Kind of caller",
        counted="Each call is counted under the kind of caller entered for that call.",
    ),
    "by-method": Wording(
        title="Calls by method",
        head="Method",
        counted="Each call is counted under the way it reached the service, or the service reached the caller.",
    ),
    "by-topic": Wording(
        title="Calls by topic",
        head="Topic",
        counted="Each row counts the calls that have this topic, whatever other topics they have.",
        share_of="The share is of all calls of the period, with or without a topic.",
        several="topics",
    ),
    "by-stage": Wording(
        title="Children by SEN stage",
        head="SEN stage",
        counted="Stage belongs to each child of a call; a call about two children counts twice."
        " The stage is that of the child on the day of the call.",
        share_of="The share is of all children of the calls of the period, each counted once for every call;"
        " a call that gives no stage counts as one child with none entered.",
        ordered=True,
    ),
    "by-level": Wording(
        title="Calls by level of help given on that call (not interventions)",
        head="Level of help",
        counted="Each call is counted under the level of help given on that call. An intervention may run over many"
        " calls, so these figures are no count of interventions.",
        ordered=True,
    ),
    "by-advice": Wording(
        title="Calls by advice given",
        head="Advice given",
        counted="Each row counts the calls on which this advice was given, whatever else was given.",
        share_of="The share is of all calls of the period, with or without advice entered.",
        several="kinds of advice",
    ),
    "by-outcome": Wording(
        title="Calls by outcome",
        head="Outcome",
        counted="Each call is counted under its outcome.",
    ),
    "how-heard": Wording(
        title="Calls by how callers heard of the service",
        head="How they heard of us",
        counted="Each call is counted under what was entered for that call.",
    ),
    NEW_AND_RETURNING: Wording(
        title="New and returning callers",
        head="Callers",
        counted="",  # told by unit, see `_of_callers`
        share_of="",
        ordered=True,
    ),
    WAITING: Wording(
        title="Waiting for a call-back",
        head="Waited",
        counted="Each call-back that follows from a call of the period is counted: the day of the call decides the"
        " period, also where the call-back was asked for, or the caller reached, later. It is counted by the days of"
        " the calendar from asking for it to reaching the caller, and, where they were reached, by the attempt that"
        " reached them. Call-backs that follow from no call on record are left out.",
        share_of="The share is of all call-backs that follow from calls of the period.",
        ordered=True,
    ),
}

_NEW = (
    "New: the caller’s first call ever falls in the period. Returning: their first call was earlier. Callers without"
    " identity, of whom there is no record, cannot be classified."
)


def definition(table_id: str, unit: Unit, year_ends: YearEnds, periods: tuple[Period, ...], as_of: date) -> str:
    """What a breakdown counts, of what its shares are, what is left out, and as of when."""
    words = WORDINGS[table_id]
    said = _of_callers(unit) if table_id == NEW_AND_RETURNING else f"{words.counted} {words.share_of}"
    return " ".join(part for part in (said, NOT_COUNTED, convention(year_ends, periods), counted_as_of(as_of)) if part)


def _of_callers(unit: Unit) -> str:
    if unit is Unit.CALLERS:
        return f"Each caller is counted once in a period, however often they rang. {_NEW} The share is of all callers."
    return f"Each call is counted by its caller. {_NEW} The share is of all calls of the period."


def of_calls(year_ends: YearEnds, periods: tuple[Period, ...], as_of: date, *, more: str = "") -> str:
    """The definition of the tables that have one row a period."""
    parts = (A_CALL, more, convention(year_ends, periods, where=True), NOT_COUNTED, counted_as_of(as_of))
    return " ".join(part for part in parts if part)


def of_terms(year_ends: YearEnds) -> str:
    """How terms lie in the year."""
    until = "31 July" if year_ends is YearEnds.JULY else "31 August"
    return (
        "A term runs to the day before the next begins, the autumn term from 1 September and the summer term to"
        f" {until}, so that the terms add up to the year."
    )


def convention(year_ends: YearEnds, periods: tuple[Period, ...], *, where: bool = False) -> str:
    """Which months make a year; nothing where no year is shown."""
    if not any(period.year for period in periods):
        return ""
    seen = f", and shown in the table “{EXCLUDED_TITLE}”" if where else ""
    rest = {
        YearEnds.JULY: f"calls in August are excluded from a year{seen}",
        YearEnds.AUGUST: "all twelve months of the school year are counted",
        YearEnds.MARCH: "all twelve months of the financial year are counted",
    }[year_ends]
    return f"{year_ends.label}: {rest}."


def counted_as_of(as_of: date) -> str:
    """The day the figures are counted to."""
    return f"Counted as of {plain_day(as_of)}."


def of_excluded(as_of: date) -> str:
    """The definition of what is left out."""
    return (
        "Calls on record, and rings of the phone that were no enquiry, that no figure above counts: by the day they"
        f" were taken (London time) and the reason they are left out. {counted_as_of(as_of)}"
    )


def guards(periods: tuple[Period, ...]) -> tuple[str, ...]:
    """What must be known of periods that are not over, and of terms whose dates nobody entered."""
    stopped = tuple(
        f"{period.name} stops at {plain_day(period.span.last)} and is compared with {period.before.words}."
        for period in periods
        if period.part
    )
    return stopped + assumed(periods)


BEGUN = "The first call on record is of"


def begun(periods: tuple[Period, ...], earliest: date | None) -> tuple[str, ...]:
    """Which periods are compared with days of which only some are on record."""
    if earliest is None:
        return ()
    names = tuple(period.label for period in periods if period.before.first < earliest <= period.before.last)
    if not names:
        return ()
    return (
        f"{BEGUN} {plain_day(earliest)}, so what {listed(names)} "
        f"{'is' if len(names) == 1 else 'are'} compared with may not be whole.",
    )


def assumed(periods: tuple[Period, ...]) -> tuple[str, ...]:
    """Which terms have dates that nobody entered."""
    guessed = [period for period in periods if period.term_dates_assumed]
    then = [period for period in periods if period.before_dates_assumed and not period.term_dates_assumed]
    said = tuple(f"{p.name}: term dates assumed ({p.whole.words})." for p in guessed)
    if len(guessed) > FEW_NAMED:
        names = tuple(dict.fromkeys(_term_name(period) for period in guessed))
        said = (f"Term dates assumed, as none are entered: {listed(names)}.",)
    before = tuple(f"{p.name}: term dates of the year before assumed ({p.before.words})." for p in then)
    return said + before


def _term_name(period: Period) -> str:
    """ "Autumn 2000-01", without the days that a part of a term is cut to."""
    year, _slash, term = period.text.partition("/")
    return f"{term.capitalize()} {year}".strip()


def is_term(period: Period) -> bool:
    """Whether it is a term or a part of one."""
    return period.term is not None


def before_head(periods: tuple[Period, ...]) -> str:
    """The head of the figures that are compared with."""
    if periods and all(is_term(period) for period in periods):
        return CUT_BEFORE if all(period.part for period in periods) else TERM_BEFORE
    return MIXED_BEFORE if any(is_term(period) for period in periods) else YEAR_BEFORE


def against(periods: tuple[Period, ...]) -> str:
    """The same in a sentence: what the periods are compared with."""
    if periods and all(is_term(period) for period in periods):
        cut = "; a term that is not over, with the same days of it" if any(period.part for period in periods) else ""
        return f"the same term of the year before{cut}"
    some = " (a term with the same term)" if any(is_term(period) for period in periods) else ""
    return f"the same days of the year before{some}"


def of_several(table_id: str) -> str:
    """Why the rows of a table with several answers add up to more than its base."""
    if table_id == WAITING:
        return (
            "A call-back whose caller was reached is in a row of days and in one of attempts, so all rows together add"
            " up to more than the base."
        )
    things = WORDINGS[table_id].several if table_id in WORDINGS else ""
    return f"A call may have several {things or 'of these'}, so the rows add up to more than the base."


def base_words(bases: tuple[tuple[str, Count], ...], unit: Unit) -> str:
    """ "Base: 1,249 calls in 1999-00 and 2,402 in 2001-02 to March."; of many, the last period alone."""
    if not bases:
        return ""
    named = bases if len(bases) <= FEW else bases[-1:]
    (first, count), *rest = named
    noun = one_or_more(unit, count)
    return f"Base: {listed((f'{shown(count)} {noun} in {first}', *(f'{shown(n)} in {label}' for label, n in rest)))}."


def one_or_more(unit: Unit, count: Count) -> str:
    """The noun of a unit beside its figure."""
    if count.value == 1:
        return {Unit.CALLS: "call", Unit.CALLERS: "caller", Unit.CHILDREN: "child", Unit.CALL_BACKS: "call-back"}[unit]
    return unit.label.lower()
