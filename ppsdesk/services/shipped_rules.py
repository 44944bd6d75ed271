"""The law and the bank holidays as the program ships them: `resources/clocks/` and `resources/bank_holidays.toml`."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from typing import Any

from ppsdesk.domain.clock_files import read_book, read_happenings
from ppsdesk.domain.clock_rules import RuleBook
from ppsdesk.domain.happenings import Happening
from ppsdesk.domain.working_days import WorkingDays
from ppsdesk.resources import folder

# in the order in which they are shown
FILES = ("assessment", "reviews", "mediation", "tribunal", "orders", "service", "older", "lifted")


@lru_cache(maxsize=1)
def shipped_book() -> RuleBook:
    """Every rule the program ships."""
    return read_book(_content(f"clocks/{name}.toml") for name in FILES)


@lru_cache(maxsize=1)
def shipped_happenings() -> tuple[Happening, ...]:
    """What can have happened, in the order it is offered."""
    return read_happenings(_content("clocks/happenings.toml"), shipped_book())


@lru_cache(maxsize=1)
def shipped_days() -> WorkingDays:
    """The bank holidays of England and Wales, 1995 to 2040."""
    content = _content("bank_holidays.toml")
    holidays = {date.fromisoformat(day): name for day, name in content.items()}
    return WorkingDays(holidays, min(holidays).year, max(holidays).year)


def _content(name: str) -> dict[str, Any]:
    return tomllib.loads((folder() / name).read_text(encoding="utf-8"))
