"""The small parts screens are made of, under one roof."""

from __future__ import annotations

from ui.kit.buttons import SIGNS, Chip, IconButton, KeyButton
from ui.kit.flow import Flow
from ui.kit.surfaces import Bar, Card, PageScroll, Svg, page_scroll
from ui.kit.words import (
    Icon,
    PlainLabel,
    announce,
    explain,
    label,
    no_access_key,
    plain_tooltip,
    say,
    spaced,
    without_access_key,
)

__all__ = [
    "SIGNS",
    "Bar",
    "Card",
    "Chip",
    "Flow",
    "Icon",
    "IconButton",
    "KeyButton",
    "PageScroll",
    "PlainLabel",
    "Svg",
    "announce",
    "explain",
    "label",
    "no_access_key",
    "page_scroll",
    "plain_tooltip",
    "say",
    "spaced",
    "without_access_key",
]
