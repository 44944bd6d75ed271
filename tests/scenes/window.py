"""The whole window: list and pad, report, first run; at its usual size and at the smallest one a desk may have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QApplication, QWidget

from ppsdesk.assembly import Services
from ppsdesk.services.beginning import Choices
from ppsdesk.services.settings import Settings
from tests.scenes._stage import settled, until
from tests.ui.windows import press, type_text
from ui.application import start
from ui.joined import JoinedWindow
from ui.start.connect import Connect
from ui.start.first_run import LOCAL, FirstRun

USUAL, SMALL = (1280, 800), (1024, 600)


def window_on(services: Services, size: tuple[int, int]) -> JoinedWindow:
    """The window on the practice data, with Today's answer there."""
    for draft in services.drafts.mine():  # of the scene before
        services.drafts.discard(draft.key)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    choices = Choices(folder=services.folder, person=services.person, as_of=date(2026, 11, 20))
    window = start(app, choices, Settings())
    window.resize(*size)
    window.show()
    window.activateWindow()
    while "week" not in window.page("today").line or window._background._jobs:
        app.processEvents()
    return window


def _with_pad(size: tuple[int, int]) -> Callable[[Services], QWidget]:
    def scene(services: Services) -> QWidget:
        window = window_on(services, size)
        press("F8")
        type_text("Rowan Thistledown")
        press("Return")
        type_text("paren")
        press("Return")
        type_text("annual rev")
        press("Return")
        type_text("trans")
        return settled(window, size)

    return scene


def _today(services: Services) -> QWidget:
    return settled(window_on(services, USUAL), USUAL)


def _calls(services: Services) -> QWidget:
    window = window_on(services, USUAL)
    window.go("calls")
    return settled(settled(window, USUAL), USUAL)


def _reports(services: Services) -> QWidget:
    window = window_on(services, USUAL)
    window.go("reports")
    return settled(window, USUAL)


def _first_run(services: Services) -> QWidget:
    dialog = FirstRun(services.person)
    dialog.choose(LOCAL)
    return dialog


def _connect(services: Services) -> QWidget:
    dialog = Connect()
    dialog.place.form.editor("server").set_value("127.0.0.1")
    dialog.resize(*SMALL)
    return dialog


def _connect_checked(services: Services) -> QWidget:
    """Nobody listens at the first port of any computer."""
    dialog = Connect()
    dialog.resize(*SMALL)
    dialog.show()
    dialog.place.form.editor("server").set_value("postgresql://hana@127.0.0.1:1/helpline")
    dialog.go_on()
    dialog.password.form.editor("password").set_value("practice-only")
    until(dialog.checked, dialog.go_on)
    return dialog


SCENES: dict[str, Callable[[Services], QWidget]] = {
    "window_today": _today,
    "window_calls": _calls,
    "window_pad": _with_pad(USUAL),
    "window_pad_small": _with_pad(SMALL),
    "window_reports": _reports,
    "window_first_run": _first_run,
    "window_connect": _connect,
    "window_connect_checked": _connect_checked,
}
