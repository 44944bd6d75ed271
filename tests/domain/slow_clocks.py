"""Every legal date counted again in the slowest and most obvious way: a finger goes from day to day on a calendar.

Written from the description of the law alone and sharing nothing with the program, so that the two can be held against
each other. Nothing is multiplied: weeks end on the next day of the same name, months when the finger has passed so
many ends of months. A walk once made is remembered, which changes nothing but the time it takes.

Where the description leaves the law open, this first read it otherwise than the program does in a few places; it now
counts what was decided, and says so there ("decided").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, partial

Dates = dict[str, date]
Given = Mapping[str, date]
DaysOff = frozenset[date]


def _whole_calendar() -> list[date]:
    days = [date(1980, 1, 1)]
    while days[-1] < date(2060, 12, 31):
        days.append(days[-1] + timedelta(days=1))
    return days


CALENDAR = _whole_calendar()
PLACE = {day: place for place, day in enumerate(CALENDAR)}
SATURDAY, SUNDAY = 5, 6
CLAIMS_LOSE_HOLIDAYS = date(2020, 7, 21)
REG_45_CHANGES = date(2015, 3, 23)
PLANS_BEGIN = date(2014, 9, 1)
TRIBUNAL_BEGINS = STATEMENTS_BEGIN = date(1994, 9, 1)
CLAIMS_BEGIN = date(2002, 9, 1)
STATEMENTS_END = date(2018, 4, 1)
TRIBUNAL_RULES_BEGIN = date(2008, 11, 3)
DATA_RULES_CHANGE = date(2018, 5, 25)
DATA_RULES_BEGIN = date(2000, 3, 1)
RECOMMENDATIONS_BEGIN = date(2018, 4, 3)
COVID = date(2020, 5, 1), date(2020, 9, 25)


# --- going from day to day ---


def _later_days(start: date) -> Iterator[date]:
    place = PLACE[start] + 1
    while True:
        yield CALENDAR[place]
        place += 1


def _earlier_days(start: date) -> Iterator[date]:
    place = PLACE[start] - 1
    while place >= 0:
        yield CALENDAR[place]
        place -= 1
    raise IndexError("before the first day of the calendar")


def _day_after(day: date) -> date:
    return next(_later_days(day))


def _day_before(day: date) -> date:
    return next(_earlier_days(day))


@cache
def days_after(start: date, number: int) -> date:
    """So many days later, the first day not counted."""
    return _nth(_later_days(start), number)


@cache
def days_beginning_with(start: date, number: int) -> date:
    """So many days later, the first day being day 1."""
    return _nth(_later_days(_day_before(start)), number)


@cache
def weeks_after(start: date, number: int) -> date:
    """The day of the same name, so many of them later; none later is the day itself."""
    if number == 0:
        return start
    week_before = weeks_after(start, number - 1)
    return next(day for day in _later_days(week_before) if day.weekday() == week_before.weekday())


@cache
def weeks_before(start: date, number: int) -> date:
    """The day of the same name, so many of them earlier; none earlier is the day itself."""
    if number == 0:
        return start
    week_after = weeks_before(start, number - 1)
    return next(day for day in _earlier_days(week_after) if day.weekday() == week_after.weekday())


@cache
def months_after(start: date, number: int) -> date:
    """The same number in the calendar so many months on; in a month without it, that month's last day."""
    months = [(start.year, start.month)]
    for day in _later_days(start):
        if (day.year, day.month) != months[-1]:
            months.append((day.year, day.month))
        if len(months) == number + 1 and (day.day == start.day or _is_last_of_month(day)):
            return day
    raise AssertionError("the calendar has no end")


@cache
def months_before(start: date, number: int) -> date:
    """The same number in the calendar so many months back; in a month without it, that month's last day."""
    months = [(start.year, start.month)]
    for day in _earlier_days(start):
        if (day.year, day.month) != months[-1]:
            months.append((day.year, day.month))
        if len(months) == number + 1 and day.day <= start.day:
            return day  # coming from the month's end, the first day whose number is not too high
    raise AssertionError("the calendar has no end")


def _is_last_of_month(day: date) -> bool:
    return _day_after(day).month != day.month


def _nth(days: Iterator[date], number: int) -> date:
    counted: list[date] = []
    for day in days:
        counted.append(day)
        if len(counted) == number:
            break
    return counted[-1]


