"""A pad that never loses what was typed: a draft from the first key, kept by window, put back to the letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import clock_to_the_second
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import DeskError, StorageUnavailable
from ui.calls import fields
from ui.calls.call_form import CallForm
from ui.calls.draft_keeper import DraftKeeper
from ui.calls.pad_frame import PadFrame
from ui.kit.desk import Desk
from ui.kit.live_windows import LiveWindows

if TYPE_CHECKING:
    from ui.calls.pad_people import PadPeople

WINDOW_ONLY = "Kept in this window only"


class DraftedPad(PadFrame):
    """`closed` asks to be put away. `windows` tells drafts of open windows from those of windows that are gone."""

    closed = Signal()
    draft_kept = Signal()

    def __init__(self, desk: Desk, windows: LiveWindows | None = None, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._desk = desk
        self._windows = windows or LiveWindows(desk.services.folder.root)
        self._window = lru_cache(maxsize=1)(self._windows.window_name)
        self._key = uuid4()
        self._saving = self._clearing = False
        self._then: Callable[[], None] | None = None
        self._accepted: set[str] = set()
        self._returned: str = ""
        self._people: PadPeople | None = None
        self._keeper = DraftKeeper(desk, self._draft, self)
        self._keeper.kept.connect(self._draft_taken)
        self._keeper.refused.connect(self._draft_refused)
        self.form.box.left.connect(self.keep_draft)
        self.form.edited.connect(self._edited)
        self.form.completed.connect(self._listen)
        self.form.lists_came.connect(self._lists_came)

    # -- what the window asks of it ------------------------------------------------------------------------------------

    def key(self) -> UUID:
        """The key the call will have."""
        return self._key

    @property
    def people(self) -> PadPeople:
        """Who calls and about whom; there with the fields that show it."""
        if self._people is None:
            from ui.calls.pad_people import PadPeople

            self.form.complete()
            if self._people is None:
                self._people = PadPeople(self._desk, self.form, self.side, self.key)
                self._people.known.connect(self._say_last_calls)
        return self._people

    @property
    def has_unsaved(self) -> bool:
        """Whether anything stands here that is not on record."""
        return self._saving or self.form.dirty

    def open_key(self) -> UUID | None:
        """The key of the call being written, None for an empty pad: its draft needs no offering."""
        return self._key if self.has_unsaved else None

    def resume(self, draft: Draft) -> None:
        """Go on with a draft. What stands here is kept as a draft of its own first."""
        if self.has_unsaved:
            self._when_kept(lambda: self._put_back(draft))
        else:
            self._put_back(draft)

    def keep_draft(self) -> None:
        """Keep what stands here now, as before the program ends."""
        self._keeper.keep_now()

    def rest(self) -> None:
        """The window closes: nothing more is kept or looked up."""
        self._keeper.end()
        self.form.build_on(False)
        if self._people is not None:
            self._people.rest()

    def close_pad(self) -> None:
        """Put the pad away. An unfinished call stays as a draft; an untouched pad leaves nothing."""
        if self._saving:
            return
        if self.form.dirty:
            self._when_kept(self._put_away)
        else:
            self._put_away()

    def discard(self) -> None:
        """Give the call up. It can be taken back."""
        draft = self._draft()
        if draft is not None:
            discard_draft(self._desk, draft, self._bring_back)
            self._keeper.forget(draft.key)
        if not self._saving:
            self._put_away()

    def changeEvent(self, event: QEvent) -> None:
        """Another window comes to the front: what stands here is kept now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keep_draft()

    # -- keeping -------------------------------------------------------------------------------------------------------

    def _draft(self, *, sent: bool = False) -> Draft | None:
        """What stands here; with `sent` also while it is on its way to be saved."""
        if self._clearing or (self._saving and not sent) or not self.form.dirty:
            return None
        self._windows.hold()
        now = self._desk.services.clock()
        return Draft(
            key=self._key,
            person=self._desk.services.person,
            window=self._window(),
            started_at=self.timer.started_at or now,
            kept_at=now,
            content=self.form.content() | self._more(),
        )

    def _more(self) -> dict[str, object]:
        """What belongs to the call and stands in no field."""
        not_same = self._people.alike.not_same if self._people is not None else ()
        more: dict[str, object] = {
            "_accepted": sorted(self._accepted),
            "_not_same": sorted(str(key) for key in not_same),
            "_returned": self._returned,
        }
        if self.timer.stands:
            more["_elapsed"] = int(self.timer.elapsed.total_seconds())
        elif self.timer.stood:
            more["_stood"] = int(self.timer.stood.total_seconds())
        return more

    def _edited(self, name: str) -> None:
        if self.timer.started_at is None:
            self.timer.start()
        self.timer.go_on()
        if self.form.dirty:
            self.state.not_saved()
            self._keeper.typed()

    def _draft_taken(self, draft: Draft) -> None:
        if not self.trouble.text:
            self.state.draft_kept(clock_to_the_second(draft.kept_at), here=draft.here)
        self.draft_kept.emit()
        if self._then is not None:
            self._when_kept(self._then)  # unless something was typed meanwhile

    def _draft_refused(self, error: DeskError) -> None:
        self.state.failed(WINDOW_ONLY)
        if self._then is not None:
            self._then = None
            self.trouble.say(f"{error.message} This call is kept in this window only; leave it open.", "danger")
            self.trouble.add_button("Try now", self.close_pad, kind="")

    def _when_kept(self, then: Callable[[], None]) -> None:
        self._then = then
        if self._keeper.keep_now():
            self._then = None
            then()

    # -- putting back --------------------------------------------------------------------------------------------------

    def _put_back(self, draft: Draft) -> None:
        self._clear()
        self._key = draft.key
        content = draft.content
        stood = timedelta(seconds=_number(content.get("_stood")))
        ran = draft.kept_at - draft.started_at - stood
        if "_elapsed" in content:
            ran = timedelta(seconds=_number(content["_elapsed"]))
            stood = draft.kept_at - draft.started_at - ran
        self.timer.start(draft.started_at, max(ran, timedelta()), max(stood, timedelta()))
        self._accepted = {str(sentence) for sentence in _listed(content.get("_accepted"))}
        self._returned = str(content.get("_returned") or "")
        self.form.put_back(_readable(content))
        self.people.put_back({UUID(str(key)) for key in _listed(content.get("_not_same"))})
        self._was_put_back()
        self._keeper.begin_with(replace(draft, window=self._window()))
        self.state.draft_kept(clock_to_the_second(draft.kept_at), here=draft.here)
        self.form.focus_first()

    def _was_put_back(self) -> None:
        """A draft stands in the form now."""

    def _bring_back(self, draft: Draft) -> None:
        # Into the pad if it is free; otherwise it is offered like any other draft.
        if not self.has_unsaved:
            self._put_back(draft)

    def _put_away(self) -> None:
        self._clear()
        self.closed.emit()
        self._desk.touch(frozenset({Topic.DRAFTS}))

    def _clear(self) -> None:
        self._keeper.rest()
        self._key, self._then = uuid4(), None
        self._accepted, self._returned = set(), ""
        self.timer.reset()
        self._clearing = True  # a field that goes lets go of the keyboard: what is left half-way is nobody's call
        try:
            for bar in (self.trouble, self.question):
                bar.clear()
            self.state.clear()
            self.form.fill(presets(self._desk, self.form))
            if self._people is not None:
                self._people.begin()
            self._was_put_back()
            self.form.set_clean()  # the chips of the caller before went only now
        finally:
            self._clearing = False

    def _say_last_calls(self) -> None:
        people = self.people
        lines = people.before.lines if people.before is not None else ()
        record = people.record if people.before is not None else None
        self.panel.show_calls(record, lines, self.form.lists, self.form.today())
        self.say_what_to_mind()

    def _listen(self) -> None:
        self._people = self.people
        for name in self.form.names():
            if name != "caller":
                self.form.editor(name).left.connect(self.keep_draft)

    def _lists_came(self) -> None:
        if not self.has_unsaved and not self.form.problems():
            self.form.fill(presets(self._desk, self.form))


