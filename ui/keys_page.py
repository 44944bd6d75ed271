"""The manual's page of keys, made from the table of actions: `python -m ui.keys_page` writes docs/keys.md."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from ui.actions import ACTIONS, LOCAL_KEYS, MENUS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"
HEAD = """# Keys

Everything can be done without a mouse. These are all the keys; the menus show the same ones, `Shift+F1` lists them on
one page, and `Ctrl+K` finds an action by its name and shows its key beside it. `Alt` with the letter that is underlined
goes to a menu or a field.

This page is made from the program's own table of actions by `python -m ui.keys_page`.
"""


def keys_page() -> str:
    """The page as Markdown."""
    parts = [HEAD]
    for menu in MENUS:
        rows = [
            (
                " or ".join(dict.fromkeys(f"`{_key(key)}`" for key in action.keys)) or "–",
                _plain(action.words),
                action.says,
            )
            for action in ACTIONS
            if action.menu == menu
        ]
        parts.append(f"## {_plain(menu)}\n\n{_table(('Key', 'Does', 'In words'), rows)}")
    for where, keys in groupby(LOCAL_KEYS, key=lambda local: local.where):
        parts.append(f"## In: {where.lower()}\n\n{_table(('Key', 'Does'), ((one.keys, one.words) for one in keys))}")
    return "\n".join(parts)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def _plain(words: str) -> str:
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _key(key: str) -> str:
    return key.replace("Return", "Enter") if key.endswith("Return") else key


if __name__ == "__main__":
    PAGE.write_text(keys_page(), encoding="utf-8")
