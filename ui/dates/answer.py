"""The sheet that answers, with how each of its dates came about: read behind, shown in front."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.clock_steps import Step, steps
from ppsdesk.domain.happenings import DatesSheet
from ui.who.what_follows import DatesTold

if TYPE_CHECKING:
    from ppsdesk.assembly import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`steps` are those of each date of the sheet, in its order. `today` is the day from which days left are counted.

    `service` is the name that stands on papers.
    """

    sheet: DatesSheet
    steps: tuple[tuple[Step, ...], ...]
    today: date
    service: str = ""


def read_answer(services: Services, question: DatesTold) -> Answer:
    """Ask the service. Touches no widget. `Refused` where a day is further away than the calendar goes."""
    dates, book = services.dates, services.dates.book()
    sheet = dates.ask(question.happening, question.facts, kind=question.kind, lifted=question.lifted)
    return Answer(
        sheet=sheet,
        steps=tuple(steps(found, book, sheet.asks) for found in sheet.dates),
        today=local_day(services.clock()),
        service=services.settings.read().service,
    )
