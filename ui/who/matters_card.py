"""The dates of the law that were kept with a call, or are open for a person: how long there is, why, put right, and
added to a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.clock_steps import Step
from ppsdesk.domain.errors import Conflict, DeskError
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.rights import Action, Subject
from ui.kit.buttons import PromptButton
from ui.kit.date_rows import step_rows
from ui.kit.desk import Desk
from ui.kit.in_sight import keep_in_sight
from ui.kit.parts import Bar, Card, Flow, KeyButton, announce, label
from ui.kit.two_versions import TwoVersionsDialog
from ui.kit.wrapped_rows import DetailRows, WrappedList
from ui.who.matter_form import MatterForm
from ui.who.matter_words import Kept, choices_of, chosen_matter, kept_rows, read_kept, read_steps
from ui.who.what_follows import fitting

ADD, CHANGE = (Subject.DATES, Action.ADD), (Subject.DATES, Action.CHANGE)
NONE_YET, NONE_OPEN = "None is kept with this call.", "None is open."
KEYS = "Up and Down choose a date · Enter tells how it came about · Esc back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose dates are shown: those of a call (its key), or the open ones of a person.

    `names` are those of the children of a call, `topics` what it was about. `addable`: something may be added to it.
    """

    call: UUID | None = None
    person: UUID | None = None
    names: Mapping[UUID, str] = field(default_factory=dict)
    topics: Sequence[str] = ()
    addable: bool = False


