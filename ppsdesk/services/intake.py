"""What a call brings with it, kept in the call's own transaction: each part before those that name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time

from ppsdesk.domain.calendar import instant_of, local_day
from ppsdesk.domain.calls import Call, NewCall, checked
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.intake import NOTHING_NEW, Intake, check_intake
from ppsdesk.services.reckoning import check_matters, child_of, keep_matter
from ppsdesk.storage.work import UnitOfWork

NOON = time(12)


def check(call: NewCall, intake: Intake, *, now: datetime) -> None:
    """Refuse a call and what it brings, all problems at once: `Invalid`, the call's own fields first."""
    if intake is NOTHING_NEW:
        checked(call, now=now)
        return
    problems = {**_problems(lambda: check_intake(intake, now=now)), **_problems(lambda: checked(call, now=now))}
    problems |= _problems(lambda: check_matters(intake.matters))
    if problems:
        raise Invalid(problems)


def keep_people(work: UnitOfWork, intake: Intake, *, now: datetime) -> None:
    """Put on record what the call refers to. Each part has a key of its own: doing it twice leaves one of each."""
    if intake.terms:
        work.vocabularies.add_missing(intake.terms)
    for organisation in intake.organisations:
        work.organisations.add_once(organisation)
    for person in intake.people:
        work.people.add_once(person, recorded_at=now)
    for tie in intake.relationships:
        work.families.add_relationship(tie)
    for affiliation in intake.affiliations:
        work.families.add_affiliation(affiliation)
    for consent in intake.consents:
        work.families.add_consent(consent)


def keep_step(work: UnitOfWork, call: NewCall, intake: Intake, *, now: datetime) -> None:
    """Put the next step on record, after the call that it follows from."""
    if intake.step is not None:
        work.steps.add_once(replace(intake.step, call=call.key), asked_at=_asked(call, now))


def keep_dates(work: UnitOfWork, call: NewCall, intake: Intake, *, now: datetime) -> None:
    """Put what happened on record with the dates that follow, after the call it was told in."""
    for matter in intake.matters:
        keep_matter(work, replace(matter, call=call.key), at=now)


def dates_follow(work: UnitOfWork, call: Call) -> bool:
    """Another child was chosen for a call on record: the dates told in it are not left with the one before. Whether any
    went along; about none or several children they belong to the call alone."""
    moved = False
    for matter in work.matters.of_call(call.key):
        child = child_of(call.children, matter.child)
        if child != matter.child:
            work.matters.amend(replace(matter, child=child))
            moved = True
    return moved


def _asked(call: NewCall, now: datetime) -> datetime:
    """In the call itself: one that is entered days later was waited for since its own day."""
    if local_day(now) <= call.taken_on:
        return now
    return call.ended_at or call.started_at or instant_of(call.taken_on, NOON)


def touched(intake: Intake) -> frozenset[Topic]:
    """What screens should look at again."""
    found = {Topic.CALLS, Topic.DRAFTS}
    if intake.terms:
        found.add(Topic.VOCABULARIES)
    if intake.organisations:
        found.add(Topic.ORGANISATIONS)
    if intake.people or intake.relationships or intake.affiliations or intake.consents:
        found.add(Topic.PEOPLE)
    if intake.step is not None:
        found.add(Topic.STEPS)
    if intake.matters:
        found.add(Topic.DATES)
    return frozenset(found)


def _problems(check_part: Callable[[], None]) -> dict[str, str]:
    try:
        check_part()
    except Invalid as invalid:
        return dict(invalid.problems)
    return {}
