"""Whatever a report is saved as, the figures in the file are those of the report, to the last unit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppsdesk.domain.document import Table
from ppsdesk.domain.figures import Report
from ppsdesk.reports import area_trends, call_volumes, catalogue, house_style, writing
from ppsdesk.reports.footnotes import value
from ppsdesk.reports.suppression import suppressed
from tests.reports import handmade, invented_reports, reading
from tests.reports.by_hand import full, hertfordshire, trends
from tests.reports.files_read import READERS, expected

TRUE, PUBLIC = handmade.report(), suppressed(handmade.report(), 5)
QUICK = tuple(suffix for suffix in writing.SUFFIXES if suffix not in (".pdf", ".docx"))


def read_back(report: Report, suffix: str) -> dict[str, list[list[float | None]]]:
    content = writing.WRITERS[suffix](report, handmade.paper(report))
    return READERS[suffix](content, report)


def test_there_is_a_reader_for_every_kind_of_file() -> None:
    assert set(READERS) == set(writing.SUFFIXES)


@pytest.mark.parametrize("suffix", writing.SUFFIXES)
@pytest.mark.parametrize("report", [TRUE, PUBLIC], ids=["true", "public"])
def test_every_figure_of_a_file_is_the_reports(report: Report, suffix: str) -> None:
    assert read_back(report, suffix) == expected(report)


@pytest.mark.parametrize("suffix", writing.SUFFIXES)
def test_a_file_with_one_other_figure_would_be_noticed(suffix: str) -> None:
    table = TRUE.tables[2]
    off = replace(TRUE, tables=(*TRUE.tables[:2], replace(table, rows=(table.rows[0], table.rows[0], table.rows[2]))))
    assert expected(off) != expected(TRUE)
    content = writing.WRITERS[suffix](off, handmade.paper(off))
    if suffix != ".csv":  # there the row of another name is missing altogether
        assert READERS[suffix](content, off)["changes"] != expected(TRUE)["changes"]


@pytest.mark.parametrize("suffix", QUICK)
@settings(max_examples=8, deadline=None)
@given(report=invented_reports.reports(), least=st.sampled_from([None, 5]))
def test_so_they_are_whatever_was_counted(suffix: str, report: Report, least: int | None) -> None:
    shown = report if least is None else suppressed(report, least)
    assert read_back(shown, suffix) == expected(shown)


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
@settings(max_examples=3, deadline=None)
@given(report=invented_reports.reports())
def test_so_they_are_on_paper(suffix: str, report: Report) -> None:
    assert read_back(report, suffix) == expected(report)


REAL = call_volumes.report(full(hertfordshire()))
TREND = area_trends.report(trends("North", "South"))


@pytest.mark.parametrize("suffix", writing.SUFFIXES)
@pytest.mark.parametrize("true", [REAL, TREND], ids=["the call report", "the trend sheet"])
@pytest.mark.parametrize("least", [None, 5], ids=["true", "public"])
def test_so_they_are_in_the_reports_themselves(true: Report, least: int | None, suffix: str) -> None:
    report = true if least is None else suppressed(true, least)
    paper = catalogue.document(report, service=handmade.SERVICE, printed=handmade.PRINTED)
    content = writing.WRITERS[suffix](report, paper)
    if suffix not in (".pdf", ".docx", ".html"):
        assert READERS[suffix](content, report) == expected(report)
        return
    shown = [block.figures for block in paper.blocks if isinstance(block, Table)]
    assert len(shown) > 1
    if suffix != ".pdf":  # its labels run over several lines, which no reader can put together again
        of_paper = replace(report, tables=tuple(shown))
        assert READERS[suffix](content, of_paper) == expected(of_paper)
        return
    printed = set(" ".join(reading.pages(content)).split())
    words = [
        house_style.cell_words(cell, column).split()[0]
        for table in shown
        for row in table.rows
        for cell, column in zip(row[1:], table.columns[1:], strict=True)
        if value(cell) is not None
    ]
    assert len(words) > 20
    assert set(words) <= printed
