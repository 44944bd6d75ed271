"""A call log that adds up to the totals Hertfordshire published in June 2002, as .csv or .xlsx.

    python -m tests.samples.hertfordshire FILE

Published are three totals only: 1,249 calls from September 1999 to July 2000, 2,647 from September 2000 to July 2001
and 2,402 from September 2001 to the end of March 2002, over five lines, August left out. How they spread over months,
lines and topics is invented here, and so is everybody named. The same log is made every time.
"""

from __future__ import annotations

import csv
import sys
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

# calls of each month, September first; August is the central line's alone
MONTHS: dict[int, tuple[int, ...]] = {
    1999: (96, 118, 131, 84, 127, 122, 138, 96, 124, 131, 82),
    2000: (203, 251, 277, 178, 269, 259, 292, 204, 263, 277, 174),
    2001: (282, 349, 386, 247, 374, 360, 404),
}
AUGUSTS = {2000: 37, 2001: 52}

PUBLISHED = {"1999-00": 1249, "2000-01": 2647, "2001-02 to March": 2402}
SAME_MONTHS_BEFORE = sum(MONTHS[2000][:7])  # September 2000 to March 2001

# any order, any case: the program goes by the names
HEADER = ("Reference", "taken_at", "Line", "Caller_Kind", "method", "TOPICS", "stage", "level", "minutes", "outcome",
          "advice", "taken_by", "caller_name", "phone", "child_name", "notes")  # fmt: skip
LINES = ("Central", "north", "East area", "South area", "west")
KINDS = ("Parent", "Parent", "PARENT", "Carer", "School", "GRANDP", "not known")
TOPICS = ("SEN concern", "admissions", "annual-review", "school funding; SEN concern", "permanent exclusion",
          "statement query (legacy); choosing school; annual review")  # fmt: skip
STAGES_TO_2001 = ("Stage 1", "Stage 2", "S94_3", "Stage 3", "S94_4", "Stage 5 statement (1994 Code)", "")
STAGES_FROM_2002 = ("School Action", "SAP", "STMT", "not asked", "")
METHODS = ("PHONE_IN", "Phone call answered", "Voicemail message", "")
STAFF = ("Hana Helpline", "Priya Practice", "Sam Sample")
FIRST = ("Rowan", "Bryony", "Idris", "Łucja", "Siân", "Tansy")
LAST = ("Thistledown", "Fernhollow", "Meadowlark", "Hazelthwaite", "Quillcombe")

Row = dict[str, Any]


def rows() -> Iterator[Row]:
    """Every call, oldest first; `taken_at` is a date, or a London date and time."""
    random = Random(2002)
    for number, (taken_at, line) in enumerate(sorted(_moments(random), key=lambda pair: _sortable(pair[0])), start=1):
        yield _row(random, f"H{number:05}", taken_at, line)


def write(path: Path) -> int:
    """Write the log by suffix; how many calls."""
    made = list(rows())
    if path.suffix.lower() == ".xlsx":
        _write_workbook(path, made)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADER)
            writer.writeheader()
            for number, row in enumerate(made):
                writer.writerow({**row, "taken_at": _as_typed(row["taken_at"], number)})
    return len(made)


def _moments(random: Random) -> Iterator[tuple[date, str]]:
    for first_year, months in MONTHS.items():
        for at, count in enumerate(months):
            year, month = (first_year, at + 9) if at < 4 else (first_year + 1, at - 3)
            yield from ((moment, random.choice(LINES)) for moment in _month(random, year, month, count))
    for year, count in AUGUSTS.items():
        yield from ((moment, LINES[0]) for moment in _month(random, year, 8, count))


def _month(random: Random, year: int, month: int, count: int) -> Iterator[date]:
    """`count` calls of a month: one minutes after it begins, one minutes before it ends, a few without a time."""
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    weekdays = [day for day in days if day.weekday() < 5]
    yield datetime.combine(days[0], time(0, 5))
    yield datetime.combine(days[-1], time(23, 55))
    for n in range(count - 2):
        day = weekdays[n % len(weekdays)]
        if n % 9 == 0:
            yield day
        else:
            yield datetime.combine(day, time(9)) + timedelta(minutes=random.randrange(8 * 60))


def _row(random: Random, reference: str, taken_at: date, line: str) -> Row:
    caller = f"{random.choice(FIRST)} {random.choice(LAST)}"
    anonymous = random.random() < 0.1
    stages = STAGES_TO_2001 if taken_at.year < 2002 else STAGES_FROM_2002
    return {
        "Reference": reference,
        "taken_at": taken_at,
        "Line": line,
        "Caller_Kind": "Anonymous" if anonymous else random.choice(KINDS),
        "method": random.choice(METHODS),
        "TOPICS": random.choice(TOPICS),
        "stage": random.choice(stages),
        "level": random.choice(("1", "Level 2", "")),
        "minutes": random.choice((4, 9, 12, 25, "")),
        "outcome": random.choice(("information need met", "signposted elsewhere", "")),
        "advice": random.choice(("signposting", "Information sent; meeting preparation", "")),
        "taken_by": random.choice(STAFF),
        "caller_name": "" if anonymous else caller,
        "phone": "" if anonymous else f"01632 960{random.randrange(1000):03}",
        "child_name": "" if anonymous else f"{random.choice(FIRST)} {caller.split()[1]}",
        "notes": "Asked about the next step, and what the school must do." if random.random() < 0.3 else "",
    }


def _as_typed(taken_at: date, number: int) -> str:
    """As people had written it: one half as 2001-09-03, the other as 03/09/2001."""
    day = f"{taken_at:%Y-%m-%d}" if number % 2 else f"{taken_at:%d/%m/%Y}"
    return f"{day} {taken_at:%H:%M}" if isinstance(taken_at, datetime) else day


def _sortable(moment: date) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(12))


def _write_workbook(path: Path, made: list[Row]) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Calls")
        as_day = book.add_format({"num_format": "dd/mm/yyyy"})
        as_moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(made, start=1):
            for column, name in enumerate(HEADER):
                if name == "taken_at":
                    moment = row[name]
                    sheet.write_datetime(number, column, moment, as_moment if isinstance(moment, datetime) else as_day)
                else:
                    sheet.write(number, column, row[name])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python -m tests.samples.hertfordshire FILE   (.csv or .xlsx)\n{__doc__}")
    print(f"{write(Path(sys.argv[1])):,} calls written to {sys.argv[1]}")
