"""Several people, several windows, several threads: nobody is turned away and nobody is overwritten."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.errors import Conflict
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.new_terms import term_to_check
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.vocabularies import VocabularyDesk
from ppsdesk.storage import opening
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW, a_call
from tests.conftest import MakeStorage
from tests.harness.checking import troubles
from tests.harness.writer import a_full_call
from tests.storage.conftest import OpenLocal

THREADS, SAVES = 6, 25


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """Run the jobs at once; what each gave, or the exception it raised, in their order."""
    answers: list[Any] = [None] * len(jobs)
    begin = threading.Barrier(len(jobs))

    def run(number: int) -> None:
        begin.wait(30)
        try:
            answers[number] = jobs[number]()
        except BaseException as fault:  # noqa: BLE001  # handed to the test, which runs in another thread
            answers[number] = fault

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_six_people_log_150_calls_at_once_and_every_one_is_whole(make_storage: MakeStorage) -> None:
    storage = make_storage()
    calls = [[a_full_call() for _ in range(SAVES)] for _ in range(THREADS)]

    def logger(mine: list[Any], desk: CallDesk) -> Callable[[], None]:
        return lambda: [desk.log(call) for call in mine] and None

    # one desk shared by all its threads, and others with connections of their own
    desks = [CallDesk(storage, lambda: NOW)] * 3 + [CallDesk(make_storage(), lambda: NOW) for _ in range(3)]
    begun = monotonic()
    answers = together(*(logger(mine, desk) for mine, desk in zip(calls, desks, strict=True)))
    assert answers == [None] * THREADS
    assert troubles(storage.engine, [call.key for mine in calls for call in mine]) == []
    assert desks[0].count(Selection()) == THREADS * SAVES
    print(f"{THREADS * SAVES} saves in {monotonic() - begun:.2f} s on {storage.engine.dialect.name}")


def test_the_second_writer_of_a_local_file_waits_for_the_first(local_file: Path, open_file: OpenLocal) -> None:
    first, second = open_file(local_file), CallDesk(open_file(local_file), lambda: NOW)
    saved = threading.Event()
    begun = threading.Event()

    def log() -> None:
        begun.set()
        second.log(a_call())
        saved.set()

    waiting = threading.Thread(target=log)
    with first.writing() as work:
        work.calls.add_once(a_call(), recorded_at=NOW)
        waiting.start()
        begun.wait(10)
        assert not saved.wait(0.3)
        work.commit()
    assert saved.wait(10)
    waiting.join()
    assert second.count(Selection()) == 2


def test_a_writer_that_read_first_does_not_fail_because_somebody_wrote_in_between(
    local_file: Path, open_file: OpenLocal
) -> None:
    """A transaction that begins by reading would be refused at once, however patient the database is."""
    storage, other = open_file(local_file), CallDesk(open_file(local_file), lambda: NOW)
    written = threading.Thread(target=lambda: other.log(a_call()))
    with storage.writing() as work:
        assert not work.calls.any()
        written.start()
        work.calls.add_once(a_call(), recorded_at=NOW)
        work.commit()
    written.join()
    assert other.count(Selection()) == 2


def test_what_one_job_reads_is_of_one_moment(make_storage: MakeStorage) -> None:
    storage, other = make_storage(), CallDesk(make_storage(), lambda: NOW)
    with storage.reading() as work:
        before = work.figures.counts([Selection()])
        other.log(a_call())
        assert work.figures.counts([Selection()]) == before
    with storage.reading() as work:
        assert work.figures.counts([Selection()]) == (1,)


class Person:
    """Somebody who opens a call, writes into it, and saves: three steps that others' steps may fall between."""

    def __init__(self, storage: Storage, name: str, call_id: int) -> None:
        self._desk = CallDesk(storage, lambda: NOW)
        self._id = call_id
        self.name = name
        self.conflict: Conflict | None = None

    def open(self) -> None:
        """See the call as it is now."""
        self._seen = self._desk.get(self._id)

    def write(self) -> None:
        """Type into it."""
        self._typed = replace(facts_of(self._seen), notes=f"{self._seen.notes}{self.name}")

    def save(self) -> None:
        """Save, on the version that was seen."""
        try:
            self._desk.amend(self._id, self._seen.version, self._typed)
        except Conflict as conflict:
            self.conflict = conflict


