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


MENUS = ("&File", "&Edit", "&View", "&Go", "&Call", "&Help")  # from the left
ACTIONS = (
    Action("new_call", "&New call", ("F8", "Ctrl+N"), "Open the call pad; the clock starts.", "&Call"),
    Action("save", "&Save", ("Ctrl+Enter", "Ctrl+Return"), "Save and finish what is being written.", "&Call"),
    Action("park", "&Park the call", ("Ctrl+Shift+P",), "Keep this call aside and take another one.", "&Call"),
    Action("next_call", "Ne&xt open call", ("Ctrl+Tab",), "Go to the next of the calls that are open.", "&Call"),
    Action("quick_close", "&Quick close", (), "Silent, hung up or wrong number: counted apart (Alt+Q).", "&Call"),
    Action("refer", "Save and &refer", ("Ctrl+R",), "Hand the family over; once asks to whom, twice saves.", "&Call"),
    Action("texts", "T&exts for the notes", ("Ctrl+J",), "Put in a note head or a text.", "&Call"),
    Action("pause", "Pa&use the clock", ("Ctrl+Shift+T",), "Let the clock of the call stand, or go on.", "&Call"),
    Action("late", "&Late entry", ("Ctrl+Shift+L",), "Write down a call of another day or time.", "&Call"),
    Action("next_step", "Next s&tep", ("Ctrl+D",), "Note what happens next, when and by whom.", "&Call"),
    Action("call_dates", "&Dates of this call", ("Ctrl+L",), "Tell a day, and see what follows (Alt+W).", "&Call"),
    Action("history", "&History", ("Ctrl+H",), "Who changed this call, and when.", "&Call"),
    Action("batch", "Several calls at &once", (), "Batch: a tally or a pile of messages, one line each.", "&Call"),
    Action("find_or_do", "&Find or do", ("Ctrl+K",), "Find a person or a call, or type what to do.", "&Go"),
    Action("today", "T&oday", ("Ctrl+1",), "What is unfinished, whom to ring, how the term stands.", "&Go"),
    Action("calls", "&Calls", ("Ctrl+2",), "The calls on record.", "&Go"),
    Action("people", "P&eople", ("Ctrl+3",), "Find anybody: caller, child, professional.", "&Go"),
    Action("reports", "&Reports", ("Ctrl+6",), "Call volumes and other figures.", "&Go"),
    Action("dates", "Ask the &dates", ("Ctrl+Shift+D",), "What happened, and every date that follows.", "&Go"),
    Action("settings", "Se&ttings", ("Ctrl+7",), "Where the records are, look and text size.", "&Go"),
    Action("lists", "&Lists", (), "Words, schools, texts; term dates, rules of the law, bank holidays.", "&Go"),
    Action("back", "&Back", ("Alt+Left",), "The page one came from, as it was left.", "&Go"),
    Action("forward", "For&ward", ("Alt+Right",), "The page one went back from.", "&Go"),
    Action("next_region", "Next &part of the window", ("F6",), "Move the keyboard to the next part.", "&Go"),
    Action("undo", "&Undo", ("Ctrl+Z",), "Take back the last thing done.", "&Edit"),
    Action("edit", "&Edit this record", ("F2",), "Change what is on record, in place.", "&Edit"),
    Action("merge", "&Merge", ("Ctrl+M",), "Let the entry count as another one.", "&Edit"),
    Action("filter", "&Filter", ("Ctrl+F",), "Narrow what this page shows.", "&Edit"),
    Action("copy_plain", "&Copy for the parent", ("Ctrl+Shift+C",), "The dates in plain language, to paste.", "&Edit"),
    Action("refresh", "&Refresh", ("F5",), "Read this page again.", "&View"),
    Action("panel", "S&ide panel", ("F9",), "The last calls of whoever is calling, and back.", "&View"),
    Action("chart_as_table", "Chart as a &table", ("Ctrl+T",), "The chart's figures as a table, and back.", "&View"),
    Action("larger_text", "&Larger text", ("Ctrl++", "Ctrl+="), "One step larger.", "&View"),
    Action("smaller_text", "&Smaller text", ("Ctrl+-",), "One step smaller.", "&View"),
    Action("normal_text", "&Normal text", ("Ctrl+0",), "Text at 100 %.", "&View"),
    Action("preview", "Print pre&view", ("Ctrl+P",), "Look at the pages, then print them.", "&File"),
    Action("export", "&Export", ("Ctrl+E",), "Save what is shown as a file.", "&File"),
    Action("quit", "&Quit", ("Ctrl+Q",), "Close the program; drafts are kept.", "&File"),
    Action("keys_sheet", "&Keys", ("Shift+F1",), "Every key on one page.", "&Help"),
)


