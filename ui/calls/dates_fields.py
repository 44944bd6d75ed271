"""The parts of the dates line: what happened, which kind, and a day for each thing that is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.happenings import FactWanted, Happening
from ui.kit.flow import Flow
from ui.kit.moments import DayEditor
from ui.kit.pickers import ChoicePicker
from ui.kit.words import label

ANY_KIND, NO_KIND = "Kind not known, or another", "Choose which kind"
LETTERS, KIND_LETTERS = 30, 26  # of a list that is closed


class FactDay(DayEditor):
    """A day that is asked for; what it is called changes with what happened."""

    def ask_for(self, fact: FactWanted) -> None:
        """Days to come are read where they may be."""
        self._ahead = fact.ahead
        self.line.setPlaceholderText("3/9, fri, +2w" if fact.ahead else "3/9, yest, mon")


class AskedDay(QWidget):
    """What is asked, and its day."""

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.fact = ""
        self.asks = label("")
        self.day = FactDay(today)
        row = Flow(self)
        row.addWidget(self.asks)
        row.addWidget(self.day)

    def ask_for(self, fact: FactWanted) -> None:
        """This one."""
        self.fact = fact.name
        self.asks.setText(fact.asks)
        self.day.ask_for(fact)


class DatesFields(QWidget):
    """Those that are not needed wait, hidden. Further days are asked for once the first is there.

    `edited` follows what people do; `happening_chosen` carries the code of another thing that happened. `kind_chosen`:
    somebody chose the kind, and it is theirs.
    """

    edited = Signal()
    happening_chosen = Signal(str)
    left = Signal()
    submitted = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self._happening: Happening | None = None
        self._typed: dict[str, object] = {}  # by name: a day that something else asks for too is not typed again
        self._moving = self.kind_chosen = False
        self._said = ("", "", "")
        self.flow = Flow(self, gap="s")  # what else is asked is added behind the days
        self._title = label("", "strong")
        self.flow.addWidget(self._title)
        self._pickers: tuple[ChoicePicker, ChoicePicker] | None = None
        self._days: list[AskedDay] = []
        self._make_day()

    # -- what is asked -------------------------------------------------------------------------------------------------

    def show_fields(self, happening: Happening, offered: Sequence[Happening], likely: str = "") -> None:
        """Ask for this, with the others that can be chosen instead. `likely` is its kind, where nobody chose one."""
        self._moving = True
        try:
            several, kinds = len(offered) > 1, happening.kinds
            self._title.setText(happening.title)
            self._title.setHidden(several)
            if several or kinds or self._pickers is not None:
                what, kind = self.pickers()
                what.offer([(one.code, one.title) for one in offered])
                what.set_value(happening.code)
                what.setHidden(not several)
                kind.offer([("", ANY_KIND if happening.rules else NO_KIND), *((one.code, one.title) for one in kinds)])
                self.kind_chosen = self.kind_chosen and (happening == self._happening or bool(kind.value()))
                kind.set_value(kind.value() if self.kind_chosen else likely)
                kind.setHidden(not kinds)
            if happening != self._happening:
                self._happening = happening
                self._take_days(happening)
            self._show_days()
        finally:
            self._moving = False
        self.flow.invalidate()
        self.updateGeometry()

    def restore(self, happening: Happening, kind: str, days: Mapping[str, object], *, chosen: bool) -> None:
        """What a draft kept; `chosen`: somebody chose its kind."""
        self._typed |= days
        self._happening = None
        self.show_fields(happening, (happening,))
        if happening.kinds:
            self._moving = True
            self.pickers()[1].set_value(kind)
            self._moving, self.kind_chosen = False, chosen

    def clear(self) -> None:
        """Nothing was typed, nothing chosen."""
        self._moving, self.kind_chosen = True, False
        self._typed, self._happening = {}, None
        for asked in self._days:
            asked.day.set_value(None)
        if self._pickers is not None:
            self._pickers[1].set_value("")
        self._moving = False

    # -- what was typed ------------------------------------------------------------------------------------------------

    def kind(self) -> str:
        """The code chosen, "" for none."""
        has_kinds = self._happening is not None and bool(self._happening.kinds)
        return self._pickers[1].value() if self._pickers is not None and has_kinds else ""

    def days(self) -> dict[str, object]:
        """What stands in the days, as typed."""
        return {asked.fact: asked.day.content() for asked in self._asked() if not asked.day.is_empty()}

    def has_days(self) -> bool:
        """Whether anything stands in one of them."""
        return any(not asked.day.is_empty() for asked in self._asked())

    def typed(self) -> tuple[str, ...]:
        """Names of the days in which something stands."""
        return tuple(self.days())

    def facts(self) -> dict[str, date]:
        """The days that can be read."""
        return {asked.fact: day for asked in self._asked() if (day := asked.day.value()) is not None}

    def trouble(self) -> str:
        """Of the first day that cannot be read."""
        return next((words for asked in self._asked() if (words := asked.day.trouble())), "")

    # -- for those who type and listen ---------------------------------------------------------------------------------

    def keys(self, needed: str) -> QWidget:
        """Where the keyboard is, else where it is needed, else the first day."""
        stops = self.stops()
        for stop in stops:
            if stop.hasFocus():
                return stop
        if needed == "kind" and self._pickers is not None:
            return self._pickers[1].keys
        wrong = (asked for asked in self._asked() if asked.day.trouble() or asked.fact == needed)
        return next(wrong, self._days[0]).day.keys

    def first_stop(self) -> QWidget:
        """Where one begins: at what happened, while there is something to choose and no day yet."""
        choose = self._pickers is not None and not self._pickers[0].isHidden() and not self.has_days()
        return self.pickers()[0].keys if choose else self.keys("")

    def stops(self) -> tuple[QWidget, ...]:
        """In reading order, those that wait at their place."""
        pickers = tuple(picker.keys for picker in self._pickers or ())
        return (*pickers, *(asked.day.keys for asked in self._days))

    def name(self, name: str, words: str, description: str) -> None:
        """Each by what it asks."""
        self._said = (name, words, description)
        for place, asked in enumerate(self._days):
            spoken = f"{words}: {asked.asks.text()}" if asked.asks.text() else words
            asked.day.name(name if place == 0 else f"{name}-{place + 1}", spoken, description)
        for picker, what in zip(self._pickers or (), ("What happened", "Which kind"), strict=False):
            picker.name(f"{name}-{what.split()[-1]}", f"{words}: {what.lower()}", description)

    def describe(self, words: str) -> None:
        """What follows, for those who listen: with the day it follows from."""
        for asked in self._asked():
            day = asked.day.understood.text()
            asked.day.keys.setAccessibleDescription(f"{day}. {words}" if day and words else day or words)

    def set_wrong(self, wrong: bool) -> None:
        """Those that cannot be read, or all of them where each can."""
        troubled = [asked for asked in self._asked() if asked.day.trouble()]
        for asked in self._asked():
            asked.day.set_wrong(wrong and (asked in troubled or not troubled))

    # -- inside --------------------------------------------------------------------------------------------------------

    def _asked(self) -> list[AskedDay]:
        return self._days[: len(self._happening.facts)] if self._happening is not None else []

    def _take_days(self, happening: Happening) -> None:
        while len(self._days) < len(happening.facts):
            self._make_day()
        for asked, fact in zip(self._days, happening.facts, strict=False):
            asked.ask_for(fact)
            asked.day.restore(self._typed.get(fact.name))

    def _show_days(self) -> None:
        assert self._happening is not None
        facts = self._happening.facts
        every = facts[0].optional or self._days[0].day.value() is not None
        for place, asked in enumerate(self._days):
            asked.setHidden(place >= len(facts) or (place > 0 and not every and asked.day.is_empty()))

    def _day_edited(self) -> None:
        if self._moving:
            return
        self._typed |= {asked.fact: asked.day.content() for asked in self._asked()}
        self._show_days()
        self.edited.emit()

    def _kind_edited(self) -> None:
        if not self._moving:
            self.kind_chosen = True
            self.edited.emit()

    def _what_edited(self) -> None:
        if not self._moving and self._pickers is not None:
            self.happening_chosen.emit(self._pickers[0].value())

    def pickers(self) -> tuple[ChoicePicker, ChoicePicker]:
        """The lists of what happened and of its kinds, made when the first of them is needed."""
        if self._pickers is None:
            what, kind = self._pickers = (ChoicePicker(self), ChoicePicker(self))
            what.edited.connect(self._what_edited)
            kind.edited.connect(self._kind_edited)
            for place, (picker, letters) in enumerate(((what, LETTERS), (kind, KIND_LETTERS))):
                picker.box.setMinimumContentsLength(letters)
                picker.left.connect(self.left)
                picker.submitted.connect(self.submitted)
                self.flow.insert(place + 1, picker)
            self._order()
            self.name(*self._said)
        return self._pickers

    def _make_day(self) -> None:
        asked = AskedDay(self._today, self)
        asked.day.edited.connect(self._day_edited)
        asked.day.left.connect(self.left)
        asked.day.submitted.connect(self.submitted)
        self._days.append(asked)
        self.flow.insert(len(self._days) + (2 if self._pickers is not None else 0), asked)
        self._order()

    def _order(self) -> None:
        """A part that is made later comes where it is read: the first day is there from the beginning, in its place."""
        for one, behind in pairwise((self._days[0].day.keys, *self.stops())):
            if one is not behind:
                QWidget.setTabOrder(one, behind)
