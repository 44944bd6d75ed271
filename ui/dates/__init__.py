"""The page on which one asks the dates: what happened, and every right and duty that follows."""
