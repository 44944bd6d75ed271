"""A file that the disk has damaged: refused or found out in one sentence, never a crash, never silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.selection import Selection
from ppsdesk.services.practice import Practice
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from tests.builders import NOW, a_call
from tests.conftest import PERSON, Clock, services_on
from tests.storage.conftest import OpenLocal, reads_well

PLACES = 60
T = TypeVar("T")


@pytest.fixture
def sound(local_file: Path, open_file: OpenLocal) -> bytes:
    """A closed database of 200 practice calls, byte for byte."""
    storage = open_file(local_file)
    Practice(storage, lambda: NOW).fill(years=1, calls_per_year=200)
    storage.close()
    return local_file.read_bytes()


def damaged(sound: bytes, moments: Random) -> bytes:
    """Bits turned, pages zeroed or filled with noise, the end missing: what disks do."""
    content = bytearray(sound)
    kind = moments.choice(("flip", "flip", "zero", "noise", "cut"))
    place = moments.randrange(len(content))
    page = place // 4096 * 4096
    if kind == "flip":
        for _ in range(moments.choice((1, 8, 64))):
            content[min(place + moments.randrange(64), len(content) - 1)] ^= 1 << moments.randrange(8)
    elif kind == "cut":
        del content[place:]
    else:
        content[page : page + 4096] = bytes(4096) if kind == "zero" else moments.randbytes(4096)
    return bytes(content)


def test_damage_anywhere_is_met_in_one_sentence_or_leaves_a_sound_file(
    sound: bytes, tmp_path: Path, clock: Clock
) -> None:
    outcomes = {"refused": 0, "found": 0, "sound": 0}
    for number in range(PLACES):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        (folder / "ppsdesk.db").write_bytes(damaged(sound, Random(number)))
        outcomes[_fate(folder, clock)] += 1
    assert outcomes["refused"] > 0
    assert outcomes["found"] > 0
    print(outcomes)


def _fate(folder: Path, clock: Clock) -> str:
    """How a desk fares with the file: every trouble is told in words, else this raises."""
    storage = _told(
        lambda: opening.open_local(
            folder / "ppsdesk.db", starters(), person=PERSON, backups=folder / "backups", now=NOW
        )
    )
    if storage is None:
        return "refused"
    try:
        desk = services_on(storage, folder, clock)
        findings = _told(desk.check)
        _use(desk)
        return "sound" if findings and all(finding.good for finding in findings) else "found"
    finally:
        storage.close()


def _use(desk: Services) -> None:
    """A day's work on the damaged file."""
    ids = _told(lambda: desk.calls.ids(Selection())) or ()
    _told(lambda: desk.calls.lines(ids))
    _told(lambda: desk.calls.ids(Selection(words="council")))
    for number in (*ids[:10], *ids[-10:]):
        _told(lambda number=number: desk.calls.get(number))
    _told(lambda: desk.calls.history(1))
    _told(lambda: desk.calls.log(a_call()))
    _told(desk.drafts.mine)


def _told(work: Callable[[], T]) -> T | None:
    """What the work gives; None where it fails in words that read well."""
    try:
        return work()
    except DeskError as error:
        refusal = error
    assert reads_well(refusal), refusal.sentence
    return None


def test_a_backup_of_a_damaged_file_is_not_kept_and_the_older_ones_stay(
    sound: bytes, tmp_path: Path, clock: Clock
) -> None:
    path, backups = tmp_path / "ppsdesk.db", tmp_path / "backups"
    path.write_bytes(sound)
    good = opening.copy_of(path, backups, now=NOW, reason="at-close")
    content = bytearray(sound)
    content[-8192:-4096] = bytes(4096)
    path.write_bytes(content)
    clock.forward(hours=1)
    with pytest.raises(DeskError, match=r"is damaged .* not kept as a backup") as refused:
        opening.copy_of(path, backups, now=clock(), reason="at-close")
    assert reads_well(refused.value)
    assert list(backups.iterdir()) == [good]
