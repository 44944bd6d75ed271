"""One line over any page that finds people and calls, and does what the program can do."""
