"""The one box over many people: what a question costs, beside SQLite's own full-text index asked for the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

from sqlalchemy import Connection

from ppsdesk.domain.people import NewPerson
from ppsdesk.domain.phones import digits
from ppsdesk.domain.typed_box import clues
from ppsdesk.storage import audit
from ppsdesk.storage.work import Storage
from tests.bench.files import Files, bare, closing_storage
from tests.bench.measuring import Outcome, Scale, figure, side_by_side
from tests.builders import TODAY
from tests.invented import put_on_record, slipped

GOAL = 1.5
P95_MS = 100
ROWS = 8
EACH = 40  # questions of each kind
Ask = Callable[[str], object]


def type_ahead(files: Files, scale: Scale) -> Outcome:
    """Median and 95th percentile of some hundred questions as people type them, the whole answer each: found, ranked,
    with reasons, families, alerts and the last call. The floor finds and ranks with FTS5 (by prefix; by trigrams for
    digits and for words that no prefix finds) and reads the same people's names, towns and last calls.
    """
    with _filled(files, scale) as (storage, floor, people):
        questions = _questions(people, Random(11))
        asked = [question for some in questions.values() for question in some]
        with storage.reading() as work:
            kinds = _by_kind(questions, lambda text: work.people_search.find(text, today=TODAY), floor)
            every: list[float] = []

            def ours() -> float:
                times = [_once(lambda text: work.people_search.find(text, today=TODAY), text) for text in asked]
                every.extend(times)
                return p95(times)

            pair = side_by_side(ours, lambda: p95([_once(floor, text) for text in asked]), rounds=scale.rounds)
    all_rounds = f"{figure(p95(every))} ms, {'within' if p95(every) <= P95_MS else 'NOT within'} {P95_MS} ms"
    notes = (
        f"{len(people):,} people, {len(asked)} questions; p95 of all rounds {all_rounds}",
        *kinds,
    )
    return Outcome(name="type-ahead", unit="ms p95", pair=pair, goal=GOAL, notes=notes)


def p95(times: Sequence[float]) -> float:
    """The time that 95 of 100 stay under."""
    return quantiles(times, n=20, method="inclusive")[-1]


def _once(ask: Ask, text: str) -> float:
    start = time.perf_counter()
    ask(text)
    return (time.perf_counter() - start) * 1000


def _by_kind(questions: dict[str, list[str]], ours: Ask, floor: Ask) -> Iterator[str]:
    lines = []
    for kind, some in questions.items():
        mine, bare_ = [_once(ours, text) for text in some], [_once(floor, text) for text in some]
        lines.append(f"{kind:<22} p95 {figure(p95(mine)):>6} ms, floor {figure(p95(bare_)):>6} ms")
    return iter(lines)


def _questions(people: Sequence[NewPerson], random: Random) -> dict[str, list[str]]:
    """What is typed while a caller says who they are, by kind."""
    adults = [one for one in people if one.contacts]
    some = [random.choice(adults) for _ in range(EACH)]
    phones = [digits(one.contacts[0].value) for one in some]
    return {
        "two letters": [random.choice((one.given_names, one.family_name))[:2] for one in some],
        "four letters": [random.choice((one.given_names, one.family_name))[:4] for one in some],
        "family name": [one.family_name for one in some],
        "both names": [f"{one.given_names} {one.family_name}" for one in some],
        "name and initial": [f"{one.family_name} {one.given_names[0]}" for one in some],
        "name and town": [f"{one.family_name} {one.addresses[0].town}" for one in some],
        "family name misspelt": [slipped(one.family_name, random) for one in some],
        "both, one misspelt": [f"{one.given_names} {slipped(one.family_name, random)}" for one in some],
        "four digits": [number[-4:] for number in phones],
        "phone": [one.contacts[0].value for one in some],
        "postcode": [one.addresses[0].postcode for one in some],
    }


@contextmanager
def _filled(files: Files, scale: Scale) -> Iterator[tuple[Storage, Ask, Sequence[NewPerson]]]:
    """That desk, opened; and the floor on the same file."""
    with (
        full_of_people(files, scale) as (desk, people),
        closing_storage(desk) as storage,
        bare(desk) as connection,
    ):
        yield storage, full_text(connection), people


@contextmanager
def full_of_people(files: Files, scale: Scale) -> Iterator[tuple[Path, Sequence[NewPerson]]]:
    """The folder of a desk with that many people, most calls theirs."""
    desk = files.copy_of(files.holding(scale.ordinary))
    with closing_storage(desk) as storage, storage.engine.begin() as connection:
        audit.remove_triggers(connection)
        people = put_on_record(connection, scale.people)
        _give_callers(connection, len(people))
    yield desk, people
    files.give_back(desk)


def _give_callers(connection: Connection, people: int) -> None:
    connection.exec_driver_sql(
        "UPDATE call SET caller_id = (SELECT p.id FROM person p WHERE p.id >= (call.id * 7919) % ? + 1 "
        "AND p.kind = 'adult' ORDER BY p.id LIMIT 1) WHERE NOT anonymous",
        (people,),
    )


@dataclass(frozen=True, slots=True)
class _Floor:
    """FTS5 alone: a prefix index of names, towns and postcodes; trigrams of phones, and of names for slips."""

    connection: Any

    def __call__(self, text: str) -> list[Any]:
        found = clues(text, TODAY)
        ids: list[int] = []
        if found.phone:
            ids = self._rows("SELECT rowid FROM phones WHERE phones MATCH ? LIMIT 8", f'"{found.phone}"')
        elif words := [*found.names, *filter(None, [found.postcode])]:
            ids = self._rows(
                "SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT 8",
                " ".join(f'"{word}"*' for word in words),
            )
            if len(ids) < ROWS:
                parts = {word[place : place + 3] for word in words for place in range(len(word) - 2)}
                near = " OR ".join(f'"{part}"' for part in sorted(parts))
                ids += self._rows("SELECT rowid FROM near WHERE near MATCH ? ORDER BY rank LIMIT 8", near or '"xxx"')
        shown = (
            "SELECT p.id, p.given_names, p.family_name, p.kind, p.born_on, "
            "(SELECT town FROM address WHERE person_id = p.id LIMIT 1), "
            "(SELECT max(taken_on) FROM call WHERE caller_id = p.id AND removed_at IS NULL) "
            f"FROM person p WHERE p.id IN ({', '.join('?' * len(ids))})"
        )
        return list(self.connection.execute(shown, ids).fetchall())

    def _rows(self, question: str, words: str) -> list[int]:
        return [row[0] for row in self.connection.execute(question, (words,)).fetchall()]


def full_text(connection: Any) -> Ask:
    """FTS5 filled from what the program looks for, ready to be asked."""
    connection.execute("CREATE VIRTUAL TABLE temp.names USING fts5(words, content='', prefix='2 3 4')")
    connection.execute("CREATE VIRTUAL TABLE temp.near USING fts5(words, content='', tokenize='trigram')")
    connection.execute("CREATE VIRTUAL TABLE temp.phones USING fts5(words, content='', tokenize='trigram')")
    keys = "SELECT person_id, group_concat(word, ' ') FROM person_search WHERE sort IN ({}) GROUP BY person_id"
    connection.execute("INSERT INTO temp.names (rowid, words) " + keys.format("'n', 'k', 't', 'c'"))
    connection.execute("INSERT INTO temp.near (rowid, words) " + keys.format("'n', 'k'"))
    connection.execute(
        "INSERT INTO temp.phones (rowid, words) SELECT person_id, group_concat(word, ' ') FROM person_search "
        "WHERE sort = 'p' AND word GLOB '0*' AND length(word) = 11 GROUP BY person_id"
    )
    return _Floor(connection)
