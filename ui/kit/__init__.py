"""The house widget kit: written once, so that a screen only says what it shows and what happens."""
