"""Call logs that were damaged: each is kept whole, or refused in one sentence and without a row."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ppsdesk.storage.work import Storage
from tests.harness import mutated_files
from tests.harness.mutants import seeds
from tests.harness.mutated_files import (
    as_the_program_does,
    in_many_words,
    one_exception_through,
    rows_before_it_is_sure,
    without_end,
)

FILES = int(os.environ.get("PPSDESK_TEST_MUTANTS", "300"))
SEEDS = {"sqlite": mutated_files.SEED, "postgresql": 20010903}


def test_before_they_are_damaged_the_files_are_kept_whole(storage: Storage, tmp_path: Path) -> None:
    for path in seeds(tmp_path):
        ended = mutated_files.put_to_the_test(storage, path, as_the_program_does, mutated_files.PATIENCE)
        assert (ended.how, ended.trouble) == ("kept whole", ""), path.name


def test_damaged_files_are_kept_whole_or_refused_and_never_crash_the_program(storage: Storage, tmp_path: Path) -> None:
    figures = mutated_files.run(storage, tmp_path, files=FILES // 2, seed=SEEDS[storage.engine.dialect.name])
    print(figures.told())
    assert figures.found == ()
    assert set(figures.damaged) == {"bytes", "parts", "cells"}
    assert figures.ended["refused"] > figures.files // 3
    assert figures.ended["kept whole"] > 0


@pytest.mark.parametrize(
    ("bring_in", "found"),
    [(one_exception_through, "crash: Unicode"), (rows_before_it_is_sure, "rows: "), (in_many_words, "words: ")],
)
def test_an_import_that_is_less_careful_is_found_out(
    storage: Storage, tmp_path: Path, bring_in: mutated_files.BringIn, found: str
) -> None:
    figures = mutated_files.run(storage, tmp_path, files=24, bring_in=bring_in)
    assert any(f"): {found}" in words for words in figures.found), figures.told()


def test_an_import_that_never_ends_is_found_out(storage: Storage, tmp_path: Path) -> None:
    figures = mutated_files.run(storage, tmp_path, files=1, bring_in=without_end, patience=0.2)
    assert ["hang" in words for words in figures.found] == [True]
