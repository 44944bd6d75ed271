"""A database of every version that ever was opens, is sound, and counts right."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from ppsdesk.domain.codes import AttemptResult, ConsentAnswer, ConsentSubject
from ppsdesk.domain.periods import Span
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening, schema
from tests.builders import NOW, TODAY
from tests.conftest import PERSON, Clock, services_on
from tests.samples.dates import CLOSED, DECISION, EASTER, TOLD, VISIT
from tests.samples.families import WHO

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def test_there_is_a_sample_of_every_version() -> None:
    assert {path.stem[-4:] for path in SAMPLES.glob("ppsdesk-*.db")} == schema.known_revisions()


@pytest.mark.parametrize("version", sorted(schema.known_revisions()))
def test_a_database_of_that_version_opens_and_counts_right(version: str, tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "ppsdesk.db"
    shutil.copy(SAMPLES / f"ppsdesk-{version}.db", path)
    storage = opening.open_local(path, starters(), person=PERSON, backups=tmp_path / "backups", now=NOW)
    desk = services_on(storage, tmp_path, clock)
    assert [finding.words for finding in desk.check() if not finding.good] == []
    assert desk.calls.count(Selection()) == 11
    assert desk.calls.count(Selection(last=date(2001, 12, 31))) == 8
    assert desk.calls.count(Selection(removed=True)) == 1
    [changed] = desk.calls.ids(Selection(words="Żółć"))
    assert desk.calls.get(changed).level == "2"
    assert {line.person for line in desk.calls.history(changed)} == {PERSON}
    [late] = desk.calls.ids(Selection(first=date(2026, 10, 25), last=date(2026, 10, 25)))
    assert desk.calls.get(late).minutes == 20
    [imported] = desk.calls.ids(Selection(words="old book"))
    assert desk.calls.get(imported).provenance.file == "old-book.csv"
    [draft] = desk.drafts.mine()
    assert draft.content == {"notes": "half a sentence"}
    storage.close()


def test_what_is_known_of_people_is_there_in_a_database_that_has_them(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "ppsdesk.db"
    shutil.copy(SAMPLES / "ppsdesk-0002.db", path)
    storage = opening.open_local(path, starters(), person=PERSON, backups=tmp_path / "backups", now=NOW)
    desk = services_on(storage, tmp_path, clock)
    [found] = [found for found in desk.people.find(WHO) if found.name.startswith(WHO)]
    record = desk.people.record(found.person)
    assert [tie.other_name for tie in record.children()] == ["Tamsin Thistledown"]
    assert (record.hidden_addresses, record.safeguarding_notes, record.calls) == (1, 1, 1)
    assert record.alerts_on(TODAY)[0].words == "No voicemail."
    assert record.consent(ConsentSubject.RECORD).answer is ConsentAnswer.GIVEN
    [school] = desk.organisations.find("mallow")
    assert desk.calls.count(Selection(organisation=school.key)) == 1
    [step] = desk.steps.open_steps()
    assert [attempt.result for attempt in step.attempts] == [AttemptResult.NO_ANSWER]
    assert desk.non_data.count(Span(first=TODAY, last=TODAY)) == 1
    merged = next(term for term in desk.vocabularies.all().of(Vocabulary.TOPIC) if term.code == "annual-reviews")
    assert merged.merged_into == "annual-review"
    storage.close()


def test_dates_of_the_law_are_there_in_a_database_that_has_them(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "ppsdesk.db"
    shutil.copy(SAMPLES / "ppsdesk-0004.db", path)
    storage = opening.open_local(path, starters(), person=PERSON, backups=tmp_path / "backups", now=NOW)
    desk = services_on(storage, tmp_path, clock)
    decision, told, closed = (desk.dates.get(matter.key) for matter in (DECISION, TOLD, CLOSED))
    assert (decision.facts, decision.lifted, len(desk.dates.of_person(decision.child))) == (
        DECISION.facts, DECISION.lifted, 1,
    )  # fmt: skip
    assert {one.clock: one.due for one in decision.dates}["MED2M"] == date(2026, 12, 1)
    assert [one.due for one in told.dates] == [date(2026, 9, 7)]
    assert (closed.closed_on, len(closed.dates)) == (CLOSED.closed_on, 7)
    [moved] = desk.dates.moved()
    assert (moved.clock, moved.was, moved.now) == ("CERT3N", date(2026, 9, 4), date(2026, 9, 7))
    assert len(desk.dates.moved(unseen_only=False)) == 2
    assert {(one.day, one.origin.value) for one in desk.rules.holidays(2026) if one.key} == {
        (VISIT, "added"), (EASTER, "taken_out"),
    }  # fmt: skip
    assert [(one.change.rule, one.suspends) for one in desk.rules.changes()] == [("EHC6", True), ("MED2M", False)]
    storage.close()
