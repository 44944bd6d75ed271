"""What somebody agreed to: the answer that counts, how old it is, and every answer before it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.codes import ConsentAnswer, ConsentSubject
from ppsdesk.domain.families import Consent
from ppsdesk.domain.rights import Action, Subject
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.editors import CodePicker, DayEditor, TextEditor
from ui.kit.form import Field
from ui.kit.surfaces import Card
from ui.kit.words import WrappedLabel
from ui.people.doing import do
from ui.people.parts import Lines, Shown, Tab, line
from ui.people.small_form import SmallForm
from ui.people.wording import ANSWER_KINDS, consent_words
from ui.who.consent_chip import renew_due


class ConsentTab(Tab):
    """One block for each thing people are asked to agree to, and the fields for a new answer."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Shown | None = None
        self.card = Card("Consent")
        self.add_button = KeyButton("Add answer", kind="quiet", icon="plus").when_pressed(self._add)
        self.card.add_action(self.add_button.needs(desk.rights, Subject.FAMILIES, Action.ADD))
        self.card.add(WrappedLabel("The newest answer counts. The older ones stay readable.", "muted"))
        self.form = SmallForm(
            lambda: (
                Field("subject", "About", CodePicker(ConsentSubject)),
                Field("answer", "Answer", CodePicker(ConsentAnswer)),
                Field("given_on", "On", DayEditor(self._today), required=True),
                Field("how", "How", TextEditor(placeholder="by phone, in writing")),
            ),
            "Add answer",
        )
        self.form.wanted.connect(self._save)
        self.form.closed.connect(self.add_button.setFocus)
        self.lines = Lines()
        self.card.add(self.form)
        self.card.add(self.lines)
        self.column.addWidget(self.card)

    def show_record(self, shown: Shown) -> None:
        """As it now is."""
        self._shown = shown
        self.form.belongs_to(shown.record.person.key)
        self.lines.show_lines([self._subject(subject, shown) for subject in ConsentSubject])

    def renew(self, subject: ConsentSubject) -> None:
        """Ask again: the fields open with the answer given, today; how is still to be said."""
        self.form.form.set_clean()  # what was half typed about another subject gives way
        self.form.open_form(
            {"subject": subject, "answer": ConsentAnswer.GIVEN, "given_on": self._today(), "how": ""}, "Add answer"
        )
        self.form.form.focus_field("how")

    def _subject(self, subject: ConsentSubject, shown: Shown) -> QWidget:
        answers = sorted(
            (c for c in shown.record.consents if c.subject is subject), key=lambda c: c.given_on, reverse=True
        )
        newest = shown.record.consent(subject)
        older = [c for c in answers if c is not newest]
        renew = newest is not None and renew_due(newest, shown.today)
        words = "Renew" if renew else "Ask again" if newest else "Add answer"
        button = KeyButton(words, kind="" if renew else "quiet").when_pressed(lambda: self.renew(subject))
        button.needs(self._desk.rights, Subject.FAMILIES, Action.ADD).setAccessibleName(f"{words}: {subject.label}")
        said = consent_words(newest, shown.today) if newest else ""
        said += ". Older than six months: ask again." if renew else ""
        lines = [said, *(f"Before: {c.answer.label}, {consent_words(c, shown.today)}" for c in older)]
        answer = newest.answer if newest else ConsentAnswer.NOT_ASKED
        chip = (answer.label, "warning" if renew else ANSWER_KINDS[answer])
        return line(subject.label, "\n".join(part for part in lines if part), chip, button)

    def _add(self) -> None:
        self.form.open_form(
            {"subject": ConsentSubject.RECORD, "answer": ConsentAnswer.GIVEN, "given_on": self._today(), "how": ""}
        )

    def _save(self, values: dict[str, object]) -> None:
        if self._shown is None:
            return
        subject, answer, given_on = values["subject"], values["answer"], values["given_on"]
        if not isinstance(given_on, date):
            self.form.form.show_problems({"given_on": "Enter the day of the answer."})
            return
        families = self._desk.services.families
        assert isinstance(subject, ConsentSubject)
        assert isinstance(answer, ConsentAnswer)
        consent = Consent(
            key=uuid4(),
            person=self._shown.record.person.key,
            subject=subject,
            answer=answer,
            given_on=given_on,
            how=str(values["how"]),
            noted_by=self._desk.services.person,
        )
        do(
            self._desk,
            self,
            lambda: families.consent(consent),
            lambda kept: families.take_back_consent(consent.key),
            then=self.form.done,
            failed=self.form.refuse,
        )

    def _today(self) -> date:
        return local_day(self._desk.services.clock())
