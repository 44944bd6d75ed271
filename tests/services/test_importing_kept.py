"""What an import leaves in the database: all or nothing, where it came from, and a way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.errors import Interrupted, NotFound, Refused
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from ppsdesk.services import importing
from tests.conftest import Clock

HEAD = "reference,taken_at,line,caller_kind,topics,minutes,advice,notes"
ROWS = (
    "H-1,03/10/2001 10:15,central,PARENT,annual-review;sen-concern,12,signposting,first",
    "H-2,04/10/2001,central,PARENT,transport,,,second",
    ",05/10/2001,central,PARENT,transport,5,,the same twice",
    ",05/10/2001,central,PARENT,transport,5,,the same twice",
)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A call log of four rows, two of them alike."""
    return written(tmp_path / "old book.csv", *ROWS)


def written(path: Path, *rows: str) -> Path:
    """A call log of these rows."""
    path.write_text("\n".join((HEAD, *rows, "")), encoding="utf-8")
    return path


def state(desk: Services) -> tuple[object, ...]:
    """Everything an import could touch."""
    return (
        [desk.calls.get(number) for number in desk.calls.ids(Selection())],
        desk.importing.batches(),
        desk.vocabularies.all(),
    )


def test_every_row_becomes_a_call_that_says_where_it_came_from(desk: Services, log: Path) -> None:
    done = desk.importing.calls(log)
    assert (done.value.added, done.value.known, done.touched) == (4, 0, importing.TOUCHED)
    [first] = [desk.calls.get(number) for number in desk.calls.ids(Selection(words="H-1"))]
    assert (first.taken_on, first.topics, first.minutes) == (date(2001, 10, 3), ("annual-review", "sen-concern"), 12)
    assert first.provenance.file == "old book.csv"
    assert (first.provenance.row, first.provenance.batch_id) == (2, done.value.batch_id)
    assert [desk.calls.get(n).provenance.row for n in sorted(desk.calls.ids(Selection()))] == [2, 3, 4, 5]
    [batch] = desk.importing.batches()
    assert (batch.file_name, batch.rows_added, batch.person, batch.undone_at) == ("old book.csv", 4, desk.person, None)
    assert desk.calls.count(Selection(batch_id=batch.id)) == 4


def test_the_history_of_an_imported_call_names_who_imported_it(desk: Services, log: Path) -> None:
    desk.importing.calls(log)
    for number in desk.calls.ids(Selection()):
        assert {line.person for line in desk.calls.history(number)} == {desk.person}


def test_the_same_file_again_adds_nothing_and_leaves_no_second_batch(desk: Services, log: Path) -> None:
    desk.importing.calls(log)
    before = state(desk)
    again = desk.importing.calls(log).value
    assert (again.added, again.known, again.batch_id) == (0, 4, None)
    assert state(desk) == before


def test_a_file_that_has_grown_adds_only_what_is_new(desk: Services, log: Path) -> None:
    desk.importing.calls(log)
    written(log, *reversed(ROWS), ROWS[-1], "H-3,06/10/2001,central,PARENT,transport,,,third")
    again = desk.importing.calls(log).value
    assert (again.added, again.known) == (2, 4)
    assert desk.calls.count(Selection()) == 6


def test_a_dry_run_changes_nothing_and_says_what_would_happen(desk: Services, log: Path) -> None:
    before = state(desk)
    done = desk.importing.calls(log, dry_run=True)
    assert (done.value.added, done.value.known, done.value.batch_id, done.touched) == (4, 0, None, frozenset())
    assert state(desk) == before
    desk.importing.calls(log)
    assert desk.importing.calls(log, dry_run=True).value.known == 4


def test_one_bad_row_keeps_the_whole_file_out(desk: Services, log: Path) -> None:
    written(log, *ROWS, "H-9,31/02/2002,central,PARENT,transport,,,no such day")
    before = state(desk)
    plan = desk.importing.calls(log).value.plan
    assert [(problem.row, problem.value) for problem in plan.problems] == [(6, "31/02/2002")]
    assert plan.refusal
    assert state(desk) == before


def test_values_on_no_list_keep_the_file_out_unless_they_are_to_be_added(desk: Services, log: Path) -> None:
    written(log, *ROWS, "H-9,06/10/2001,central,PARENT,Dragons;transport,,,a new topic")
    before = state(desk)
    refused = desk.importing.calls(log).value.plan
    assert [(unknown.value, unknown.count) for unknown in refused.unknown] == [("Dragons", 1)]
    assert "Dragons" in refused.refusal.sentence
    assert state(desk) == before
    assert desk.importing.calls(log, add_unknown=True).value.added == 5
    [added] = [term for term in desk.vocabularies.all().of(Vocabulary.TOPIC) if term.label == "Dragons"]
    assert (added.to_check, added.ours) == (True, False)
    [number] = desk.calls.ids(Selection(words="H-9"))
    assert desk.calls.get(number).topics == (added.code, "transport")


