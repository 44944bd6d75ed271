"""Phone numbers however people type them: compared by their national digits, shown in groups.

Numbers are kept as typed; nothing is refused here. Source of the lengths and groups: the national numbering plan.
"""

from __future__ import annotations

import re
import unicodedata

SHORTEST_TAIL = 4  # digits that are enough to look for
NATIONAL = 11  # digits of nearly every number, the leading zero among them

# "ext 12", "x12", "extension: 12", "#12" after the number
_EXTENSION = re.compile(r"(?:;?\bext(?:ension|n)?|(?<=[\d\s)])x|#)[.:=\s]*\d{1,6}\s*$", re.IGNORECASE)
_TRUNK = re.compile(r"\(\s*0\s*\)")
_CODE = re.compile(r"[^\d+]*(?:\+|00|44)")
_PLUS = re.compile(r"[^\d+]*\+")
_FLOAT_TAIL = re.compile(r"(?<=\d{9})\.0+$")  # what a spreadsheet makes of a number
_EXPONENT = re.compile(r"\d(?:\.\d+)?e\+?\d{1,2}", re.IGNORECASE)
_LETTER_O = re.compile(r"(?<=\d)o+(?=\d)|\bo(?=\d)", re.IGNORECASE)
# one number among words: "07700 900123 after 6"
_RUN = re.compile(r"\+?[\s(]*\d(?:[\s().\-‐‑‒–—_·\u00ad]*\d){8,}")
_NOT_DIGITS = re.compile(r"\D+")
_LONGEST = 300


def digits(text: str) -> str:
    """The digits of a number in its national form: "07700900123" for +44 7700 900123, 0044…, (0)7700…, 7700900123.

    A number of another country keeps its code after "00". An extension is left out, and words beside it. Fewer digits
    than a whole number's come back as they are; "" when there is none.
    """
    said = _plain(text[:_LONGEST])
    if _EXPONENT.fullmatch(said):
        return _national(f"{float(said):.0f}")
    said = _FLOAT_TAIL.sub("", _EXTENSION.sub("", _LETTER_O.sub(_noughts, said)))
    if _CODE.match(said):
        said = _TRUNK.sub("", said)
    found = _RUN.search(said)
    said = found[0] if found else said
    return _national(("00" if _PLUS.match(said) else "") + _NOT_DIGITS.sub("", said))


def _noughts(found: re.Match[str]) -> str:
    return "0" * len(found[0])


def _plain(text: str) -> str:
    if text.isascii():
        return text.strip()
    # digits of other scripts and full-width signs; format marks that come along with a copied number
    signs = (str(int(sign)) if sign.isdecimal() else sign for sign in text.replace("＋", "+"))
    return "".join(sign for sign in signs if unicodedata.category(sign) != "Cf").strip()


def _national(bare: str) -> str:
    if bare.startswith("0044"):
        return _with_zero(bare[4:])
    if bare.startswith("0"):
        return bare
    if bare.startswith("44") and len(bare) in (NATIONAL, NATIONAL + 1, NATIONAL + 2):
        return _with_zero(bare[2:])
    lost = len(bare) == NATIONAL - 1 and bare[0] in "123789"
    return "0" + bare if lost else bare


def _with_zero(rest: str) -> str:
    return "0" + rest.lstrip("0") if rest.strip("0") else ""


def same_phone(first: str, second: str) -> bool:
    """Whether two numbers ring the same phone; two of fewer than nine digits are never said to."""
    one, other = digits(first), digits(second)
    return len(one) >= 9 and one == other


def tails(text: str) -> tuple[str, ...]:
    """Every end of the number of at least four digits, so that any run of four is the beginning of one."""
    whole = digits(text)[:20]
    return tuple(whole[place:] for place in range(max(0, len(whole) - SHORTEST_TAIL + 1)))


# how many digits the area code has, by what it begins with
_AREAS = (
    ("013873", 6), ("015242", 6), ("015394", 6), ("015395", 6), ("015396", 6), ("016973", 6), ("016974", 6),
    ("016977", 6), ("017683", 6), ("017684", 6), ("017687", 6), ("019467", 6), ("02", 3), ("011", 4), ("0121", 4),
    ("0131", 4), ("0141", 4), ("0151", 4), ("0161", 4), ("0171", 4), ("0181", 4), ("0191", 4), ("03", 4), ("08", 4),
    ("09", 4), ("01", 5), ("07", 5), ("05", 5),
)  # fmt: skip


def shown(text: str) -> str:
    """The number as it is read out: "07700 900123", "020 7946 0123". What is no whole number stays as it is."""
    whole = digits(text)
    if len(whole) not in (NATIONAL - 1, NATIONAL) or not whole.startswith("0") or whole.startswith("00"):
        return " ".join(text.split())
    area = next((length for beginning, length in _AREAS if whole.startswith(beginning)), 5)
    code, rest = whole[:area], whole[area:]
    if area in (3, 4):
        return f"{code} {rest[:-4]} {rest[-4:]}"
    return f"{code} {rest}"
