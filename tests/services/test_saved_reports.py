"""Report settings under a name, on both databases: kept, chosen, renamed, removed, one's own or everybody's."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text

from ppsdesk.assembly import Services
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import CannotStart, Conflict, Invalid, NotFound, Refused
from ppsdesk.domain.saved_reports import Asked, ReportKind, SavedReport, asked_of
from ppsdesk.services.saved_reports import SavedReports
from ppsdesk.storage.work import Storage

TERMLY = Asked(
    periods=("2025-26/autumn", "2026-27/autumn"),
    year_ends=YearEnds.JULY,
    tables=("by-term", "by-topic"),
    public=True,
)
MEETING = Asked(report=ReportKind.AREA_TRENDS, periods=("2026-27/autumn",))
SAVED = SavedReport(key=UUID(int=1), name="Committee, 3 <b>“terms”</b>", asked=TERMLY)


def test_settings_come_back_as_they_were_saved_and_once(desk: Services, storage: Storage) -> None:
    done = desk.saved_reports.keep(SAVED, shared=False)
    assert (done.touched, done.said) == (
        {Topic.SAVED_REPORTS},
        "Report settings “Committee, 3 <b>“terms”</b>” saved.",
    )
    assert desk.saved_reports.keep(SAVED, shared=False).value == done.value
    assert desk.saved_reports.list() == (replace(SAVED, version=1, owner=storage.person),)


def test_every_question_can_be_kept(desk: Services) -> None:
    for number, asked in enumerate((TERMLY, MEETING, Asked())):
        desk.saved_reports.keep(SavedReport(key=UUID(int=number), name=f"no. {number}", asked=asked), shared=True)
    assert [saved.asked for saved in desk.saved_reports.list()] == [TERMLY, MEETING, Asked()]


def test_everybody_sees_what_is_shared_and_nobody_the_own_ones_of_others(desk: Services, storage: Storage) -> None:
    other = SavedReports(Storage(storage.engine, person="Otto Other"))
    mine = desk.saved_reports.keep(SAVED, shared=False).value
    ours = desk.saved_reports.keep(replace(SAVED, key=UUID(int=2)), shared=True).value  # another owner, the same name
    assert other.list() == (ours,)
    with pytest.raises(NotFound):
        other.remove(mine.key, mine.version)
    with pytest.raises(Refused):
        other.keep(replace(mine, name="Mine now"))
    assert mine in desk.saved_reports.list()


def test_settings_are_renamed_and_get_another_question(desk: Services) -> None:
    kept = desk.saved_reports.keep(SAVED, shared=True).value
    renamed = desk.saved_reports.rename(kept.key, kept.version, "  Spring \n meeting ").value
    assert (renamed.name, renamed.asked, renamed.version) == ("Spring meeting", TERMLY, 2)
    asked = desk.saved_reports.keep(replace(renamed, asked=MEETING)).value
    assert desk.saved_reports.list() == (asked,)
    assert asked.asked == MEETING


def test_a_name_is_needed_and_names_one_thing(desk: Services) -> None:
    desk.saved_reports.keep(SAVED, shared=True)
    other = desk.saved_reports.keep(replace(SAVED, key=UUID(int=2), name="Other"), shared=True).value
    for wrong in (
        replace(SAVED, key=UUID(int=3)),
        replace(other, name=SAVED.name),
        replace(SAVED, key=UUID(int=4), name=" "),
        replace(SAVED, key=UUID(int=5), name="n" * 201),
    ):
        with pytest.raises(Invalid) as invalid:
            desk.saved_reports.keep(wrong)
        assert list(invalid.value.problems) == ["name"]
    assert {saved.name for saved in desk.saved_reports.list()} == {SAVED.name, "Other"}


def test_who_changes_what_somebody_changed_since_is_told(desk: Services) -> None:
    kept = desk.saved_reports.keep(SAVED, shared=True).value
    renamed = desk.saved_reports.rename(kept.key, kept.version, "Renamed").value
    with pytest.raises(Conflict) as conflict:
        desk.saved_reports.rename(kept.key, kept.version, "Too late")
    assert conflict.value.theirs == renamed
    with pytest.raises(Conflict):
        desk.saved_reports.remove(kept.key, kept.version)
    assert desk.saved_reports.list() == (renamed,)


def test_what_is_removed_can_be_put_back(desk: Services) -> None:
    kept = desk.saved_reports.keep(SAVED, shared=False).value
    gone = desk.saved_reports.remove(kept.key, kept.version)
    assert desk.saved_reports.list() == ()
    with pytest.raises(NotFound):
        desk.saved_reports.rename(kept.key, kept.version, "Gone")
    assert desk.saved_reports.keep(gone.value).value == kept
    assert desk.saved_reports.list() == (kept,)


def test_settings_that_cannot_be_understood_are_one_sentence(desk: Services, storage: Storage) -> None:
    desk.saved_reports.keep(SAVED, shared=True)
    with storage.engine.begin() as connection:
        connection.execute(text("UPDATE saved_report SET report = 'call-volumez'"))
    with pytest.raises(CannotStart):
        desk.saved_reports.list()


@pytest.mark.parametrize("wrong", [{"public": 1}, {"periods": "2026-27"}, {"tables": [1]}, {"year_ends": "june"}])
def test_only_what_was_stored_is_read(wrong: dict[str, object]) -> None:
    assert asked_of("call-volumes", TERMLY.stored()) == TERMLY
    with pytest.raises(ValueError, match=r"yes nor no|list of texts|YearEnds"):
        asked_of("call-volumes", TERMLY.stored() | wrong)
