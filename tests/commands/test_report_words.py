"""What `report` prints, and what it does when it takes long or is stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ppsdesk.commands import report as command
from ppsdesk.domain.figures import Column, Count
from ppsdesk.reports import writing
from ppsdesk.reports.suppression import suppressed
from tests.commands.conftest import Run
from tests.reports import handmade

REPORT = handmade.report()
AS_OF = ("--as-of", "2002-03-31")
VOLUMES = ("report", "call-volumes", "--period", "2001-02", "--table", "by-year", *AS_OF)


def test_figures_stand_under_their_heads_and_labels_to_the_left() -> None:
    lines = command.in_words(REPORT).split("\n")
    assert lines[0] == "Call volumes, September to July, as of 2002-03-31"
    assert lines[2:6] == [
        "Calls by year",
        "Year     Calls  Year before, same days  Change  Change, %",
        "1999-00  1,249                       –       –          –",
        "2000-01  2,647                   1,249  +1,398   +111.9 %",
    ]
    assert "North  Transport         31" in lines


def test_a_hidden_figure_has_its_mark_and_the_first_lines_say_so() -> None:
    said = command.in_words(suppressed(REPORT, 5))
    assert said.split("\n")[1].startswith("For publication: counts of 1 to 4 are hidden")
    assert "1 to 4" in next(line for line in said.split("\n") if line.startswith("Bus & taxi"))
    assert "hides no count" in command.in_words(suppressed(REPORT, 1))


def test_a_long_table_is_cut_unless_it_was_asked_for() -> None:
    table = replace(REPORT.tables[2], rows=tuple((f"Area {at}", "All", Count(at)) for at in range(40)))
    long = replace(REPORT, tables=(table,))
    assert command.in_words(long, whole=False).count("\nArea ") == 10 + 1  # the head is “Area”, too
    assert "… and 30 more rows: --table changes shows them all" in command.in_words(long, whole=False)
    assert command.in_words(long).count("\nArea ") == 41


def test_a_wide_table_keeps_its_labels_and_the_latest_columns() -> None:
    years = range(1950, 1990)
    columns = (Column(head="Topic", kind="text"), *(Column(head=str(year)) for year in years))
    table = replace(REPORT.tables[2], columns=columns, rows=(("All", *(Count(1_000 + year) for year in years)),))
    said = command.in_words(replace(REPORT, tables=(table,)))
    assert max(map(len, said.split("\n"))) <= command.WIDEST
    assert "\nTopic" in said
    assert "1989" in said
    assert "1950" not in said
    assert "columns of earlier periods do not fit here" in said


def test_a_label_cannot_steer_the_terminal() -> None:
    table = replace(REPORT.tables[2], rows=(("\x1b[2J\u202eNorth\r\nSouth", "x", Count(31)),), notes=("\x07bell",))
    said = command.in_words(replace(REPORT, tables=(table,)))
    assert not [sign for sign in said if not sign.isprintable() and sign != "\n"]
    assert "[2JNorth South" in said


def test_a_count_that_takes_long_tells_how_far_it_is_on_the_error_stream(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = command.Telling("Tables counted")
    quick(1, 16)
    monkeypatch.setattr(command, "PATIENCE", -1.0)
    slow = command.Telling("Tables counted")
    slow(1, 16)
    slow(16, 16)
    assert capsys.readouterr() == ("", "Tables counted: 1 of 16\nTables counted: 16 of 16\n")


def test_a_report_that_is_stopped_names_the_files_that_are_whole(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_made: object) -> bytes:
        raise KeyboardInterrupt

    first, second = tmp_path / "first.json", tmp_path / "second.csv"
    second.write_text("of last term")
    monkeypatch.setitem(writing.WRITERS, ".csv", stopped)
    desk = ("--data-dir", str(folder))
    refusal = run(*desk, *VOLUMES, "--to", str(first), "--to", str(second)).refusal
    assert refusal == f"Stopped. “{first}” had been written and is whole; nothing else was changed."
    assert first.read_text(encoding="utf-8").endswith("}\n")
    assert second.read_text() == "of last term"
    first.unlink()
    assert run(*desk, *VOLUMES, "--to", str(second)).refusal == "Stopped. Nothing was changed."
    assert [file.name for file in tmp_path.glob("*.*")] == ["second.csv"]


def test_no_file_is_written_where_one_of_them_cannot_be(run: Run, folder: Path, tmp_path: Path) -> None:
    wanted = ("--to", str(tmp_path / "first.json"), "--to", str(tmp_path / "nowhere" / "second.pdf"))
    assert "There is no folder" in run("--data-dir", str(folder), *VOLUMES, *wanted).refusal
    assert list(tmp_path.iterdir()) in ([], [folder])
