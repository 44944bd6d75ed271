"""Files that stay as they are: databases of released versions, and lists of what was ever stored."""
