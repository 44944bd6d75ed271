"""The dates line of the pad: where dates of the law follow from what a topic is about, it asks for the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ppsdesk.domain.happenings import Happening
from ppsdesk.domain.rights import Action, Subject
from ui.calls.dates_fields import DatesFields
from ui.calls.dates_follow import Happenings
from ui.calls.dates_more import DatesMore
from ui.kit.desk import Desk
from ui.kit.editor import Editor
from ui.kit.still import laid_out_once
from ui.kit.words import announce, spaced
from ui.who.what_follows import DatesTold, WhatFollows, fitting, lacking

if TYPE_CHECKING:
    from ui.kit.tokens_editor import TermTokens
    from ui.who.child_chips import ChildChips


class DatesLine(Editor):
    """`wanted_changed` when it is to be seen, or no longer: where a topic fits, while a day stands in it, or where
    somebody opened it.

    The kind follows from the topics until somebody chooses one. It never takes the keyboard by itself, and asks what
    follows behind what one types: saving waits for nothing of it.
    """

    wanted_changed = Signal(bool)

    def __init__(
        self,
        desk: Desk,
        topics: TermTokens,
        children: ChildChips,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._topics, self._children = desk, topics, children
        self._known = Happenings(desk, self)
        self._known.came.connect(self.follow)
        self._happening: Happening | None = None
        self._kept: dict[str, Any] = {}  # what a draft had, until what can have happened was read
        self._opened = self._by_hand = self._wanted = False
        self._said = ("dates", "Law dates", "")
        column = QVBoxLayout()
        spaced(column, gap="xs")
        self._row.addLayout(column, 1)
        self.fields = DatesFields(today, self)
        self.more = DatesMore(self.fields.flow, self.fields)
        self.answer = WhatFollows(desk, today, self)
        self.answer.said.connect(self.fields.describe)
        column.addWidget(self.fields)
        column.addWidget(self.more.words)
        column.addWidget(self.answer)
        self.fields.happening_chosen.connect(self._chosen)
        self.fields.edited.connect(self._typed)
        for part in (self.fields, self.more):
            part.left.connect(self._left)
            part.submitted.connect(self.submitted)
        self.more.edited.connect(self._typed)
        topics.edited.connect(self.follow)
        children.shown.connect(self._offer_more)

    # -- what the screen says ------------------------------------------------------------------------------------------

    @property
    def wanted(self) -> bool:
        """Whether it is to be seen."""
        return self._wanted

    def open(self) -> None:
        """Show it whatever the topics are, if need be with everything that can have happened, and go there."""
        self._opened = True
        self._known.read_now()
        self.follow()
        if self._wanted:
            self.fields.first_stop().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def follow(self) -> None:
        """The topics, as they stand now."""
        topics = self._topics.value()
        if topics or self._opened:
            self._known.read_soon()
        fit = fitting(self._known.all, topics)
        offered = fit or (self._known.all if self._opened else ())
        held = self._happening if self._by_hand or self.fields.has_days() else None
        if held is not None and held not in offered:
            offered = (*offered, held) if self.fields.has_days() else offered
        now = held if held in offered else next(iter(offered), None)
        if now is not held:
            self._by_hand = False
        with laid_out_once(self):
            self._happening = now
            if now is not None:
                self.fields.show_fields(now, offered, now.kind_for(topics))
                self._name_fields()
            self._offer_more()
        self.answer.ask(self._told())
        self._want(now is not None and self._desk.rights.may(Subject.DATES, Action.ADD))

    # -- as every editor -----------------------------------------------------------------------------------------------

    @property
    def keys(self) -> QWidget:
        """The part that has the keyboard, else the one that needs something, else the first day."""
        others = self.more.stops()
        here = next((one for one in others if one.hasFocus()), None)
        child = self.more.is_all_that_lacks(self.fields.trouble() or self._lack()[1])
        return here or (others[0] if child else None) or self.fields.keys(self._lack()[0])

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Every part one can stand in."""
        return (*self.fields.stops(), *self.more.stops())

    def value(self) -> DatesTold | None:
        """What was told, None where no day was typed or something is still needed."""
        self._read_now()
        told = self._told() if not self.trouble() else None
        return replace(told, children=self.more.those()) if told is not None else None

    def set_value(self, value: object) -> None:
        """What was told; None for nothing."""
        told = value if isinstance(value, DatesTold) else None
        self._opened = self._by_hand = False
        self.answer.speak(False)
        self._kept = {}
        self.fields.clear()
        self.more.restore()
        if told is not None:
            kept = {"happening": told.happening, "kind": told.kind, "days": dict(told.facts)}
            self.restore(kept | {"lifted": next(iter(told.lifted), "")})
        else:
            self.follow()

    def content(self) -> object:
        """What stands in it: nothing where no day was typed and nothing chosen."""
        if self._kept:
            return self._kept
        fields = self.fields
        if self._happening is None or not (fields.has_days() or fields.kind_chosen or self._by_hand):
            return {}
        kind = {"kind": fields.kind(), "chosen": fields.kind_chosen}
        more = {"child": self.more.child, "lifted": self.more.lifts}
        told = {"happening": self._happening.code, **kind, "days": fields.days()}
        return told | {name: code for name, code in more.items() if code}

    def restore(self, content: object) -> None:
        """What `content` gave."""
        self._kept = dict(content) if isinstance(content, dict) and content.get("happening") else {}
        self._opened = self._by_hand = False
        self.fields.clear()
        self.more.restore(str(self._kept.get("child") or ""), str(self._kept.get("lifted") or ""))
        if self._kept:
            self._read_now()
        self.follow()

    def is_empty(self) -> bool:
        """No day at all."""
        return not self._kept and not self.fields.has_days()

    def trouble(self) -> str:
        """A day that cannot be read, or what is needed beside those that can."""
        self._read_now()
        return self.fields.trouble() or self._lack()[1] or self.more.lack()

    def set_wrong(self, wrong: bool) -> None:
        """Look wrong, or right again."""
        child = wrong and self.more.is_all_that_lacks(self.fields.trouble() or self._lack()[1])
        self.fields.set_wrong(wrong and not child)
        self.more.set_wrong(child)

    def name(self, name: str, words: str, description: str = "") -> None:
        """Each part is called by what it asks for."""
        self._said = (name, words, description)
        self.setObjectName(name)
        self._name_fields()

    def _name_fields(self) -> None:
        self.fields.name(*self._said)
        self.more.name(*self._said[:2])

    def _lack(self) -> tuple[str, str]:
        return lacking(self._happening, self.fields.kind(), self.fields.typed()) if self._happening else ("", "")

    # -- inside --------------------------------------------------------------------------------------------------------

    def _read_now(self) -> None:
        """What a draft had, as soon as anybody asks for it."""
        if not self._kept:
            return
        kept, self._kept = self._kept, {}
        self._known.read_now()
        self._happening = self._known.find(kept["happening"])
        if self._happening is not None:
            self._by_hand = True
            kind = str(kept.get("kind") or "")
            chosen = bool(kept.get("chosen", kind))  # a draft of an earlier version does not say
            self.fields.restore(self._happening, kind, dict(kept.get("days") or {}), chosen=chosen)

    def _told(self) -> DatesTold | None:
        """What can be read, where anything follows from it: a second day that is being typed takes nothing away."""
        happening, kind, facts = self._happening, self.fields.kind(), self.fields.facts()
        if happening is None or not facts or lacking(happening, kind, facts)[1]:
            return None
        lifted = (self.more.lifts,) if self.more.lifts in happening.exceptions else ()
        return DatesTold(happening=happening.code, kind=kind, facts=facts, lifted=lifted)

    def _chosen(self, code: str) -> None:
        self._happening = self._known.find(code)
        self._by_hand = True
        self.follow()
        self.edited.emit()

    def _offer_more(self) -> None:
        """Which child, and what lifts a limit, are asked for once there is a day."""
        days = self.fields.has_days()
        children = self._children.chosen() if days else ()
        lifting = self._known.lifting(self._happening) if days else {}
        self.more.offer(children, lifting, self.fields.stops()[-1])

    def _typed(self) -> None:
        self._offer_more()
        self.answer.ask(self._told())
        self.edited.emit()

    def _left(self) -> None:
        """Gone on to the next of its parts one has not left the line: what that one asks for is not yet lacking."""
        self.answer.speak()
        if self.fields.trouble() or self._lack()[1] or QApplication.focusWidget() not in self.stops:
            self.left.emit()

    def _want(self, wanted: bool) -> None:
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self.wanted_changed.emit(wanted)
        if wanted and self._happening is not None:
            announce(self, f"{self._happening.title}? {self._said[1]}: Alt+W.")
