"""What a `Selection` means in the database is what it means in plain Python: counted twice, by two programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import ChildStage, NewCall, Provenance, to_complete
from ppsdesk.domain.codes import AttemptResult, CallerState, StepKind, StepState, Waited
from ppsdesk.domain.lists import CallOrder
from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.people import NewPerson
from ppsdesk.domain.practice import PracticeCalls
from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.steps import NewStep
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ppsdesk.storage.rows import CallRow
from ppsdesk.storage.work import Storage, UnitOfWork
from tests.builders import NOW, TODAY

CALLS = 150
FIRST = TODAY - timedelta(days=400)
# what a search must take as it is, and what it must find whatever its capitals
WORDS = ("%", "_", "\\", "'", '"', "50%_off", "a%b", "100%", "%%", "\\%", "O'Neill", "“", "ŁUCJA", "łucja", "zoë",
         "ZOË", "COUNCIL", "council", "factsheet", "e", "ẞ", "H-", "h-7", "07700", "no such word", "rowan e", ";--",
         "*", "[a-z]")  # fmt: skip
NOTES = ("50%_off the books", "a%b", "aXb", "100 %", "back\\slash", "O'Neill rang", 'said "no"', "under_score",
         "Łucja", "ZOË", "drop table call;--", "*", "[a-z]", "")  # fmt: skip
FIELD = {
    Vocabulary.LINE: "line",
    Vocabulary.METHOD: "method",
    Vocabulary.CALLER_KIND: "caller_kind",
    Vocabulary.LEVEL: "level",
    Vocabulary.OUTCOME: "outcome",
    Vocabulary.HOW_HEARD: "how_heard",
    Vocabulary.TOPIC: "topics",
    Vocabulary.ADVICE: "advice",
    Vocabulary.STAGE: "stages",
    Vocabulary.INFORMATION: "information",
    Vocabulary.SIGNPOST: "signposted",
    Vocabulary.AREA: "area",
}
PEOPLE = tuple(UUID(int=number) for number in range(1, 10))
SCHOOLS = tuple(UUID(int=number) for number in range(101, 108))
NOBODY = UUID(int=999)
# 1 was merged into 0 and 2 into 1, 4 into 3
SAME_SCHOOL = {SCHOOLS[place]: {SCHOOLS[one] for one in same}
               for same in ((0, 1, 2), (3, 4), (5,), (6,)) for place in same} | {NOBODY: set()}  # fmt: skip
# by list, places in it: the first counts as the second
MERGED = {Vocabulary.TOPIC: ((1, 0), (5, 2), (4, 2)), Vocabulary.LINE: ((2, 1),), Vocabulary.CALLER_KIND: ((3, 1),),
          Vocabulary.INFORMATION: ((0, 3),), Vocabulary.AREA: ((1, 2),), Vocabulary.STAGE: ((10, 14),)}  # fmt: skip
Counted = dict[tuple[Vocabulary, str], str]
# of a call, each call-back: days until it was reached (None: never), by which attempt, and whether it is open
Promised = list[tuple[int | None, int | None, bool]]


class Book:
    """The calls as they were handed in, and how to count them without a database."""

    def __init__(
        self, calls: list[NewCall], removed: set[int], numbers: list[int], counted: Counted, promised: list[Promised]
    ) -> None:
        self.counted = counted
        self.promised = dict(zip(numbers, promised, strict=True))
        self.calls = dict(zip(numbers, calls, strict=True))
        self.removed = {numbers[place] for place in removed}

    def means(self, selection: Selection) -> set[int]:
        """The numbers of the calls a selection means."""
        return {number for number, call in self.calls.items() if self._meant(number, call, selection)}

    def _meant(self, number: int, call: NewCall, wanted: Selection) -> bool:
        return (
            (number in self.removed) == wanted.removed
            and (wanted.first is None or call.taken_on >= wanted.first)
            and (wanted.last is None or call.taken_on <= wanted.last)
            and all(self._has(call, chosen) for chosen in wanted.chosen)
            and wanted.taken_by in ("", call.taken_by)
            and (not wanted.to_complete or bool(to_complete(call)))
            and (wanted.batch_id is None or (call.provenance and call.provenance.batch_id) == wanted.batch_id)
            and wanted.person in (None, call.caller, *call.children)
            and (wanted.organisation is None or not SAME_SCHOOL[wanted.organisation].isdisjoint(call.organisations))
            and wanted.reference in ("", call.reference)
            and wanted.caller_state in (None, self._state(call, wanted.first))
            and self._promised(number, wanted)
            and all(_says(call, word) for word in wanted.words.split())
        )

    def _state(self, call: NewCall, first: date | None) -> CallerState:
        if call.caller is None:
            return CallerState.NOT_KNOWN
        others = [one for number, one in self.calls.items() if number not in self.removed]
        before = any(one.caller == call.caller and first is not None and one.taken_on < first for one in others)
        return CallerState.RETURNING if before else CallerState.NEW

    def _promised(self, number: int, wanted: Selection) -> bool:
        return (wanted.waited is None and wanted.attempts is None) or any(
            wanted.waited in (None, _waited(days, is_open))
            and (wanted.attempts is None or (attempt is not None and min(attempt, 3) == wanted.attempts))
            for days, attempt, is_open in self.promised[number]
        )

    def _has(self, call: NewCall, chosen: Chosen) -> bool:
        held = getattr(call, FIELD[chosen.vocabulary])
        codes = set(held) if isinstance(held, tuple) else {held} - {None}
        if chosen.vocabulary is Vocabulary.STAGE:
            codes |= {one.stage for one in call.child_stages}
        counted = {self.counted.get((chosen.vocabulary, code), code) for code in codes}
        return bool((codes | counted) & chosen.codes) or (chosen.none and not codes)


def _waited(days: int | None, is_open: bool) -> Waited:
    if days is None:
        return Waited.OPEN if is_open else Waited.GIVEN_UP
    known = {0: Waited.SAME_DAY, 1: Waited.ONE_DAY, 2: Waited.TWO_DAYS, 3: Waited.UP_TO_FIVE, 5: Waited.UP_TO_FIVE,
             6: Waited.UP_TO_TEN, 10: Waited.UP_TO_TEN, 11: Waited.LONGER, 40: Waited.LONGER}  # fmt: skip
    return known[days]


def _says(call: NewCall, word: str) -> bool:
    texts = (call.caller_name, call.child_name, call.phone, call.reference, call.notes, call.taken_by)
    return any(word.lower() in text.lower() for text in texts)


@pytest.fixture
def book(storage: Storage) -> Book:
    """Practice calls with awkward notes, some without an answer, some imported, some removed, some of people on record;
    of terms and schools that were merged since. In the database too."""
    chance, of_people = Random(11), Random(11)
    with storage.writing() as work:
        lists = work.vocabularies.all()
        for key in PEOPLE:
            work.people.add_once(NewPerson(key=key, given_names="Rowan"), recorded_at=NOW)
        for key in SCHOOLS:
            work.organisations.add_once(NewOrganisation(key=key, name="Bearwood Lane Primary"))
        made = PracticeCalls(lists, 11).year(TODAY, CALLS, NOW)
        batch = work.imports.begin(file_name="old.csv", rows_added=9, rows_known=0, at=NOW, person="hana")
        calls = [
            _of_somebody(_awkward(call, place, chance, batch), lists, of_people) for place, call in enumerate(made)
        ]
        work.calls.add_many(calls, recorded_at=NOW)
        keys = dict(work._connection.execute(select(CallRow.key, CallRow.id)).all())
        removed = set(chance.sample(range(CALLS), 12))
        for place in removed:
            work.calls.mark_removed(keys[calls[place].key], 1, NOW)
        promised = [_promise(work, call, Random(f"steps {place}")) for place, call in enumerate(calls)]
        counted = _merge(work, lists)
        work.commit()
    return Book(calls, removed, [keys[call.key] for call in calls], counted, promised)


def _promise(work: UnitOfWork, call: NewCall, chance: Random) -> Promised:
    """Now and then a call-back, or two: what became of each."""
    promised: Promised = []
    for place in range(chance.choice((0, 0, 1, 1, 2))):
        kind = StepKind.CALL_BACK if chance.random() < 0.8 else StepKind.REFER
        step = NewStep(key=UUID(int=call.key.int ^ (place + 1)), kind=kind, due_on=call.taken_on, call=call.key)
        clock = ZoneInfo("Europe/London")
        work.steps.add_once(step, asked_at=datetime.combine(call.taken_on, time(0, 20), clock))
        days, tries = chance.choice((None, 0, 0, 1, 2, 3, 5, 6, 10, 11, 40)), chance.randint(1, 5)
        last = datetime.combine(call.taken_on + timedelta(days=days or 0), time(0, 40), clock)
        for number in range(1, tries + 1):
            result = AttemptResult.REACHED if days is not None and number == tries else AttemptResult.MESSAGE
            work.steps.add_attempt(step.key, 1, at=last, by="hana", result=result, note="")
        ended = chance.random() < 0.5
        if days is None and ended:
            work.steps.put(step.key, 1, chance.choice((StepState.GIVEN_UP, StepState.DONE)), last)
        if kind is StepKind.CALL_BACK:
            promised.append((days, None if days is None else tries, not ended))
    return promised


def _merge(work: UnitOfWork, lists: Vocabularies) -> Counted:
    counted: Counted = {}
    for vocabulary, pairs in MERGED.items():
        terms = lists.of(vocabulary)
        for one, other in pairs:
            work.vocabularies.merge(terms[one], terms[other].code, 1, TODAY)
            counted[vocabulary, terms[one].code] = terms[other].code
    for one, other in ((1, 0), (2, 1), (4, 3)):
        work.organisations.merge(SCHOOLS[one], 1, SCHOOLS[other])
    return counted


def _of_somebody(call: NewCall, lists: Vocabularies, chance: Random) -> NewCall:
    def some(those: Sequence[Any], most: int) -> tuple[Any, ...]:
        return tuple(chance.sample(list(those), chance.randint(0, most)))

    def codes(vocabulary: Vocabulary, start: int = 0) -> list[TermCode]:
        return [term.code for term in lists.of(vocabulary)][start : start + 6]

    children = some(PEOPLE, 2)
    stages = codes(Vocabulary.STAGE, 9)
    return replace(
        call,
        caller=chance.choice((None, *PEOPLE)),
        children=children,
        stages=call.stages if chance.random() < 0.5 else (),
        child_stages=tuple(ChildStage(child=one, stage=chance.choice(stages)) for one in children[:1]),
        organisations=some(SCHOOLS, 2),
        topics=chance.choice((call.topics, *((code,) for code in codes(Vocabulary.TOPIC)))),
        information=some(codes(Vocabulary.INFORMATION), 2),
        signposted=some(codes(Vocabulary.SIGNPOST), 2),
        area=chance.choice((None, *codes(Vocabulary.AREA))),
    )


def _awkward(call: NewCall, place: int, chance: Random, batch: int) -> NewCall:
    source = (
        Provenance(batch_id=batch, file="old.csv", row=place + 2, identity=f"ref:{place}") if place % 7 == 0 else None
    )
    return replace(
        call,
        notes=chance.choice((call.notes, *NOTES)),
        reference=f"H-{place}" if place % 3 == 0 else "",
        method=call.method if place % 5 else None,
        provenance=source if place % 7 == 0 else None,
    )


def selections(lists: Vocabularies) -> st.SearchStrategy[Selection]:
    """Every kind of selection, over the days and terms there are and some there are not."""

    def chosen(vocabulary: Vocabulary) -> st.SearchStrategy[Chosen]:
        codes = st.sampled_from([*(term.code for term in lists.of(vocabulary)), TermCode("on-no-list")])
        return st.builds(
            Chosen, vocabulary=st.just(vocabulary), codes=st.frozensets(codes, max_size=6), none=st.booleans()
        )

    days = st.none() | st.dates(FIRST, TODAY + timedelta(days=9))
    return st.builds(
        Selection,
        first=days,
        last=days,
        chosen=st.lists(st.sampled_from(list(FIELD)).flatmap(chosen), max_size=2).map(tuple),
        taken_by=st.sampled_from(("", "", "", "Hana Helpline", "hana helpline", "Nobody", "'")),
        words=st.sampled_from(("", "", "", *WORDS)),
        to_complete=st.booleans(),
        batch_id=st.sampled_from((None, None, None, 1, 99)),
        removed=st.sampled_from((False, False, False, True)),
        person=st.sampled_from((*[None] * 12, *PEOPLE[:3], NOBODY)),
        organisation=st.sampled_from((*[None] * 12, *SCHOOLS[:4], NOBODY)),
        reference=st.sampled_from((*[""] * 12, "H-3", "h-3", "H-")),
        caller_state=st.sampled_from((*[None] * 9, *CallerState)),
        waited=st.sampled_from((*[None] * 12, *Waited)),
        attempts=st.sampled_from((*[None] * 9, 1, 2, 3)),
    )


def test_any_selection_means_the_same_calls_as_counted_by_hand(desk: Services, book: Book) -> None:
    lists = desk.vocabularies.all()
    sizes = []

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(wanted=selections(lists))
    def agrees(wanted: Selection) -> None:
        ids = desk.calls.ids(wanted)
        assert set(ids) == book.means(wanted)
        assert len(ids) == len(set(ids)) == desk.calls.count(wanted)
        sizes.append(len(ids))

    agrees()
    assert max(sizes) > CALLS // 4
    assert sum(0 < size < CALLS // 2 for size in sizes) > 20


def test_every_person_school_and_list_means_the_calls_it_has(desk: Services, book: Book) -> None:
    for key in (*PEOPLE, NOBODY):
        assert set(desk.calls.ids(Selection(person=key))) == book.means(Selection(person=key))
    for key in (*SCHOOLS, NOBODY):
        assert set(desk.calls.ids(Selection(organisation=key))) == book.means(Selection(organisation=key))
    for reference in ("H-3", "h-3", "H-", "3"):
        assert set(desk.calls.ids(Selection(reference=reference))) == book.means(Selection(reference=reference))
    lists = desk.vocabularies.all()
    more = 0
    for term in lists.terms:
        if term.vocabulary in FIELD:
            wanted = Selection(chosen=(Chosen(vocabulary=term.vocabulary, codes=frozenset({term.code})),))
            assert set(desk.calls.ids(wanted)) == book.means(wanted), term
            more += (term.vocabulary, term.code) in book.counted and desk.calls.count(wanted) > 0
    assert more == len(book.counted), "a merged term without a call shows nothing"


def test_every_way_to_wait_and_every_kind_of_caller_means_the_calls_it_has(desk: Services, book: Book) -> None:
    middle = TODAY - timedelta(days=345)
    for wanted in (
        *(Selection(waited=waited) for waited in Waited),
        *(Selection(attempts=number) for number in (1, 2, 3)),
        *(Selection(waited=waited, attempts=2, first=FIRST) for waited in Waited),
        *(Selection(caller_state=state, first=middle, removed=gone) for state in CallerState for gone in (False, True)),
        *(Selection(caller_state=state, last=middle) for state in CallerState),
    ):
        assert set(desk.calls.ids(wanted)) == book.means(wanted), wanted
    assert all(book.means(Selection(waited=waited)) for waited in Waited), "a way to wait without a call shows nothing"
    assert all(book.means(Selection(attempts=number)) for number in (1, 2, 3))
    assert all(book.means(Selection(caller_state=state, first=middle)) for state in CallerState)


def test_a_word_is_found_as_it_is_typed_whatever_its_capitals(desk: Services, book: Book) -> None:
    found = {word: set(desk.calls.ids(Selection(words=word))) for word in WORDS}
    assert found == {word: book.means(Selection(words=word)) for word in WORDS}
    there = {word for word, calls in found.items() if calls}
    assert {"%", "_", "\\", "'", '"', "ŁUCJA", "łucja", "zoë", "ZOË", "COUNCIL", "h-7"} <= there
    assert desk.calls.count(Selection(words="a\x00b")) == 0


ORDERS: dict[CallOrder, Callable[[NewCall, Vocabularies], object]] = {
    CallOrder.WHEN: lambda call, _lists: call.taken_on,
    CallOrder.MINUTES: lambda call, _lists: call.minutes or 0,
    CallOrder.LINE: lambda call, lists: lists.label(Vocabulary.LINE, call.line).encode(),
}


def test_the_list_is_in_the_order_that_was_asked_for(desk: Services, book: Book) -> None:
    lists = desk.vocabularies.all()
    for order, key in ORDERS.items():
        for descending in (True, False):
            ids = list(desk.calls.ids(Selection(), order=order, descending=descending))
            keys = [key(book.calls[number], lists) for number in ids]
            assert keys == sorted(keys, reverse=descending), order
            assert list(desk.calls.ids(Selection(), order=order, descending=descending, limit=7)) == ids[:7]


def test_a_month_and_the_next_share_no_call_and_leave_none_out(desk: Services, book: Book) -> None:
    middle = date(2026, 3, 31)
    before, after = Selection(last=middle), Selection(first=middle + timedelta(days=1))
    assert desk.calls.count(before) + desk.calls.count(after) == desk.calls.count(Selection())
