"""Starting the window: what was chosen, the look, the database in the background, the parts joined together."""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.places import Whereabouts
from ppsdesk.domain.server_place import take_apart
from ppsdesk.services import logs
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.settings import Settings, SettingsDesk, ThemeMode
from ui.joined import JoinedWindow
from ui.kit import theme
from ui.kit.background import Background
from ui.kit.connection import PAUSES
from ui.kit.desk import Desk
from ui.kit.geometry import Geometry
from ui.kit.notices import Notices, install_hooks
from ui.opening import ServicesSoon
from ui.signing_in import Entry, SigningIn
from ui.told_to_end import ToldToEnd

if TYPE_CHECKING:
    from ppsdesk.assembly import Services

PRACTICE_YEARS, PRACTICE_CALLS = 2, 1_300
TRIES, BETWEEN_TRIES = 20, 0.1  # seconds


def open_window(choices: Choices, *, practice: bool) -> int:
    """Open the window and stay until it is closed; the exit status. The last that a program does.

    From here on cycles are cleared by the window only, also while Qt takes down what is left at the very end.
    """
    gc.disable()
    app = make_application()
    told = ToldToEnd(app)
    try:
        return _open(app, choices, practice=practice)
    except DeskError as error:
        from ui.start.trouble import tell

        tell(error)
        return 1
    finally:
        told.done()


def _open(app: QApplication, choices: Choices, *, practice: bool) -> int:
    settings = SettingsDesk(choices.folder.settings).read()
    show_theme(app, settings)
    started = _begin(choices, settings, practice=practice)
    if started is None:
        return 0
    choices, practice_folder, given = started
    try:
        entry = Entry(choices, given) if given else _sign_in(choices)
        window = start(app, choices, settings, practice=practice_folder is not None, entry=entry)
        window.show()
        status = app.exec()
        window.leave()
    finally:
        if practice_folder is not None:
            _throw_away(practice_folder)
    return status


def _throw_away(folder: Path) -> None:
    """Also where the window was closed at once, and what still makes the records puts a file there meanwhile."""
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(BETWEEN_TRIES)


def make_application() -> QApplication:
    """The one application object, with its names."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([*sys.argv[:1], "-style", "fusion"])
        app.setProperty(theme.FUSION, True)
    app.setApplicationName("ppsdesk")
    app.setApplicationDisplayName("ppsdesk")
    app.setDesktopFileName("ppsdesk")
    return app


def show_theme(app: QApplication, settings: Settings) -> None:
    """The look and text size this desk was left with."""
    mode = theme.system_mode(app) if settings.theme is ThemeMode.SYSTEM else settings.theme.value
    theme.switch(app, mode=mode, scale=settings.text_scale)


def start(
    app: QApplication,
    choices: Choices,
    settings: Settings,
    *,
    practice: bool = False,
    password: str | None = None,
    entry: Entry | None = None,
    pauses: Sequence[float] = PAUSES,
) -> JoinedWindow:
    """Make the window and begin to open the database behind it."""
    log = logs.start(choices.folder.logs)
    notices = Notices(log.parent if log else None)
    early = ServicesSoon(
        person=take_apart(choices.database).name if choices.database else choices.person,
        clock=choices.clock,
        folder=choices.folder,
        whereabouts=_early_whereabouts(choices, practice=practice),
    )
    background = Background()
    desk = Desk(early, background, notices, pauses=pauses)  # type: ignore[arg-type]  # stands in for Services
    theme.undress(app)
    window = JoinedWindow(desk, early, background, Geometry(choices.folder.root), settings)
    theme.dress(window)
    window.hooks = install_hooks(notices)
    window.signing_in = SigningIn(
        window,
        early,
        entry or Entry(choices, password),
        lambda now: open_services(now.choices, practice=practice, password=now.password),
    )
    window.when_shown(window.signing_in.begin)
    return window


def open_services(choices: Choices, *, practice: bool, password: str | None) -> Services:
    """Open the database; for practice, fill it first. In the opening thread."""
    from ppsdesk import assembly

    services = assembly.open_services(choices, lambda question: None, practice=practice, password=password)
    if practice:
        services.practice.fill(years=PRACTICE_YEARS, calls_per_year=PRACTICE_CALLS)
    return services


def _begin(choices: Choices, settings: Settings, *, practice: bool) -> tuple[Choices, Path | None, str] | None:
    """Where to begin, asked on the first run; the throw-away folder when practising, a password that was typed.

    None: leave.
    """
    password = ""
    first = not (settings.set_up or choices.database or choices.folder.database.exists())
    if not practice and first:
        from ui.start.first_run import LOCAL, PRACTICE, SHARED, FirstRun

        answer = FirstRun.ask(choices.person)
        if answer is None:
            return None
        practice, password = answer.kind == PRACTICE, answer.password
        if answer.kind in (LOCAL, SHARED):
            kept = replace(settings, set_up=True, person=answer.person, database=answer.database)
            SettingsDesk(choices.folder.settings).keep(kept)
            choices = replace(choices, person=answer.person or choices.person, database=answer.database)
    if not practice:
        return choices, None, password
    folder = Path(tempfile.mkdtemp(prefix="ppsdesk-practice-"))
    return replace(choices, folder=DeskFolder(folder), database=""), folder, ""


def _sign_in(choices: Choices) -> Entry:
    """With the password of a shared database, before the window; asked for in a dialog where nobody has it."""
    entry = Entry(choices)
    if not choices.database:
        return entry
    from ppsdesk.services import passwords

    def ask(question: str) -> str | None:
        from ui.start.sign_in import SignIn

        answer = SignIn.ask(question)
        if answer is None:
            return None
        password, entry.remember = answer
        return password

    entry.password = passwords.find(choices.database, ask)
    return entry


def _early_whereabouts(choices: Choices, *, practice: bool) -> Whereabouts:
    if choices.database:
        return Whereabouts(words="Shared database")
    return Whereabouts(
        words=f"Local file {choices.folder.database.name}", path=choices.folder.database, practice=practice
    )
