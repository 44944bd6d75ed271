"""Whether a window can be opened is found out before Qt, and said in one sentence."""

from __future__ import annotations

import socket
import struct
from pathlib import Path
from threading import Thread

import pytest

from ppsdesk.commands import screen

pytestmark = pytest.mark.skipif(
    not screen.sys.platform.startswith("linux"), reason="other systems always have a screen"
)


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def all_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every library of a real window were installed, which tests do without."""
    monkeypatch.setattr(screen, "ON_X11", {})
    monkeypatch.setattr(screen, "ON_WAYLAND", {})


def why() -> str:
    found = screen.why_no_window()
    assert found
    assert "\n" not in found
    return found


def test_no_screen_names_the_commands_that_need_none() -> None:
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in why()
    assert "practice, report, import, dates and check" in why()


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600", "nonsense"])
def test_a_platform_without_a_screen_is_left_to_qt(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert screen.why_no_window() is None


def test_asking_for_x11_without_a_display_is_no_screen_either(monkeypatch: pytest.MonkeyPatch, all_there: None) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert why() == screen.NO_SCREEN


@pytest.mark.parametrize("display", [":4711", "localhost:4711.0", "nonsense"])
def test_a_screen_nobody_shows_is_named(monkeypatch: pytest.MonkeyPatch, all_there: None, display: str) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert why().startswith(f"The screen DISPLAY={display} cannot be reached")


def test_a_screen_that_turns_us_away_is_not_reached_and_only_we_say_so(
    monkeypatch: pytest.MonkeyPatch, all_there: None, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        turning_away = Thread(target=turn_away, args=(server,))
        turning_away.start()
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{server.getsockname()[1] - 6000}")
        assert "cannot be reached" in why()
        turning_away.join()
    assert capfd.readouterr().err == ""


def turn_away(server: socket.socket) -> None:
    """Two callers: the first only asks whether anybody answers, the second is refused as X11 refuses strangers."""
    reason = b"Who are you?"
    server.accept()[0].close()
    stranger, _address = server.accept()
    with stranger:
        stranger.recv(4096)
        stranger.sendall(struct.pack("=BBHHH", 0, len(reason), 11, 0, len(reason) // 4) + reason)
        stranger.recv(1)  # until the stranger leaves


def test_a_wayland_screen_is_tried_by_its_socket(
    monkeypatch: pytest.MonkeyPatch, all_there: None, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert "WAYLAND_DISPLAY=wayland-7 cannot be reached" in why()
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(tmp_path)  # a socket's name may be no longer than about a hundred characters
        listening.bind("wayland-7")
        listening.listen()
        monkeypatch.setenv("XDG_RUNTIME_DIR", ".")
        assert screen.why_no_window() is None


def test_one_screen_that_can_be_reached_is_enough(
    monkeypatch: pytest.MonkeyPatch, all_there: None, tmp_path: Path
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    monkeypatch.setenv("WAYLAND_SOCKET", "3")
    monkeypatch.setenv("DISPLAY", ":4711")
    assert screen.why_no_window() is None
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb;wayland")
    assert screen.why_no_window() is None


def test_libraries_that_are_missing_are_named_with_the_line_that_installs_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "apt-get").touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(screen, "ALWAYS", {"libnosuch.so.9": "libnosuch9", "libc.so.6": "libc6"})
    monkeypatch.setattr(screen, "ON_X11", {"libneither.so.1": "libneither1"})
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert "lacks libnosuch.so.9: install with “apt-get install -y --no-install-recommends libnosuch9”" in why()
    assert screen.missing_packages() == ("libnosuch9",)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":4711")
    assert "--no-install-recommends libnosuch9 libneither1”" in why()
    assert screen.missing_packages() == ("libnosuch9", "libneither1")


def test_where_there_is_no_apt_no_apt_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(screen, "ALWAYS", {"libnosuch.so.9": "libnosuch9"})
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert why().endswith("lacks libnosuch.so.9: install them with this system's own package manager.")


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_bring_their_own_screen(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(screen.sys, "platform", system)
    assert screen.why_no_window() is None
    assert screen.missing_packages() == ()


def test_six_packages_serve_the_tests_and_twelve_a_window() -> None:
    assert (len(screen.ALWAYS), len(screen.every_package())) == (6, 12)
