"""What happened to a family is kept with the dates that follow from it, with its call or by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from uuid import UUID, uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.clock_rules import Owes
from ppsdesk.domain.errors import CannotStart, Conflict, Invalid, NotFound, Refused
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.matters import Matter, MatterDate
from ppsdesk.services.reckoning import fits_call, keep_matter
from ppsdesk.storage.work import Storage
from tests.builders import NOW, TODAY, a_call, a_child
from tests.conftest import Clock, MakeStorage, services_on

REQUESTED = date(2026, 9, 3)
ASKED = Matter(key=UUID(int=1), happening="request", facts={"request": REQUESTED})
REFUSED = Matter(key=UUID(int=2), happening="decision", kind="RTA", facts={"decision": date(2026, 9, 1)})


def due(matter: Matter) -> dict[str, date]:
    """Its dates, by clock."""
    return {one.clock: one.due for one in matter.dates}


def test_a_matter_is_kept_with_every_date_that_follows(desk: Services) -> None:
    done = desk.dates.keep(ASKED)
    assert (done.touched, done.said) == ({Topic.DATES}, "Dates kept.")
    assert due(done.value) == {
        "EHC6": date(2026, 10, 15), "EHC16": date(2026, 12, 24), "EHC20": date(2027, 1, 21),
    }  # fmt: skip
    assert done.value.dates[0] == MatterDate(
        matter=ASKED.key, clock="EHC6", title="Decide whether to assess", owes=Owes.AUTHORITY, due=date(2026, 10, 15)
    )
    assert [one.due for one in done.value.dates] == [one.due for one in desk.dates.sheet(done.value).dates]
    assert replace(done.value, dates=()) == replace(ASKED, version=1)


def test_saving_twice_leaves_one(desk: Services) -> None:
    kept = desk.dates.keep(ASKED).value
    assert desk.dates.keep(ASKED).value == kept
    assert len(desk.dates.open_dates(date(2026, 1, 1), date(2027, 12, 31))) == 3
    assert desk.dates.moved() == ()


def test_an_exception_that_holds_is_told_beside_its_dates(desk: Services) -> None:
    kept = desk.dates.keep(replace(ASKED, lifted=("EX_SCHOOL", "EX_SCHOOL"))).value
    assert kept.lifted == ("EX_SCHOOL",)
    assert {one.clock for one in kept.dates if one.lifted} == {"EHC6", "EHC16", "EHC20"}
    plain = desk.dates.amend(replace(kept, lifted=())).value
    assert not any(one.lifted for one in plain.dates)
    assert desk.dates.moved() == ()


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        (replace(ASKED, happening="unheard-of"), "happening", "Choose what happened"),
        (replace(ASKED, facts={}), "request", "Day the council got the request is needed"),
        (replace(ASKED, facts={"request": TODAY, "hearing": TODAY}), "hearing", "has no day called"),
        (replace(ASKED, facts={"request": date(9999, 12, 1)}), "request", "further away than the calendar goes"),
        (replace(REFUSED, kind="ABC"), "kind", "choose which kind"),
        (replace(REFUSED, lifted=("EX_NONE",)), "lifted", "no exception"),
    ],
)
def test_what_cannot_be_is_not_kept_and_the_field_is_named(
    desk: Services, wrong: Matter, field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        desk.dates.keep(wrong)
    assert set(refused.value.problems) == {field}
    with pytest.raises(Invalid) as in_a_call:
        desk.calls.log(a_call(), Intake(matters=(wrong,)))
    assert set(in_a_call.value.problems) == {f"dates.{field}"}
    with pytest.raises(NotFound):
        desk.dates.get(wrong.key)


def test_a_call_brings_its_dates_and_both_are_there_or_neither(desk: Services) -> None:
    child = a_child()
    call = a_call(children=(child.key,))
    told = replace(ASKED, child=child.key)
    done = desk.calls.log(call, Intake(people=(child,), matters=(told, REFUSED)))
    assert Topic.DATES in done.touched
    assert [matter.key for matter in desk.dates.of_call(call.key)] == [told.key, REFUSED.key]
    [mine] = desk.dates.of_person(child.key)
    assert (mine.call, mine.child, len(mine.dates)) == (call.key, child.key, 3)
    lost = a_call()
    with pytest.raises(Refused, match="not on record"):
        desk.calls.log(lost, Intake(matters=(replace(REFUSED, key=uuid4(), child=uuid4()),)))
    assert desk.dates.of_call(lost.key) == ()
    assert len(desk.dates.open_dates(date(2026, 1, 1), date(2027, 12, 31))) == len(mine.dates) + 2


def test_a_call_that_is_saved_again_has_its_dates_once_and_as_they_were_typed_last(desk: Services) -> None:
    call = a_call()
    desk.calls.log(call, Intake(matters=(ASKED,)))
    desk.calls.log(call, Intake(matters=(ASKED,)))
    assert [matter.version for matter in desk.dates.of_call(call.key)] == [1]
    later = replace(ASKED, facts={"request": date(2026, 9, 4)})
    desk.calls.log(call, Intake(matters=(later,)))
    [kept] = desk.dates.of_call(call.key)
    assert (kept.facts, due(kept)["EHC6"]) == ({"request": date(2026, 9, 4)}, date(2026, 10, 16))
    with pytest.raises(Conflict):
        desk.calls.log(replace(call, notes="more"), Intake(matters=(ASKED,)))


def test_a_corrected_day_moves_its_dates_and_the_list_says_from_what_to_what(desk: Services, clock: Clock) -> None:
    kept = desk.dates.keep(REFUSED).value
    certificate = {"decision": date(2026, 9, 2), "certificate": date(2026, 10, 20)}
    done = desk.dates.amend(replace(kept, facts=certificate))
    assert due(done.value) == {"MED2M": date(2026, 11, 2), "APL": date(2026, 11, 20)}
    assert done.said == "Dates corrected. 2 dates moved."
    assert {(one.clock, one.was, one.now) for one in desk.dates.moved()} == {
        ("MED2M", date(2026, 11, 1), date(2026, 11, 2)), ("APL", date(2026, 11, 2), date(2026, 11, 20)),
    }  # fmt: skip
    assert {(one.because, one.noticed_at, one.seen_by) for one in desk.dates.moved()} == {
        (
            "Corrected: Date on the decision letter was Tue 1 Sep 2026, is Wed 2 Sep 2026; "
            "Date on the mediation certificate was not known, is Tue 20 Oct 2026",
            clock.now,
            "",
        )
    }


def test_a_date_that_is_new_and_one_that_falls_away_are_on_the_list_too(desk: Services) -> None:
    draft = Matter(key=UUID(int=3), happening="draft", facts={"draft": date(2026, 11, 2)})
    kept = desk.dates.keep(draft).value
    both = desk.dates.amend(replace(kept, facts={**kept.facts, "request": REQUESTED})).value
    [new] = desk.dates.moved()
    assert (new.clock, new.was, new.now) == ("EHC20", None, date(2027, 1, 21))
    desk.dates.seen([new.key])
    desk.dates.amend(replace(both, facts=kept.facts))
    [gone] = desk.dates.moved()
    assert (gone.clock, gone.was, gone.now) == ("EHC20", date(2027, 1, 21), None)


def test_who_saves_second_sees_what_the_first_one_saved(desk: Services) -> None:
    kept = desk.dates.keep(ASKED).value
    first = desk.dates.amend(replace(kept, facts={"request": date(2026, 9, 7)})).value
    with pytest.raises(Conflict) as conflict:
        desk.dates.amend(replace(kept, facts={"request": date(2026, 9, 8)}))
    assert conflict.value.theirs == first
    with pytest.raises(Conflict):
        desk.dates.close(kept.key, kept.version)
    assert desk.dates.get(ASKED.key) == first
    with pytest.raises(NotFound):
        desk.dates.amend(replace(kept, key=uuid4()))


def test_a_closed_matter_keeps_its_dates_and_an_opened_one_catches_up(desk: Services) -> None:
    told = Matter(key=UUID(int=4), happening="adviser", kind="no", facts={"told": date(2026, 9, 1)})
    kept = desk.dates.keep(told).value
    closed = desk.dates.close(kept.key, kept.version)
    assert (closed.value.closed_on, closed.said) == (TODAY, "Dates closed.")
    desk.rules.add_holiday(date(2026, 9, 3), "Visit", "decided by the council")
    assert due(desk.dates.get(told.key)) == {"CERT3N": date(2026, 9, 4)}
    assert desk.dates.moved() == desk.dates.open_dates(date(2026, 1, 1), date(2026, 12, 31)) == ()
    opened = desk.dates.reopen(kept.key, closed.value.version)
    assert (due(opened.value), opened.said) == ({"CERT3N": date(2026, 9, 7)}, "Dates opened again. 1 date moved.")
    assert [one.because for one in desk.dates.moved()] == ["Opened again"]


def test_a_correction_of_a_closed_matter_moves_nothing_until_it_is_opened_again(desk: Services) -> None:
    kept = desk.dates.keep(ASKED).value
    closed = desk.dates.close(kept.key, kept.version).value
    amended = desk.dates.amend(replace(closed, facts={"request": ASKED.facts["request"] + timedelta(days=7)})).value
    assert desk.dates.get(kept.key).dates == kept.dates
    assert desk.dates.moved() == ()
    desk.dates.reopen(kept.key, amended.version)
    assert [one.due for one in desk.dates.get(kept.key).dates] == [one.due + timedelta(days=7) for one in kept.dates]


def test_once_the_certificate_is_known_nobody_is_told_to_ring_the_adviser(desk: Services, clock: Clock) -> None:
    """Its day comes: from then on the adviser is no longer to be rung; the date itself stays readable."""
    span = date(2026, 1, 1), date(2027, 12, 31)
    days = {"decision": date(2026, 10, 1), "certificate": TODAY + timedelta(days=1)}
    call = a_call()
    desk.calls.log(call, Intake(matters=(replace(REFUSED, facts=days),)))

    def done() -> dict[str, str]:
        [kept] = desk.dates.of_call(call.key)
        assert desk.dates.get(kept.key) == kept
        assert due(kept)["MED2M"] == date(2026, 12, 1)
        return {one.clock: one.done for one in kept.dates if one.done}

    def still_due() -> set[str]:
        return {one.date.clock for one in desk.dates.open_dates(*span) if not one.date.done}

    assert done() == {}
    assert still_due() == {"MED2M", "APL"}
    clock.now += timedelta(days=1)
    assert done() == {"MED2M": "Done: the certificate shows it."}
    assert still_due() == {"APL"}


def test_what_is_due_stands_soonest_first_with_the_name_it_is_for(desk: Services) -> None:
    child = a_child()
    call = a_call(children=(child.key,))
    number = desk.calls.log(call, Intake(people=(child,), matters=(replace(ASKED, child=child.key),))).value
    desk.dates.keep(REFUSED)
    found = desk.dates.open_dates(date(2026, 10, 15), date(2026, 12, 24))
    assert [(one.date.clock, one.name, one.call_id) for one in found] == [
        ("EHC6", "Tamsin Thistledown", number), ("MED2M", "", None), ("APL", "", None),
        ("EHC16", "Tamsin Thistledown", number),
    ]  # fmt: skip
    assert replace(found[0].matter, version=0) == replace(ASKED, call=call.key, child=child.key)


def test_nothing_is_due_for_a_call_or_a_child_that_was_entered_by_mistake(desk: Services) -> None:
    child = a_child()
    call = a_call(children=(child.key,))
    number = desk.calls.log(call, Intake(people=(child,), matters=(ASKED, replace(REFUSED, child=child.key)))).value
    span = date(2026, 1, 1), date(2027, 12, 31)
    assert len(desk.dates.open_dates(*span)) == 5
    removed = desk.calls.remove(number, desk.calls.get(number).version).value
    assert desk.dates.open_dates(*span) == ()
    desk.calls.put_back(number, removed.version)
    desk.people.remove(child.key, desk.people.record(child.key).person.version)
    assert {one.matter.key for one in desk.dates.open_dates(*span)} == {ASKED.key}


def test_dates_that_moved_are_taken_note_of_once_and_by_whom(desk: Services, clock: Clock) -> None:
    kept = desk.dates.keep(ASKED).value
    desk.dates.amend(replace(kept, facts={"request": date(2026, 9, 4)}))
    keys = [one.key for one in desk.dates.moved()]
    assert desk.dates.seen(keys[:1]).value == 1
    assert [one.key for one in desk.dates.moved()] == keys[1:]
    done = desk.dates.seen(keys)
    assert (done.value, done.touched) == (2, {Topic.DATES})
    assert desk.dates.moved() == ()
    assert {(one.seen_by, one.seen_at) for one in desk.dates.moved(unseen_only=False)} == {(desk.person, clock.now)}


def test_an_import_that_is_taken_back_leaves_the_calls_that_dates_were_told_in(desk: Services, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "taken_at,line,caller_kind,topics\n2001-10-03,central,Parent,admissions\n"
        "2001-10-04,central,Parent,admissions\n",
        encoding="utf-8",
    )
    desk.importing.calls(log)
    (batch,) = desk.importing.batches()
    desk.dates.keep(replace(ASKED, call=desk.calls.get(1).key))
    assert desk.importing.undo(batch.id).value == (1, 1)
    assert desk.dates.get(ASKED.key).call == desk.calls.get(1).key


def test_a_damaged_row_is_told_in_a_sentence(desk: Services, storage: Storage) -> None:
    desk.dates.keep(ASKED)
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE matter_date SET owes = 'nobody'")
    with pytest.raises(CannotStart, match="damaged"):
        desk.dates.get(ASKED.key)


def test_another_desk_sees_what_is_kept(make_storage: MakeStorage, tmp_path: Path, clock: Clock) -> None:
    one, other = (services_on(make_storage(), tmp_path / name, clock) for name in ("one", "other"))
    call = a_call()
    number = one.calls.log(call, Intake(matters=(ASKED,))).value
    assert other.dates.of_call(call.key) == one.dates.of_call(call.key)
    assert facts_of(other.calls.get(number)) == facts_of(call)


# -- added to a call on record -----------------------------------------------------------------------------------------


def test_dates_are_added_to_a_call_on_record_once_however_often_they_are_sent(desk: Services) -> None:
    call = a_call()
    desk.calls.log(call)
    added = replace(REFUSED, call=call.key)
    for _ in range(2):
        assert desk.dates.keep(added).said == "Dates kept."
    [kept] = desk.dates.of_call(call.key)
    assert (kept.version, due(kept)["APL"]) == (1, date(2026, 11, 2))


def test_dates_are_added_for_the_child_that_is_meant_of_several_a_call_is_about(desk: Services) -> None:
    children = a_child(), a_child(given_names="Elin")
    for child in children:
        desk.people.add(child)
    call = a_call(children=tuple(child.key for child in children))
    desk.calls.log(call)
    for child in children:
        added = desk.dates.keep(replace(REFUSED, key=uuid4(), call=call.key, child=child.key)).value
        assert desk.dates.get(added.key).child == child.key


def test_the_same_dates_are_not_added_a_second_time_by_somebody_else(desk: Services) -> None:
    call = a_call()
    desk.calls.log(call)
    desk.dates.keep(replace(REFUSED, call=call.key))
    with pytest.raises(Refused, match="kept with this call already"):
        desk.dates.keep(replace(REFUSED, key=uuid4(), call=call.key))
    desk.dates.keep(replace(REFUSED, key=uuid4(), call=call.key, kind="RTI"))
    assert len(desk.dates.of_call(call.key)) == 2


def test_nothing_is_added_to_a_call_that_was_removed_meanwhile(desk: Services) -> None:
    call = a_call()
    number = desk.calls.log(call).value
    desk.calls.remove(number, 1)
    with pytest.raises(Refused, match=f"^{desk.person} removed this call meanwhile"):
        desk.dates.keep(replace(REFUSED, call=call.key))
    desk.calls.put_back(number, 2)
    desk.dates.keep(replace(REFUSED, call=call.key))


def test_dates_for_a_child_the_call_is_no_longer_about_are_not_kept_for_either(desk: Services) -> None:
    """Who typed them is told, and may save them for the one it is about now."""
    children = [a_child(given_names=name) for name in ("Cai", "Elin")]
    for child in children:
        desk.people.add(child)
    call = a_call(children=(children[0].key,))
    number = desk.calls.log(call).value
    before = desk.calls.get(number)
    desk.calls.amend(number, before.version, replace(facts_of(before), children=(children[1].key,)))
    with pytest.raises(Conflict, match="changed whom this call is about") as raised:
        desk.dates.keep(replace(REFUSED, call=call.key, child=children[0].key))
    assert desk.dates.of_call(call.key) == ()
    assert isinstance(raised.value.theirs, Matter)
    assert desk.dates.keep(raised.value.theirs).value.child == children[1].key


def test_a_child_chosen_while_dates_are_being_added_takes_them_along(desk: Services, storage: Storage) -> None:
    """Whoever comes second waits, so that no date is left with a child the call is not about."""
    children = [a_child(given_names=name) for name in ("Cai", "Elin")]
    for child in children:
        desk.people.add(child)
    call = a_call(children=(children[0].key,))
    number = desk.calls.log(call).value
    facts = replace(facts_of(desk.calls.get(number)), children=(children[1].key,))
    other = Thread(target=desk.calls.amend, args=(number, 1, facts))
    added = replace(REFUSED, call=call.key, child=children[0].key)
    with storage.writing() as work:
        fits_call(work, added)
        other.start()
        other.join(timeout=0.5)
        keep_matter(work, added, at=NOW)
        work.commit()
    other.join()
    assert desk.dates.get(added.key).child == children[1].key
