"""The program itself, signed in with each role: what the role may do works to the end, the rest is one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.codes import AlertKind, AttemptResult, NonDataKind, YearEnds
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import CannotStart, DeskError, Refused
from ppsdesk.domain.families import Alert, HiddenAddress
from ppsdesk.domain.non_data import NewNonDataCall
from ppsdesk.domain.people import facts_of_person
from ppsdesk.domain.rights import Role
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.storage import opening
from tests import postgres
from tests.builders import NOW, TODAY, a_call, a_person, a_phone
from tests.services.test_intake import a_family
from tests.storage.conftest import At, reads_well
from tests.storage.shared_server import Shared


def refusal(work: Callable[[], object]) -> DeskError:
    """What the person is told who has no right to that."""
    with pytest.raises(CannotStart, match="This login has no right to do that") as refused:
        work()
    assert reads_well(refused.value)
    return refused.value


@pytest.mark.parametrize("role", Role)
def test_the_program_knows_the_role_of_whoever_signed_in(shared: Shared, at: At, role: Role) -> None:
    desk = at(role)
    assert (desk.role, desk.person) == (role, shared.login(role))
    assert all(finding.good for finding in desk.check())


def test_the_administrators_own_login_has_no_role_and_nothing_is_held_back(shared: Shared) -> None:
    storage = opening.open_shared(shared.address.url, shared.address.password)
    assert storage.role is None
    storage.close()


@pytest.mark.parametrize("role", [Role.HELPLINE, Role.SUPPORTER, Role.COORDINATOR])
def test_who_takes_calls_logs_one_with_everything(at: At, role: Role) -> None:
    desk = at(role)
    call, intake = a_family(desk)
    mother, *children = intake.people
    intake = replace(intake, people=(replace(mother, contacts=(a_phone(),)), *children))
    draft = Draft(
        key=call.key, person=desk.person, window="w", started_at=NOW, kept_at=NOW, content={"notes": "so far"}
    )
    desk.drafts.keep(draft)
    number = desk.calls.log(call, intake).value
    read = desk.calls.get(number)
    assert facts_of(read) == facts_of(call)
    amended = desk.calls.amend(number, read.version, replace(facts_of(read), notes="put right", topics=call.topics[1:]))
    desk.calls.put_back(number, desk.calls.remove(number, amended.value.version).value.version)
    assert len(desk.calls.history(number)) > 3
    (step,) = desk.steps.of_call(number)
    step = desk.steps.attempt(step.key, step.version, AttemptResult.NO_ANSWER).value
    desk.steps.take_back_attempt(step.key, step.version, 1)
    desk.families.alert(Alert(key=uuid4(), person=mother.key, kind=AlertKind.HANDLING, words="Speak slowly."))
    desk.families.hide_address(HiddenAddress(key=uuid4(), person=mother.key, lines="1 Refuge Row"))
    desk.families.safeguarding(mother.key, "Rang from a neighbour's phone.")
    record = desk.people.record(mother.key)
    assert record.calls == 1
    assert {change.field for change in desk.people.history(mother.key)} >= {"hidden_addresses", "safeguarding_notes"}
    desk.people.amend(mother.key, record.person.version, replace(facts_of_person(record.person), known_as="Ro"))
    assert desk.people.find("Thistledown")
    desk.non_data.log(NewNonDataCall(key=uuid4(), kind=NonDataKind.SILENT, line=call.line, at=NOW, taken_on=TODAY))
    assert desk.today.today() is not None
    assert desk.snippets.all()


def test_what_is_hidden_opens_for_who_may_read_it_and_leaves_its_trace(at: At) -> None:
    coordinator, helpline = at(Role.COORDINATOR), at(Role.HELPLINE)
    person = helpline.people.add(a_person()).value.key
    helpline.families.hide_address(HiddenAddress(key=uuid4(), person=person, lines="1 Refuge Row"))
    refusal(lambda: helpline.families.show_hidden_addresses(person))
    refusal(lambda: helpline.families.show_safeguarding(person))
    (shown,) = at(Role.SUPPORTER).families.show_hidden_addresses(person).value
    assert shown.lines == "1 Refuge Row"
    assert "disclosures" in {change.field for change in coordinator.people.history(person)}


def test_the_analyst_runs_the_report_and_opens_no_call(at: At) -> None:
    at(Role.HELPLINE).calls.log(a_call())
    desk = at(Role.ANALYST)
    report = desk.reporting.call_volumes(["2026-27"], year_ends=YearEnds.AUGUST)
    assert len(report.tables) > 10
    trends = desk.reporting.area_trends("2026-27/autumn", year_ends=YearEnds.AUGUST)
    assert desk.reporting.public(trends).tables
    refusal(lambda: desk.calls.lines(desk.calls.ids(Selection())))
    refusal(lambda: desk.calls.log(a_call()))
    refusal(lambda: desk.people.find("Thistledown"))


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_has_no_calls_is_told_so_in_one_sentence(at: At, role: Role) -> None:
    desk = at(role)
    refusal(lambda: desk.calls.count(Selection()))
    refusal(lambda: desk.calls.log(a_call()))
    refusal(lambda: desk.people.find("Thistledown"))
    refusal(desk.today.today)
    refusal(lambda: desk.reporting.call_volumes(["2026-27"], year_ends=YearEnds.AUGUST))


def test_the_administrator_looks_after_lists_and_schools(at: At) -> None:
    desk = at(Role.ADMINISTRATOR)
    term = next(term for term in desk.vocabularies.all().terms if term.code == TermCode("admissions"))
    renamed = desk.vocabularies.rename(term.vocabulary, term.code, term.version, "Places at school").value
    desk.vocabularies.end(term.vocabulary, term.code, renamed.version, date(2030, 1, 1))
    refusal(lambda: at(Role.HELPLINE).vocabularies.rename(term.vocabulary, term.code, 3, "Schools"))
    assert desk.organisations.all() is not None


def test_a_log_comes_in_and_is_taken_back_by_the_coordinator_alone(at: At, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("taken_at,line,caller_kind,topics\n2001-10-03,central,Parent,admissions\n", encoding="utf-8")
    refusal(lambda: at(Role.SUPPORTER).importing.calls(log))
    desk = at(Role.COORDINATOR)
    desk.importing.calls(log)
    (batch,) = desk.importing.batches()
    refusal(lambda: at(Role.HELPLINE).importing.undo(batch.id))
    assert desk.importing.undo(batch.id).value == (1, 0)


def test_everybody_changes_their_own_password_and_works_on_with_it(shared: Shared, at: At) -> None:
    desk = at(Role.VOLUNTEER)
    assert desk.password.is_one_time()
    with pytest.raises(Refused, match="needs 12 characters or more"):
        desk.password.change("short")
    with pytest.raises(Refused, match="must not hold the name"):
        desk.password.change(f"{desk.person} and more")
    desk.password.change("three plain words")
    assert not desk.password.is_one_time()
    with shared.server.connect() as connection:  # every connection made before is gone
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s", (desk.person,)
        )
    assert desk.vocabularies.all().terms
    shared.server.connect(shared.database, desk.person, "three plain words").close()
    desk.password.change(postgres.PASSWORD + " again")
    shared.as_server(f"""ALTER ROLE "{desk.person}" PASSWORD '{postgres.PASSWORD}'""")


def test_the_servers_log_never_shows_a_password(shared: Shared, at: At) -> None:
    shared.as_server("ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()")
    try:
        at(Role.AUDITOR).password.change("canary in the coal mine")
    finally:
        shared.as_server("ALTER SYSTEM RESET log_statement", "SELECT pg_reload_conf()")
    log = (shared.server.folder / "log").read_text(encoding="utf-8", errors="replace")
    assert "SCRAM-SHA-256$" in log, "the statement itself is there"
    assert "canary" not in log
    shared.as_server(f"""ALTER ROLE "{shared.login(Role.AUDITOR)}" PASSWORD '{postgres.PASSWORD}'""")
