"""Lists: the words, schools and texts people choose from; term dates, rules of the law, bank holidays.

Everything can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from ppsdesk.domain.changes import Topic
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.organisations import Organisation
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.school_terms import SchoolTerm
from ppsdesk.domain.snippets import Snippet
from ppsdesk.domain.vocabulary import Vocabularies, Vocabulary
from ui.kit.desk import Desk
from ui.kit.editors import ChoicePicker
from ui.kit.page import Page
from ui.kit.page_body import PageBody
from ui.kit.records import Column, RecordsModel
from ui.kit.short_table import ShortTable
from ui.kit.surfaces import Bar, PageScroll, page_scroll
from ui.kit.theme import current, theme_box
from ui.kit.words import label, spaced
from ui.lists.holidays_panel import LINE as HOLIDAYS_LINE
from ui.lists.holidays_panel import HolidaysPanel
from ui.lists.law_panel import LawPanel
from ui.lists.organisations_panel import OrganisationsPanel
from ui.lists.panel import ListPanel
from ui.lists.rules_panel import LINE as RULES_LINE
from ui.lists.rules_panel import RulesPanel
from ui.lists.term_dates_panel import LINE as TERM_DATES_LINE
from ui.lists.term_dates_panel import TermDatesPanel
from ui.lists.terms_panel import TermsPanel
from ui.lists.texts_panel import TextsPanel

TERMS, ORGANISATIONS, TEXTS, TERM_DATES = "terms", "organisations", "texts", "term_dates"
RULES, HOLIDAYS = "rules", "holidays"
READ_ONLY = "To look at: your role does not change this list."
LINE = "Entries are renamed, ended or merged, never deleted: old records stay readable."
LINES = {TERM_DATES: TERM_DATES_LINE, RULES: RULES_LINE, HOLIDAYS: HOLIDAYS_LINE}
OF_THE_LAW: dict[str, Callable[[Desk], LawPanel[Any]]] = {RULES: RulesPanel, HOLIDAYS: HolidaysPanel}
BESIDE = 900  # pixels at 100 % text from which the names of the lists stand beside the list
NAMES_WIDTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedList:
    """One list by name, and how many of its entries are to check."""

    name: str
    words: str
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AllLists:
    """Everything the page shows, read in one go."""

    terms: Vocabularies
    organisations: tuple[Organisation, ...]
    texts: tuple[Snippet, ...]
    term_dates: tuple[SchoolTerm, ...] = ()


class ListsPage(Page):
    """At the left the lists, at the right the entries of one. `dates_wanted` asks for the dates that moved."""

    shows = frozenset(
        {Topic.VOCABULARIES, Topic.ORGANISATIONS, Topic.SNIPPETS, Topic.IMPORTS, Topic.SCHOOL_TERMS, Topic.RULES}
    )
    title = "Lists"
    dates_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._came = self._reading_in = False
        columns = (
            Column[NamedList]("List", lambda one: one.words, least=120),
            Column[NamedList]("To check", lambda one: "", state=_waiting, width=90),
        )
        self.names: RecordsModel[NamedList] = RecordsModel(columns, self)
        self.table = ShortTable(self.names, "Lists", self, shrinks=True)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._into_list)
        self.picker = ChoicePicker(self)
        self.picker.name("list", "List")
        self.picker.edited.connect(self._picked)
        self._built: dict[str, ListPanel[Any]] = {}
        self._areas: dict[str, PageScroll] = {}
        self._lists = AllLists(terms=Vocabularies(()), organisations=(), texts=())
        self.heading = label("", "h2", wrap=True)
        self.trouble = Bar("danger")
        self.stack = QStackedWidget()
        right = QWidget()
        column = QGridLayout(right)
        spaced(column, gap="s")
        column.addWidget(self.heading, 0, 0)
        column.addWidget(self.stack, 1, 0)
        column.setRowStretch(1, 1)
        whole = QWidget()
        self._grid = QGridLayout(whole)
        spaced(self._grid, gap="m")
        self._left, self._right = _high_as_it_can(self.table), right
        for part in (self._left, self.picker, right):  # shown without a parent they would be windows of their own
            part.setParent(whole)
        self.body.addWidget(self.trouble)
        self.body.addWidget(whole, 1)
        self.set_line(LINE)
        self._beside: bool | None = None
        theme_box().changed.connect(self._fit)
        self._fit()

    # -- what the window asks ------------------------------------------------------------------------------------------

    @property
    def terms(self) -> TermsPanel:
        """The entries of a vocabulary."""
        panel = self._panel(TERMS, TermsPanel)
        assert isinstance(panel, TermsPanel)
        return panel

    @property
    def organisations(self) -> OrganisationsPanel:
        """Schools and organisations."""
        panel = self._panel(ORGANISATIONS, OrganisationsPanel)
        assert isinstance(panel, OrganisationsPanel)
        return panel

    @property
    def texts(self) -> TextsPanel:
        """Texts."""
        panel = self._panel(TEXTS, TextsPanel)
        assert isinstance(panel, TextsPanel)
        return panel

    @property
    def term_dates(self) -> TermDatesPanel:
        """Term dates."""
        panel = self._panel(TERM_DATES, TermDatesPanel)
        assert isinstance(panel, TermDatesPanel)
        return panel

    @property
    def panel(self) -> ListPanel[Any]:
        """The list that is shown now."""
        one = self.table.current_record()
        if one is not None and one.name == ORGANISATIONS:
            return self.organisations
        if one is not None and one.name == TERM_DATES:
            return self.term_dates
        if one is not None and one.name in OF_THE_LAW:
            return self._panel(one.name, OF_THE_LAW[one.name])
        return self.texts if one is not None and one.name == TEXTS else self.terms

    @property
    def has_unsaved(self) -> bool:
        """Whether a form holds something that is not kept yet."""
        return any(panel.asking.has_unsaved for panel in self._built.values())

    @property
    def unsaved_words(self) -> str:
        """What would be lost."""
        return "A change of the lists is typed and not saved yet."

    def focus_first(self) -> None:
        """The keyboard on the names of the lists."""
        target = self.table if self._beside else self.picker.keys
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, name: str) -> None:
        """Show the list of that name: a `Vocabulary` value, or that of another list as they stand above."""
        names = [one.name for one in self.names.records()]
        if name in names:
            self.table.choose_row(names.index(name))

    def refresh(self) -> None:
        """Read all lists again; the keyboard stays where it is."""
        services, may = self.desk.services, self.desk.rights.may
        if may(Subject.LISTS):
            self._panel(TERMS, TermsPanel)  # before the answer, whose rows are work enough for one turn

        def read() -> AllLists:
            return AllLists(
                terms=services.vocabularies.all(),
                organisations=services.organisations.all() if may(Subject.ORGANISATIONS) else (),
                texts=services.snippets.all() if may(Subject.TEXTS) else (),
                term_dates=services.school_terms.list() if may(Subject.SCHOOL_TERMS) else (),
            )

        self.desk.latest(self, "lists", read, self._show, self._failed)
        for panel in self._built.values():
            if isinstance(panel, LawPanel):
                panel.refresh()

    def on_refresh(self) -> None:
        """F5."""
        self.refresh()

    def on_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def on_edit(self) -> None:
        """F2."""
        record = self.panel.current()
        if record is not None and self.panel.may():
            self.panel.edit(record)

    def on_merge(self) -> None:
        """Ctrl+M."""
        record = self.panel.current()
        if record is not None and self.panel.may():
            self.panel.ask_merge(record)

    def on_save(self) -> None:
        """Ctrl+Enter: what is asked now is kept."""
        self.panel.asking.take()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the names of the lists become a drop-down list."""
        super().resizeEvent(event)
        self._fit()

    # -- answers -------------------------------------------------------------------------------------------------------

    def _show(self, lists: AllLists) -> None:
        self._came = True
        self._lists = lists
        self.trouble.clear()
        here = self.table.current_record()
        names = tuple(one for one in _names(lists) if self.desk.rights.may(_subject(one)))
        self._reading_in = True  # a list is shown once, when all that is read is there
        if names != self.names.records():
            self.names.show(names)
            self.picker.offer([(one.name, _with_waiting(one)) for one in names])
        if ORGANISATIONS in self._built:
            self.organisations.show_organisations(lists.organisations, lists.terms)
        if TEXTS in self._built:
            self.texts.show_texts(lists.texts)
        if TERM_DATES in self._built:
            self.term_dates.show_terms(lists.term_dates)
        self.choose(here.name if here else Vocabulary.TOPIC.value)
        self._reading_in = False
        self._chosen(self.table.current_record())

    def _failed(self, error: DeskError) -> None:
        shown = "What is shown may be old." if self._came else "The lists themselves are safe."
        self.trouble.say(f"The lists could not be read. {error.message} {shown}", "danger")
        self.trouble.add_button("Try again", self.refresh, "F5", kind="")

    # -- what people do ------------------------------------------------------------------------------------------------

    def _chosen(self, one: NamedList | None) -> None:
        if one is None or self._reading_in:
            return
        self.heading.setText(one.words)
        self.picker.set_value(one.name)
        panel = self.panel
        changes = panel.may(Action.ADD) or panel.may()
        self.set_line(LINES.get(one.name, LINE) if changes else READ_ONLY)
        if panel is self._built.get(TERMS):
            self.terms.show_list(self._lists.terms, Vocabulary(one.name))
        area = self._areas[panel.objectName()]
        self.stack.setCurrentWidget(area)

    def _panel(self, name: str, build: Callable[[Desk], ListPanel[Any]]) -> ListPanel[Any]:
        """Built when it is first looked at."""
        if name not in self._built:
            panel = self._built[name] = build(self.desk)
            panel.setObjectName(name)
            panel.refresh_wanted.connect(self.refresh)
            self._areas[name] = page_scroll(PageBody(panel))
            self.stack.addWidget(self._areas[name])
            if isinstance(panel, OrganisationsPanel):
                panel.show_organisations(self._lists.organisations, self._lists.terms)
            elif isinstance(panel, TextsPanel):
                panel.show_texts(self._lists.texts)
            elif isinstance(panel, TermDatesPanel):
                panel.show_terms(self._lists.term_dates)
            elif isinstance(panel, LawPanel):
                panel.dates_wanted.connect(self.dates_wanted)
                panel.read_failed.connect(self._failed)
                panel.refresh()
        return self._built[name]

    def _picked(self) -> None:
        here = self.table.current_record()
        if self.picker.value() and (here is None or here.name != self.picker.value()):
            self.choose(self.picker.value())

    def _into_list(self, one: NamedList) -> None:
        self.panel.focus_table()

    def _fit(self) -> None:
        beside = self.width() >= BESIDE * current().scale
        if beside == self._beside:
            return
        self._beside = beside
        had_keys = self.table.hasFocus() or self.picker.keys.hasFocus()
        for part in (self._left, self.picker, self._right):
            self._grid.removeWidget(part)
        self._left.setVisible(beside)
        self.picker.setVisible(not beside)
        self.heading.setVisible(beside)
        self._left.setFixedWidth(round(NAMES_WIDTH * current().scale))
        self._grid.addWidget(self._left if beside else self.picker, 0, 0)
        self._grid.addWidget(self._right, 0 if beside else 1, 1 if beside else 0)
        self._grid.setColumnStretch(0, 0 if beside else 1)
        self._grid.setColumnStretch(1, 1 if beside else 0)
        self._grid.setRowStretch(0, 1 if beside else 0)
        self._grid.setRowStretch(1, 0 if beside else 1)
        if had_keys:
            self.focus_first()


