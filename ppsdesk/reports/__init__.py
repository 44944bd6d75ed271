"""Figures in, documents and files out. No database, no Qt."""