STEPS = ("open", "write", "save")
ORDERS = sorted({tuple(order) for order in permutations("HHHPPP")})


def test_of_two_people_who_amend_one_call_nobody_is_overwritten_in_any_order(make_storage: MakeStorage) -> None:
    storage = make_storage()
    desk = CallDesk(storage, lambda: NOW)
    assert len(ORDERS) == 20
    for order in ORDERS:
        call_id = desk.log(a_call(notes="")).value
        people = {name: Person(storage, name, call_id) for name in "HP"}
        steps = {name: iter(STEPS) for name in "HP"}
        for name in order:
            getattr(people[name], next(steps[name]))()
        final = desk.get(call_id)
        refused = [person for person in people.values() if person.conflict]
        in_turn = order in (tuple("HHHPPP"), tuple("PPPHHH"))
        assert len(refused) == (0 if in_turn else 1), order
        assert {*final.notes, *(person.name for person in refused)} == {"H", "P"}, order
        assert all(person.conflict and person.conflict.theirs == final for person in refused), order


def test_of_six_who_save_one_call_at_the_same_moment_one_succeeds_and_five_are_told(make_storage: MakeStorage) -> None:
    storage = make_storage()
    desk = CallDesk(storage, lambda: NOW)
    call = desk.get(desk.log(a_call(notes="")).value)
    desks = [CallDesk(make_storage(), lambda: NOW) for _ in range(THREADS)]
    answers = together(
        *(
            lambda desk=desk, n=n: desk.amend(call.id, call.version, replace(facts_of(call), notes=f"by {n}"))
            for n, desk in enumerate(desks)
        )
    )
    saved = [answer for answer in answers if not isinstance(answer, BaseException)]
    assert len(saved) == 1
    assert [type(answer) for answer in answers].count(Conflict) == THREADS - 1
    assert desk.get(call.id).version == call.version + 1
    assert desk.get(call.id) == saved[0].value


def test_six_tries_to_save_the_same_call_leave_one(make_storage: MakeStorage) -> None:
    call = a_full_call()
    desks = [CallDesk(make_storage(), lambda: NOW) for _ in range(THREADS)]
    answers = together(*(lambda desk=desk: desk.log(call).value for desk in desks))
    assert len(set(answers)) == 1
    storage = make_storage()
    assert troubles(storage.engine, [call.key]) == []


def test_what_was_typed_after_an_answer_was_lost_goes_into_the_same_call(make_storage: MakeStorage) -> None:
    storage = make_storage()
    desk = CallDesk(storage, lambda: NOW)
    call = a_call(notes="first words")
    number = desk.log(call).value  # saved, but the desk never heard
    again = replace(call, notes="first words, and more", topics=("sen-concern", "annual-review"))
    assert desk.log(again).value == number
    assert facts_of(desk.get(number)) == facts_of(again)
    assert desk.count(Selection()) == 1


def test_but_not_over_what_a_colleague_changed_meanwhile(make_storage: MakeStorage) -> None:
    storage = make_storage()
    desk = CallDesk(storage, lambda: NOW)
    call = a_call(notes="first words")
    saved = desk.get(desk.log(call).value)
    desk.amend(saved.id, saved.version, replace(facts_of(saved), notes="a colleague's words"))
    with pytest.raises(Conflict) as conflict:
        desk.log(replace(call, notes="first words, and more"))
    assert conflict.value.theirs == desk.get(saved.id)
    assert desk.get(saved.id).notes == "a colleague's words"


