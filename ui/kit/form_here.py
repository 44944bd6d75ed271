"""Which form the keyboard is in: a page may hold several small ones."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.kit.editor import Editor
from ui.kit.form import Form


def submit_form_around(widget: QWidget) -> bool:
    """As Ctrl+Enter in the form around the widget, which a menu with that key keeps from it; whether there is one."""
    here: QWidget | None = widget
    while here is not None and not here.isWindow():
        if isinstance(here, Editor):
            here.left.emit()  # what was typed is read before the form is
        if isinstance(here, Form):
            here.submitted.emit()
            return True
        here = here.parentWidget()
    return False
