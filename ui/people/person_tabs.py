"""The tabs of a record: each is built when it is first looked at, or in a moment when nobody waits for anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.desk import Desk
from ui.kit.page_body import PageBody
from ui.people.calls_tab import CallsTab
from ui.people.consent_tab import ConsentTab
from ui.people.contacts_tab import ContactsTab
from ui.people.family_tab import FamilyTab
from ui.people.history_tab import HistoryTab
from ui.people.overview_tab import OverviewTab
from ui.people.parts import Shown, Tab

OVERVIEW, CONTACTS, FAMILY, CALLS, CONSENT, HISTORY = (
    "Overview", "Contacts", "Family", "Calls", "Consent", "History",
)  # fmt: skip
TABS: Mapping[str, Callable[[Desk], Tab]] = {
    OVERVIEW: OverviewTab,
    CONTACTS: ContactsTab,
    FAMILY: FamilyTab,
    CALLS: CallsTab,
    CONSENT: ConsentTab,
    HISTORY: HistoryTab,
}


class PersonTabs(PageBody):
    """One tab of `TABS` is shown. `built` carries a tab that has just been made."""

    built = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._tabs: dict[str, Tab] = {}
        self._record: Shown | None = None
        self._behind: list[str] = []
        self._here = OVERVIEW
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._catch_up)

    def tab(self, name: str) -> Tab:
        """The tab of that name, with the record in it."""
        if name not in self._tabs:
            self._build(name)
        tab = self._tabs[name]
        if name in self._behind:
            self._behind.remove(name)
            if self._record is not None:
                tab.show_record(self._record)
        return tab

    def all(self) -> dict[str, Tab]:
        """Every tab by name, built now if it must be."""
        return {name: self.tab(name) for name in TABS}

    def there(self) -> tuple[Tab, ...]:
        """Those that have been built."""
        return tuple(self._tabs.values())

    def go(self, name: str) -> None:
        """Show that tab instead of the one before."""
        self._here = name
        here = self.tab(name)
        for tab in self._tabs.values():
            tab.setHidden(tab is not here)

    def show_record(self, shown: Shown) -> None:
        """The record as it now is: at once in the tab one looks at, in the others one by one."""
        self._record = shown
        self._behind = list(TABS)  # built or not
        self.tab(self._here)
        self._idle.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What was left when the page went away is done now."""
        super().showEvent(event)
        self._idle.start()

    def _catch_up(self) -> None:
        if self._behind and self._record is not None and self.isVisible():
            self.tab(self._behind[0])
        else:
            self._idle.stop()

    def _build(self, name: str) -> None:
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        tab = self._tabs[name] = TABS[name](self._desk)
        if name != self._here:
            tab.hide()
        box.insertWidget(box.count() - 1, tab)  # before the stretch
        if name not in self._behind:
            self._behind.append(name)
        self.built.emit(tab)
