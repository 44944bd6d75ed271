"""What to know before speaking: added in a moment, ending by itself or by hand, taken back by undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day, long_day
from ppsdesk.domain.codes import AlertKind
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.families import Alert
from ppsdesk.domain.rights import Action, Subject
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.editors import CodePicker, DayEditor, NotesEditor
from ui.kit.form import Field
from ui.kit.surfaces import Card
from ui.kit.words import WrappedLabel, apart
from ui.people.doing import do
from ui.people.parts import Lines, Shown, line
from ui.people.small_form import SmallForm
from ui.people.wording import span_words

KINDS = {AlertKind.SAFE_CONTACT: "warning", AlertKind.TAKE_CARE: "danger", AlertKind.HANDLING: "info"}


class AlertsCard(Card):
    """Those that hold, each with its end; those that ended, quietly; and the fields for one more."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Alerts", parent)
        self._desk = desk
        self._shown: Shown | None = None
        self.add_button = KeyButton("Add alert", kind="quiet", icon="plus").when_pressed(self._open)
        self.add_action(self.add_button.needs(desk.rights, Subject.FAMILIES, Action.ADD))
        self.lines, self.past = Lines(), Lines()
        self.nothing = WrappedLabel(
            "No alert holds. What stands here is shown above every tab and in the pad.", "muted"
        )
        self.form = SmallForm(
            lambda: (
                Field("kind", "Kind", CodePicker(AlertKind)),
                Field("words", "Alert", NotesEditor(rows=2, most=4), hint="In words: Do not leave a voicemail."),
                Field("valid_to", "Until", DayEditor(self._today, placeholder="3 dec, +6m", ahead=True),
                      hint="The last day it holds. Empty: until somebody ends it."),
            ),
            "Add alert",
        )  # fmt: skip
        self.form.wanted.connect(self._save)
        self.form.closed.connect(self._closed)
        for part in (self.nothing, self.lines, self.form, self.past):
            self.add(part)

    def show_record(self, shown: Shown) -> None:
        """As it now is."""
        self._shown = shown
        self.form.belongs_to(shown.record.person.key)
        holding = shown.record.alerts_on(shown.today)
        others = [alert for alert in shown.record.alerts if alert not in holding]
        self.nothing.setHidden(bool(holding))
        self.lines.show_lines([self._line(alert, shown.today) for alert in holding])
        self.past.show_lines([line(_past(alert, shown.today), quiet=True) for alert in others])

    def _line(self, alert: Alert, today: date) -> QWidget:
        end = KeyButton("End", kind="quiet").needs(self._desk.rights, Subject.FAMILIES, Action.CHANGE)
        end.setAccessibleName(f"End alert: {alert.words}")
        end.when_pressed(lambda: self._end(alert))
        return line(
            apart(alert.words),
            span_words(alert.valid_from, alert.valid_to, today),
            (alert.kind.label, KINDS[alert.kind]),
            end,
        )

    def _open(self) -> None:
        self.form.open_form({"kind": AlertKind.SAFE_CONTACT, "words": "", "valid_to": None})

    def _closed(self) -> None:
        self.add_button.setFocus()

    def _save(self, values: dict[str, object]) -> None:
        if self._shown is None:
            return
        kind, words, last = values["kind"], str(values["words"]), values["valid_to"]
        today, families = self._today(), self._desk.services.families
        assert isinstance(kind, AlertKind)
        assert last is None or isinstance(last, date)
        if last is not None and last < today:
            self.form.refuse(Invalid({"valid_to": f"{long_day(last)} is over. Enter a day to come, or none."}))
            return
        alert = Alert(
            key=uuid4(), person=self._shown.record.person.key, kind=kind, words=words, valid_from=today, valid_to=last
        )
        do(
            self._desk,
            self,
            lambda: families.alert(alert),
            lambda kept: families.remove_alert(kept.key, kept.version),
            then=self.form.done,
            failed=self.form.refuse,
        )

    def _end(self, alert: Alert) -> None:
        families, today = self._desk.services.families, self._today()

        do(
            self._desk,
            self,
            lambda: families.amend_alert(ended(alert, today)),
            lambda now: families.amend_alert(replace(alert, version=now.version)),
        )
        self.add_button.setFocus()

    def _today(self) -> date:
        return local_day(self._desk.services.clock())


def ended(alert: Alert, today: date) -> Alert:
    """The same, no longer shown from today on: its last day was yesterday."""
    last = today - timedelta(days=1)
    first = min(alert.valid_from, last) if alert.valid_from else None
    return replace(alert, valid_from=first, valid_to=last)


def _past(alert: Alert, today: date) -> str:
    first = alert.valid_from
    when = span_words(alert.valid_from, alert.valid_to, today)
    return f"{'Later' if first and first > today else 'Ended'}: {apart(alert.words)} ({when})"
