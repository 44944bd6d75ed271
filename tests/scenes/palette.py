"""Find or do, over the window: as it opens, people found, a call in one line, nothing found."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ppsdesk.assembly import Services
from tests.scenes._stage import settled
from tests.scenes.window import SMALL, USUAL, window_on


def _typed(text: str, size: tuple[int, int], services: Services) -> QWidget:
    window = window_on(services, size)
    window.finder.open_line()
    window.finder.line.setText(text)
    return settled(settled(window, size), size)


SCENES: dict[str, Callable[[Services], QWidget]] = {
    "palette": partial(_typed, "", USUAL),
    "palette_people": partial(_typed, "bramble", USUAL),
    "palette_call": partial(_typed, 'call bramble annual-review "asked about the date" 6m out:zzz', USUAL),
    "palette_nothing": partial(_typed, "zzzzzz", USUAL),
    "palette_small": partial(_typed, "", SMALL),
}
