"""Some of everything about dates of the law, for the sample of the schema that brought them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from ppsdesk.assembly import Services
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.selection import Selection

DECISION = Matter(
    key=UUID(int=1), happening="decision", kind="RTA", facts={"decision": date(2026, 9, 1)}, lifted=("EX_SCHOOL",)
)
TOLD = Matter(key=UUID(int=2), happening="adviser", kind="no", facts={"told": date(2026, 9, 1)})
CLOSED = Matter(key=UUID(int=3), happening="review", facts={"meeting": date(2026, 3, 3)}, closed_on=date(2026, 6, 1))
VISIT, EASTER = date(2026, 9, 3), date(2026, 4, 6)


def add_dates(desk: Services) -> None:
    """Put them on record: told in a call and by themselves, open and closed, moved and seen."""
    [child] = [found.person for found in desk.people.find("Tamsin") if "Tamsin" in found.name]
    call = desk.calls.get(desk.calls.ids(Selection())[0])
    desk.dates.keep(replace(DECISION, call=call.key, child=child))
    desk.dates.keep(TOLD)
    desk.dates.keep(CLOSED)
    desk.rules.add_holiday(VISIT, "State visit", "decided by the government")
    desk.rules.take_out_holiday(EASTER, "the office was open")
    desk.rules.suspend("EHC6", date(2026, 1, 1), date(2026, 3, 31), "an emergency", "SI 2026/1")
    desk.rules.correct(
        "MED2M", "", ["3 months after start"], first=date(2026, 9, 1), last=None, law="SI 2026/2", reason="a new law"
    )
    desk.dates.seen([moved.key for moved in desk.dates.moved() if moved.clock == "MED2M"])
