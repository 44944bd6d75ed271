"""Blocks of a report, as frozen data: the window draws them, `ppsdesk/reports` writes them. All text is plain."""

from __future__ import annotations

from dataclasses import dataclass

from ppsdesk.domain.figures import FigureTable


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; level 1 is the document's title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Short label and value pairs under the title: For, From, Covers."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: a definition under a table, a footnote."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures with its caption above; its definition and notes follow as small print."""

    caption: str
    figures: FigureTable


@dataclass(frozen=True, slots=True)
class Bar:
    """One labelled group of a bar chart: the figure of each series; None where there is none to show.

    `marks`, where given, has one for each series: what is printed in the place of a figure that is hidden.
    """

    label: str
    values: tuple[int | None, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """A bar chart: one drawing for page and screen. `alternative` says in words what it shows."""

    caption: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    alternative: str


Block = Heading | Paragraph | Facts | Note | Table | ChartSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report ready to be drawn or written."""

    title: str
    service: str
    marking: str
    printed: str
    blocks: tuple[Block, ...]
