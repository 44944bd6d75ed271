"""The helpline's desk without a window: what calls mean, where they are kept, how they are counted."""

__version__ = "0.1.0"
