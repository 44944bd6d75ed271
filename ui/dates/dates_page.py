"""Ask the dates: what happened, the day, and every right and duty that follows, explained; for the parent on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.document import Document
from ppsdesk.domain.errors import DeskError, Refused
from ppsdesk.domain.happenings import Happening
from ui.dates.answer import Answer, read_answer
from ui.dates.asking import Asking
from ui.dates.moved_card import MovedCard, moved_line
from ui.dates.sheet_view import SheetView
from ui.dates.wording import line_of
from ui.kit.desk import Desk
from ui.kit.dialogs import Dialogs
from ui.kit.files import filters, suggested
from ui.kit.page import Page
from ui.kit.page_body import PageBody
from ui.kit.parts import Bar, KeyButton, announce, page_scroll
from ui.kit.print_preview import Preview

LINE = "Nothing typed here is kept."
NOTHING_YET = "There are no dates yet. Choose what happened and type its day."
COPIED = "Copied in plain language. Paste it into an e-mail or a letter."
FORMATS = (
    (".pdf", "PDF, to print or send"),
    (".ics", "Calendar, no names in it"),
    (".html", "Web page"),
    (".txt", "Text"),
)


class DatesPage(Page):
    """`answered` tells that the sheet shows what was asked last, `copied` and `saved` that it was given away.

    `call_wanted` is the call of a date that moved, `person_wanted` whose it is where it was told in none.
    """

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.RULES, Topic.DATES})
    title: ClassVar[str] = "Ask the dates"

    call_wanted = Signal(int)
    person_wanted = Signal(object)
    answered = Signal()
    copied = Signal()
    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.pages: Preview | None = None
        self._goes_on = False
        self.print = KeyButton("Print", "Ctrl+P", icon="printer").when_pressed(self.on_preview)
        self.save = KeyButton("Save as…", "Ctrl+E", icon="download").when_pressed(self.on_export)
        self.copy = KeyButton("Copy for the parent", "Ctrl+Shift+C", icon="message-square")
        self.copy.when_pressed(self.on_copy_plain)
        for button in (self.print, self.save, self.copy):
            self.add_action(button)
        self.asking = Asking(lambda: local_day(desk.services.clock()))
        self.asking.clear_wanted.connect(self.on_clear)
        self.asking.edited.connect(self._edited)
        self.view = SheetView()
        self.asking.submitted.connect(self.go_on)
        self.view.field_wanted.connect(self.asking.focus_field)
        self.moved_bar = Bar("info")
        self.moved = MovedCard(desk)
        self.moved.changed.connect(self._say_moved)
        self.moved.call_wanted.connect(self.call_wanted)
        self.moved.person_wanted.connect(self.person_wanted)
        self.body.addWidget(page_scroll(PageBody(self.moved_bar, self.asking, self.view, self.moved)))
        self.set_line(LINE)
        self._show_state()

    # -- what the window asks of it ------------------------------------------------------------------------------------

    @property
    def answer(self) -> Answer | None:
        """What is shown."""
        return self.view.answer

    def focus_first(self) -> None:
        """On what happened."""
        self.asking.focus_first()

    def refresh(self) -> None:
        """What can have happened and what may lift a limit; and ask again by the rules as they are now."""
        services = self.desk.services

        def read() -> tuple[tuple[Happening, ...], Mapping[str, str]]:
            return services.dates.happenings(), services.dates.book().exceptions

        self.desk.latest(self, "offer", read, self._offered)
        self.moved.refresh()

    def go_on(self) -> None:
        """To the dates as soon as they are there, or to what is needed before there are any."""
        if (lack := self.asking.lack()) is not None:
            self.asking.check(lack.field)
        else:
            self._goes_on = True
            self._ask()

    def on_refresh(self) -> None:
        """F5."""
        self.refresh()

    def on_filter(self) -> None:
        """To what happened."""
        self.focus_first()

    def on_clear(self) -> None:
        """Forget what was typed."""
        before = self.asking.content()
        self.asking.clear()
        if before.happening:
            self.desk.notices.undoable("What was typed is cleared.", partial(self.asking.restore, before))

    def on_preview(self) -> None:
        """The sheet as it will be printed, to look at and to print."""
        if (answer := self._shown()) is None:
            return
        papers = self.desk.services.dates_papers
        work = partial(papers.document, answer.sheet, service=answer.service)
        self.desk.latest(self, "document", work, self._preview)

    def on_export(self) -> None:
        """Save the sheet as a file."""
        if (answer := self._shown()) is None:
            return
        name = f"Dates, {answer.sheet.happening.title}"
        path = Dialogs.ask_file_to_save(self, "Save the dates", suggested(name), filters(FORMATS))
        if path is not None:
            papers = self.desk.services.dates_papers
            work = partial(papers.write, answer.sheet, path, service=answer.service)
            self.desk.ask(self, work, self._saved)

    def on_copy_plain(self) -> None:
        """The sheet in plain language onto the clipboard, for the parent."""
        if (answer := self._shown()) is None:
            return
        papers = self.desk.services.dates_papers
        self.desk.latest(self, "plain", partial(papers.plain, answer.sheet, service=answer.service), self._copy)

    # -- asking --------------------------------------------------------------------------------------------------------

    def _offered(self, read: tuple[tuple[Happening, ...], Mapping[str, str]]) -> None:
        self.asking.offer(*read)
        self._ask()

    def _edited(self) -> None:
        self._goes_on = False
        self._ask()

    def _ask(self) -> None:
        """Whatever changed, the sheet answers what stands in the fields now."""
        question = self.asking.question()
        if question is None:
            self.desk.latest(self, "sheet", _nothing, self._show_nothing)
        else:
            work = partial(read_answer, self.desk.services, question)
            self.desk.latest(self, "sheet", work, self._show, self._not_answered)

    def _show_nothing(self, nothing: None) -> None:
        lack = self.asking.lack()
        self.view.show_lack(lack, field_shown=lack is not None and lack.field != "happening")
        self.set_line(LINE)
        self._show_state()
        self.answered.emit()

    def _show(self, answer: Answer) -> None:
        before = self.view.next.text() if self.answer is not None else ""
        self.view.show_answer(answer)
        self.set_line(line_of(answer))
        self._show_state()
        if self.view.next.text() != before:
            announce(self, f"{self.line}. {self.view.next.text()}")
        if self._goes_on:
            self._goes_on = False
            self.view.focus_rows()
        self.answered.emit()

    def _not_answered(self, error: DeskError) -> None:
        self.view.show_refused(error.sentence)
        self.set_line(LINE)
        self._show_state()
        self.answered.emit()

    # -- giving away ---------------------------------------------------------------------------------------------------

    def _say_moved(self, many: int) -> None:
        if self.moved_bar.text != (words := moved_line(many)):
            self.moved_bar.say(words)
            if words:
                self.moved_bar.add_button("Show what moved", self.moved.focus_rows)

    def _shown(self) -> Answer | None:
        """What can be given away; says so where there is nothing."""
        if self.answer is None:
            self.desk.notices.show_error(Refused(NOTHING_YET))
        return self.answer

    def _preview(self, document: Document) -> None:
        self.pages = Preview(self.desk, document, self.desk.services.dates_papers.pages, self)
        self.pages.open()

    def _saved(self, path: Path) -> None:
        self.desk.notices.inform(f"Saved to {path}")
        self.saved.emit(path)

    def _copy(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.desk.notices.inform(COPIED)
        self.copied.emit()

    def _show_state(self) -> None:
        for button in (self.print, self.save, self.copy):
            if self.answer is None:
                button.switch_off(NOTHING_YET)
            else:
                button.switch_on()


def _nothing() -> None:
    """What is on its way is not wanted any more."""
