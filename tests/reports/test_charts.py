"""One drawing for paper and screen, whatever the figures and the labels are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from reportlab.graphics.shapes import Drawing, Path, Rect, String

from ppsdesk.domain.document import Bar, ChartSpec
from ppsdesk.reports import charts
from ppsdesk.reports.house_style import PRINT_LOOK, TEXT_WIDTH
from ppsdesk.reports.typesetting import width_of

TWO = ("Calls", "Same days of the year before")


def spec(*bars: Bar, series: tuple[str, ...] = TWO) -> ChartSpec:
    return ChartSpec(caption="Calls by year", series=series, bars=bars, alternative="words")


HERTFORDSHIRE = spec(Bar("1999-00", (1249, None)), Bar("2000-01", (2647, 1249)), Bar("2001-02 to March", (2402, 1650)))
AWKWARD = spec(
    Bar("Central & <img src='x'> line <b>", (0, 0)),
    Bar("W" * 10_000, (1_234_567, None)),
    Bar(
        "A label of many words that somebody went on and on typing until it could not fit two lines of any chart",
        (9, 8),
    ),
    Bar("\x00\x1bcontrol \u202eturned", (5, 7_654_321)),
    Bar("", (None, None)),
)


def texts(made: Drawing) -> list[String]:
    return [part for part in made.contents if isinstance(part, String)]


def solid_bars(made: Drawing) -> list[Rect]:
    """The filled rectangles without the one of the key."""
    return [part for part in made.contents if isinstance(part, Rect) and part.strokeColor is None][1:]


def outlined_bars(made: Drawing) -> list[Rect]:
    """The outlined rectangles, the one of the key first."""
    return [part for part in made.contents if isinstance(part, Rect) and part.strokeColor is not None]


def right_end(text: String) -> float:
    return float(text.x) + width_of(text.text, text.fontName, text.fontSize)


def test_bars_are_as_long_as_their_figures_say() -> None:
    bars = solid_bars(charts.drawing(HERTFORDSHIRE, PRINT_LOOK, TEXT_WIDTH))
    longest = bars[1].width
    assert [bar.width / longest for bar in bars] == pytest.approx([1249 / 2647, 1, 2402 / 2647])


def test_every_bar_has_its_figure_at_its_end() -> None:
    made = charts.drawing(HERTFORDSHIRE, PRINT_LOOK, TEXT_WIDTH)
    figures = {text.text: text for text in texts(made)}
    assert {"1,249", "2,647", "2,402", "1,650", "–"} <= set(figures)
    bar = solid_bars(made)[1]
    assert bar.x + bar.width < figures["2,647"].x < bar.x + bar.width + 10


def test_the_second_series_is_outlined_and_hatched_so_that_grey_tells_them_apart() -> None:
    made = charts.drawing(spec(Bar("2000-01", (10, 10))), PRINT_LOOK, TEXT_WIDTH)
    _key, outlined = outlined_bars(made)
    _key_strokes, strokes = [part for part in made.contents if isinstance(part, Path)]
    assert outlined.fillColor.hexval() == "0xffffff"
    assert len(strokes.points) > 20 * 4


def test_hatching_stays_inside_its_bar() -> None:
    made = charts.drawing(AWKWARD, PRINT_LOOK, TEXT_WIDTH)
    hatched = [part for part in made.contents if isinstance(part, Path)]
    assert len(hatched) == 1 + 2
    for box, strokes in zip(outlined_bars(made), hatched, strict=True):
        across, up = strokes.points[::2], strokes.points[1::2]
        assert box.x - 0.01 <= min(across) <= max(across) <= box.x + box.width + 0.01
        assert box.y - 0.01 <= min(up) <= max(up) <= box.y + box.height + 0.01


def test_nought_has_a_figure_and_no_bar() -> None:
    made = charts.drawing(spec(Bar("2000-01", (0,)), series=("Calls",)), PRINT_LOOK, TEXT_WIDTH)
    assert solid_bars(made) == []
    assert "0" in [text.text for text in texts(made)]


@pytest.mark.parametrize("width", [120.0, 300.0, TEXT_WIDTH, 1600.0])
@pytest.mark.parametrize("chart", [HERTFORDSHIRE, AWKWARD], ids=["Hertfordshire", "awkward"])
def test_nothing_is_drawn_outside_the_chart(chart: ChartSpec, width: float) -> None:
    made = charts.drawing(chart, PRINT_LOOK, width)
    below_the_key = [text for text in texts(made) if text.y < made.height - PRINT_LOOK.points * 2]
    assert len(below_the_key) >= len(chart.bars) * 3
    for text in below_the_key:
        assert 0 <= text.x <= right_end(text) <= width + 0.5
        assert 0 <= text.y <= made.height


def test_labels_never_run_into_the_bars() -> None:
    made = charts.drawing(AWKWARD, PRINT_LOOK, TEXT_WIDTH)
    axis = min(bar.x for bar in solid_bars(made))
    labels = [text for text in texts(made) if text.x == 0 and text.text]
    assert len(labels) >= 5
    assert all(right_end(label) < axis for label in labels)
    assert any(label.text.endswith("…") for label in labels)


def test_thirty_bars_do_not_overlap() -> None:
    made = charts.drawing(spec(*(Bar(f"Year {n}", (n, n + 1)) for n in range(1, 31))), PRINT_LOOK, TEXT_WIDTH)
    boxes = sorted((bar.y, bar.y + bar.height) for bar in made.contents if isinstance(bar, Rect) and bar.width > 9)
    bars = [box for box in boxes if box[0] < made.height - 2.2 * PRINT_LOOK.points]
    assert len(bars) >= 45
    assert all(lower[1] <= upper[0] + 0.01 for lower, upper in pairwise(bars))
    assert bars[0][0] >= 0


def test_a_chart_too_high_for_a_page_is_cut_into_even_pieces_on_one_scale() -> None:
    whole = spec(*(Bar(f"Year {n}", (n, n)) for n in range(1, 41)))
    pieces = charts.parts(whole, PRINT_LOOK, TEXT_WIDTH, 400)
    assert tuple(bar for piece in pieces for bar in piece.bars) == whole.bars
    drawn = [charts.drawing(piece, PRINT_LOOK, TEXT_WIDTH, within=whole) for piece in pieces]
    assert all(made.height <= 400 for made in drawn)
    assert solid_bars(drawn[0])[0].width * 40 == pytest.approx(solid_bars(drawn[-1])[-1].width)
    assert len({bar.x for made in drawn for bar in solid_bars(made)}) == 1


def test_the_names_of_the_series_are_whole_where_there_is_room_for_both() -> None:
    names = ("Autumn 2026-27 to 22 November", "Same term, year before")
    made = charts.drawing(spec(Bar("North", (5, 4)), series=names), PRINT_LOOK, 320)
    assert set(names) <= {text.text for text in texts(made)}


def test_a_hidden_figure_has_its_mark_and_no_bar() -> None:
    made = charts.drawing(spec(Bar("North", (None, 7), ("1 to 4", ""))), PRINT_LOOK, TEXT_WIDTH)
    assert solid_bars(made) == []
    assert {"1 to 4", "7"} <= {text.text for text in texts(made)}


def test_marks_that_fit_no_series_are_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="one mark for each series"):
        charts.drawing(spec(Bar("North", (None, 7), ("1 to 4",))), PRINT_LOOK, TEXT_WIDTH)


def test_three_series_or_a_missing_figure_are_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="one or two series"):
        charts.drawing(replace(HERTFORDSHIRE, series=("a", "b", "c")), PRINT_LOOK, TEXT_WIDTH)
    with pytest.raises(ValueError, match="one figure for each series"):
        charts.drawing(spec(Bar("2000-01", (1,))), PRINT_LOOK, TEXT_WIDTH)


def test_the_screen_gets_the_same_words_and_no_clip_path() -> None:
    picture = ElementTree.fromstring(charts.svg(AWKWARD, PRINT_LOOK, 640))
    kinds = [part.tag.partition("}")[2] or part.tag for part in picture.iter()]
    assert "clipPath" not in kinds
    assert "image" not in kinds
    shown = [part.text for part in picture.iter() if part.tag.endswith("text")]
    assert shown[2] == "Central & <img src='x'> line <b>"
    assert "1,234,567" in shown


def test_the_svg_repeats_byte_for_byte() -> None:
    assert charts.svg(HERTFORDSHIRE, PRINT_LOOK, 640) == charts.svg(HERTFORDSHIRE, PRINT_LOOK, 640)


def test_qt_paints_the_chart_and_not_a_black_box(qapp: object) -> None:
    renderer = QSvgRenderer(charts.svg(HERTFORDSHIRE, PRINT_LOOK, 640))
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    colours = [image.pixelColor(x, y).name() for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)]
    assert colours.count("#ffffff") > len(colours) / 2
    assert PRINT_LOOK.now.lower() in colours
