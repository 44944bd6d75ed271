"""Whether a window can be opened here, found out before Qt, which ends the whole program where it cannot.

Never imports Qt. Only Linux is asked: on Windows and macOS there is always a screen, and Qt brings all it needs.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

# what Qt loads from the system: the library, and the Debian package that has it
ALWAYS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
ON_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
ON_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

INSTALL = "apt-get install -y --no-install-recommends"
NO_SCREEN = (
    "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened;"
    " the commands practice, report, import, dates and check work without one, see “python main.py --help”."
)
LONGEST_WAIT = 3.0  # seconds for a screen on another computer to answer

_ELSEWHERE = re.compile(r"(?:(?:tcp|inet6?)/)?([^/:]+):(\d{1,5})(?:\.\d+)?")


def why_no_window() -> str | None:
    """One sentence when no window can be opened here, saying what to do; None where Qt may try."""
    if not sys.platform.startswith("linux"):
        return None
    problems = [_problem(way) for way in _ways()]
    if None in problems:
        return None
    return problems[0] if problems else NO_SCREEN


def missing_packages() -> tuple[str, ...]:
    """The Debian packages that tests need here, and a window if there is an X11 screen; () when all is there."""
    if not sys.platform.startswith("linux"):
        return ()
    needed = {**ALWAYS, **ON_X11} if os.environ.get("DISPLAY") else ALWAYS
    return tuple(needed[library] for library in _missing(needed))


def every_package() -> tuple[str, ...]:
    """All Debian packages a window on an X11 screen needs, there already or not."""
    return (*ALWAYS.values(), *ON_X11.values())


def _ways() -> tuple[str, ...]:
    """Qt's names for how it would reach a screen, in the order in which it tries them."""
    if chosen := os.environ.get("QT_QPA_PLATFORM"):
        return tuple(way.partition(":")[0] for way in chosen.split(";"))
    screens = (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY"))
    return tuple(way for way, variable in screens if os.environ.get(variable))


def _problem(way: str) -> str | None:
    kind = way.partition("-")[0]
    if missing := _missing({**ALWAYS, **{"xcb": ON_X11, "wayland": ON_WAYLAND}.get(kind, {})}):
        return _missing_words(missing)
    if kind == "xcb":
        return _x11_problem(os.environ.get("DISPLAY", ""))
    if kind == "wayland":
        return _wayland_problem(os.environ.get("WAYLAND_DISPLAY", ""))
    return None


def _missing(needed: Mapping[str, str]) -> dict[str, str]:
    return {library: package for library, package in needed.items() if not _loads(library)}


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _missing_words(missing: Mapping[str, str]) -> str:
    what = f"No window can be opened, as this computer lacks {', '.join(missing)}"
    if shutil.which("apt-get"):
        return f"{what}: install with “{INSTALL} {' '.join(missing.values())}” as the administrator."
    return f"{what}: install them with this system's own package manager."


def _unreachable(screen: str) -> str:
    return (
        f"The screen {screen} cannot be reached, so no window can be opened;"
        " the commands practice, report, import, dates and check work without one, see “python main.py --help”."
    )


def _x11_problem(display: str) -> str | None:
    if not display:
        return NO_SCREEN
    return None if _x11_answers(display) else _unreachable(f"DISPLAY={display}")


def _x11_answers(display: str) -> bool:
    """Asks with the library that Qt asks with, so that address and permission are understood alike."""
    if (elsewhere := _ELSEWHERE.fullmatch(display)) and _gives_no_answer(elsewhere[1], 6000 + int(elsewhere[2])):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    with _quietly():
        connection = xcb.xcb_connect(None, None)
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers


def _gives_no_answer(host: str, port: int) -> bool:
    """Whether a computer stays silent; a refusal is an answer, and what it means is for the library to say."""
    try:
        socket.create_connection((host, port), timeout=LONGEST_WAIT).close()
    except TimeoutError:
        return True
    except (OSError, OverflowError, UnicodeError):
        return False
    return False


def _wayland_problem(display: str) -> str | None:
    if os.environ.get("WAYLAND_SOCKET"):
        return None
    place = Path(os.environ.get("XDG_RUNTIME_DIR", ""), display or "wayland-0")
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(place))
        except OSError:
            return _unreachable(f"WAYLAND_DISPLAY={display}") if display else NO_SCREEN
    return None


@contextmanager
def _quietly() -> Iterator[None]:
    """The library complains on the error stream by itself; what it found is said in our own sentence."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
