"""What whoever is signed in may do, for everything on a screen that needs a right: absent, not grey."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ppsdesk.domain.rights import Action, Role, Subject, may


class Rights(QObject):
    """The role of whoever signed in; None for a local file, where nothing is held back, and until it is known.

    `changed` when it is known: the database is opened behind screens that are there already.
    """

    changed = Signal()

    def __init__(self, role: Role | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.role = role

    def know(self, role: Role | None) -> None:
        """Whoever signed in has this role."""
        if role is not self.role:
            self.role = role
            self.changed.emit()

    def may(self, subject: Subject, action: Action = Action.READ) -> bool:
        """Whether that is offered here."""
        return may(self.role, subject, action)


def who_looks(rights: Rights, subject: Subject) -> str:
    """What to know before looking at something hidden, or whom to ask: one sentence."""
    if rights.may(subject):
        return "Whoever looks is noted with name and time."
    roles = [role.label.lower() for role in Role if may(role, subject)]
    return f"Your role does not look at it: ask a {' or a '.join(roles)}."
