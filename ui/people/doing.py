"""Changes of a record that are done at once and can be taken back: undo, not confirm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from ppsdesk.domain.changes import Done
from ui.kit.desk import Desk, Failed

T = TypeVar("T")


def do(
    desk: Desk,
    owner: QObject,
    work: Callable[[], Done[T]],
    undo: Callable[[T], Done[Any]],
    *,
    then: Callable[[], None] | None = None,
    failed: Failed | None = None,
) -> None:
    """Do `work`, say what was done, and offer `undo`, which is given what the work answered and touches no widget."""

    def done(answer: Done[T]) -> None:
        desk.notices.undoable(answer.said, lambda: desk.change(desk, lambda: undo(answer.value), taken_back))
        if then is not None:
            then()

    def taken_back(answer: Done[Any]) -> None:
        desk.notices.inform("It was taken back.")

    desk.change(owner, work, done, failed)
