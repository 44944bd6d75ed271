"""Today: what is unfinished, whom to ring, what is to complete, and how the term stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_clock, local_day, long_day
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.finding import Alike
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.today import Opens, Today, TodayFigure
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.page_body import PageBody
from ui.kit.surfaces import Bar, Card, page_scroll
from ui.kit.theme import theme_box
from ui.kit.words import label, say
from ui.today.alike_card import AlikeCard
from ui.today.drafts_card import DraftsCard
from ui.today.due import due_steps, steps_of
from ui.today.figures_card import MISSING, FigureRows, FiguresCard, ShownFigure, TwoColumns
from ui.today.rings_card import RingsCard
from ui.today.scope import Scope
from ui.today.steps_card import StepsCard
from ui.today.steps_table import DueStep

PAIRS = 100  # as many as the figure counts
MINUTE, AGAIN = 60_000, 15_000  # milliseconds
_SCOPES = {"call_backs": Scope.CALL_BACKS, "call_back_wait": Scope.REACHED}
ALL_DONE = "Every call is complete, and nothing on the lists is to check."
NO_CALLS = "No call is on record for this term yet. Press F8 when the phone rings."


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """Everything the page shows, read in one go."""

    today: Today
    steps: tuple[DueStep, ...]
    drafts: tuple[Draft, ...]


class TodayPage(Page):
    """Signals carry what somebody wants to see: a `Draft`, a step, a person's key, a call's id, a `Selection`.

    `words` puts a draft into a sentence. `offers` says of a draft whether it is to be offered: not
    while it stands in a pad.
    """

    resume_wanted = Signal(object)
    ring_wanted = Signal(object)
    person_wanted = Signal(object)
    call_wanted = Signal(int)
    calls_wanted = Signal(object)
    new_call_wanted = Signal()
    lists_wanted = Signal()

    shows = frozenset(
        {Topic.CALLS, Topic.DRAFTS, Topic.STEPS, Topic.PEOPLE, Topic.VOCABULARIES, Topic.ORGANISATIONS,
         Topic.NON_DATA, Topic.IMPORTS, Topic.SETTINGS, Topic.SCHOOL_TERMS}
    )  # fmt: skip
    title = "Today"

    def __init__(self, desk: Desk, words: Callable[[Draft, date], str], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.offers: Callable[[Draft], bool] = bool
        self._came = False
        self._counted: Today | None = None
        self.drafts = DraftsCard(desk, words)
        self.drafts.resume_wanted.connect(self.resume_wanted)
        self.steps = StepsCard(desk, self._today)
        self.steps.ring_wanted.connect(self.ring_wanted)
        self.steps.call_wanted.connect(self.call_wanted)
        self.steps.person_wanted.connect(self.person_wanted)
        self.steps.scope_changed.connect(self.refresh)
        self.figures = FiguresCard("This term so far", NO_CALLS)
        self.gaps = FigureRows()
        self.complete = Card("To complete")
        self.all_done = label(ALL_DONE, "muted", wrap=True)
        self.complete.add(self.all_done)
        self.all_done.hide()
        self.complete.add(self.gaps)
        self.rings = RingsCard(desk)
        self.pairs = AlikeCard(desk)
        self.pairs.person_wanted.connect(self.person_wanted)
        self.trouble = Bar("danger")
        self.new_call = KeyButton("New call", "F8", "primary", "phone").when_pressed(self.new_call_wanted.emit)
        self.again = KeyButton("Refresh", "F5", icon="refresh-cw").when_pressed(self.on_refresh)
        self.add_action(self.again)
        self.add_action(self.new_call.needs(desk.rights, Subject.CALLS, Action.ADD))
        self._columns = TwoColumns(self.figures, self.complete)
        self.area = page_scroll(PageBody(self.trouble, self.drafts, self.steps, self._columns, self.rings, self.pairs))
        policy = self.area.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the title stays at the top
        self.area.setSizePolicy(policy)
        self.area.hide()  # until it is known, no sentence says that there is nothing
        self.body.addWidget(self.area)
        self.set_line(long_day(self._today()))
        theme_box().changed.connect(self._fit)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look_at_drafts)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self._look_again)
        self._minute.start()

    def focus_first(self) -> None:
        """Where work goes on: the unfinished call, else what is due, else a new call."""
        if self.drafts.focus_first():
            return
        if self.steps.table.isVisibleTo(self):
            self.steps.focus_table()
        else:
            self.new_call.setFocus()

    def refresh(self) -> None:
        """Ask for everything again; the keyboard stays where it is."""
        services, scope = self.desk.services, self.steps.showing

        def read() -> Morning:
            today = services.today.today()
            steps = steps_of(services, scope, today)
            return Morning(today=today, steps=due_steps(services, steps, today.day), drafts=services.drafts.mine())

        def look_for_pairs() -> tuple[Alike, ...]:
            return services.people.perhaps_same(limit=PAIRS)

        self.desk.latest(self, "today", read, self._show, self._failed)
        self.desk.latest(self, "pairs", look_for_pairs, self.pairs.show_pairs, self._failed)
        self.rings.refresh()

    def on_refresh(self) -> None:
        """F5."""
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Back from another window: a colleague may have been busy meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._look_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns become one where there is less room."""
        super().resizeEvent(event)
        self._fit()

    # -- answers -------------------------------------------------------------------------------------------------------

    def _show(self, morning: Morning) -> None:
        """What is to be done now, part by part in turns of the loop, so that a key in between is not held up."""
        today = morning.today
        first, self._came = not self._came, True
        self.area.show()
        self.trouble.clear()
        had_keys = first and self.isAncestorOf(self.window().focusWidget() or self.window())
        offered = [draft for draft in morning.drafts if self.offers(draft)]
        if len(offered) < len(morning.drafts):  # held by a window that may be gone in a minute
            self._soon.start(AGAIN)
        self.drafts.show_drafts(offered, today.day)
        say(self.new_call, kind="" if offered else "primary")  # one thing to do next
        self._counted = today
        QTimer.singleShot(0, self, partial(self._show_steps, morning.steps, first=had_keys))

    def _show_steps(self, steps: Sequence[DueStep], *, first: bool) -> None:
        self.steps.show_steps(steps)
        if first and self.isAncestorOf(self.window().focusWidget() or self.window()):  # nothing was here until now
            self.focus_first()
        QTimer.singleShot(0, self, self._show_figures)

    def _show_figures(self) -> None:
        today = self._counted
        assert today is not None
        self.figures.show_figures(self._shown(today.figures), f"as of {local_clock(today.as_of)}, drafts not counted")
        QTimer.singleShot(0, self, self._show_gaps)

    def _show_gaps(self) -> None:
        today = self._counted
        assert today is not None
        gaps = _still_open(today.to_complete)
        self.gaps.show_figures(self._shown(gaps))
        self.all_done.setVisible(not gaps)
        self.rings.span = today.term.span
        term = f"{today.term.name}, week {today.week}"
        assumed = " (usual term dates)" if today.term.term_dates_assumed else ""
        self.set_line(f"{long_day(today.day)}, {term}{assumed}")

    def _shown(self, figures: Sequence[TodayFigure]) -> list[ShownFigure]:
        return [
            ShownFigure(words=_number(figure), label=figure.label, definition=figure.definition, note=_note(figure),
                        pressed=self._opening(figure))
            for figure in figures
        ]  # fmt: skip

    def _opening(self, figure: TodayFigure) -> Callable[[], None] | None:
        ways: dict[Opens, Callable[[], None]] = {
            Opens.STEPS: partial(self.steps.show_scope, _SCOPES.get(figure.name, Scope.OPEN)),
            Opens.NON_DATA: self._show_rings,
            Opens.DRAFTS: self._show_drafts,
            Opens.PERHAPS_SAME: self._show_pairs,
            Opens.LISTS: self.lists_wanted.emit,
            Opens.ORGANISATIONS: self.lists_wanted.emit,
        }
        if figure.opens is Opens.CALLS and figure.selection is not None:
            return partial(self.calls_wanted.emit, figure.selection)
        return ways.get(figure.opens)

    def _failed(self, error: DeskError) -> None:
        self.area.show()
        shown = "What is shown may be old." if self._came else "The records themselves are safe."
        self.trouble.say(f"The page could not be read. {error.message} {shown}", "danger")
        self.trouble.add_button("Try again", self.refresh, "F5", kind="")

    # -- what people do ------------------------------------------------------------------------------------------------

    def _show_rings(self) -> None:
        self.rings.open_list()

    def _show_drafts(self) -> None:
        self.drafts.focus_first()

    def _show_pairs(self) -> None:
        self.pairs.table.setFocus()

    def _look_at_drafts(self) -> None:
        if self.isVisible():
            self.refresh()

    def _look_again(self) -> None:
        # Nobody else writes to a local file.
        if self.isVisible() and self.desk.services.whereabouts.shared:
            self.refresh()

    def _fit(self) -> None:
        self._columns.fit(self.width())

    def _today(self) -> date:
        return local_day(self.desk.services.clock())


def _number(figure: TodayFigure) -> str:
    """The figure without what it is of, which stands below it."""
    return MISSING if figure.value is None else figure.shown.partition(" (of ")[0]


def _note(figure: TodayFigure) -> str:
    if figure.value is None:
        return figure.shown
    return f"of {figure.base:,}" if figure.base is not None else ""


def _still_open(figures: Sequence[TodayFigure]) -> list[TodayFigure]:
    """What there is something of. Where all gaps are mine, they are said once."""
    mine = {figure.name.removeprefix("my_"): figure.value for figure in figures if figure.name.startswith("my_")}
    return [figure for figure in figures if figure.value and mine.get(figure.name) != figure.value]
