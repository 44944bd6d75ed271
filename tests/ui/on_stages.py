"""The SEN stages of a call on the screen: what stands under whose name, and the keys for one."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt

from ppsdesk.domain.calls import ChildStage
from ppsdesk.domain.vocabulary import TermCode
from tests.ui.on_desk import press, write
from ui.calls.call_page import CallPage
from ui.calls.pad import CallPad
from ui.calls.stages_editor import ChildStages

Key = Qt.Key
SUPPORT, ASKED, PLAN = TermCode("SENSUP"), TermCode("EHCNA_REQ"), TermCode("EHCP")


def at(child: UUID, stage: TermCode) -> ChildStage:
    """A child at a stage."""
    return ChildStage(child=child, stage=stage)


def stages(form_of: CallPad | CallPage) -> ChildStages:
    """The editor of the pad, or of the page."""
    editor = form_of.form.editor("stages")
    assert isinstance(editor, ChildStages)
    return editor


def shown(editor: ChildStages) -> list[tuple[str, tuple[str, ...]]]:
    """The names over the fields, and what stands in them."""
    return [(head, field.value()) for head, field in zip(editor.side_by_side.heads(), editor.fields(), strict=True)]


def pick(typed: str) -> None:
    """A stage by letters, where the keyboard is."""
    write(typed)
    press(Key.Key_Return)
