"""How a part of a name sounds, as a short code: words that are said alike have the same one.

Made for the names of Britain and Ireland, Welsh and Irish spellings among them: consonants count, vowels only where a
word begins, voiced and unvoiced partners that people mishear on the phone fall together.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ppsdesk.domain.names import fold

CODE_LIMIT = 8
REMEMBERED = 20_000  # words; names come again and again
# X stands for the sound of "sh" and "ch", J for that of "j", 0 for "th"
_WHOLE = {
    "sian": "shan", "siobhan": "shavon", "niamh": "neev", "sean": "shawn", "caoimhe": "keeva", "aoife": "eefa",
    "saoirse": "seersha", "roisin": "rosheen", "oisin": "osheen", "eilidh": "aylee", "mhairi": "vari",
    "ciara": "kira", "ciaran": "kieran", "sinead": "shinade", "grainne": "gronya", "eoin": "owen", "eoghan": "owen",
    "hugh": "hew", "huw": "hew", "hughes": "hews", "huws": "hews", "geoffrey": "jefry", "jeffrey": "jefry",
    "beauchamp": "beecham", "cholmondeley": "chumley", "featherstonehaugh": "fanshaw", "leicester": "lester",
    "gloucester": "gloster", "worcester": "wooster", "menzies": "mingis", "dalziel": "deel", "thomas": "tomas",
    "thompson": "tomson", "thomson": "tomson", "wriothesley": "rizly", "colquhoun": "cahoon", "urquhart": "urkart",
    "llewelyn": "lewelin", "xavier": "zavier", "gough": "goff", "pugh": "pew",
}  # fmt: skip
_RULES = tuple(
    (re.compile(found), put)
    for found, put in (
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^(wh|hw)", "w"),
        (r"^rh", "r"),
        (r"^hugh", "hu"),
        (r"^mc(?!c)", "mak"),
        (r"^mac", "mak"),
        (r"^x", "s"),
        (r"^(ieu|iw|io)", "y"),
        (r"^eu", "y"),
        (r"ough(?=t|$)|augh(?=t|$)|eigh|igh", "a"),
        (r"ph", "f"),
        (r"ff", "f"),
        (r"ydd$", "y0"),
        (r"tch|sch|sh|ti(?=o)|ci(?=a)|ch", "X"),
        (r"th", "0"),
        (r"st(?=l)", "s"),
        (r"dge?|j", "J"),
        (r"g(?=[eiy])", "J"),
        (r"g?gh|g|ck|q|kh?|c(?![eiy])", "k"),
        (r"c|z|s", "s"),
        (r"x", "ks"),
        (r"v|f|bh|mh(?=.)", "f"),
        (r"d|t", "t"),
        (r"b|p", "p"),
        (r"m(?=[fpt])", "n"),
    )
)
_NO_SOUND = re.compile(r"(?<!^)[aeiouyhw]+")
_TWICE = re.compile(r"(.)\1+")
_FIRST_VOWEL = re.compile(r"^h?[aeiou]+y?h?")


@lru_cache(maxsize=REMEMBERED)
def sound(word: str) -> str:
    """The code of one part of a name, "" for one too short to have one: "smith" and "smyth" are both "sn0"."""
    plain = fold(word).replace(" ", "")
    if len(plain) < 2 or plain.isdecimal():
        return ""
    if not plain.isascii():
        return plain[:CODE_LIMIT]
    said = _WHOLE.get(plain, plain)
    for found, put in _RULES:
        said = found.sub(put, said)
    said = _FIRST_VOWEL.sub("a", said)
    said = _TWICE.sub(r"\1", _NO_SOUND.sub("", said))
    return said[:CODE_LIMIT]
