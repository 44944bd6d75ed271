"""The file other programs read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ppsdesk.reports import call_volumes, json_file
from ppsdesk.reports.suppression import suppressed
from tests.reports import handmade
from tests.reports.by_hand import NOTHING, hertfordshire, volumes

REPORT = call_volumes.report(hertfordshire())


def read(content: bytes) -> dict[str, Any]:
    shape: dict[str, Any] = json.loads(content)
    return shape


def everything_in(value: object) -> Iterator[object]:
    yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from everything_in(part)


def test_the_file_has_the_agreed_shape_in_the_agreed_order() -> None:
    shape = read(json_file.write(REPORT))
    assert list(shape)[:6] == ["format", "report", "as_of", "year_ends", "periods", "tables"]
    assert list(shape)[6:] == ["marking", "least_published"]
    assert (shape["format"], shape["report"]) == (1, "call-volumes")
    assert (shape["as_of"], shape["year_ends"]) == ("2002-03-31", "july")
    for table in shape["tables"]:
        assert list(table)[:8] == ["id", "title", "unit", "definition", "columns", "rows", "notes", "marks"]
        assert list(table)[8:] == ["bases"]
    assert [(table["id"], table["unit"]) for table in shape["tables"]] == [("by-year", "calls"), ("excluded", "calls")]


def test_a_period_says_its_days_where_it_stops_and_what_it_is_compared_with() -> None:
    assert read(json_file.write(REPORT))["periods"][1:] == [
        {
            "period": "2000-01", "label": "2000-01", "first": "2000-09-01", "last": "2001-07-31", "stops": None,
            "compared_first": "1999-09-01", "compared_last": "2000-07-31",
        },
        {
            "period": "2001-02", "label": "2001-02 to March", "first": "2001-09-01", "last": "2002-03-31",
            "stops": "to March", "compared_first": "2000-09-01", "compared_last": "2001-03-31",
        },
    ]  # fmt: skip


def test_rows_are_plain_lists_with_the_three_printed_totals() -> None:
    assert read(json_file.write(REPORT))["tables"][0]["rows"] == [
        ["1999-00", 1249, None, None, None],
        ["2000-01", 2647, 1249, 1398, 111.9],
        ["2001-02 to March", 2402, 1650, 752, 45.6],
    ]


def test_every_null_in_the_rows_is_marked_with_its_reason_and_nothing_else_is() -> None:
    for table in read(json_file.write(REPORT))["tables"]:
        empty = [[r, c] for r, row in enumerate(table["rows"]) for c, cell in enumerate(row) if cell is None]
        assert [mark[:2] for mark in table["marks"]] == empty
        assert all(mark[2] for mark in table["marks"])
    assert [0, 2, NOTHING] in read(json_file.write(REPORT))["tables"][0]["marks"]


def test_a_percentage_on_a_small_base_is_null_and_says_so() -> None:
    table = read(json_file.write(call_volumes.report(volumes(("2000-01", 12, 9)))))["tables"][0]
    assert table["rows"] == [["2000-01", 12, 9, 3, None]]
    assert table["marks"] == [[0, 4, "no percentage on a base under 10"]]


def test_there_is_no_boolean_anywhere() -> None:
    assert not [value for value in everything_in(read(json_file.write(REPORT))) if isinstance(value, bool)]


def test_the_bytes_are_utf_8_end_with_a_newline_and_repeat() -> None:
    content = json_file.write(REPORT)
    assert content == json_file.write(REPORT)
    assert content.endswith(b"}\n")
    assert "“Left out of the count”" in content.decode("utf-8")


def test_text_that_looks_like_markup_or_a_formula_stays_text() -> None:
    hostile = 'Mum said <b>urgent, =HYPERLINK("http://x") & <img src="/x">\x00\x1b\u202e \ud800'
    table = replace(REPORT.tables[0], title=hostile)
    content = json_file.write(replace(REPORT, tables=(table,)))
    assert read(content)["tables"][0]["title"] == hostile.replace("\ud800", "?")


def test_a_json_file_is_written_without_loading_the_pdf_library() -> None:
    program = (
        "import sys; import ppsdesk.reports.writing, ppsdesk.reports.catalogue, ppsdesk.reports.house_style;"
        "print([name for name in sys.modules if name.partition('.')[0] in ('reportlab', 'PIL')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_file_says_whether_small_numbers_are_in_it_and_what_the_counts_are_of() -> None:
    true = read(json_file.write(handmade.report()))
    assert (true["marking"], true["least_published"]) == ("Internal: may contain small numbers", None)
    assert true["tables"][1]["bases"][0] == {"of": "1999-00", "count": 1249, "why": None}
    public = read(json_file.write(suppressed(handmade.report(), 5)))
    assert public["least_published"] == 5
    assert public["marking"].startswith("Counts of 1 to 4 hidden")
    assert public["tables"][1]["rows"][1][:4] == ["Bus & taxi", 47, 3.8, None]
    assert [1, 3, "fewer than 5, and not shown so that nobody can be recognised"] in public["tables"][1]["marks"]
