"""Every editor a screen may declare in a `Field`."""

from __future__ import annotations

from ui.kit.editor import Editor, LineEditor
from ui.kit.moments import ClockEditor, DayEditor
from ui.kit.pickers import ChoicePicker, CodePicker, TermPicker
from ui.kit.text_editors import NotesEditor, NumberEditor, TextEditor, TickEditor
from ui.kit.tokens import Tokens
from ui.kit.tokens_editor import TermTokens

__all__ = [
    "ChoicePicker",
    "ClockEditor",
    "CodePicker",
    "DayEditor",
    "Editor",
    "LineEditor",
    "NotesEditor",
    "NumberEditor",
    "TermPicker",
    "TermTokens",
    "TextEditor",
    "TickEditor",
    "Tokens",
]