def test_who_saved_first_is_named_after_one_question_however_long_the_trail_is(
    make_storage: MakeStorage, server: postgres.Server, queries: Callable[..., Any]
) -> None:
    storage = make_storage()
    hana, call = CallDesk(storage, lambda: NOW), a_call(notes="")
    saved = hana.get(hana.log(call).value)
    for colleague in ("wyn", "priya"):
        with _signed_in(storage, server, colleague) as theirs:
            desk = CallDesk(theirs, lambda: NOW)
            found = desk.get(saved.id)
            desk.amend(saved.id, found.version, replace(facts_of(found), notes=colleague))
    hana.log(a_call())
    with storage.engine.begin() as connection:  # the same number in another table, changed last of all
        connection.exec_driver_sql(f"UPDATE term SET label = 'Other words' WHERE id = {saved.id}")
    with queries(storage.engine) as said, pytest.raises(Conflict, match="priya changed this call"):
        hana.amend(saved.id, saved.version, replace(facts_of(saved), notes="Hana's words"))
    assert len([question for question in said if "audit_" in question]) == 1


@contextmanager
def _signed_in(storage: Storage, server: postgres.Server, person: str) -> Iterator[Storage]:
    """Somebody else at the same database: on a server with a login of their own."""
    if storage.engine.dialect.name == "sqlite":
        yield Storage(storage.engine, person=person)
        return
    server.add_login(person)
    with storage.engine.begin() as owner:
        for things in ("TABLES", "SEQUENCES"):
            owner.exec_driver_sql(f"GRANT ALL ON ALL {things} IN SCHEMA public TO {person}")
    address = server.address(str(storage.engine.url.database), person)
    with closing(opening.open_shared(opening.read_address(address), postgres.PASSWORD)) as theirs:
        yield theirs


def test_terms_that_were_taken_back_are_not_remembered_by_their_numbers(make_storage: MakeStorage) -> None:
    """Their numbers are given out again, to other terms."""
    storage = make_storage()
    with storage.reading() as work:
        [topic] = [t for t in work.vocabularies.all().of(Vocabulary.TOPIC) if t.code == "annual-review"]
    with storage.writing() as work:
        work.vocabularies.add_missing([replace(topic, code="taken-back", label="Taken back", key=None)])
        work.calls.add_once(a_call(topics=("taken-back",)), recorded_at=NOW)
    with storage.writing() as work:
        work.vocabularies.add_missing([replace(topic, code="stayed", label="Stayed", key=None)])
        work.commit()
    desk = CallDesk(storage, lambda: NOW)
    with pytest.raises(Exception, match="“taken-back” is not in the list"):
        desk.log(a_call(topics=("taken-back",)))
    number = desk.log(a_call(topics=("stayed",))).value
    assert desk.get(number).topics == ("stayed",)


def test_the_same_new_word_typed_at_two_desks_at_once_becomes_one_entry(make_storage: MakeStorage) -> None:
    desks = [CallDesk(make_storage(), lambda: NOW) for _ in range(2)]
    with make_storage().reading() as work:
        terms = work.vocabularies.all().of(Vocabulary.TOPIC)
    words = [term_to_check(Vocabulary.TOPIC, "Bus pass", terms) for _ in desks]

    def logger(desk: CallDesk, word: Term) -> Callable[[], Any]:
        return lambda: desk.log(a_call(topics=(word.code,)), Intake(terms=(word,))).value

    numbers = together(*(logger(desk, word) for desk, word in zip(desks, words, strict=True)))
    assert [desks[0].get(number).topics for number in numbers] == [("bus-pass",)] * 2
    with make_storage().reading() as work:
        assert [term.code for term in work.vocabularies.all().terms].count(words[0].code) == 1


def test_of_two_who_merge_two_entries_into_each_other_at_once_one_is_told(make_storage: MakeStorage) -> None:
    desks = [VocabularyDesk(make_storage(), lambda: NOW) for _ in range(2)]
    pairs = (TermCode("annual-review"), TermCode("transport")), (TermCode("transport"), TermCode("annual-review"))

    def merger(desk: VocabularyDesk, code: TermCode, into: TermCode) -> Callable[[], Any]:
        return lambda: desk.merge(Vocabulary.TOPIC, code, into)

    answers = together(*(merger(desk, *pair) for desk, pair in zip(desks, pairs, strict=True)))
    assert sorted(type(answer).__name__ for answer in answers) == ["Done", "Refused"]
    merged = [term for term in desks[0].all().of(Vocabulary.TOPIC) if term.merged_into]
    assert [term.merged_into for term in merged] in ([TermCode("annual-review")], [TermCode("transport")])
