"""Hertfordshire's published totals, from the call log to the printed page, by the command line alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.reports.reading import pages
from tests.samples import hertfordshire

ASKED = (
    "report", "call-volumes", "--period", "1999-00", "--period", "2000-01", "--period", "2001-02",
    "--year-ends", "july", "--as-of", "2002-03-31",
)  # fmt: skip


def test_the_call_log_adds_up_to_what_was_published() -> None:
    assert list(hertfordshire.PUBLISHED.values()) == [sum(months) for months in hertfordshire.MONTHS.values()]
    assert [len(months) for months in hertfordshire.MONTHS.values()] == [11, 11, 7]


@pytest.fixture(scope="module", params=[".csv", ".xlsx"])
def log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hertfordshire") / f"log{request.param}"
    hertfordshire.write(path)
    return path


def test_the_three_published_figures_come_out_exactly(
    run: Run, place: tuple[str, ...], log: Path, tmp_path: Path
) -> None:
    file, paper = tmp_path / "volumes.json", tmp_path / "volumes.pdf"
    calls = sum(hertfordshire.PUBLISHED.values()) + sum(hertfordshire.AUGUSTS.values())
    assert f"{calls:,} calls added" in run(*place, "import", "calls", str(log)).done

    shown = run(*place, *ASKED, "--to", str(file)).done
    tables = {table["id"]: table for table in json.loads(file.read_text(encoding="utf-8"))["tables"]}
    by_year, excluded = tables["by-year"], tables["excluded"]
    assert {row[0]: row[1] for row in by_year["rows"]} == hertfordshire.PUBLISHED
    assert [row[2] for row in by_year["rows"]] == [None, 1249, hertfordshire.SAME_MONTHS_BEFORE]
    assert excluded["rows"][0] == ["Taken in August", 37, 52, 0]
    assert "compared with September 2000 to March 2001" in " ".join(by_year["notes"])

    run(*place, *ASKED, "--to", str(paper))
    printed = " ".join(pages(paper.read_bytes()))
    for words in ("1,249", "2,647", "2,402", "2001-02 to March", "Taken in August"):
        assert words in shown
        assert words in printed
