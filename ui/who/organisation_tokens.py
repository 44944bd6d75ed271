"""Schools and other organisations in one field, by name, town, postcode or URN; kept to check when in no list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID, uuid4

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day, plain_day
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.organisations import NewOrganisation, Organisation, OrganisationFacts
from ppsdesk.domain.people import NAME_LIMIT
from ui.kit.desk import Desk
from ui.kit.enter import ENTER
from ui.kit.matching import found_by, plain
from ui.kit.suggestions import Suggestion
from ui.kit.tokens import KEEP, Tokens
from ui.kit.words import announce, apart
from ui.who.looking_up import LookingUp

LEAST = 2  # characters from which organisations are looked for


class OrganisationTokens(Tokens):
    """Organisations as chips, in the order they were taken.

    Those closed on the record's day (`on`) are not offered; one that stands in the field is named as closed. Those of
    `suggest` (the child's school) come first, and are what Down opens. What is in no list can be kept: it is among
    `value` by its key and comes out of `new_organisations`, to be checked.
    """

    placeholder = "Name, town, postcode or URN"

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        self._desk = desk
        self._known: dict[str, OrganisationFacts] = {}
        self._suggested: tuple[Organisation, ...] = ()
        self._day: date | None = None
        self._answers = ""
        super().__init__(parent)
        services = desk.services

        def find(text: str) -> tuple[Organisation, ...]:
            return services.organisations.find(text, on=self._day)

        self._look = LookingUp(desk, find, self)
        self._look.came.connect(self._show)
        self._look.failed.connect(self._failed)

    # -- what the screen says ------------------------------------------------------------------------------------------

    def on(self, day: date) -> None:
        """The day of the record: what is offered, and what is named as closed."""
        self._day = day
        self._show_chips()

    def suggest(self, organisations: Sequence[Organisation]) -> None:
        """Offer these first; nothing is taken by itself."""
        self._suggested = tuple(organisations)
        self._known |= {str(each.key): each for each in organisations}
        first = next((each.name for each in self._suggested if self._open(each)), "")
        self.placeholder = f"Down for {first}" if first else OrganisationTokens.placeholder
        self._show_chips()

    def value(self) -> tuple[UUID, ...]:
        """The keys, those of `new_organisations` too."""
        return tuple(UUID(code) for code in self._chosen)

    def set_value(self, value: object) -> None:
        """Show the organisations of these keys; names that are not known here are looked up."""
        keys = [str(key) for key in value] if isinstance(value, Iterable) and not isinstance(value, str) else []
        super().set_value(keys)
        self._look_up_names()

    def new_organisations(self) -> tuple[NewOrganisation, ...]:
        """Those to be added with the record, marked to check."""
        kept = (self._known.get(code) for code in self._chosen)
        return tuple(each for each in kept if isinstance(each, NewOrganisation))

    def content(self) -> object:
        """Keys, what is half typed, the names of those to be added."""
        new = {str(each.key): each.name for each in self.new_organisations()}
        return {"codes": list(self._chosen), "typed": self.line.text()} | ({"new": new} if new else {})

    def restore(self, content: object) -> None:
        """What `content` gave."""
        new = content.get("new") if isinstance(content, dict) else None
        if isinstance(new, dict):
            self._known |= {key: _to_check(str(name), UUID(key)) for key, name in new.items()}
        super().restore(content)

    # -- how they read -------------------------------------------------------------------------------------------------

    def words(self, code: str) -> str:
        """The name; marked when it was closed on the day, or is yet to be checked."""
        known = self._known.get(code)
        if known is None:
            return "School or organisation on record"
        if known.closed_on and not self._open(known):
            return f"{apart(known.name)} (closed {plain_day(known.closed_on)})"
        return f"{apart(known.name)} (to check)" if isinstance(known, NewOrganisation) else apart(known.name)

    def pick(self, code: str) -> None:
        """One of the list, or the words themselves where they are to be kept."""
        if code == KEEP:
            new = _to_check(" ".join(self.line.text().split()), uuid4())
            code = str(new.key)
            self._known[code] = new
        self.take(code)

    # -- finding -------------------------------------------------------------------------------------------------------

    def search(self, typed: str) -> None:
        """Those suggested at once where nothing is typed, the others when the answer is there."""
        text = typed.strip()
        if len(text) >= LEAST:
            self._look.want(text)
            return
        self._look.want("")
        self._answers = text
        self.open_rows(self._rows((), text) if not text else [])

    def ready(self) -> bool:
        """Whether the list is the answer to exactly this text."""
        return self._answers == self.line.text().strip()

    def key(self, event: QKeyEvent) -> bool:
        """Enter before the answer waits for it: nothing unseen is taken."""
        if event.key() in ENTER and not self.list_is_open() and self._look.waiting:
            return True
        return super().key(event)

    def close_list(self) -> None:
        """No list, and no question any more."""
        super().close_list()
        self._look.want("")

    def _show(self, text: str, found: tuple[Organisation, ...]) -> None:
        if text == self.line.text().strip() and self.line.hasFocus():
            self._answers = text
            self._known |= {str(each.key): each for each in found}
            self.open_rows(self._rows(found, text))

    def _failed(self, text: str, error: DeskError) -> None:
        announce(self.line, error.sentence, urgent=True)
        self._show(text, ())

    def _rows(self, found: Sequence[Organisation], text: str) -> list[Suggestion]:
        free = [each for each in self._suggested if str(each.key) not in self._chosen and self._open(each)]
        first = found_by(text, [_row(each) for each in free], key=_searched)
        keys = {code for code, _, _ in first} | set(self._chosen)
        rows = [*first, *(_row(each) for each in found if str(each.key) not in keys)]
        if self._may_keep(text, rows):
            rows.append((KEEP, f"Not in the list: keep “{' '.join(text.split())}” to check", ""))
        return rows

    def _may_keep(self, text: str, rows: Sequence[Suggestion]) -> bool:
        words = " ".join(text.split())
        chosen = [self._known[code].name for code in self._chosen if code in self._known]
        taken = {plain(name) for name in (*chosen, *(name for _, name, _ in rows))}
        return LEAST <= len(words) <= NAME_LIMIT and "\0" not in words and plain(words) not in taken

    def _open(self, known: OrganisationFacts) -> bool:
        return known.open_on(self._day or local_day(self._desk.services.clock()))

    def _look_up_names(self) -> None:
        unknown = [UUID(code) for code in self._chosen if code not in self._known]
        services = self._desk.services

        def read() -> dict[UUID, Organisation]:
            return services.organisations.get_many(unknown)

        if unknown:
            self._desk.latest(self, "names", read, self._name)

    def _name(self, found: dict[UUID, Organisation]) -> None:
        self._known |= {str(key): each for key, each in found.items()}
        self._show_chips()


def _to_check(name: str, key: UUID) -> NewOrganisation:
    return NewOrganisation(key=key, name=name, to_check=True)


def _row(organisation: Organisation) -> Suggestion:
    urn = f"URN {organisation.urn}" if organisation.urn else ""
    about = " · ".join(part for part in (organisation.town, organisation.postcode, urn) if part)
    return str(organisation.key), organisation.name, about


def _searched(row: Suggestion) -> tuple[str, str]:
    _, words, more = row
    return words, f"{words} {more}"
