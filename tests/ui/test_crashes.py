"""The program dies while somebody types a call: the draft is offered again, and at most two seconds are lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from ppsdesk.domain.drafts import Draft
from ppsdesk.services.drafts import Drafts
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from tests.builders import NOW
from tests.harness.killing import Nursery, Watched, nursery
from tests.harness.typist import PERSON, SENTENCE

KILLS, IN_SHORT, SIDE_BY_SIDE = 100, 40, 4  # and with `--brief`
AT_MOST = 2.0  # seconds of typing


@pytest.fixture(scope="module")
def nurseries() -> Iterator[list[Nursery]]:
    """Where windows are forked, with everything imported."""
    with ExitStack() as stack:
        yield [stack.enter_context(nursery("tests.harness.typist")) for _ in range(SIDE_BY_SIDE)]


def drafts_of(folder: Path) -> tuple[Draft, ...]:
    storage = opening.open_local(folder / "ppsdesk.db", starters(), person=PERSON, backups=folder / "backups", now=NOW)
    try:
        return Drafts(storage).mine()
    finally:
        storage.close()


def typed_in_time(seen: Watched) -> int:
    """How many letters stood on the screen two seconds before the end."""
    return sum(moment <= seen.killed_at - AT_MOST for moment in seen.moments)


def shortfall(seen: Watched, folder: Path) -> str:
    """What is missing of the notes that stood there; "" for nothing."""
    typed = typed_in_time(seen)
    kept = [str(draft.content.get("notes", "")) for draft in drafts_of(folder)]
    longest = max(kept, key=len, default="")
    wanted = (SENTENCE * (typed // len(SENTENCE) + 1))[:typed]
    return "" if longest.startswith(wanted) else f"{typed} letters typed, kept {len(longest)}: {longest[-20:]!r}"


def killed_while_typing(nurse: Nursery, folder: Path, moments: Random, times: int) -> tuple[list[str], int]:
    """What was lost that should not be, and how many of the kills came when something stood to be lost."""
    troubles, at_stake = [], 0
    for number in range(times):
        desk = folder / str(number)
        after = moments.choice((0, 1, 2, 20, 60, 110, 130))
        seen = nurse.run("type_notes", desk, after=after, wait=moments.uniform(0, 0.8))
        if (desk / "ppsdesk.db").exists() and (trouble := shortfall(seen, desk)):
            troubles.append(trouble)
        at_stake += typed_in_time(seen) > 0
    return troubles, at_stake


@pytest.mark.timeout(600)
def test_after_a_hundred_kills_at_any_moment_at_most_two_seconds_of_typing_are_lost(
    nurseries: list[Nursery], tmp_path: Path, whole: bool
) -> None:
    kills = KILLS if whole else IN_SHORT

    def kill(number: int) -> tuple[list[str], int]:
        folder = tmp_path / str(number)
        return killed_while_typing(nurseries[number], folder, Random(number), kills // SIDE_BY_SIDE)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as side_by_side:
        found = list(side_by_side.map(kill, range(SIDE_BY_SIDE)))
    assert [trouble for troubles, _ in found for trouble in troubles] == []
    at_stake = sum(count for _, count in found)
    print(f"{kills} kills, {at_stake} of them with letters older than {AT_MOST:.0f} s: none of those lost")
    assert at_stake >= kills // 5


def test_a_pad_that_keeps_its_draft_too_rarely_is_found_out(nurseries: list[Nursery], tmp_path: Path) -> None:
    seen = nurseries[0].run("type_notes_kept_rarely", tmp_path / "desk", after=150, wait=0.5)
    assert shortfall(seen, tmp_path / "desk") != ""
