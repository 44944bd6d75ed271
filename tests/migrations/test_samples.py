"""A database of every version that ever was opens, is sound, and counts right."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from ppsdesk.domain.selection import Selection
from ppsdesk.services.starter_lists import starter_terms
from ppsdesk.storage import opening, schema
from tests.builders import NOW
from tests.conftest import PERSON, Clock, services_on

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def test_there_is_a_sample_of_every_version() -> None:
    assert {path.stem[-4:] for path in SAMPLES.glob("ppsdesk-*.db")} == schema.known_revisions()


@pytest.mark.parametrize("version", sorted(schema.known_revisions()))
def test_a_database_of_that_version_opens_and_counts_right(version: str, tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "ppsdesk.db"
    shutil.copy(SAMPLES / f"ppsdesk-{version}.db", path)
    storage = opening.open_local(path, starter_terms(), person=PERSON, backups=tmp_path / "backups", now=NOW)
    desk = services_on(storage, tmp_path, clock)
    assert [finding.words for finding in desk.check() if not finding.good] == []
    assert desk.calls.count(Selection()) == 11
    assert desk.calls.count(Selection(last=date(2001, 12, 31))) == 8
    assert desk.calls.count(Selection(removed=True)) == 1
    [changed] = desk.calls.ids(Selection(words="Żółć"))
    assert desk.calls.get(changed).level == "2"
    assert {line.person for line in desk.calls.history(changed)} == {PERSON}
    [late] = desk.calls.ids(Selection(first=date(2026, 10, 25), last=date(2026, 10, 25)))
    assert desk.calls.get(late).minutes == 20
    [imported] = desk.calls.ids(Selection(words="old book"))
    assert desk.calls.get(imported).provenance.file == "old-book.csv"
    [draft] = desk.drafts.mine()
    assert draft.content == {"notes": "half a sentence"}
    storage.close()
