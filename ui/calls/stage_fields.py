"""Fields for SEN stages side by side, each under the name of the child it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ppsdesk.domain.vocabulary import Term, Vocabulary
from ui.kit.even_flow import EvenFlow
from ui.kit.tokens import fitting
from ui.kit.tokens_editor import TermTokens
from ui.kit.words import WrappedLabel, apart, explain, spaced

NARROWEST, NARROW_LINE = 230, 48  # pixels, at 100 % text and at any: a stage can be read, and one be begun
Content = dict[str, Any]


def content_with(codes: Iterable[str]) -> Content:
    """What a field holds that has these codes, and nothing typed."""
    return {"codes": [str(code) for code in codes], "typed": ""}


def says(content: Content | None) -> bool:
    """Whether anything was chosen or typed."""
    return content is not None and bool(content.get("codes") or content.get("typed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StageField:
    """One field: the name over it ("" for none), its words for those who listen, and what stands in it.

    `one`: another stage takes the place of the one that is there.
    """

    head: str = ""
    words: str = ""
    one: bool = False
    content: Content


class StageTokens(TermTokens):
    """Stages as chips; only `one` of them, if it is a child's on record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Vocabulary.STAGE, parent, with_main=False, keep_unknown=True)
        self.one = False
        # a stage and the line in which one may type another stay on one line as long as they can
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, self.line.sizePolicy().verticalPolicy())
        self.line.setMinimumWidth(NARROW_LINE)

    def take(self, code: str, *, main: bool = False) -> None:
        """Add one, or put it in the place of what is there."""
        if not self.one or not self._chosen:
            super().take(code, main=main)
        else:
            before = ", ".join(self.words(kept) for kept in self._chosen)
            self._taken([code], f"{self.words(code)} taken, instead of {before}.")


class StageRow(QWidget):
    """The name, and the field under it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.head = WrappedLabel("", "caption")
        self.tokens = StageTokens(self)
        column = QVBoxLayout(self)
        spaced(column, gap="")
        column.addWidget(self.head)
        column.addWidget(self.tokens)
        column.addStretch(1)
        self.head.hide()

    def show_head(self, name: str) -> None:
        """This name; "" for none."""
        self.head.setText(fitting(apart(name)))
        explain(self.head, name)
        self.head.setVisible(bool(name))


class StageFields(QWidget):
    """One at least. Those that are not needed any more wait, hidden, for the next call.

    `edited`, `left` and `submitted` are those of the fields.
    """

    edited = Signal()
    left = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: tuple[Sequence[Term], date | None, Sequence[Term]] = ((), None, ())
        self._rows: list[StageRow] = []
        self._used = 1
        self._flow = EvenFlow(NARROWEST, self)
        self._make_row()

    def offer(self, terms: Sequence[Term], on: date | None, every: Sequence[Term]) -> None:
        """The stages to choose from on that day, and the whole list; see `TermTokens`."""
        self._offer = (terms, on, every)
        for row in self._rows:
            row.tokens.offer(terms, on, every)

    def show_fields(self, fields: Sequence[StageField], name: str, description: str) -> None:
        """These, in this order, by one name for tests and tools."""
        self._used = len(fields)
        while len(self._rows) < len(fields):
            self._make_row()
        for place, (field, row) in enumerate(zip(fields, self._rows, strict=False)):
            row.show_head(field.head)
            row.tokens.name(name if place == 0 else f"{name}-{place + 1}", field.words, description)
            row.tokens.one = field.one
            row.tokens.restore(field.content)
            row.show()
        for row in self._rows[self._used :]:
            row.hide()
            row.tokens.set_value(())
        self._flow.invalidate()
        self.updateGeometry()

    def fields(self) -> tuple[StageTokens, ...]:
        """Those one sees, in order."""
        return tuple(row.tokens for row in self._rows[: self._used])

    def heads(self) -> tuple[str, ...]:
        """The names over them."""
        return tuple("" if row.head.isHidden() else row.head.text() for row in self._rows[: self._used])

    def lines(self) -> tuple[QWidget, ...]:
        """Where one types, those that wait at the end."""
        return tuple(row.tokens.keys for row in self._rows)

    def set_wrong(self, wrong: bool, description: str) -> None:
        """Those that cannot be read, or all of them where each can."""
        troubled = [field for field in self.fields() if field.trouble()]
        for row in self._rows:
            row.tokens.set_wrong(wrong and (row.tokens in troubled or not troubled))
            row.tokens.keys.setAccessibleDescription(description)

    def _make_row(self) -> None:
        row = StageRow(self)
        row.tokens.offer(*self._offer)
        row.tokens.edited.connect(self.edited)
        row.tokens.left.connect(self.left)
        row.tokens.submitted.connect(self.submitted)
        self._rows.append(row)
        self._flow.addWidget(row)
        for before, behind in list(pairwise(self.lines()))[-1:]:
            QWidget.setTabOrder(before, behind)
