"""A pad that saves: the call with everything it brings, checked, asked about where it is unlikely, and undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ppsdesk.domain.calendar import clock_to_the_second
from ppsdesk.domain.errors import DeskError, Invalid, StorageUnavailable
from ppsdesk.domain.words import count_of
from ui.calls.draft_keeper import SLOW
from ui.calls.pad_drafts import DraftedPad
from ui.calls.waiting import NOT_SAVED_YET, SAVED_AFTER_ALL, Waiting
from ui.kit.connection import Trouble
from ui.kit.desk import Desk
from ui.kit.live_windows import LiveWindows

if TYPE_CHECKING:
    from ppsdesk.domain.calls import NewCall
    from ppsdesk.domain.changes import Done
    from ppsdesk.domain.drafts import Draft
    from ppsdesk.domain.intake import Intake
    from ui.calls.next_step import NextStep


class SavingPad(DraftedPad):
    """`logged` carries the id of the saved call. What comes next follows from the outcome.

    While the database takes nothing the call waits here, and is saved by itself, once, when it does again.
    """

    logged = Signal(int)

    def __init__(self, desk: Desk, windows: LiveWindows | None = None, parent: QWidget | None = None) -> None:
        super().__init__(desk, windows, parent)
        self.waiting = Waiting(desk.connection, self.trouble, self.save, self)
        self._waited = self._in_use = False
        self._takes_long = QTimer(self)
        self._takes_long.setSingleShot(True)
        self._takes_long.timeout.connect(self._keep_meanwhile)
        self._keeper.kept.connect(self._kept_while_waiting)
        self._keeper.refused.connect(self._not_kept_while_waiting)
        self.step: NextStep | None = None
        self._propose_again = False
        self._asking: dict[str, str] = {}
        self.form.submitted.connect(self.save)
        self.form.edited.connect(self._follow)
        self.form.completed.connect(self._with_all_fields)
        self.save_button.when_pressed(self.save)
        self.refer_button.when_pressed(self.refer)

    def save(self) -> None:
        """Put the call on record. Invalid or not saved: everything stays as it was typed."""
        from ui.calls.questions import questions_of
        from ui.calls.saving import logging

        if self._saving:
            return
        self.form.complete()
        self.timer.stop()
        try:
            call, intake = self._call(), self._intake()
            _check(call, intake, self._desk)
        except Invalid as error:
            self._show_invalid(error)
            return
        self.form.clear_problems()
        self._accepted |= set(self._asking.values())
        asked = questions_of(call, intake, self.form.today())
        if self._ask({name: words for name, words in asked.items() if words not in self._accepted}):
            return
        if self._desk.connection.trouble is not Trouble.NONE:
            self._wait()
            self._desk.connection.try_now()
            return
        self._waited, self._in_use = self.waiting.waits, self._has_keyboard()
        self.waiting.end()
        self.trouble.clear()
        self._saving = True
        self._keeper.rest()
        self._takes_long.start(SLOW)
        self.hold(True)
        self.state.saving()
        work = logging(
            self._desk,
            call,
            intake,
            not_same=frozenset(self.people.alike.not_same),
            accepted=frozenset(self._accepted),
            returned=self._returned,
        )
        self._desk.change(self, work, lambda done: self._saved(done, call, intake), self._not_saved)

    def refer(self) -> None:
        """Hand the family over: once asks to whom, once more saves."""
        self.form.complete()
        assert self.step is not None
        if self.step.refers:
            self.save()
            return
        self.step.refer(self.form.today())
        self.form.focus_field("next_owner")

    def next_step(self) -> None:
        """The keyboard to what happens next."""
        self.form.focus_field("next_kind")

    # -- on record -----------------------------------------------------------------------------------------------------

    def _call(self) -> NewCall:
        from ui.calls.call_values import logged

        started = self.timer.started_at or self._desk.services.clock()
        return logged(self.form.values(), key=self._key, started_at=started, ended_at=started + self.timer.elapsed)

    def _intake(self) -> Intake:
        from ui.calls.brought import brought, new_caller, new_in
        from ui.calls.caller_facts import is_to_be_recorded, typed_of

        values, (organisations, terms) = self.form.values(), new_in(self.form)
        children = values["children"]
        return brought(
            self._call(),
            values,
            caller=new_caller(self._key, values, typed_of(values)) if is_to_be_recorded(values) else None,
            children=children.new,  # type: ignore[attr-defined]  # Children
            organisations=organisations,
            terms=terms,
        )

    def _saved(self, done: Done[int], call: NewCall, intake: Intake) -> None:
        from ppsdesk.domain.calls import to_complete
        from ui.calls.saving import taking_out
        from ui.calls.wording import brought_words

        came_along = brought_words(intake, dict(self.form.editor("children").chosen()))  # type: ignore[attr-defined]  # ChildChips
        waited, in_use = self._waited, self._in_use
        self._sent_off()
        self._keeper.forget(call.key)
        self._clear()
        self.state.saved(clock_to_the_second(self._desk.services.clock()))
        if waited:
            self.trouble.say(SAVED_AFTER_ALL, "success")
        if in_use or not waited:
            self.form.focus_first()
        missing = len(to_complete(call))
        more = f"{count_of(missing, 'thing')} to complete." if missing else ""
        reference = f"Reference {call.reference}." if call.reference else ""
        said = " ".join(filter(None, (done.said, reference, came_along, more)))
        self._desk.notices.undoable(said, taking_out(self._desk, done.value, intake))
        self.logged.emit(done.value)

    def _not_saved(self, error: DeskError) -> None:
        from ui.calls.saving import Asked

        self._sent_off()
        if isinstance(error, Asked):
            self._ask(error.problems)
            return
        if isinstance(error, Invalid):
            self._show_invalid(error)
            return
        if self.waiting.is_for(error):
            self._wait()
            return
        self.state.failed("Not saved")
        self.trouble.say(f"Not saved. {error.sentence}", "danger")
        if isinstance(error, StorageUnavailable):
            self.trouble.add_button("Try now", self.save, "Ctrl+Enter", kind="")
        self._keeper.typed()

    # -- while the database takes nothing ------------------------------------------------------------------------------

    @property
    def is_sent(self) -> bool:
        """Whether it is on its way, or waits to be: another call is taken in another pad."""
        return self._saving or self.waiting.waits

    def close_pad(self) -> None:
        """Put the pad away; a call that waits goes on waiting."""
        if self.waiting.waits:
            self.closed.emit()
        else:
            super().close_pad()

    def _wait(self) -> None:
        self.waiting.begin(self.form.content())
        draft = self._draft()
        if draft is not None:
            self._keeper.keep_here(draft)

    def _kept_while_waiting(self, draft: Draft) -> None:
        self._say_waits(here=draft.here)

    def _not_kept_while_waiting(self, error: DeskError) -> None:
        self._say_waits(here=False)

    def _say_waits(self, *, here: bool) -> None:
        self.waiting.kept(here=here)
        if self.waiting.waits and self.state.text != NOT_SAVED_YET:
            self.state.failed(NOT_SAVED_YET)

    def _keep_meanwhile(self) -> None:
        draft = self._draft(sent=True)
        if self._saving and draft is not None:
            self._keeper.keep_here(draft)

    def _sent_off(self) -> None:
        """The answer came."""
        self._saving = self._waited = False
        self._takes_long.stop()
        self.hold(False)

    def _has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is None or self.isAncestorOf(focus)

    def _show_invalid(self, error: Invalid) -> None:
        from ui.calls.brought import problem_at

        self.timer.go_on()
        problems = {problem_at(name): words for name, words in error.problems.items()}
        for name in ("taken_on", "started_at"):
            if name in problems:
                self.form.ask_when()
        self.form.show_problems(problems)

    def _ask(self, asked: Mapping[str, str]) -> bool:
        """Ask in a bar; the same key once more says yes. True if anything was to be asked."""
        self._asking = dict(asked)
        self.question.clear()
        if not self._asking:
            return False
        self.timer.go_on()
        first = next(iter(self._asking))
        self.question.say(" ".join(self._asking.values()), "warning")
        self.question.add_button("Yes, save it so", self.save, "Ctrl+Enter", kind="")
        self.question.add_button("Change it", lambda: self.form.focus_field(first))
        return True

    # -- inside --------------------------------------------------------------------------------------------------------

    def _with_all_fields(self) -> None:
        from ui.calls.next_step import NextStep

        self.step = NextStep(self.form, me=self._desk.services.person)
        self.step.begin()
        dates = self.form.editor("dates")
        dates.wanted_changed.connect(partial(self.form.show_field, "dates"))  # type: ignore[attr-defined]  # DatesLine
        dates.follow()  # type: ignore[attr-defined]  # a topic may stand there already

    def _follow(self, name: str) -> None:
        if self.waiting.waits:
            self.waiting.edited(self.form.content())
        elif self.trouble.text == SAVED_AFTER_ALL:
            self.trouble.clear()
        if self.question.text and name in self._asking:
            self._ask({})
        if self.step is None:
            return
        if name == "outcome":
            self.step.propose(self.form.editor("outcome").value(), self.form.lists, self._today())
        elif name == "next_kind":
            self.step.chosen(self._today())

    def _lists_came(self) -> None:
        super()._lists_came()
        if self._propose_again:
            self._propose_again = False
            self._follow("outcome")

    def _was_put_back(self) -> None:
        self._asking = {}
        self.waiting.end()
        if self.step is not None:
            self.step.begin()

    def _today(self) -> date:
        return self.form.today()


def _check(call: NewCall, intake: Intake, desk: Desk) -> None:
    """Refuse what cannot be, all of it at once."""
    from ppsdesk.domain.calls import checked
    from ppsdesk.domain.intake import check_intake

    now = desk.services.clock()
    problems: dict[str, str] = {}
    looks: tuple[Callable[[], None], ...] = (lambda: checked(call, now=now), lambda: check_intake(intake, now=now))
    for look in looks:
        try:
            look()
        except Invalid as error:
            problems |= dict(error.problems)
    if problems:
        raise Invalid(problems)
