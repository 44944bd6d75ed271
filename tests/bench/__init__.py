"""Costs beside the least they could be: `python -m tests.bench`."""
