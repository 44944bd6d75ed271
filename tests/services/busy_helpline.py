"""A helpline of two years and a bit, made by chance and always the same: of everything a report must not trip over.

Several topics, stages of children on record and of others, callers who rang once, often, and without identity; calls
of August, calls removed, rings that were no enquiry; call-backs reached around midnight, at later attempts, or never;
entries of lists that were merged or ended since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import ChildStage, NewCall
from ppsdesk.domain.codes import AttemptResult, NonDataKind, StepKind, StepState
from ppsdesk.domain.non_data import NewNonDataCall
from ppsdesk.domain.people import NewPerson
from ppsdesk.domain.school_terms import SchoolTerm
from ppsdesk.domain.steps import NewStep
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ppsdesk.storage.work import Storage, UnitOfWork
from tests.builders import NOW, a_call_on

CALLS, REMOVED = 280, 14
FIRST, LAST = date(2024, 8, 20), date(2026, 12, 5)  # the first calls are of an August, the last ones of the future
PEOPLE = tuple(UUID(int=number) for number in range(1, 60))
# by list, places in it: the first counts as the second
MERGED = {Vocabulary.TOPIC: ((1, 0), (3, 0), (4, 2)), Vocabulary.LINE: ((2, 1),), Vocabulary.CALLER_KIND: ((1, 0),),
          Vocabulary.ADVICE: ((0, 2),), Vocabulary.AREA: ((1, 2),), Vocabulary.STAGE: ((10, 11),),
          Vocabulary.LEVEL: ((1, 0),)}  # fmt: skip
FEW = 7  # of every list only so many are used, so that calls meet in them


def fill(desk: Services, storage: Storage, seed: int) -> None:
    """Put all of it on record."""
    chance = Random(seed)
    with storage.writing() as work:
        lists = work.vocabularies.all()
        for key in PEOPLE:
            work.people.add_once(NewPerson(key=key, given_names="Rowan", family_name="Thistledown"), recorded_at=NOW)
        calls = [_call(chance, lists) for _ in range(CALLS)]
        work.calls.add_many(calls, recorded_at=NOW)
        for call in calls:
            if chance.random() < 0.6:
                _follow(work, call, chance)
        for _ in range(40):
            work.non_data.add_once(_ring(chance))
        work.commit()
    _put_right(desk, storage, calls, chance, lists)


def _put_right(desk: Services, storage: Storage, calls: Sequence[NewCall], chance: Random, lists: Vocabularies) -> None:
    """What happens to records later: mistakes are removed, entries merged and ended, term dates entered."""
    with storage.writing() as work:
        for call in chance.sample(calls, REMOVED):
            number = work.calls.add_once(call, recorded_at=NOW)  # it is there already: only its number
            work.calls.mark_removed(number, 1, NOW)
        for number in chance.sample(range(1, 41), 5):
            work.non_data.mark_removed(number, 1, NOW)
        work.commit()
    for vocabulary, pairs in MERGED.items():
        terms = lists.of(vocabulary)
        for one, other in pairs:
            desk.vocabularies.merge(vocabulary, terms[one].code, terms[other].code)
    used = desk.vocabularies.all().of(Vocabulary.METHOD)[0]
    desk.vocabularies.end(Vocabulary.METHOD, used.code, used.version, date(2026, 6, 30))
    for term, first, last in (
        ("spring", date(2026, 1, 6), date(2026, 3, 27)),
        ("summer", date(2026, 4, 14), date(2026, 7, 21)),
    ):
        desk.school_terms.keep(
            SchoolTerm(key=UUID(int=first.toordinal()), year=2025, term=term, first=first, last=last)
        )


def _call(chance: Random, lists: Vocabularies) -> NewCall:
    day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))
    if chance.random() < 0.1:
        day = date(chance.choice((2025, 2026)), 8, chance.randint(1, 31))

    def one(vocabulary: Vocabulary, *, none: float = 0.0) -> Any:
        codes = [term.code for term in lists.of(vocabulary)][:FEW]
        return None if chance.random() < none else chance.choice(codes)

    def some(vocabulary: Vocabulary, most: int, *, start: int = 0) -> tuple[TermCode, ...]:
        codes = [term.code for term in lists.of(vocabulary)][start : start + FEW]
        return tuple(chance.sample(codes, chance.randint(0, most)))

    known = chance.random() < 0.75
    children = tuple(chance.sample(PEOPLE, chance.choice((0, 1, 1, 2, 3))))
    return replace(
        a_call_on(day),
        key=UUID(int=chance.getrandbits(128), version=4),
        line=one(Vocabulary.LINE),
        method=one(Vocabulary.METHOD, none=0.2),
        caller_kind=one(Vocabulary.CALLER_KIND),
        anonymous=not known,
        caller=PEOPLE[min(int(chance.expovariate(0.05)), len(PEOPLE) - 1)] if known else None,
        level=one(Vocabulary.LEVEL, none=0.3),
        outcome=one(Vocabulary.OUTCOME, none=0.3),
        how_heard=one(Vocabulary.HOW_HEARD, none=0.3),
        area=one(Vocabulary.AREA, none=0.3),
        topics=some(Vocabulary.TOPIC, 4),
        advice=some(Vocabulary.ADVICE, 3),
        children=children,
        stages=some(Vocabulary.STAGE, 2, start=9) if chance.random() < 0.4 else (),
        child_stages=_child_stages(children, lists, chance),
    )


def _child_stages(children: Sequence[UUID], lists: Vocabularies, chance: Random) -> tuple[ChildStage, ...]:
    """Of some of the children, and of few of them two at once."""
    codes = [term.code for term in lists.of(Vocabulary.STAGE)][9 : 9 + FEW]
    return tuple(
        ChildStage(child=child, stage=code)
        for child in children
        for code in chance.sample(codes, chance.choice((0, 1, 1, 1, 2)))
    )


def _follow(work: UnitOfWork, call: NewCall, chance: Random) -> None:
    """What was promised on a call, and what became of it."""
    kind = chance.choice((StepKind.CALL_BACK, StepKind.CALL_BACK, StepKind.CALL_BACK, StepKind.SEND))
    step = NewStep(key=UUID(int=chance.getrandbits(128), version=4), kind=kind, due_on=call.taken_on, call=call.key)
    # most in the call, some later, when the call's term or year may be over
    begun = call.taken_on + timedelta(days=chance.choice((0, 0, 0, 0, 1, 3, 40)))
    asked = _moment(begun, chance)
    work.steps.add_once(step, asked_at=asked)
    version = 1
    for number in range(chance.choice((0, 1, 1, 2, 3, 4))):
        result = AttemptResult.REACHED if chance.random() < 0.5 else AttemptResult.NO_ANSWER
        asked = max(asked, _moment(begun + timedelta(days=chance.choice((0, 0, 0, 1, 1, 2, 5, 10, 15))), chance))
        after = work.steps.add_attempt(step.key, version, at=asked, by="hana", result=result, note=str(number))
        version = after.version
        if result is AttemptResult.REACHED:
            if chance.random() < 0.9:
                return
            version = work.steps.put(step.key, version, StepState.OPEN, asked).version  # rung once more
    if ended := chance.choice((None, None, StepState.GIVEN_UP, StepState.DONE)):
        work.steps.put(step.key, version, ended, asked)


def _moment(day: date, chance: Random) -> datetime:
    """Often close to midnight, where the day in London is not the day in UTC for half of the year."""
    clock = chance.choice((time(9, 30), time(22, 50), time(23, 10), time(23, 59, 59), time(0, 0)))
    return datetime.combine(day, clock, UTC)


def _ring(chance: Random) -> NewNonDataCall:
    day = FIRST + timedelta(days=chance.randrange((NOW.date() - FIRST).days))
    return NewNonDataCall(
        key=UUID(int=chance.getrandbits(128), version=4),
        kind=chance.choice(list(NonDataKind)),
        line=TermCode("central"),
        taken_on=day,
        at=datetime.combine(day, time(12), UTC),
    )