def discard_draft(desk: Desk, draft: Draft, brought_back: Callable[[Draft], None]) -> None:
    """Give a draft up, with an undo that keeps it again."""
    services = desk.services

    def given_up(done: Done[UUID]) -> None:
        desk.notices.undoable("Unfinished call discarded.", bring_back)

    def bring_back() -> None:
        desk.change(desk, keep_again, kept)

    def keep_again() -> Done[Draft]:
        try:
            return services.drafts.keep(draft)
        except StorageUnavailable:
            return services.drafts.keep_here(draft)

    def kept(done: Done[Draft]) -> None:
        brought_back(done.value)

    desk.change(desk, lambda: services.drafts.discard(draft.key), given_up)


def presets(desk: Desk, form: CallForm) -> Mapping[str, object]:
    """An empty form but for what the desk says: its line, its usual method, and who sits there."""
    settings = desk.services.settings.read()
    empty: dict[str, object] = dict.fromkeys(form.names() if form.is_complete else ())
    direction = fields.direction_of(form.lists, settings.method)
    return empty | {
        "line": settings.line,
        "method": settings.method,
        "direction": direction or "in",
        "taken_by": desk.services.person,
    }


def _readable(content: Mapping[str, object]) -> dict[str, object]:
    """A draft of the time before people had records named the caller in words alone."""
    kept = dict(content)
    if "caller" not in kept and kept.get("caller_name"):
        kept["caller"] = kept["caller_name"]
    return kept


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
