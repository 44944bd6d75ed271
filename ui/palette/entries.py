"""What the palette offers: people, calls, pages and actions, each as one line that can be carried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.finding import Found
from ui.kit.matching import found_by
from ui.kit.words import apart

MOST = 12  # lines of one kind
KIND_WORDS = {"page": "page", "action": "action", "person": "person", "call": "call"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Something the window can do now. `kind` is "page" or "action"; `key` is shown, so that one learns it."""

    name: str
    words: str
    says: str = ""
    key: str = ""
    kind: str = "action"
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the list. `name` tells it apart from all others, and is how it is remembered as recent."""

    name: str
    kind: str
    words: str
    more: str = ""
    key: str = ""
    icon: str = ""
    warning: bool = False
    run: Callable[[], None]

    @property
    def spoken(self) -> str:
        """The whole line for those who listen."""
        key = f"key {self.key}" if self.key else ""
        return ", ".join(part for part in (self.words, KIND_WORDS[self.kind], self.more, key) if part)


def entry_of(doing: Doing, run: Callable[[str], None]) -> Entry:
    """A page or action as a line."""
    return Entry(
        name=f"{doing.kind}:{doing.name}",
        kind=doing.kind,
        words=doing.words,
        more=doing.says,
        key=doing.key,
        icon=doing.icon,
        run=partial(run, doing.name),
    )


def found_entry(found: Found, person: Callable[[Found], None], reference: Callable[[Found], None]) -> Entry:
    """A person, or the calls somebody anonymous made under a reference."""
    if found.person is None:
        words = f"Calls with reference {found.reference}"
        return Entry(name=f"call:{found.reference}", kind="call", words=words, more=_last(found), icon="phone",
                     run=partial(reference, found))  # fmt: skip
    alerts = "; ".join(apart(alert) for alert in found.alerts)
    why = ", ".join(f"{reason.reason.label}: {apart(reason.words)}" for reason in found.why)
    parts = (alerts, apart(found.about), apart(found.town), _last(found), why)
    more = " · ".join(part for part in parts if part)
    return Entry(
        name=f"person:{found.person}",
        kind="person",
        words=found.name,
        more=more,
        icon="triangle-alert" if alerts else "user",
        warning=bool(alerts),
        run=partial(person, found),
    )


def matching(typed: str, entries: Sequence[Entry]) -> list[Entry]:
    """Those whose words begin with what was typed, best first."""
    return found_by(typed, entries, key=_searched)[:MOST]


def recent_first(recent: Sequence[str], entries: Sequence[Entry]) -> list[Entry]:
    """What was used last on top, the rest in its own order."""
    by_name = {entry.name: entry for entry in entries}
    first = [by_name[name] for name in recent if name in by_name]
    return [*first, *(entry for entry in entries if entry.name not in recent)]


def _searched(entry: Entry) -> tuple[str, str]:
    return entry.words, f"{entry.words} {entry.more if entry.kind in ('page', 'action') else ''}"


def _last(found: Found) -> str:
    return f"last call {long_day(found.last_call)}" if found.last_call else ""
