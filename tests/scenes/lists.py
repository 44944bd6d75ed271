"""The lists: words with a merge being told, schools to check, texts, and nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from ppsdesk.assembly import Services
from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from tests.scenes._stage import desk_on, empty_services, settled
from tests.scenes.calls import HOSTILE, LONG
from ui.kit.editors import DayEditor
from ui.lists.holidays_panel import HolidaysPanel
from ui.lists.lists_page import ListsPage


def _page(services: Services, name: str) -> ListsPage:
    page = ListsPage(desk_on(services))
    settled(page)
    page.choose(name)
    page.panel.focus_table()
    settled(page)
    return page


def topics(services: Services) -> ListsPage:
    """With entries that a call added."""
    for label in ("Moon phases", f"{HOSTILE} {LONG}"):
        if all(term.label != label for term in services.vocabularies.all().terms):
            services.vocabularies.add(Term(vocabulary=Vocabulary.TOPIC, code=TermCode(""), label=label, to_check=True))
    return _page(services, "topic")


def merging(services: Services) -> QWidget:
    """What a merge would mean."""
    page = topics(services)
    page.terms.filter.setText("annual")
    page.on_merge()
    form = page.terms.asking.form
    assert form is not None
    form.editor("into").set_value("draft-plan")
    form.edited.emit("into")
    return settled(settled(page))


def outcomes(services: Services) -> QWidget:
    """What follows from an outcome."""
    page = _page(services, "outcome")
    page.terms.table.choose_row(3)
    page.terms.step.click()
    return settled(page)


def schools(services: Services) -> QWidget:
    """With some to check, one with a long name, and one being edited wrongly."""
    if not services.organisations.find("Hazelwick"):
        for name, to_check in (("Hazelwick Primary School", False), ("hazelwick", True), (f"{HOSTILE} {LONG}", True)):
            services.organisations.add(NewOrganisation(key=uuid4(), name=name, town="Copperby", to_check=to_check))
    page = _page(services, "organisations")
    page.on_edit()
    form = page.organisations.asking.form
    assert form is not None
    form.editor("urn").set_value("12")
    page.on_save()
    return settled(settled(page))


def texts(services: Services) -> QWidget:
    """The note heads."""
    return _page(services, "texts")


def term_dates(services: Services) -> QWidget:
    """Of the practice years, the next term being entered wrongly."""
    page = _page(services, "term_dates")
    page.term_dates.ask_new()
    form = page.term_dates.asking.form
    assert form is not None
    for name, words in (("first", "6/9"), ("last", "17/12"), ("half_first", "1/2"), ("half_last", "5/2")):
        editor = form.editor(name)
        assert isinstance(editor, DayEditor)
        editor.line.setText(words)
    page.on_save()
    return settled(settled(page))


def term_dates_listed(services: Services) -> QWidget:
    """The list alone."""
    return _page(services, "term_dates")


def no_term_dates(services: Services) -> QWidget:
    """None entered."""
    return _page(empty_services(), "term_dates")


def rules(services: Services) -> ListsPage:
    """Every rule; one that was suspended and corrected, whole."""
    if not services.rules.changes():
        services.rules.suspend("EHC6", date(2026, 10, 1), date(2026, 12, 31), "Floods in the county", "SI 2026/1")
        services.rules.correct("EHC6", "", ["8 weeks after start"], first=date(2027, 1, 1), last=None, law="SI 2026/2",
                               reason="The law gives two weeks more")  # fmt: skip
    return _page(services, "rules")


def rule_of_parts(services: Services) -> QWidget:
    """One with parts and versions, found by its words."""
    page = rules(services)
    page.panel.filter.setText("reg 45 make")
    return settled(settled(page))


def correcting(services: Services) -> QWidget:
    """A line that cannot be counted."""
    page = rules(services)
    page.panel.filter.setText("APL last day to appeal")
    page.on_edit()
    form = page.panel.asking.form
    assert form is not None
    form.set_values({"counts": "two months after decision", "first": date(2027, 1, 1), "reason": "The law changed"})
    page.on_save()
    return settled(settled(page))


def holidays(services: Services) -> ListsPage:
    """Of this year, one added and one taken out."""
    if all(one.key is None for one in services.rules.holidays(2026)):
        services.rules.add_holiday(date(2026, 6, 17), f"{HOSTILE} visit", LONG)
        services.rules.take_out_holiday(date(2026, 4, 6), "We work on it")
    page = _page(services, "holidays")
    page.panel.table.choose_row(2)
    settled(page)
    return page


def adding_holiday(services: Services) -> QWidget:
    """On a Sunday, without a reason."""
    page = holidays(services)
    assert isinstance(page.panel, HolidaysPanel)
    page.panel.ask_new()
    form = page.panel.asking.form
    assert form is not None
    form.set_values({"day": date(2026, 6, 21), "name": "Longest day", "reason": "Announced in the Gazette"})
    page.on_save()
    return settled(settled(page))


def nothing(services: Services) -> QWidget:
    """No school on record."""
    return _page(empty_services(), "organisations")


SCENES: dict[str, Callable[[Services], QWidget]] = {
    "lists": topics,
    "lists_merging": merging,
    "lists_outcomes": outcomes,
    "lists_schools": schools,
    "lists_texts": texts,
    "lists_term_dates": term_dates_listed,
    "lists_term_dates_entering": term_dates,
    "lists_no_term_dates": no_term_dates,
    "lists_nothing": nothing,
    "lists_rules": rules,
    "lists_rules_parts": rule_of_parts,
    "lists_rules_correcting": correcting,
    "lists_holidays": holidays,
    "lists_holidays_adding": adding_holiday,
}
