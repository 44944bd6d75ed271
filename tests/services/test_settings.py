"""What a desk remembers: kept whole, read with care, never a password."""

from __future__ import annotations

import os
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import CannotStart, Refused
from ppsdesk.services import settings
from ppsdesk.services.settings import Settings, SettingsDesk, ThemeMode


@pytest.fixture
def desk(tmp_path: Path) -> SettingsDesk:
    """The settings of a desk that has none yet."""
    return SettingsDesk(tmp_path / "desk" / "settings.toml")


def test_a_desk_without_settings_has_the_usual_ones(desk: SettingsDesk, tmp_path: Path) -> None:
    assert desk.read() == Settings()
    assert list(tmp_path.iterdir()) == []


def test_settings_are_read_back_as_they_were_kept(desk: SettingsDesk) -> None:
    looks = Settings(theme=ThemeMode.DARK, year_ends=YearEnds.JULY, text_scale=2.0)
    chosen = replace(looks, person="Hana “H.” Helpline", line="north", set_up=True)
    desk.keep(chosen)
    assert desk.read() == chosen


def test_one_change_leaves_the_others(desk: SettingsDesk) -> None:
    desk.keep(Settings(person="hana", line="north"))
    desk.change(theme=ThemeMode.DARK)
    assert desk.read() == Settings(person="hana", line="north", theme=ThemeMode.DARK)


def test_nothing_that_is_remembered_could_be_a_password() -> None:
    assert not {field.name for field in fields(Settings)} & {"password", "key", "secret", "passphrase"}


def test_a_setting_of_another_time_is_passed_over(desk: SettingsDesk, tmp_path: Path) -> None:
    desk.keep(Settings(person="hana"))
    path = tmp_path / "desk" / "settings.toml"
    path.write_text(path.read_text(encoding="utf-8") + 'mood = "sunny"\n', encoding="utf-8")
    assert desk.read() == Settings(person="hana")


@pytest.mark.parametrize(
    "content",
    [
        b"person = ",
        b"\xff\xfe\x00",
        b'theme = "plaid"',
        b"person = 7",
        b'set_up = "yes"',
        b'text_scale = "large"',
        b"version = 0",
        b"version = -3",
        b"text_scale = []",
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(CannotStart, match=r"settings\.toml cannot be read") as refused:
        SettingsDesk(path).read()
    assert "calls are safe" in refused.value.hint
    assert path.read_bytes() == content


@pytest.mark.parametrize("version", ["2", '"new"'])
def test_settings_of_a_later_version_are_not_touched(tmp_path: Path, version: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"version = {version}\n")
    with pytest.raises(CannotStart, match="made by a later version"):
        SettingsDesk(path).read()


def test_settings_of_an_earlier_version_are_brought_up_step_by_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VERSION", 3)
    monkeypatch.setitem(settings.UPGRADES, 1, lambda old: {**old, "person": old["name"]})
    monkeypatch.setitem(settings.UPGRADES, 2, lambda old: {**old, "person": old["person"].title()})
    path = tmp_path / "settings.toml"
    path.write_text('version = 1\nname = "hana"\n')
    assert SettingsDesk(path).read() == replace(Settings(person="Hana"), version=3)


def test_a_disk_that_fails_leaves_the_old_settings(
    desk: SettingsDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    desk.keep(Settings(person="hana"))
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(Refused, match="could not be kept"):
        desk.keep(Settings(person="priya"))
    assert desk.read() == Settings(person="hana")
    assert [path.name for path in (tmp_path / "desk").iterdir()] == ["settings.toml"]


def test_the_file_is_plain_toml_that_a_person_can_correct(desk: SettingsDesk, tmp_path: Path) -> None:
    desk.keep(Settings(person="hana"))
    written = tomllib.loads((tmp_path / "desk" / "settings.toml").read_text(encoding="utf-8"))
    assert written["person"] == "hana"
    assert written.keys() == {field.name for field in fields(Settings)}
