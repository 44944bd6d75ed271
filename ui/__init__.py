"""The window. Screens declare fields, columns and handlers; the kit does the rest."""
