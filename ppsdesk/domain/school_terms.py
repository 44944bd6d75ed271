"""School terms as an authority sets them, and how they divide every year into three.

A term runs to the day before the next one begins: autumn from 1 September, spring and summer each from their own first
day, summer to the year's end. So every day of a year is in one term, holidays too, and terms add up to the year. Where
the first day of a term is not entered it is assumed: spring from 1 January, summer from 1 April.

Source: domain reference section 7. Terms differ from authority to authority and follow Easter, so nothing is inferred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.codes import Code, YearEnds
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.people import NAME_LIMIT, unfit
from ppsdesk.domain.spans import Span, school_year_of, year_name

FIRST_YEAR, LAST_YEAR = 1900, 9998
DAY = timedelta(days=1)


class TermName(Code):
    """The three terms of a school year, in their order."""

    AUTUMN = "autumn", "Autumn"
    SPRING = "spring", "Spring"
    SUMMER = "summer", "Summer"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolTerm:
    """One term of one authority. `year` 2026 is 2026-27. `authority` "" is the service's own, where there is but one.

    `version` 0 is a term that is not on record yet. The half-term week is not known where its two days are None.
    """

    key: UUID
    authority: str = ""
    year: int
    term: str
    first: date
    last: date
    half_first: date | None = None
    half_last: date | None = None
    version: int = 0

    @property
    def name(self) -> str:
        """ "Autumn 2026-27"."""
        return f"{self.term.capitalize()} {year_name(self.year)}"

    @property
    def place(self) -> tuple[int, int]:
        """What terms are put in order by: the year, and the place in it."""
        return self.year, list(TermName).index(TermName(self.term))

    @property
    def span(self) -> Span:
        """The days that schools call the term, from first to last."""
        return Span(first=self.first, last=self.last)


@dataclass(frozen=True, slots=True)
class TermCalendar:
    """The terms of one authority; a year or a term that is not among them is assumed."""

    terms: tuple[SchoolTerm, ...] = ()
    _begins: dict[tuple[int, str], date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # a first day that cannot be one, however it came there, must not turn terms round: it counts as not entered
        fitting = {
            (term.year, str(term.term)): term.first
            for term in self.terms
            if term.term in _WINDOWS
            and FIRST_YEAR <= term.year <= LAST_YEAR
            and _begins_between(term.year, term.term).holds(term.first)
        }
        object.__setattr__(self, "_begins", fitting)

    def term(self, year: int, name: str, year_ends: YearEnds = YearEnds.AUGUST) -> tuple[Span, bool]:
        """The days of a term, with the holiday that follows, and whether any end of it is assumed.

        `year` 2026 is 2026-27. The summer term ends on 31 July where the year does, else on 31 August. KeyError for a
        name that is none.
        """
        spring, spring_assumed = self._first_day(year, TermName.SPRING)
        summer, summer_assumed = self._first_day(year, TermName.SUMMER)
        ends = date(year + 1, 7, 31) if year_ends is YearEnds.JULY else date(year + 1, 8, 31)
        return {
            "autumn": (Span(first=date(year, 9, 1), last=spring - DAY), spring_assumed),
            "spring": (Span(first=spring, last=summer - DAY), spring_assumed or summer_assumed),
            "summer": (Span(first=summer, last=ends), summer_assumed),
        }[str(name)]

    def term_of(self, day: date) -> tuple[int, TermName]:
        """The school year and the term of a day; days of August are in the summer term before them."""
        year = school_year_of(day)
        if day >= self._first_day(year, TermName.SUMMER)[0]:
            return year, TermName.SUMMER
        return year, TermName.SPRING if day >= self._first_day(year, TermName.SPRING)[0] else TermName.AUTUMN

    def _first_day(self, year: int, name: TermName) -> tuple[date, bool]:
        entered = self._begins.get((year, name.value))
        assumed = date(year + 1, 1, 1) if name is TermName.SPRING else date(year + 1, 4, 1)
        return (assumed, True) if entered is None else (entered, False)


# Month and day a term may begin from and to, and end by; all but the first two of autumn lie in the year after.
# Wider than any authority's, and apart from one another, so that an entered term and an assumed one never cross.
_WINDOWS = {
    "autumn": ((0, 8, 15), (0, 11, 30), (1, 1, 31)),
    "spring": ((0, 12, 1), (1, 2, 28), (1, 5, 31)),
    "summer": ((1, 3, 1), (1, 6, 30), (1, 8, 31)),
}


def calendar_of(terms: Iterable[SchoolTerm], authority: str = "") -> TermCalendar:
    """The calendar of one authority. Without a name: of the one with most terms, of two with as many the latest."""
    every = tuple(terms)
    wanted = authority or next(iter(authorities_of(every)), "")
    return TermCalendar(tuple(sorted((t for t in every if t.authority == wanted), key=lambda t: t.place)))


def authorities_of(terms: Iterable[SchoolTerm]) -> tuple[str, ...]:
    """Everybody who has terms, the one with most of them first."""
    every = tuple(terms)
    number = Counter(term.authority for term in every)
    latest = {name: max(term.place for term in every if term.authority == name) for name in number}
    newest_first = sorted(sorted(number, key=str.casefold), key=lambda name: latest[name], reverse=True)
    return tuple(sorted(newest_first, key=lambda name: number[name], reverse=True))


def check_school_term(term: SchoolTerm, others: Iterable[SchoolTerm] = ()) -> None:
    """Raises `Invalid` with words for each field, or returns. `others` are all terms that are on record."""
    problems: dict[str, str] = {}
    if trouble := unfit("Authority", term.authority, NAME_LIMIT):
        problems["authority"] = trouble
    if term.term not in list(TermName):
        problems["term"] = "Choose autumn, spring or summer."
    if not FIRST_YEAR <= term.year <= LAST_YEAR:
        problems["year"] = f"School years are from {FIRST_YEAR} to {LAST_YEAR}."
    if not problems:
        problems = _days(term) | _half_term(term) or _beside(term, others)
    if problems:
        raise Invalid(problems)


def _days(term: SchoolTerm) -> dict[str, str]:
    begins, ends = _begins_between(term.year, term.term), _dated(term.year, _WINDOWS[term.term][2])
    if not begins.holds(term.first):
        return {
            "first": f"{term.name} begins between {plain_day(begins.first)} and {plain_day(begins.last)}. "
            f"You entered {plain_day(term.first)}."
        }
    if term.last < term.first:
        return {"last": f"The term cannot end on {plain_day(term.last)}, before it begins."}
    if term.last > ends:
        return {"last": f"{term.name} ends by {plain_day(ends)}. You entered {plain_day(term.last)}."}
    return {}


def _half_term(term: SchoolTerm) -> dict[str, str]:
    first, last = term.half_first, term.half_last
    if first is None and last is None:
        return {}
    if first is None:
        return {"half_first": "Enter the first day of half-term too, or leave both days empty."}
    if last is None:
        return {"half_last": "Enter the last day of half-term too, or leave both days empty."}
    if last < first:
        return {"half_last": f"Half-term cannot end on {plain_day(last)}, before it begins."}
    for name, day in (("half_first", first), ("half_last", last)):
        if not term.span.holds(day):
            return {name: f"Half-term is within the term; {plain_day(day)} is not."}
    return {}


def _beside(term: SchoolTerm, others: Iterable[SchoolTerm]) -> dict[str, str]:
    for other in others:
        if other.key == term.key or other.authority != term.authority:
            continue
        if (other.year, other.term) == (term.year, term.term):
            return {"term": entered_already(term)}
        if other.span.within(term.span):
            name = "first" if other.first <= term.first else "last"
            return {name: f"{other.name} runs from {other.span.words}; terms cannot overlap."}
    return {}


def entered_already(term: SchoolTerm) -> str:
    """What is said of a second entry for the same term."""
    whose = f" of {term.authority}" if term.authority else ""
    return f"{term.name}{whose} is entered already. Change that entry instead."


def _begins_between(year: int, term: str) -> Span:
    earliest, latest, _ = _WINDOWS[str(term)]
    return Span(first=_dated(year, earliest), last=_dated(year, latest))


def _dated(year: int, place: tuple[int, int, int]) -> date:
    return date(year + place[0], place[1], place[2])


ASSUMED = TermCalendar()
