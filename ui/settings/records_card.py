"""Where the records are, their backups, and looking after them; in words for people who run a helpline."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_clock, local_day, long_day
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.places import Finding, Whereabouts
from ui.kit.desk import Desk
from ui.kit.parts import Card, Flow, KeyButton, announce, label
from ui.kit.signed_lines import SignedLine, SignedLines

LOCAL = (
    "The records are in one file on this computer, for the people who use this computer. A network drive must not hold"
    " it: two computers writing to one file there can destroy it. A team that works on several computers uses a shared"
    " PostgreSQL database; whoever looks after your computers can set one up."
)
SHARED = (
    "The records are in a PostgreSQL database that several desks share. Everybody signs in with their own name, and"
    " every change is kept with it. Backups are made on the server, by whoever looks after it."
)
PRACTICE = "Practice data: everybody in it is invented. Do not enter real people."
OTHER_SERVER = (
    "If the server gets another name or place, its address is changed here, step by step and with the same checks as on"
    " the first day. The new one is used from the next start on."
)
TO_THE_FILE = (
    "Without a server the program works in a file on this computer. What is on the server stays there; you are asked"
    " before."
)
TO_A_SERVER = (
    "If there is a server for you by now, this computer is connected to it step by step, from the next start on. What"
    " is in the file stays in the file: it is not copied."
)
NOT_ENCRYPTED = "Not encrypted yet: whoever can open this computer can read the file. Do not enter real people."
ENCRYPTED = "Encrypted: without the password nobody can read the file."


class RecordsCard(Card):
    """Says where the records are; checks the database; makes a backup. `checked` and `backed_up` tell when done.

    `server_wanted` asks for the steps that lead to another server, `file_wanted` for the file on this computer.
    """

    server_wanted = Signal()
    file_wanted = Signal()
    checked = Signal()
    backed_up = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Where the records are", parent)
        self._desk = desk
        services = desk.services
        self.facts = SignedLines()
        self.add(self.facts)
        self.add(label(SHARED if services.whereabouts.shared else LOCAL, "muted", wrap=True))
        buttons = Flow()
        self.check = KeyButton("Check the database", icon="database").when_pressed(self._check)
        self.back_up = KeyButton("Make a backup now", icon="save").when_pressed(self._back_up)
        buttons.addWidget(self.check)
        if not services.whereabouts.shared:
            buttons.addWidget(self.back_up)
        self.server = KeyButton(
            "Change the server's address" if services.whereabouts.shared else "Connect to a shared server",
            icon="network",
        ).when_pressed(self.server_wanted.emit)
        if not services.whereabouts.practice:
            buttons.addWidget(self.server)
            self.add(label(OTHER_SERVER if services.whereabouts.shared else TO_A_SERVER, "muted", wrap=True))
        self.file = KeyButton("Work in the file on this computer", icon="monitor").when_pressed(self.file_wanted.emit)
        if services.whereabouts.shared and not services.whereabouts.practice:
            buttons.addWidget(self.file)
            self.add(label(TO_THE_FILE, "muted", wrap=True))
        self.body.addLayout(buttons)
        self.state = label("", "muted", wrap=True)
        self.state.hide()
        self.findings = SignedLines()
        self.add(self.state)
        self.add(self.findings)

    def refresh(self) -> None:
        """Look for the newest backup again."""
        self._desk.latest(self, "facts", partial(_facts, self._desk), self.facts.show_lines)

    def _check(self) -> None:
        self._say("Checking every record…")
        self._desk.latest(self, "check", self._desk.services.check, self._show_findings, self._failed)

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        bad = [finding for finding in findings if not finding.good]
        now = local_clock(self._desk.services.clock())
        if bad:
            words = f"Checked at {now}: {_things(len(bad))}. Tell whoever looks after this database."
        else:
            words = f"Checked at {now}: everything is as it should be."
        self._say(words)
        self.findings.show_lines([_line(finding) for finding in findings])
        announce(self, words, urgent=bool(bad))
        self.checked.emit()

    def _back_up(self) -> None:
        self._say("Making a backup…")
        services = self._desk.services
        self._desk.latest(self, "backup", lambda: services.back_up("by-hand"), self._backed_up, self._failed)

    def _backed_up(self, made: object) -> None:
        self._say("")
        if isinstance(made, Path):
            self._desk.notices.inform(f"Backup made and checked: {made.name}")
        self.refresh()
        self.backed_up.emit()

    def _failed(self, error: DeskError) -> None:
        self._say("")
        self._desk.notices.show_error(error)

    def _say(self, words: str) -> None:
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.findings.show_lines([])


def _facts(desk: Desk) -> list[SignedLine]:
    services = desk.services
    place = services.whereabouts
    lines = [SignedLine(f"{place.words}.", icon="network" if place.shared else "hard-drive")]
    if place.path is not None:
        lines.append(SignedLine(f"Folder: {place.path.parent}", icon="folder-open"))
    lines.append(_safety(place, services.person))
    if not place.shared:
        newest = services.folder.newest_backup()
        lines.append(SignedLine(f"Backups: {services.folder.backups}", icon="save"))
        lines.append(SignedLine(f"Newest backup: {_when(newest)}", icon="history"))
    return lines


def _safety(place: Whereabouts, person: str) -> SignedLine:
    if place.practice:
        return SignedLine(PRACTICE, "warning")
    if place.shared:
        return SignedLine(f"Signed in as {person}.", icon="user")
    if place.encrypted:
        return SignedLine(ENCRYPTED, "success")
    return SignedLine(NOT_ENCRYPTED, "warning")


def _when(newest: Path | None) -> str:
    if newest is None:
        return "none yet. One is made when the program closes."
    made = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    return f"{long_day(local_day(made))}, {local_clock(made)}"


def _line(finding: Finding) -> SignedLine:
    if finding.good:
        return SignedLine(finding.words, "success")
    return SignedLine(f"Needs attention: {finding.words}", "danger")


def _things(count: int) -> str:
    return "1 thing needs attention" if count == 1 else f"{count} things need attention"
