"""The window. Screens declare fields, columns and handlers; the kit does the rest."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  # puts its own import in place of Python's, which the next line takes back

# Qt's import reads the source of each module that is loaded, looking for ways of writing that nobody here uses: a sixth
# of the time all modules take.
builtins.__import__ = vars(builtins).get("__orig_import__", builtins.__import__)
