"""People: one box that finds anybody by anything one knows of them, and everybody it found."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.finding import Found
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.typed_box import take_apart
from ppsdesk.domain.vocabulary import Vocabularies
from ppsdesk.domain.words import count_of
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.editors import TextEditor
from ui.kit.page import Page
from ui.kit.page_body import PageBody
from ui.kit.row_list import RowList
from ui.kit.surfaces import Bar, Card, page_scroll
from ui.kit.tab_order import tab_in_order
from ui.kit.theme import current
from ui.kit.words import WrappedLabel, announce, spaced
from ui.people.new_person import NewPersonForm
from ui.people.preview import Preview
from ui.people.wording import found_row
from ui.who.looking_up import LookingUp

LEAST, MOST = 2, 50  # letters that are looked for; people listed
_BESIDE = 900  # pixels at 100 % text: less room, and there is no preview
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PeoplePage(Page):
    """`person_wanted` and `call_about_wanted` carry a person's key, `calls_wanted` the calls of one reference.

    Enter opens the only one found; of several nobody is chosen by itself: Enter or Down goes into the list.
    """

    person_wanted = Signal(object)
    call_about_wanted = Signal(object)
    call_wanted = Signal(int)
    calls_wanted = Signal(object)

    shows = frozenset({Topic.PEOPLE})
    title = "People"
    unsaved_words = "This person is not on record yet."

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._found: tuple[Found, ...] = ()
        self._answers, self._entered = "", ""
        services = desk.services

        def find(text: str) -> tuple[Found, ...]:
            return services.people.find(text, limit=MOST + 1)

        self._look = LookingUp(desk, find, self)
        self._look.came.connect(self._show)
        self._look.failed.connect(self._failed)
        self.box = TextEditor(placeholder="Name, child, last digits of a phone, postcode or reference", limit=300)
        self.box.name("find_people", "Find people", "Enter opens the only one found; Down goes into the list.")
        self.box.line.textEdited.connect(self._typed)
        self.box.line.installEventFilter(self)
        self.new_button = KeyButton("New person", icon="user-plus").when_pressed(self._new)
        self.add_action(self.new_button.needs(desk.rights, Subject.PEOPLE, Action.ADD))
        self.trouble = Bar("danger")
        self.rows = RowList("People found")
        self.rows.opened.connect(self._open)
        self.rows.chosen.connect(self._chosen)
        self.rows.left_upwards.connect(self.focus_first)
        self.nothing = NothingThere()
        self.nothing.new_button.when_pressed(self._new).needs(desk.rights, Subject.PEOPLE, Action.ADD)
        self.preview = Preview(desk)
        self.preview.open_wanted.connect(self.person_wanted)
        self.preview.call_about_wanted.connect(self.call_about_wanted)
        self.preview.call_wanted.connect(self.call_wanted)
        self._new_form: NewPersonForm | None = None
        self._build()
        self.set_line(_LINE)

    def _build(self) -> None:
        self.new_card = Card("New person")
        self.new_card.hide()
        left = QWidget()
        column = QVBoxLayout(left)
        spaced(column, gap="m")
        column.addWidget(self.nothing)
        column.addWidget(self.rows, 1)
        column.addStretch(0)
        self.finding = QWidget()
        row = QHBoxLayout(self.finding)
        spaced(row, gap="m")
        row.addWidget(left, 1)
        row.addWidget(self.preview, 1)
        for part in (self.box, self.trouble, self.finding, self.new_card):
            self.body.addWidget(part, int(part in (self.finding, self.new_card)))
        self.rows.hide()
        self.nothing.explain("")

    # -- what the window asks of it ------------------------------------------------------------------------------------

    @property
    def new(self) -> NewPersonForm:
        """The fields of somebody new, built when they are first asked for."""
        if self._new_form is None:
            self._new_form = NewPersonForm(self.desk)
            self._new_form.added.connect(self._added)
            self._new_form.existing_wanted.connect(self._existing)
            self._new_form.closed.connect(self._new_closed)
            self.new_card.add(page_scroll(PageBody(self._new_form)), 1)
            tab_in_order((self.new_card,), at=self.new_card)
        return self._new_form

    @property
    def has_unsaved(self) -> bool:
        """Whether somebody new is being written down."""
        return self._new_form is not None and self._new_form.has_unsaved

    def focus_first(self) -> None:
        """The keyboard into the box, so that typing looks for somebody else."""
        if self._new_form is not None and not self._new_form.isHidden():
            self._new_form.form.focus_first()
            return
        self.box.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.line.selectAll()

    def refresh(self) -> None:
        """Look again."""
        if len(self._text()) >= LEAST:
            self._look.want(self._text())

    def on_refresh(self) -> None:
        """F5."""
        self.refresh()

    def on_filter(self) -> None:
        """Ctrl+F."""
        self.focus_first()

    def on_save(self) -> None:
        """Ctrl+Enter."""
        if self._new_form is not None and not self._new_form.isHidden():
            self._new_form.save()

    # -- finding -------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Down in the box."""
        if watched is self.box.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if held == Qt.KeyboardModifier.NoModifier and event.key() in (*_ENTER, Qt.Key.Key_Down):
                self._enter(opens=event.key() in _ENTER)
                return True
        return super().eventFilter(watched, event)

    def _text(self) -> str:
        return self.box.value()

    def _typed(self) -> None:
        self._entered = ""
        text = self._text()
        if len(text) >= LEAST:
            self._look.want(text)
            return
        self._look.want("")
        self._answers = ""
        self._list(())
        self.nothing.explain("")
        self.set_line(_LINE)

    def _show(self, text: str, found: tuple[Found, ...]) -> None:
        self.trouble.clear()
        self._answers = text
        self._list(found[:MOST])
        self.nothing.explain("" if found else text, there=bool(found))
        more = "more than " if len(found) > MOST else ""
        said = f"{more}{count_of(len(found[:MOST]), 'person', 'people')} found" if found else "nobody found"
        self.set_line(said[:1].upper() + said[1:])
        announce(self.box.line, said)
        if self._entered == text:
            self._enter(opens=True)

    def _list(self, found: tuple[Found, ...]) -> None:
        self._found = found
        self.rows.show_rows([found_row(each) for each in found], keep=True)
        self.rows.setHidden(not found)
        key = self.rows.current_key() or (found[0].person if len(found) == 1 else None)
        self._preview(key)

    def _enter(self, *, opens: bool) -> None:
        if self._text() != self._answers:
            # the answer is on its way: what is done then depends on how many there are
            self._entered = self._text() if opens else ""
            return
        self._entered = ""
        if opens and len(self._found) == 1:
            self._open(_key_of(self._found[0]))
        elif self._found:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._answers:
            self.nothing.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, key: object) -> None:
        self._preview(key)

    def _preview(self, key: object) -> None:
        room = self.width() >= _BESIDE * current().scale
        self.preview.show_person(key if isinstance(key, UUID) and room else None)

    def _open(self, key: object) -> None:
        if isinstance(key, UUID):
            self.person_wanted.emit(key)
        else:
            self.calls_wanted.emit(Selection(reference=str(key)))

    def _failed(self, text: str, error: DeskError) -> None:
        self.trouble.say(f"Nobody could be looked up. {error.sentence}", "danger")
        self.trouble.add_button("Try again", self.refresh, "F5", kind="")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview needs room beside the list."""
        super().resizeEvent(event)
        if (self.width() >= _BESIDE * current().scale) == self.preview.isHidden():
            self._preview(self.rows.current_key())

    # -- somebody new --------------------------------------------------------------------------------------------------

    def _new(self) -> None:
        services, form = self.desk.services, self.new
        typed = take_apart(self._text(), local_day(services.clock()))

        def read() -> Vocabularies:
            return services.vocabularies.all()

        def came(lists: Vocabularies) -> None:
            self._show_new(True)
            form.begin(typed, lists)

        self.desk.latest(self, "lists", read, came)

    def _show_new(self, shown: bool) -> None:
        for part in (self.box, self.finding):
            part.setHidden(shown)
        self.new_card.setHidden(not shown)
        self.new_button.setHidden(shown)

    def _new_closed(self) -> None:
        self._show_new(False)
        self.focus_first()

    def _added(self, key: object) -> None:
        self.person_wanted.emit(key)

    def _existing(self, key: object, name: str) -> None:
        self.person_wanted.emit(key)


class NothingThere(Card):
    """What would be here while nothing is typed; what to do when nobody was found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.words = WrappedLabel("")
        self.more = WrappedLabel("", "muted")
        self.new_button = KeyButton("New person", icon="user-plus")
        for part in (self.words, self.more):
            self.add(part)
        self.body.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignLeft)

    def explain(self, text: str, *, there: bool = False) -> None:
        """For the text that found nobody, or "" for none typed; away while there are people."""
        self.setHidden(there)
        self.new_button.setHidden(not text)
        if text:
            self.words.setText(f"Nobody found for “{text}”.")
            self.more.setText("Try fewer letters, or the last four digits of the phone. What you typed goes along.")
        else:
            self.words.setText("Type what you know: the people it fits appear here.")
            self.more.setText("jane thistle  ·  Tom (the child)  ·  0123 (end of a phone)  ·  AL10 7AB  ·  A-3K74-9QX2")


_LINE = "Parents, carers, children, professionals"


def _key_of(found: Found) -> object:
    return found.person or found.reference
