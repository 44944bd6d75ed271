"""Pictures of every screen for people to look at: `python -m tests.scenes [--only WORD]` writes to tests/scenes/out.

Each at 100 % and 200 % text, light and dark; nothing compares pixels.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtWidgets import QWidget

import tests.scenes
from ppsdesk import assembly
from ppsdesk.assembly import Services
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ui.application import make_application
from ui.joined import JoinedWindow
from ui.kit import theme

OUT = Path(__file__).resolve().parent / "out"
LOOKS = (("light", 1.0), ("dark", 1.0), ("light", 2.0), ("dark", 2.0))

Scene = Callable[[Services], QWidget]


def scenes() -> dict[str, Scene]:
    """Every scene of every module beside this one, by name."""
    found: dict[str, Scene] = {}
    for module in pkgutil.iter_modules(tests.scenes.__path__):
        if not module.name.startswith("_"):
            found |= importlib.import_module(f"tests.scenes.{module.name}").SCENES
    return found


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only scenes with this in their name")
    only = parser.parse_args().only
    app = make_application()
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        choices = Choices(folder=DeskFolder(Path(folder)), person="Hana Helpline", as_of=date(2026, 11, 20))
        services = assembly.open_services(choices, lambda question: None, practice=True)
        kept: list[QWidget] = []  # a page lives as long as the program; Python's clearing of one may end it
        services.practice.fill(years=2, calls_per_year=1_300)
        for name, scene in scenes().items():
            if only not in name:
                continue
            for mode, scale in LOOKS:
                theme.switch(app, mode=mode, scale=scale)
                widget = scene(services)
                kept.append(widget.window())
                widget.show()
                for _ in range(20):
                    app.processEvents()
                path = OUT / f"{name}_{mode}_{round(scale * 100)}.png"
                widget.grab().save(str(path))
                _end(widget.window())
                print(path.name)
        services.close()


def _end(window: QWidget) -> None:
    """At once: the next look would dress it again, and each picture take longer than the one before."""
    if isinstance(window, JoinedWindow):
        window.hooks.remove()
        window.pads.rest()
        window.close()
        window.leave()
    else:
        window.close()
    shiboken6.delete(window)


if __name__ == "__main__":
    main()
