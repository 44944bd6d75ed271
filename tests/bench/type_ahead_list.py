"""From the key to the list: the one box in the shown window, over many people, beside a bare line with a bare list."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median

from ppsdesk.domain.people import NewPerson
from ppsdesk.domain.phones import digits
from tests.bench.files import Files
from tests.bench.measuring import Outcome, Scale, figure, side_by_side
from tests.bench.type_ahead import P95_MS, full_of_people
from tests.invented import slipped

GOAL = 2.0
EACH = 8  # questions of each kind
ROOT = Path(__file__).resolve().parents[2]


def type_ahead_list(files: Files, scale: Scale) -> Outcome:
    """The 95th percentile of a few hundred keys, each from its press until the list for the text it made is painted.

    Every round is a fresh process with the program's own window; the floor asks FTS5 in the same thread.
    """
    with full_of_people(files, scale) as (desk, people):
        questions = _questions(people, Random(23))
        rounds: list[dict[str, float]] = []

        def ours() -> float:
            rounds.append(_typed("ours", desk, questions))
            return rounds[-1]["p95"]

        pair = side_by_side(ours, lambda: _typed("floor", desk, questions)["p95"], rounds=scale.rounds)
    said = {name: median(one[name] for one in rounds) for name in ("p50", "p95", "max", "keys")}
    within = "within" if said["p95"] <= P95_MS else "NOT within"
    note = (
        f"{len(people):,} people, {said['keys']:.0f} keys: p50 {figure(said['p50'])} ms, p95 {figure(said['p95'])} ms, "
        f"{within} {P95_MS} ms, longest {figure(said['max'])} ms"
    )
    return Outcome(name="type-ahead-list", unit="ms p95", pair=pair, goal=GOAL, notes=(note,))


def _questions(people: Sequence[NewPerson], random: Random) -> list[str]:
    """What is typed while a caller says who they are."""
    asked = []
    for one in random.sample([person for person in people if person.contacts], min(EACH, len(people))):
        given, family = one.given_names, one.family_name
        asked += [
            family,
            f"{given} {family[:5]}",
            f"{family} {given[0]}",
            digits(one.contacts[0].value)[-5:],
            f"{given} {slipped(family, random)}",
        ]
    # the test library presses no keys of other alphabets
    return [question for question in asked if question.isascii()]


def _typed(kind: str, desk: Path, questions: Sequence[str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.type_ahead_child", kind, str(desk)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        input="\n".join(questions),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"the list never came: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
