"""The benchmark itself, in a size that takes seconds: that it measures everything it names, not how fast."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.__main__ import MEASURES, main
from tests.bench.measuring import TINY, side_by_side, steady

NAMES = [
    "window",
    "save",
    "figures",
    "figures-shared",
    "pdf",
    "xlsx",
    "import",
    "list-memory",
    "clocks",
    "type-ahead",
    "type-ahead-list",
]


def test_every_measure_is_written_down_with_floor_ratio_and_goal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--json", str(tmp_path / "bench.json")], scale=TINY)
    found = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert [entry["name"] for entry in found] == NAMES == list(MEASURES)
    for entry in found:
        assert set(entry) == {"name", "ours", "floor", "ratio", "goal"}
        assert entry["ours"] > 0
        assert entry["floor"] > 0
        assert entry["ratio"] == pytest.approx(entry["ours"] / entry["floor"], rel=0.01)
        assert entry["goal"] > 1
    assert "load " in capsys.readouterr().out


def test_one_measure_can_be_taken_alone(tmp_path: Path) -> None:
    main(["--json", str(tmp_path / "bench.json"), "--only", "save"], scale=TINY)
    [entry] = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert entry["name"] == "save"


def test_a_round_in_which_the_floor_moved_is_thrown_away() -> None:
    calm = [(10.0, 1.0), (10.0, 1.0), (10.0, 1.2)]
    assert steady([*calm, (99.0, 1.5), (1.0, 0.5)]) == calm


def test_ours_and_the_floor_take_turns_until_enough_rounds_count() -> None:
    order: list[str] = []
    floors = iter([2.0, 2.0, 9.0, 2.0, 2.0])

    def ours() -> float:
        order.append("ours")
        return 4.0

    def floor() -> float:
        order.append("floor")
        return next(floors)

    pair = side_by_side(ours, floor, rounds=4)
    assert (pair.ours, pair.floor, pair.rounds, pair.thrown_away) == (4.0, 2.0, 4, 1)
    assert order[:4] == ["ours", "floor", "floor", "ours"]
