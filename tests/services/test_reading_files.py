"""Files as people have them, read into rows, and files that cannot be, refused in one sentence."""

import os
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest

from ppsdesk.domain.errors import Interrupted, Refused
from ppsdesk.domain.imports import Table
from ppsdesk.services.tables_in import read_table
from ppsdesk.services.tables_in.workbook import read_workbook
from tests.services.some_files import (
    CALLS,
    HALF_PAST_TEN,
    HEADER,
    as_csv,
    assert_one_sentence,
    refusal,
    write_bytes,
    write_workbook,
)

Write = Callable[..., Path]


@pytest.fixture
def a_csv(tmp_path: Path) -> Write:
    return lambda content, name="calls.csv": write_bytes(tmp_path / name, content)


@pytest.fixture
def a_workbook(tmp_path: Path) -> Write:
    return lambda rows, name="calls.xlsx", **how: write_workbook(tmp_path / name, rows, **how)


def cells_of(table: Table) -> list[list[object]]:
    return [list(row.cells) for row in table.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_csv_is_read_alike_in_every_usual_encoding_and_separator(a_csv: Write, encoding: str, separator: str) -> None:
    table = read_table(a_csv(as_csv([HEADER, *CALLS], separator).encode(encoding)))
    assert list(table.header) == HEADER
    assert cells_of(table) == CALLS
    assert [row.number for row in table.rows] == [2, 3]


def test_reading_as_windows_text_is_said_and_reading_as_utf8_needs_no_word(a_csv: Write) -> None:
    text = as_csv([HEADER, *CALLS])
    assert read_table(a_csv(text)).notes == ()
    [note] = read_table(a_csv(text.encode("cp1252"))).notes
    assert "cp1252" in note


def test_utf8_with_one_damaged_letter_is_not_taken_for_windows_text(a_csv: Write) -> None:
    content = as_csv([HEADER, *CALLS, *CALLS]).encode()
    place = content.rindex("ë".encode())
    assert "line 5 holds a damaged letter" in refusal(a_csv(content[:place] + content[place + 1 :]))


def test_a_quoted_line_break_starts_no_new_row_and_an_empty_row_keeps_its_number(a_csv: Write) -> None:
    table = read_table(a_csv('a,b\r\n1,"two\nlines"\r\n\r\n,\r\n3,four\r\n'))
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("1", "two\nlines")), (5, ("3", "four"))]


def test_a_separator_named_by_a_spreadsheet_is_believed_and_is_no_row(a_csv: Write) -> None:
    table = read_table(a_csv("sep=;\r\na;b,c\r\n1;2\r\n"))
    assert (table.header, table.rows[0].number, table.rows[0].cells) == (("a", "b,c"), 2, ("1", "2"))


def test_a_short_row_is_filled_and_a_long_one_keeps_what_is_too_much(a_csv: Write) -> None:
    table = read_table(a_csv("a,b,c\n1\n1,2,3,4\n"))
    assert cells_of(table) == [["1", "", ""], ["1", "2", "3", "4"]]


def test_a_very_long_note_is_read_whole(a_csv: Write) -> None:
    [row] = read_table(a_csv("a,b\n1," + "x" * 3_000_000)).rows
    assert len(str(row.cells[1])) == 3_000_000


def test_a_workbook_gives_days_times_and_whole_numbers(a_workbook: Write) -> None:
    rows: list[list[object]] = [
        ["when", "day", "minutes", "share", "phone", "yes", "note"],
        [HALF_PAST_TEN, date(2001, 9, 3), 12.0, 1.5, 7700900123, True, "=1+1"],
        ["", "", 0, "", "", "", ""],
        [],
        ["", "", "", "", "", "", "last"],
    ]
    table = read_table(a_workbook(rows))
    assert table.header == tuple(rows[0])
    assert cells_of(table)[:2] == rows[1:3]
    assert [type(cell) for cell in table.rows[0].cells] == [datetime, date, int, float, int, bool, str]
    assert [row.number for row in table.rows] == [2, 3, 5]
    assert table.notes == ()


def test_a_time_without_a_day_stays_a_time(a_workbook: Write) -> None:
    [row] = read_table(a_workbook([["a", "b"], [time(0, 12), "x"]])).rows
    assert row.cells == (time(0, 12), "x")


def test_only_the_first_sheet_is_read_and_that_is_said(a_workbook: Write) -> None:
    [note] = read_table(a_workbook([["a"], ["1"]], sheets=("Calls", "Other"))).notes
    assert "2 sheets" in note
    assert "“Calls”" in note


