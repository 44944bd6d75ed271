"""What a report is asked with, and such questions kept under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from ppsdesk.domain.codes import Code, YearEnds
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.people import NAME_LIMIT, unfit

EVERYBODY = ""  # the owner of settings that are everybody's


class ReportKind(Code):
    """The reports there are, by their names."""

    CALL_VOLUMES = "call-volumes", "Call volumes"
    AREA_TRENDS = "area-trends", "Trends by area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question to a report. `periods` are as typed; `tables` None are all; `public` hides small numbers."""

    report: ReportKind = ReportKind.CALL_VOLUMES
    periods: tuple[str, ...] = ()
    year_ends: YearEnds = YearEnds.AUGUST
    tables: tuple[str, ...] | None = None
    public: bool = False

    def stored(self) -> dict[str, object]:
        """As plain JSON values, without the name of the report."""
        return {
            "periods": list(self.periods),
            "year_ends": str(self.year_ends),
            "tables": None if self.tables is None else list(self.tables),
            "public": self.public,
        }


def asked_of(report: str, stored: Mapping[str, object]) -> Asked:
    """What `stored` gave. ValueError or KeyError for anything else."""
    public = stored["public"]
    if not isinstance(public, bool):
        raise ValueError("public is neither yes nor no")
    return Asked(
        report=ReportKind(report),
        periods=_texts(stored["periods"]),
        year_ends=YearEnds(str(stored["year_ends"])),
        tables=None if stored["tables"] is None else _texts(stored["tables"]),
        public=public,
    )


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError("no list of texts")
    return tuple(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReport:
    """A question under a name. `owner` is who it belongs to, or `EVERYBODY`. Version 0 is not kept yet."""

    key: UUID
    name: str
    asked: Asked
    owner: str = EVERYBODY
    version: int = 0


def check_saved_report(saved: SavedReport) -> None:
    """Raises `Invalid` with words for the name, or returns."""
    if not saved.name.strip():
        raise Invalid({"name": "Give the settings a name to find them by."})
    if trouble := unfit("Name", saved.name, NAME_LIMIT):
        raise Invalid({"name": trouble})


def named_already(saved: SavedReport) -> str:
    """Two of one owner with one name could not be told apart."""
    whose = "Everybody" if saved.owner == EVERYBODY else "You"
    has = "has" if saved.owner == EVERYBODY else "have"
    return f"{whose} already {has} report settings with the name “{saved.name}”. Choose another name."
