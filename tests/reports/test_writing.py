"""Into a file, whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ppsdesk.domain.errors import Refused
from ppsdesk.reports import call_volumes, writing
from tests.reports.by_hand import hertfordshire, paper

REPORT = call_volumes.report(hertfordshire())
PAPER = paper(hertfordshire())


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("calls.pdf", b"%PDF"),
        ("CALLS.PDF", b"%PDF"),
        ("calls.Json", b"{"),
        ("calls.docx", b"PK"),
        ("calls.xlsx", b"PK"),
        ("calls.csv", b"\xef\xbb\xbftable,row,column,value,unit,note\r\n"),
        ("calls.Html", b"<!DOCTYPE html>"),
    ],
)
def test_the_suffix_says_what_is_written_in_any_case(tmp_path: Path, name: str, begins: bytes) -> None:
    writing.write(REPORT, PAPER, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["calls.doc", "calls", "calls.pdf.exe", "calls.xlsm"])
def test_another_suffix_is_refused_naming_those_we_write(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        writing.write(REPORT, PAPER, tmp_path / name)
    known = ".pdf, .docx, .xlsx, .csv, .json or .html"
    assert refused.value.message == f"“{name}” cannot be written: reports are saved as {known}."
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_there_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "calls.json"
    target.write_text("the report of last term")
    writing.write(REPORT, PAPER, target)
    assert json.loads(target.read_text(encoding="utf-8"))["report"] == "call-volumes"


def test_the_old_report_is_never_written_into(tmp_path: Path) -> None:
    target, kept = tmp_path / "calls.json", tmp_path / "kept"
    target.write_text("the report of last term")
    kept.hardlink_to(target)
    writing.write(REPORT, PAPER, target)
    assert kept.read_text() == "the report of last term"


def test_a_link_stays_a_link_to_the_new_report(tmp_path: Path) -> None:
    target, link = tmp_path / "real.dat", tmp_path / "latest.json"
    target.write_text("old")
    link.symlink_to(target)
    writing.write(REPORT, PAPER, link)
    assert link.is_symlink()
    assert json.loads(target.read_text(encoding="utf-8"))["format"] == 1


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "calls.pdf").mkdir()
    with pytest.raises(Refused, match="is a folder"):
        writing.write(REPORT, PAPER, tmp_path / "calls.pdf")


def test_a_file_that_is_protected_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "calls.json"
    target.write_text("signed off")
    monkeypatch.setattr(os, "access", lambda path, mode: (Path(path), mode) != (target, os.W_OK))  # root may always
    with pytest.raises(Refused, match=r"calls\.json” may not be changed"):
        writing.write(REPORT, PAPER, target)
    assert target.read_text() == "signed off"


def test_a_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"There is no folder “.*nowhere”"):
        writing.write(REPORT, PAPER, tmp_path / "nowhere" / "calls.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_name_too_long_for_the_disk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="name of the file is too long"):
        writing.write(REPORT, PAPER, tmp_path / f"{'a' * 300}.json")
    assert list(tmp_path.iterdir()) == []


def test_a_name_with_a_nul_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        writing.write(REPORT, PAPER, tmp_path / "a\0b.json")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "You may not save files in the folder"),
        (errno.EROFS, "You may not save files in the folder"),
        (errno.EIO, "“calls.json” could not be saved: input/output error."),
    ],
)
def test_a_disk_that_fails_leaves_the_old_report_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    target = tmp_path / "calls.json"
    target.write_text("the report of last term")
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(Refused) as refused:
        writing.write(REPORT, PAPER, target)
    assert refused.value.message.startswith(words)
    assert "a file that was there before is unchanged" in refused.value.hint
    assert target.read_text() == "the report of last term"
    assert [file.name for file in tmp_path.iterdir()] == ["calls.json"]


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stops)
    with pytest.raises(KeyboardInterrupt):
        writing.write(REPORT, PAPER, tmp_path / "calls.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit to a file's size")
def test_a_limit_to_the_size_of_files_is_met_in_words(tmp_path: Path) -> None:
    program = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));"
        "from pathlib import Path; from ppsdesk.domain.errors import Refused;"
        "from tests.reports import test_writing as t\n"
        f"try: t.writing.write(t.REPORT, t.PAPER, Path({str(tmp_path / 'calls.json')!r}))\n"
        "except Refused as refused: print(refused.message)"
    )
    done = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "“calls.json” could not be saved: file too large.\n"
    assert list(tmp_path.iterdir()) == []


def test_the_file_can_be_read_by_those_the_desk_lets_read(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("")
    writing.write(REPORT, PAPER, tmp_path / "calls.json")
    assert (tmp_path / "calls.json").stat().st_mode == (tmp_path / "other").stat().st_mode
