"""Where fonts, icons, tokens and starter lists lie: in a checkout, an installed wheel or a frozen program."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def folder() -> Path:
    """The resources folder. RuntimeError when the program was installed without it."""
    here = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen) / "resources"] if frozen else []
    for place in [*places, here / "_bundle" / "resources", here.parent / "resources"]:
        if place.is_dir():
            return place
    raise RuntimeError("The program was installed without its resources folder.")
