"""Texts that people typed, made fit for a file: as they are, without what could act or turn the words about.

Escaping is the formats' own work; this is what has to happen before it.
"""

from __future__ import annotations

import re
import unicodedata

UNKNOWN = "\ufffd"
JOINERS = "\u200c\u200d\u00ad"  # without a shape of their own, but part of how words are written

_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SPREADSHEET = re.compile(r"['\s\x00-\x20\ufeff\u200b]*[=+\-@|%＝＋－＠｜％]")
_STARTS_ODD = re.compile(r"'*[\t\r\n]")


def clean(text: str, *, limit: int | None = None) -> str:
    """The text with line feeds for any kind of line break, and without control characters, marks that turn the
    direction of writing and halves of characters. `limit`: cut to so many characters, with an ellipsis.
    """
    if not text.isprintable():  # what is printable has none of them
        text = "".join(_kept(character) for character in _BREAKS.sub("\n", text))
    return f"{text[: limit - 1].rstrip()}…" if limit is not None and len(text) > limit else text


def one_line(text: str, *, limit: int | None = None) -> str:
    """The same on one line, with single spaces."""
    return clean(" ".join(clean(text).split()), limit=limit)


def guarded(text: str) -> str:
    """For a text in a CSV file: an apostrophe before what a spreadsheet would take for a formula.

    An apostrophe goes before apostrophes that stand before such a text, too, so that taking one away always gives the
    text back.
    """
    return f"'{text}" if _SPREADSHEET.match(text) or _STARTS_ODD.match(text) else text


def _kept(character: str) -> str:
    if character in "\n\t":
        return character
    category = unicodedata.category(character)
    if category == "Cs":
        return UNKNOWN
    if category == "Cc" or (category == "Cf" and character not in JOINERS) or _is_no_character(ord(character)):
        return ""
    return character


def _is_no_character(number: int) -> bool:
    """Positions that Unicode keeps for no character; XML allows some of them in no way."""
    return 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE
