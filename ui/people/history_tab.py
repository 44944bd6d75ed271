"""Who changed this record, and when, and who looked at what is hidden."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.families import CHANGE_LABELS
from ppsdesk.domain.history import Change
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ui.kit.desk import Desk
from ui.kit.history_panel import HistoryPanel, Step
from ui.kit.surfaces import Bar
from ui.kit.theme import current
from ui.kit.words import apart
from ui.people.parts import Shown, Tab

_ROWS = 12
_LISTS = {"area": Vocabulary.AREA, "language": Vocabulary.LANGUAGE, "formats": Vocabulary.FORMAT}
_DONE = {"insert": "added", "update": "changed", "delete": "taken out"}


class HistoryTab(Tab):
    """Read when the tab is opened: few look, and it may be long."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Shown | None = None
        self.trouble = Bar("danger")
        self.panel = HistoryPanel("record")
        self.column.addWidget(self.trouble)
        self.column.addWidget(self.panel)

    def show_record(self, shown: Shown) -> None:
        """Another record, or the same one changed."""
        self._shown = shown
        if self.isVisible():
            self.come()

    def come(self) -> None:
        """Ask for it."""
        if self._shown is None:
            return
        shown, people = self._shown, self._desk.services.people
        self.panel.table.setMinimumHeight(current().px("size_row") * _ROWS)

        def came(changes: tuple[Change, ...]) -> None:
            self.trouble.clear()
            self.panel.show_steps(steps_of(changes, shown.lists))

        self._desk.latest(self, "history", lambda: people.history(shown.record.person.key), came, self._failed)

    def focus_first(self) -> None:
        """The keyboard into the list."""
        self.panel.focus_first()

    def _failed(self, error: DeskError) -> None:
        self.trouble.say(f"The history could not be read. {error.message} It is safe.", "danger")


def steps_of(changes: Sequence[Change], lists: Vocabularies) -> list[Step]:
    """The newest first; what was put on record at the beginning in one line."""
    first = next((change.at for change in changes if change.table == "person"), None)
    later = [c for c in changes if c.at != first or c.table != "person"]
    begun = [c for c in changes if c.at == first and c.table == "person"][:1]
    steps = [Step(at=c.at, person=c.person, what="Put on record", after=c.new) for c in begun]
    return [*steps, *(_step(change, lists) for change in later)][::-1]


def _step(change: Change, lists: Vocabularies) -> Step:
    what = CHANGE_LABELS.get(change.field, change.field)
    if change.field == "removed_at":
        return Step(at=change.at, person=change.person, what="Removed" if change.new else "Put back")
    if not (change.old or change.new):
        done = "" if change.field == "disclosures" else f" {_DONE.get(change.action, change.action)}"
        return Step(at=change.at, person=change.person, what=f"{what}{done}")
    before, after = (_words(change.field, text, lists) for text in (change.old, change.new))
    return Step(at=change.at, person=change.person, what=what, before=before, after=after)


def _words(field: str, text: str, lists: Vocabularies) -> str:
    return apart(lists.label(_LISTS[field], TermCode(text)) if field in _LISTS and text else text)
