"""A whole call in one line: what was understood of it, before the pad opens with it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day, long_day
from ppsdesk.domain.calls import LABELS
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.one_line import OneLine, parse
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ui.kit.desk import Desk
from ui.kit.page_body import PageBody
from ui.kit.signed_lines import SignedLine, SignedLines
from ui.kit.surfaces import PageScroll
from ui.kit.words import apart, label, spaced

WORD = "call"
HOW = (
    "Who, topics, “note”, out:outcome, 6m. Also kind: line: by: level: stage: adv: sent: sign: area: heard: on: "
    "– for example: call thistledown rowan annual “asked about the date” 6m"
)
_LISTS = {
    "topics": Vocabulary.TOPIC,
    "caller_kind": Vocabulary.CALLER_KIND,
    "line": Vocabulary.LINE,
    "method": Vocabulary.METHOD,
    "stages": Vocabulary.STAGE,
    "advice": Vocabulary.ADVICE,
    "information": Vocabulary.INFORMATION,
    "signposted": Vocabulary.SIGNPOST,
    "level": Vocabulary.LEVEL,
    "outcome": Vocabulary.OUTCOME,
    "how_heard": Vocabulary.HOW_HEARD,
    "area": Vocabulary.AREA,
}


class LineView(PageScroll):
    """Not there unless a line begins with "call". `read` when it says something else than before."""

    read = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.understood = SignedLines()
        self.how = label(HOW, "caption", wrap=True)
        self.enter = label("Enter opens the pad with this, to check and save.", "strong")
        page = PageBody(self.understood, self.enter, self.how)
        super().__init__(page, parent)
        self._desk = desk
        self._lists = Vocabularies(())
        self._text = ""
        self.line: OneLine | None = None
        self._box = page.box
        spaced(self._box, around=("s", "xs", "s", "xs"), gap="xs")
        self.hide()

    @staticmethod
    def is_call(text: str) -> bool:
        """Whether a line is a call and not something to be found."""
        first, space, _ = text.lstrip().partition(" ")
        return first.casefold() == WORD and bool(space)

    def wanted_height(self, width: int) -> int:
        """In pixels, to show all of it at this width."""
        self._box.activate()
        return self._box.totalHeightForWidth(width)

    def turn(self, steps: int) -> None:
        """Up or down by so many parts of what is shown, where it is more than there is room for."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + steps * bar.pageStep() // 2)

    def show_line(self, text: str) -> None:
        """Read this line; "" puts the view away."""
        self._text = text
        self.setHidden(not text)
        self.line = None
        if text and not self._lists.terms:
            self._ask_lists()
        elif text:
            self._show()

    def _ask_lists(self) -> None:
        services = self._desk.services

        def read() -> Vocabularies:
            return services.vocabularies.all()

        self._desk.latest(self, "lists", read, self._take_lists, self._no_lists)

    def _take_lists(self, lists: Vocabularies) -> None:
        self._lists = lists
        if self._text:
            self._show()
            self.read.emit()

    def _no_lists(self, error: DeskError) -> None:
        self.understood.show_lines([SignedLine(error.sentence, "danger")])
        self.read.emit()

    def forget_lists(self) -> None:
        """The lists were changed: they are read again for the next line."""
        self._lists = Vocabularies(())

    def _show(self) -> None:
        line = parse(self._text, self._lists, on=local_day(self._desk.services.clock()))
        parts = [SignedLine(words, icon="check") for words in _words(line, self._lists)]
        self.line = line if parts else None
        self.enter.setVisible(bool(parts))
        self.understood.show_lines([*parts, *(SignedLine(words, "warning") for words in line.problems)])


def _words(line: OneLine, lists: Vocabularies) -> Iterator[str]:
    if line.who:
        yield f"Caller: {apart(line.who)}"
    if line.anonymous:
        yield "Caller: anonymous"
    for name, vocabulary in _LISTS.items():
        value = getattr(line, name)
        codes: tuple[TermCode, ...] = value if isinstance(value, tuple) else (value,) if value else ()
        if codes:
            yield f"{LABELS[name]}: {', '.join(lists.label(vocabulary, code) for code in codes)}"
    if line.notes:
        yield f"Notes: {apart(' '.join(line.notes.split()))}"
    if line.minutes is not None:
        yield f"Minutes: {line.minutes}"
    if line.taken_on is not None:
        yield f"Day: {long_day(line.taken_on)}"
