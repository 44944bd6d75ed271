"""Bytes into text, without a wrong letter slipping in unseen.

The order is fixed instead of guessed from letter statistics, which refuse a short list with one £ sign and take random
bytes for Windows text.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0c\x0e-\x19\x1b-\x1f]")
_SAMPLE = 200_000


class Unreadable(ValueError):
    """Bytes that are no text; the words say why."""


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text of a file, and notes on what had to be assumed.

    A byte-order mark is believed. Without one, what is valid UTF-8 is UTF-8; only what is not can be UTF-16 or the
    older Windows encoding (cp1252), and then a note says so. `Unreadable` when nothing fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name), ()
    if (wide := _unmarked_utf16(data)) is not None:
        return wide, ("The file was read as UTF-16, although it does not say so: look whether accents are right.",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise _damaged(data[: error.start].count(b"\n")) from error
    return _windows(data), (
        "The file was read as Windows text (cp1252), because it is not UTF-8: look whether accents are right.",
    )


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise _damaged(data[: error.start].decode(name, "replace").count("\n")) from error


def _damaged(lines_before: int) -> Unreadable:
    return Unreadable(f"line {lines_before + 1} holds a damaged letter; save it again as “CSV UTF-8”")


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark shows in a NUL beside nearly every letter, always on the same side."""
    sample = data[:_SAMPLE]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    if len(data) % 2 or max(zeros) * 4 < len(sample) or min(zeros) * 20 > max(zeros):
        return None
    try:
        return data.decode("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
    except UnicodeDecodeError:
        return None


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is not plain ASCII is good UTF-8, so that reading it as Windows text would spoil it."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - broken
    return good > broken


def _windows(data: bytes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = "\x00"
    if _NOT_TEXT.search(text):
        raise Unreadable("this is not text, or in an encoding that cannot be told; save it again as “CSV UTF-8”")
    return text
