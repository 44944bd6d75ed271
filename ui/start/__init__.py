"""The first minutes: where the records are to be kept, and signing in."""
