"""Each command does what it says, on both databases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import postgres
from tests.commands.conftest import Run
from tests.conftest import PERSON
from tests.reports.reading import pages

AS_OF = ("--as-of", "2002-03-31")
TERM = ("report", "area-trends", "--period", "2001-02/autumn", *AS_OF)
TABLES = (
    "by-year", "by-term", "by-month", "by-line", "by-area", "by-caller-kind", "by-method", "by-topic", "by-stage",
    "by-level", "by-advice", "by-outcome", "how-heard", "new-and-returning", "waiting", "excluded",
)  # fmt: skip
PRACTICE = ("practice", "--years", "2", "--calls-per-year", "60", *AS_OF)
VOLUMES = ("report", "call-volumes", "--period", "2000-01", "--period", "2001-02", *AS_OF)
LOG = (
    "taken_at,line,caller_kind,topics,notes\n"
    "2001-10-03,central,Parent,admissions,one\n"
    "2001-10-04,north,School,admissions,two\n"
)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(LOG, encoding="utf-8")
    return path


def figures(file: Path) -> list[list[object]]:
    [table] = [t for t in json.loads(file.read_text(encoding="utf-8"))["tables"] if t["id"] == "by-year"]
    rows: list[list[object]] = table["rows"]
    return rows


def test_practice_fills_an_empty_database_and_says_how_much(run: Run, place: tuple[str, ...]) -> None:
    assert run(*place, *PRACTICE).done.endswith("120 practice calls added.\n")
    checked = run(*place, "check").done
    assert "120 calls on record." in checked
    assert ", practice data\n" in checked
    assert "NOT OK" not in checked


def test_practice_leaves_a_database_with_calls_alone(run: Run, place: tuple[str, ...]) -> None:
    run(*place, *PRACTICE)
    assert "holds calls already" in run(*place, *PRACTICE).refusal
    assert "120 calls on record." in run(*place, "check").done


def test_the_same_seed_makes_the_same_calls(run: Run, tmp_path: Path) -> None:
    said = []
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        run("--data-dir", str(tmp_path / name), *PRACTICE, "--seed", seed)
        said.append(run("--data-dir", str(tmp_path / name), *VOLUMES).done)
    assert said[0] == said[1] != said[2]


def test_as_of_is_today_for_practice_data_too(run: Run, place: tuple[str, ...]) -> None:
    run(*place, *PRACTICE)
    after = run(*place, "report", "call-volumes", "--period", "2002-04..2030-12", "--as-of", "2031-01-01").done
    assert "April 2002 to December 2030      0" in after


def test_a_report_is_shown_and_written_by_suffix(run: Run, place: tuple[str, ...], tmp_path: Path) -> None:
    run(*place, *PRACTICE)
    shown = run(*place, *VOLUMES).done
    for name in ("volumes.json", "VOLUMES.JSON", "volumes.pdf", "Volumes.Pdf"):
        assert run(*place, *VOLUMES, "--to", str(tmp_path / name)).done.startswith(shown.rstrip("\n"))
    [(label, count, *_rest), (last_label, last_count, before, *_more)] = figures(tmp_path / "volumes.json")
    assert (label, last_label) == ("2000-01", "2001-02 to March")
    assert f"{last_count:,}" in shown
    paper = " ".join(pages((tmp_path / "volumes.pdf").read_bytes()))
    for words in ("Call volumes", "2001-02 to March", str(count), str(last_count), str(before)):
        assert words in paper
    assert (tmp_path / "Volumes.Pdf").read_bytes().startswith(b"%PDF")


def test_json_has_the_shape_that_scripts_rely_on(run: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "volumes.json"
    run("--data-dir", str(folder), *PRACTICE)
    run("--data-dir", str(folder), *VOLUMES, "--year-ends", "JULY", "--to", str(file))
    made = json.loads(file.read_text(encoding="utf-8"))
    assert list(made)[:5] == ["format", "report", "as_of", "year_ends", "periods"]
    assert (made["format"], made["report"], made["as_of"], made["year_ends"]) == (
        1,
        "call-volumes",
        "2002-03-31",
        "july",
    )
    assert [table["id"] for table in made["tables"]] == list(TABLES)
    for table in made["tables"]:
        assert {"id", "title", "unit", "definition", "columns", "rows", "notes", "marks"} <= set(table)
        for at, row in enumerate(table["rows"]):
            assert len(row) == len(table["columns"])
            assert isinstance(row[0], str)
            assert not any(isinstance(cell, bool) for cell in row)
            marked = {column for line, column, why in table["marks"] if line == at and why}
            assert marked == {column for column, cell in enumerate(row) if cell is None}


def test_one_count_is_written_into_as_many_files_as_are_wanted(
    run: Run, place: tuple[str, ...], tmp_path: Path
) -> None:
    run(*place, *PRACTICE)
    names = [tmp_path / f"volumes.{suffix}" for suffix in ("pdf", "docx", "xlsx", "csv", "json", "html")]
    wanted = [part for name in names for part in ("--to", str(name))]
    said = run(*place, *VOLUMES, *wanted, "--to", str(names[0])).done
    assert said.endswith("".join(f"Written to {name}\n" for name in names))
    assert sorted(file.name for file in tmp_path.glob("volumes.*")) == sorted(name.name for name in names)
    [(_label, count, *_rest), _last] = figures(names[4])
    assert f"by-year,2000-01,Calls,{count},calls," in names[3].read_text(encoding="utf-8-sig")


def test_only_the_tables_that_were_named_are_counted_and_shown_whole(
    run: Run, place: tuple[str, ...], tmp_path: Path
) -> None:
    run(*place, *PRACTICE)
    whole = run(*place, *VOLUMES).done
    assert "more rows: --table by-topic shows them all, and so does a file" in whole
    said = run(*place, *VOLUMES, "--table", "by-topic", "--table", "by-year", "--to", str(tmp_path / "v.json")).done
    assert "more rows" not in said
    made = json.loads((tmp_path / "v.json").read_text(encoding="utf-8"))
    assert [table["id"] for table in made["tables"]] == ["by-year", "by-topic"]
    for label, *_figures in made["tables"][1]["rows"]:
        assert f"\n{label}  " in said


def test_the_trend_sheet_compares_a_term_with_the_one_before(run: Run, place: tuple[str, ...], tmp_path: Path) -> None:
    run(*place, *PRACTICE)
    said = run(*place, *TERM, "--to", str(tmp_path / "trend.json")).done
    assert said.startswith("Trends by area, ")
    made = json.loads((tmp_path / "trend.json").read_text(encoding="utf-8"))
    assert made["report"] == "area-trends"
    assert made["tables"][0]["columns"][1:3] == ["Autumn 2001-02", "Summer 2000-01"]
    assert "is not a term" in run(*place, *TERM[:3], "2001-02", *AS_OF).refusal


def test_a_public_report_says_what_it_hides_and_hides_it(run: Run, place: tuple[str, ...], tmp_path: Path) -> None:
    run(*place, *PRACTICE)
    file = tmp_path / "public.json"
    said = run(*place, *VOLUMES, "--public", "--to", str(file)).done
    assert "For publication: counts of 1 to 4 are hidden" in said
    made = json.loads(file.read_text(encoding="utf-8"))
    assert made["least_published"] == 5
    counts = [
        cell
        for table in made["tables"]
        for row in table["rows"]
        for cell, head in zip(row[1:], table["columns"][1:], strict=True)
        if isinstance(cell, int) and not head.startswith("Change")
    ]
    assert len(counts) > 100
    assert not [count for count in counts if 0 < count < 5]
    assert "1 to 4" in said
    assert "For publication" not in run(*place, *VOLUMES).done


def test_the_desks_own_year_is_taken_unless_another_is_said(run: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "settings.toml").write_text('version = 1\nyear_ends = "march"\n', encoding="utf-8")
    desk = ("--data-dir", str(folder))
    assert "Call volumes, April to March" in run(*desk, *VOLUMES).done
    assert "Call volumes, September to August" in run(*desk, *VOLUMES, "--year-ends", "august").done


def test_nothing_is_counted_for_a_file_that_could_not_be_written(run: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "volumes.json"
    file.write_text("was there before")
    (tmp_path / "volumes.pdf").mkdir()
    assert "is a folder" in run("--data-dir", str(folder), *VOLUMES, "--to", str(tmp_path / "volumes.pdf")).refusal
    assert "too long" in run("--data-dir", str(folder), *VOLUMES, "--to", f"{'v' * 300}.pdf").refusal
    assert file.read_text() == "was there before"


def test_a_log_comes_in_once_and_can_be_taken_back(run: Run, place: tuple[str, ...], log: Path) -> None:
    assert "Dry run: 2 calls would be added" in run(*place, "import", "calls", str(log), "--dry-run").done
    assert "Nothing has been imported." in run(*place, "import", "list").done
    assert "2 calls added, 0 on record already. Import number 1." in run(*place, "import", "calls", str(log)).done
    assert "0 calls added, 2 on record already." in run(*place, "import", "calls", str(log)).done
    assert "log.csv: 2 calls" in run(*place, "import", "list").done
    assert "taken back: 2 calls" in run(*place, "import", "undo", "1").done
    assert "taken back" in run(*place, "import", "list").done
    assert "0 calls on record." in run(*place, "check").done


def test_values_on_no_list_are_counted_and_come_in_only_when_that_is_said(
    run: Run, place: tuple[str, ...], log: Path
) -> None:
    log.write_text(LOG.replace("admissions", "Swimming").replace("north", "Riverside"), encoding="utf-8")
    said = run(*place, "import", "calls", str(log))
    assert "line “Riverside” (1)" in said.refusal
    assert "topics “Swimming”: 2 rows, first in row 2, on no list" in said.out
    assert "line “Riverside”: 1 row, first in row 3, on no list" in said.out
    assert "0 calls on record." in run(*place, "check").done
    added = run(*place, "import", "calls", str(log), "--add-unknown").done
    assert "topics “Swimming”: 2 rows, first in row 2, added to the list" in added
    assert "2 calls added" in added


def test_every_problem_of_a_file_is_listed_and_nothing_is_kept(run: Run, place: tuple[str, ...], log: Path) -> None:
    log.write_text(LOG + "31/02/2002,central,Parent,admissions,three\n,central,,admissions,four\n", encoding="utf-8")
    said = run(*place, "import", "calls", str(log))
    assert "row 4, column taken_at, “31/02/2002”: there is no such day" in said.refusal
    assert "Row 5, column taken_at: the date is missing" in said.out
    assert "Row 5, column caller_kind: the kind of caller is missing" in said.out
    assert "0 calls on record." in run(*place, "check").done


def test_who_acts_in_a_local_file_is_written_beside_what_they_did(run: Run, folder: Path, log: Path) -> None:
    run("--data-dir", str(folder), "--as", "  Hana   Helpline ", "import", "calls", str(log))
    from contextlib import closing

    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(str(folder / "ppsdesk.db"))) as opened:
        found = opened.execute("SELECT DISTINCT person FROM audit_entry WHERE table_name = 'call'").fetchall()
    assert found == [("Hana Helpline",)]


def test_a_shared_database_knows_people_by_their_login_whatever_as_says(run: Run, address: str, folder: Path) -> None:
    said = run("--data-dir", str(folder), "--database", address, "--as", "Somebody Else", "check").done
    assert f"signed in as {PERSON}." in said


def test_the_owner_makes_the_tables_of_a_shared_database_once(
    run: Run, server: postgres.Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PPSDESK_PASSWORD", postgres.PASSWORD)
    with server.database(owner=PERSON) as name:
        shared = ("--data-dir", str(folder), "--database", server.address(name, PERSON))
        assert "has no ppsdesk tables yet" in run(*shared, "check").refusal
        assert "The tables were made." in run(*shared, "check", "--create").done
        assert "The tables were there already." in run(*shared, "check", "--create").done
        assert "The audit trail is on." in run(*shared, "check").done
        assert not (folder / "ppsdesk.db").exists()


def test_a_wrong_password_is_one_sentence(
    run: Run, address: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PPSDESK_PASSWORD", "wrong")
    refusal = run("--data-dir", str(folder), "--database", address, "check").refusal
    assert refusal.startswith("The server did not accept this name and password.")


def test_without_a_password_and_without_anybody_to_ask_it_says_where_to_put_one(
    run: Run, address: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PPSDESK_PASSWORD")
    refusal = run("--data-dir", str(folder), "--database", address, "check").refusal
    assert "set the variable PPSDESK_PASSWORD" in refusal


def test_a_server_that_does_not_answer_is_one_sentence(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PPSDESK_PASSWORD", "any")
    refusal = run("--data-dir", str(folder), "--database", "postgresql://hana@127.0.0.1:1/calls", "check").refusal
    assert refusal.startswith("The database server did not answer.")


def test_a_fault_of_the_program_is_told_in_one_sentence_and_kept_in_the_log(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ppsdesk.services.reporting import Reporting

    monkeypatch.delattr(Reporting, "call_volumes")
    refusal = run("--data-dir", str(folder), *VOLUMES).refusal
    assert refusal.startswith("The program made a mistake (AttributeError)")
    assert "Traceback" in (folder / "logs" / "ppsdesk.log").read_text(encoding="utf-8")
