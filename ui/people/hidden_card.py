"""Addresses that must not be disclosed: how many, and on request what they say; whoever asks is noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.changes import Done
from ppsdesk.domain.codes import Safety
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.families import HiddenAddress
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.words import count_of
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.editors import NotesEditor, TextEditor
from ui.kit.form import Field
from ui.kit.rights import who_looks
from ui.kit.surfaces import Card
from ui.kit.words import WrappedLabel, announce, apart
from ui.people.parts import Lines, Shown, line
from ui.people.small_form import SmallForm
from ui.people.wording import address_words, span_words


class HiddenCard(Card):
    """ "Address hidden [Show]", shown until the tab is left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Hidden address", parent)
        self._desk = desk
        self._shown: Shown | None = None
        self.show_button = KeyButton("Show", kind="quiet", icon="eye").when_pressed(self.show_addresses)
        self.add_button = KeyButton("Add hidden address", kind="quiet", icon="plus").when_pressed(self._open)
        self.add_action(self.show_button.needs(desk.rights, Subject.HIDDEN_ADDRESSES, Action.READ))
        self.add_action(self.add_button.needs(desk.rights, Subject.HIDDEN_ADDRESSES, Action.ADD))
        self.words = WrappedLabel("", "muted")
        self.lines = Lines()
        self.form = SmallForm(
            lambda: (
                Field("lines", "House and street", NotesEditor(rows=2, most=4)),
                Field("town", "Town", TextEditor()),
                Field("postcode", "Postcode", TextEditor(limit=20)),
                Field("told_to_nobody_but", "Only for", TextEditor(), hint="Who may be told: the supporter, nobody."),
                Field("note", "What to mind", TextEditor()),
            ),
            "Hide this address",
        )
        self._changing: HiddenAddress | None = None
        self.form.wanted.connect(self._save)
        self.form.closed.connect(self.add_button.setFocus)
        for part in (self.words, self.lines, self.form):
            self.add(part)
        self.hide_addresses()

    def show_record(self, shown: Shown) -> None:
        """How many there are now."""
        if self._shown is None or self._shown.record.person.key != shown.record.person.key:
            self.hide_addresses()
        self._shown = shown
        self.form.belongs_to(shown.record.person.key)
        self._say()

    def hide_addresses(self) -> None:
        """Away with them."""
        self.lines.show_lines([])
        self._say()

    def show_addresses(self) -> None:
        """Ask for them; that somebody looked is noted."""
        if self._shown is None or not self._shown.record.hidden_addresses or not self.show_button.permitted:
            return
        shown, families = self._shown, self._desk.services.families

        def came(done: Done[tuple[HiddenAddress, ...]]) -> None:
            self.lines.show_lines([self._line(one, shown) for one in done.value])
            self._say()
            announce(self, self.words.text())
            self.add_button.setFocus()

        self._desk.change(self, lambda: families.show_hidden_addresses(shown.record.person.key), came)

    def _line(self, one: HiddenAddress, shown: Shown) -> QWidget:
        words, past = address_words(one), one.valid_to is not None and one.valid_to < shown.today
        change = KeyButton("Change", kind="quiet").when_pressed(lambda: self._change(one))
        change.setAccessibleName(f"Change {words}")
        end = KeyButton("No longer theirs", kind="quiet").when_pressed(lambda: self._end(one, shown.today))
        end.setAccessibleName(f"No longer theirs: {words}")
        for button in (change, end):
            button.needs(self._desk.rights, Subject.HIDDEN_ADDRESSES, Action.CHANGE)
        return line(words, _more(one, shown), None, change, *(() if past else (end,)), quiet=past)

    def _say(self) -> None:
        count = self._shown.record.hidden_addresses if self._shown else 0
        shown = not self.lines.isHidden()
        if shown:
            self.words.setText("Do not disclose. Shown until you leave this tab; that you looked is noted.")
        elif count:
            said = f"{count_of(count, 'address', 'addresses')}, not shown."
            self.words.setText(f"{said} {who_looks(self._desk.rights, Subject.HIDDEN_ADDRESSES)}")
        else:
            self.words.setText("None. An address nobody may learn is kept here, and never found by the search.")
        self.show_button.setHidden(not count or shown)

    def _open(self) -> None:
        self._edit(None, dict.fromkeys(self.form.form.names(), ""))

    def _change(self, address: HiddenAddress) -> None:
        self._edit(address, {name: getattr(address, name) for name in self.form.form.names()})

    def _edit(self, address: HiddenAddress | None, values: dict[str, Any]) -> None:
        if self._changing != address:
            self.form.put_away()  # what was typed for another address never goes to this one
        self._changing = address
        self.form.open_form(values, "Save" if address else "Hide this address")

    def _save(self, values: dict[str, object]) -> None:
        if self._shown is None:
            return
        said: dict[str, Any] = values
        before = self._changing
        if before is None:
            new = HiddenAddress(key=uuid4(), person=self._shown.record.person.key, safety=Safety.NOT_SAFE, **said)
        else:
            new = replace(before, **said)
        self._keep(new, before, then=self.form.done, failed=self.form.refuse)

    def _end(self, address: HiddenAddress, today: date) -> None:
        """It stays on record as one of the past: whoever knew it then may still go there."""
        ended = replace(address, valid_to=today - timedelta(days=1))
        self._keep(ended, address, then=self.add_button.setFocus, failed=self._refused)

    def _keep(
        self,
        new: HiddenAddress,
        before: HiddenAddress | None,
        *,
        then: Callable[[], None],
        failed: Callable[[DeskError], None],
    ) -> None:
        families, desk = self._desk.services.families, self._desk

        def kept(done: Done[HiddenAddress]) -> None:
            then()
            self.hide_addresses()
            if before is None:
                desk.notices.inform(done.said)
            else:
                desk.notices.undoable("Hidden address changed.", lambda: back(done.value))

        def back(now: HiddenAddress) -> None:
            assert before is not None
            was = replace(before, version=now.version)
            desk.change(desk, lambda: families.hide_address(was), lambda done: desk.notices.inform("As it was before."))

        desk.change(self, lambda: families.hide_address(new), kept, failed)

    def _refused(self, error: DeskError) -> None:
        self.words.setText(f"Not saved. {error.sentence}")


def _more(address: HiddenAddress, shown: Shown) -> str:
    only = f"only for {apart(address.told_to_nobody_but)}" if address.told_to_nobody_but else ""
    parts = [only, apart(address.note), span_words(address.valid_from, address.valid_to, shown.today)]
    said = "; ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]
