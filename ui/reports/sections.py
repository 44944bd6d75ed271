"""A paper cut into what is looked at one at a time: a table with its charts, or charts alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ppsdesk.domain.document import ChartSpec, Document, Heading, Note, Paragraph, Table


@dataclass(kw_only=True)
class Section:
    """`name` stays the same when the same report is counted again. `words` are running text beside the figures."""

    name: str
    title: str
    table: Table | None = None
    charts: list[ChartSpec] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def has_figures(self) -> bool:
        """Whether it is more than words."""
        return self.table is not None or bool(self.charts)


def sections(document: Document) -> tuple[Section, ...]:
    """In the order of the paper; one for each table, and one for what stands under a heading without a table."""
    return tuple(section for section in _cut(document) if section.has_figures or section.words)


def _cut(document: Document) -> Iterator[Section]:
    here = Section(name="", title=document.title)
    for block in document.blocks:
        if isinstance(block, Heading):
            yield here
            here = Section(name=block.text, title=block.text)
        elif isinstance(block, Table):
            yield here
            here = Section(name=block.figures.id, title=block.caption, table=block)
        elif isinstance(block, ChartSpec):
            here.charts.append(block)
        elif isinstance(block, Paragraph | Note):
            here.words.append(block.text)
    yield here
