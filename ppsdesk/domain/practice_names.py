"""Names for practice: put together from plants, places and endings, so that none is a person's."""

from __future__ import annotations

from random import Random

FIRST = ("Rowan", "Bryony", "Idris", "Zoë", "Łucja", "Ṣọlá", "Mab", "Cai", "Wren", "Sorrel", "Siân", "Aled", "Tansy",
         "Jun", "Amara", "Niamh", "Oisín", "Perran", "Ffion", "Dougal")  # fmt: skip
BEGIN = (
    "Thistle",
    "Bramble",
    "Fern",
    "Apple",
    "Meadow",
    "Quill",
    "Pebble",
    "Hazel",
    "Marsh",
    "Linden",
    "Copper",
    "Barley",
)
END = ("down", "hollow", "wick", "lark", "feather", "thwaite", "combe", "bury", "by", "stone")
WELSH = ("Llynhelyg", "Coedafallen", "Ffynnongelyn", "Pantyrhedyn", "Llwyngrug", "Bryncastan")
LONG = "Meadowthwaite-Coppercombe of Upper Lindenhollow-under-Bramblestone"
PATRONS = ("St Thistle's", "St Bramble's", "St Fern's", "Old Orchard", "Quillwater", "Hazel Bank", "Marshgate",
           "Linden Hall", "Ysgol Pantyrhedyn", "Copper Beech")  # fmt: skip
LEVELS = ("Primary School", "Infants' School", "High School", "Academy", "School")


class PracticeNames:
    """Family and school names; a number gives kinds of name their turn, so that each kind is there."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def plain(self) -> str:
        """ "Thistledown"."""
        return f"{self._random.choice(BEGIN)}{self._random.choice(END)}"

    def family(self, number: int) -> str:
        """Mostly plain; every so often Welsh, double-barrelled, with an apostrophe, or very long."""
        if number % 40 == 13:
            return LONG
        if number % 9 == 4:
            return WELSH[number // 9 % len(WELSH)]
        if number % 8 == 5:
            return f"{self.plain()}-{self.plain()}"
        if number % 14 == 6:
            return f"O'{self.plain()}"
        return self.plain()

    def school(self, number: int) -> str:
        """ "St Thistle's Primary School"."""
        return f"{PATRONS[number % len(PATRONS)]} {LEVELS[number // len(PATRONS) % len(LEVELS)]}"
