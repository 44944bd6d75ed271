"""Today with a full day, with nothing, with long names, and while the database does not answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID, uuid4

from PySide6.QtWidgets import QScrollArea, QWidget

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import AlertKind, AttemptResult, ContactKind, PersonKind, Safety, StepKind
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import StorageUnavailable
from ppsdesk.domain.families import Alert
from ppsdesk.domain.people import ContactPoint, NewPerson
from ppsdesk.domain.steps import NewStep
from tests.builders import TODAY
from tests.scenes._stage import desk_on, empty_services, settled
from tests.scenes.calls import HOSTILE, LONG
from ui.calls.wording import draft_words
from ui.today.scope import Scope
from ui.today.today_page import TodayPage

_SEEN = "seen"


def _draft(services: Services, name: str, minutes: int) -> None:
    now = services.clock()
    services.drafts.keep(
        Draft(key=uuid4(), person=services.person, window="scene", started_at=now - timedelta(minutes=minutes),
              kept_at=now, content={"caller": {"who": None, "text": name}, "notes": "Asked about the review"})
    )  # fmt: skip


def _person(services: Services, name: str, safety: Safety) -> UUID:
    phone = ContactPoint(key=uuid4(), kind=ContactKind.PHONE, value="07700 900123", safety=safety, note="text only")
    person = NewPerson(key=uuid4(), kind=PersonKind.ADULT, family_name=name, contacts=(phone,))
    services.people.add(person)
    return person.key


def _busy(services: Services) -> None:
    """Drafts, steps overdue and ahead, attempts, people who are alike: once for all scenes."""
    if any(step.words == _SEEN for step in services.steps.open_steps()):
        return
    services.steps.add(NewStep(key=uuid4(), kind=StepKind.OTHER, due_on=TODAY + timedelta(days=60), words=_SEEN))
    one, two = (_person(services, name, Safety.CAREFUL) for name in (LONG, "Featherstonehaugh"))
    _person(services, "Featherstonehaugh", Safety.NOT_ASKED)
    services.families.alert(
        Alert(key=uuid4(), person=one, kind=AlertKind.SAFE_CONTACT, words=f"Do not leave a message. {HOSTILE}")
    )
    step = NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=TODAY - timedelta(days=2), owner=services.person,
                   words=f"Wants to hear what the school said about {HOSTILE}", phone="07700 900123", person=one,
                   not_before=time(11), not_after=time(13))  # fmt: skip
    added = services.steps.add(step).value
    services.steps.attempt(added.key, added.version, AttemptResult.NO_ANSWER)
    services.steps.add(replace(step, key=uuid4(), due_on=TODAY, person=two, words="", phone="01632 960047"))
    services.steps.add(replace(step, key=uuid4(), kind=StepKind.SEND, due_on=TODAY, owner="", phone="",
                               words="The factsheet on draft plans"))  # fmt: skip


def _page(services: Services) -> TodayPage:
    page = TodayPage(desk_on(services), draft_words)
    settled(settled(page))
    page.focus_first()
    settled(page)
    return page


def _without_drafts(services: Services) -> Services:
    for draft in services.drafts.mine():
        services.drafts.discard(draft.key)
    return services


def day(services: Services) -> TodayPage:
    """A day in the middle of the term."""
    _busy(services)
    return _page(_without_drafts(services))


def after_a_crash(services: Services) -> QWidget:
    """Two calls that were not finished, one with a long name."""
    _busy(_without_drafts(services))
    _draft(services, "Bryony Meadowlark", 40)
    _draft(services, LONG, 5)
    page = _page(services)
    _without_drafts(services)
    return page


def everybody(services: Services) -> QWidget:
    """What is open for all, with a hand-over being typed."""
    page = day(services)
    page.steps.show_scope(Scope.OPEN)
    settled(page)
    page.steps.handing.ask(page.steps.table.current_record().step)
    return settled(page)


def further_down(services: Services) -> QWidget:
    """The end of the page: who may be the same person, and the non-data calls."""
    page = day(services)
    page.rings.open_list()
    settled(page)
    bar = page.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum())
    return settled(page)


def nothing(services: Services) -> QWidget:
    """The first day."""
    return _page(empty_services())


def failed(services: Services) -> QWidget:
    """The server did not answer."""
    page = day(services)
    page._failed(StorageUnavailable("The server did not answer."))
    return settled(page)


SCENES: dict[str, Callable[[Services], QWidget]] = {
    "today": day,
    "today_drafts": after_a_crash,
    "today_everybody": everybody,
    "today_further_down": further_down,
    "today_nothing": nothing,
    "today_failed": failed,
}
