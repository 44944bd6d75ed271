"""The lists: words with a merge being told, schools to check, texts, and nothing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from ppsdesk.assembly import Services
from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from tests.scenes._stage import desk_on, empty_services, settled
from tests.scenes.calls import HOSTILE, LONG
from ui.kit.editors import DayEditor
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
}
