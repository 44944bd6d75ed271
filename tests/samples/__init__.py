"""Files that tests read or make: stored values, and call logs to import."""