def _high_as_it_can(table: ShortTable) -> QWidget:
    """Its rows scroll below its head where there is not room for all of them; room that is left stays below."""
    around = QWidget()
    column = QVBoxLayout(around)
    spaced(column, gap="")
    column.addWidget(table, 1)
    column.addStretch(0)
    return around


def _names(lists: AllLists) -> tuple[NamedList, ...]:
    waiting = sum(one.to_check and one.merged_into is None for one in lists.organisations)
    return (
        *(
            NamedList(
                name=vocabulary.value,
                words=vocabulary.label,
                waiting=sum(term.to_check and term.merged_into is None for term in lists.terms.of(vocabulary)),
            )
            for vocabulary in Vocabulary
        ),
        NamedList(name=ORGANISATIONS, words="Schools and organisations", waiting=waiting),
        NamedList(name=TEXTS, words="Texts"),
        NamedList(name=TERM_DATES, words="Term dates"),
        NamedList(name=RULES, words="Rules of the law"),
        NamedList(name=HOLIDAYS, words="Bank holidays"),
    )


def _subject(one: NamedList) -> Subject:
    """What a right to that list is about."""
    subjects = {ORGANISATIONS: Subject.ORGANISATIONS, TEXTS: Subject.TEXTS, TERM_DATES: Subject.SCHOOL_TERMS,
                RULES: Subject.RULES, HOLIDAYS: Subject.RULES}  # fmt: skip
    return subjects.get(one.name, Subject.LISTS)


def _waiting(one: NamedList) -> tuple[str, str] | None:
    return (f"{one.waiting}", "warning") if one.waiting else None


def _with_waiting(one: NamedList) -> str:
    return f"{one.words} ({one.waiting} to check)" if one.waiting else one.words
