"""What the page of a person is made of: banner, tabs, the tab's own cards, and the form while the record is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_day, long_day
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.words import count_of
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.flow import Flow
from ui.kit.page import Page
from ui.kit.surfaces import Bar, page_scroll
from ui.kit.tab_order import tab_in_order
from ui.kit.theme import current
from ui.kit.words import apart, spaced
from ui.people.calls_tab import CallsTab
from ui.people.consent_tab import ConsentTab
from ui.people.contacts_tab import ContactsTab
from ui.people.editing import PersonEditing
from ui.people.family_tab import FamilyTab
from ui.people.history_tab import HistoryTab
from ui.people.new_person import NewPersonForm
from ui.people.overview_tab import OverviewTab
from ui.people.parts import Shown, Tab
from ui.people.person_tabs import CALLS, CONSENT, CONTACTS, FAMILY, HISTORY, OVERVIEW, TABS, PersonTabs
from ui.people.small_form import SmallForm
from ui.people.tab_row import TabRow
from ui.people.wording import breakable, flat, kind_words, name_words
from ui.who.banner import PersonBanner
from ui.who.matter_form import MatterForm

_ROOM_BELOW_THE_BANNER = 440  # pixels at 100 % text


class PersonFrame(Page):
    """The parts, how they share the room, and how one gets from one to the other."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.trouble, self.unsaved, self.removed = Bar("danger"), Bar("warning"), Bar("warning")
        rights = desk.rights
        self.edit_button = KeyButton("Edit", "F2", icon="pencil").needs(rights, Subject.PEOPLE, Action.CHANGE)
        self.call_button = KeyButton("Call", icon="phone-call").needs(rights, Subject.CALLS, Action.ADD)
        self.back_button = KeyButton("Back", "Esc", "quiet")
        self.doing = QWidget()
        buttons = Flow(self.doing, gap="s")
        for button in (self.edit_button, self.call_button, self.back_button):
            buttons.addWidget(button)
        self.add_action(self.doing)
        self.banner = PersonBanner().guarded(rights)
        self.tab_row = TabRow(tuple(TABS))
        self._inner = PersonTabs(desk)
        self._inner.built.connect(self._tab_built)
        self.scrolling = page_scroll(self._inner)
        self.reading = QWidget()
        self._column = QVBoxLayout(self.reading)
        spaced(self._column, gap="s")
        self._column.addWidget(self.tab_row)
        self._column.addWidget(self.scrolling, 1)
        self._editing: PersonEditing | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.reading)
        for bar in (self.trouble, self.unsaved, self.removed):
            self.body.addWidget(bar)
        self.body.addWidget(self.stack, 1)
        self._placed: tuple[bool, bool] | None = None
        self.place_head()

    # -- parts, built when they are first asked for --------------------------------------------------------------------

    @property
    def tabs(self) -> dict[str, Tab]:
        """Every tab by name."""
        return self._inner.all()

    @property
    def overview(self) -> OverviewTab:
        """The tab one begins with."""
        return cast(OverviewTab, self._inner.tab(OVERVIEW))

    @property
    def contacts(self) -> ContactsTab:
        """Phones, e-mails, addresses."""
        return cast(ContactsTab, self._inner.tab(CONTACTS))

    @property
    def family(self) -> FamilyTab:
        """Who is what to whom."""
        return cast(FamilyTab, self._inner.tab(FAMILY))

    @property
    def calls(self) -> CallsTab:
        """Calls and next steps."""
        return cast(CallsTab, self._inner.tab(CALLS))

    @property
    def consent(self) -> ConsentTab:
        """Answers, with their age."""
        return cast(ConsentTab, self._inner.tab(CONSENT))

    @property
    def history(self) -> HistoryTab:
        """Who changed what."""
        return cast(HistoryTab, self._inner.tab(HISTORY))

    @property
    def editing(self) -> PersonEditing:
        """The fields in place of the tabs."""
        if self._editing is None:
            made = self._editing = PersonEditing(self.desk)
            self.stack.addWidget(made)
            made.keep_foot(fixed=self._placed is not None and self._placed[0])
            tab_in_order((made,), at=made)
            self._editing_built(made)
        return self._editing

    def _tab_built(self, tab: Tab) -> None:
        """It comes where one reads it; a page joins its wishes to it."""
        self._order_tabs()

    def _editing_built(self, editing: PersonEditing) -> None:
        """A page joins its wishes to it."""

    # -- showing -------------------------------------------------------------------------------------------------------

    def say_who_it_is(self, shown: Shown) -> None:
        """Title, the line under it, banner, what the tabs hold; whether the record was removed."""
        record, person = shown.record, shown.record.person
        self.set_title(name_words(person, shown.today))
        calls = f"{count_of(record.calls, 'call')}" if record.calls else "no call yet"
        last = f"last {long_day(record.last_call)}" if record.last_call else ""
        known = f"known as {apart(flat(person.known_as))}" if person.known_as and person.known_as != person.name else ""
        self.set_line(breakable(", ".join(part for part in (kind_words(person), known, calls, last) if part)))
        self.banner.know(shown.lists)
        self.banner.show_record(record, shown.today)
        self.tab_row.count(FAMILY, len(record.ties))
        self.tab_row.count(CALLS, record.calls)
        self._order_tabs()
        if person.removed_at is None:
            self.removed.clear()
        else:
            when = long_day(local_day(person.removed_at))
            self.removed.say(f"This record was removed on {when}: nobody finds it. The calls stay.", "warning")
        for button in (self.edit_button, self.call_button):
            button.setHidden(person.removed_at is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window banner and tabs scroll with the rest."""
        super().resizeEvent(event)
        self.place_head()

    def is_editing(self) -> bool:
        """Whether the record is being changed."""
        return self._editing is not None and self.stack.currentWidget() is self._editing

    def focus_first(self) -> None:
        """The keyboard to the tabs, or into the form."""
        if self.is_editing():
            self.editing.form.focus_first()
        else:
            self.tab_row.focus_first()

    def show_tab(self, name: str) -> None:
        """That tab instead of the one before; what the one before was asked to show specially is hidden again."""
        self.put_tabs_away()
        self._inner.go(name)
        self.scrolling.verticalScrollBar().setValue(0)
        self._inner.tab(name).come()

    def put_tabs_away(self) -> None:
        """Nothing that was asked for specially is shown any more."""
        for tab in self._inner.there():
            tab.put_away()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was asked for specially is not there when one comes back."""
        super().hideEvent(event)
        self.put_tabs_away()

    def show_form(self, shown: bool) -> None:
        """The fields in place of the tabs, or the tabs."""
        self.stack.setCurrentWidget(self.editing if shown else self.reading)
        self.edit_button.setHidden(shown)
        self.place_head()

    def small_form(self) -> SmallForm | NewPersonForm | MatterForm | None:
        """One that is open with something typed into it."""
        forms: list[SmallForm | NewPersonForm | MatterForm] = [
            *self.findChildren(SmallForm), *self.findChildren(NewPersonForm), *self.findChildren(MatterForm),
        ]  # fmt: skip
        return next((form for form in forms if form.has_unsaved), None)

    def leave(self, go: Callable[[], None]) -> None:
        """Go away by `go`: at once if all is saved, otherwise when the person has said what to do."""
        form = self.small_form()
        if form is None:
            if self._editing is None:
                go()
            else:
                self._editing.leave(go)
            return

        def stay() -> None:
            self.unsaved.clear()
            form.form.focus_first()

        def leave() -> None:
            self.unsaved.clear()
            form.put_away()
            self.leave(go)

        self.unsaved.say("What you typed on this page is not saved yet.", "warning")
        self.unsaved.add_button("Stay here", stay, kind="").setFocus(Qt.FocusReason.OtherFocusReason)
        self.unsaved.add_button("Leave it", leave)

    def place_head(self) -> None:
        """The banner over whatever is shown; in a low window it, the tabs and the buttons scroll along."""
        left = self.height() - self.banner.heightForWidth(self.width())
        fixed = left >= _ROOM_BELOW_THE_BANNER * current().scale
        place = (fixed, self.is_editing())
        if place == self._placed:
            return
        self._placed = place
        had_keys = QApplication.focusWidget()
        inner = self._inner.layout()
        assert isinstance(inner, QVBoxLayout)
        self.body.removeWidget(self.banner)
        if self._editing is not None:
            self._editing.keep_foot(fixed=fixed)
        if fixed:
            self._column.insertWidget(0, self.tab_row)
            self.body.insertWidget(self.body.indexOf(self.stack), self.banner)
            self.add_action(self.doing)
        else:
            # the tabs above the banner, so that one who stands on a tab sees both
            inner.insertWidget(0, self.tab_row)
            into = self.editing.above if self.is_editing() else inner
            into.insertWidget(0 if self.is_editing() else 1, self.banner)
            into.insertWidget(1 if self.is_editing() else 2, self.doing)
        self._order_tabs()
        if had_keys is not None and self.isAncestorOf(had_keys):
            had_keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def _order_tabs(self) -> None:
        """As one reads: the banner before what is below it."""
        fixed = self._placed is not None and self._placed[0]
        head = (self.doing, self.banner, self.tab_row) if fixed else (self.tab_row, self.banner, self.doing)
        tab_in_order((*head, self.scrolling, *([self._editing] if self._editing is not None else [])))