@dataclass(frozen=True, slots=True)
class LocalKey:
    """A key that works where the keyboard is, in a field or a list, and is no action of the window."""

    where: str
    words: str
    keys: str


LOCAL_KEYS = (
    LocalKey("Fields", "Next field", "Enter or Tab"),
    LocalKey("Fields", "Field before", "Shift+Enter or Shift+Tab"),
    LocalKey("Fields", "Open a list of choices", "F4 or Down"),
    LocalKey("Fields", "Take the entry that is marked", "Enter"),
    LocalKey("Fields", "Remove the last entry of several", "Backspace"),
    LocalKey("Fields", "Make an entry the main one", "Ctrl+Up"),
    LocalKey("Call pad", "Choose children", "1, 2, 3…; 0 is not about one child"),
    LocalKey("Call pad", "Use who is perhaps the same", "Alt+1 to Alt+3"),
    LocalKey("Call pad", "Quick close: silent, hung up, wrong number", "Alt+Q"),
    LocalKey("Call pad", "The day that dates of the law follow from", "Alt+W"),
    LocalKey("Call pad", "Close the pad, the draft is kept", "Esc"),
    LocalKey("Lists", "Open the row", "Enter"),
    LocalKey("Lists", "First and last row", "Home and End"),
    LocalKey("Lists", "Copy rows", "Ctrl+C"),
    LocalKey("Lists", "Sort", "Menu key or Shift+F10"),
    LocalKey("Lists", "Carry an entry up or down", "Alt+Up and Alt+Down"),
    LocalKey("Today", "Go on with the unfinished call", "Enter"),
    LocalKey("Today", "Ring for the call-back", "Enter"),
    LocalKey("Today", "How the attempt went", "1 to 6"),
    LocalKey("Today", "Done, hand over, give up", "7, 8, 9"),
    LocalKey("Reports", "Next table, table before", "Ctrl+PgDown, Ctrl+PgUp"),
    LocalKey("Reports", "The calls behind a figure", "Enter"),
    LocalKey("Reports", "Stop the count", "Esc"),
    LocalKey("Ask the dates", "To what happened", "Ctrl+F"),
    LocalKey("Ask the dates", "From the days to the dates", "Ctrl+Enter"),
    LocalKey("Ask the dates", "How the date came about, and back", "Enter, Esc"),
    LocalKey("Dates of a call or a person", "Add a date to the call", "Alt+W"),
    LocalKey("Dates of a call or a person", "How the date came about, and back", "Enter, Esc"),
    LocalKey("Print preview", "Next page, page before", "Page Down, Page Up"),
    LocalKey("Print preview", "Larger, smaller", "Ctrl++, Ctrl+-"),
    LocalKey("Print preview", "Print", "Ctrl+P"),
    LocalKey("Several calls", "Next and previous cell, next line at the end", "Tab and Shift+Tab"),
    LocalKey("Several calls", "Leave the table", "Esc, then Tab"),
)


def action(name: str) -> Action:
    """The action of that name. KeyError for none."""
    for known in ACTIONS:
        if known.name == name:
            return known
    raise KeyError(name)
