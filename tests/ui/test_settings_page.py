"""Settings: applied at once, kept without a button, said in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.places import Finding
from ppsdesk.domain.rights import Action, Role, Subject, may
from ppsdesk.services.settings import ThemeMode
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, tab_to, write
from ui.kit import theme
from ui.kit.desk import Desk
from ui.settings.settings_page import SettingsPage
from ui.settings.text_size import TextSize

Show = Callable[..., QWidget]

HOSTILE = "A & B <b>service</b> <img src=x> \u202e Ṣọlá"


@pytest.fixture
def page(window_desk: Desk, show: Show, qtbot: QtBot) -> SettingsPage:
    """The page as it is opened, the keyboard on its first field."""
    made = SettingsPage(window_desk)
    show(made, 1000, 700)
    qtbot.waitUntil(lambda: made.form.values()["line"] == "central")
    qtbot.waitUntil(lambda: made.records.facts.lines() != ())
    made.focus_first()
    return made


def test_what_is_typed_is_kept_without_a_button(page: SettingsPage, desk: Services, qtbot: QtBot) -> None:
    tab_to("Service")
    with qtbot.waitSignal(page.kept):
        write(HOSTILE)
    assert desk.settings.read().service == HOSTILE
    assert page.line.startswith("Kept at ")
    assert page.form.values()["service"] == HOSTILE


def test_every_preset_is_chosen_by_keyboard_and_kept(page: SettingsPage, desk: Services, qtbot: QtBot) -> None:
    for name, typed in (("Line", "west"), ("Method", "email"), ("A year runs", "april")):
        tab_to(name)
        with qtbot.waitSignal(page.kept):
            write(typed)
            press(Qt.Key.Key_Return, CTRL)
    kept = desk.settings.read()
    assert "west" in desk.vocabularies.all().label(page.form.editor("line").vocabulary, kept.line).lower()  # type: ignore[attr-defined]
    assert kept.method == "EMAIL"
    assert kept.year_ends is YearEnds.MARCH


@on_a_local_file
def test_look_and_text_size_change_the_window_at_once(page: SettingsPage, desk: Services, qtbot: QtBot) -> None:
    tab_to("Look")
    with qtbot.waitSignal(page.kept):
        write("dark")
    assert theme.current().mode == "dark"
    tab_to("Text size")
    with qtbot.waitSignal(page.kept):
        write("150")
    assert theme.current().scale == 1.5
    kept = desk.settings.read()
    assert (kept.theme, kept.text_scale) == (ThemeMode.DARK, 1.5)


@on_a_local_file
def test_leaving_the_page_keeps_what_was_typed_last(page: SettingsPage, desk: Services, qtbot: QtBot) -> None:
    tab_to("Your name")
    with qtbot.waitSignal(page.kept):
        write("Priya Practice")
        page.hide()
        assert page.desk.saving == 1
    assert desk.settings.read().person == "Priya Practice"


@on_a_local_file
def test_one_setting_kept_leaves_the_others_as_somebody_else_set_them(
    page: SettingsPage, desk: Services, qtbot: QtBot
) -> None:
    desk.settings.change(year_ends=YearEnds.JULY)  # as the reports page does
    tab_to("Service")
    with qtbot.waitSignal(page.kept):
        write("Helpline")
    kept = desk.settings.read()
    assert (kept.service, kept.year_ends) == ("Helpline", YearEnds.JULY)
    qtbot.waitUntil(lambda: page.form.values()["year_ends"] is YearEnds.JULY)


@on_a_local_file
def test_settings_that_cannot_be_kept_are_said_to_hold_until_the_window_closes(
    page: SettingsPage, desk: Services, qtbot: QtBot
) -> None:
    desk.folder.settings.unlink(missing_ok=True)
    desk.folder.settings.mkdir()
    tab_to("Service")
    write("Helpline")
    qtbot.waitUntil(lambda: page.desk.notices.trouble.text != "")
    assert page.line == "Not kept; it holds until the window is closed."
    assert page.form.values()["service"] == "Helpline"


@on_a_local_file
def test_a_setting_that_was_not_kept_is_kept_with_the_next_one(
    page: SettingsPage, desk: Services, qtbot: QtBot
) -> None:
    desk.folder.settings.unlink(missing_ok=True)
    desk.folder.settings.mkdir()
    tab_to("Service")
    write("Helpline")
    qtbot.waitUntil(lambda: page.desk.notices.trouble.text != "")
    desk.folder.settings.rmdir()
    tab_to("Your name")
    with qtbot.waitSignal(page.kept):
        write("Sam")
    kept = desk.settings.read()
    assert (kept.service, kept.person) == ("Helpline", "Sam")


def test_the_database_is_checked_and_the_findings_are_listed(page: SettingsPage, desk: Services, qtbot: QtBot) -> None:
    page.records.check.setFocus()
    with qtbot.waitSignal(page.records.checked):
        press(Qt.Key.Key_Space)
    found = page.records.findings.lines()
    assert [line.words for line in found] == [finding.words for finding in desk.check()]
    assert {line.kind for line in found} == {"success"}
    assert "everything is as it should be" in page.records.state.text()


@on_a_local_file
def test_a_finding_that_is_not_good_says_so_in_words(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    bad = Finding(good=False, words="The file is damaged: page 7.")
    window_desk.services = replace(window_desk.services, check=lambda: (bad, Finding(good=True, words="The rest.")))
    page = SettingsPage(window_desk)
    show(page)
    with qtbot.waitSignal(page.records.checked):
        page.records.check.click()
    assert "1 thing needs attention" in page.records.state.text()
    assert page.records.findings.lines()[0].words == "Needs attention: The file is damaged: page 7."
    assert page.records.findings.lines()[0].kind == "danger"


def test_where_the_records_are_is_said_in_words(page: SettingsPage, desk: Services) -> None:
    told = " ".join(label_texts(page))
    assert desk.whereabouts.words in told
    if desk.whereabouts.shared:
        assert f"Signed in as {desk.person}." in told
        assert page.records.back_up.parentWidget() is None
        assert "person" not in page.form.names()
    else:
        assert "A network drive must not hold it" in told
        assert "shared PostgreSQL database" in told
        assert "Not encrypted yet" in told


@on_a_local_file
def test_a_backup_is_made_at_once_and_shown_as_the_newest(page: SettingsPage, desk: Services, qtbot: QtBot) -> None:
    assert any("Newest backup: none yet" in line.words for line in page.records.facts.lines())
    page.records.back_up.setFocus()
    with qtbot.waitSignal(page.records.backed_up):
        press(Qt.Key.Key_Space)
    made = desk.folder.newest_backup()
    assert isinstance(made, Path)
    assert made.name in page.desk.notices.done.text
    qtbot.waitUntil(lambda: not any("none yet" in line.words for line in page.records.facts.lines()))


@on_a_local_file
def test_tab_goes_through_every_setting_and_out_again(page: SettingsPage) -> None:
    seen = []
    for _ in range(12):
        seen.append(keyboard().accessibleName() or keyboard().property("text"))
        press(Qt.Key.Key_Tab)
    wanted = ["Your name", "Service", "Line", "Method", "A year runs", "Look", "Text size", "Check the database"]
    assert [name for name in seen if name in wanted][: len(wanted)] == wanted
    assert "Make a backup now" in seen


def test_the_text_sizes_offered_are_those_of_the_look() -> None:
    assert [float(size) for size in TextSize] == theme.tokens()["type"]["scales"]
    assert TextSize.nearest(1.4) is TextSize.LARGE


def typed_number(page: SettingsPage, number: str) -> None:
    """Type it into the field for small numbers, and press Ctrl+Enter there."""
    page.whole_service.form.focus_first()
    press(Qt.Key.Key_A, CTRL)
    write(number)
    press(Qt.Key.Key_Return, CTRL)


def test_the_least_number_of_public_reports_is_kept_for_everybody(
    page: SettingsPage, desk: Services, qtbot: QtBot
) -> None:
    card = page.whole_service
    qtbot.waitUntil(lambda: card.form.values()["least_published"] == 5)
    assert "no count below this number except nought" in " ".join(label_texts(page))
    with qtbot.waitSignal(card.kept):
        typed_number(page, "10")
    assert desk.reporting.least_published() == 10
    assert "Counts below 10 are hidden in public reports." in card.state.text()


@pytest.mark.parametrize(("typed", "said"), [("0", "from 1 to 100"), ("101", "from 1 to 100"), ("", "Enter a number")])
def test_a_least_number_that_makes_no_sense_is_refused_in_one_sentence(
    page: SettingsPage, desk: Services, qtbot: QtBot, *, typed: str, said: str
) -> None:
    card = page.whole_service
    qtbot.waitUntil(lambda: card.form.values()["least_published"] == 5)
    card.form.focus_first()
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Delete)
    write(typed)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: said in card.form.problems().get("least_published", ""))
    assert desk.reporting.least_published() == 5


@pytest.mark.parametrize("role", Role)
@on_a_local_file
def test_who_may_not_change_the_settings_of_the_service_is_not_offered_the_number(
    window_desk: Desk, show: Show, role: Role
) -> None:
    page = SettingsPage(window_desk)
    show(page)
    window_desk.rights.know(role)
    assert page.whole_service.isVisible() is may(role, Subject.SERVICE, Action.CHANGE)


def test_another_server_is_wanted_by_a_button_that_says_when_it_is_used(page: SettingsPage, qtbot: QtBot) -> None:
    while keyboard() is not page.records.server:
        press(Qt.Key.Key_Tab)
    with qtbot.waitSignal(page.server_wanted):
        press(Qt.Key.Key_Return)
    assert "from the next start on" in " ".join(label_texts(page))
