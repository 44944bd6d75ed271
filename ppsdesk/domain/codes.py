"""Lists the program itself branches on. Lists that people choose from and edit are in `vocabulary.py`."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A stored value with the words shown for it: `MEMBER = "stored", "Shown"`.

    Stored values are for ever: `tests/samples/codes.txt` lists them, and one that disappears fails the build.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


class Direction(Code):
    """Who rang whom."""

    IN = "in", "Incoming"
    OUT = "out", "Outgoing"


class YearEnds(Code):
    """Where a year stops. Hertfordshire printed September to July in 2002; councils' accounts run April to March."""

    JULY = "july", "September to July"
    AUGUST = "august", "September to August"
    MARCH = "march", "April to March"


class Unit(Code):
    """What is being counted. A call is one conversation; callers and children follow with the people records."""

    CALLS = "calls", "Calls"