# --- working days ---


def is_working_day(day: date, off: DaysOff) -> bool:
    """Monday to Friday and no bank holiday."""
    return day.weekday() not in (SATURDAY, SUNDAY) and day not in off


def is_tribunal_holiday(day: date) -> bool:
    """25 December to 1 January, or any day in August."""
    return day.month == 8 or (day.month, day.day) == (1, 1) or (day.month == 12 and day.day in range(25, 32))


@cache
def working_days_after(start: date, number: int, off: DaysOff) -> date:
    """So many working days later, the first day not counted."""
    return _nth((day for day in _later_days(start) if is_working_day(day, off)), number)


@cache
def working_days_beginning_with(start: date, number: int, off: DaysOff) -> date:
    """So many working days later; the first day is day 1 if people work on it, else the next one on which they do."""
    return working_days_after(_day_before(start), number, off)


@cache
def working_days_before(start: date, number: int, off: DaysOff) -> date:
    """So many working days earlier, the first day not counted."""
    return _nth((day for day in _earlier_days(start) if is_working_day(day, off)), number)


@cache
def tribunal_days_after(start: date, number: int, off: DaysOff) -> date:
    """So many working days later, leaving out August and the days round Christmas."""
    return _nth((day for day in _later_days(start) if _counts_for_tribunal(day, off)), number)


@cache
def tribunal_days_before(start: date, number: int, off: DaysOff) -> date:
    """So many working days earlier, leaving out August and the days round Christmas."""
    return _nth((day for day in _earlier_days(start) if _counts_for_tribunal(day, off)), number)


def _counts_for_tribunal(day: date, off: DaysOff) -> bool:
    return is_working_day(day, off) and not is_tribunal_holiday(day)


def next_working_day(last: date, off: DaysOff) -> date:
    """The last day itself if people work on it, else the next on which they do."""
    return working_days_beginning_with(last, 1, off)


def in_time_for_starting(last: date, off: DaysOff) -> date:
    """The last day for starting an appeal: out of August or Christmas altogether, else to the next working day."""
    if not is_tribunal_holiday(last):
        return next_working_day(last, off)
    day = last
    while is_tribunal_holiday(day) or not is_working_day(day, off):
        day = _day_after(day)
    return day


# --- the rules that are more than one count ---


def _appeal(on: Given, off: DaysOff) -> Dates:
    last = months_after(on["decision"], 2)
    if "certificate" in on and on["decision"] >= PLANS_BEGIN:  # decided: there were no certificates before
        last = max(last, months_after(on["certificate"], 1))
    return {"APL": _starting_by_the_law_of(on["decision"], last, off)}


def _old_appeal(on: Given, off: DaysOff) -> Dates:
    last = months_after(on["start"], 2)
    return {"S2001-APPEAL": _starting_by_the_law_of(on["start"], last, off)}


def _starting_by_the_law_of(decision: date, last: date, off: DaysOff) -> date:
    # decided: the rules that move a last day are of 3 November 2008; read at first as having been there always
    return last if decision < TRIBUNAL_RULES_BEGIN else in_time_for_starting(last, off)


def _claim(on: Given, off: DaysOff) -> Dates:
    last = _day_before(months_after(on["start"], 6))
    # decided: an Act sets this day, so it moves for no weekend; read at first as moving to the next working day
    if on["start"] < TRIBUNAL_RULES_BEGIN or last >= CLAIMS_LOSE_HOLIDAYS or not is_tribunal_holiday(last):
        return {"DISC6M": last}
    return {"DISC6M": in_time_for_starting(last, off)}


def _move(on: Given, off: DaysOff) -> Dates:
    in_good_time = on["aware"] <= working_days_before(on["move"], 15, off)
    return {"MOVE": on["move"] if in_good_time else working_days_beginning_with(on["aware"], 15, off)}


def _review_after_move(on: Given, off: DaysOff) -> Dates:
    return {"MOVEREV": max(months_after(on["last_review"], 12), months_after(on["transfer"], 3))}


def _review(on: Given, off: DaysOff) -> Dates:
    alone = {"start": on["meeting"]}
    return {code: due(code, alone, off)[code] for code in ("PAP2", "RPT2", "DEC4", "AMF12")}


