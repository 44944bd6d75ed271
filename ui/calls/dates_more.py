"""Behind the days of the dates line: which of several children they are for, and what lifts a limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.kit.flow import Flow
from ui.kit.pickers import Choice, ChoicePicker
from ui.kit.theme import current
from ui.kit.words import WrappedLabel, label, spaced

EACH, EACH_WORDS = "each", "Each of them"
NOTHING_LIFTS = "Nothing lifts a limit"
CHOOSE_CHILD = "Choose which child the dates are for."
LETTERS = 20  # of a list that is closed


class AskedChoice(QWidget):
    """A list that is there while it has anything to choose from. What a draft kept waits until it is offered."""

    def __init__(self, asks: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice = ChoicePicker()
        self.choice.box.setMinimumContentsLength(LETTERS)
        self._wanted = ""
        row = QHBoxLayout(self)
        spaced(row, gap="s")
        if asks:
            row.addWidget(label(asks))
        row.addWidget(self.choice)
        self.hide()

    @property
    def code(self) -> str:
        """What is chosen, "" for nothing."""
        return self._wanted or self.choice.value()

    def offer(self, choices: Sequence[Choice]) -> None:
        """These and no others; what was chosen stays chosen if it is among them."""
        wanted = self.code
        known = any(code == wanted for code, _ in choices)
        self.choice.offer(choices or [("", "")])
        self.choice.set_value(wanted if known else "")
        box = self.choice.box
        wide = max((box.fontMetrics().horizontalAdvance(words) for _, words in choices), default=0)
        box.view().setMinimumWidth(wide + 4 * current().px("space_m"))
        if choices:
            self._wanted = ""
        self.setHidden(not choices)

    def want(self, code: str) -> None:
        """Choose this as soon as it is offered, "" for nothing."""
        self.choice.set_value("")
        self._wanted = code
        self.hide()


class DatesMore(QObject):
    """Neither list is there before it is needed, and each goes when it is not: a call about one child is asked nothing.

    `words` tells in full what was chosen to lift a limit, to be put below the days.
    """

    edited = Signal()
    left = Signal()
    submitted = Signal()

    def __init__(self, flow: Flow, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow, self._within = flow, parent
        self._children: tuple[tuple[UUID, str], ...] = ()
        self._sentences: Mapping[str, str] = {}
        self._lists: tuple[AskedChoice, AskedChoice] | None = None
        self._moving = False
        self._name = ("dates", "Law dates")
        self.words = WrappedLabel("", "caption")
        self.words.hide()

    # -- what is offered -----------------------------------------------------------------------------------------------

    def offer(self, children: Sequence[tuple[UUID, str]], sentences: Mapping[str, str], last: QWidget) -> None:
        """The children of the call, and what may lift a limit of what happened. `last` is where Tab comes from."""
        before = self._children, self._sentences
        self._children = tuple(children) if len(children) > 1 else ()
        self._sentences = sentences
        if self._lists is None and not self._children and not sentences:
            return
        whose, lifts = self._made()
        for one, behind in pairwise((last, *self.stops())):
            QWidget.setTabOrder(one, behind)
        if before == (self._children, self._sentences):
            return
        names = [("", ""), *((str(key), name) for key, name in self._children), (EACH, EACH_WORDS)]
        short = [("", NOTHING_LIFTS), *((code, _first(sentence)) for code, sentence in sentences.items())]
        self._moving = True
        whose.offer(names if self._children else ())
        lifts.offer(short if sentences else ())
        self._moving = False
        self._explain()
        self._flow.invalidate()
        self._within.updateGeometry()

    def restore(self, child: str = "", lifted: str = "") -> None:
        """What a draft kept, or nothing."""
        self._children, self._sentences = (), {}
        if self._lists is None and not child and not lifted:
            return
        self._moving = True
        for one, code in zip(self._made(), (child, lifted), strict=True):
            one.want(code)
        self._moving = False
        self._explain()

    # -- what was chosen -----------------------------------------------------------------------------------------------

    @property
    def child(self) -> str:
        """As a draft keeps it: a key, `EACH`, or "" for nobody."""
        return self._lists[0].code if self._lists is not None else ""

    @property
    def lifts(self) -> str:
        """The code of what lifts a limit, "" for nothing."""
        return self._lists[1].code if self._lists is not None else ""

    def those(self) -> tuple[UUID, ...]:
        """Those the dates are for, where one had to choose; empty where nobody is chosen."""
        return tuple(key for key, _ in self._children if self.child in (EACH, str(key)))

    def lack(self) -> str:
        """What is still needed, in one sentence; "" for nothing."""
        return CHOOSE_CHILD if self._children and not self.those() else ""

    def is_all_that_lacks(self, before: str) -> bool:
        """Whether only the child is missing: nothing `before` it is."""
        return bool(self.lack()) and not before

    # -- for those who type and listen ---------------------------------------------------------------------------------

    def stops(self) -> tuple[QWidget, ...]:
        """The lists, if they were made."""
        return tuple(one.choice.keys for one in self._lists or ())

    def name(self, name: str, words: str) -> None:
        """Each by what it asks."""
        self._name = (name, words)
        for one, what in zip(self._lists or (), ("for which child", "what lifts a limit"), strict=False):
            one.choice.name(f"{name}-{what.split()[-1]}", f"{words}: {what}", "")

    def set_wrong(self, wrong: bool) -> None:
        """The list of the children, while nobody is chosen."""
        for one in (self._lists or ())[:1]:
            one.choice.set_wrong(wrong and bool(self.lack()))

    # -- inside --------------------------------------------------------------------------------------------------------

    def _made(self) -> tuple[AskedChoice, AskedChoice]:
        if self._lists is None:
            self._lists = (AskedChoice("For", self._within), AskedChoice("", self._within))
            for one in self._lists:
                one.choice.edited.connect(self._edited)
                one.choice.left.connect(self.left)
                one.choice.submitted.connect(self.submitted)
                self._flow.addWidget(one)
            self.name(*self._name)
        return self._lists

    def _edited(self) -> None:
        if not self._moving:
            self._explain()
            self.edited.emit()

    def _explain(self) -> None:
        """With its conditions: the list has room for the first of its sentences only."""
        sentence = self._sentences.get(self.lifts, "")
        self.words.setText(f"Lifts a limit: {sentence}" if sentence else "")
        self.words.setHidden(not sentence)
        for one in (self._lists or ())[1:]:
            one.choice.keys.setAccessibleDescription(sentence)


def _first(sentences: str) -> str:
    return f"{sentences.partition('. ')[0].rstrip('.')}."
