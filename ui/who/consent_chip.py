"""Whether somebody agreed to a record being kept, and how long ago."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.codes import ConsentAnswer, ConsentSubject
from ppsdesk.domain.families import RENEW_AFTER, Consent, months_between
from ppsdesk.domain.words import count_of
from ui.kit.buttons import Chip, KeyButton
from ui.kit.flow import Flow
from ui.kit.words import apart, explain

SUBJECTS = {
    ConsentSubject.RECORD: "Consent to record",
    ConsentSubject.SCHOOL: "Consent to talk to the school",
    ConsentSubject.COUNCIL: "Consent to talk to the council",
    ConsentSubject.HEALTH: "Consent to talk to health services",
    ConsentSubject.SURVEY: "Consent to be asked how we did",
}


def age_words(given_on: date, today: date) -> str:
    """ "today", "under a month", "7 months", "2 years 3 months"; a day not yet come counts as today."""
    if given_on >= today:
        return "today"
    years, months = divmod(months_between(given_on, today), 12)
    parts = [count_of(years, "year")] if years else []
    parts += [count_of(months, "month")] if months else []
    return " ".join(parts) or "under a month"


def renew_due(consent: Consent | None, today: date) -> bool:
    """Whether it is to be asked for: nobody asked, or it was given more than six months ago."""
    if consent is None or consent.answer is ConsentAnswer.NOT_ASKED:
        return True
    yesterday = today - timedelta(days=1)
    return consent.answer is ConsentAnswer.GIVEN and months_between(consent.given_on, yesterday) >= RENEW_AFTER


class ConsentChip(QWidget):
    """A chip in words with a sign, and a button where it is time to ask: `renew_wanted`."""

    renew_wanted = Signal()

    def __init__(self, subject: ConsentSubject = ConsentSubject.RECORD, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subject = subject
        row = Flow(self, gap="xs")
        self.chip = Chip("", "neutral")
        self.button = KeyButton("Renew", kind="quiet", parent=self)
        self.button.when_pressed(self.renew_wanted.emit)
        row.addWidget(self.chip)
        row.addWidget(self.button)
        self.hide()

    def show_consent(self, consent: Consent | None, today: date) -> None:
        """The answer that counts, None when nobody asked."""
        words, kind = _fact(consent, today)
        said = f"{SUBJECTS[self.subject]}: {words}"
        self.chip.show_fact(said, kind)
        self.chip.setAccessibleName(said)
        explain(self.chip, _given(consent))
        due = renew_due(consent, today)
        asked = consent is not None and consent.answer is not ConsentAnswer.NOT_ASKED
        self.button.setText("Renew" if asked else "Ask")
        self.button.setAccessibleName(f"{'Renew' if asked else 'Ask for'} {SUBJECTS[self.subject].lower()}")
        self.button.setVisible(due)
        self.setHidden(self.parentWidget() is None)

    def words(self) -> str:
        """What the chip says."""
        return self.chip.text()


def _fact(consent: Consent | None, today: date) -> tuple[str, str]:
    if consent is None or consent.answer is ConsentAnswer.NOT_ASKED:
        return "not asked", "warning"
    if consent.answer is ConsentAnswer.REFUSED:
        return "refused", "danger"
    if consent.answer is ConsentAnswer.WITHDRAWN:
        return "withdrawn", "danger"
    return age_words(consent.given_on, today), "warning" if renew_due(consent, today) else "success"


def _given(consent: Consent | None) -> str:
    if consent is None or consent.answer is ConsentAnswer.NOT_ASKED:
        return ""
    how = f", {apart(consent.how)}" if consent.how else ""
    by = f", noted by {apart(consent.noted_by)}" if consent.noted_by else ""
    return f"{consent.answer.label} on {plain_day(consent.given_on)}{how}{by}"