def _before_february(on: Given, off: DaysOff) -> Dates:
    return {"PT215": _day_before(date(on["transfer_year"].year, 2, 15))}


def _before_end_of_march(on: Given, off: DaysOff) -> Dates:
    return {"PT331": _day_before(date(on["transfer_year"].year, 3, 31))}


def _phase_transfer(on: Given, off: DaysOff) -> Dates:
    return {"PT5M": months_before(on["transfer"], 5)}


def _access_request(on: Given, off: DaysOff) -> Dates:
    if on["start"] < DATA_RULES_CHANGE:  # decided: forty days by the Act of 1998; read at first as the month of today
        return {"SAR": days_after(on["start"], 40)}
    return {"SAR": next_working_day(months_after(on["start"], 1), off)}


def _heads_report(on: Given, off: DaysOff) -> Dates:
    last = working_days_after(on["start"], 10, off)
    return {"S2001-REPORT": min(last, on["term_end"]) if "term_end" in on else last}


def _order(weeks: Mapping[str, int], on: Given, off: DaysOff) -> Dates:
    return {step: weeks_after(on["start"], number) for step, number in weeks.items()}


def _conceded(first_made: Mapping[str, int], since_2015: Mapping[str, int], on: Given, off: DaysOff) -> Dates:
    return _order(first_made if on["start"] < REG_45_CHANGES else since_2015, on, off)


# --- the table ---

Rule = Callable[[Given, DaysOff], Dates]

WEEKS = {
    "EHC6": 6, "ADV6": 6, "EHC16": 16, "EHC20": 20, "MOVE6": 6, "REASS14": 14, "RPT2": 2, "DEC4": 4, "AMN4": 4,
    "AMF8": 8, "AMF12": 12, "NOAM8": 8, "AGR": 2, "AGRN": 1, "HRG12": 12, "HRG20": 20, "HSC5": 5, "S2001-DECIDE": 6,
    "S2001-ASSESS": 10, "S2001-PROPOSE": 2, "S2001-FINAL": 8, "S2001-TOTAL": 26,
    "S2001-ADVICE": 6, "S2001-BVPI": 18, "S2001-REVIEWED": 1,
}  # fmt: skip
WEEKS_BEFORE = {"INV2": 2, "PAP2": 2, "S2001-PAPERS": 2}
MONTHS = {"REV12": 12, "MED2M": 2}
DAYS = {"SCH15": 15, "REASS15": 15, "MED30": 30, "S2001-REPS": 15}
DAYS_BEGINNING_WITH = {"DRAFT15": 15, "AMD15": 15}
WORKING_DAYS = {"CERT3N": 3, "ICB3": 3, "CERT3D": 3, "CERT3E": 3}
TRIBUNAL_DAYS = {"REG10": 10, "LAR30": 30, "DEC10": 10}
TRIBUNAL_DAYS_BEFORE = {"BUN10": 10}
REG_44: dict[str, dict[str, int]] = {
    "assess": {"notify": 2, "no-plan": 10, "final": 14},
    "make": {"draft": 5, "final": 11},
    "amend": {"final": 5},
    "school": {"final": 2},
    "continue": {"REG44-continue": 0, "final": 5},
    "cease": {"REG44-cease": 0},
    "reconsider": {"REG44-reconsider": 2},
}
REG_45: dict[str, dict[str, int]] = {
    "assess": {"notify": 2, "no-plan": 10, "final": 14},
    "make": {"draft": 5, "final": 11},
    "amend": {"final": 5},
    "school": {"final": 2},
    "continue": {"final": 5},
    "cease": {},
    "reconsider": {},
}
REG_45_FIRST_MADE = {**REG_45, "assess": {"notify": 4, "no-plan": 10, "final": 14}, "amend": {"final": 4}}
# The rules that ask for something other than `start`, and for what; certificate and end of term may be missing.
ASKED = {
    "APL": ("decision", "certificate"),
    "REV": ("meeting",),
    "MOVE": ("move", "aware"),
    "MOVEREV": ("last_review", "transfer"),
    "PT215": ("transfer_year",),
    "PT331": ("transfer_year",),
    "PT5M": ("transfer",),
    "S2001-REPORT": ("start", "term_end"),
}


def _counted(walk: Callable[[date, int], date], code: str, number: int, on: Given, off: DaysOff) -> Dates:
    return {code: walk(on["start"], number)}


