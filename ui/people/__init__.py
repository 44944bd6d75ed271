"""People: found by anything one knows of them, and their record."""
