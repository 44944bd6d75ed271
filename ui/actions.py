"""Every action of the program with its words and keys. Menus, the sheet of keys and the tests are made from this."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do.

    `words` may mark an access key with `&`. `keys` are all its shortcuts, the first one is shown. `says` is one
    sentence for tooltip and the sheet of keys. `menu` is the title of the menu it stands in.
    """

    name: str
    words: str
    keys: tuple[str, ...]
    says: str
    menu: str


ACTIONS = (
    Action("new_call", "&New call", ("F8", "Ctrl+N"), "Open the call pad; the clock starts.", "&Call"),
    Action("save", "&Save", ("Ctrl+Return", "Ctrl+Enter"), "Save and finish what is being written.", "&Call"),
    Action("history", "&History", ("Ctrl+H",), "Who changed this call, and when.", "&Call"),
    Action("calls", "&Calls", ("Ctrl+2",), "The calls on record.", "&Go"),
    Action("reports", "&Reports", ("Ctrl+6",), "Call volumes and other figures.", "&Go"),
    Action("settings", "Se&ttings", ("Ctrl+7",), "Where the records are, look and text size.", "&Go"),
    Action("next_region", "Next &part of the window", ("F6",), "Move the keyboard to the next part.", "&Go"),
    Action("undo", "&Undo", ("Ctrl+Z",), "Take back the last thing done.", "&Edit"),
    Action("filter", "&Filter", ("Ctrl+F",), "Narrow what this page shows.", "&Edit"),
    Action("refresh", "&Refresh", ("F5",), "Read this page again.", "&View"),
    Action("chart_as_table", "Chart as a &table", ("Ctrl+T",), "The chart's figures as a table, and back.", "&View"),
    Action("larger_text", "&Larger text", ("Ctrl++", "Ctrl+="), "One step larger.", "&View"),
    Action("smaller_text", "&Smaller text", ("Ctrl+-",), "One step smaller.", "&View"),
    Action("normal_text", "&Normal text", ("Ctrl+0",), "Text at 100 %.", "&View"),
    Action("export", "&Export", ("Ctrl+E",), "Save what is shown as a file.", "&File"),
    Action("quit", "&Quit", ("Ctrl+Q",), "Close the program; drafts are kept.", "&File"),
    Action("keys_sheet", "&Keys", ("Shift+F1",), "Every key on one page.", "&Help"),
)


def action(name: str) -> Action:
    """The action of that name. KeyError for none."""
    for known in ACTIONS:
        if known.name == name:
            return known
    raise KeyError(name)