def test_a_large_workbook_and_csv_report_their_progress_and_can_be_stopped(a_workbook: Write, a_csv: Write) -> None:
    rows: list[list[object]] = [["a", "b"], *([str(n), n] for n in range(12_000))]
    for path in (a_workbook(rows), a_csv(as_csv([[str(cell) for cell in row] for row in rows]))):
        told: list[tuple[int, int]] = []
        assert len(read_table(path, progress=lambda done, of, told=told: told.append((done, of))).rows) == 12_000
        assert len(told) >= 2
        assert all(done <= of for done, of in told)

        def stop(done: int, of: int) -> None:
            raise Interrupted("Stopped.")

        with pytest.raises(Interrupted):
            read_table(path, progress=stop)


def test_a_missing_file_a_folder_and_a_foreign_kind_are_refused(tmp_path: Path, a_csv: Write) -> None:
    assert "no such file" in refusal(tmp_path / "gone.csv")
    (tmp_path / "folder.csv").mkdir()
    assert "folder" in refusal(tmp_path / "folder.csv")
    assert "only .csv and .xlsx" in refusal(a_csv("a,b\n1,2\n", "calls.ods"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert "not an ordinary file" in refusal(tmp_path / "pipe.csv")


def test_a_file_one_may_not_read_is_refused(a_csv: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_csv("a,b\n1,2\n")
    path.chmod(0)

    def forbidden(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    if os.access(path, os.R_OK):  # the superuser may read anything, so the system's answer is given here
        monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert "may not read" in refusal(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "first row is empty"),
        (b"a,b\n", "no row below"),
        (b"a,b\n,\n\n", "no row below"),
        (b"a,b\n1,2\n3,\x004\n", "row 3 holds a NUL"),
        (b'a,b\n1,"x\ny"\n3,\x004\n', "row 3 holds a NUL"),
        (b'a,b\n1,2\n3,"never closed\n5,6\n', "row 3 opens a quotation mark"),
        (b'a,b\n1,2\n3,"word" more\n', "row 3 has a quotation mark in the wrong place"),
        (b'"a,b\n1,2\n', "row 1 opens a quotation mark"),
        (bytes(random.Random(3).randbytes(4_000)), ""),
        (b"\xff\xfea\x00,\x00b\x00\n\x00\x00\xd8", "damaged letter"),
    ],
)
def test_a_csv_that_is_no_table_is_refused_naming_the_row(a_csv: Write, content: bytes, words: str) -> None:
    assert words in refusal(a_csv(content))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (as_csv([HEADER, *CALLS]).encode(), "not an Excel workbook"),
        (bytes(random.Random(4).randbytes(20_000)), "not an Excel workbook"),
        (b"PK\x03\x04" + bytes(random.Random(5).randbytes(20_000)), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), "old kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_what_only_calls_itself_a_workbook_is_refused(a_csv: Write, content: bytes, words: str) -> None:
    assert words in refusal(a_csv(content, "calls.xlsx"))


def test_an_empty_workbook_and_one_with_a_header_only_are_refused(a_workbook: Write) -> None:
    assert "first row is empty" in refusal(a_workbook([]))
    assert "no row below" in refusal(a_workbook([list(HEADER)]))


def test_another_archive_named_as_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letters.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "not an Excel workbook" in refusal(path)


def test_a_workbook_cut_off_in_the_middle_is_refused(a_workbook: Write) -> None:
    path = a_workbook([list(HEADER), *CALLS])
    path.write_bytes(path.read_bytes()[:-400])
    assert "damaged" in refusal(path)


def test_a_workbook_that_takes_too_long_is_given_up(a_workbook: Write) -> None:
    path = a_workbook([["a", "b"], *([str(n), n] for n in range(20_000))])
    with pytest.raises(Refused, match="took longer") as refused:
        read_workbook(path, lambda done, of: None, seconds=0.01)
    assert_one_sentence(refused.value.sentence, path.name)


def test_an_empty_column_behind_the_header_is_no_column_and_a_cell_in_it_is_kept_for_the_check(
    a_workbook: Write,
) -> None:
    table = read_table(a_workbook([["a", "", "c", ""], ["1", "", "3", "stray"]]))
    assert table.header == ("a", "", "c")
    assert table.rows[0].cells == ("1", "", "3", "stray")
