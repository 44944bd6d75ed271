"""Calls: written down, found, put right."""