def _worked(walk: Callable[[date, int, DaysOff], date], code: str, number: int, on: Given, off: DaysOff) -> Dates:
    return {code: walk(on["start"], number, off)}


def _table() -> dict[str, Rule]:
    rules: dict[str, Rule] = {
        "APL": _appeal, "S2001-APPEAL": _old_appeal, "DISC6M": _claim, "MOVE": _move, "MOVEREV": _review_after_move,
        "REV": _review, "PT215": _before_february, "PT331": _before_end_of_march, "PT5M": _phase_transfer,
        "SAR": _access_request, "S2001-REPORT": _heads_report,
    }  # fmt: skip
    plain = ((weeks_after, WEEKS), (weeks_before, WEEKS_BEFORE), (months_after, MONTHS), (days_after, DAYS),
             (days_beginning_with, DAYS_BEGINNING_WITH))  # fmt: skip
    for walk, numbers in plain:
        rules |= {code: partial(_counted, walk, code, number) for code, number in numbers.items()}
    worked = ((working_days_after, WORKING_DAYS), (tribunal_days_after, TRIBUNAL_DAYS),
              (tribunal_days_before, TRIBUNAL_DAYS_BEFORE))  # fmt: skip
    for walk, numbers in worked:
        rules |= {code: partial(_worked, walk, code, number) for code, number in numbers.items()}
    rules |= {f"REG44-{order}": partial(_order, weeks) for order, weeks in REG_44.items()}
    rules |= {f"REG45-{order}": partial(_conceded, REG_45_FIRST_MADE[order], REG_45[order]) for order in REG_45}
    return rules


RULES = _table()


def inputs(rule: str) -> tuple[str, ...]:
    """The names of the dates a rule asks for, in their order."""
    return ASKED.get(rule, ("start",))


def due(rule: str, on: Mapping[str, date], holidays: DaysOff) -> Dates:
    """Each date the rule yields, by its name: the rule's own where it yields only one.

    KeyError for an unknown rule or a missing input, ValueError for an input the rule does not know. Whether the rule
    was law on that day is another question: see `in_force`.
    """
    count = RULES[rule]
    unknown = set(on) - set(inputs(rule))
    if unknown:
        raise ValueError(f"{rule} does not ask for {', '.join(sorted(unknown))}.")
    return count(on, holidays)


# --- dated law ---

OF_THE_TRIBUNAL = {"DISC6M", "REG10", "LAR30", "BUN10", "HRG12", "HRG20", "DEC10", "APL"}
REPLACED = {"S2001-DECIDE", "S2001-ADVICE", "S2001-BVPI", "S2001-TOTAL"}
OUR_OWN_AND_ADVISERS = {"DRAFT15", "AMD15", "MED2M", "CERT3N", "CERT3E", "SAR"}
NOT_MARKED = OF_THE_TRIBUNAL | OUR_OWN_AND_ADVISERS | {"SCH15", "REV12", "HSC5", "REG44-cease"}


def in_force(rule: str, on: Mapping[str, date]) -> bool:
    """Whether the rule was law on the first of the dates it asks for.

    Decided: the first, not the earliest, says which law it is; statements begun before 2014 were finished, reviewed and
    appealed about until 31 March 2018; appeals without certificates are older than plans, but not than their Tribunal,
    and claims began on the day from which their Act says so. Read otherwise at first.
    """
    day = on[inputs(rule)[0]]
    if rule.startswith("S2001-"):
        return STATEMENTS_BEGIN <= day < (PLANS_BEGIN if rule in REPLACED else STATEMENTS_END)
    if rule == "SAR":
        return day >= DATA_RULES_BEGIN
    if rule == "HSC5":
        return day >= RECOMMENDATIONS_BEGIN
    if rule == "DISC6M":
        return day >= CLAIMS_BEGIN
    return day >= (TRIBUNAL_BEGINS if rule in OF_THE_TRIBUNAL else PLANS_BEGIN)


def covid_marked(rule: str, on: Mapping[str, date], holidays: DaysOff) -> bool:
    """Whether a duty ran on any day on which “as soon as practicable” stood in the place of its limit."""
    if rule in NOT_MARKED or rule.startswith("S2001-"):
        return False
    days = [*on.values(), *due(rule, on, holidays).values()]
    return min(days) <= COVID[1] and max(days) >= COVID[0]
