"""The manual's own lines set a shared server up, and give people no more than they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.commands.conftest import ROOT, Run

MANUAL = (ROOT / "docs" / "shared-server.md").read_text(encoding="utf-8")
DATABASE, OWNER, CLERK = "helpline_of_the_manual", "cora_of_the_manual", "hana_of_the_manual"
LOG = "taken_at,line,caller_kind,topics\n2001-10-03,central,Parent,admissions\n"


@dataclass(frozen=True)
class Shared:
    """A shared database set up by the manual."""

    server: postgres.Server

    def options(self, login: str) -> tuple[str, str]:
        """What chooses it on the command line."""
        return "--database", self.server.address(DATABASE, login)

    def as_person(self, login: str, statement: str) -> list[psycopg.rows.TupleRow]:
        """Past the program, with that person's own login."""
        with self.server.connect(DATABASE, login) as connection:
            return connection.execute(statement).fetchall()


def blocks() -> list[list[str]]:
    """The manual's two blocks of SQL, for the names of this test."""
    found = re.findall(r"^```sql\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)
    for said, meant in (("helpline", DATABASE), ("cora", OWNER), ("hana", CLERK)):
        found = [re.sub(rf"\b{said}\b", meant, block) for block in found]
    found = [re.sub(r"'choose-\w+'", f"'{postgres.PASSWORD}'", block) for block in found]
    return [[line for line in block.split(";\n") if line.strip()] for block in found]


@pytest.fixture
def shared(server: postgres.Server, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shared]:
    monkeypatch.setenv("PPSDESK_PASSWORD", postgres.PASSWORD)
    made = Shared(server)
    before, after = blocks()
    with server.connect() as administrator:
        for statement in before:
            administrator.execute(statement)
    assert "The tables were made." in run("check", "--create", *made.options(OWNER), "--data-dir", str(tmp_path)).done
    with server.connect(DATABASE) as administrator:
        for statement in after:
            administrator.execute(statement)
    yield made
    with server.connect() as administrator:
        administrator.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
        administrator.execute(f"DROP ROLE {OWNER}")
        administrator.execute(f"DROP ROLE {CLERK}")


def test_somebody_with_the_manuals_rights_can_work_and_no_more(shared: Shared, run: Run, tmp_path: Path) -> None:
    desk = (*shared.options(CLERK), "--data-dir", str(tmp_path / "desk"))
    log = tmp_path / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    assert "1 call added" in run("import", "calls", str(log), *desk).done
    assert re.search(r"^2001-02 +1 ", run("report", "call-volumes", "--period", "2001-02", *desk).done, re.MULTILINE)
    assert "taken back: 1 call" in run("import", "undo", "1", *desk).done
    log.write_text(LOG.replace("admissions", "Swimming"), encoding="utf-8")
    assert "1 call added" in run("import", "calls", str(log), "--add-unknown", *desk).done
    assert f"signed in as {CLERK}." in run("check", *desk).done

    assert shared.as_person(CLERK, "SELECT DISTINCT person FROM audit_entry WHERE table_name = 'call'") == [(CLERK,)]
    for statement in (
        "UPDATE audit_entry SET person = 'nobody' RETURNING id",
        "DELETE FROM audit_value RETURNING id",
        "INSERT INTO audit_entry (at, person, action, table_name, record_id)"
        " VALUES (now(), 'nobody', 'insert', 'call', 1) RETURNING id",
        "UPDATE maintenance SET upgrading_by = 'nobody' RETURNING id",
        "DELETE FROM term RETURNING id",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            shared.as_person(CLERK, statement)


def test_practice_data_can_be_made_with_the_manuals_rights(shared: Shared, run: Run, tmp_path: Path) -> None:
    desk = (*shared.options(CLERK), "--data-dir", str(tmp_path / "desk"))
    assert "20 practice calls added." in run("practice", "--years", "1", "--calls-per-year", "20", *desk).done


def test_the_owner_cannot_quietly_rewrite_the_trail(shared: Shared) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="cannot be changed"):
        shared.as_person(OWNER, "UPDATE audit_entry SET person = 'nobody' RETURNING id")
