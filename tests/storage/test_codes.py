"""Stored values are for ever: what was once written into a database must still be understood."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import ppsdesk
from ppsdesk.domain.codes import Code

KNOWN = Path(__file__).resolve().parents[1] / "samples" / "codes.txt"


def _stored() -> Iterator[str]:
    for module in pkgutil.walk_packages(ppsdesk.__path__, "ppsdesk."):
        if not {"migrations", "_bundle", "workbook_process"} & set(module.name.split(".")):
            import_module(module.name)
    for kind in Code.__subclasses__():
        if kind.__module__.startswith("ppsdesk."):
            yield from (f"{kind.__module__.removeprefix('ppsdesk.')}.{kind.__name__} {member.value}" for member in kind)


def gone(known: set[str], stored: set[str]) -> list[str]:
    """Values that were stored once and that nothing understands any more."""
    return sorted(known - stored)


@pytest.fixture(scope="module")
def stored() -> set[str]:
    """Every value of every list the program branches on."""
    return set(_stored())


def test_no_stored_value_has_disappeared(stored: set[str]) -> None:
    known = set(KNOWN.read_text(encoding="utf-8").splitlines())
    assert gone(known, stored) == [], "an old database may hold these: keep them, retired if need be"


def test_every_stored_value_is_written_down(stored: set[str]) -> None:
    known = set(KNOWN.read_text(encoding="utf-8").splitlines())
    assert sorted(stored - known) == [], f"add these lines to {KNOWN.name}"


def test_a_value_that_disappears_is_found(stored: set[str]) -> None:
    assert gone({*stored, "domain.codes.Direction sideways"}, stored) == ["domain.codes.Direction sideways"]
