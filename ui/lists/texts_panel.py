"""Texts that are put in by one key: added, edited, put in order, ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.changes import Done
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.snippets import SLOT, Snippet
from ui.kit.desk import Desk
from ui.kit.editors import NotesEditor, TextEditor
from ui.kit.form import Field
from ui.kit.records import Column
from ui.kit.words import apart
from ui.lists.ask_card import Values
from ui.lists.panel import ListPanel, no_entry

NOTHING = "There are no texts. Add what you often write: Ctrl+J puts it into the notes of a call."


class TextsPanel(ListPanel[Snippet]):
    """In people's own order; ended ones stay where they were."""

    subject = Subject.TEXTS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        columns = (
            Column[Snippet]("Title", lambda text: apart(text.title), width=200),
            Column[Snippet]("Text", lambda text: apart(text.body), least=220),
            Column[Snippet]("State", lambda _: "", state=_state, width=110),
        )
        super().__init__(desk, "Texts", columns, NOTHING, parent)
        self.add = self.add_button("Add", None, icon="plus", action=Action.ADD).when_pressed(self.ask_new)
        self.change_it = self.add_button("Edit", self.edit, "F2", "pencil")
        self.end = self.add_button("Offer no more", self._end)
        self.again = self.add_button("Offer again", self._reopen)
        self.up = self.add_button("Up", lambda _: self.move_by(-1), "Alt+Up", "arrow-up", "quiet")
        self.down = self.add_button("Down", lambda _: self.move_by(1), "Alt+Down", "arrow-down", "quiet")
        self.show_texts(())

    def show_texts(self, texts: Sequence[Snippet]) -> None:
        """Show these."""
        self.show_records(texts)

    def identity(self, record: Snippet) -> object:
        """Its key."""
        return record.key

    def searched(self, record: Snippet) -> str:
        """Title and text."""
        return f"{record.title} {record.body}"

    def follow(self, record: Snippet | None) -> str:
        """What can be done with this one."""
        if no_entry((self.change_it, self.end, self.again, self.up, self.down), record) or record is None:
            return ""
        self.end.setVisible(not record.ended)
        self.again.setVisible(record.ended)
        return record.body

    def ask_new(self) -> None:
        """Add one."""
        self.asking.ask("Add a text", "Add", _fields(), {}, self._add)

    def edit(self, record: Snippet) -> None:
        """Change title or text."""
        values = {"title": record.title, "body": record.body}
        self.asking.ask(f"Edit “{record.title}”", "Save", _fields(), values, partial(self._change_text, record))

    def move_by(self, step: int) -> None:
        """Carry the text up or down by one place."""
        record, shown = self.current(), list(self.model.records())
        if record is None:
            return
        at = shown.index(record)
        if not 0 <= at + step < len(shown):
            return
        before = list(self.records())
        after = list(before)
        one, other = before.index(record), before.index(shown[at + step])
        after.insert(other, after.pop(one))
        self.change(partial(self._in_order, after), lambda done: partial(self._in_order, before))

    def _in_order(self, wanted: Sequence[Snippet]) -> Done[None]:
        """Give every text the place it has here; in the background."""
        desk = self.desk.services.snippets
        now = {text.key: text for text in desk.all()}
        done: Done[Snippet] | None = None
        for place, text in enumerate(wanted, start=1):
            there = now.get(text.key)
            if there is not None and there.position != place:
                done = desk.keep(replace(there, position=place))
        return Done(None, done.touched if done else frozenset(), said="Order of the texts changed.")

    def _add(self, values: Values) -> None:
        last = max((text.position for text in self.records()), default=0)
        text = Snippet(key=uuid4(), title=str(values["title"]), body=str(values["body"]), position=last + 1)
        desk = self.desk.services.snippets

        def undo(done: Done[Snippet]) -> Callable[[], Done[Snippet]]:
            return partial(desk.end, done.value.key, done.value.version)  # nothing is deleted

        self.change(partial(desk.keep, text), undo, on=lambda done: done.value.key)

    def _change_text(self, record: Snippet, values: Values) -> None:
        desk = self.desk.services.snippets
        text = replace(record, title=str(values["title"]), body=str(values["body"]))

        def undo(done: Done[Snippet]) -> Callable[[], Done[Snippet]]:
            return partial(desk.keep, replace(record, version=done.value.version))

        self.change(partial(desk.keep, text), undo)

    def _end(self, record: Snippet) -> None:
        desk = self.desk.services.snippets
        self.change(partial(desk.end, record.key, record.version),
                    lambda done: partial(desk.reopen, record.key, done.value.version))  # fmt: skip

    def _reopen(self, record: Snippet) -> None:
        desk = self.desk.services.snippets
        self.change(partial(desk.reopen, record.key, record.version),
                    lambda done: partial(desk.end, record.key, done.value.version))  # fmt: skip


def _fields() -> tuple[Field, ...]:
    return (
        Field("title", "Title", TextEditor(), hint="Short: it is found by it.", required=True),
        Field("body", "Text", NotesEditor(rows=3, most=12), hint=f"{SLOT} marks a gap that Tab goes to.", required=True,
              wide=True),
    )  # fmt: skip


def _state(text: Snippet) -> tuple[str, str] | None:
    return ("Not offered", "neutral") if text.ended else None
