"""Who stands in the one box: somebody on record, somebody new, or a reference that was quoted."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:  # a window that starts has found nobody yet
    from ppsdesk.domain.finding import Found, Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who was chosen or typed.

    On record: `person` and `name`. New: `typed`, with `name` the name in it ("" where only a phone was typed).
    Anonymous and found by what they quoted: `reference` alone.
    """

    person: UUID | None = None
    name: str = ""
    typed: Typed | None = None
    reference: str = ""

    @property
    def is_new(self) -> bool:
        """Whether this is somebody to be put on record."""
        return self.person is None and self.typed is not None


def who_found(found: Found) -> Who:
    """A row of the list, chosen."""
    return Who(person=found.person, name=found.name if found.person else "", reference=found.reference)


def who_typed(typed: Typed) -> Who:
    """What was typed, for somebody new."""
    return Who(name=typed.name, typed=typed, reference=typed.reference)


def who_as_json(who: Who | None) -> dict[str, object] | None:
    """For a draft."""
    if who is None:
        return None
    return {
        "person": str(who.person) if who.person else "",
        "name": who.name,
        "typed": typed_as_json(who.typed) if who.typed else None,
        "reference": who.reference,
    }


def who_from_json(kept: object) -> Who | None:
    """What `who_as_json` gave; None for anything else."""
    if not isinstance(kept, dict):
        return None
    typed = kept.get("typed")
    person = str(kept.get("person") or "")
    return Who(
        person=UUID(person) if person else None,
        name=str(kept.get("name", "")),
        typed=typed_from_json(typed) if isinstance(typed, dict) else None,
        reference=str(kept.get("reference", "")),
    )


def typed_as_json(typed: Typed) -> dict[str, str]:
    """Parts of what was typed, days as "2018-09-03"."""
    parts = {field.name: getattr(typed, field.name) for field in fields(typed)}
    return {name: part.isoformat() if isinstance(part, date) else str(part or "") for name, part in parts.items()}


def typed_from_json(kept: dict[str, object]) -> Typed:
    """What `typed_as_json` gave."""
    from ppsdesk.domain.finding import Typed

    parts = {field.name: str(kept.get(field.name) or "") for field in fields(Typed)}
    born = parts.pop("born_on", "")
    return Typed(**parts, born_on=date.fromisoformat(born) if born else None)


def typed_again(before: Typed | None, now: Typed) -> Typed:
    """What was typed now; a phone or postcode that was taken from the box earlier stays unless another was typed."""
    if before is None:
        return now
    parts = {field.name: getattr(now, field.name) or getattr(before, field.name) for field in fields(now)}
    return replace(now, **{**parts, "name": now.name})
