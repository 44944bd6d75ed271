"""The tasks of the helpline, done with keys only: how many, and how long by the operators of the keystroke model."""
