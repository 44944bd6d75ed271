"""What can be typed, where, and what is answered to what cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.harness.silent import closed_port

YEAR = ("--period", "2001-02")
VOLUMES = ("report", "call-volumes")
TRENDS = ("report", "area-trends")


@pytest.mark.parametrize(
    "command",
    [
        (), ("practice",), ("report",), VOLUMES, TRENDS, ("import",), ("import", "calls"), ("import", "list"),
        ("import", "undo"), ("check",),
    ],
)  # fmt: skip
def test_every_command_explains_itself(run: Run, command: tuple[str, ...]) -> None:
    said = run(*command, "--help")
    assert said.done.startswith("usage: ppsdesk")
    assert "--data-dir" in said.out


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").done.startswith("ppsdesk ")


@pytest.mark.parametrize(
    "line",
    [
        ("nonsense",),
        ("--nonsense",),
        ("report",),
        ("report", "nonsense"),
        VOLUMES,
        (*VOLUMES, "--period"),
        (*VOLUMES, *YEAR, "--nonsense"),
        (*VOLUMES, *YEAR, "stray"),
        (*VOLUMES, *YEAR, "--table"),
        TRENDS,
        (*TRENDS, "--period", "2001-02/autumn", "--table", "by-topic"),
        ("import",),
        ("import", "nonsense"),
        ("import", "calls"),
        ("import", "undo"),
        ("practice", "--year", "2"),
        ("check", "--data-dir"),
        ("check", "--as"),
    ],
)
def test_a_line_that_makes_no_sense_ends_with_status_2(run: Run, folder: Path, line: tuple[str, ...]) -> None:
    said = run("--data-dir", str(folder), *line)
    assert said.status == 2
    assert "usage: ppsdesk" in said.err
    assert not folder.exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ((*VOLUMES, "--period", "last year"), "“last year” is not a period."),
        ((*VOLUMES, "--period", ""), "“” is not a period."),
        ((*VOLUMES, "--period", "2001-03"), "A single month is 2001-03..2001-03."),
        ((*VOLUMES, "--period", "9999-00"), "is too far away for a report"),
        ((*VOLUMES, "--period", "2001-02", "--period", "x"), "“x” is not a period."),
        ((*VOLUMES, "--period", "2050-51"), "Choose a period that has begun."),
        ((*VOLUMES, *YEAR, "--year-ends", "may"), "A year cannot end in “may”."),
        ((*VOLUMES, *YEAR, "--as-of", "31/03/2002"), "--as-of “31/03/2002” is not a date."),
        ((*VOLUMES, *YEAR, "--as-of", "2002-02-30"), "is not a date. Write it as 2002-03-31."),
        ((*VOLUMES, *YEAR, "--as-of", "0001-01-01"), "is too far away."),
        ((*VOLUMES, *YEAR, "--to", "volumes.doc"), "reports are saved as .pdf, .docx, .xlsx, .csv, .json or .html"),
        ((*VOLUMES, *YEAR, "--to", "volumes"), "reports are saved as .pdf, .docx, .xlsx, .csv, .json or .html"),
        ((*VOLUMES, *YEAR, "--to", "ok.pdf", "--to", "volumes.txt"), "“volumes.txt” cannot be written"),
        ((*VOLUMES, *YEAR, "--table", "by-wish"), "Its tables are by-year, by-term, by-month, by-line"),
        ((*VOLUMES, *YEAR, "--to", "no/such/folder/volumes.pdf"), "There is no folder"),
        (("practice", "--years", "many"), "--years “many” is not a whole number."),
        (("practice", "--years", "0"), "Practice data are from 1 to 60 years"),
        (("practice", "--calls-per-year", "-1"), "Practice data are from 1 to 60 years"),
        (("practice", "--calls-per-year", "99999999999999999999"), "Practice data are from 1 to 60 years"),
        (("practice", "--seed", "1.5"), "--seed “1.5” is not a whole number."),
        (("practice", "--as-of", "0001-01-01"), "is too far away."),
        (("import", "undo", "x"), "The number “x” is not a whole number."),
        (("import", "undo", "7"), "There is no import number 7."),
        (("import", "undo", "9" * 40), "There is no import number 999"),
        (("import", "calls", "nowhere.csv"), "there is no such file"),
        (("import", "calls", "."), "Nothing was imported from"),
        (("check", "--as", "x" * 201), "--as takes a name of up to 200 printable characters."),
        (("check", "--as", "a\x07b"), "--as takes a name of up to 200 printable characters."),
        (("check", "--as-of", "yesterday"), "--as-of “yesterday” is not a date."),
        (("check", "--as", " "), "--as is empty."),
        (("check", "--database", "postgresql://hana@server/\udcff"), "--database holds signs that no address has."),
        (("check", "--as-of", "20020331"), "--as-of “20020331” is not a date."),
        (("check", "--as-of", "2002-W13-7"), "--as-of “2002-W13-7” is not a date."),
        (("practice", "--years", "١"), "--years “١” is not a whole number."),
        (("practice", "--years", "1_0"), "--years “1_0” is not a whole number."),
        (("practice", "--seed", "9" * 5_000), "99…” is not a whole number."),
        (("import", "calls", ""), "No file was named."),
        (("dates", "\x1b[31mAPL\nEHC20"), "There is no rule “?[31mAPL EHC20”."),
        ((*VOLUMES, "--period", "\x1b]0;x\x07"), "“?]0;x?” is not a period."),
        ((*VOLUMES, "--period", "2" * 3_000), "22…” is not a period."),
        (("check", "--database", "nonsense"), "is not the address of a"),
        (("check", "--database", "mysql://hana@server/calls"), "is not the address of a shared database."),
        (("check", "--database", "postgresql://hana@server"), "is not the address of a shared database."),
        (("check", "--database", "postgresql://hana:secret@server/calls"), "An address must not carry a password"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(
    run: Run, folder: Path, line: tuple[str, ...], says: str
) -> None:
    refusal = run("--data-dir", str(folder), *line).refusal
    assert says in refusal
    assert "secret" not in refusal


def test_an_empty_name_for_the_folder_is_not_the_folder_one_stands_in(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check", "--data-dir", "").refusal.startswith("--data-dir is empty.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("check",), ("practice",), ("dates", "--list")])
def test_an_empty_address_is_not_the_file_on_this_computer(run: Run, folder: Path, command: tuple[str, ...]) -> None:
    refusal = run(*command, "--data-dir", str(folder), "--database", "").refusal
    assert refusal.startswith("--database is empty.")
    assert not folder.exists()


@pytest.mark.parametrize("command", [("check",), ("dates", "APL", "--on", "decision=2025-10-01")])
def test_a_folder_that_is_a_file_is_refused(run: Run, folder: Path, command: tuple[str, ...]) -> None:
    folder.write_text("not a folder")
    assert "is a file, not a folder" in run(*command, "--data-dir", str(folder)).refusal


def test_the_throw_away_window_goes_with_no_command(run: Run, folder: Path) -> None:
    """It would count, and check, what is not thrown away."""
    said = run("--practice", "check", "--data-dir", str(folder))
    assert said.status == 2
    assert "--practice opens the window and goes with no command" in said.err
    assert not folder.exists()


@pytest.mark.parametrize(("content", "says"), [(b"\xff\xfe\x00", "(it is not text)"), (None, "(is a directory)")])
def test_settings_that_cannot_be_read_are_told_without_the_words_of_a_machine(
    run: Run, folder: Path, content: bytes | None, says: str
) -> None:
    folder.mkdir()
    settings = folder / "settings.toml"
    if content is None:
        settings.mkdir()
    else:
        settings.write_bytes(content)
    refusal = run("check", "--data-dir", str(folder)).refusal
    assert refusal.startswith(f"The settings file settings.toml cannot be read {says}.")


@pytest.mark.parametrize("option", ["sslmode=perhaps", "colour=blue"])
def test_an_address_with_an_option_that_makes_no_sense_is_told_as_such(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.setenv("PPSDESK_PASSWORD", "practice-only")
    address = f"postgresql://cora@127.0.0.1:{closed_port()}/helpline?{option}"
    refusal = run("server", "people", "--data-dir", str(folder), "--database", address).refusal
    assert refusal.startswith("Something behind the “?” in the address cannot be understood.")


@pytest.mark.parametrize("command", [("check",), ("server", "setup"), ("server", "people"), ("practice",)])
def test_a_server_that_does_not_answer_is_told_to_somebody_who_typed_nothing_into_a_window(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PPSDESK_PASSWORD", "practice-only")
    address = f"postgresql://cora@127.0.0.1:{closed_port()}/helpline"
    refusal = run(*command, "--data-dir", str(folder), "--database", address).refusal
    assert "did not answer" in refusal
    assert "Check the address and the network, then" in refusal
    assert "typed" not in refusal


def test_options_may_stand_before_or_after_the_command(run: Run, folder: Path) -> None:
    run("--data-dir", str(folder), "--as-of", "2002-03-31", "practice", "--years", "1", "--calls-per-year", "20")
    before = run("--data-dir", str(folder), "--as-of", "2002-03-31", *VOLUMES, *YEAR)
    after = run(*VOLUMES, *YEAR, "--data-dir", str(folder), "--as-of", "2002-03-31")
    between = run("report", "--as-of", "2002-03-31", "call-volumes", *YEAR, "--data-dir", str(folder))
    assert before.done == after.done == between.done
    assert "2001-02 to March" in before.out


def test_an_option_said_twice_counts_as_said_last(run: Run, folder: Path) -> None:
    said = run("--as-of", "2001-12-31", *VOLUMES, *YEAR, "--data-dir", str(folder), "--as-of", "2002-03-31")
    assert "as of 2002-03-31" in said.done


def test_options_may_not_be_shortened(run: Run, folder: Path) -> None:
    assert run("check", "--data", str(folder)).status == 2


def test_a_folder_that_is_not_there_is_made_with_an_empty_database(run: Run, folder: Path) -> None:
    assert "0 calls on record." in run("check", "--data-dir", str(folder / "deeper")).done
    assert (folder / "deeper" / "ppsdesk.db").is_file()