class MattersCard(Card):
    """Not there where there are none and none can be added, and for whoever may not look at them.

    `shown` when it shows what was read.
    """

    shown = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, of_call: bool = True) -> None:
        super().__init__("Dates of the law", parent)
        self._desk = desk
        self._whose = Whose()
        self._kept: Kept | None = None
        self._added: UUID | None = None  # the keyboard goes to it as soon as it is read
        self.trouble = Bar("danger")
        self.rows = WrappedList("Dates of the law")
        self.rows.opened.connect(self._explain)
        self.rows.chosen.connect(self._moved)
        self.why = label("", "strong", wrap=True)
        self.steps = DetailRows("How it came about")
        self.steps.left.connect(self._back)
        self.steps.left_upwards.connect(self._back)
        self.explain_button = KeyButton("How it came about", "Enter", "quiet").when_pressed(self.explain)
        self.edit_button = KeyButton("Edit dates", icon="pencil").when_pressed(self.edit)
        self.close_button = KeyButton("Close dates", icon="check").when_pressed(self.close_matter)
        self.reopen_button = KeyButton("Reopen dates").when_pressed(self.reopen)
        # beside a person it has no letter: the pad, which may be open over any page, has one of its own
        add = (
            PromptButton("Add la&w date", "Ctrl+L", "quiet", "plus")
            if of_call
            else KeyButton("Add law date", "", "quiet", "plus")
        )
        self.add_button = add.when_pressed(self.begin)
        self.add_action(self.add_button.needs(desk.rights, *ADD))
        self.form = MatterForm(desk)
        self.form.wanted.connect(self._save)
        self.form.closed.connect(self._back)
        self.none_yet = label(NONE_YET if of_call else NONE_OPEN, "muted", wrap=True)
        self.add(self.trouble)
        self.add(self.none_yet)
        self.add(self.rows)
        buttons = Flow(gap="s")
        buttons.addWidget(self.explain_button)
        for button in (self.edit_button, self.close_button, self.reopen_button):
            buttons.addWidget(button.needs(desk.rights, *CHANGE))
        self.body.addLayout(buttons)
        self.keys = label(KEYS, "caption", wrap=True)
        for part in (self.form, self.why, self.steps, self.keys):
            self.add(part)
        desk.touched.connect(self._touched)
        self._no_steps()
        self.hide()

    # -- what a page asks of it ----------------------------------------------------------------------------------------

    @property
    def has_unsaved(self) -> bool:
        """Whether something is typed that is not on record."""
        return self.form.has_unsaved

    def show_call(
        self, call: UUID, names: Mapping[UUID, str], *, topics: Sequence[str] = (), open_: bool = True
    ) -> None:
        """Those kept with a call; `names` are those of its children. To one that is removed nothing is added."""
        self._show_of(Whose(call=call, names=names, topics=topics, addable=open_))

    def show_person(self, person: UUID, *, open_: bool = False) -> None:
        """The open ones of a child or young person, to whom others may be added while the record is `open_`."""
        self._show_of(Whose(person=person, addable=open_))

    def refresh(self) -> None:
        """Read them again."""
        whose = self._whose
        if (whose.call or whose.person) and self._desk.rights.may(Subject.DATES):
            work = partial(read_kept, self._desk.services, call=whose.call, person=whose.person, names=whose.names)
            self._desk.latest(self, "kept", work, self._show, self._not_read)

    def save_typed(self, *, always: bool) -> bool:
        """Ctrl+Enter saves days that are being corrected, where the keyboard is in them or `always`; whether it did."""
        focus = QApplication.focusWidget()
        here = self.has_unsaved if always else focus is not None and self.form.isAncestorOf(focus)
        if here:
            self.form.save()
        return here

    # -- what people do ------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Add what happened: its days, and what follows, are kept with the call."""
        if self._kept is not None and self._whose.addable and self.add_button.permitted:
            self.form.leave(self._begin)

    def explain(self) -> None:
        """How the date one is on came about."""
        self._explain(self.rows.current_key())

    def edit(self) -> None:
        """Correct the days of the matter one is on."""
        matter = self._matter()
        if matter is not None and self._kept is not None and matter.happening in self._kept.happenings:
            self._no_steps()
            offered = (self._kept.happenings[matter.happening],)
            self.form.open_form(matter, offered, self._kept.exceptions, names=self._whose.names)
            keep_in_sight(self)

    def close_matter(self) -> None:
        """Nothing is expected any more of the matter one is on."""
        if (matter := self._matter()) is not None:
            _close(self._desk, matter, closed=True)

    def reopen(self) -> None:
        """It goes on after all."""
        if (matter := self._matter()) is not None:
            _close(self._desk, matter, closed=False)

    # -- showing -------------------------------------------------------------------------------------------------------

    def _show_of(self, whose: Whose) -> None:
        if (whose.call, whose.person) != (self._whose.call, self._whose.person):
            self._kept = None
            self.form.put_away()
            self._no_steps()
            self.hide()
        self._whose = whose
        self.form.know_children(whose.names)
        self.refresh()

    def _show(self, kept: Kept) -> None:
        self._kept = kept
        self.trouble.clear()
        self.rows.show_rows(kept_rows(kept), keep=True)
        if added := self._added is not None and kept.matter(self._added) is not None:
            self.rows.choose((self._added, ""))
            self._added = None
        elif kept.matters and self.rows.current_key() is None:
            self.rows.choose_row(0)
        addable = self._whose.addable and self.add_button.permitted
        for part in (self.rows, self.keys, self.edit_button):
            part.setVisible(bool(kept.matters))
        self.add_button.setVisible(addable)
        self.none_yet.setVisible(not kept.matters)
        self.setHidden(not (kept.matters or addable))
        self._moved(self.rows.current_key())
        if added and self.add_button.hasFocus():
            self._back()
        self.shown.emit()

    def _not_read(self, error: DeskError) -> None:
        self.trouble.say(f"The dates could not be read. {error.message} They are safe.", "danger")
        self.show()

    def _touched(self, topics: frozenset[Topic]) -> None:
        if topics & {Topic.DATES, Topic.RULES}:
            self.refresh()

    def _place(self) -> tuple[UUID, str] | None:
        key = self.rows.current_key()
        return key if isinstance(key, tuple) else None

    def _matter(self) -> Matter | None:
        place = self._place()
        return self._kept.matter(place[0]) if place is not None and self._kept is not None else None

    def _moved(self, key: object) -> None:
        matter, place = self._matter(), self._place()
        self._no_steps()
        is_open = matter is not None and matter.closed_on is None
        self.close_button.setVisible(is_open)
        self.reopen_button.setVisible(matter is not None and not is_open)
        self.explain_button.setVisible(place is not None and bool(place[1]))

    # -- how it came about ---------------------------------------------------------------------------------------------

    def _explain(self, key: object) -> None:
        matter, place = self._matter(), self._place()
        if matter is None or place is None or not place[1]:
            return
        work = partial(read_steps, self._desk.services, matter, place[1])
        self._desk.latest(self, "steps", work, partial(self._show_steps, place))

    def _show_steps(self, place: tuple[UUID, str], told: tuple[Step, ...]) -> None:
        matter = self._matter()
        if place != self._place() or matter is None:
            return
        title = next((one.title for one in matter.dates if one.clock == place[1]), "")
        self.why.setText(f"How it came about: {title}")
        self.why.show()
        self.steps.show_rows(step_rows(told))
        self.steps.show()
        self.steps.choose_row(0)
        self.steps.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.steps, self.why.text())
        keep_in_sight(self)

    def _no_steps(self) -> None:
        self.why.hide()
        self.steps.hide()

    def _back(self) -> None:
        there = self.rows if self.rows.rows.rows else self.add_button
        there.setFocus(Qt.FocusReason.OtherFocusReason)
        self._no_steps()

    # -- added and put right -------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """What fits the topics of the call stands first."""
        kept, whose = self._kept, self._whose
        if kept is None:
            return
        child = next(iter(whose.names)) if len(whose.names) == 1 else whose.person
        every = tuple(kept.happenings.values())
        fit = fitting(every, whose.topics)
        self._no_steps()
        new = Matter(key=uuid4(), call=whose.call, child=child, happening="", facts={})
        offered = (*fit, *(one for one in every if one not in fit))
        self.form.open_form(new, offered, kept.exceptions, whose.topics, whose.names)
        keep_in_sight(self)

    def _save(self, wanted: Matter) -> None:
        before, dates = self.form.before, self._desk.services.dates
        new = wanted.version == 0

        def saved(done: Done[Matter]) -> None:
            self.form.put_away()
            if new:
                self._added = done.value.key
                self._desk.notices.undoable(done.said, partial(_close, self._desk, done.value, closed=True))
            elif before is not None:
                back = replace(before, version=done.value.version)
                self._desk.notices.undoable(done.said, partial(_change, self._desk, partial(dates.amend, back)))

        def not_saved(error: DeskError) -> None:
            theirs = error.theirs if isinstance(error, Conflict) else None
            if not isinstance(theirs, Matter) or before is None:
                self.form.refuse(error)
            elif theirs.version:
                self._meet(error, before, theirs, wanted)
            else:  # the call is about another child by now; saved again the dates are theirs
                self.form.before = replace(before, child=theirs.child)
                self.form.refuse(error)
                self._desk.touch(frozenset({Topic.CALLS}))

        self._desk.change(self, partial(dates.keep if new else dates.amend, wanted), saved, not_saved)

    def _meet(self, error: DeskError, before: Matter, theirs: Matter, yours: Matter) -> None:
        """Both versions, line by line; where only the other closed it, yours goes on top of theirs."""
        assert self._kept is not None
        choices = choices_of(before, theirs, yours, self._kept)
        self.form.trouble.say(f"{error.message} What you typed is still here, not saved yet.", "danger")
        dialog = TwoVersionsDialog(choices, thing="matter", who=error.message, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._save(chosen_matter(theirs, yours, dialog.mine())))
        dialog.open()


def _close(desk: Desk, matter: Matter, *, closed: bool) -> None:
    """Close, or open again; each undoes the other."""
    dates = desk.services.dates

    def done(answer: Done[Matter]) -> None:
        desk.notices.undoable(answer.said, partial(_close, desk, answer.value, closed=not closed))

    desk.change(desk, partial(dates.close if closed else dates.reopen, matter.key, matter.version), done)


def _change(desk: Desk, work: partial[Done[Matter]]) -> None:
    def done(answer: Done[Matter]) -> None:
        desk.notices.inform("It was taken back.")

    desk.change(desk, work, done)