@pytest.mark.parametrize("stop_at", [1, 2])
def test_stopped_on_the_way_it_leaves_nothing_and_can_be_done_again(
    desk: Services, log: Path, monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    written(log, *ROWS, "H-9,06/10/2001,central,PARENT,Dragons,,,a new topic")
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    before = state(desk)
    told = 0

    def stop(_done: int, _of: int) -> None:
        nonlocal told
        told += 1
        if told == stop_at:
            raise Interrupted("Stopped.", hint="Nothing was imported.")

    with pytest.raises(Interrupted):
        desk.importing.calls(log, add_unknown=True, progress=stop)
    assert state(desk) == before
    written(log, *ROWS, "H-9,06/10/2001,central,PARENT,Griffins,,,another new topic")
    assert desk.importing.calls(log, add_unknown=True).value.added == 5
    [number] = desk.calls.ids(Selection(words="H-9"))
    assert desk.calls.get(number).topics == ("griffins",)


def test_an_import_taken_back_leaves_the_calls_that_were_there_before(desk: Services, log: Path, clock: Clock) -> None:
    other = written(log.with_name("other.csv"), "X-1,06/10/2001,central,PARENT,transport,,,other")
    desk.importing.calls(other)
    batch = desk.importing.calls(log).value.batch_id
    clock.forward(minutes=5)
    done = desk.importing.undo(batch)
    assert done.value == (4, 0)
    assert Topic.CALLS in done.touched
    assert [desk.calls.get(number).reference for number in desk.calls.ids(Selection())] == ["X-1"]
    assert {entry.id: entry.undone_at for entry in desk.importing.batches()}[batch] == clock()


def test_what_somebody_changed_since_stays_when_the_import_is_taken_back(desk: Services, log: Path) -> None:
    batch = desk.importing.calls(log).value.batch_id
    [number] = desk.calls.ids(Selection(words="H-2"))
    call = desk.calls.get(number)
    desk.calls.amend(number, call.version, replace(facts_of(call), notes="rang her back"))
    [removed] = [desk.calls.get(n) for n in desk.calls.ids(Selection(words="H-1"))]
    desk.calls.remove(removed.id, removed.version)
    done = desk.importing.undo(batch)
    assert done.value == (2, 2)
    assert "2 calls stay" in done.said
    assert [desk.calls.get(n).notes for n in desk.calls.ids(Selection())] == ["rang her back"]


def test_an_import_taken_back_can_be_brought_in_again_once(desk: Services, log: Path) -> None:
    batch = desk.importing.calls(log).value.batch_id
    [number] = desk.calls.ids(Selection(words="H-2"))
    call = desk.calls.get(number)
    desk.calls.amend(number, call.version, replace(facts_of(call), notes="rang her back"))
    desk.importing.undo(batch)
    again = desk.importing.calls(log).value
    assert (again.added, again.known) == (3, 1)
    assert desk.calls.count(Selection()) == 4
    assert desk.calls.get(number).notes == "rang her back"


def test_taking_back_twice_or_what_never_was_is_refused(desk: Services, log: Path) -> None:
    batch = desk.importing.calls(log).value.batch_id
    desk.importing.undo(batch)
    with pytest.raises(Refused, match="taken back already"):
        desk.importing.undo(batch)
    with pytest.raises(NotFound, match="no import number 99"):
        desk.importing.undo(99)


def test_the_history_of_a_call_that_was_taken_back_still_tells_of_it(desk: Services, log: Path) -> None:
    batch = desk.importing.calls(log).value.batch_id
    number = desk.calls.ids(Selection(words="H-1"))[0]
    desk.importing.undo(batch)
    lines = [line for line in desk.calls.history(number) if line.table == "call"]
    assert [line.action for line in lines] == ["insert", "delete"]
    assert "first" in lines[1].old


def test_a_large_import_is_taken_back_in_parts_and_whole(
    desk: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ppsdesk.storage import calls

    monkeypatch.setattr(calls, "AT_ONCE", 7)
    rows = (f"R-{number},03/10/2001,central,PARENT,transport,,," for number in range(50))
    batch = desk.importing.calls(written(tmp_path / "many.csv", *rows)).value.batch_id
    assert desk.importing.undo(batch).value == (50, 0)
    assert desk.calls.count(Selection()) == 0


def test_a_word_that_counts_as_another_is_imported_as_that_one(desk: Services, tmp_path: Path) -> None:
    """Whether the file says its label, its code, or the beginning of its label."""
    topics = Vocabulary.TOPIC
    for label in ("Annual reviews (old book)", "AR"):
        desk.vocabularies.add(Term(vocabulary=topics, code=TermCode(""), label=label))
    for code in ("annual-reviews-old-book", "ar"):
        desk.vocabularies.merge(topics, TermCode(code), TermCode("annual-review"))
    words = (
        "annual reviews (OLD book)",
        "Annual reviews",
        "ar",
        "annual-reviews-old-book",
        "Annual review;AR;transport",
    )
    rows = (f"{number},03/10/2001,central,PARENT,{topic},,,x" for number, topic in enumerate(words))
    done = desk.importing.calls(written(tmp_path / "merged.csv", *rows)).value
    assert (done.added, done.plan.unknown) == (5, ())
    held = [desk.calls.get(number).topics for number in sorted(desk.calls.ids(Selection()))]
    assert held == [("annual-review",)] * 4 + [("annual-review", "transport")]
