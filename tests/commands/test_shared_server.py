"""The manual's own lines set a shared server up from nothing, and what it says of rights is what the program does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from ppsdesk.domain.rights import IN_PART, Role, Subject, in_words
from tests import postgres
from tests.commands.conftest import ROOT, Run, Said

MANUAL = (ROOT / "docs" / "shared-server.md").read_text(encoding="utf-8")
NAMES = {
    "helpline_again": "helpline_of_the_manual_again",
    "helpline_owner": "helpline_of_the_manual_owner",
    "helpline": "helpline_of_the_manual",
    "cora": "cora_of_the_manual",
    "hana": "hana_of_the_manual",
    "tamsin": "tamsin_of_the_manual",
}
DATABASE, OWNER = NAMES["helpline"], NAMES["cora"]
LOG = "taken_at,line,caller_kind,topics\n2001-10-03,central,Parent,admissions\n"


def _renamed(text: str) -> str:
    """For names of this test. `--role helpline` is the role."""
    text = re.sub(r"--role (\w+)", lambda said: f"--role {said[1].upper()}", text)
    text = re.sub(r"\b(helpline_again|helpline_owner|helpline|cora|hana|tamsin)\b", lambda said: NAMES[said[1]], text)
    text = re.sub(r"--role ([A-Z]+)\b", lambda said: f"--role {said[1].lower()}", text)
    return text.replace("'choose-one'", f"'{postgres.PASSWORD}'")


def blocks(chapter: str) -> Iterator[tuple[str, str]]:
    """Every SQL statement and command of a chapter of the manual, in order, with its kind."""
    text = MANUAL.split(f"\n## {chapter}\n")[1].split("\n## ")[0]
    for kind, block in re.findall(r"^```(sql|sh)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from ((kind, _renamed(line)) for line in block.strip().splitlines())


@dataclass
class Following:
    """Somebody who does what the manual says, line by line."""

    server: postgres.Server
    run: Run
    folder: Path
    database: str = "postgres"

    def chapter(self, name: str) -> list[Said]:
        """What every command of it answered."""
        return [self.line(kind, line) for kind, line in blocks(name)]

    def line(self, kind: str, line: str) -> Said:
        """As the superuser, or in a shell."""
        if kind == "sql":
            with self.server.connect(self.database) as connection:
                connection.execute(line)
            self.database = DATABASE if line.startswith("CREATE DATABASE") else self.database
            return Said(0, "", "")
        line = line.replace("@server/", f"@127.0.0.1:{self.server.port}/")
        program, *arguments = shlex.split(line)
        if program == "python":
            return self.run(*arguments[1:], "--data-dir", str(self.folder / "desk"))
        return self._program(program, arguments)

    def _program(self, program: str, arguments: list[str]) -> Said:
        done = subprocess.run(
            [str(self.server.binaries / program), *arguments], cwd=self.folder, capture_output=True, text=True,
            check=False, env={**os.environ, "PGPASSWORD": postgres.PASSWORD},
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def following(
    server: postgres.Server, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Following]:
    """Somebody in front of an empty server."""
    monkeypatch.setenv("PPSDESK_PASSWORD", postgres.PASSWORD)
    yield Following(server, run, tmp_path)
    with server.connect() as administrator:
        for name in (NAMES["helpline_again"], DATABASE):
            administrator.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        found = administrator.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE '%_of_the_manual%'").fetchall()
        for (name,) in sorted(found, key=lambda row: row[0] == OWNER):
            administrator.execute(f'DROP OWNED BY "{name}"')
            administrator.execute(f'DROP ROLE "{name}"')


def password_of(said: Said) -> str:
    """The one-time password a command has printed."""
    found = re.search(r"^One-time password: (\S+)$", said.done, re.MULTILINE)
    assert found
    return found[1]


def test_the_manual_followed_from_nothing_gives_people_a_desk_to_work_at(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, made, hana, tamsin, people = following.chapter("Setting it up")
    assert "The tables were made" in made.done
    assert re.search(r"hana_of_the_manual +Helpline +yes, one-time password", people.done)
    log = following.folder / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    address = following.server.address(DATABASE, NAMES["tamsin"])
    desk = ("--database", address, "--data-dir", str(following.folder / "tamsin"))
    monkeypatch.setenv("PPSDESK_PASSWORD", password_of(tamsin))
    assert "1 call added" in following.run("import", "calls", str(log), *desk).done
    assert following.run("report", "call-volumes", "--period", "2001-02", *desk).done
    assert "taken back: 1 call" in following.run("import", "undo", "1", *desk).done
    assert "practice calls added" in following.run("practice", "--years", "1", "--calls-per-year", "20", *desk).done
    monkeypatch.setenv("PPSDESK_PASSWORD", password_of(hana))
    desk = ("--database", following.server.address(DATABASE, NAMES["hana"]), *desk[2:])
    assert "20 calls on record." in following.run("check", *desk).done
    assert "This login has no right" in following.run("import", "calls", str(log), *desk).refusal
    _backup(following, monkeypatch)
    _changes(following, password_of(hana))


def _backup(following: Following, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PPSDESK_PASSWORD", postgres.PASSWORD)
    dumped, _, restored, set_up, checked = following.chapter("Backups")
    assert (dumped.status, dumped.err) == (0, "")
    assert (restored.status, restored.err) == (0, "")
    assert "The tables are of this version already" in set_up.done
    assert "20 calls on record." in checked.done
    assert "NOT OK" not in checked.done


def _changes(following: Following, first: str) -> None:
    supporter, lost, left = following.chapter("Changes among people")
    assert "has the role Supporter now (before: Helpline)" in supporter.done
    assert "One-time password" not in supporter.done
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        following.server.connect(DATABASE, NAMES["hana"], first)
    assert "cannot sign in any more" in left.done
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        following.server.connect(DATABASE, NAMES["hana"], password_of(lost))


def test_the_manuals_table_is_the_table_of_rights() -> None:
    rows = [f"| {subject.label} | {' | '.join(in_words(role, subject) for role in Role)} |" for subject in Subject]
    head = f"| | {' | '.join(role.label for role in Role)} |"
    said = [line for line in MANUAL.splitlines() if line.startswith("| ")]
    assert said == [head, *rows]


def test_the_manual_says_what_in_part_means() -> None:
    for subject, words in IN_PART.items():
        assert f"- *{subject.label}*: {words}." in MANUAL.replace("\n  ", " ")


def test_the_manual_names_every_role_of_a_database() -> None:
    for role in Role:
        assert f"`helpline_{role.value}`" in MANUAL
